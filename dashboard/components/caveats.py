"""What must be known beside a number, as a short list.

In: ids of caveats, and notes in words. Out: HTML.
"""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.rendering.html import text
from dashboard.text.language import _
from etl.model.caveats import CAVEATS


def write_caveats(ids: Iterable[str], notes: Iterable[str] = ()) -> str:
    """Notes first, then the caveats in the order given, each once."""
    said = [*notes, *(_(CAVEATS[one]) for one in dict.fromkeys(ids))]
    items = "".join(f"<li>{text(one)}</li>" for one in said)
    return f'<ul class="lfr-small">{items}</ul>' if said else ""
