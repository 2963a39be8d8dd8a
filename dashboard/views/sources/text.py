"""Publications in words: what of each is in the record, how it reached us, what is open.

In: `SourceLine`s. Out: plain text in the language in use. Does not compute and does not escape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dashboard.text.language import _, mark_both, ngettext
from dashboard.text.numbers import format_count, format_list
from dashboard.views.sources.query import SourceLine
from etl.model.codes import RELIABILITY

_OTHER = {
    "claims": mark_both("{count} claim", "{count} claims"),
    "misidentifications": mark_both("{count} documented case", "{count} documented cases"),
    "test_results": mark_both("{count} figure of a test", "{count} figures of a test"),
}


def describe_in_record(source_line: SourceLine) -> str:
    """`286 rows counted`; `157 rows counted, 75 kept and not counted`; `246 claims`."""
    sentences = []
    if source_line.counted_count:
        words = ngettext(
            "{count} entry counted", "{count} entries counted", source_line.counted_count
        )
        sentences.append(words.format(count=format_count(source_line.counted_count)))
    if source_line.stored_count:
        words = ngettext(
            "{count} kept and not counted", "{count} kept and not counted", source_line.stored_count
        )
        sentences.append(words.format(count=format_count(source_line.stored_count)))
    for table, count in source_line.other_rows.items():
        single, many = _OTHER[table]
        sentences.append(ngettext(single, many, count).format(count=format_count(count)))
    return ", ".join(sentences) if sentences else _("no figures")


def describe_grades(lines: Sequence[SourceLine]) -> str:
    """How many publications reached us how: `9 publications: 2 official text, …`"""
    counts = Counter(line.publication.reliability for line in lines)
    sentences = [
        _("{count} {grade}").format(
            count=format_count(counts[code]), grade=_(RELIABILITY.label(code)).lower()
        )
        for code in RELIABILITY
        if counts[code]
    ]
    whole = ngettext("{count} publication", "{count} publications", len(lines)).format(
        count=format_count(len(lines))
    )
    return _(
        "{publications}, by how they reached us: {grades}. A figure is only as good as its source."
    ).format(publications=whole, grades=format_list(sentences))


def format_pages(first: int, last: int) -> str:
    """`page 4`, `pages 1 to 8`."""
    if first == last:
        return _("page {page}").format(page=first)
    return _("pages {first} to {last}").format(first=first, last=last)
