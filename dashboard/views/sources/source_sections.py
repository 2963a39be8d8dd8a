"""One publication: who put it out, what to distrust, its files with hash, its headings, and the
ways to its rows.

In: the frame and a `SourceLine`. Out: a section whose anchor is the id of the publication."""

from __future__ import annotations

from dashboard.components.tables import Markup
from dashboard.components.templates import show_template
from dashboard.descriptions.findings import describe_open
from dashboard.descriptions.rows import name_field
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import link, printed, text
from dashboard.text.language import _
from dashboard.text.numbers import format_count, format_date, format_period
from dashboard.views.sources import text as words
from dashboard.views.sources.query import SourceLine
from etl.model.codes import RELIABILITY


def show_publication(context: PageContext, source_line: SourceLine) -> None:
    """The whole section."""
    publication = source_line.publication
    show_template(
        "views/sources/section.html",
        line=source_line,
        publication=publication,
        grade=RELIABILITY.entry(publication.reliability),
        forces=[context.names[code] for code in source_line.force_ids if code in context.names],
        words=words,
        describe_open=describe_open,
        ways=_list_ways(context, source_line),
        files=_list_files(source_line),
        headings=_list_headings(source_line),
    )


def _list_ways(context: PageContext, source_line: SourceLine) -> list[tuple[str, str]]:
    """To its rows, its findings, and the pages that its other rows stand on."""
    everything = context.without("forces")
    ways = []
    if source_line.counted_count or source_line.stored_count:
        ways.append(
            (
                everything.address_of(
                    "deployments",
                    publication_id=source_line.publication_id,
                    uncounted=bool(source_line.stored_count),
                ),
                _("All its figures"),
            )
        )
    if source_line.findings or source_line.corrections_count:
        ways.append(
            (
                everything.address_of(
                    "data-quality", "findings", publication_id=source_line.publication_id
                ),
                _("Its findings and corrections"),
            )
        )
    for table, slug, name in (
        ("claims", "claims", _("The claims")),
        ("misidentifications", "misidentifications", _("The cases")),
        ("test_results", "who-is-affected", _("The tests")),
    ):
        if table in source_line.other_rows:
            ways.append((everything.address_of(slug), name))
    return ways


def _list_files(source_line: SourceLine) -> list[tuple[str, ...]]:
    return [
        (
            link(edition.url, edition.title),
            format_period(edition.period_start, edition.period_end)
            if edition.period_start
            else _("[z] no period of its own"),
            format_count(edition.rows_count),
            format_date(edition.retrieved_on) if edition.retrieved_on else _("[x] not recorded"),
            Markup(f'<code class="lfr-hash">{text(edition.file_sha256)}</code>'),
        )
        for edition in source_line.editions
    ]


def _list_headings(source_line: SourceLine) -> list[tuple[str, ...]]:
    """The headings as printed, with the field that each is read into."""
    titles = {edition.edition_id: edition.title for edition in source_line.editions}
    return [
        (
            printed(column.heading),
            name_field(column.field_name)
            if column.field_name
            else _("not read: kept as published"),
            printed(titles[column.edition_id]),
            words.format_pages(column.first_page, column.last_page),
            _("{count} of {whole}").format(
                count=format_count(column.filled_count), whole=format_count(column.cells_count)
            ),
        )
        for column in source_line.columns
    ]
