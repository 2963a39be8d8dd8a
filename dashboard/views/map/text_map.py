"""Titles, labels, notes, lists and text alternatives of the maps, said from the areas in them.

In: areas of `dashboard.views.map.query_map`. Out: plain sentences and the rows of lists and tables.
Places and searches: `dashboard.views.map.text_places`. Does not draw, does not compute, and has no
finding written in advance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.descriptions.publishing import describe_publishing as describe_publishing
from dashboard.text.declared import read_texts
from dashboard.text.language import _, ngettext
from dashboard.text.language import mark as N_
from dashboard.text.messages import translate_message
from dashboard.text.numbers import (
    format_amount,
    format_count,
    format_estimate,
    format_fraction,
    format_list,
    format_number,
    format_period,
    format_share,
    format_total,
)
from dashboard.views.map.query_map import Area, AreaMap, Published, State
from etl.measures.catalogue import MEASURES
from etl.model.codes import PUBLISHED_FIELD

_MILLION, _THOUSAND = 1_000_000, 1_000
_TEXTS = read_texts(__file__)
BY_AREA = _TEXTS.by_code("by_area")
AREA_HEADING = _TEXTS.by_code("area_heading")
# In a cell, where the words must be short.
_IN_CELL: dict[State, str] = {
    "missing": "[x]",
    "no_area": "[z]",
    "no_rows": N_("no rows"),
    "silent": N_("nothing"),
    "no_use": N_("no use"),
}
_IN_LIST = _TEXTS.by_code("in_list")
STATE_MEANINGS = _TEXTS.by_code("state_meanings")
_HOW_MANY = _TEXTS.forms("how_many")
# What a force publishes, in its cell and in the legend.
STATUS_IN_CELL = _TEXTS.by_code("status_in_cell")
STATUS_MEANINGS = _TEXTS.by_code("status_meanings")
# From data/reference/outlines/sources.toml and data/search/sources.toml, as the licences ask; a
# test holds them together.
ATTRIBUTIONS = (
    N_(
        "Outlines of forces, regions and boroughs are drawn by this project from positions of "
        "postcodes, generalised to about 150 metres, and are no official boundaries. They decide "
        "nothing: which district a place lies in was decided place by place."
    ),
    (
        "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
        "Contains OS data, Crown copyright and database right 2025. Contains Royal Mail data, "
        "Royal Mail copyright and database right 2025."
    ),
    (
        "Boroughs: London Datastore, Greater London Authority, Open Government Licence v3.0. "
        "Contains National Statistics data, Crown copyright and database right 2015. Contains "
        "Ordnance Survey data, Crown copyright and database right 2015."
    ),
    "World Vector Shoreline, NOAA National Geophysical Data Center.",
    "Towns: GeoNames, https://www.geonames.org/, CC BY 4.0.",
    (
        "Welsh names of local authorities: Welsh Government, Crown copyright, Open Government "
        "Licence v3.0."
    ),
)


def format_compact(number: float) -> str:
    """Short enough for a cell: `538`, `4.7k`, `690k`, `7.3m`, `6.1`."""
    if number >= _MILLION:
        return _("{number}m").format(number=f"{number / _MILLION:.1f}".removesuffix(".0"))
    if number >= _THOUSAND:
        digits = 0 if number >= 10 * _THOUSAND else 1
        return _("{number}k").format(number=f"{number / _THOUSAND:.{digits}f}".removesuffix(".0"))
    return format_count(number) if number == int(number) else format_number(number)


def format_cell(area: Area) -> str:
    """The text of a cell or an area: `538`, `11+`, `[x]`, `no use`."""
    if area.shown is not None:
        return f"{format_compact(area.shown)}{'+' if area.state == 'part' else ''}"
    if area.state == "withheld" and area.estimate:
        return area.estimate.marks
    return _(_IN_CELL[area.state])


def format_value(area: Area) -> str:
    """The value in full with its interval and symbols, the least that it can be,
    or why there is none."""
    if area.state == "part" and area.shown is not None and area.estimate:
        if MEASURES[area.estimate.measure_id].denominator is None:
            return format_total(area.estimate)
        text = _("at least {number}").format(number=format_number(area.shown))
        return f"{text} {area.estimate.marks.replace('[x]', '')}".strip()
    if area.estimate is not None and area.state != "no_area":
        return format_estimate(area.estimate)
    return _(_IN_LIST[area.state])


def describe_class(low: float | None, high: float | None) -> str:
    """`below 10`, `10 to below 100`, `100 or more`; `all values` where there is one class."""
    if low is None and high is None:
        return _("all values")
    if low is None:
        return _("below {high}").format(high=format_compact(high or 0))
    if high is None:
        return _("{low} or more").format(low=format_compact(low))
    return _("{low} to below {high}").format(low=format_compact(low), high=format_compact(high))


def describe_map_title(area_map: AreaMap, measure_id: str) -> str:
    """`Metropolitan Police accounts for 538 of at least 617 deployments`;
    of a rate, which published one is highest."""
    top = area_map.known[0]
    if (
        MEASURES[measure_id].denominator is None
        and area_map.total
        and area_map.total.numerator is not None
    ):
        template = _("{name} accounts for {count} of {amount}")
        return template.format(
            name=top.name, count=format_value(top), amount=format_amount(area_map.total)
        )
    template = _("{measure}: highest of those published in {name}, {value}")
    return template.format(
        measure=_(MEASURES[measure_id].title), name=top.name, value=format_value(top)
    )


def describe_map_partial(area_map: AreaMap) -> str:
    """`24 are not known to use it; 5 have used it and published no result that we found.`"""
    parts = [
        ngettext(*_HOW_MANY[state], count).format(count=format_count(count))
        for state, count in _count_states(area_map.areas)
    ]
    if not parts:
        return ""
    template = ngettext(
        "Of {all}, {known} has a number. Of the others: {parts}.",
        "Of {all}, {known} have a number. Of the others: {parts}.",
        len(area_map.known),
    )
    return template.format(
        all=format_count(len(area_map.areas)),
        known=format_count(len(area_map.known)),
        parts="; ".join(parts),
    )


def describe_map_alt(area_map: AreaMap, caption: str) -> str:
    """What the map shows, for a reader who cannot see it."""
    known = area_map.known
    sentences = [
        _("Map of: {caption}.").format(caption=caption),
        _("Highest: {areas}.").format(
            areas="; ".join(f"{area.name}, {format_value(area)}" for area in known[:3])
        ),
        _("Lowest with a number: {name}, {value}.").format(
            name=known[-1].name, value=format_value(known[-1])
        ),
        describe_map_partial(area_map),
        _("Every value is in the list beside the map and in the table."),
    ]
    return " ".join(filter(None, sentences))


def describe_map_notes(area_map: AreaMap, view: str) -> list[str]:
    """What a reader must know to read the map."""
    notes = []
    if view == "tiles":
        notes.append(
            _(
                "Each cell is one force, whatever its size, roughly where its area is. The two "
                "bodies beside the map work across the country."
            )
        )
    if view == "forces":
        notes.append(
            _(
                "In the list only: bodies without an area of their own, and Northern Ireland, of "
                "which there is no open outline. Scotland is cut off at the edge."
            )
        )
    if view in ("regions", "boroughs"):
        notes.append(_("Counted by where the cameras stood, whoever ran them."))
    if any(area.state == "part" for area in area_map.areas):
        notes.append(
            _("+ after a number: at least this many, because some rows do not publish it.")
        )
    if area_map.elsewhere is not None:
        amount = (
            format_amount(area_map.elsewhere)
            if MEASURES[area_map.elsewhere.measure_id].denominator is None
            else format_estimate(area_map.elsewhere)
        )
        notes.append(_("In no region that could be decided: {amount}.").format(amount=amount))
    return notes


def list_areas(areas: Iterable[Area]) -> list[tuple[str, ...]]:
    """The list of the map: name and value."""
    return [(area.name, format_value(area)) for area in areas]


def table_areas(areas: Iterable[Area]) -> list[tuple[str, ...]]:
    """The table: value, what it is made of, rows, period, and what is known of the area."""
    rows: list[tuple[str, ...]] = []
    for area in areas:
        estimate = area.estimate
        whole = format_fraction(estimate) if estimate and estimate.denominator else ""
        used = (
            _("{used} of {rows}").format(
                used=format_count(estimate.used_count), rows=format_count(estimate.rows_count)
            )
            if estimate
            else "0"
        )
        why = (
            translate_message(estimate.reason)
            if estimate and area.state != "no_area"
            else _(STATE_MEANINGS[area.state])
        )
        period = format_period(estimate.period_start, estimate.period_end) if estimate else "–"
        known = describe_publishing(area.publishing) if area.publishing else ""
        text = " ".join(filter(None, (why if not estimate or why else "", known)))
        rows.append(
            (
                area.name,
                format_value(area) if estimate else "–",
                whole or "–",
                used,
                period,
                text or "–",
            )
        )
    return rows


def describe_publishing_title(published: Sequence[Published]) -> str:
    """`18 of 23 forces and bodies known to have used it publish results;
    5 publish none that we found`."""
    users = [
        each_published
        for each_published in published
        if each_published.verdict.status != "no_known_use"
    ]
    results = [user for user in users if user.verdict.status == "results"]
    template = ngettext(
        "{results} of the {users} forces and bodies known to have used it publishes results",
        "{results} of the {users} forces and bodies known to have used it publish results",
        len(results),
    )
    return template.format(results=format_count(len(results)), users=format_count(len(users)))


def describe_publishing_alt(published: Sequence[Published]) -> str:
    """Who publishes what, by verdict."""
    sentences = [_("Map of: what each police force or body publishes, one cell each.")]
    for status, meaning in STATUS_MEANINGS.items():
        names = [
            _(each_published.verdict.force_name)
            for each_published in published
            if each_published.verdict.status == status
        ]
        if names:
            sentences.append(
                _("{count}: {meaning} ({names}).").format(
                    count=format_count(len(names)), meaning=_(meaning), names=format_list(names)
                )
            )
    return " ".join(sentences)


def table_published(published: Iterable[Published]) -> list[tuple[str, ...]]:
    """Force, verdict, the fields that it prints, those in part,
    and how complete the latest rows are."""
    rows: list[tuple[str, ...]] = []
    for each_published in published:
        latest = each_published.latest
        complete = "–"
        if latest is not None and latest.share is not None:
            complete = _("{share} in {year}: {count} of {whole} values").format(
                share=format_share(latest.share),
                year=latest.year,
                count=format_count(latest.fields_published_count),
                whole=format_count(latest.fields_expected_count),
            )
        rows.append(
            (
                _(each_published.verdict.force_name),
                describe_publishing(each_published.verdict),
                _name_fields(each_published.always),
                _name_fields(each_published.partly),
                complete,
            )
        )
    return rows


def _name_fields(codes: Sequence[str]) -> str:
    return format_list([_(PUBLISHED_FIELD.label(code)).lower() for code in codes]) if codes else "–"


def _count_states(areas: Iterable[Area]) -> list[tuple[State, int]]:
    states = [area.state for area in areas]
    return [(state, states.count(state)) for state in STATE_MEANINGS if state in states]
