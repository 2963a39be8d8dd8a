"""Claims against the real record: the comparisons that people know, one by one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from etl.model.claim_measures import CLAIM_REASON, CLAIM_WINDOW, VERDICT, ClaimComparison
from etl.queries.record import Record

pytestmark = pytest.mark.slow


@cache
def compared_in(warehouse: Path) -> tuple[ClaimComparison, ...]:
    return Record(warehouse).claims.compare_all()


@pytest.fixture
def claims(warehouse: Path) -> dict[int, ClaimComparison]:
    """Every comparison by the number of its claim."""
    return {
        int(claim_comparison.claim_id[-4:]): claim_comparison
        for claim_comparison in compared_in(warehouse)
        if claim_comparison.claim_id.count("_") == 1
    }


@pytest.fixture
def later_claims(warehouse: Path) -> dict[int, ClaimComparison]:
    """The comparisons of the claims collected in November 2026, by number."""
    return {
        int(claim_comparison.claim_id[-4:]): claim_comparison
        for claim_comparison in compared_in(warehouse)
        if claim_comparison.claim_id.startswith("claims_2026_11_")
    }


def test_every_claim_has_a_verdict_and_a_reason(claims: dict[int, ClaimComparison]) -> None:
    assert sorted(claims) == list(range(1, 247))
    for claim in claims.values():
        assert claim.verdict in VERDICT
        assert claim.reason_code in CLAIM_REASON
        assert claim.reason.endswith((".", "”")), claim
        assert claim.window_found_by is None or claim.window_found_by in CLAIM_WINDOW


def test_every_verdict_and_every_reason_is_used(claims: dict[int, ClaimComparison]) -> None:
    assert set(Counter(claim.verdict for claim in claims.values())) == set(VERDICT)
    assert {claim.reason_code for claim in claims.values()} == set(CLAIM_REASON)


def test_no_claim_is_called_wrong(claims: dict[int, ClaimComparison]) -> None:
    for claim in claims.values():
        replace = f"{claim.reason} {claim.note}".lower().replace("those wrongly flagged", "")
        assert not any(
            word in replace for word in ("wrong", "false claim", "untrue", "mistake", "lie ")
        ), replace


def test_one_claim_is_asked_for_by_its_id(
    warehouse: Path, claims: dict[int, ClaimComparison]
) -> None:
    record = Record(warehouse)
    assert record.claims.compare("claims_0160") == claims[160]
    assert record.claims.compare("claims_9999") is None


# The Met's year to September 2025


@pytest.mark.parametrize(
    ("number", "verdict", "ours", "difference", "alternative"),
    [
        (158, "does_not_add_up", 207, 4, None),
        (159, "agrees", 3_147_436, 0, None),
        (160, "close", 2_073, -4, 2_077),
        (161, "agrees", 10, 0, 10),
        (162, "close", 957, -5, 960),
    ],
)
def test_the_met_s_year(
    claims: dict[int, ClaimComparison],
    number: int,
    verdict: str,
    ours: int,
    difference: int,
    alternative: int | None,
) -> None:
    claim = claims[number]
    assert (claim.verdict, claim.value, claim.difference, claim.rows_used) == (
        verdict,
        ours,
        difference,
        207,
    )
    assert (claim.window_start, claim.window_end) == (dt.date(2024, 9, 12), dt.date(2025, 9, 11))
    assert claim.window_found_by != "stated"
    assert (claim.alternative.value if claim.alternative else None) == alternative


def test_the_alternative_s_2077_alerts_are_told_as_the_kept_copy_s(
    claims: dict[int, ClaimComparison],
) -> None:
    assert "the rows give 2,077, exactly the stated figure." in claims[160].note
    assert "kept and not counted" in claims[160].note
    # In one row of the copy the number of false alerts is not known:
    # ten is not told as exactly the stated figure.
    assert "the rows give 10; 1 of those rows does not have the number." in claims[161].note


def test_the_met_s_window_was_found_by_its_faces(claims: dict[int, ClaimComparison]) -> None:
    claim = claims[159]
    assert (claim.window_found_by, claim.windows_found, claim.window_row_sets) == ("searched", 2, 1)
    assert claim.windows_tried is not None
    assert claim.windows_tried > 1_000


def test_the_same_false_alerts_are_two_rates(claims: dict[int, ClaimComparison]) -> None:
    of_faces, of_alerts = claims[163], claims[164]
    assert (of_faces.numerator, of_faces.denominator, of_faces.verdict) == (10, 3_147_436, "agrees")
    assert (of_alerts.numerator, of_alerts.denominator, of_alerts.verdict) == (10, 2_073, "agrees")
    assert (of_alerts.low, of_alerts.high) == pytest.approx((0.00232, 0.00885), abs=1e-5)
    assert (of_faces.low, of_faces.high) == pytest.approx((1.5236e-6, 5.8430e-6), rel=1e-4)


# 580 arrests


def test_no_twelve_months_of_the_record_add_up_to_580_arrests(
    claims: dict[int, ClaimComparison],
) -> None:
    claim = claims[242]
    assert (claim.verdict, claim.window_found_by, claim.windows_found) == (
        "close",
        "searched",
        0,
    )
    assert (claim.value, claim.difference) == (582, 2)
    assert "none adds up to it; shown is the nearest" in claim.note
    assert claims[243].verdict == "cannot_be_compared"


def test_arrests_of_2024(claims: dict[int, ClaimComparison]) -> None:
    claim = claims[175]
    assert (claim.verdict, claim.value, claim.difference, claim.rows_used) == (
        "close",
        575,
        -5,
        180,
    )
    assert claim.window_found_by == "inferred"


# England and Wales


@pytest.mark.parametrize("number", [197, 244])
def test_the_rows_explain_a_fifth_of_4_7_million_faces(
    claims: dict[int, ClaimComparison], number: int
) -> None:
    claim = claims[number]
    assert (claim.verdict, claim.reason_code) == ("not_enough_published", "some_forces")
    parts = {part.force_id: part.numerator for part in claim.parts}
    assert parts["metropolitan"] == 902_748
    assert claim.value == sum(part or 0 for part in parts.values())
    assert claim.rows_missing > 0
    assert "Metropolitan Police 902,748" in claim.note
    assert "The rows explain 19% of the stated figure." in claim.note


def test_leapwise_s_arrests_of_the_met_depend_on_a_day_that_is_not_stated(
    claims: dict[int, ClaimComparison],
) -> None:
    claim = claims[202]
    # Its last day is not stated, so that more arrests to the end of September decide nothing.
    assert (claim.verdict, claim.value, claim.difference) == ("not_enough_published", 1_431, 88)
    assert claim.reason_code == "days_not_stated"


# South Wales, the final of 2017


def test_the_final_s_first_figures_add_up_and_the_later_ones_do_not(
    claims: dict[int, ClaimComparison],
) -> None:
    assert [claims[number].verdict for number in (7, 8, 9, 47, 50)] == ["agrees"] * 5
    assert [claims[number].value for number in (47, 50, 9)] == [2_470, 173, 2_297]
    for number, difference in ((48, -162), (49, -257), (215, -257), (218, -162)):
        assert (claims[number].verdict, claims[number].difference) == (
            "does_not_add_up",
            difference,
        )
        assert "does not add up with itself" in claims[number].reason


def test_the_two_statements_about_the_final_name_each_other(
    claims: dict[int, ClaimComparison],
) -> None:
    named = {
        number: [
            (conflict.relation, int(conflict.claim_id[-4:]), conflict.stated_value)
            for conflict in claims[number].conflicts
        ]
        for number in (7, 9, 47, 48, 50)
    }
    assert named[7] == named[47] == [("same_rows", 48, 2_632), ("same_rows", 218, 2_632)]
    assert named[48] == [("same_rows", 7, 2_470), ("same_rows", 47, 2_470)]
    assert named[9] == [("same_rows", 49, 2_554), ("same_rows", 215, 2_554)]
    assert named[50] == []
    assert "2,632 (claims_0048, claims_0218)" in claims[47].note


def test_events_without_a_day_that_may_lie_in_2018_are_told(
    claims: dict[int, ClaimComparison],
) -> None:
    claim = claims[54]
    assert (claim.verdict, claim.rows_used, claim.rows_outside) == ("not_enough_published", 0, 15)
    assert "15 rows reach out of its window" in claim.note


def test_south_wales_share_of_false_alerts_in_2017_and_2018(
    claims: dict[int, ClaimComparison],
) -> None:
    claim = claims[77]
    assert (claim.verdict, claim.numerator, claim.denominator) == ("agrees", 2_451, 2_685)


# Other forces


def test_immigration_enforcement_agrees(claims: dict[int, ClaimComparison]) -> None:
    assert [claims[number].verdict for number in (2, 3, 4, 5, 6, 32)] == ["agrees"] * 6
    assert (claims[32].value, claims[32].rows_used) == (7_512, 8)


@pytest.mark.parametrize(("number", "ours"), [(37, 494_335), (38, 689_555)])
def test_three_rows_of_british_transport_police_have_no_faces(
    claims: dict[int, ClaimComparison], number: int, ours: int
) -> None:
    claim = claims[number]
    assert (claim.verdict, claim.value, claim.rows_missing) == ("not_enough_published", ours, 3)
    assert "Those rows would have to hold 43,362." in claim.note
    assert claims[39].value is None
    assert [claims[number].verdict for number in (34, 35, 36, 40, 41)] == ["agrees"] * 5


def test_eleven_arrests_in_essex_are_fewer_than_the_part_that_is_held(
    claims: dict[int, ClaimComparison],
) -> None:
    claim = claims[111]
    assert (claim.verdict, claim.reason_code, claim.value, claim.difference) == (
        "does_not_add_up",
        "some_rows",
        25,
        14,
    )


def test_essex_states_more_for_a_part_than_for_the_whole(
    claims: dict[int, ClaimComparison],
) -> None:
    named = [(conflict.relation, int(conflict.claim_id[-4:])) for conflict in claims[111].conflicts]
    assert named == [("more_for_a_part", 98), ("more_for_a_part", 101), ("more_for_a_part", 103)]
    assert [conflict.relation for conflict in claims[103].conflicts] == ["less_for_the_whole"]


def test_no_other_claims_conflict(claims: dict[int, ClaimComparison]) -> None:
    conflicting = {number for number, claim in claims.items() if claim.conflicts}
    assert conflicting == {7, 9, 47, 48, 49, 98, 101, 103, 111, 215, 218}


def test_one_arrest_in_a_year_that_an_undated_text_calls_last_decides_nothing(
    claims: dict[int, ClaimComparison],
) -> None:
    """The rows of 2024 give more, but that it is 2024 is the collector's guess."""
    assert (claims[88].verdict, claims[88].value) == ("not_enough_published", 7)
    assert "seven arrests at four concerts" in claims[88].reason


