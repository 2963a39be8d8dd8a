"""Estimates and printed values as words: numbers, intervals, symbols, dates.

In: Estimates, numbers and dates. Out: plain text in the language in use; the same text on page, in
alt text and in tables. Does not compute and does not escape: whoever puts the text into HTML
escapes it there."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Sequence

from dashboard.text.declared import read_texts
from dashboard.text.language import _, format_day, ngettext
from etl.measures.catalogue import CATALOGUE
from etl.model.estimates import ABSENCE, Estimate

PER_FACE_SEEN = "false_alerts_per_face_seen"
_MILLION = 1_000_000
# A mark of a cell, such as `[x]`, and the space before or after it.
_SYMBOL = re.compile(r"^\[[a-z]\] | ?\[[a-z]\]")
_DASH = "–"
_TEXTS = read_texts(__file__)
# Amounts of what is counted, in both forms.
_AMOUNTS = _TEXTS.forms("amounts")
_STATUS = _TEXTS.by_code("status")


def format_count(number: float) -> str:
    """`2077` → `2,077`."""
    return f"{number:,.0f}"


def format_number(number: float) -> str:
    """Three digits that mean something: `1,523`, `12.3`, `0.37`, `0`."""
    if number == 0 or abs(number) >= 100:
        return format_count(number)
    if abs(number) >= 1:
        return f"{number:.1f}"
    return f"{number:.{1 - math.floor(math.log10(abs(number)))}f}"


def format_date(day: dt.date | None) -> str:
    """`10 May 2025`; `date not published` for none."""
    return _("date not published") if day is None else format_day(day)


def format_month(month: str) -> str:
    """`2024-08` → `August 2024`."""
    return format_day(dt.date.fromisoformat(f"{month}-01"), "MMMM y")


def format_step(code: str | int) -> str:
    """A year, quarter or month in words: `2024`, `January to March 2024`, `August 2024`."""
    text = str(code)
    if "-Q" in text:
        year, number = text.split("-Q")
        first, last = (dt.date(int(year), int(number) * 3 - back, 1) for back in (2, 0))
        return _("{first} to {last}").format(
            first=format_day(first, "MMMM"), last=format_day(last, "MMMM y")
        )
    return format_month(text) if "-" in text else text


def format_until(day: dt.date) -> str:
    """The last day of an unfinished period: `to 17 April only`."""
    return _("to {day} only").format(day=format_day(day, "d MMMM"))


def without_symbols(text: str) -> str:
    """A text for a sentence: the marks of tables and files, such as `[x]`, left out."""
    return _SYMBOL.sub("", text).strip()


def format_period(start: dt.date | None, end: dt.date | None) -> str:
    """`29 May 2017 to 27 August 2026`."""
    if start is None or end is None:
        return _("period not published")
    if start == end:
        return format_date(start)
    return _("{first} to {last}").format(first=format_date(start), last=format_date(end))


def format_short_period(start: dt.date | None, end: dt.date | None) -> str:
    """For labels: `May 2017 – Mar 2018`, `November 2025`."""
    if start is None or end is None:
        return _("period not published")
    if (start.year, start.month) == (end.year, end.month):
        return format_day(start, "MMMM y")
    return f"{format_day(start, 'MMM y')} {_DASH} {format_day(end, 'MMM y')}"


def format_share(share: float) -> str:
    """A share of 1 in per cent with at least two digits that mean something:
    `0.48%`, `1.3%`, `33.8%`, `0%`, `100%`."""
    percent = share * 100
    if percent in (0, 100):
        return f"{percent:.0f}%"
    decimals = 1 if percent >= 1 else 2 if percent >= 0.1 else 1 - math.floor(math.log10(percent))
    text = f"{percent:.{decimals}f}%"
    # A share short of the whole is never rounded up to it.
    return _("more than 99.9%") if text == "100.0%" else text


def format_one_in(share: float, *, down: bool = False) -> str:
    """A share of 1 as `1 in 315,000`, three digits that mean something;
    `down` rounds to the cautious side of a bound."""
    number = 1 / share
    step = 10 ** max(0, math.floor(math.log10(number)) - 2)
    rounded = math.floor(number / step) * step if down else round(number / step) * step
    return _("1 in {count}").format(count=format_count(rounded))


def format_per_million(share: float) -> str:
    """A share of 1 as events in a million, without the unit: `8.1`, `0.037`, `399`."""
    return format_number(share * _MILLION)


def format_total(estimate: Estimate) -> str:
    """A count: `538`; `538 [p]` of a period that has only begun;
    `at least 617` where rows lack the number; or why none."""
    text = ""
    if estimate.value is not None:
        text = format_count(estimate.value)
    elif estimate.numerator is not None:
        count = format_count(estimate.numerator / CATALOGUE[estimate.measure_id].per)
        text = _("at least {count}").format(count=count)
    if not text:
        return describe_status(estimate)
    return f"{text} [p]" if estimate.provisional else text


def format_amount(estimate: Estimate) -> str:
    """A count with its unit: `1 deployment`, `at least 617 deployments`; or why there is none."""
    total = format_total(estimate)
    if estimate.numerator is None:
        return total
    single, many = _AMOUNTS[estimate.measure_id]
    number = estimate.value if estimate.value is not None else estimate.numerator
    return ngettext(single, many, number).format(count=total)


def describe_status(estimate: Estimate) -> str:
    """Why there is no number, with its symbol."""
    # A break is marked beside a value; where there is none, only if it is the reason.
    symbol = (
        estimate.marks
        if estimate.status == "not_comparable"
        else estimate.marks.replace("[b]", "").strip()
    )
    if estimate.absence_code and estimate.status == "not_available":
        return f"{symbol} {_(ABSENCE.label(estimate.absence_code))}".strip()
    return f"{symbol} {_(_STATUS.get(estimate.status, estimate.status))}".strip()


def describe_gap(estimate: Estimate) -> str:
    """How much of a count is published: `8 of 613 rows do not give the number: there may be more.`;
    empty if all do."""
    if estimate.status == "not_available":
        return describe_none_of(estimate)
    if not estimate.left_out_count or not estimate.rows_count:
        return ""
    template = ngettext(
        "The true number is higher: {count} entry gives no figure.",
        "The true number is higher: {count} entries give no figure.",
        estimate.left_out_count,
    )
    return template.format(
        count=format_count(estimate.left_out_count), rows=format_rows(estimate.rows_count)
    )


def describe_none_of(estimate: Estimate) -> str:
    """`None of the 22 rows publishes it.`; of one row, that it does not."""
    if estimate.rows_count == 1:
        return _("The only entry does not give it.")
    return _("None of the {rows} gives it.").format(rows=format_rows(estimate.rows_count))


def format_rows(number: int) -> str:
    """Rows, in the words of the public: `1 entry`, `613 entries`."""
    return ngettext("{count} entry", "{count} entries", number).format(count=format_count(number))


def format_estimate(estimate: Estimate) -> str:
    """Any measure: a total; a share, `1 in N faces` or a rate with its 95% interval;
    `none seen` with its bound; or why none."""
    measure = CATALOGUE[estimate.measure_id]
    if measure.denominator is None:
        return format_total(estimate)
    if estimate.measure_id == PER_FACE_SEEN:
        return format_one_in_faces(estimate)
    if is_share(estimate.measure_id):
        return format_share_of_alerts(estimate)
    if estimate.value is None:
        return describe_status(estimate)
    if estimate.low is None or estimate.high is None:
        return _mark(format_number(estimate.value), estimate)
    if estimate.status == "none_seen":
        return _describe_none_seen(
            _("none seen; below {bound} (95%)"), format_number(estimate.high), estimate
        )
    return _format_interval(_("{value} ({low} to {high})"), format_number, estimate)


def is_share(measure_id: str) -> bool:
    """Whether it is a part of a whole, in per cent."""
    measure = CATALOGUE[measure_id]
    return measure.kind == "proportion" and measure.scale == 1 and measure_id != PER_FACE_SEEN


def format_share_of_alerts(estimate: Estimate) -> str:
    """`0.48% (0.23% to 0.88%)`; `none seen; below 11.3% (95%)`; or why there is none."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return describe_status(estimate)
    if estimate.status == "none_seen":
        return _describe_none_seen(
            _("none seen; below {bound} (95%)"), format_share(_up(estimate.high)), estimate
        )
    return _format_interval(_("{value} ({low} to {high})"), format_share, estimate)


