"""Who lives where the cameras stood: by wards in London, by districts elsewhere.

In: the frame. Out: a section with sentences and a figure."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.card import FigureCard
from dashboard.components.figure_card import show_card
from dashboard.components.prose import show_points
from dashboard.components.style import show_section
from dashboard.components.tables import Column, make_table
from dashboard.descriptions.places_used import (
    GROUP,
    GROUPS,
    MIN_ROWS,
    describe_places,
    describe_point,
    describe_trend_title,
    list_headings,
    list_rows,
)
from dashboard.exports.record_urls import record_address
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.views.who_is_affected.chart.places import draw_places_trend
from etl.measures.catalogue import CATALOGUE
from etl.model.demographics import PlacesUsed

CARD, MEASURE = "places-used", "residents_share_where_used"
FORCE = "metropolitan"


@cached
def show_places_used(context: PageContext) -> None:
    """The section; `force` and `group` of the selection decide what the figure is about."""
    force_id = context.selection.force_id or FORCE
    show_section(_("Who lives near the cameras"), anchor="where")
    used = find_used(context, force_id)
    if not used:
        show_html(f"<p>{text(_('No deployment of this force could be placed.'))}</p>")
        return
    lines = describe_places(context.record, used)
    warning = _(
        "Residents are not passers-by. The wards are approximate, and a shopping street or a "
        "station is full of people who live elsewhere."
    )
    show_points(*lines, warning)
    address = context.address_of("map", forces=(force_id,), layer=_choose_group(context))
    show_html(
        f'<p><a href="{text(address)}">{text(_("The same on the map, place by place"))}</a></p>'
    )
    show_card(context, _make_card(context, used))


def find_used(context: PageContext, force_id: str) -> list[PlacesUsed]:
    """By wards where they are known, else by districts; empty where neither is."""
    kinds = (
        context.record.stated.list_places_used(force_id, kind) for kind in ("ward", "district")
    )
    return next((found for found in kinds if any(each.share is not None for each in found)), [])


def _choose_group(context: PageContext) -> str:
    """The ethnic group of the selection, or the one that false alerts are stated about."""
    group = context.selection.group
    return group if group in GROUPS and group != "not_stated" else GROUP


def _make_card(context: PageContext, used: Sequence[PlacesUsed]) -> FigureCard:
    group = _choose_group(context)
    own = [each for each in used if each.group_code == group and each.share is not None]
    columns = [
        Column(heading, "short" if number < 2 else "number")
        for number, heading in enumerate(list_headings(used))
    ]
    caption = _("{force}: residents of the areas near the cameras").format(
        force=context.names[used[0].force_id]
    )
    deployments = context.record.estimate(
        "deployments_count", where={"force_id": [used[0].force_id]}
    ).only()
    measure = CATALOGUE[MEASURE]
    return FigureCard(
        card_id=CARD,
        title=describe_trend_title(own, MIN_ROWS),
        subtitle=caption,
        chart=draw_places_trend(own, MIN_ROWS, context.theme),
        alt="; ".join(map(describe_point, own)),
        table=make_table(caption, columns, list_rows(used), whole=True),
        download=record_address("places_used", context.page.slug, context.selection),
        about=((_("Question"), _(measure.question)), (_("Interval"), _(measure.interval))),
        caveats=measure.caveats,
        sources=deployments.sources,
    )
