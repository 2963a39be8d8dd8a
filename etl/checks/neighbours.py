"""Checks of a row against the rows around it: dates, thresholds, watchlists.

In: `Evidence` with values as printed. Out: `Finding`s.
Does not correct: where one reading of a misprinted date fits both neighbours it is named,
nothing more."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from etl.checks.counts import rows_by_edition
from etl.checks.evidence import Evidence
from etl.checks.findings import report_row
from etl.model.calendar import format_day
from etl.model.messages import message
from etl.model.records import Deployment, Finding

# Neighbours whose watchlists are within the first share of each other,
# and a row that is off both by the second.
NEAR_SHARE = 0.05
FAR_SHARE = 0.10
# Of this many days before and after that have several rows,
# this share must have one watchlist size.
DAYS_AROUND = 5
MIN_DAYS = 2
ONE_SIZE_SHARE = 0.8


def check_date_order(evidence: Evidence) -> Iterator[Finding]:
    """Each row's date between those of its neighbours, which are in order themselves. The first and
    the last row of a file are compared with the two rows next to them."""
    for rows in _rows_by_force(evidence):
        days = [row.date for row in rows if row.date is not None]
        dated = [row for row in rows if row.date is not None]
        for position, (row, day) in enumerate(zip(dated, days, strict=True)):
            before = days[position - 1] if position else None
            after = days[position + 1] if position + 1 < len(days) else None
            if not _is_out_of_order(days, position):
                continue
            readings = find_readings(day, before, after)
            fits = " and ".join(
                f"{format_day(reading)} would fit ({why})" for reading, why in readings
            )
            between = " and ".join(
                format_day(limit) for limit in (before, after) if limit is not None
            )
            yield report_row(
                "date_out_of_order",
                row,
                "date",
                printed=row.date_text or day.isoformat(),
                expected=message("day_between", start=before, end=after)
                if before and after
                else message("day_in_order", day=before or after or day),
                message=(
                    f"{format_day(day)} is printed "
                    f"{'between rows' if before and after else 'beside a row'} of {between}"
                )
                + (f"; {fits}." if fits else "."),
            )


def _rows_by_force(evidence: Evidence) -> Iterator[list[Deployment]]:
    for rows in rows_by_edition(evidence).values():
        forces: dict[str, list[Deployment]] = {}
        for row in rows:
            forces.setdefault(row.force_id, []).append(row)
        yield from forces.values()


def _is_out_of_order(days: Sequence[dt.date], position: int) -> bool:
    day = days[position]
    if len(days) < 3:
        return False
    if position == 0:
        return day > days[2] >= days[1]
    if position == len(days) - 1:
        return day < days[-3] <= days[-2]
    before, after = days[position - 1], days[position + 1]
    return before <= after and not before <= day <= after


def find_readings(
    day: dt.date, before: dt.date | None, after: dt.date | None
) -> list[tuple[dt.date, str]]:
    """Readings of a misprinted date that fit between the neighbours, of the likeliest kind only:
    day and month swapped or the year before or after; else another month."""
    likely = [(_day(day.year, day.day, day.month), "day and month swapped")]
    likely += [
        (_day(year, day.month, day.day), "the year misprinted")
        for year in (day.year - 1, day.year + 1)
    ]
    months = [(_day(day.year, month, day.day), "the month misprinted") for month in range(1, 13)]
    for readings in (likely, months):
        fitting = [
            (reading, why)
            for reading, why in readings
            if reading is not None
            and reading != day
            and (before or reading) <= reading <= (after or reading)
        ]
        if fitting:
            return fitting
    return []


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def check_thresholds(evidence: Evidence) -> Iterator[Finding]:
    """By force and date: a threshold that its neighbours lack, and each new threshold once."""
    forces: dict[str, list[Deployment]] = {}
    for row in evidence.deployments:
        if row.threshold is not None and row.date is not None and row.counted:
            forces.setdefault(row.force_id, []).append(row)
    for rows in forces.values():
        rows.sort(key=lambda row: (row.date or dt.date.min, row.edition_id, row.page, row.row))
        seen: set[Decimal] = set()
        for position, row in enumerate(rows):
            around = {
                near.threshold
                for near in rows[max(0, position - 3) : position]
                + rows[position + 1 : position + 4]
            }
            if row.threshold is None or not around:
                continue
            is_odd = row.threshold not in around
            if is_odd or (seen and row.threshold not in seen):
                known = ", ".join(
                    sorted(
                        f"{value:f}" for value in (around if is_odd else seen) if value is not None
                    )
                )
                yield report_row(
                    "threshold_out_of_step" if is_odd else "threshold_new",
                    row,
                    "threshold",
                    printed=f"{row.threshold:f}",
                    expected=message("as_around" if is_odd else "as_before", value=known),
                    message=(
                        f"a threshold of {row.threshold:f} is printed, while the force's "
                        f"deployments {'around that date' if is_odd else 'until then'} have "
                        f"{known}."
                    ),
                )
            if not is_odd:
                seen.add(row.threshold)


def check_watchlists(evidence: Evidence) -> Iterator[Finding]:
    """A watchlist unlike those of its neighbours, and days with two sizes where one is normal."""
    for rows in rows_by_edition(evidence).values():
        sized = [(row, row.watchlist_size) for row in rows if row.watchlist_size]
        odd = set()
        for (_, before), (row, size), (_, after) in zip(sized, sized[1:], sized[2:], strict=False):
            off = min(abs(size - before) / before, abs(size - after) / after)
            if abs(before - after) <= NEAR_SHARE * before and off > FAR_SHARE:
                odd.add(row.deployment_id)
                same_day = sorted(
                    {other for near, other in sized if near.date == row.date and near is not row}
                )
                text = (
                    f"; the other rows of that day have {_format_sizes(same_day)}"
                    if same_day
                    else ""
                )
                yield report_row(
                    "watchlist_size_out_of_step",
                    row,
                    "watchlist_size",
                    printed=str(size),
                    expected=message("near_rows_around", before=before, after=after),
                    message=(
                        f"a watchlist of {size:,} is printed between rows of {before:,} and "
                        f"{after:,}{text}."
                    ),
                )
        yield from _check_same_day(
            [(row, size) for row, size in sized if row.deployment_id not in odd]
        )


def _check_same_day(sized: list[tuple[Deployment, int]]) -> Iterator[Finding]:
    dated = [(row, size) for row, size in sized if row.date is not None]
    days = [list(group) for _, group in groupby(dated, key=lambda pair: pair[0].date)]
    several = [group for group in days if len(group) > 1]
    for position, group in enumerate(several):
        sizes = sorted({size for _, size in group})
        around = (
            several[max(0, position - DAYS_AROUND) : position]
            + several[position + 1 : position + 1 + DAYS_AROUND]
        )
        agreeing = sum(len({size for _, size in other}) == 1 for other in around)
        if len(sizes) > 1 and len(around) >= MIN_DAYS and agreeing >= ONE_SIZE_SHARE * len(around):
            rarity = Counter(size for _, size in group)
            row, size = min(reversed(group), key=lambda pair: rarity[pair[1]])
            others = [other for other in sizes if other != size]
            yield report_row(
                "watchlist_size_differs_same_day",
                row,
                "watchlist_size",
                printed=str(size),
                expected=message("as_on_the_day", count=_format_sizes(others)),
                message=(
                    f"a watchlist of {size:,} is printed, but {_format_sizes(others)} in other "
                    "rows of that day."
                ),
            )


def _format_sizes(sizes: list[int]) -> str:
    return " and ".join(f"{size:,}" for size in sizes)
