"""Every deployment, row by row: searched, filtered, sorted; and one row down to its printed cells.

In: the frame. Out: the table of the selection, or the row that the address names.
"""

from __future__ import annotations

from dashboard.components.card import Instead
from dashboard.components.downloads import address_rows
from dashboard.components.figure_card import show_instead
from dashboard.components.filters import read_page, show_filters, show_more_filters, show_pages
from dashboard.components.source_note import say_update, write_source_note
from dashboard.descriptions.rows import say_found_rows, say_totals
from dashboard.exports.urls import downloads_are_served
from dashboard.rendering.context import Frame, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _
from dashboard.text.numbers import say_count, say_gap
from dashboard.views.deployments.detail import show_row
from dashboard.views.deployments.query import ask_row_choices, ask_row_totals, ask_rows, ask_sorted_rows
from dashboard.views.deployments.table import ROWS_A_PAGE, write_deployment_page
from etl.model.caveats import CAVEATS

_MORE = {
    "region": "regions",
    "district": "district",
    "use_case": "use_cases",
    "threshold": "thresholds",
    "publication": "publication_id",
    "uncounted": "uncounted",
}
_NOTHING = ("forces", "first_year", "last_year", *_MORE.values(), "search", "row_order", "page")


def show(frame: Frame) -> None:
    """One row, or the rows of the selection."""
    if frame.chosen.deployment_id:
        show_row(frame.without("page"))
        return
    said = _("Choose a row to see every cell as it was printed, beside the value that is used.")
    show_html(f'<p class="lfr-small">{text(said)}</p>')
    show_filters(frame, "place", "force", "from", "to", "sorted")
    opened = any(getattr(frame.chosen, field) for field in _MORE.values())
    show_more_filters(frame, _("More filters"), *_MORE, opened=opened)
    count = _count_rows(frame.without("page", "row_order"))
    if not count:
        _show_nothing(frame)
        return
    _show_summary(frame.without("page", "row_order"))
    pages = -(-count // ROWS_A_PAGE)
    _show_table(frame.without("page"), read_page(frame, pages))
    show_pages(frame, pages)
    _show_foot(frame)


@cached
def _count_rows(frame: Frame) -> int:
    return len(ask_rows(frame.answers, frame.chosen))


@cached
def _show_summary(frame: Frame) -> None:
    """How many rows there are, and what they add up to with what is missing."""
    rows = ask_rows(frame.answers, frame.chosen)
    totals = ask_row_totals(frame.answers, frame.chosen)
    found = say_found_rows(len(rows), sum(not one["counted"] for one in rows))
    missing = [f"{name} {gap}" for name, gap in ((_("Faces seen:"), say_gap(totals[1])), (_("Arrests:"), say_gap(totals[3]))) if gap] if totals else []  # fmt: skip
    if any(one.measure_id == "faces_seen_count" and one.numerator for one in totals):
        missing.append(_(CAVEATS["faces_not_people"]))
    lines = [say_totals(totals), *missing]
    body = "".join(f"<p>{text(line)}</p>" for line in lines if line)
    show_html(f'<div class="lfr-note" role="status"><p><strong>{text(found)}</strong></p>{body}</div>')


@cached
def _show_table(frame: Frame, page: int) -> None:
    rows = ask_sorted_rows(frame.answers, frame.chosen)
    shown = rows[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    ids = [one["deployment_id"] for one in shown]
    counts = {
        (one["deployment_id"], one["stage_code"]): one
        for one in frame.answers.rows("counts", {"deployment_id": ids})
    }
    corrections = {one["correction_id"]: one for one in frame.answers.rows("corrections")}
    first = (page - 1) * ROWS_A_PAGE + 1
    caption = _("Deployments as published, rows {first} to {last} of {count}").format(
        first=say_count(first), last=say_count(first + len(shown) - 1), count=say_count(len(rows))
    )
    show_html(write_deployment_page(frame, shown, counts, corrections, caption))


def _show_foot(frame: Frame) -> None:
    """File of the selection, its address, its sources."""
    chosen = frame.chosen
    links = []
    if downloads_are_served():
        links.append(
            f'<a href="{text(address_rows(chosen))}" download>{text(_("All rows of this selection as CSV"))}</a>'
        )
    links.append(f'<a href="{text(frame.address())}">{text(_("Link to this view"))}</a>')
    show_html(
        f'<p class="lfr-from">{_write_sources(frame.without("page", "row_order"))} {" ".join(links)}</p>'
    )


@cached
def _write_sources(frame: Frame) -> str:
    sources = {one["publication_id"] for one in ask_rows(frame.answers, frame.chosen)}
    return f"{write_source_note(frame, sources)} {text(say_update(frame, sources))}"


def _show_nothing(frame: Frame) -> None:
    """A selection without rows is never a zero; words that are nowhere say so; with the way back to all."""
    if frame.chosen.search:
        said = _("No row of this selection has all of these words in its printed location, its place or its district: “{words}”.")  # fmt: skip
        # Printed locations have no postcodes, and towns stand in them by chance.
        address = text(frame.address_of("map", search=frame.chosen.search))
        other = _("Search for it on the map, which knows postcodes, towns and districts")
        show_html(f'<div class="lfr-note" role="status"><p><strong>{text(_("No row"))}</strong></p><p>{text(said.format(words=frame.chosen.search))}</p><p><a href="{address}">{text(other)}</a></p></div>')  # fmt: skip
    else:
        lines = [_("No row of the record is in this selection. That is not a zero: it may not have been published.")]  # fmt: skip
        if frame.chosen.force_id:
            (one,) = frame.answers.publishing((frame.chosen.force_id,)).forces
            lines.append(_(one.reason))
        show_instead("nothing", _("No row"), Instead("empty", " ".join(lines)))
    everything = frame.without(*_NOTHING).address()
    show_html(f'<p class="lfr-small"><a href="{text(everything)}">{text(_("Show all rows"))}</a></p>')


VIEW = View(show, choices=ask_row_choices)
