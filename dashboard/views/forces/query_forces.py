"""All forces in one list, up to four of them side by side, and all of them beside the limits of chance.

In: `Answers` and a `Selection`. Out: lines of the list, Estimates never across a break, ratios or refusals, a funnel with
its period. Does not compute and does not draw.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from dashboard.queries.rates import Interval, ask_intervals
from dashboard.selection.parameters import MOST_SERIES
from dashboard.selection.selection import Period, Selection
from dashboard.text.language import _, say_in_other_languages
from dashboard.text.messages import tell
from dashboard.text.names import name_forces
from etl.measures.catalogue import MEASURES
from etl.measures.comparisons import BREAKS_WITH, Comparison
from etl.measures.groups.disparity import Disparity
from etl.measures.publishing import PUBLISHING_STATUS, ForcePublishing
from etl.model.codes import LFR_USE
from etl.model.completeness import Gaps
from etl.model.force_profiles import ForceSetting
from etl.model.funnels import FunnelAnswer
from etl.queries.place_search import to_words
from etl.queries.record import Answers

_ALERTS = BREAKS_WITH["alerts"]


@dataclass(frozen=True, slots=True)
class ForceLine:
    """One force of the list: what is known of its use and publishing, and what of it is in the record."""

    publishing: ForcePublishing
    rows_count: int
    last_day: dt.date | None
    covered_until: dt.date | None
    gaps: Gaps | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two forces, the second over the first; `different_software` and `reason` say why there is no ratio."""

    first: Interval
    second: Interval
    ratio: Disparity | None = None
    reason: str = ""
    different_software: bool = False


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Forces on one axis: a row for each and each side of a break; `lacking` have rows and no value, `silent` no row."""

    force_ids: tuple[str, ...]
    intervals: tuple[Interval, ...]
    lacking: tuple[str, ...]
    silent: tuple[str, ...]
    pairs: tuple[Pair, ...]
    settings: tuple[tuple[str, tuple[ForceSetting, ...]], ...]


@dataclass(frozen=True, slots=True)
class PeriodFunnel:
    """A funnel, and the period it is of; `found` if nobody chose the period."""

    answer: FunnelAnswer
    period: Period
    found: bool


def ask_lines(answers: Answers, chosen: Selection) -> list[ForceLine]:
    """The forces whose name, in either language, has the words that are searched for, in the order that is chosen."""
    counts = {
        str(one.of("force_id")): one
        for one in answers.estimate("deployments_count", by=("force_id",)).estimates
    }
    last_days = ask_last_days(answers)
    gaps, covered = answers.completeness(), answers.covered_until()
    full = {one["force_id"]: one["force_name"] for one in answers.rows("forces")}
    words = to_words(chosen.find) or chosen.find.split()
    found = []
    for one in answers.publishing().forces:
        names = (one.force_name, full[one.force_id])
        said = (*names, *(other for name in names for other in say_in_other_languages(name)))
        text = " ".join(word for name in said for word in to_words(name))
        own = counts.get(one.force_id)
        if all(word in text for word in words):
            found.append(
                ForceLine(
                    one,
                    own.rows_count if own else 0,
                    last_days.get(one.force_id),
                    covered.get(one.force_id),
                    gaps.get(one.force_id),
                )
            )
    found.sort(key=lambda line: _(line.publishing.force_name))
    if chosen.sorted_by == "publishing":
        found.sort(key=lambda line: list(PUBLISHING_STATUS).index(line.publishing.status))
    if chosen.sorted_by == "use":
        found.sort(
            key=lambda line: (
                list(LFR_USE).index(line.publishing.latest.status_code)
                if line.publishing.latest
                else len(LFR_USE.entries)
            )
        )
    if chosen.sorted_by == "latest":
        found.sort(key=lambda line: line.covered_until or dt.date.min, reverse=True)
    return found  # fmt: skip


def ask_last_days(answers: Answers) -> dict[str, dt.date]:
    """By force, the last day of any row."""
    found: dict[str, dt.date] = {}
    for row in answers.coverage().rows:
        if row.period_end:
            found[row.force_id] = max(row.period_end, found.get(row.force_id, row.period_end))
    return found


def ask_side_by_side(answers: Answers, chosen: Selection) -> SideBySide:
    """The chosen forces; without any, those whose publications tell every deployment."""
    force_ids = chosen.forces or tuple(sorted(answers.covered_until()))[:MOST_SERIES]
    measure_id = chosen.rate_id
    # One force alone is asked by year: the one that is never chosen keeps the question about whole periods.
    asked = replace(chosen, forces=force_ids, regions=(), use_cases=(), thresholds=())
    found = ask_intervals(answers, measure_id, asked)
    names = name_forces(answers)
    order = [names[force_id] for force_id in force_ids]
    found.sort(key=lambda one: (order.index(one.name), one.estimate.period_start or dt.date.min))
    shown = {one.name for one in found}
    published = answers.forces()
    return SideBySide(
        force_ids=force_ids,
        intervals=tuple(found),
        lacking=tuple(names[one] for one in force_ids if one in published and names[one] not in shown),
        silent=tuple(names[one] for one in force_ids if one not in published),
        pairs=tuple(_compare(answers, measure_id, found, {name: code for code, name in names.items()})),
        settings=tuple(
            (names[one], answers.settings(one, "threshold", chosen.period))
            for one in force_ids
            if one in published
        ),
    )


def ask_funnel(answers: Answers, chosen: Selection) -> PeriodFunnel:
    """The funnel of the chosen years; without any, of the last year in which enough forces have a value."""
    if chosen.first_year or chosen.last_year:
        return PeriodFunnel(answers.funnel(chosen.rate_id, period=chosen.period), chosen.period, found=False)
    start, end = answers.period()
    for year in range(end.year, start.year - 1, -1) if start and end else ():
        period = (dt.date(year, 1, 1), dt.date(year, 12, 31))
        answer = answers.funnel(chosen.rate_id, period=period)
        if answer.funnel is not None:
            return PeriodFunnel(answer, period, found=True)
    return PeriodFunnel(answers.funnel(chosen.rate_id), (None, None), found=True)


def _compare(answers: Answers, measure_id: str, found: Sequence[Interval], ids: dict[str, str]) -> list[Pair]:
    """The last part of each force against that of each other."""
    last = {one.name: one for one in found}
    concerned = bool(MEASURES[measure_id].fields & _ALERTS)
    pairs = []
    for first, second in combinations(last.values(), 2):
        sides = [
            ({"force_id": [ids[one.name]]}, (one.estimate.period_start, one.estimate.period_end))
            for one in (first, second)
        ]
        vendors = [
            {row.vendor_code for row in answers.settings(ids[one.name], "threshold", side[1])} - {None}
            for one, side in zip((first, second), sides, strict=True)
        ]
        if concerned and len(vendors[0] | vendors[1]) > 1:
            pairs.append(Pair(first, second, different_software=True))
            continue
        answer = answers.compare(measure_id, sides[0], sides[1])
        if isinstance(answer, Comparison) and answer.disparity is not None:
            pairs.append(Pair(first, second, ratio=answer.disparity))
        else:
            pairs.append(Pair(first, second, reason=tell(answer.refusal.reason) if answer.refusal else ""))
    return pairs
