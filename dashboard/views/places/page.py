"""Places: a search, and the page of a district or a place: how often, when, where, what came of
it, and every deployment.

In: the frame. Out: the page."""

from __future__ import annotations

import streamlit as st

from dashboard.charts.time import draw_panels
from dashboard.charts.time_key import list_key
from dashboard.components.about import describe_measure
from dashboard.components.card import FigureCard, Placeholder
from dashboard.components.downloads import address_estimates, address_rows
from dashboard.components.figure_card import show_card
from dashboard.components.place_find import describe_locality, write_find, write_place_link
from dashboard.components.row_links import row_address
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.descriptions.trends import (
    describe_few_points,
    describe_series_alt,
    describe_series_notes,
    label_points,
    label_series,
    list_points,
)
from dashboard.exports.urls import in_every_kind
from dashboard.queries.places import (
    DEPLOYMENTS,
    Locality,
    get_district,
    get_outcomes,
    get_place,
    get_search_hits,
    get_spots,
)
from dashboard.queries.series import get_trend
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import printed, text
from dashboard.rendering.pieces import is_document, show_html
from dashboard.rendering.view import View
from dashboard.selection.parameters import BY_NAME
from dashboard.text.language import _
from dashboard.text.messages import translate_message
from dashboard.text.numbers import (
    format_count,
    format_estimate,
    format_fraction,
    format_period,
    format_rows,
    format_total,
)
from dashboard.views.places.map import write_place_map
from dashboard.views.places.search import (
    clean_search,
    describe_force,
    describe_nothing,
    find_only,
    sort_hits,
    write_hits,
)
from etl.measures.catalogue import MEASURES
from etl.model.reference import Place
from etl.outputs.tables import list_deployments

CARD = "quarters"
_MIN_POINTS = 3
_STAGES = ("faces_seen", "alerts", "false_alerts", "arrests")


def show(context: PageContext) -> None:
    """The whole page."""
    selection = context.selection
    if clean_search(selection) != selection and not is_document():
        # A link to a live page that somebody wrote by hand.
        st.query_params[BY_NAME["place"].name] = clean_search(selection).search
        st.rerun()
    locality = find_locality(context)
    show_html(write_find(context, "" if selection.search in _ids(context) else selection.search))
    if locality is not None:
        show_locality(context)
        return
    if not selection.search:
        sentence = _("Of a postcode only the first part is used and kept, such as SW9.")
        show_html(f'<p class="lfr-small">{text(sentence)}</p>')
        show_busiest(context)
        return
    hits = sort_hits(get_search_hits(context.record, selection.search))
    if not hits:
        show_html(
            f'<div class="lfr-note" role="status"><p>{text(describe_nothing(selection.search))}'
            "</p></div>"
        )
        return
    heading = text(_("Found for “{text}”").format(text=selection.search))
    show_html(f"<h2>{heading}</h2>{write_hits(context, hits)}")


def find_locality(context: PageContext) -> Locality | None:
    """The district or place whose page it is."""
    record, selection = context.record, context.selection
    if selection.district:
        return get_district(record, selection.district)
    if not selection.search:
        return None
    if selection.search in _ids(context):
        return get_place(record, selection.search)
    hits = sort_hits(get_search_hits(record, selection.search))
    return find_only(hits) if hits else None


@cached
def show_locality(context: PageContext) -> None:
    """The page of a district or place."""
    locality = find_locality(context)
    if locality is None:
        return
    inside = ""
    if locality.place is not None and locality.district is not None:
        district = get_district(context.record, locality.district.district_code)
        link = write_place_link(context, district)
        inside = f'<p class="lfr-small">{text(_("A place in"))} {link}</p>'
    # The name is the title of the page already, unless a search found it.
    is_title = context.heading.title == locality.name
    name, kind = (_("How often"), ' class="lfr-unseen"') if is_title else (locality.name, "")
    show_html(f'<h2 id="place"{kind}>{text(name)}</h2>{inside}')
    if locality.deployments is None:
        answer = text(describe_locality(locality))
        show_html(f'<p class="lfr-answer">{answer}</p>{_write_forces(context, locality)}')
    show_quarters(context)
    show_html(write_place_map(context, locality))
    if locality.deployments is not None:
        _show_outcomes(context, locality)
        _show_places(context, locality)
        _show_rows(context, locality)


@cached
def show_quarters(context: PageContext) -> None:
    """Deployments by quarter."""
    locality = find_locality(context)
    if locality is None or locality.deployments is None:
        return
    selection = locality.selection
    trend = get_trend(context.record, selection, context.choices)
    measure, total = MEASURES[DEPLOYMENTS], locality.deployments
    points = [
        point for series in trend.series for point in series.points if point.estimate is not None
    ]
    caption = f"{_(measure.title)}, {_('by quarter')}"
    columns = [
        Column(_("Quarter")),
        *(Column(each_series.name, "number") for each_series in trend.series),
    ]
    few = len(points) < _MIN_POINTS
    chart = (
        Placeholder("too_few", describe_few_points(trend.series, total))
        if few
        else draw_panels(
            trend.series,
            label_series(trend.series),
            label_points(trend.series),
            context.theme,
            scale=None,
            suffix="",
            key=list_key(trend.series, bars=True),
        )
    )
    show_card(
        context,
        FigureCard(
            card_id=CARD,
            title=describe_locality(locality).removesuffix("."),
            subtitle=f"{caption}, {format_period(total.period_start, total.period_end)}",
            chart=chart,
            alt=describe_locality(locality)
            if few
            else describe_series_alt(trend.series, "quarter"),
            table=make_table(caption, columns, list_points(trend.series)),
            download=address_estimates(selection, ("force", "quarter")),
            about=describe_measure(DEPLOYMENTS, trend.force_ids),
            caveats=measure.caveats,
            sources=total.sources,
            notes=() if few else tuple(describe_series_notes(trend.series)),
        ),
    )


