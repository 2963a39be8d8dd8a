"""The settings, places and publications of a force, as tables.

In: the frame of one force. Out: tables, each with its source;
a sentence where nothing is published."""

from __future__ import annotations

from dashboard.components.source_note import describe_update, write_source_note
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.pages import BY_SLUG
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import link, printed, text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import (
    format_count,
    format_date,
    format_period,
    format_total,
    format_when,
)
from dashboard.views.forces.query_force import PlaceLine, get_places
from dashboard.views.forces.text_force import format_published, list_thresholds, list_watchlists
from etl.measures.publishing import ForcePublishing, Form
from etl.model.caveats import CAVEATS
from etl.model.codes import PUBLISHED_FIELD, PUBLISHING_FORM

# Longer lists of places go on on another page.
MAX_PLACES = 12


def show_settings(context: PageContext) -> None:
    """Software and thresholds by period, and the sizes of watchlists by year."""
    show_section(_("Software, thresholds and watchlists"), anchor="settings")
    force_id, period = context.selection.forces[0], context.selection.period
    thresholds = context.record.forces.settings(force_id, "threshold", period)
    sizes = context.record.forces.settings(force_id, "year", period)
    columns = (
        Column(_("Software"), "wide"),
        Column(_("Threshold")),
        Column(_("Period"), "wide"),
        Column(_("Rows"), "number"),
    )
    show_html(
        write_table(
            make_table(
                _("Whose software, at which threshold"), columns, list_thresholds(thresholds)
            )
        )
    )
    _describe(
        _(CAVEATS["threshold_by_vendor"]),
        _(
            "A threshold is the similarity score from which a face raises an alert. Where it is "
            "not in the rows, it was not printed, or the copy that we have left it out."
        ),
    )
    if any(size.sized_count for size in sizes):
        heads = (
            Column(_("Year")),
            Column(_("Rows that print a size")),
            Column(_("Smallest"), "number"),
            Column(_("Middle"), "number"),
            Column(_("Largest"), "number"),
        )
        show_html(
            write_table(
                make_table(
                    _("Images on the watchlist, as published"), heads, list_watchlists(sizes)
                )
            )
        )
        _describe(
            _(
                "Sizes are of one deployment each and are never added up: the same images are "
                "loaded again. Half of the sizes are no larger than the middle one."
            )
        )
    else:
        _describe(_("No row of the period prints how many images were on the watchlist."))
    _show_source(
        context, {source for threshold in (*thresholds, *sizes) for source in threshold.sources}
    )


def show_places(context: PageContext) -> None:
    """Where it was used, the most frequent first."""
    show_section(_("Places"), anchor="places")
    lines = get_places(context.record, context.selection)
    columns = (
        Column(_("Place"), "wide"),
        Column(_("District"), "wide"),
        Column(_("Deployments"), "number"),
        Column(_("Period"), "wide"),
    )
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
    show_html(write_table(make_table(caption, columns, rows, whole=True)))
    more = [
        f'<a href="{text(context.address_of(slug))}">{text(words)}</a>'
        for slug, words in (
            ("map", _("All of them on the map")),
            ("deployments", _("All of them row by row")),
        )
        if slug in BY_SLUG
    ]
    if more:
        show_html(f'<p class="lfr-small">{". ".join(more)}.</p>')
    _show_source(context, {source for line in lines for source in line.estimate.sources})


def show_publishing(publishing: ForcePublishing) -> None:
    """Form by form: since when, how late, with the evidence; then field by field."""
    show_section(_("What it publishes, field by field"), anchor="publishing")
    forms = [form for form in publishing.forms if form.publishing.form_code != "none"]
    if not publishing.forms:
        _describe(_("No use is known, and no form of publication was found."))
        return
    show_html(f'<ul class="lfr-plain">{"".join(map(_write_form, publishing.forms))}</ul>')
    if not forms:
        return
    titles = [
        (
            f"{_(PUBLISHING_FORM.label(form.publishing.form_code))}, "
            f"{format_when(form.publishing.since_text)}"
        )
        for form in forms
    ]
    columns = (Column(_("Field"), "wide"), *(Column(title, "wide") for title in titles))
    rows = [
        (_(PUBLISHED_FIELD.label(code)), *(_write_answer(form, code) for form in forms))
        for code in PUBLISHED_FIELD
    ]
    show_html(write_table(make_table(_("Whether each form prints it"), columns, rows, whole=True)))


def _write_form(form: Form) -> str:
    own = form.publishing
    name = _("{form}: ").format(form=_(PUBLISHING_FORM.label(own.form_code)))
    since = _("Of deployments since {since}.").format(since=format_when(own.since_text))
    if own.until_text == own.since_text and own.until_text:
        since = _("Of deployments of {since}.").format(since=format_when(own.since_text))
    elif own.until_text:
        since = _("Of deployments from {since} to {until}.").format(
            since=format_when(own.since_text), until=format_when(own.until_text)
        )
    sentences = [
        text(since),
        text(
            _("Every deployment by itself: {answer}.").format(
                answer=format_published(own.per_deployment_code).lower()
            )
        ),
        text(
            _("Announced ahead: {answer}.").format(
                answer=format_published(own.announced_ahead_code).lower()
            )
        ),
    ]
    if own.delay_text:
        sentences.append(f"{text(_('How late:'))} {printed(own.delay_text)}")
    sentences.append(printed(own.evidence))
    seen = _("looked up on {day}").format(day=format_date(own.looked_on))
    sentences.append(
        f"{text(_('Evidence:'))} {link(own.source_url or own.url, own.source_title)}, {text(seen)}."
    )
    return (
        f"<li><strong>{text(name)}</strong>{link(own.url, own.title)}. {' '.join(sentences)}</li>"
    )


def _write_answer(form: Form, code: str) -> Markup:
    field = next((each_field for each_field in form.fields if each_field.field_code == code), None)
    sentence = text(format_published(form.of(code)))
    if field is None:
        return Markup(sentence)
    return Markup(
        f'{sentence}<span class="lfr-quiet">{link(field.source_url, field.evidence)}</span>'
    )


def _write_place(context: PageContext, line: PlaceLine) -> Markup:
    if not line.name:
        return Markup(text(_("[x] place not known")))
    if "deployments" not in BY_SLUG:
        return printed(line.name)
    address = context.address_of("deployments", search=line.name)
    return Markup(f'<a href="{text(address)}">{printed(line.name)}</a>')


def _show_source(context: PageContext, sources: set[str]) -> None:
    show_html(
        f'<p class="lfr-from">{write_source_note(context, sources)} '
        f"{text(describe_update(context, sources))}</p>"
    )


def _describe(*lines: str) -> None:
    show_html(f'<p class="lfr-small">{" ".join(text(line) for line in lines)}</p>')