# Bounds, and what stands beside a share


def test_lower_bounds_agree_with_more(claims: dict[int, ClaimComparison]) -> None:
    assert {
        number: (claims[number].verdict, claims[number].value) for number in (172, 180, 182)
    } == {172: ("agrees", 1_431), 180: ("agrees", 754), 182: ("agrees", 1_389)}


def test_what_a_share_is_of_stands_beside_it_and_decides_nothing(
    claims: dict[int, ClaimComparison],
) -> None:
    for number, stated, ours in (
        (177, 540, 547),
        (178, 1_035, 1_053),
        (179, 1_035, 1_053),
        (185, 249, 270),
    ):
        claim = claims[number]
        assert (claim.verdict, claim.stated_value, claim.value) == (
            "cannot_be_compared",
            stated,
            ours,
        )


# Facts about rows that are written in the declared reasons


def test_what_the_declared_reasons_say_of_rows_is_so(
    warehouse: Path, claims: dict[int, ClaimComparison]
) -> None:
    record = Record(warehouse)

    def arrests(
        last: dt.date, first: dt.date | None = None, place: str | None = None
    ) -> float | None:
        where = {"force_id": ["metropolitan"], **({"place_id": [place]} if place else {})}
        return record.estimate("arrests_count", where=where, period=(first, last)).only().value

    # claims_0184: to the day of the report the rows of the place give exactly 103,
    # from 14 deployments.
    assert arrests(dt.date(2026, 1, 19), dt.date(2025, 10, 1), "north_end_croydon") == 103
    assert (claims[184].verdict, claims[184].value, claims[184].rows_used) == ("agrees", 103, 14)
    # claims_0186: as many rows as the survey states operations.
    assert (claims[186].value, claims[186].rows_used) == (173, 24)
    # claims_0202: to 3 September 2025, and with the arrests or disposals of 2020 to 2022.
    assert arrests(dt.date(2025, 9, 3), dt.date(2023, 1, 1)) == 1_332
    # The later copy has 1,334, and with the nine arrests or disposals 1,343.
    assert claims[85].value == 1_343 - 1_334
    # claims_0140: two deployments have as many arrests as the force states for all seven.
    assert (claims[140].verdict, claims[140].difference) == ("not_enough_published", 0)
    # claims_0169: nearly every false alert is printed as confirmed.
    assert (claims[169].value, claims[169].rows_missing) == (0, 3)


