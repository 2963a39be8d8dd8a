"""What is said of a comparison in words: why its verdict, and what a reader must know beside it.

In: a comparison and the declaration behind it. Out: sentences. Does not decide anything, and calls no claim wrong.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal

from etl.model.claim_measures import CLAIM_REASON, VERDICT, WHOLE, ClaimComparison, ClaimMeasure

_SAID = {"exact": "{}", "at_least": "more than {}", "rounded": "{} (rounded)", "about": "about {}"}
# More sets of rows than this, and the figure says nothing about the window.
_FEW_ROW_SETS = 3


def say_reason(verdict: str, declared: ClaimMeasure, compared: ClaimComparison | None) -> str:
    """Why the verdict is what it is, and what was declared of the claim."""
    meaning = CLAIM_REASON.entry(declared.reason_code).meaning
    sentences = [] if compared is None else [_say_outcome(verdict, compared)]
    if verdict in ("cannot_be_compared", "not_enough_published") and (declared.reason_code not in WHOLE):
        sentences = [meaning, *sentences]
    elif declared.reason_code == "same_statement" and verdict == "agrees":
        sentences.append(meaning)
    return " ".join([*sentences, declared.reason_text or ""]).strip()


def say_note(compared: ClaimComparison, declared: ClaimMeasure, names: Mapping[str, str]) -> str:
    """The window, the rows that lack the number, the forces' parts and the kept publication, as far as they apply."""
    return " ".join(
        [
            *_say_window(compared, declared),
            *_say_missing(compared, declared),
            *_say_parts(compared, names),
            *_say_alternative(compared, names),
        ]
    )


def say_stated(compared: ClaimComparison) -> str:
    """The stated figure with how it is stated."""
    return _SAID[compared.stated_as or "exact"].format(_say(compared.stated_value))


def _say_outcome(verdict: str, compared: ClaimComparison) -> str:
    rows = compared.rows_used + compared.rows_missing
    if not rows:
        return "No row of the record lies in its window."
    if compared.value is None:
        return (
            f"None of the {rows} rows has the number."
            if rows > 1
            else "The one row does not have the number."
        )
    given = f"{_say_rows(compared.rows_used)} {_say_value(compared)}"
    against = f"against {say_stated(compared)} as stated"
    if verdict == "agrees":
        return f"{given}, {against}."
    if verdict == "does_not_add_up":
        return f"It {VERDICT.label(verdict)}: {given[0].lower()}{given[1:]}, {against}."
    return f"{given}, {against}."


def _say_rows(count: int) -> str:
    return "The one row gives" if count == 1 else f"The {count:,} rows give"


def _say_value(compared: ClaimComparison) -> str:
    if compared.denominator is None:
        return _say(compared.value)
    said = f"{_say(compared.numerator)} of {_say(compared.denominator)} = {_say(compared.value)}"
    if compared.low is None or compared.high is None:
        return said
    return f"{said} (95% interval {_say(compared.low)} to {_say(compared.high)})"


def _say_window(compared: ClaimComparison, declared: ClaimMeasure) -> Iterator[str]:
    if declared.window_code == "inferred":
        yield "The days are not the claim's own: they were inferred."
    if declared.window_code != "searched" or compared.windows_found is None or compared.window_end is None:
        return
    months, tried = declared.search_months, compared.windows_tried
    if not compared.windows_found:
        yield f"Of {tried:,} windows of {months} months in the record none adds up to it; shown is the nearest, ending on {_say_day(compared.window_end)}."
        return
    others = compared.windows_found - 1
    also = {0: "no other window does", 1: "1 other window also does"}.get(
        others, f"{others:,} other windows also do"
    )
    if others:
        sets = compared.window_row_sets or 0
        also += ", with the same rows" if sets == 1 else f", with {sets:,} different sets of rows in all"
    yield (
        f"The rows of the {months} months ending on {_say_day(compared.window_end)} add up to this; {also}, of {tried:,} "
        "tried. The source does not state the days."
    )
    if (compared.window_row_sets or 0) > _FEW_ROW_SETS:
        yield "A figure that so many give is no evidence for any of them."


def _say_missing(compared: ClaimComparison, declared: ClaimMeasure) -> Iterator[str]:
    if compared.value is None or compared.verdict != "not_enough_published":
        return
    who = [] if declared.reason_code in WHOLE else ["what is not in the record"]
    if missing := compared.rows_missing:
        yield f"{missing:,} of {missing + compared.rows_used:,} rows {_do(missing)} not have the number."
        who = ["that row" if missing == 1 else "those rows", *who]
    if who and compared.denominator is None and compared.difference is not None and compared.difference < 0:
        said = " and ".join(who)
        yield f"{said[0].upper()}{said[1:]} would have to hold {_say(-compared.difference)}."


def _say_parts(compared: ClaimComparison, names: Mapping[str, str]) -> Iterator[str]:
    known = [part for part in compared.parts if part.numerator is not None]
    if known and compared.denominator is None:
        ordered = sorted(known, key=lambda part: (-(part.numerator or 0), part.force_id))
        yield "By force: " + ", ".join(f"{names.get(part.force_id, part.force_id)} {_say(part.numerator)}" for part in ordered) + "."  # fmt: skip


def _say_alternative(compared: ClaimComparison, names: Mapping[str, str]) -> Iterator[str]:
    other = compared.alternative
    if other is None or other.difference is None:
        return
    kept, counts = (names.get(one, one) for one in (other.kept_publication_id, other.counts_publication_id))
    value = _say(other.value) if other.denominator is None else f"{_say(other.numerator)} of {_say(other.denominator)} = {_say(other.value)}"  # fmt: skip
    exactly = ", exactly the stated figure" if other.difference == 0 and not other.rows_missing else ""
    missing = other.rows_missing
    lacking = f"; {missing} of those rows {_do(missing)} not have the number" if missing else ""
    yield (
        f"From {_say_day(other.first_date)} to {_say_day(other.last_date)} two publications list the same deployments. With "
        f"the one that is kept and not counted ({kept}) in place of the one that counts ({counts}) the rows give "
        f"{value}{exactly}{lacking}."
    )


def _do(count: int) -> str:
    return "does" if count == 1 else "do"


def _say(number: float | Decimal | None) -> str:
    if number is None:
        return "no number"
    if number == int(number):
        return f"{int(number):,}"
    return f"{float(number):.4g}" if abs(float(number)) >= 0.0001 else f"{float(number):.10f}".rstrip("0")


def _say_day(day: dt.date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "an unknown day"
