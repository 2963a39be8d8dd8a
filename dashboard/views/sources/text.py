"""Publications in words: what of each is in the record, how it reached us, what is open.

In: `SourceLine`s. Out: plain text in the language in use. Does not compute and does not escape.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dashboard.text.language import _, mark_both, ngettext
from dashboard.text.numbers import say_count, say_list
from dashboard.views.sources.query import SourceLine
from etl.model.codes import RELIABILITY

_OTHER = {
    "claims": mark_both("{count} claim", "{count} claims"),
    "misidentifications": mark_both("{count} documented case", "{count} documented cases"),
    "test_results": mark_both("{count} figure of a test", "{count} figures of a test"),
}


def say_in_record(one: SourceLine) -> str:
    """`286 rows counted`; `157 rows counted, 75 kept and not counted`; `246 claims`."""
    said = []
    if one.counted_count:
        words = ngettext("{count} row counted", "{count} rows counted", one.counted_count)
        said.append(words.format(count=say_count(one.counted_count)))
    if one.kept_count:
        words = ngettext("{count} kept and not counted", "{count} kept and not counted", one.kept_count)
        said.append(words.format(count=say_count(one.kept_count)))
    for table, count in one.other_rows.items():
        single, many = _OTHER[table]
        said.append(ngettext(single, many, count).format(count=say_count(count)))
    return ", ".join(said) if said else _("no row")


def say_grades(lines: Sequence[SourceLine]) -> str:
    """How many publications reached us how: `9 publications: 2 official text, …`"""
    counts = Counter(one.publication["reliability"] for one in lines)
    said = [
        _("{count} {grade}").format(count=say_count(counts[code]), grade=_(RELIABILITY.label(code)).lower())
        for code in RELIABILITY
        if counts[code]
    ]
    whole = ngettext("{count} publication", "{count} publications", len(lines)).format(count=say_count(len(lines)))  # fmt: skip
    return _("{publications}, by how they reached us: {grades}. A number is never better than the way by which it reached us.").format(
        publications=whole, grades=say_list(said)
    )  # fmt: skip


def say_pages(first: int, last: int) -> str:
    """`page 4`, `pages 1 to 8`."""
    if first == last:
        return _("page {page}").format(page=first)
    return _("pages {first} to {last}").format(first=first, last=last)
