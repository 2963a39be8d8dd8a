"""What the pages ask of the record, for one selection of a reader.

In: `Answers` and a `Selection`. Out: Estimates, grouped as the figures and cards need them, and rows.
Does not compute: every number is an Estimate of `etl.answers`. Does not draw and does not word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from etl.answers import Answers, Period
from etl.model.estimates import Estimate

HEADLINE_COUNTS = ("deployments_count", "faces_seen_count", "alerts_count", "arrests_count")
SHARE_OF_ALERTS = "false_share_of_alerts"
PER_FACE_SEEN = "false_alerts_per_face_seen"
# A force has a panel of its own when this many of its months have the number; at most this many do.
FEW_MONTHS = 4
# Fewer bars than this are a sentence, not a figure.
FEW_BARS = 3
MOST_PANELS = 4
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Selection:
    """What a reader has chosen; None is everything. Years are whole calendar years."""

    force_id: str | None = None
    first_year: int | None = None
    last_year: int | None = None
    search: str = ""
    uncounted: bool = False

    @property
    def where(self) -> dict[str, list[str | int]]:
        return {"force_id": [self.force_id]} if self.force_id else {}

    @property
    def period(self) -> Period:
        return (
            None if self.first_year is None else dt.date(self.first_year, 1, 1),
            None if self.last_year is None else dt.date(self.last_year, 12, 31),
        )


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a series: its Estimate, or none; whether a publication in the record covers the whole month."""

    first_day: dt.date
    estimate: Estimate | None
    covered: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """One force, or all that have no panel of their own, over the months; `undated` is what no month can be given to."""

    name: str
    total: Estimate
    months: tuple[Month, ...]
    undated: Estimate | None
    breaks: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """A labelled Estimate of a measure with an interval: a force or a year, and the publication it is limited to."""

    name: str
    publication: str
    estimate: Estimate


def ask_total(answers: Answers, measure_id: str, chosen: Selection) -> Estimate:
    """One Estimate for the whole selection."""
    return answers.estimate(measure_id, where=chosen.where, period=chosen.period).only()


def ask_by_force(answers: Answers, measure_id: str, chosen: Selection) -> dict[str, Estimate]:
    """An Estimate a force, by id."""
    found = answers.estimate(measure_id, by=("force_id",), where=chosen.where, period=chosen.period).estimates
    return {str(estimate.of("force_id")): estimate for estimate in found}


def ask_panels(answers: Answers, measure_id: str, chosen: Selection) -> list[Panel]:
    """The series of the months: forces with enough months by themselves, most rows first, then all others as one."""
    found = answers.estimate(
        measure_id, by=("force_id", "month"), where=chosen.where, period=chosen.period
    ).estimates
    dated: dict[str, list[Estimate]] = {}
    for estimate in found:
        known = estimate.of("month") is not None and estimate.numerator is not None
        dated.setdefault(str(estimate.of("force_id")), []).extend([estimate] if known else [])
    own = [force_id for force_id, months in dated.items() if len(months) >= FEW_MONTHS]
    own = sorted(own, key=lambda force_id: -len(dated[force_id]))[:MOST_PANELS]
    others = [force_id for force_id in dated if force_id not in own]
    months = sorted({str(estimate.of("month")) for estimates in dated.values() for estimate in estimates})
    if not months:
        return []
    names = answers.forces()
    span = list(_months(months[0], months[-1]))
    panels = [_panel(answers, measure_id, [one], names[one], span, chosen) for one in own]
    if any(dated[one] for one in others):
        if len(others) == 1:
            name = names[others[0]]
        else:
            name = f"{len(others)} other forces" if own else "All forces"
        panels.append(_panel(answers, measure_id, others, name, span, chosen))
    return panels


def count_bars(panels: Sequence[Panel]) -> int:
    """How many months there are to draw."""
    return sum(month.estimate is not None for panel in panels for month in panel.months)


def ask_intervals(answers: Answers, measure_id: str, chosen: Selection) -> list[Interval]:
    """A measure by force, or by year of the chosen force, never across a break; most trials first, years in order.

    A force with rows that cannot be dated to a year is asked publication by publication, because no period tells its
    rows apart. Forces and years without the measure are left out: `ask_missing` names them.
    """
    names = answers.forces()
    titles = {one["publication_id"]: str(one["title"]) for one in answers.rows("publications")}
    found = []
    for force_id in ask_by_force(answers, measure_id, chosen):
        where: dict[str, list[str | int]] = {"force_id": [force_id]}
        yearly = answers.estimate(
            "deployments_count", by=("year",), where=where, period=chosen.period
        ).estimates
        undated = any(estimate.of("year") is None for estimate in yearly)
        by = "publication_id" if undated else "year" if chosen.force_id else "force_id"
        for window in _windows(answers, measure_id, force_id, chosen.period):
            for estimate in answers.estimate(measure_id, by=(by,), where=where, period=window).estimates:
                if estimate.value is not None:
                    code = estimate.of(by)
                    name = str(code) if by == "year" else names[force_id]
                    found.append(Interval(name, titles[str(code)] if undated else "", estimate))
    if chosen.force_id:
        return sorted(found, key=lambda one: one.estimate.period_start or dt.date.min)
    most = {one.name: max(_trials(other) for other in found if other.name == one.name) for one in found}
    return sorted(found, key=lambda one: (-most[one.name], one.estimate.period_start or dt.date.min))


