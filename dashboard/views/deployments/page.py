"""Every deployment, row by row: searched, filtered, sorted; and one row down to its printed cells.

In: the frame. Out: the table of the selection, or the row that the address names."""

from __future__ import annotations

from dashboard.components.card import Placeholder
from dashboard.components.downloads import address_rows
from dashboard.components.figure_card import show_placeholder
from dashboard.components.filters import read_page, show_filters, show_more_filters, show_pages
from dashboard.components.source_note import describe_update, write_source_note
from dashboard.descriptions.rows import describe_matching_rows, describe_totals
from dashboard.exports.urls import downloads_are_served
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _
from dashboard.text.messages import translate_message
from dashboard.text.numbers import describe_gap, format_count
from dashboard.views.deployments.detail import show_row
from dashboard.views.deployments.query import (
    get_row_choices,
    get_row_totals,
    get_rows,
    get_sorted_rows,
)
from dashboard.views.deployments.table import ROWS_A_PAGE, write_deployment_page
from etl.model.caveats import CAVEATS
from etl.model.records import Correction, Count

_MORE = {
    "region": "regions",
    "district": "district",
    "place_id": "place_id",
    "use_case": "use_cases",
    "threshold": "thresholds",
    "publication": "publication_id",
    "uncounted": "uncounted",
}
_NOTHING = ("forces", "first_year", "last_year", *_MORE.values(), "search", "sorted", "page")


def show(context: PageContext) -> None:
    """One row, or the rows of the selection."""
    if context.selection.deployment_id:
        show_row(context.without("page"))
        return
    sentence = _("Choose a deployment to see every cell as published, and the value that we use.")
    show_html(f'<p class="lfr-small">{text(sentence)}</p>')
    show_filters(context, "place", "force", "from", "to", "sorted")
    opened = any(getattr(context.selection, field) for field in _MORE.values())
    show_more_filters(context, _("More filters"), *_MORE, opened=opened)
    count = _count_rows(context.without("page", "sorted"))
    if not count:
        _show_nothing(context)
        return
    _show_summary(context.without("page", "sorted"))
    pages = -(-count // ROWS_A_PAGE)
    _show_table(context.without("page"), read_page(context, pages))
    show_pages(context, pages)
    _show_foot(context)


@cached
def _count_rows(context: PageContext) -> int:
    return len(get_rows(context.record, context.selection))


@cached
def _show_summary(context: PageContext) -> None:
    """How many rows there are, and what they add up to with what is missing."""
    rows = get_rows(context.record, context.selection)
    totals = get_row_totals(context.record, context.selection)
    matching_rows = describe_matching_rows(len(rows), sum(not row.counted for row in rows))
    missing = (
        [
            f"{name} {gap}"
            for name, gap in (
                (_("Faces seen:"), describe_gap(totals[1])),
                (_("Arrests:"), describe_gap(totals[3])),
            )
            if gap
        ]
        if totals
        else []
    )
    if any(total.measure_id == "faces_seen_count" and total.numerator for total in totals):
        missing.append(_(CAVEATS["faces_not_people"]))
    lines = [describe_totals(totals), *missing]
    body = "".join(f"<p>{text(line)}</p>" for line in lines if line)
    show_html(
        '<div class="lfr-note" role="status"><p>'
        f"<strong>{text(matching_rows)}</strong></p>{body}</div>"
    )


@cached
def _show_table(context: PageContext, page: int) -> None:
    rows = get_sorted_rows(context.record, context.selection)
    shown = rows[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    ids = [row.deployment_id for row in shown]
    counts = {
        (count.deployment_id, count.stage_code): count
        for count in context.record.table(Count, {"deployment_id": ids})
    }
    corrections = context.record.by_id(Correction)
    first = (page - 1) * ROWS_A_PAGE + 1
    caption = _("Deployments as published, {first} to {last} of {count}").format(
        first=format_count(first),
        last=format_count(first + len(shown) - 1),
        count=format_count(len(rows)),
    )
    show_html(write_deployment_page(context, shown, counts, corrections, caption))


def _show_foot(context: PageContext) -> None:
    """File of the selection, its address, its sources."""
    selection = context.selection
    links = []
    if downloads_are_served():
        links.append(
            f'<a href="{text(address_rows(selection))}" '
            f"download>{text(_('This selection as CSV'))}</a>"
        )
    links.append(f'<a href="{text(context.address())}">{text(_("Link to this view"))}</a>')
    show_html(
        f'<p class="lfr-from">{_write_sources(context.without("page", "sorted"))} '
        f"{' '.join(links)}</p>"
    )


@cached
def _write_sources(context: PageContext) -> str:
    sources = {row.publication_id for row in get_rows(context.record, context.selection)}
    return f"{write_source_note(context, sources)} {text(describe_update(context, sources))}"


def _show_nothing(context: PageContext) -> None:
    """A selection without rows is never a zero; words that are nowhere say so;
    with the way back to all."""
    if context.selection.search:
        template = _(
            "No deployment here has all of these words in its location, place or district: "
            "“{words}”."
        )
        # Printed locations have no postcodes, and towns stand in them by chance.
        address = text(context.address_of("places", search=context.selection.search))
        other = _("Search for it as a place: a postcode, town or district")
        show_html(
            f'<div class="lfr-note" role="status"><p><strong>{text(_("No figures"))}</strong></p>'
            f"<p>{text(template.format(words=context.selection.search))}</p><p>"
            f'<a href="{address}">{text(other)}</a></p></div>'
        )
    else:
        lines = [
            _(
                "We have no deployments for this selection. That is not a zero: they may not be "
                "published."
            )
        ]
        if context.selection.force_id:
            (force,) = context.record.publishing.describe((context.selection.force_id,)).forces
            lines.append(translate_message(force.reason))
        show_placeholder("nothing", _("No figures"), Placeholder("empty", " ".join(lines)))
    everything = context.without(*_NOTHING).address()
    show_html(f'<p class="lfr-small"><a href="{text(everything)}">{text(_("Show all"))}</a></p>')


VIEW = View(show, choices=get_row_choices)