def format_one_in_faces(estimate: Estimate) -> str:
    """`1 in 315,000 faces (1 in 171,000 to 1 in 656,000)`; `none seen;
    below 1 in 8,860 faces (95%)`; or why none."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return describe_status(estimate)
    if estimate.status == "none_seen":
        bound = format_one_in(estimate.high, down=True)
        return _describe_none_seen(_("none seen; below {bound} faces (95%)"), bound, estimate)
    text = _("{value} faces ({low} to {high})").format(
        value=format_one_in(estimate.value),
        low=format_one_in(estimate.high),
        high=format_one_in(estimate.low),
    )
    return _mark(text, estimate)


def format_per_million_faces(estimate: Estimate) -> str:
    """`8.1 per million faces (6.1 to 10.4)`; `none seen; below 113 per million faces (95%)`;
    or why there is none."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return describe_status(estimate)
    if estimate.status == "none_seen":
        bound = format_per_million(estimate.high)
        return _describe_none_seen(
            _("none seen; below {bound} per million faces (95%)"), bound, estimate
        )
    return _format_interval(
        _("{value} per million faces ({low} to {high})"), format_per_million, estimate
    )


def format_fraction(estimate: Estimate, template: str = "") -> str:
    """`10 of 2,077`, or with a translated template `10 of 2,077 alerts`; empty where one is not
    known."""
    if estimate.numerator is None or estimate.denominator is None:
        return ""
    return (template or _("{count} of {whole}")).format(
        count=format_count(estimate.numerator), whole=format_count(estimate.denominator)
    )


def format_list(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    if len(names) < 2:
        return names[0] if names else _("none")
    return _("{some} and {last}").format(some=", ".join(names[:-1]), last=names[-1])


def _describe_none_seen(template: str, bound: str, estimate: Estimate) -> str:
    return _mark(template.format(bound=bound), estimate)


def _format_interval(template: str, describe: Callable[[float], str], estimate: Estimate) -> str:
    value, low, high = (
        describe(number or 0.0) for number in (estimate.value, estimate.low, estimate.high)
    )
    return _mark(template.format(value=value, low=low, high=high), estimate)


def _mark(text: str, estimate: Estimate) -> str:
    return f"{text} {estimate.marks}".strip()


def _up(share: float) -> float:
    """An upper bound, rounded up to the last digit shown,
    so that the words never promise more than the bound."""
    return min(1.0, math.ceil(share * 1000) / 1000) if share >= 0.01 else share


def format_when(when: str | None) -> str:
    """A year, month or day of the record in words: `2026`, `June 2026`, `11 February 2026`;
    `date not known` for none."""
    if not when:
        return _("date not known")
    if len(when) == 4:
        return when
    if len(when) == 7:
        return format_day(dt.date.fromisoformat(f"{when}-01"), "MMMM y")
    return format_date(dt.date.fromisoformat(when))
