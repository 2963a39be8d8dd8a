"""Subtracting one return from another: in tiny worlds every table of people is written down,
and nothing more is told than the rule lets."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator, Sequence

import pytest

from etl.disclosure.overlaps import Days, ShownTable, find_disclosures

SEX, IC = "officer_perceived_sex", "officer_perceived_ic"
JANUARY = (dt.date(2026, 1, 1), dt.date(2026, 1, 31))
LONGER = (dt.date(2026, 1, 1), dt.date(2026, 2, 2))
FEBRUARY = (dt.date(2026, 2, 1), dt.date(2026, 2, 28))


def shown(
    days: Days,
    counts: dict[str, int | None],
    total: int | None,
    source: str = "x_return_1",
    *,
    stage: str = "alerts",
    listed: str = SEX,
    replaced: bool = False,
) -> ShownTable:
    return ShownTable(source, days, stage, listed, counts, total, replaced)


def get_count(*tables: ShownTable, daily: dict[dt.date, int] | None = None) -> set[tuple[str, str]]:
    """Return and group of each small count that is given away. `daily` is what deployments say;
    without it, nothing."""

    def events(stage: str, days: Days) -> int | None:
        return (
            None
            if daily is None
            else sum(n for day, n in daily.items() if days[0] <= day <= days[1])
        )

    return {
        (disclosure.table.source_id, str(disclosure.group_code))
        for disclosure in find_disclosures(tables, events)
    }


def people(women: int | None, men: int | None, unknown: int | None) -> dict[str, int | None]:
    return {"female": women, "male": men, "not_stated": unknown}


def test_returns_of_other_days_tell_nothing_together() -> None:
    second = shown(FEBRUARY, people(11, 20, 0), 31, "x_return_2")
    assert get_count(shown(JANUARY, people(9, 20, 0), 29), second) == set()


def test_two_days_more_and_two_women_more_single_them_out() -> None:
    second = shown(LONGER, people(11, 20, 0), 31, "x_return_2")
    assert get_count(shown(JANUARY, people(9, 20, 0), 29), second) == {("x_return_2", "female")}


def test_a_rest_of_nobody_or_of_many_is_no_small_count() -> None:
    second = shown(LONGER, people(15, 20, 0), 35, "x_return_2")
    assert get_count(shown(JANUARY, people(9, 20, 0), 29), second) == set()


def test_a_rest_of_seven_is_small_for_people_under_18_only() -> None:
    first = shown(JANUARY, {"aged_10_to_17": 20, "aged_25_to_34": 30}, 50, listed="age_band_8")
    second = shown(
        LONGER, {"aged_10_to_17": 27, "aged_25_to_34": 37}, 64, "x_return_2", listed="age_band_8"
    )
    assert get_count(first, second) == {("x_return_2", "aged_10_to_17")}


def test_a_publication_that_was_there_before_is_subtracted_too() -> None:
    printed = shown(JANUARY, {"female": 9}, 29, "claims_0001")
    assert get_count(printed, shown(LONGER, people(11, 20, 0), 31)) == {("x_return_1", "female")}


def test_what_a_return_hides_its_replacement_may_not_uncover() -> None:
    before = shown(JANUARY, people(None, 20, None), 29, replaced=True)
    assert get_count(before, shown(JANUARY, people(None, 20, None), 29, "x_return_2")) == set()
    assert get_count(before, shown(JANUARY, people(None, None, 6), 29, "x_return_2")) == {
        ("x_return_2", "female")
    }
    assert get_count(shown(JANUARY, people(None, None, 6), 29, "x_return_2")) == set()


@pytest.mark.parametrize(
    ("women", "men", "disclosures"),
    [
        (11, 20, {"female"}),
        (15, 20, set()),
        (9, 26, set()),
        (7, 20, {"female"}),
        (11, 19, {"female", "male"}),
        (15, 14, set()),
    ],
)
def test_a_replacement_of_the_same_days_with_a_few_more_or_fewer_tells_who_they_were(
    women: int, men: int, disclosures: set[str]
) -> None:
    before = shown(JANUARY, people(9, 20, 0), 29, replaced=True)
    after = shown(JANUARY, people(women, men, 0), women + men, "x_return_2")
    assert {group for _, group in get_count(before, after)} == disclosures


def test_of_two_public_returns_of_the_same_days_the_newer_has_to_change() -> None:
    older = shown(JANUARY, people(9, 20, 0), 29)
    daily = {dt.date(2026, 1, 9): 31}
    assert get_count(older, shown(JANUARY, people(11, 20, 0), 31, "x_return_2"), daily=daily) == {
        ("x_return_2", "female")
    }
    # In doubt the newer breakdown has to be hidden whole.
    assert get_count(
        older, shown(JANUARY, people(None, 20, None), 31, "x_return_2"), daily=daily
    ) == {("x_return_2", "female")}
    assert (
        get_count(older, shown(JANUARY, people(None, None, None), 31, "x_return_2"), daily=daily)
        == set()
    )


def test_true_alerts_and_all_alerts_give_the_false_ones() -> None:
    tables = [
        shown(JANUARY, people(20, 30, 0), 50),
        shown(JANUARY, people(18, 20, 0), 38, stage="true_alerts"),
    ]
    hidden = shown(JANUARY, people(None, 10, None), 12, stage="false_alerts")
    assert get_count(*tables, hidden) == {("x_return_1", "female"), ("x_return_1", "not_stated")}


def test_two_hidden_groups_of_a_small_sum_are_too_few_a_hidden_table_is_enough() -> None:
    assert get_count(shown(JANUARY, people(None, 12, None), 15)) == {
        ("x_return_1", "female"),
        ("x_return_1", "not_stated"),
    }
    assert get_count(shown(JANUARY, people(None, 12, None), 16)) == set()
    assert get_count(shown(JANUARY, people(None, None, None), 15)) == set()
    # the events alone leave no more
    assert get_count(shown(JANUARY, people(None, None, None), 2)) == set()


def test_a_total_that_is_left_out_is_known_from_the_deployments() -> None:
    table = shown(JANUARY, people(None, 12, 0), None)
    assert get_count(table) == set()
    assert get_count(table, daily={dt.date(2026, 1, 9): 15}) == {("x_return_1", "female")}


def test_a_group_that_is_left_out_is_not_hidden_by_that() -> None:
    assert get_count(shown(JANUARY, {"female": 6, "male": 12}, 20)) == {
        ("x_return_1", "not_stated")
    }
    assert get_count(shown(JANUARY, {"female": 6, "male": 12}, 18)) == set()


def test_three_returns_that_overlap_in_turn_are_one_puzzle() -> None:
    both = (JANUARY[0], FEBRUARY[1])
    hidden = shown(FEBRUARY, people(None, None, 0), 29, "x_return_2")
    whole = shown(both, people(20, 40, 0), 60, "x_return_3")
    for january in (people(11, 20, 0), people(17, 14, 0)):
        assert get_count(shown(JANUARY, january, 31), hidden, whole) == {("x_return_3", "female")}
        assert get_count(shown(JANUARY, january, 31), hidden) == set()
    hidden_whole = shown(both, people(None, None, None), 60, "x_return_3")
    assert get_count(shown(JANUARY, people(17, 14, 0), 31), hidden, hidden_whole) == set()


def _splits(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _splits(total - first, parts - 1):
            yield (first, *rest)


Values = dict[tuple[int, int], set[int]]


def _possible(
    first: Sequence[int | None], second: Sequence[int | None], totals: tuple[int, int]
) -> Values:
    """By window and group every value that a count can have, window 2 being the days of the second
    that the first does not cover: by writing down every table of people that agrees with what is
    shown."""
    seen: Values = {}
    fits = [
        early
        for early in _splits(totals[0], 3)
        if all(wanted in (None, each) for wanted, each in zip(first, early, strict=True))
    ]
    for early, late in itertools.product(fits, list(_splits(totals[1] - totals[0], 3))):
        both = [a + b for a, b in zip(early, late, strict=True)]
        if all(wanted in (None, each) for wanted, each in zip(second, both, strict=True)):
            for window, counts in enumerate((early, both, late)):
                for group, count in enumerate(counts):
                    seen.setdefault((window, group), set()).add(count)
    return seen


def _by_hand(
    first: Sequence[int | None], second: Sequence[int | None], totals: tuple[int, int]
) -> set[int]:
    """The groups of which the second gives a small count away."""
    before, after = _possible(first, [None] * 3, totals), _possible(first, second, totals)
    hidden = {
        (window, group)
        for window, counts in enumerate((first, second))
        for group, each in enumerate(counts)
        if each is None
    }
    return {
        group
        for (window, group), values in after.items()
        if (window == 2 or (window, group) in hidden)
        and min(values) <= 4
        and (before[window, group] - values) & {0, 1, 2, 3, 4}
        and (window < 2 or max(values) > 0)
    }


def test_in_tiny_worlds_nothing_that_can_be_worked_out_by_hand_is_published() -> None:
    """Against every table of people that agrees with what two returns show: a return from which a
    small count follows is stopped, with the group where a number of its own tells it."""
    chance = random.Random(5)
    verdicts: set[tuple[bool, bool]] = set()
    names = ("female", "male", "not_stated")
    for _ in range(60):
        early, late = (
            [chance.choice((0, 0, 1, 2, 3, 5, 6, 7)) for _ in range(3)] for _ in range(2)
        )
        days = chance.choice((LONGER, JANUARY))
        both = [a + b for a, b in zip(early, late, strict=True)]
        often = chance.choice((0, 0.5, 1))
        first, second = (
            [None if chance.random() < often else count for count in counts]
            for counts in (early, both)
        )
        if chance.random() < 0.1:
            second = [None] * 3
        totals = (sum(early), sum(both))
        tables = [
            shown(days, dict(zip(names, counts, strict=True)), total, f"x_return_{n}")
            for n, (days, counts, total) in enumerate(
                zip((JANUARY, days), (first, second), totals, strict=True), start=1
            )
        ]
        by_hand, found = _by_hand(first, second, totals), get_count(*tables)
        assert found or not by_hand, (first, second, totals)
        assert not found or second != [None] * 3
        assert not found or {source for source, _ in found} == {"x_return_2"}
        verdicts.add((bool(by_hand), bool(found)))
    assert {(True, True), (False, False)} <= verdicts