@cached
def show_busiest(context: PageContext) -> None:
    """Nothing chosen: the places with most deployments, each a link, and every district."""
    show_section(_("Busiest places"), anchor="busiest")
    rows = [
        (
            Markup(
                f'<a href="{text(context.address_of("places", search=spot.place.place_id))}">'
                f"{text(spot.name)}</a>"
            ),
            format_total(spot.estimate),
            format_period(spot.estimate.period_start, spot.estimate.period_end),
        )
        for spot in get_spots(context.record)
    ]
    columns = (Column(_("Place"), "wide"), Column(_("Deployments"), "number"), Column(_("Period")))
    show_html(write_table(make_table(_("Places by number of deployments"), columns, rows)))
    show_section(_("Boroughs and districts"), anchor="districts")
    links = "".join(
        f'<li><a href="{text(context.address_of("places", district=code))}">{text(name)}</a></li>'
        for code, name in context.choices["district"].items()
    )
    show_html(f'<ul class="lfr-columns">{links}</ul>')


def _ids(context: PageContext) -> dict[str, Place]:
    return context.record.by_id(Place)


def _write_forces(context: PageContext, locality: Locality) -> str:
    """The force of the area and what it says, where there is no deployment."""
    if locality.district is None or locality.deployments is not None:
        return ""
    (force,) = context.record.publishing.describe((locality.district.force_id,)).forces
    address = context.address_of("forces", forces=(force.force_id,))
    link = f'<a href="{text(address)}">{text(_(force.force_name))}</a>'
    return f"<p>{link}: {text(describe_force(force, None))}</p>"


def _show_outcomes(context: PageContext, locality: Locality) -> None:
    """What came of it, with what is missing of each number."""
    show_section(_("What came of it"), anchor="outcomes")
    rows = []
    for estimate in get_outcomes(context.record, locality.selection):
        measure = MEASURES[estimate.measure_id]
        value = format_total(estimate) if measure.denominator is None else format_estimate(estimate)
        whole = format_fraction(estimate) if measure.denominator else ""
        missing = estimate.rows_count - estimate.used_count
        gap = (
            _("Missing for {rows}.").format(rows=format_rows(missing))
            if missing
            else _("Nothing missing.")
        )
        reason = translate_message(estimate.reason) if estimate.reason and missing else ""
        rows.append((_(measure.title), value, whole or "–", f"{gap} {reason}".strip()))
    columns = (
        Column(_("Measure")),
        Column(_("Value and 95% interval"), "wide"),
        Column(_("Counted of whole")),
        Column(_("What is missing"), "wide"),
    )
    show_html(write_table(make_table(_("What came of the deployments"), columns, rows)))


def _show_places(context: PageContext, locality: Locality) -> None:
    """The places of a district, most first."""
    if not locality.spots:
        return
    show_section(_("Places by number"), anchor="places")
    rows = [
        (
            Markup(write_place_link(context, get_place(context.record, spot.place.place_id))),
            format_total(spot.estimate),
            format_period(spot.estimate.period_start, spot.estimate.period_end),
        )
        for spot in locality.spots
    ]
    columns = (Column(_("Place"), "wide"), Column(_("Deployments"), "number"), Column(_("Period")))
    show_html(write_table(make_table(_("Places by number of deployments"), columns, rows)))


def _show_rows(context: PageContext, locality: Locality) -> None:
    """Every deployment, and the files."""
    show_section(_("All deployments"), anchor="rows")
    rows = list_deployments(context.record, locality.selection.where, (None, None))
    cells = [
        (
            Markup(
                f'<a href="{text(row_address(context, row.deployment_id))}">'
                f"{text(format_period(row.date, row.end_date or row.date))}</a>"
            ),
            Markup(printed(row.location_text)),
            _(row.force_name),
            *(
                _("not available") if (count := row.counts[stage]) is None else format_count(count)
                for stage in _STAGES
            ),
        )
        for row in rows
    ]
    columns = (
        Column(_("Date")),
        Column(_("Location"), "wide"),
        Column(_("Force")),
        *(
            Column(heading, "number")
            for heading in (_("Faces seen"), _("Alerts"), _("False alerts"), _("Arrests"))
        ),
    )
    show_html(write_table(make_table(_("All deployments, newest first"), columns, cells)))
    links = [
        f'<a href="{text(address)}" download>{text(kind)}</a>'
        for kind, address in in_every_kind(address_rows(locality.selection)).items()
    ]
    trends = context.address_of(
        "trends", district=locality.selection.district, place_id=locality.selection.place_id
    )
    see = f'<a href="{text(trends)}">{text(_("More measures over time"))}</a>'
    words = text(_("These deployments as a file:"))
    show_html(f"<p>{words} {', '.join(links)}</p><p>{see}</p>")


VIEW = View(show, figures=(show_quarters,), clean=clean_search)