# The rows behind a claim


def test_the_rows_behind_every_claim_are_those_that_were_added_up(
    warehouse: Path, claims: dict[int, ClaimComparison]
) -> None:
    record = Record(warehouse)
    for claim in claims.values():
        rows = record.claims.list_rows(claim.claim_id)
        states = Counter(row.state_code for row in rows)
        assert (states["used"], states["missing"], states["outside"]) == (
            claim.rows_used,
            claim.rows_missing,
            claim.rows_outside,
        )
        used = [row for row in rows if row.state_code == "used"]
        if used:
            assert sum(row.numerator or 0 for row in used) == claim.numerator
        if used and claim.denominator is not None:
            assert sum(row.denominator or 0 for row in used) == pytest.approx(claim.denominator)


def test_a_claim_that_is_not_there_has_no_rows(warehouse: Path) -> None:
    assert Record(warehouse).claims.list_rows("claims_9999") == ()


# Claims collected in November 2026: stated, given by the rows, rows added up


@pytest.mark.parametrize(
    ("number", "verdict", "stated", "ours", "rows"),
    [
        (1, "agrees", 203, 203, 203),
        (2, "agrees", 4, 4, 4),
        (4, "close", 2_077, 2_073, 207),
        (5, "close", 962, 957, 207),
        (6, "agrees", 10, 10, 207),
        (9, "agrees", 24, 24, 24),
        (10, "agrees", 173, 173, 24),
        (11, "agrees", 470_000, 472_352, 24),
        (12, "agrees", 1, 1, 24),
        (20, "agrees", 34, 34, 34),
        (23, "does_not_add_up", 15_600, 34_286, 1),
        (29, "does_not_add_up", 42, 29, 12),
        (30, "agrees", 17, 17, 4),
        (31, "agrees", 6, 6, 2),
        (38, "not_enough_published", 8, 8, 3),
    ],
)
def test_later_claims(
    later_claims: dict[int, ClaimComparison],
    number: int,
    verdict: str,
    stated: int,
    ours: int,
    rows: int,
) -> None:
    claim = later_claims[number]
    found = (claim.verdict, claim.stated_value, claim.value, claim.rows_used)
    assert found == (verdict, stated, ours, rows)


def test_the_met_s_alerts_follow_from_the_copy_of_its_later_record(
    later_claims: dict[int, ClaimComparison],
) -> None:
    alternatives = {
        number: later_claims[number].alternative.value
        for number in (4, 5, 6)
        if later_claims[number].alternative
    }
    assert alternatives == {4: 2_077, 5: 960, 6: 10}
