"""The period of a report: as it is typed, its days, its name, and the period of the same kind
before it.

In: `2025`, `2025-Q3`, `2025-07`, or `2025-04-01..2026-03-31`. Out: a `ReportPeriod`, or None for
anything else. Does not ask the record."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from dashboard.text.numbers import format_period, format_step
from etl.model.calendar import CALENDAR, span_of

FORMS = "2025, 2025-Q3, 2025-07 or 2025-04-01..2026-03-31"
_DAY = dt.timedelta(days=1)
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """`first_day` to `last_day`, both in it. `kind` is `year`, `quarter`, `month` or `days`."""

    kind: str
    first_day: dt.date
    last_day: dt.date

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        return self.first_day, self.last_day

    @property
    def code(self) -> str:
        """As it is typed, and as it stands in the name of a file; days joined by `_to_`."""
        if self.kind == "days":
            return f"{self.first_day}_to_{self.last_day}"
        return str(CALENDAR[self.kind](self.first_day))

    @property
    def before(self) -> ReportPeriod:
        """The year, quarter or month before; of days, as many days that end where these begin, or
        the same days a year before if they are a whole year."""
        end = self.first_day - _DAY
        if self.kind != "days":
            return ReportPeriod(self.kind, *span_of(self.kind, CALENDAR[self.kind](end)))
        if _shift_year(self.first_day, 1) == self.last_day + _DAY:
            return ReportPeriod(self.kind, _shift_year(self.first_day, -1), end)
        return ReportPeriod(
            self.kind, self.first_day - (self.last_day + _DAY - self.first_day), end
        )


def read_period(text: str) -> ReportPeriod | None:
    """The period that a text is, written in one of `FORMS`;
    None for anything else, or one that ends before it starts."""
    try:
        if match := _RANGE.fullmatch(text):
            first, last = (dt.date.fromisoformat(group) for group in match.groups())
            return (
                ReportPeriod("days", first, last) if first.year > 1900 and first <= last else None
            )
        kind = "year" if "-" not in text else "quarter" if "Q" in text else "month"
        return ReportPeriod(kind, *span_of(kind, text))
    except ValueError:
        return None


def format_report_period(period: ReportPeriod) -> str:
    """`2025`; `July to September 2025`; `July 2025`; `1 April 2025 to 31 March 2026`."""
    return format_period(*period.days) if period.kind == "days" else format_step(period.code)


def is_of_years(period: ReportPeriod) -> bool:
    """Whether the period is of whole calendar years."""
    years = period.first_day.year, period.last_day.year
    return (span_of("year", years[0])[0], span_of("year", years[1])[1]) == period.days


def format_year(period: ReportPeriod, year: str) -> str:
    """A calendar year as far as it lies in the period:
    `2025`, `January 2025`, `1 April 2025 to 31 December 2025`."""
    first, last = span_of("year", int(year))
    days = max(first, period.first_day), min(last, period.last_day)
    if days == (first, last):
        return year
    return format_report_period(period) if days == period.days else format_period(*days)


def _shift_year(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return dt.date(day.year + years, 3, 1)
