"""Where it was used, and by whom: a tile map of forces, outlines of areas, places, and a search for them.

In: the frame. Out: the page. Every map has a list of the same values beside it.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard.components.about import describe_measure
from dashboard.components.card import FigureCard, Instead
from dashboard.components.downloads import address_estimates
from dashboard.components.figure_card import show_card, show_instead
from dashboard.components.filters import show_filters
from dashboard.components.style import show_section
from dashboard.components.tables import Column, make_table
from dashboard.rendering.context import Frame, cached
from dashboard.rendering.html import told
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _
from dashboard.text.numbers import say_period
from dashboard.views.map.areas import (
    draw_map,
    legend_of,
    legend_of_published,
    write_area_tiles,
    write_published_tiles,
)
from dashboard.views.map.places import show_places
from dashboard.views.map.query_map import (
    GROUPINGS,
    MAP_MEASURES,
    ask_areas,
    ask_map_choices,
    ask_published,
    sort_areas,
)
from dashboard.views.map.search import show_results, show_search
from dashboard.views.map.text_map import (
    AREA_HEADING,
    ATTRIBUTIONS,
    BY_AREA,
    list_areas,
    say_map_alt,
    say_map_notes,
    say_map_partial,
    say_map_title,
    say_publishing_alt,
    say_publishing_title,
    table_areas,
    table_published,
)
from etl.measures.catalogue import MEASURES
from etl.measures.publishing import PUBLISHING_STATUS

CARD, PLACES = "areas", "places"


def show(frame: Frame) -> None:
    """The whole page."""
    frame = show_search(frame)
    show_results(frame)
    frame = frame.without("search")
    show_section(_("Forces and areas"), anchor="map")
    offered = dict.fromkeys((*MAP_MEASURES, frame.chosen.measure_id))
    measures = {code: frame.choices["measure"][code] for code in offered}
    own = replace(frame, choices={**frame.choices, "measure": measures})
    if frame.chosen.view == "publishing":
        show_filters(own, "view")
        _show_published(frame.without("measure_id", "first_year", "last_year", "district", "order"))
    else:
        show_filters(own, "view", "measure", "from", "to", "order")
        show_areas(frame.without("district"))
    show_section(_("Places"), anchor=PLACES)
    show_filters(frame, "force", "district")
    show_places(frame.without("view"))
    _show_origin()


@cached
def show_areas(frame: Frame) -> None:
    """The chosen measure on the chosen map."""
    chosen = frame.chosen
    if chosen.measure_id not in MAP_MEASURES:
        chosen = replace(chosen, measure_id=MAP_MEASURES[0])
    measure, view = MEASURES[chosen.measure_id], chosen.view
    found = ask_areas(frame.answers, chosen)
    by = _(BY_AREA[view])
    if found.refusal:
        show_instead(CARD, _(measure.title), Instead("refused", found.refusal))
        return
    if not found.known:
        said = _("No area has a published number for this selection. That is not a zero: it may not have been published.")  # fmt: skip
        show_instead(CARD, _(measure.title), Instead("empty", f"{said} {say_map_partial(found)}".strip()))
        return
    estimates = [one.estimate for one in found.areas if one.estimate]
    starts = [one.period_start for one in estimates if one.period_start]
    ends = [one.period_end for one in estimates if one.period_end]
    caption = f"{_(measure.title)}, {by}, {say_period(min(starts, default=None), max(ends, default=None))}"
    areas = sort_areas(found.areas, chosen.order)
    heading = Column(_(AREA_HEADING[view]))
    columns = (
        heading,
        Column(_("Value and 95% interval") if measure.kind in ("rate", "proportion") else _("Value"), "wide"),
    )
    whole = (
        Column(_("Counted of whole") if measure.denominator else _("Whole")),
        Column(_("Rows with the number")),
        Column(_("Period"), "wide"),
        Column(_("What is known"), "wide"),
    )
    alt = say_map_alt(found, caption)
    dropped = _("“{measure}” is not shown on a map: of a few rows it would look like a verdict on a place. Deployments are shown.")  # fmt: skip
    partial = [dropped.format(measure=_(MEASURES[frame.chosen.measure_id].title))] if chosen != frame.chosen else []  # fmt: skip
    show_card(
        frame,
        FigureCard(
            card_id=CARD,
            title=say_map_title(found, chosen.measure_id),
            subtitle=caption,
            chart=write_area_tiles(frame, found, caption, alt) if view == "tiles" else draw_map(frame, found),
            alt=alt,
            table=make_table(caption, (*columns, *whole), table_areas(areas)),
            download=address_estimates(replace(chosen, forces=()), (GROUPINGS[view][1],)),
            about=describe_measure(chosen.measure_id, frame.chosen.forces),
            caveats=measure.caveats,
            sources=tuple(sorted({source for one in estimates for source in one.sources})),
            notes=tuple(say_map_notes(found, view)),
            partial=" ".join([*partial, say_map_partial(found)]).strip(),
            beside=make_table(caption, columns, list_areas(areas)),
            legend=legend_of(frame, found),
        ),
    )


@cached
def _show_published(frame: Frame) -> None:
    """What each force publishes, one cell each."""
    published = ask_published(frame.answers)
    caption = _("What each police force or body publishes, as far as it was found")
    alt = say_publishing_alt(published)
    beside = [
        (_(one.verdict.force_name), _(PUBLISHING_STATUS.label(one.verdict.status))) for one in published
    ]
    columns = (
        Column(_("Police force or body")),
        Column(_("Use, and what was found"), "wide"),
        Column(_("Prints"), "wide"),
        Column(_("Prints in part"), "wide"),
        Column(_("Values present in its latest rows"), "wide"),
    )
    how = _("Prints: the field is in at least one form of its publications. In part: sometimes, as a bound, or only as a total.")  # fmt: skip
    values = _("Values present: of the values that a full return would hold, those that its rows in the record have. Some rows are copies, and a gap may be the copyist's.")  # fmt: skip
    forms = frame.answers.rows("publishing")
    used = {publication for one in forms for publication in (one["publication_ids"] or "").split()}
    show_card(
        frame,
        FigureCard(
            card_id=CARD,
            title=say_publishing_title(published),
            subtitle=caption,
            chart=write_published_tiles(frame, published, caption, alt),
            alt=alt,
            table=make_table(caption, columns, table_published(published)),
            download=address_estimates(replace(frame.chosen, forces=()), ("force", "publication")),
            about=((_("Question"), _("What does each force publish of its use, and what can therefore not be known?")), (_("In a cell"), how), (_("Values present"), values)),
            caveats=("only_published",),
            sources=tuple(sorted(used)),
            notes=(how, values),
            beside=make_table(caption, (columns[0], Column(_("What was found"), "wide")), beside),
            legend=legend_of_published(frame, published),
        ),
    )  # fmt: skip


def _show_origin() -> None:
    """Whose data the outlines, names and postcodes are."""
    show_section(_("Where outlines, postcodes and towns come from"), anchor="origin")
    items = "".join(f"<li>{told(one)}</li>" for one in ATTRIBUTIONS)
    show_html(f'<ul class="lfr-small">{items}</ul>')


VIEW = View(show, figures=(show_areas, show_places), choices=ask_map_choices)