def ask_missing(answers: Answers, chosen: Selection, denominator_id: str) -> dict[str, list[str]]:
    """Names of forces that cannot have the measure, by what they do not publish."""
    below = ask_by_force(answers, denominator_id, chosen)
    false = ask_by_force(answers, "false_alerts_count", chosen)
    both = ask_by_force(
        answers, SHARE_OF_ALERTS if denominator_id == "alerts_count" else PER_FACE_SEEN, chosen
    )
    unit = "alerts" if denominator_id == "alerts_count" else "faces seen"
    found: dict[str, list[str]] = {}
    for force_id, name in answers.forces().items():
        if force_id not in both or both[force_id].value is not None:
            continue
        no_below, no_false = below[force_id].numerator is None, false[force_id].numerator is None
        if no_below and no_false:
            reason = f"neither false alerts nor {unit}"
        elif no_false:
            reason = "no number of false alerts"
        elif no_below:
            reason = f"no number of {unit}"
        else:
            reason = f"both, but no deployment with false alerts and {unit} above zero together"
        found.setdefault(reason, []).append(name)
    return found


def ask_rows(answers: Answers, chosen: Selection) -> list[dict[str, Any]]:
    """The deployments of the selection, newest first, with `source_address` and `edition_title` of each."""
    editions = {one["edition_id"]: one for one in answers.rows("editions")}
    publications = {one["publication_id"]: one for one in answers.rows("publications")}
    wanted = chosen.search.casefold().split()
    found = []
    for row in answers.deployments(chosen.where, chosen.period, counted_only=not chosen.uncounted):
        text = " ".join(
            str(row[name] or "") for name in ("location_text", "place_name", "district_name")
        ).casefold()
        if all(word in text for word in wanted):
            edition = editions[row["edition_id"]]
            address = row["source_url"] or edition["url"] or publications[row["publication_id"]]["url"]
            found.append({**row, "source_address": address, "edition_title": edition["title"]})
    return found


def _panel(
    answers: Answers,
    measure_id: str,
    force_ids: Sequence[str],
    name: str,
    span: Sequence[str],
    chosen: Selection,
) -> Panel:
    where: dict[str, list[str | int]] = {"force_id": list(force_ids)}
    total = answers.estimate(measure_id, where=where, period=chosen.period).only()
    found = answers.estimate(measure_id, by=("month",), where=where, period=chosen.period).estimates
    by_month = {estimate.of("month"): estimate for estimate in found}
    covered = set(span)
    for force_id in force_ids:
        covered &= _covered_months(answers, force_id) if covered else set()
    breaks = [
        one
        for one in answers.breaks(measure_id)
        if one["force_id"] in force_ids
        and one["effect_code"] == "not_comparable"
        and one["break_id"] in total.breaks
    ]
    months = tuple(
        Month(_first_day(month), by_month.get(month), month in covered or month in by_month) for month in span
    )
    return Panel(name, total, months, by_month.get(None), tuple(breaks))


def _covered_months(answers: Answers, force_id: str) -> set[str]:
    """Months for which a publication in the record tells every deployment of the force: a month without one is a zero."""
    editions = answers.rows("editions")
    ids = {
        publication_id
        for form in answers.rows("publishing", {"force_id": [force_id]})
        if form["per_deployment_code"] == "yes"
        for publication_id in (form["publication_ids"] or "").split()
    }
    found: set[str] = set()
    for edition in editions:
        start, end = edition["period_start"], edition["period_end"]
        if edition["publication_id"] in ids and start and end:
            found |= {
                month
                for month in _months(f"{start:%Y-%m}", f"{end:%Y-%m}")
                if _first_day(month) >= start and _last_day(month) <= end
            }
    undated = answers.estimate(
        "deployments_count", by=("month", "publication_id"), where={"force_id": [force_id]}
    )
    # Rows without a month could belong to any of the publication's months, so none of these is known to be zero.
    for estimate in undated.estimates:
        if estimate.of("month") is None and estimate.period_start and estimate.period_end:
            found -= set(_months(f"{estimate.period_start:%Y-%m}", f"{estimate.period_end:%Y-%m}"))
    return found


def _windows(answers: Answers, measure_id: str, force_id: str, period: Period) -> Iterator[Period]:
    """The period, cut at the force's breaks that forbid a comparison."""
    first, last = period
    cuts = [
        one["first_date"]
        for one in answers.breaks(measure_id)
        if one["force_id"] == force_id
        and one["effect_code"] == "not_comparable"
        and (first is None or one["first_date"] > first)
        and (last is None or one["first_date"] <= last)
    ]
    yield from zip([first, *cuts], [*(cut - _DAY for cut in cuts), last], strict=True)


def _months(first: str, last: str) -> Iterator[str]:
    day = _first_day(first)
    while f"{day:%Y-%m}" <= last:
        yield f"{day:%Y-%m}"
        day = _last_day(f"{day:%Y-%m}") + _DAY


def _trials(one: Interval) -> float:
    return one.estimate.denominator or 0


def _first_day(month: str) -> dt.date:
    return dt.date.fromisoformat(f"{month}-01")


def _last_day(month: str) -> dt.date:
    first = _first_day(month)
    return (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - _DAY
