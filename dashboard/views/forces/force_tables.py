"""The settings, places and publications of a force, as tables.

In: the frame of one force. Out: tables, each with its source;
a sentence where nothing is published."""

from __future__ import annotations

from dashboard.components.source_note import describe_update, write_source_note
from dashboard.components.tables import Markup
from dashboard.components.templates import show_template
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import link, page_link, printed, with_details
from dashboard.text.language import _
from dashboard.text.numbers import format_count, format_period, format_total, format_when
from dashboard.views.forces.query_force import PlaceLine, get_places
from dashboard.views.forces.text_force import format_published, list_thresholds, list_watchlists
from etl.measures.publishing import ForcePublishing, Form
from etl.model.codes import PUBLISHED_FIELD, PUBLISHING_FORM

# Longer lists of places go on on another page.
MAX_PLACES = 12


def show_settings(context: PageContext) -> None:
    """Software and thresholds by period, and the sizes of watchlists by year."""
    force_id, period = context.selection.forces[0], context.selection.period
    thresholds = context.record.forces.settings(force_id, "threshold", period)
    sizes = context.record.forces.settings(force_id, "year", period)
    sources = {source for setting in (*thresholds, *sizes) for source in setting.sources}
    show_template(
        "views/forces/settings.html",
        thresholds=list_thresholds(thresholds),
        watchlists=list_watchlists(sizes) if any(size.sized_count for size in sizes) else (),
        source=Markup(write_source_note(context, sources)),
        update=describe_update(context, sources),
    )


def show_places(context: PageContext) -> None:
    """Where it was used, the most frequent first."""
    lines = get_places(context.record, context.selection)
    rows = [
        (
            _write_place(context, line),
            line.district or _("[x] not known"),
            format_total(line.estimate),
            format_period(line.estimate.period_start, line.estimate.period_end),
        )
        for line in lines[:MAX_PLACES]
    ]
    caption = _("Places by number of deployments: {shown} of {count}").format(
        shown=format_count(len(rows)), count=format_count(len(lines))
    )
    sources = {source for line in lines for source in line.estimate.sources}
    show_template(
        "views/forces/places.html",
        context=context,
        caption=caption,
        rows=rows,
        source=Markup(write_source_note(context, sources)),
        update=describe_update(context, sources),
    )


def show_publishing(publishing: ForcePublishing) -> None:
    """Form by form: since when, how late, with the evidence; then field by field."""
    forms = [form for form in publishing.forms if form.publishing.form_code != "none"]
    columns = [(_("Field"), "wide")]
    for form in forms:
        name = _(PUBLISHING_FORM.label(form.publishing.form_code))
        columns.append((f"{name}, {format_when(form.publishing.since_text)}", "wide"))
    rows = [
        (_(PUBLISHED_FIELD.label(code)), *(_write_answer(form, code) for form in forms))
        for code in PUBLISHED_FIELD
    ]
    show_template(
        "views/forces/publishing.html",
        forms=[form.publishing for form in publishing.forms],
        form_codes=PUBLISHING_FORM,
        format_when=format_when,
        format_published=format_published,
        columns=columns,
        rows=rows if forms else (),
    )


def _write_answer(form: Form, code: str) -> str:
    field = next((each_field for each_field in form.fields if each_field.field_code == code), None)
    answer = format_published(form.of(code))
    return with_details(answer, link(field.source_url, field.evidence)) if field else answer


def _write_place(context: PageContext, line: PlaceLine) -> str:
    if not line.name:
        return _("[x] place not known")
    return page_link(context.address_of("deployments", search=line.name), printed(line.name))
