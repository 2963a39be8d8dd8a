"""Addresses of the data of a page: a question as a link that gives its file.

In: the resource and its parameters. Out: an address below the site's root, and whether anything
answers there: the server does (`dashboard.api.routes`), `streamlit run` alone does not. Knows no
server and no page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from dashboard.exports.formats import ENDINGS, PREFIX, quote
from dashboard.exports.resources import RESOURCES
from dashboard.selection.selection import LANG, Selection, write_query
from dashboard.text.language import DEFAULT, language

CITE_PREFIX = "/cite"
Value = str | int | bool | dt.date | None | Sequence[str | int]
# Of a list, all in one value; every other list repeats its name.
_JOINED = ("by",)
_served = False


def serve_downloads() -> None:
    """Said once by the server that has the routes, before it draws a page."""
    global _served
    _served = True


def downloads_are_served() -> bool:
    """Whether a link to a file leads anywhere in this process."""
    return _served


def download_address(kind: str, params: Mapping[str, Value] | None = None, **more: Value) -> str:
    """`/api/v1/estimates.csv?measure=alerts_count&by=force,month&force=essex&from=2024-01-01`.

    `kind` is a resource and parameters have its names; `from` is a word of Python, so it goes into
    `params`. What is None, empty or False is left out; True is `yes`. KeyError for a resource that
    there is not."""
    pairs: list[str] = []
    # A file from a Welsh page has Welsh headings.
    message = {} if language() == DEFAULT else {LANG: language()}
    for name, value in {**(params or {}), **more, **message}.items():
        values = [value] if isinstance(value, str | int | dt.date | None) else list(value)
        sentences = [
            "yes" if item is True else str(item) for item in values if item not in (None, "", False)
        ]
        if name in _JOINED and sentences:
            sentences = [",".join(sentences)]
        pairs += [f"{quote(name)}={quote(sentence)}" for sentence in sentences]
    return f"{PREFIX}/{RESOURCES[kind].name}.csv{'?' if pairs else ''}{'&'.join(pairs)}"


def page_address(kind: str, slug: str, selection: Selection) -> str:
    """The address of a resource under the choice of a page,
    as far as the two have parameters in common."""
    known = {parameter.name for parameter in RESOURCES[kind].parameters}
    query = {name: values for name, values in write_query(slug, selection).items() if name in known}
    return download_address(kind, {name: list(values) for name, values in query.items()})


def in_every_kind(address: str) -> dict[str, str]:
    """The same answer in each kind of file that readers are offered, by ending;
    the CSV with the mark that Excel needs."""
    path, _, query = address.partition("?")
    bare = path.removesuffix(".csv")
    texts = {}
    for ending in (file_format for file_format in ENDINGS.values() if file_format.offered):
        requested = "&".join(filter(None, (query, "bom=yes" if ending.extension == "csv" else "")))
        texts[ending.extension] = f"{bare}.{ending.extension}{'?' if requested else ''}{requested}"
    return texts


def cite_address(data: str, version: str) -> str:
    """`/api/v1/estimates.csv?measure=…` as it is cited: `/cite/1.0.0/estimates?measure=…`."""
    path, _, query = data.partition("?")
    name = path.rpartition("/")[2].partition(".")[0]
    return f"{CITE_PREFIX}/{version}/{name}{'?' if query else ''}{query}"
