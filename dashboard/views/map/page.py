"""Where it was used, and by whom: a tile map of forces, outlines of areas, places, and a search for
them.

In: the frame. Out: the page. Every map has a list of the same values beside it."""

from __future__ import annotations

from dataclasses import replace

from dashboard.components.about import describe_measure
from dashboard.components.card import FigureCard, Placeholder
from dashboard.components.downloads import address_estimates
from dashboard.components.figure_card import show_card, show_placeholder
from dashboard.components.filters import show_filters
from dashboard.components.place_find import write_find
from dashboard.components.style import show_section
from dashboard.components.tables import Column, make_table
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import write_translated
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _
from dashboard.text.numbers import format_period
from dashboard.views.map.areas import (
    draw_map,
    list_keys,
    list_published_keys,
    write_area_tiles,
    write_published_tiles,
)
from dashboard.views.map.country import show_country
from dashboard.views.map.places import show_places
from dashboard.views.map.query_map import (
    GROUPINGS,
    MAP_MEASURES,
    get_areas,
    get_published,
    sort_areas,
)
from dashboard.views.map.text_map import (
    AREA_HEADING,
    ATTRIBUTIONS,
    BY_AREA,
    describe_map_alt,
    describe_map_notes,
    describe_map_partial,
    describe_map_title,
    describe_publishing_alt,
    describe_publishing_title,
    list_areas,
    table_areas,
    table_published,
)
from dashboard.views.map.tiles import write_legend
from etl.measures.catalogue import MEASURES
from etl.measures.publishing import PUBLISHING_STATUS
from etl.model.coverage import Publishing

CARD, PLACES = "areas", "places"


def show(context: PageContext) -> None:
    """The whole page."""
    show_html(write_find(context))
    show_filters(context, "layer")
    show_country(context.without("view", "order"))
    show_section(_("By area: cells, lists and what is published"), anchor="areas-list")
    offered = dict.fromkeys((*MAP_MEASURES, context.selection.measure_id))
    measures = {code: context.choices["measure"][code] for code in offered}
    own = replace(context, choices={**context.choices, "measure": measures})
    if context.selection.own("view", str) == "publishing":
        show_filters(own, "view")
        _show_published(
            context.without(
                "measure_id", "first_year", "last_year", "district", "place_id", "order"
            )
        )
    else:
        show_filters(own, "view", "measure", "from", "to", "order")
        show_areas(context.without("district", "place_id"))
    show_section(_("Places"), anchor=PLACES)
    show_filters(context, "force", "district")
    show_places(context.without("view", "place_id"))
    _show_origin()


