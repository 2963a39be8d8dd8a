"""One publication: who put it out, what to distrust, its files with hash, its headings, and the
ways to its rows.

In: the frame and a `SourceLine`. Out: a section whose anchor is the id of the publication."""

from __future__ import annotations

from dashboard.components.prose import fold
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_facts, write_table
from dashboard.descriptions.findings import describe_open
from dashboard.descriptions.rows import name_field
from dashboard.pages import BY_SLUG
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import link, printed, text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import format_count, format_date, format_list, format_period
from dashboard.views.sources.query import SourceLine
from dashboard.views.sources.text import describe_in_record, format_pages
from etl.model.codes import RELIABILITY


def show_publication(context: PageContext, source_line: SourceLine) -> None:
    """The whole section."""
    publication = source_line.publication
    show_section(publication.title, anchor=source_line.publication_id)
    distrust = _("What to distrust, and what it was compared with:")
    show_html(
        f'<div class="lfr-note"><p><strong>{text(distrust)}</strong> '
        f"{printed(publication.verdict)}</p></div>"
    )
    about = _("Who published it, where, in what form, and on what terms")
    show_html(fold(about, write_facts(_list_facts(context, source_line)), at_session=False))
    show_html(write_facts(_list_standing(context, source_line)))
    show_html(
        fold(
            _("Its files: period, rows, day of retrieval and SHA-256"),
            _write_files(source_line),
            at_session=False,
        )
    )
    show_html(_write_headings(source_line))


def _list_facts(context: PageContext, source_line: SourceLine) -> list[tuple[str, str]]:
    publication = source_line.publication
    grade = RELIABILITY.entry(publication.reliability)
    return [
        (_("Published by"), printed(publication.publisher)),
        (
            _("Address"),
            link(publication.url, publication.url)
            if publication.url
            else text(_("[z] no address of its own; each row names its source")),
        ),
        (_("Terms of use"), printed(publication.licence)),
        (_("How it reached us"), text(f"{_(grade.label)}: {_(grade.meaning)}")),
        (_("Form"), printed(publication.form)),
        (_("What one row is"), printed(publication.row_is)),
        (
            _("Forces"),
            text(
                format_list(
                    [context.names[code] for code in source_line.force_ids if code in context.names]
                )
                if source_line.force_ids
                else _("none by itself")
            ),
        ),
    ]


def _list_standing(context: PageContext, source_line: SourceLine) -> list[tuple[str, str]]:
    """What of it is in the record, what is doubtful of that, and where to see it."""
    facts = [
        (_("In the record"), text(describe_in_record(source_line))),
        (_("Findings"), text(describe_open(source_line.findings))),
        (
            _("Corrections"),
            text(
                format_count(source_line.corrections_count)
                if source_line.corrections_count
                else _("none")
            ),
        ),
    ]
    ways = _write_ways(context, source_line)
    return [*facts, (_("See"), ways)] if ways else facts


def _write_ways(context: PageContext, source_line: SourceLine) -> str:
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
                _("All its rows"),
                "deployments",
            )
        )
    if source_line.findings or source_line.corrections_count:
        ways.append(
            (
                everything.address_of(
                    "data-quality", "findings", publication_id=source_line.publication_id
                ),
                _("Its findings and corrections"),
                "data-quality",
            )
        )
    for table, slug, words in (
        ("claims", "claims", _("The claims")),
        ("misidentifications", "misidentifications", _("The cases")),
        ("test_results", "who-is-affected", _("The tests")),
    ):
        if table in source_line.other_rows:
            ways.append((everything.address_of(slug), words, slug))
    return ". ".join(
        f'<a href="{text(address)}">{text(words)}</a>'
        for address, words, slug in ways
        if slug in BY_SLUG
    )


def _write_files(source_line: SourceLine) -> str:
    columns = (
        Column(_("File"), "wide"),
        Column(_("Covers"), "wide"),
        Column(_("Rows"), "number"),
        Column(_("Retrieved")),
        Column(_("SHA-256 of the file that was read"), "wide"),
    )
    rows = [
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
    caption = _("Files of {title}").format(title=source_line.publication.title)
    return write_table(make_table(caption, columns, rows, whole=True, stacked=True))


def _write_headings(source_line: SourceLine) -> str:
    """The headings as printed, with the field that each is read into:
    folded, because they are many."""
    titles = {edition.edition_id: edition.title for edition in source_line.editions}
    columns = (
        Column(_("Heading as printed"), "wide"),
        Column(_("Read as"), "wide"),
        Column(_("File"), "wide"),
        Column(_("Where")),
        Column(_("Filled cells"), "number"),
    )
    rows = [
        (
            printed(column.heading),
            name_field(column.field_name) if column.field_name else _("not read: kept as printed"),
            printed(titles[column.edition_id]),
            format_pages(column.first_page, column.last_page),
            _("{count} of {whole}").format(
                count=format_count(column.filled_count),
                whole=format_count(column.cells_count),
            ),
        )
        for column in source_line.columns
    ]
    caption = _("Headings of {title}, and what each is read as").format(
        title=source_line.publication.title
    )
    words = _("Its headings as printed, and what each is read as")
    return fold(words, write_table(make_table(caption, columns, rows, stacked=True)))
