"""What is said of a comparison in words: why its verdict, and what a reader must know beside it.

In: a comparison and the declaration behind it. Out: sentences.
Does not decide anything, and calls no claim wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce

from etl.model.claim_measures import (
    CLAIM_REASON,
    CONFLICT,
    WHOLE,
    Alternative,
    ClaimComparison,
    ClaimConflict,
    ClaimMeasure,
)
from etl.model.messages import EMPTY, Text, Value, join, message

_STATED = {
    "at_least": "stated_at_least",
    "more_than": "stated_more_than",
    "nearly": "stated_nearly",
    "rounded": "stated_rounded",
    "about": "stated_about",
}
_OUTCOMES = {"does_not_add_up": "differs_from_stated", "close": "close_to_stated"}
_PARTS = ("some_rows", "some_forces", "part_of_window")
# More sets of rows than this, and the figure says nothing about the window.
FEW_ROW_SETS = 3


def describe_reason(verdict: str, declared: ClaimMeasure, compared: ClaimComparison | None) -> Text:
    """Why the verdict is what it is, and what was declared of the claim."""
    meaning = CLAIM_REASON.entry(declared.reason_code).meaning
    reason = declared.reason_text or ""
    outcome = EMPTY if compared is None else _describe_outcome(verdict, compared)
    if verdict == "cannot_be_compared":
        return join(meaning, reason, outcome)
    if verdict == "not_enough_published" and declared.reason_code not in WHOLE:
        return join(meaning, outcome, reason)
    is_same = declared.reason_code == "same_statement" and verdict == "agrees"
    return join(outcome, meaning if is_same else "", reason)


def describe_note(
    compared: ClaimComparison, declared: ClaimMeasure, names: Mapping[str, str]
) -> Text:
    """The window, the rows that lack the number, the forces' parts and the publication that does
    not count, as far as they apply."""
    return join(
        *_describe_window(compared, declared),
        *_describe_outside(compared),
        *_describe_missing(compared, declared),
        *_describe_parts(compared, names),
        *_describe_alternative(compared, names),
    )


def format_stated(compared: ClaimComparison | ClaimConflict) -> str:
    """The stated figure with how it is stated."""
    number, code = _describe(compared.stated_value), _STATED.get(compared.stated_as or "exact")
    return message(code, number=number) if code else number


def describe_conflicts(conflicts: Sequence[ClaimConflict]) -> Iterator[Text]:
    """One sentence for each way in which other claims contradict this one."""
    for relation in CONFLICT:
        figures: dict[str, list[str]] = {}
        for conflict in conflicts:
            if conflict.relation == relation:
                figures.setdefault(format_stated(conflict), []).append(conflict.claim_id)
        if figures:
            stated = [
                message("figure_of_claims", figure=figure, claims=", ".join(claims))
                for figure, claims in figures.items()
            ]
            listed = reduce(_join_two, stated)
            yield message("elsewhere", relation=CONFLICT.label(relation), figures=listed)


def _join_two(first: Text, second: Text) -> Text:
    return message("both", first=first, second=second)


def _describe_outcome(verdict: str, compared: ClaimComparison) -> Text:
    rows = compared.rows_used + compared.rows_missing
    if not rows:
        return message("no_row_in_window")
    if compared.value is None:
        is_single = rows == 1
        return (
            message("one_row_lacks_number")
            if is_single
            else message("no_row_has_number", rows=rows)
        )
    given, stated = _describe_given(compared), format_stated(compared)
    if verdict in _OUTCOMES:
        return message(_OUTCOMES[verdict], given=given, stated=stated)
    return message("against_stated", given=given, stated=stated)


def _describe_given(compared: ClaimComparison) -> Text:
    if compared.measure_id == "deployments_count":
        count = 1 if compared.value == 1 else 2
        return message("record_lists", count=count, number=_describe(compared.value))
    value = _format_value(compared)
    if compared.rows_used == 1:
        return message("one_row_gives", value=value)
    return message("rows_give", rows=compared.rows_used, value=value)


def _format_value(compared: ClaimComparison) -> str:
    value = _format_ratio(compared)
    if compared.denominator is None or compared.low is None or compared.high is None:
        return value
    low, high = _describe(compared.low), _describe(compared.high)
    return message("with_interval", value=value, low=low, high=high)


def _format_ratio(given: ClaimComparison | Alternative) -> str:
    value = _describe(given.value)
    if given.denominator is None:
        return value
    part, whole = _describe(given.numerator), _describe(given.denominator)
    return message("part_of_whole", part=part, whole=whole, value=value)


def _describe_window(compared: ClaimComparison, declared: ClaimMeasure) -> Iterator[Text]:
    if declared.window_code == "inferred":
        yield message("days_inferred")
    found, end = compared.windows_found, compared.window_end
    if declared.window_code != "searched" or found is None or end is None:
        return
    values: dict[str, Value] = {
        "tried": compared.windows_tried or 0,
        "months": declared.search_months or 0,
        "day": end,
    }
    if found:
        yield message("window_adds_up", others=_describe_others(compared, found - 1), **values)
    else:
        yield message("no_window_adds_up", **values)
    if untried := compared.windows_untried:
        yield message("windows_untried", number=untried)
    if found:
        yield message("days_not_stated")
        if (compared.window_row_sets or 0) > FEW_ROW_SETS:
            yield message("no_evidence")


def _describe_others(compared: ClaimComparison, others: int) -> Text:
    """How many other windows add up to the figure as well."""
    if not others:
        return message("no_other_window")
    windows, sets = message("other_windows", count=others), compared.window_row_sets or 0
    if sets == 1:
        return message("with_same_rows", windows=windows)
    return message("with_sets_of_rows", windows=windows, sets=sets)


def _describe_outside(compared: ClaimComparison) -> Iterator[Text]:
    if count := compared.rows_outside:
        yield message("rows_reach_out", count=count)


def _describe_missing(compared: ClaimComparison, declared: ClaimMeasure) -> Iterator[Text]:
    if compared.value is None or compared.verdict != "not_enough_published":
        return
    is_part = declared.reason_code in _PARTS
    who = [message("not_in_record")] if is_part else []
    if missing := compared.rows_missing:
        yield message("rows_of_claim_lack", count=missing, rows=missing + compared.rows_used)
        who.insert(0, message("that_row") if missing == 1 else message("those_rows"))
    if compared.rows_outside:
        who.append(message("inside_of_rows"))
    if compared.denominator is not None or (compared.difference or 0) >= 0:
        return
    if who:
        listed = message("list_and", firsts=who[:-1], last=who[-1]) if who[1:] else who[0]
        number = _describe(-(compared.difference or 0))
        yield message("would_have_to_hold", who=listed, number=number)
    if is_part and compared.numerator:
        yield message("rows_explain", share=_format_share(compared))


def _format_share(compared: ClaimComparison) -> str:
    """Cut off, so that a part is never the whole."""
    percent = int(100 * Decimal(compared.numerator or 0) / (compared.stated_value or Decimal(1)))
    if not percent:
        return message("below_one_percent")
    if compared.stated_as in ("at_least", "more_than"):
        return message("at_most_percent", percent=percent)
    return f"{percent}%"


def _describe_parts(compared: ClaimComparison, names: Mapping[str, str]) -> Iterator[Text]:
    known = [part for part in compared.parts if part.numerator is not None]
    if known and compared.denominator is None:
        ordered = sorted(known, key=lambda part: (-(part.numerator or 0), part.force_id))
        forces = [
            message(
                "force_and_number",
                force=names.get(part.force_id, part.force_id),
                number=_describe(part.numerator),
            )
            for part in ordered
        ]
        yield message("by_force", forces=forces)


def _describe_alternative(compared: ClaimComparison, names: Mapping[str, str]) -> Iterator[Text]:
    other = compared.alternative
    if other is None or other.difference is None:
        return
    uncounted, counted = other.kept_publication_id, other.counts_publication_id
    value = _format_ratio(other)
    if other.difference == 0 and not other.rows_missing:
        value = message("exactly_stated", value=value)
    if other.rows_missing:
        value = message("value_lacking_rows", value=value, count=other.rows_missing)
    yield message(
        "two_publications",
        start=other.first_date or message("unknown_day"),
        end=other.last_date or message("unknown_day"),
        kept=names.get(uncounted, uncounted),
        counted=names.get(counted, counted),
        value=value,
    )


def _describe(number: float | Decimal | None) -> str:
    if number is None:
        return message("no_number")
    if number == int(number):
        return f"{int(number):,}"
    if abs(float(number)) >= 1000:
        return f"{float(number):,.1f}"
    return (
        f"{float(number):.4g}"
        if abs(float(number)) >= 0.0001
        else f"{float(number):.10f}".rstrip("0")
    )