@cached
def show_areas(context: PageContext) -> None:
    """The chosen measure on the chosen map."""
    selection = context.selection
    if selection.measure_id not in MAP_MEASURES:
        selection = replace(selection, measure_id=MAP_MEASURES[0])
    measure, view = MEASURES[selection.measure_id], selection.own("view", str)
    result = get_areas(context.record, selection)
    by = _(BY_AREA[view])
    if result.refusal:
        show_placeholder(CARD, _(measure.title), Placeholder("refused", result.refusal))
        return
    if not result.known:
        text = _(
            "No area has a published number for this selection. That is not a zero: it may not "
            "have been published."
        )
        show_placeholder(
            CARD,
            _(measure.title),
            Placeholder("empty", f"{text} {describe_map_partial(result)}".strip()),
        )
        return
    estimates = [area.estimate for area in result.areas if area.estimate]
    starts = [estimate.period_start for estimate in estimates if estimate.period_start]
    ends = [estimate.period_end for estimate in estimates if estimate.period_end]
    caption = (
        f"{_(measure.title)}, {by}, "
        f"{format_period(min(starts, default=None), max(ends, default=None))}"
    )
    areas = sort_areas(result.areas, selection.own("order", str))
    heading = Column(_(AREA_HEADING[view]))
    columns = (
        heading,
        Column(
            _("Value and 95% interval") if measure.kind in ("rate", "proportion") else _("Value"),
            "wide",
        ),
    )
    whole = (
        Column(_("Counted of whole") if measure.denominator else _("Whole")),
        Column(_("Rows with the number")),
        Column(_("Period"), "wide"),
        Column(_("What is known"), "wide"),
    )
    alt = describe_map_alt(result, caption)
    dropped = _(
        "“{measure}” is not shown on a map: of a few rows it would look like a verdict on a place. "
        "Deployments are shown."
    )
    partial = (
        [dropped.format(measure=_(MEASURES[context.selection.measure_id].title))]
        if selection != context.selection
        else []
    )
    keys = list_keys(context, result)
    show_card(
        context,
        FigureCard(
            card_id=CARD,
            title=describe_map_title(result, selection.measure_id),
            subtitle=caption,
            chart=write_area_tiles(context, result, caption, alt)
            if view == "tiles"
            else draw_map(context, result),
            alt=alt,
            table=make_table(caption, (*columns, *whole), table_areas(areas)),
            download=address_estimates(replace(selection, forces=()), (GROUPINGS[view][1],)),
            about=describe_measure(selection.measure_id, context.selection.forces),
            caveats=measure.caveats,
            sources=tuple(
                sorted({source for estimate in estimates for source in estimate.sources})
            ),
            notes=tuple(describe_map_notes(result, view)),
            partial=" ".join([*partial, describe_map_partial(result)]).strip(),
            side_table=make_table(caption, columns, list_areas(areas)),
            legend=write_legend(keys),
            keys=keys,
        ),
    )


@cached
def _show_published(context: PageContext) -> None:
    """What each force publishes, one cell each."""
    published = get_published(context.record)
    caption = _("What each police force or body publishes, as far as it was found")
    alt = describe_publishing_alt(published)
    neighbours = [
        (
            _(each_published.verdict.force_name),
            _(PUBLISHING_STATUS.label(each_published.verdict.status)),
        )
        for each_published in published
    ]
    columns = (
        Column(_("Police force or body")),
        Column(_("Use, and what was found"), "wide"),
        Column(_("Prints"), "wide"),
        Column(_("Prints in part"), "wide"),
        Column(_("Values present in its latest rows"), "wide"),
    )
    how = _(
        "Prints: the field is in at least one form of its publications. In part: sometimes, as a "
        "bound, or only as a total."
    )
    values = _(
        "Values present: of the values that a full return would hold, those that its rows in the "
        "record have. Some rows are copies, and a gap may be the copyist's."
    )
    forms = context.record.table(Publishing)
    used = {publication for form in forms for publication in (form.publication_ids or "").split()}
    show_card(
        context,
        FigureCard(
            card_id=CARD,
            title=describe_publishing_title(published),
            subtitle=caption,
            chart=write_published_tiles(context, published, caption, alt),
            alt=alt,
            table=make_table(caption, columns, table_published(published)),
            download=address_estimates(
                replace(context.selection, forces=()), ("force", "publication")
            ),
            about=(
                (
                    _("Question"),
                    _(
                        "What does each force publish of its use, and what can therefore not be "
                        "known?"
                    ),
                ),
                (_("In a cell"), how),
                (_("Values present"), values),
            ),
            caveats=("only_published",),
            sources=tuple(sorted(used)),
            notes=(how, values),
            side_table=make_table(
                caption, (columns[0], Column(_("What was found"), "wide")), neighbours
            ),
            legend=write_legend(list_published_keys(context, published)),
        ),
    )


def _show_origin() -> None:
    """Whose data the outlines, names and postcodes are."""
    show_section(_("Where outlines, postcodes and towns come from"), anchor="origin")
    items = "".join(f"<li>{write_translated(attribution)}</li>" for attribution in ATTRIBUTIONS)
    show_html(f'<ul class="lfr-small">{items}</ul>')


VIEW = View(show, figures=(show_areas,))
