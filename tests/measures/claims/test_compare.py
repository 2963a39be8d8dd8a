"""Claims against sums of rows, in worlds whose arithmetic can be done in the head.

The plain claim is 10 arrests in March 2025 by one force; the plain rows are 4 with 10 arrests in
all. Every verdict stands beside the smallest change that turns it into another."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from etl.measures.catalogue import MEASURES
from etl.measures.claims.compare import RowFigures, compare_claim, to_measure, to_question
from etl.measures.claims.windows import WindowSearch
from etl.model.claim_measures import CLAIM_REASON, COMPARABLE, VERDICT, ClaimComparison
from etl.model.queries import Sums
from tests.measures.claims.sample_claims import CLAIM, READING, day, sums

SHARE: dict[str, Any] = {
    "measure_id": "false_share_of_alerts",
    "stated_as": "rounded",
    "rounded_to": Decimal("0.01"),
}


def compare(result: Sums, stated: str | None = None, **changes: Any) -> ClaimComparison:
    claim = CLAIM if stated is None else replace(CLAIM, value=Decimal(stated))
    return compare_claim(claim, replace(READING, **changes), RowFigures(result))


# Verdicts of totals


@pytest.mark.parametrize(
    ("result", "changes", "verdict"),
    [
        (sums(10), {}, "agrees"),
        (sums(9), {}, "does_not_add_up"),
        (sums(11), {}, "does_not_add_up"),
        # A number is missing: it may make up the rest, but never take away an excess.
        (sums(9, used=3), {}, "not_enough_published"),
        (sums(10, used=3), {}, "not_enough_published"),
        (sums(11, used=3), {}, "does_not_add_up"),
        # Rows are missing: the same.
        (sums(9), {"reason_code": "some_rows"}, "not_enough_published"),
        (sums(10), {"reason_code": "some_forces"}, "not_enough_published"),
        (sums(11), {"reason_code": "part_of_window"}, "does_not_add_up"),
        (sums(None, rows=0, used=0), {}, "not_enough_published"),
        (sums(None, used=0), {}, "not_enough_published"),
        # A lower bound agrees with more, and with a part that is already more.
        (sums(10), {"stated_as": "at_least"}, "agrees"),
        (sums(11), {"stated_as": "at_least"}, "agrees"),
        (sums(9), {"stated_as": "at_least"}, "does_not_add_up"),
        # “More than” is not met by the same figure, which a missing number may still exceed.
        (sums(11), {"stated_as": "more_than"}, "agrees"),
        (sums(10), {"stated_as": "more_than"}, "close"),
        (sums(10, used=3), {"stated_as": "more_than"}, "not_enough_published"),
        (sums(11, used=3), {"stated_as": "more_than"}, "agrees"),
        # “Nearly” is never above.
        (sums(10), {"stated_as": "nearly"}, "agrees"),
        (sums(1), {"stated_as": "nearly"}, "agrees"),
        (sums(11), {"stated_as": "nearly"}, "does_not_add_up"),
        (sums(11, used=3), {"stated_as": "nearly"}, "does_not_add_up"),
        (sums(0), {"stated_as": "nearly"}, "does_not_add_up"),
        (sums(9, used=3), {"stated_as": "at_least"}, "not_enough_published"),
        (sums(10, used=3), {"stated_as": "at_least"}, "agrees"),
        (sums(10), {"stated_as": "at_least", "reason_code": "some_rows"}, "agrees"),
        # A rounded figure agrees with less than one unit either way.
        (sums(14), {"stated_as": "rounded", "rounded_to": Decimal(5)}, "agrees"),
        (sums(6), {"stated_as": "rounded", "rounded_to": Decimal(5)}, "agrees"),
        # “About” is rounded to the nearest: about 10 is from 5 to 15, and not all below 20.
        (sums(15), {"stated_as": "about", "rounded_to": Decimal(10)}, "agrees"),
        (sums(5), {"stated_as": "about", "rounded_to": Decimal(10)}, "agrees"),
        (sums(16), {"stated_as": "about", "rounded_to": Decimal(10)}, "does_not_add_up"),
        (sums(4), {"stated_as": "about", "rounded_to": Decimal(10)}, "does_not_add_up"),
        (sums(15), {"stated_as": "rounded", "rounded_to": Decimal(5)}, "does_not_add_up"),
        (sums(5), {"stated_as": "rounded", "rounded_to": Decimal(5)}, "does_not_add_up"),
        (
            sums(14, used=3),
            {"stated_as": "rounded", "rounded_to": Decimal(5)},
            "not_enough_published",
        ),
        # A row that reaches out of the window may hold the rest, but never takes away an excess.
        (sums(9, rows=5, outside=1), {}, "not_enough_published"),
        (sums(10, rows=5, outside=1), {}, "not_enough_published"),
        (sums(11, rows=5, outside=1), {}, "does_not_add_up"),
        (sums(None, rows=1, used=0, outside=1), {}, "not_enough_published"),
        # Days that nobody stated: on other days it may be less or more.
        (sums(10), {"reason_code": "days_not_stated"}, "not_enough_published"),
        (sums(11), {"reason_code": "days_not_stated"}, "not_enough_published"),
        (
            sums(11),
            {"reason_code": "days_not_stated", "stated_as": "more_than"},
            "not_enough_published",
        ),
        # Declared not to be the same thing: set beside it, never judged.
        (sums(10), {"comparable": "no", "reason_code": "not_counted"}, "cannot_be_compared"),
        (sums(9), {"comparable": "no", "reason_code": "group"}, "cannot_be_compared"),
    ],
)
def test_the_verdict_of_a_total(result: Sums, changes: dict[str, Any], verdict: str) -> None:
    compared = compare(result, **changes)
    assert compared.verdict == verdict
    assert compared.verdict in VERDICT
    assert compared.reason


def test_the_difference_is_ours_less_the_claim() -> None:
    compared = compare(sums(7, used=3))
    assert (compared.value, compared.difference, compared.rows_used, compared.rows_missing) == (
        7,
        -3,
        3,
        1,
    )
    assert compared.note == "1 of 4 rows does not have the number. That row would have to hold 3."
    assert "would have" not in compare(sums(10, used=3)).note
    assert compare(sums(7), reason_code="some_rows").note == (
        "What is not in the record would have to hold 3. The rows explain 70% of the stated figure."
    )


def test_how_much_the_rows_explain_is_told_of_a_part_and_never_the_whole() -> None:
    explained = "The rows explain {} of the stated figure."
    for result, changes, share in (
        (sums(7), {}, "70%"),
        (sums(7), {"stated_as": "more_than"}, "at most 70%"),
        (sums(1999), {"stated_value": Decimal(2000)}, "99%"),
        (sums(1), {"stated_value": Decimal(2000)}, "less than 1%"),
    ):
        assert explained.format(share) in compare(result, reason_code="some_forces", **changes).note
    assert "explain" not in compare(sums(0), reason_code="some_forces").note
    assert "explain" not in compare(sums(7, used=3)).note


def test_a_row_that_reaches_out_of_the_window_is_told() -> None:
    compared = compare(sums(7, rows=5, outside=1))
    assert (compared.rows_used, compared.rows_missing, compared.rows_outside) == (4, 0, 1)
    assert compared.note == (
        "1 row reaches out of its window and is not added up: how much is inside is not published. "
        "What is inside of the rows that reach out would have to hold 3."
    )
    alone = compare(sums(None, rows=2, used=0, outside=2))
    assert alone.reason == "No row of the record lies wholly in its window."
    assert alone.note.startswith("2 rows reach out of its window and are not added up")


def test_what_is_set_beside_a_claim_about_something_else_is_told_after_what_it_is() -> None:
    compared = compare(
        sums(9), comparable="no", reason_code="not_counted", reason_text="Set beside it."
    )
    assert compared.reason == (
        "No row of the record counts this. Set beside it. The 4 rows give 9, against 10 as stated."
    )


def test_deployments_are_listed_and_not_given() -> None:
    listed = compare(sums(9), measure_id="deployments_count").reason
    assert listed == ("It differs: the record lists 9 deployments, against 10 as stated.")


def test_a_claim_about_something_else_says_why_and_has_no_value() -> None:
    compared = compare_claim(
        CLAIM, replace(READING, comparable="no", reason_code="survey", measure_id=None), None
    )
    assert (compared.verdict, compared.value, compared.difference) == (
        "cannot_be_compared",
        None,
        None,
    )
    assert compared.reason == "It is about what people answered in a survey."


def test_what_is_declared_is_added_to_the_reason() -> None:
    text = "Typed from the register."
    assert (
        compare(sums(10), reason_text=text).reason
        == f"The 4 rows give 10, against 10 as stated. {text}"
    )
    assert compare(sums(9)).reason == "It differs: the 4 rows give 9, against 10 as stated."


@pytest.mark.parametrize("code", list(CLAIM_REASON))
def test_a_reason_either_allows_a_comparison_or_gives_the_sentence_why_not(code: str) -> None:
    assert CLAIM_REASON.entry(code).meaning.endswith(".")
    verdict = compare(sums(10), comparable="yes", reason_code=code).verdict
    assert (verdict == "cannot_be_compared") == (code not in COMPARABLE)


def test_the_figure_compared_may_be_a_share_s_numerator_or_denominator_or_another_writing() -> None:
    claim = replace(CLAIM, value=Decimal("0.75"), numerator=9, denominator=12)
    for changes, stated in (
        ({"reading_code": "numerator"}, 9),
        ({"reading_code": "denominator"}, 12),
        ({"stated_value": Decimal("10.000")}, 10),
    ):
        compared = compare_claim(claim, replace(READING, **changes), RowFigures(sums(stated)))
        assert (compared.stated_value, compared.verdict) == (stated, "agrees")


# Verdicts of rates


@pytest.mark.parametrize(
    ("result", "stated", "changes", "verdict"),
    [
        (sums(5, 100), "0.05", {}, "agrees"),
        (sums(55, 1000), "0.05", {}, "agrees"),
        (sums(6, 100), "0.05", {}, "does_not_add_up"),
        (sums(4, 100), "0.05", {}, "does_not_add_up"),
        (sums(5, 100, used=3), "0.05", {}, "not_enough_published"),
        (sums(5, 100), "0.05", {"reason_code": "some_forces"}, "not_enough_published"),
        (sums(0, 0), "0.05", {}, "not_enough_published"),
        (sums(1, 3), "0.3333333333", {"stated_as": "exact", "rounded_to": None}, "close"),
        (sums(6, 100), "0.05", {"stated_as": "at_least", "rounded_to": None}, "agrees"),
        (sums(4, 100), "0.05", {"stated_as": "at_least", "rounded_to": None}, "does_not_add_up"),
        # More than a part may not be concluded from a rate: the missing rows may lower it again.
        (
            sums(6, 100, used=3),
            "0.05",
            {"stated_as": "at_least", "rounded_to": None},
            "not_enough_published",
        ),
    ],
)
def test_the_verdict_of_a_rate(
    result: Sums, stated: str, changes: dict[str, Any], verdict: str
) -> None:
    assert compare(result, stated, **(SHARE | changes)).verdict == verdict


def test_a_rate_has_its_exact_interval_and_both_numbers() -> None:
    compared = compare(sums(10, 2077), "0.0048", **SHARE)
    assert (compared.numerator, compared.denominator) == (10, 2077)
    assert (compared.low, compared.high) == pytest.approx((0.00231, 0.00884), abs=1e-5)


def test_the_two_denominators_give_two_rates_a_thousand_times_apart() -> None:
    per_face = {
        "measure_id": "false_alerts_per_face_seen",
        "stated_as": "rounded",
        "rounded_to": Decimal("0.000001"),
    }
    assert compare(sums(10, 3147436), "0.000003", **per_face).verdict == "agrees"
    assert compare(sums(10, 2077), "0.000003", **per_face).verdict == "does_not_add_up"
    assert (
        compare(sums(10, 2077), "0.0048", **(SHARE | {"rounded_to": Decimal("0.0001")})).verdict
        == "agrees"
    )


def test_a_rate_of_two_stated_numbers_needs_no_digits_that_a_division_cut_off() -> None:
    claim = replace(CLAIM, value=Decimal("0.3333333333"), numerator=2, denominator=6)
    reading = replace(READING, measure_id="false_share_of_alerts")
    assert compare_claim(claim, reading, RowFigures(sums(1, 3))).verdict == "agrees"
    assert compare_claim(claim, reading, RowFigures(sums(1, 4))).verdict == "does_not_add_up"


def test_a_part_of_a_rate_exceeds_the_whole_by_its_numbers() -> None:
    claim = replace(CLAIM, value=Decimal("0.1"), numerator=2, denominator=20)
    reading = replace(READING, measure_id="false_share_of_alerts", reason_code="some_forces")
    for result, verdict in (
        (sums(2, 20), "not_enough_published"),
        (sums(3, 20), "does_not_add_up"),
        (sums(2, 21), "does_not_add_up"),
    ):
        assert compare_claim(claim, reading, RowFigures(result)).verdict == verdict


# What is asked of the record


def test_the_question_is_the_claim_s_own_force_and_days_unless_declared_otherwise() -> None:
    question = to_question(CLAIM, READING)
    assert question is not None
    assert (question.where, question.period) == (
        {"force_id": ("northshire",)},
        (day("2025-03-01"), day("2025-03-31")),
    )
    other = to_question(
        CLAIM, replace(READING, force_ids="a b", place_id="square", last_date=day("2025-03-02"))
    )
    assert other is not None
    assert other.where == {"force_id": ("a", "b"), "place_id": ("square",)}
    assert other.period == (day("2025-03-01"), day("2025-03-02"))


def test_a_claim_about_no_one_force_is_asked_of_all_and_a_named_row_of_any_day() -> None:
    everywhere = to_question(replace(CLAIM, force_id=None), READING)
    assert everywhere is not None
    assert everywhere.where == {}
    named = to_question(CLAIM, replace(READING, deployment_id="grid_0001"))
    assert named is not None
    assert (named.where["deployment_id"], named.period) == (("grid_0001",), (None, None))


# Searched windows


def test_a_searched_window_is_never_told_as_the_claim_s_own() -> None:
    reading = replace(READING, window_code="searched", search_months=12)
    shown = (day("2024-07-01"), day("2025-06-30"))
    search = WindowSearch(12, 367, (*[shown] * 181, shown), shown, 1)
    compared = compare_claim(CLAIM, reading, RowFigures(sums(10), search=search))
    assert (compared.window_start, compared.window_end) == shown
    assert "181 other windows also do, with the same rows, of 367 tried" in compared.note
    assert "The source does not state the days." in compared.note
    many = compare_claim(CLAIM, reading, RowFigures(sums(10), search=replace(search, row_sets=40)))
    assert "no evidence" in many.note
    assert (compared.verdict, many.verdict) == ("agrees", "not_enough_published")
    gaps = compare_claim(CLAIM, reading, RowFigures(sums(10), search=replace(search, untried=9)))
    assert "9 more could not be tried, because rows in them do not have the number." in gaps.note
    none = WindowSearch(12, 367, (), shown)
    missed = compare_claim(CLAIM, reading, RowFigures(sums(9), search=none))
    assert (missed.verdict, missed.windows_found) == ("does_not_add_up", 0)
    assert "Of 367 windows of 12 months in the record none adds up to it" in missed.note


def test_a_measure_may_be_declared_by_its_fields() -> None:
    declared = replace(READING, measure_id=None, numerator_code="arrests")
    count = to_measure(declared)
    assert count is not None
    assert (count.kind, count.numerator, count.denominator) == ("count", "arrests", None)
    share = to_measure(replace(declared, denominator_code="alerts"))
    assert share is not None
    assert (share.kind, share.numerator, share.denominator) == ("proportion", "arrests", "alerts")
    assert to_measure(replace(declared, numerator_code=None)) is None
    assert to_measure(READING) is MEASURES["arrests_count"]


@pytest.mark.parametrize(
    ("ours", "stated", "verdict"),
    [
        # Within 1%; within 3 where that is at most 5%; beyond both.
        (582, "580", "close"),
        (1010, "1000", "close"),
        (1011, "1000", "does_not_add_up"),
        (63, "60", "close"),
        (64, "60", "does_not_add_up"),
        (21, "22", "close"),
        (11, "10", "does_not_add_up"),
        (22, "11", "does_not_add_up"),
        (1, "0", "does_not_add_up"),
    ],
)
def test_what_is_close(ours: int, stated: str, verdict: str) -> None:
    assert compare(sums(ours), stated).verdict == verdict


def test_a_part_that_is_close_decides_nothing() -> None:
    """Rows that lack the number may bring the sum to the stated figure or past it."""
    assert compare(sums(579, used=3), "580").verdict == "not_enough_published"
    assert compare(sums(582, used=3), "580").verdict == "close"
