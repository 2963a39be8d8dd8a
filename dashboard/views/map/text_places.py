"""Places of deployments and results of a search, in words.

In: places and hits of `dashboard.views.map.query_places`. Out: plain sentences and rows of lists. Does not draw and does not compute.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.text.language import _, ngettext
from dashboard.text.language import mark as N_
from dashboard.text.numbers import say_amount, say_count, say_list, say_period, say_share, say_total
from dashboard.views.map.query_places import NOT_PLOTTED, District, Found, Place
from dashboard.views.map.text_map import say_publishing
from etl.measures.catalogue import MEASURES
from etl.measures.publishing import ForcePublishing
from etl.model.codes import PLACE_PRECISION
from etl.model.estimates import Estimate

_KILOMETRE = 1000
KINDS = {
    "postcode": N_("Postcode district"),
    "district": N_("Borough or district"),
    "town": N_("Town"),
    "force": N_("Police force or body"),
    "place": N_("Place of a deployment"),
}


def say_position(place: Place) -> str:
    """`street, within 300 m`; `force area only: in the list, not on the map`."""
    precision = _(PLACE_PRECISION.label(place.precision))
    if place.precision == NOT_PLOTTED or place.position is None:
        return _("{precision}: in the list, not on the map").format(precision=precision)
    if place.uncertainty_m is None:
        return precision
    return _("{precision}, within {distance}").format(precision=precision, distance=say_distance(place.uncertainty_m))  # fmt: skip


def say_distance(metres: float) -> str:
    """`300 m`, `4.5 km`."""
    if metres < _KILOMETRE:
        return _("{metres} m").format(metres=say_count(metres))
    return _("{kilometres} km").format(kilometres=f"{metres / _KILOMETRE:.1f}".removesuffix(".0"))


def say_place(place: Place) -> str:
    """`North End, Croydon: 41 deployments (street, within 300 m)`."""
    said = _("{place}: {amount} ({position})")
    return said.format(place=place.name, amount=say_amount(place.estimate), position=say_position(place))


def say_whereabouts(place: Place) -> str:
    """`Croydon; street, within 300 m`."""
    return "; ".join(filter(None, (place.district, say_position(place))))


def label_place(place: Place) -> str:
    """`North End, Croydon 41`."""
    return f"{place.name} {say_total(place.estimate)}"


def table_places(places: Sequence[Place]) -> list[tuple[str, ...]]:
    """The table: the same with the rows that it is made of and their period."""
    return [
        (
            one.name, one.district or "–", say_total(one.estimate),
            _("{used} of {rows}").format(used=say_count(one.estimate.used_count), rows=say_count(one.estimate.rows_count)),
            say_period(one.estimate.period_start, one.estimate.period_end), say_position(one),
        )
        for one in places
    ]  # fmt: skip


def say_places_title(places: Sequence[Place], where: str) -> str:
    """`In London, most at North End, Croydon: 41 deployments, of 171 places`."""
    top = places[0]
    said = ngettext(
        "{where}: {count} place, {amount} at {place}",
        "{where}: {count} places, most at {place} ({amount})",
        len(places),
    )
    return said.format(where=where, count=say_count(len(places)), place=top.name, amount=say_amount(top.estimate))  # fmt: skip


def say_places_alt(places: Sequence[Place], where: str) -> str:
    """What the dots show, for a reader who cannot see them."""
    drawn = [one for one in places if one.position is not None]
    said = [
        _("Map of {where}: a dot at each of {count} places; its area follows the number.").format(where=where, count=say_count(len(drawn))),
        _("Largest: {places}.").format(places="; ".join(say_place(one) for one in drawn[:3])),
        say_places_left_out(places),
        _("Every place is in the list beside the map and in the table."),
    ]  # fmt: skip
    return " ".join(filter(None, said))


def say_places_left_out(places: Sequence[Place]) -> str:
    """`Not on the map, because …: South Wales Police area (3).`"""
    parts = []
    nowhere = [f"{one.name} ({say_total(one.estimate)})" for one in places if one.position is None]
    if nowhere:
        parts.append(_("Not on the map, because the publication does not say where: {names}.").format(names=say_list(nowhere)))  # fmt: skip
    unknown = [one.name for one in places if one.position is not None and one.shown is None]
    if unknown:
        parts.append(_("On the map as a small square, because the number is not published [x]: {names}.").format(names=say_list(unknown)))  # fmt: skip
    return " ".join(parts)


def say_places_notes(places: Sequence[Place], measure_id: str, asked_id: str) -> list[str]:
    """How to read the dots."""
    notes = [
        _("The area of a dot follows the number. A hollow dot stands for a whole borough or district, in the middle of it.")
    ]  # fmt: skip
    if known := [one.uncertainty_m for one in places if one.uncertainty_m is not None]:
        notes.append(_("A dot is where the printed words point to, not where the cameras stood: it may be off by {least} to {most}, as the list says.").format(least=say_distance(min(known)), most=say_distance(max(known))))  # fmt: skip
    if measure_id != asked_id:
        notes.append(_("Places have counts only: {measure} is not given for a place, so deployments are shown.").format(measure=_(MEASURES[asked_id].title)))  # fmt: skip
    return notes


def say_shares(found: Found) -> str:
    """`95% of the postcodes of E15 lie in Newham, 3.9% in Waltham Forest and 1.2% in Hackney.`"""
    shared = [one for one in found.districts if one.share is not None]
    if not shared:
        return ""
    first, *others = shared
    if not others and first.share == 1:
        return _("All postcodes of {code} lie in {name}.").format(code=found.hit.label, name=first.name)
    said = _("{share} of the postcodes of {code} lie in {name}.").format(
        share=say_share(first.share or 0), code=found.hit.label, name=first.name
    )
    if others:
        rest = say_list([_("{share} in {name}").format(share=say_share(one.share or 0), name=one.name) for one in others])  # fmt: skip
        said += " " + _("Others: {rest}.").format(rest=rest)
    return said


def say_deployments(estimate: Estimate | None) -> str:
    """`43 deployments in the record, 11 February 2020 to 27 August 2026`; or that there is none."""
    if estimate is None:
        return _("no deployment in the record, which is not known to be zero")
    if estimate.numerator is None:
        return _("in the record, without a number of deployments [x]")
    said = _("{amount} in the record, {period}")
    return said.format(amount=say_amount(estimate), period=say_period(estimate.period_start, estimate.period_end))  # fmt: skip


def say_district(one: District) -> str:
    """`Newham: 43 deployments in the record, …`."""
    return _("{name}: {deployments}").format(name=one.name, deployments=say_deployments(one.deployments))


def say_force(one: ForcePublishing, estimate: Estimate | None) -> str:
    """What is in the record of a force, or what it publishes where nothing is."""
    if estimate is not None:
        return say_deployments(estimate)
    return _("{deployments}. {publishing}").format(deployments=say_deployments(None), publishing=say_publishing(one))  # fmt: skip


def say_nothing_found(text: str) -> str:
    """For what no place, postcode or force fits."""
    said = _("Nothing was found for “{text}”. Try a town, a borough, a police force, or the first part of a postcode, such as SW9.")  # fmt: skip
    return said.format(text=text)
