"""Where figures come from: the numbered sources of the page, and the note that points at them.

In: publications and editions of the record. Out: HTML.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dashboard.parts.style import link, text
from dashboard.wording import say_date, say_period, say_rows
from etl.model.codes import RELIABILITY

SOURCES_ANCHOR = "sources"


def write_source_note(sources: Iterable[str], numbers: Mapping[str, int]) -> str:
    """`Sources: 1, 2 and 5`, each a link to the numbered source."""
    shown = sorted(numbers[one] for one in sources if one in numbers)
    links = ", ".join(f'<a href="#{SOURCES_ANCHOR}" aria-label="source {one}">{one}</a>' for one in shown)
    return f"{'Source' if len(shown) == 1 else 'Sources'}: {links}." if shown else ""


def write_sources(
    publications: Sequence[Mapping[str, Any]],
    editions: Sequence[Mapping[str, Any]],
    numbers: Mapping[str, int],
) -> str:
    """The numbered list: what it is, how it reached us, licence, what it was compared with, when it was retrieved."""
    by_id = {one["publication_id"]: one for one in publications}
    items = []
    for publication_id in sorted(numbers, key=lambda one: numbers[one]):
        publication = by_id[publication_id]
        own = [one for one in editions if one["publication_id"] == publication_id]
        grade = RELIABILITY.entry(publication["reliability"])
        items.append(
            f"<li><p><strong>{link(publication['url'], publication['title'])}</strong>, {text(publication['publisher'])}. "
            f"{text(publication['form'])}.</p>"
            f"<p><strong>{text(grade.label)}.</strong> {text(grade.meaning)}</p>"
            f"<p>{text(publication['verdict'])}</p><p>Licence: {text(publication['licence'])}.</p>"
            f"<ul>{''.join(_edition(one) for one in own)}</ul></li>"
        )
    return f'<ol class="lfr-sources">{"".join(items)}</ol>'


def _edition(edition: Mapping[str, Any]) -> str:
    retrieved = (
        f"retrieved {say_date(edition['retrieved_on'])}"
        if edition["retrieved_on"]
        else "date of retrieval not known"
    )
    period = (
        f", {say_period(edition['period_start'], edition['period_end'])}" if edition["period_start"] else ""
    )
    return f"<li>{link(edition['url'], edition['title'])}{text(period)}: {say_rows(edition['rows_count'])}, {text(retrieved)}.</li>"
