"""What a force promises about its results and what it does, deployments without a result, and what
followed its arrests.

In: the frame of one force. Out: two sections, each where there is something to show."""

from __future__ import annotations

from dashboard.components.stated_figures import list_of_series, write_figures
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import link, printed, text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import format_count, format_date
from dashboard.web.release_urls import force_feed_address
from etl.measures.publishing import ForcePublishing
from etl.model.codes import PUBLISHED
from etl.model.records import Deployment
from etl.model.reference import Edition
from etl.queries.forces import list_without_result


def show_lateness(context: PageContext, force: ForcePublishing) -> None:
    """Promise and practice of each form of publication; deployments without a result; the feed."""
    forms = [form.publishing for form in force.forms if form.publishing.form_code != "none"]
    if not forms:
        return
    show_section(_("Announced, and results: promise and practice"), anchor="late")
    rows = [
        (
            Markup(link(form.url, form.title)),
            _(PUBLISHED.label(form.announced_ahead_code)),
            printed(form.delay_text) if form.delay_text else _("not known"),
            _describe_practice(context, (form.publication_ids or "").split()),
        )
        for form in forms
    ]
    columns = (
        Column(_("Publication"), "wide"),
        Column(_("Announced ahead")),
        Column(_("What is said of the delay"), "wide"),
        Column(_("What the files show"), "wide"),
    )
    show_html(write_table(make_table(_("Promise and practice"), columns, rows, whole=True)))
    _show_without_result(context, force.force_id)
    address = force_feed_address(force.force_id)
    words = _("News of this force as a feed (Atom): files, changes, corrections, missing results")
    show_html(f'<p class="lfr-from"><a href="{text(address)}">{text(words)}</a></p>')


def _describe_practice(context: PageContext, publication_ids: list[str]) -> str:
    """Days from the last row of a file to the day on which it was made, file by file."""
    lines = []
    for edition in context.record.table(Edition):
        if edition.publication_id in publication_ids and edition.published_on:
            days = [
                row.date
                for row in context.record.table(Deployment, {"edition_id": [edition.edition_id]})
                if row.date
            ]
            if days:
                lines.append(
                    _("file of {day}: {count} days after its last deployment").format(
                        day=format_date(edition.published_on),
                        count=format_count((edition.published_on - max(days)).days),
                    )
                )
    return "; ".join(lines) or _("not known")


def _show_without_result(context: PageContext, force_id: str) -> None:
    rows = [
        (format_date(row.date), printed(row.location_text), printed(row.not_counted_reason or ""))
        for row, _day in list_without_result(
            context.record.table(Deployment, {"force_id": [force_id]})
        )
    ]
    if rows:
        columns = (Column(_("Day")), Column(_("Place"), "wide"), Column(_("What is known"), "wide"))
        caption = _("Deployments of which we found no result: not counted")
        show_html(write_table(make_table(caption, columns, rows, whole=True)))


def show_after_arrest(context: PageContext) -> None:
    """What became of people who were arrested, as stated, with the arrests that it covers."""
    figures = list_of_series(context, "after_arrest")
    if figures:
        show_section(_("After the arrest"), anchor="after-arrest")
        caption = _("Charged or cautioned, as stated: of the arrests named, never of all")
        show_html(write_table(write_figures(context, figures, caption, force=False)))
