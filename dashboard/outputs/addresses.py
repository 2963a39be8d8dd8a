"""Addresses of the downloads: a question as a link that gives its CSV.

In: the kind of file and its parameters. Out: an address below the site's root, and whether anything answers there: the server
does (`dashboard.server_downloads`), `streamlit run` alone does not. Knows no server and no page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Literal

Kind = Literal["estimates", "deployments"]
Value = str | int | bool | dt.date | None | Sequence[str | int]
# Of a list, all in one value; every other list repeats its name.
_JOINED = ("by",)
_SAFE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~,")
_served = False


def serve_downloads() -> None:
    """Said once by the server that has the routes, before it draws a page."""
    global _served
    _served = True


def downloads_are_served() -> bool:
    """Whether a link to a download leads anywhere in this process."""
    return _served


def download_address(kind: Kind, params: Mapping[str, Value] | None = None, **more: Value) -> str:
    """`/download/estimates.csv?measure=alerts_count&by=force,month&force=essex&from=2024-01-01`.

    Parameters have the names of `docs/downloads.md`; `from` is a word of Python, so it goes into `params`. What is None, empty
    or False is left out; True is `yes`.
    """
    pairs: list[str] = []
    for name, value in {**(params or {}), **more}.items():
        values = [value] if isinstance(value, str | int | dt.date | None) else list(value)
        said = ["yes" if one is True else str(one) for one in values if one not in (None, "", False)]
        if name in _JOINED and said:
            said = [",".join(said)]
        pairs += [f"{_quote(name)}={_quote(one)}" for one in said]
    return f"/download/{kind}.csv{'?' if pairs else ''}{'&'.join(pairs)}"


def _quote(said: str) -> str:
    return "".join(
        chr(one) if chr(one) in _SAFE else f"%{one:02X}" for one in said.encode("utf-8", "surrogatepass")
    )
