"""Sentences and rows about who lives where the cameras stood, for the page and the report.

In: `PlacesUsed`, and the record for the stated false alerts. Out: texts in the language in
use. Does not compute."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.text.language import _
from dashboard.text.numbers import format_count, format_period, format_share
from etl.measures.groups.disparity import share_test
from etl.model.codes import code_list
from etl.model.demographics import PlacesUsed
from etl.model.group_records import GroupCount
from etl.model.groups import CLASSIFICATIONS
from etl.queries.record import Record

WEIGHT = code_list("place_weight")
AREA = code_list("area_kind_used")
GROUPS = CLASSIFICATIONS["self_defined_5"].groups
GROUP = "black"
# A year of fewer deployments is not described; a share of one half is shown for scale.
MIN_ROWS, EVEN = 20, 0.5
# What is stated about false alerts: 8 of 10 were about Black people.
STATED = (8, 10)


def describe_places(record: Record, used: Sequence[PlacesUsed]) -> list[str]:
    """Both sentences of the last year that is placed whole, by wards; of the year of the force's
    stated false alerts, the share and what place alone explains. Empty where only districts are
    known."""
    if not used or used[0].area_kind_code != "ward":
        return []
    force_id = used[0].force_id
    own = [row for row in used if row.group_code == GROUP]
    whole = [
        row
        for row in own
        if row.placed_count == row.rows_count and row.rows_count >= MIN_ROWS and row.year
    ]
    if not whole:
        return []
    by_rows, by_faces = (
        max((row for row in whole if row.weight_code == weight), key=lambda row: row.year or 0)
        for weight in ("deployments", "faces_seen")
    )
    lines = [describe_above(by_rows), describe_weighted(by_faces, str(by_faces.year))]
    for count in record.table(GroupCount):
        if (count.force_id, count.group_code, count.stage_code) == (
            force_id,
            GROUP,
            "false_alerts",
        ):
            period = (count.period_start, count.period_end)
            of_year = record.stated.list_places_used(force_id, "ward", period, [None])
            (row,) = (
                row for row in of_year if (row.group_code, row.weight_code) == (GROUP, "faces_seen")
            )
            lines += [
                describe_weighted(row, format_period(*period)),
                describe_chance(row.share or 0),
                describe_chance(EVEN),
            ]
    return lines


def describe_above(used: PlacesUsed) -> str:
    """How many deployments were where a group's share of residents is above the average."""
    return _(
        "{year}: {above} of {placed} placed deployments were in wards where more than {average} of "
        "the residents are {group}, which is the share of all of London."
    ).format(
        year=used.year,
        above=format_count(used.above_count or 0),
        placed=format_count(used.placed_count),
        average=format_share(used.average_share or 0),
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


def describe_trend_title(used: Sequence[PlacesUsed], few: int) -> str:
    """The share weighted by faces seen in the last year of enough deployments that is placed
    whole, or else in the last year there is; beside it the share of the whole area."""
    own = [each for each in used if each.weight_code == "faces_seen"] or list(used)
    whole = [
        each for each in own if each.placed_count >= few and each.placed_weight == each.all_weight
    ]
    last = max(whole or own, key=lambda each: each.year or 0)
    template = _("{year}: {share} of the residents near the cameras were {group}")
    if last.average_share is not None:
        template = _(
            "{year}: {share} of the residents near the cameras were {group}; in the whole area, "
            "{average}"
        )
    return template.format(
        year=last.year,
        share=format_share(last.share or 0),
        group=_(GROUPS.label(last.group_code)),
        average=format_share(last.average_share or 0),
    )


def describe_point(used: PlacesUsed) -> str:
    """`2024, faces seen: 15.2%`, with its bounds."""
    return _("{year}, weighted by {weight}: {share}").format(
        year=used.year, weight=_(WEIGHT.label(used.weight_code)).lower(), share=_format_bounds(used)
    )


def describe_place(used: PlacesUsed) -> str:
    """The group's share near one place beside that of the whole of the force's area."""
    if used.share is None:
        return _("Who lives near this place is not known.")
    return _(
        "{share} of the residents of its {area} are {group}; of the whole force area, {average}."
    ).format(
        share=format_share(used.share),
        area=_(AREA.label(used.area_kind_code)).lower(),
        group=_(GROUPS.label(used.group_code)),
        average=format_average(used),
    )


def format_average(used: PlacesUsed) -> str:
    """The group's share of the whole area; a mark where there is no area."""
    if used.average_share is None:
        return _("[z] no area")
    return format_share(used.average_share)


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
