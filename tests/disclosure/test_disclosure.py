"""Disclosure control, in examples small enough to check by hand."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from tests.disclosure.attacker import possible_counts
from tests.disclosure.people_tables import (
    CrossTable,
    Dimension,
    Key,
    ProtectedTable,
    is_safe,
    protect,
)

SEX = Dimension("sex", "person", ("f", "m"), {"all": ("f", "m")})
ETHNICITY = Dimension(
    "ethnicity", "person", ("asian", "black", "white"), {"all": ("asian", "black", "white")}
)
FORCE = Dimension("force_id", "force", ("essex", "kent", "met"), {"all": ("essex", "kent", "met")})
AGE = Dimension(
    "age",
    "person",
    ("0-9", "10-17", "18-24", "25+"),
    {"under 18": ("0-9", "10-17"), "all": ("0-9", "10-17", "18-24", "25+")},
    under_18=frozenset({"0-9", "10-17"}),
)


def table(
    dimensions: Sequence[Dimension],
    counts: Sequence[int],
    release: str = "r1",
    subject: str = "alerts",
    published: Sequence[Key] = (),
) -> CrossTable:
    """Counts of the members in reading order, with all margins."""
    keys = itertools.product(*(dimension.members for dimension in dimensions))
    return CrossTable.of_members(
        release, subject, dimensions, dict(zip(keys, counts, strict=True)), published
    )


def hidden(table: CrossTable, *previous: ProtectedTable) -> set[Key]:
    (each_table,) = protect([table], previous)
    return set(each_table.hidden)


def test_the_only_other_cell_of_a_row_goes_with_a_small_count() -> None:
    assert hidden(table([SEX], [2, 20])) == {("f",), ("m",)}


def test_counts_of_five_and_zeros_are_shown() -> None:
    assert hidden(table([SEX], [5, 20])) == set()
    assert hidden(table([SEX], [0, 20])) == set()


def test_a_breakdown_with_a_small_count_is_hidden_whole() -> None:
    assert hidden(table([ETHNICITY], [3, 40, 9])) == {("asian",), ("black",), ("white",)}
    force = Dimension("force_id", "force", ("kent", "met"), {"all": ("kent", "met")})
    for dimensions, counts in (
        ([force, SEX], [3, 20, 10, 30]),
        ([FORCE, ETHNICITY], [3, 9, 30, 8, 7, 50, 20, 60, 40]),
    ):
        crossed = table(dimensions, counts)
        assert hidden(crossed) == {key for key in crossed.counts if key[1] != "all"}


def test_a_zero_is_hidden_where_it_would_say_who_the_only_person_is() -> None:
    assert hidden(table([SEX], [0, 1])) == {("f",), ("m",)}


def test_a_total_of_all_forces_is_a_cell_like_any_other() -> None:
    # Without it, essex would be the total less the two others.
    result = hidden(table([FORCE, SEX], [2, 30, 20, 30, 25, 30]))
    assert ("essex", "f") in result
    assert ("all", "all") not in result
    hidden_women = [force for force in ("essex", "kent", "met", "all") if (force, "f") in result]
    assert len(hidden_women) >= 2


def test_groups_within_groups() -> None:
    regions = Dimension(
        "ethnicity",
        "person",
        ("a", "b", "c", "d"),
        {"ab": ("a", "b"), "cd": ("c", "d"), "all": ("a", "b", "c", "d")},
    )
    # b is the other part of ab: with ab shown it would give a away.
    assert hidden(table([regions], [2, 11, 50, 60])) == {
        (code,) for code in ("a", "b", "c", "d", "ab", "cd")
    }


def test_tables_that_share_a_margin_are_protected_together() -> None:
    by_sex = table([FORCE, SEX], [3, 20, 10, 20, 10, 30])
    women = {(force,): by_sex.counts[force, "f"] for force in ("essex", "kent", "met", "all")}
    # The same numbers again, from a table without the column for men.
    again = CrossTable(
        "r1", "alerts", (FORCE, SEX), {(*key, "f"): count for key, count in women.items()}
    )
    first, second = protect([by_sex, again])
    assert ("essex", "f") in second.hidden
    assert {key for key in first.hidden if key[1] == "f"} == second.hidden


def test_a_margin_shown_in_another_table_gives_nothing_away() -> None:
    adult = Dimension("age", "person", ("18-24", "25+"), {"all": ("18-24", "25+")})
    crossed = table([SEX, adult], [3, 6, 7, 8])
    ages = CrossTable("r1", "alerts", (adult,), {("18-24",): 10, ("25+",): 14, ("all",): 24})
    for tables in ([crossed], [crossed, ages], [ages, crossed]):
        protected = protect(tables)
        number = tables.index(crossed)
        assert possible_counts(protected, number, ("f", "18-24")) >= {0, 1, 2, 3, 4}


def test_under_18_nothing_under_10() -> None:
    everybody = {("0-9",), ("10-17",), ("under 18",), ("18-24",), ("25+",)}
    assert hidden(table([AGE], [0, 9, 60, 70])) == everybody
    assert hidden(table([AGE], [0, 10, 60, 70])) == everybody
    assert hidden(table([AGE], [10, 12, 60, 70])) == set()
    # What may be among the hidden has to reach 9, not only 4.
    (each_table,) = protect([table([AGE], [10, 7, 5, 6])])
    assert ("10-17",) in each_table.hidden
    assert possible_counts([each_table], 0, ("10-17",)) >= set(range(10))


def test_what_is_published_is_repeated_and_attacks_the_rest() -> None:
    sex = Dimension("sex", "person", ("f", "m", "not_stated"), {"all": ("f", "m", "not_stated")})
    (each_table,) = protect([table([sex], [2, 30, 7], published=[("f",), ("all",)])])
    shown = {cell.key: cell for cell in each_table.cells}
    assert shown["f",].count == 2
    assert each_table.hidden == set()
    # 8 of 10 are published: that the others are 2 is already public and still not printed by us.
    rest = Dimension(
        "reported_ethnicity", "person", ("black", "any_other"), {"all": ("black", "any_other")}
    )
    (each_table,) = protect([table([rest], [8, 2], published=[("black",), ("all",)])])
    assert each_table.hidden == {("any_other",)}
    assert is_safe([each_table])


def test_events_without_attributes_of_people_are_never_hidden() -> None:
    place = Dimension("place_id", "place", ("croydon", "ilford"))
    month = Dimension("month", "date", ("2025-01", "2025-02"))
    assert hidden(table([place, month], [1, 0, 3, 2])) == set()
    assert ("met", "all") not in hidden(table([FORCE, SEX], [0, 1, 0, 0, 1, 1]))


def test_one_more_person_is_not_told_by_the_difference() -> None:
    (first,) = protect([table([SEX], [20, 30])])
    assert first.hidden == set()
    assert hidden(table([SEX], [20, 31], "r2"), first) == {("f",), ("m",)}
    # In doubt the later release is hidden: five more of each are not shown either.
    assert hidden(table([SEX], [25, 36], "r2"), first) == {("f",), ("m",)}
    assert hidden(table([SEX], [20, 30], "r2"), first) == set()


def test_an_earlier_release_does_not_excuse_a_small_count_of_this_one() -> None:
    two = Dimension("ethnicity", "person", ("a", "b"), {"all": ("a", "b")})
    (first,) = protect([table([SEX, two], [0, 0, 0, 5])])
    assert first.hidden == set()
    later = protect([table([SEX, two], [1, 0, 0, 5], "r2")], [first])
    # The first, which showed 0, leaves 0 or 1; the second by itself has to leave 0 to 4.
    assert possible_counts(later, 0, ("f", "a")) >= {0, 1, 2, 3, 4}


def test_a_person_taken_back_is_not_told_by_the_difference() -> None:
    (first,) = protect([table([SEX], [20, 30])])
    assert hidden(table([SEX], [20, 29], "r2"), first) == {("f",), ("m",)}


def test_every_earlier_release_counts_not_only_the_last() -> None:
    (first,) = protect([table([SEX], [20, 30])])
    (second,) = protect([table([SEX], [20, 31], "r2")], [first])
    # The second showed nothing; the third against the first is two people.
    assert hidden(table([SEX], [20, 32], "r3"), first, second) == {("f",), ("m",)}
    # Five more would be enough against the first, but if all five are men then so was the one in
    # the second.
    assert hidden(table([SEX], [20, 35], "r3"), first, second) == {("f",), ("m",)}
    # What was hidden once stays hidden, also where it is as the first release showed it.
    assert hidden(table([SEX], [20, 30], "r3"), first, second) == {("f",), ("m",)}


def test_an_unchanged_year_keeps_its_cells_when_another_year_comes() -> None:
    old, new = (2024,), (2024, 2025)
    first_year, both_years = (
        Dimension("year", "year", years, {"all": years}) for years in (old, new)
    )
    (first,) = protect([table([first_year, SEX], [3, 40])])
    assert {key for key in first.hidden if key[0] == 2024} == {(2024, "f"), (2024, "m")}
    result = hidden(table([both_years, SEX], [3, 40, 50, 60], "r2"), first)
    assert {(2024, "f"), (2024, "m")} <= result
    # All years of the first release and of the second differ by the new year alone:
    # it may not be a small count.
    (first,) = protect([table([first_year, SEX], [20, 40])])
    result = hidden(table([both_years, SEX], [20, 40, 2, 60], "r2"), first)
    assert {(2025, "f"), ("all", "f")} <= result


def test_what_was_hidden_stays_hidden_where_counts_were_taken_back() -> None:
    (first,) = protect([table([ETHNICITY], [3, 9, 40])])
    assert first.hidden == {("asian",), ("black",), ("white",)}
    later = table([ETHNICITY], [6, 9, 34], "r2")
    assert hidden(later, first) == first.hidden


def test_a_release_that_hides_a_part_is_found() -> None:
    true = table([SEX], [2, 20])
    assert not is_safe([ProtectedTable(true, frozenset({("f",)}))])
    assert not is_safe([ProtectedTable(true, frozenset())])
    assert is_safe(protect([true]))
    large = table([SEX], [12, 20])
    assert not is_safe([ProtectedTable(large, frozenset({("f",)}))])
    assert is_safe([ProtectedTable(large, frozenset({("f",), ("m",)}))])
