"""What is said of a comparison in words: why its verdict, and what a reader must know beside it.

In: a comparison and the declaration behind it. Out: sentences.
Does not decide anything, and calls no claim wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from etl.model.calendar import format_day
from etl.model.claim_measures import (
    CLAIM_REASON,
    CONFLICT,
    VERDICT,
    WHOLE,
    ClaimComparison,
    ClaimConflict,
    ClaimMeasure,
)

_TEXTS = {
    "exact": "{}",
    "at_least": "at least {}",
    "more_than": "more than {}",
    "nearly": "nearly {}",
    "rounded": "{} (rounded)",
    "about": "about {}",
}
_PARTS = ("some_rows", "some_forces", "part_of_window")
_UNKNOWN = "an unknown day"
# More sets of rows than this, and the figure says nothing about the window.
FEW_ROW_SETS = 3


def describe_reason(verdict: str, declared: ClaimMeasure, compared: ClaimComparison | None) -> str:
    """Why the verdict is what it is, and what was declared of the claim."""
    meaning = CLAIM_REASON.entry(declared.reason_code).meaning
    sentences = [] if compared is None else [_describe_outcome(verdict, compared)]
    if verdict == "cannot_be_compared":
        return " ".join(
            [meaning, *([declared.reason_text] if declared.reason_text else []), *sentences]
        )
    if verdict == "not_enough_published" and declared.reason_code not in WHOLE:
        sentences = [meaning, *sentences]
    elif declared.reason_code == "same_statement" and verdict == "agrees":
        sentences.append(meaning)
    return " ".join([*sentences, declared.reason_text or ""]).strip()


def describe_note(
    compared: ClaimComparison, declared: ClaimMeasure, names: Mapping[str, str]
) -> str:
    """The window, the rows that lack the number, the forces' parts and the kept publication,
    as far as they apply."""
    return " ".join(
        [
            *_describe_window(compared, declared),
            *_describe_outside(compared),
            *_describe_missing(compared, declared),
            *_describe_parts(compared, names),
            *_describe_alternative(compared, names),
        ]
    )


def format_stated(compared: ClaimComparison | ClaimConflict) -> str:
    """The stated figure with how it is stated."""
    return _TEXTS[compared.stated_as or "exact"].format(_describe(compared.stated_value))


def describe_conflicts(conflicts: Sequence[ClaimConflict]) -> Iterator[str]:
    """One sentence for each way in which other claims do not fit beside this one."""
    for relation in CONFLICT:
        figures: dict[str, list[str]] = {}
        for conflict in conflicts:
            if conflict.relation == relation:
                figures.setdefault(format_stated(conflict), []).append(conflict.claim_id)
        if figures:
            stated = "; ".join(f"{figure} ({', '.join(ids)})" for figure, ids in figures.items())
            yield f"Elsewhere {CONFLICT.label(relation)}: {stated}."


def _describe_outcome(verdict: str, compared: ClaimComparison) -> str:
    rows = compared.rows_used + compared.rows_missing
    if not rows:
        return "No row of the record lies wholly in its window."
    if compared.value is None:
        return (
            f"None of the {rows} rows has the number."
            if rows > 1
            else "The one row does not have the number."
        )
    given = _describe_given(compared)
    against = f"against {format_stated(compared)} as stated"
    if verdict == "agrees":
        return f"{given}, {against}."
    if verdict == "does_not_add_up":
        return f"It {VERDICT.label(verdict)}: {given[0].lower()}{given[1:]}, {against}."
    return f"{given}, {against}."


def _describe_given(compared: ClaimComparison) -> str:
    if compared.measure_id == "deployments_count":
        return (
            f"The record lists {_describe(compared.value)} "
            f"deployment{'' if compared.value == 1 else 's'}"
        )
    return f"{_format_rows(compared.rows_used)} {_format_value(compared)}"


def _format_rows(count: int) -> str:
    return "The one row gives" if count == 1 else f"The {count:,} rows give"


def _format_value(compared: ClaimComparison) -> str:
    if compared.denominator is None:
        return _describe(compared.value)
    text = (
        f"{_describe(compared.numerator)} of {_describe(compared.denominator)} = "
        f"{_describe(compared.value)}"
    )
    if compared.low is None or compared.high is None:
        return text
    return f"{text} (95% interval {_describe(compared.low)} to {_describe(compared.high)})"


def _describe_window(compared: ClaimComparison, declared: ClaimMeasure) -> Iterator[str]:
    if declared.window_code == "inferred":
        yield "The days are not the claim's own: they were inferred."
    if (
        declared.window_code != "searched"
        or compared.windows_found is None
        or compared.window_end is None
    ):
        return
    months, tried = declared.search_months, compared.windows_tried
    untried = _describe_untried(compared.windows_untried or 0)
    if not compared.windows_found:
        yield (
            f"Of {tried:,} windows of {months} months in the record none adds up to it; shown is "
            f"the nearest, ending on {format_day(compared.window_end, _UNKNOWN)}.{untried}"
        )
        return
    others = compared.windows_found - 1
    also = {0: "no other window does", 1: "1 other window also does"}.get(
        others, f"{others:,} other windows also do"
    )
    if others:
        sets = compared.window_row_sets or 0
        also += (
            ", with the same rows"
            if sets == 1
            else f", with {sets:,} different sets of rows in all"
        )
    yield (
        f"The rows of the {months} months ending on {format_day(compared.window_end, _UNKNOWN)} "
        f"add up to this; {also}, of {tried:,} tried.{untried} The source does not state the days."
    )
    if (compared.window_row_sets or 0) > FEW_ROW_SETS:
        yield "A figure that so many give is no evidence for any of them."


def _describe_untried(count: int) -> str:
    return (
        f" {count:,} more could not be tried, because rows in them do not have the number."
        if count
        else ""
    )


def _describe_outside(compared: ClaimComparison) -> Iterator[str]:
    if count := compared.rows_outside:
        rows = "1 row reaches" if count == 1 else f"{count:,} rows reach"
        is_added = "is" if count == 1 else "are"
        yield (
            f"{rows} out of its window and {is_added} not added up: how much is inside is not "
            "published."
        )


def _describe_missing(compared: ClaimComparison, declared: ClaimMeasure) -> Iterator[str]:
    if compared.value is None or compared.verdict != "not_enough_published":
        return
    who = ["what is not in the record"] if declared.reason_code in _PARTS else []
    if missing := compared.rows_missing:
        yield (
            f"{missing:,} of {missing + compared.rows_used:,} rows {_do(missing)} not have the "
            "number."
        )
        who = ["that row" if missing == 1 else "those rows", *who]
    if compared.rows_outside:
        who.append("what is inside of the rows that reach out")
    if (
        who
        and compared.denominator is None
        and compared.difference is not None
        and compared.difference < 0
    ):
        text = " and ".join([", ".join(who[:-1]), who[-1]] if who[1:] else who)
        yield f"{text[0].upper()}{text[1:]} would have to hold {_describe(-compared.difference)}."
    if (
        declared.reason_code in _PARTS
        and compared.denominator is None
        and compared.numerator
        and (compared.difference or 0) < 0
    ):
        yield f"The rows explain {_format_share(compared)} of the stated figure."


def _format_share(compared: ClaimComparison) -> str:
    """Cut off, so that a part is never the whole."""
    percent = int(100 * Decimal(compared.numerator or 0) / (compared.stated_value or Decimal(1)))
    at_most = "at most " if compared.stated_as in ("at_least", "more_than") else ""
    return f"{at_most}{percent}%" if percent else "less than 1%"


def _describe_parts(compared: ClaimComparison, names: Mapping[str, str]) -> Iterator[str]:
    known = [part for part in compared.parts if part.numerator is not None]
    if known and compared.denominator is None:
        ordered = sorted(known, key=lambda part: (-(part.numerator or 0), part.force_id))
        yield (
            "By force: "
            + ", ".join(
                f"{names.get(part.force_id, part.force_id)} {_describe(part.numerator)}"
                for part in ordered
            )
            + "."
        )


def _describe_alternative(compared: ClaimComparison, names: Mapping[str, str]) -> Iterator[str]:
    other = compared.alternative
    if other is None or other.difference is None:
        return
    stored, counts = (
        names.get(item, item) for item in (other.kept_publication_id, other.counts_publication_id)
    )
    value = (
        _describe(other.value)
        if other.denominator is None
        else (
            f"{_describe(other.numerator)} of {_describe(other.denominator)} = "
            f"{_describe(other.value)}"
        )
    )
    exactly = (
        ", exactly the stated figure" if other.difference == 0 and not other.rows_missing else ""
    )
    missing = other.rows_missing
    lacking = f"; {missing} of those rows {_do(missing)} not have the number" if missing else ""
    yield (
        f"From {format_day(other.first_date, _UNKNOWN)} to {format_day(other.last_date, _UNKNOWN)} "
        "two publications list the same deployments. With the one that is kept and not counted "
        f"({stored}) in place of the one that counts ({counts}) the rows give "
        f"{value}{exactly}{lacking}."
    )


def _do(count: int) -> str:
    return "does" if count == 1 else "do"


def _describe(number: float | Decimal | None) -> str:
    if number is None:
        return "no number"
    if number == int(number):
        return f"{int(number):,}"
    if abs(float(number)) >= 1000:
        return f"{float(number):,.1f}"
    return (
        f"{float(number):.4g}"
        if abs(float(number)) >= 0.0001
        else f"{float(number):.10f}".rstrip("0")
    )
