"""One claim at its own address: verdict, figures side by side, how they were compared, and the rows
behind them.

In: the frame and the id of a claim. Out: the page below its heading."""

from __future__ import annotations

from dashboard.components.claims import write_what
from dashboard.components.filters import show_pages
from dashboard.components.source_note import describe_update, write_source_note
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.descriptions.claims import (
    describe_figures,
    describe_plain,
    describe_row_counts,
    describe_rows_figure,
    describe_search,
    describe_silent,
    describe_verdict,
    describe_window,
    format_difference_of,
)
from dashboard.exports.record_urls import record_address
from dashboard.exports.urls import downloads_are_served
from dashboard.queries.claims import ClaimLine, SourceRow, get_claim, get_claim_rows
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import link, printed, text, write_translated
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import format_count, format_date, format_period
from dashboard.views.claims.lists import claim_address, write_about, write_grade
from etl.model.claim_measures import CLAIM_ROW, CONFLICT

CLAIMS = "claims"
_A_PAGE = 25


def show_claim(context: PageContext, claim_id: str) -> None:
    """The claim; the table of its rows has pages."""
    _show_claim(context.without("page"), claim_id)
    count = len(context.record.claims.list_rows(claim_id))
    if count:
        show_section(_("The figures it was compared with"), anchor="rows")
        page = show_pages(context, -(-count // _A_PAGE))
        _show_rows(context, claim_id, page)
    _show_foot(context.without("page"), claim_id)


@cached
def _show_claim(context: PageContext, claim_id: str) -> None:
    line = get_claim(context.record, claim_id)
    if line is None:
        return
    back = text(context.address(claim="", page=1))
    show_html(f'<p class="lfr-small"><a href="{back}">{text(_("All claims"))}</a></p>')
    figures = describe_figures(line)
    show_html(
        f'<h2 id="{text(claim_id)}" class="lfr-claim">{write_what(line)}: '
        f'{text(figures.stated)}</h2><p class="lfr-subtitle">{write_about(line)}. '
        f"{text(describe_window(line.comparison))}</p>"
    )
    compared = line.comparison
    show_html(
        f'<div class="lfr-note"><p><strong>{text(describe_verdict(compared))}.</strong> '
        f"{text(describe_plain(compared))}</p><p>{write_translated(compared.reason)}</p></div>"
    )
    show_html(_write_figures(context, line))
    _show_how(context, line)


def _write_figures(context: PageContext, line: ClaimLine) -> str:
    """Stated, published and the difference, each with its basis."""
    compared, figures = line.comparison, describe_figures(line)
    source = (
        f"{link(line.claim.source_url, line.claim.source_title)}"
        f'<span class="lfr-quiet">{write_grade(line)}</span>'
    )
    rows: list[tuple[str, str, str]] = [(_("Stated"), figures.stated, Markup(source))]
    if compared.verdict != "cannot_be_compared":
        ours = describe_rows_figure(compared, figures.rows) if figures.rows else _("[x] no number")
        rows.append(
            (
                _("Published rows"),
                ours,
                Markup(
                    f"{text(describe_row_counts(compared))}. "
                    f"{write_source_note(context, compared.sources)}"
                ),
            )
        )
        rows.append((_("Difference"), figures.difference or "[x]", format_difference_of(compared)))
    columns = (
        Column(_("What"), "short"),
        Column(_("Figure"), "number"),
        Column(_("What stands behind it"), "wide"),
    )
    caption = _("The stated figure beside the published rows")
    return write_table(make_table(caption, columns, rows, whole=True))


def _show_how(context: PageContext, line: ClaimLine) -> None:
    compared, claim = line.comparison, line.claim
    lines = [text(search) for search in (describe_search(compared),) if search]
    if compared.note:
        lines.append(write_translated(compared.note))
    if claim.note:
        lines.append(f"{text(_('The collector noted:'))} {printed(claim.note)}")
    if lines:
        show_section(_("How it was compared"), anchor="how")
        show_html(
            f'<ul class="lfr-plain">{"".join(f"<li>{each_line}</li>" for each_line in lines)}</ul>'
        )
    if compared.parts:
        show_html(_write_parts(context, line))
    if compared.conflicts:
        show_section(_("What else was stated"), anchor="elsewhere")
        show_html(_write_conflicts(context, line))


def _write_parts(context: PageContext, line: ClaimLine) -> str:
    """The sum by force."""
    parts = sorted(line.comparison.parts, key=lambda part: (-(part.numerator or 0), part.force_id))
    rows = [
        (
            context.names.get(part.force_id, part.force_id),
            "[x]" if part.numerator is None else format_count(part.numerator),
            format_count(part.rows_used),
            format_count(part.rows_missing),
        )
        for part in parts
    ]
    columns = (
        Column(_("Force"), "wide"),
        Column(_("Published rows add up to"), "number"),
        Column(_("Rows added up"), "number"),
        Column(_("Rows that lack the number"), "number"),
    )
    silent = [
        context.names.get(part.force_id, part.force_id) for part in parts if part.numerator is None
    ]
    caption = f"{_('The published part by force.')} {describe_silent(silent)}".strip()
    return write_table(make_table(caption, columns, rows, whole=True))


def _write_conflicts(context: PageContext, line: ClaimLine) -> str:
    items = []
    for conflict in line.comparison.conflicts:
        other = get_claim(context.record, conflict.claim_id)
        if other is not None:
            relation = _(CONFLICT.label(conflict.relation))
            address = claim_address(context, conflict.claim_id)
            name = (
                f'<a href="{address}">{write_what(other)}: '
                f"{text(describe_figures(other).stated)}</a>"
            )
            items.append(
                f"<li>{text(f'{relation[:1].upper()}{relation[1:]}')}: {name}. "
                f"{printed(other.claim.source_title)}</li>"
            )
    return f'<ul class="lfr-plain">{"".join(items)}</ul>'


@cached
def _show_rows(context: PageContext, claim_id: str, page: int) -> None:
    line = get_claim(context.record, claim_id)
    if line is None:
        return
    source_rows, count = get_claim_rows(context.record, claim_id, (page - 1) * _A_PAGE, _A_PAGE)
    rate = line.comparison.denominator is not None
    columns = [
        Column(_("Date"), "short"),
        Column(_("Force"), "short"),
        Column(_("Location as printed"), "wide"),
        Column(_("Number"), "number"),
        *([Column(_("Of"), "number")] if rate else []),
        Column(_("In the sum"), "short"),
        Column(_("Source"), "wide"),
    ]
    rows = [_write_row(source_row, rate=rate) for source_row in source_rows]
    caption = _("{first} to {last} of {count} rows, the earliest first").format(
        first=format_count((page - 1) * _A_PAGE + 1),
        last=format_count((page - 1) * _A_PAGE + len(source_rows)),
        count=format_count(count),
    )
    classes = [
        "" if source_row.given.state_code == "used" else "lfr-uncounted"
        for source_row in source_rows
    ]
    show_html(write_table(make_table(caption, columns, rows, classes=classes, whole=True)))


def _write_row(source_row: SourceRow, *, rate: bool) -> list[str]:
    row, given = source_row.deployment, source_row.given
    day = format_period(row.date, row.end_date or row.date) if row.date else format_date(None)
    place = _("page {page}, row {row}").format(page=row.page, row=row.row)
    numbers = [given.numerator, given.denominator] if rate else [given.numerator]
    return [
        day,
        str(row.force_name),
        printed(row.location_text),
        *("[x]" if number is None else format_count(number) for number in numbers),
        _(CLAIM_ROW.label(given.state_code)),
        Markup(f"{link(row.source_address, row.edition_title)}, {text(place)}"),
    ]


@cached
def _show_foot(context: PageContext, claim_id: str) -> None:
    links = []
    if downloads_are_served():
        address = record_address(CLAIMS, context.page.slug, context.selection)
        links.append(f'<a href="{text(address)}" download>{text(_("This claim as CSV"))}</a>')
    links.append(
        f'<a href="{text(context.address(claim=claim_id))}">{text(_("Link to this claim"))}</a>'
    )
    source = f"{write_source_note(context, (CLAIMS,))} {text(describe_update(context, (CLAIMS,)))}"
    show_html(f'<p class="lfr-from">{source} {text(claim_id)} {" ".join(links)}</p>')
