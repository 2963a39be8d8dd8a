"""What must be known beside a number, as a short list.

In: ids of caveats, and notes in words. Out: HTML."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.rendering.html import text
from dashboard.text.language import _
from etl.model.caveats import CAVEATS


def write_caveats(ids: Iterable[str], notes: Iterable[str] = ()) -> str:
    """Notes first, then the caveats in the order given, each once."""
    notes_text = [*notes, *(_(CAVEATS[caveat_id]) for caveat_id in dict.fromkeys(ids))]
    items = "".join(f"<li>{text(note)}</li>" for note in notes_text)
    return f'<ul class="lfr-small">{items}</ul>' if notes_text else ""
