"""Sentences and rows about who lives where the cameras stood, for the page and the report.

In: `PlacesUsed`. Out: texts in the language in use. Does not compute."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.text.language import _
from dashboard.text.numbers import format_count, format_share
from etl.measures.groups.disparity import share_test
from etl.model.codes import code_list
from etl.model.demographics import PlacesUsed
from etl.model.groups import CLASSIFICATIONS

WEIGHT = code_list("place_weight")
AREA = code_list("area_kind_used")
GROUPS = CLASSIFICATIONS["self_defined_5"].groups
# What is stated about false alerts: 8 of 10 were about Black people.
STATED = (8, 10)


def describe_above(used: PlacesUsed) -> str:
    """How many deployments were where a group's share of residents is above the average."""
    return _(
        "{year}: {above} of {placed} placed deployments were in wards where more than {average} of "
        "the residents are {group}, which is the share of all of London."
    ).format(
        year=used.year,
        above=format_count(used.above_count),
        placed=format_count(used.placed_count),
        average=format_share(used.average_share),
        group=_(GROUPS.label(used.group_code)),
    )


def describe_weighted(used: PlacesUsed, when: str) -> str:
    """The group's share weighted by faces seen, with the bounds where not all could be placed."""
    values = {
        "when": when,
        "share": format_share(used.share or 0),
        "group": _(GROUPS.label(used.group_code)),
    }
    if used.placed_weight == used.all_weight:
        return _(
            "{when}: weighted by faces scanned, {share} of the residents near the cameras are "
            "{group}."
        ).format(**values)
    return _(
        "{when}: weighted by faces scanned, {share} of the residents near the cameras are "
        "{group}. {placed} of the faces could be placed; if no one, or everyone, where the rest "
        "were is {group}, the share is {low}, or {high}."
    ).format(
        **values,
        placed=format_share(used.placed_weight / used.all_weight),
        low=format_share(used.lowest_share or 0),
        high=format_share(used.highest_share or 0),
    )


def describe_chance(share: float) -> str:
    """How likely eight of ten or more are by chance, if each is of the group with this share."""
    chance = share_test(*STATED, share).p_value_above
    return _(
        "Eight of ten false alerts about Black people would come by chance about {times}, if each "
        "were of a Black person with a chance of {share}."
    ).format(times=_describe_rarity(chance), share=format_share(share))


def _describe_rarity(chance: float) -> str:
    if chance >= 0.01:
        return _("{count} times in 100").format(count=f"{chance * 100:.1f}")
    digits = 10 ** (len(f"{1 / chance:.0f}") - 2)
    return _("once in {count} times").format(
        count=format_count(round(1 / chance / digits) * digits)
    )


def list_rows(used: Sequence[PlacesUsed]) -> list[tuple[str, ...]]:
    """A row a year and weight: each group's share, its bounds, and what could be placed."""
    rows: dict[tuple[int | None, str], list[PlacesUsed]] = {}
    for each in used:
        rows.setdefault((each.year, each.weight_code), []).append(each)
    return [
        (
            str(year),
            _(WEIGHT.label(weight)),
            *(_format_bounds(each) for each in own),
            _("{placed} of {rows}").format(
                placed=format_count(own[0].placed_weight), rows=format_count(own[0].all_weight)
            ),
        )
        for (year, weight), own in rows.items()
    ]


def list_headings(used: Iterable[PlacesUsed]) -> list[str]:
    """The headings of `list_rows`."""
    groups = dict.fromkeys(each.group_code for each in used)
    return [
        _("Year"),
        _("Weighted by"),
        *(_(GROUPS.label(group)) for group in groups),
        _("Could be placed"),
    ]


def _format_bounds(used: PlacesUsed) -> str:
    if used.share is None or used.lowest_share is None or used.highest_share is None:
        return _("[x] not known")
    share = format_share(used.share)
    if used.placed_weight == used.all_weight:
        return share
    return f"{share} ({format_share(used.lowest_share)}–{format_share(used.highest_share)})"
