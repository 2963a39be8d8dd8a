"""The attack: what an independent reader works out from all that is shown, over random tables."""

from __future__ import annotations

import csv
import itertools
import random
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from etl.model.tables import TABLES
from tests.disclosure.attacker import Attacker, possible_counts, possible_counts_of
from tests.disclosure.people_tables import (
    CrossTable,
    Dimension,
    Key,
    ProtectedTable,
    is_safe,
    protect,
)

pytestmark = pytest.mark.slow

# Chance looks where `test_every_table_of_three_groups` does not: two dimensions, and two releases.
FEW = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
SUBJECT = "alerts"


def dimension(name: str, size: int, kind: str = "person") -> Dimension:
    members = tuple(f"{name}{number}" for number in range(size))
    return Dimension(name, kind, members, {"all": members})  # type: ignore[arg-type]


def members(dimensions: Sequence[Dimension]) -> list[Key]:
    return list(itertools.product(*(each_dimension.members for each_dimension in dimensions)))


def naive(table: CrossTable) -> ProtectedTable:
    """Hides what the rule names, and nothing for the margins' sake."""
    return ProtectedTable(
        table,
        frozenset(
            key
            for key, count in table.counts.items()
            if 0 < count < 5 and table.is_about_people(key)
        ),
    )


def all_hidden(table: CrossTable) -> ProtectedTable:
    """What cannot be hidden is all that is left: nobody could protect better."""
    return ProtectedTable(
        table,
        frozenset(
            key for key in table.counts if table.is_about_people(key) and key not in table.published
        ),
    )


def assert_nothing_given_away(tables: Sequence[ProtectedTable]) -> None:
    """No small count is known better than 0 to 4, or than with all hidden;
    and nothing hidden is known."""
    unavoidable = Attacker([all_hidden(table.table) for table in tables])
    for (number, key), (low, high) in Attacker(tables).hidden().items():
        true = tables[number].table.counts[key]
        assert low <= true <= high
        if low == high or (0 < true < 5 and (low > 0 or high < 4)):
            least, most = unavoidable.bounds(number, key)
            assert low <= max(0, least), key
            assert high >= min(4, most), key
            assert low < high or least == most, key


def assert_consistent(tables: Sequence[ProtectedTable]) -> None:
    for table in tables:
        for cell in table.cells:
            true, small = table.table.counts[cell.key], 0 < table.table.counts[cell.key] < 5
            assert cell.count in (None, true)
            if (
                small
                and table.table.is_about_people(cell.key)
                and cell.key not in table.table.published
            ):
                assert cell.count is None
            if cell.count is None:
                assert table.table.is_about_people(cell.key)


@st.composite
def cross_tables(draw: st.DrawFn, limit: int = 5) -> CrossTable:
    name, kind = draw(st.sampled_from((("sex", "person"), ("force_id", "force"))))
    sizes = st.integers(2, limit)
    dimensions = (dimension("ethnicity", draw(sizes)), dimension(name, draw(sizes), kind))
    count = st.one_of(st.integers(0, 6), st.integers(0, 30))
    return CrossTable.of_members(
        "r1", SUBJECT, dimensions, {key: draw(count) for key in members(dimensions)}
    )


@pytest.mark.parametrize("largest", [0, 1, 2, 4, 5, 9])
def test_every_table_of_three_groups(largest: int) -> None:
    """All there are of these counts, in every order but one:
    each judged by writing down all tables."""
    groups = dimension("ethnicity", 3)
    small_count = 0
    for others in itertools.combinations_with_replacement(
        [n for n in (0, 1, 2, 4, 5, 9) if n <= largest], 2
    ):
        counts = dict(zip(members((groups,)), (*others, largest), strict=True))
        (table,) = protect([CrossTable.of_members("r1", SUBJECT, (groups,), counts)])
        for key, count in counts.items():
            if 0 < count < 5:
                small_count += 1
                assert key in table.hidden
                assert possible_counts([table], 0, key) >= set(
                    range(min(4, sum(counts.values())) + 1)
                )
    assert (small_count > 0) == (largest > 0)


@FEW
@given(cross_tables())
def test_nothing_is_given_away_in_one_table(table: CrossTable) -> None:
    protected = protect([table])
    assert_consistent(protected)
    assert_nothing_given_away(protected)
    assert protect([table]) == protected


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_given_away_in_linked_tables(seed: int) -> None:
    chance = random.Random(seed)
    force, year = dimension("force_id", 2, "force"), Dimension("year", "year", (2024, 2025))
    sex, ethnicity = dimension("sex", 2), dimension("ethnicity", 3)
    people = {
        key: chance.choice((0, 1, 2, 3, 7, 15)) for key in members((force, year, sex, ethnicity))
    }
    by_sex = {
        part: sum(people[(*part, e)] for e in ethnicity.members)
        for part in members((force, year, sex))
    }
    by_ethnicity = {
        (f, y, e): sum(people[f, y, s, e] for s in sex.members)
        for f, y, e in members((force, year, ethnicity))
    }
    tables = (
        CrossTable.of_members("r1", SUBJECT, (force, year, sex), by_sex),
        CrossTable.of_members("r1", SUBJECT, (force, year, ethnicity), by_ethnicity),
    )
    protected = protect(tables)
    assert_consistent(protected)
    assert_nothing_given_away(protected)
    assert protect(tables[::-1]) == protected[::-1]


@pytest.mark.parametrize("seed", range(4))
def test_every_value_stays_possible_in_a_joint_table_of_people(seed: int) -> None:
    """Three margins of one cube tell more than each pair of them; every cube is written down."""
    chance = random.Random(seed)
    cube = [
        Dimension(name, "person", ("p", "q"), {"all": ("p", "q")})
        for name in ("age", "ethnicity", "sex")
    ]
    people = {key: chance.choice((0, 0, 1, 1, 2, 3)) for key in members(cube)}
    tables = []
    for left, right in itertools.combinations(range(3), 2):
        counts = {
            (a, b): sum(count for key, count in people.items() if (key[left], key[right]) == (a, b))
            for a, b in itertools.product("pq", repeat=2)
        }
        tables.append(CrossTable.of_members("r1", SUBJECT, (cube[left], cube[right]), counts))
    protected = protect(tables)
    total = sum(people.values())
    small = [
        (number, cell.key)
        for number, table in enumerate(protected)
        for cell in table.cells
        if 0 < table.table.counts[cell.key] < 5 and table.table.is_about_people(cell.key)
    ]
    assert small
    for values in possible_counts_of(protected, small):
        assert values >= set(range(min(4, total) + 1))


def test_two_linked_breakdowns_of_two_releases_give_nothing_away() -> None:
    """Two years by sex and by ethnicity, twice: a solver may take a possible rise for
    impossible."""
    year, sex = Dimension("year", "year", (2023, 2024)), dimension("sex", 2)
    ethnicity = dimension("ethnicity", 3)
    previous: list[ProtectedTable] = []
    for name, by_sex, by_ethnicity in (
        ("r1", (18, 3, 19, 6), (15, 0, 6, 4, 15, 6)),
        ("r2", (18, 3, 24, 13), (15, 0, 6, 14, 16, 7)),
    ):
        tables = [
            CrossTable.of_members(
                name, SUBJECT, (year, other), dict(zip(members((year, other)), counts, strict=True))
            )
            for other, counts in ((sex, by_sex), (ethnicity, by_ethnicity))
        ]
        now = protect(tables, previous)
        assert is_safe(now, previous)
        assert_nothing_given_away(now)
        previous += now


def test_hiding_only_the_small_counts_is_broken() -> None:
    """The attack can succeed: a rule without secondary suppression gives the exact counts away."""
    sex, ethnicity = dimension("sex", 2), dimension("ethnicity", 3)
    counts = dict(zip(members((sex, ethnicity)), (3, 12, 20, 15, 9, 30), strict=True))
    table = CrossTable.of_members("r1", SUBJECT, (sex, ethnicity), counts)
    assert Attacker([naive(table)]).hidden() == {(0, ("sex0", "ethnicity0")): (3, 3)}
    assert not is_safe([naive(table)])
    with pytest.raises(AssertionError):
        assert_nothing_given_away([naive(table)])
    assert_nothing_given_away(protect([table]))


def test_differencing_two_safe_releases_is_broken_and_prevented() -> None:
    """Each release alone is safe, and their difference says who the new person is."""
    sex = dimension("sex", 2)
    first, second = (
        CrossTable.of_members(name, SUBJECT, (sex,), {("sex0",): 20, ("sex1",): count})
        for name, count in (("r1", 30), ("r2", 31))
    )
    alone = [*protect([first]), *protect([second])]
    assert Attacker(alone, "rising").bounds(1, ("sex1",), minus=0) == (1, 1)
    assert not is_safe(protect([second]), protect([first]))
    together = [*protect([first]), *protect([second], protect([first]))]
    assert Attacker(together, "rising").bounds(1, ("sex1",), minus=0) == (0, 1)
    assert is_safe(together[1:], together[:1])


@FEW
@given(cross_tables(limit=3), st.randoms(use_true_random=False))
def test_one_more_person_is_not_given_away(table: CrossTable, chance: random.Random) -> None:
    added = chance.choice(members(table.dimensions))
    counts = {key: table.counts[key] + (key == added) for key in members(table.dimensions)}
    later = CrossTable.of_members("r2", SUBJECT, table.dimensions, counts)
    previous = protect([table])
    now = protect([later], previous)
    assert_consistent(now)
    assert_nothing_given_away(now)
    both = Attacker([*previous, *now], "rising")
    for key, count in later.counts.items():
        if later.is_about_people(key):
            low, high = both.bounds(1, key, minus=0)
            total = tuple(
                "all" if each_dimension.kind == "person" else code
                for each_dimension, code in zip(later.dimensions, key, strict=True)
            )
            if count > table.counts[key]:
                assert low <= 0 < high, key
            assert high <= later.counts[total] - table.counts[total]
    assert is_safe(now, previous)


@FEW
@given(cross_tables(limit=3), st.randoms(use_true_random=False))
def test_what_an_earlier_release_hid_stays_hidden_in_it(
    table: CrossTable, chance: random.Random
) -> None:
    """Many more people come, so that much more may be shown;
    the first release's small counts stay safe."""
    counts = {
        key: table.counts[key] + chance.choice((0, 6, 20)) for key in members(table.dimensions)
    }
    later = CrossTable.of_members("r2", SUBJECT, table.dimensions, counts)
    previous = protect([table])
    both = [*previous, *protect([later], previous)]
    best = Attacker([*previous, all_hidden(later)], "rising")
    attacker = Attacker(both, "rising")
    small = [key for key in previous[0].hidden if 0 < table.counts[key] < 5]
    assume(small)  # a table without a small count proves nothing
    for key in small:
        low, high = attacker.bounds(0, key)
        if low > 0 or high < 4:  # what nobody could protect is all that may be known
            least, most = best.bounds(0, key)
            assert low <= max(0, least)
            assert high >= min(4, most)


@FEW
@given(cross_tables(limit=3))
def test_a_release_without_change_shows_the_same_cells(table: CrossTable) -> None:
    previous = protect([table])
    again = CrossTable("r2", SUBJECT, table.dimensions, table.counts)
    now = protect([again], previous)
    assert now[0].hidden == previous[0].hidden
    known = Attacker([*previous, *now], "equal").hidden()
    assert {key: known[0, key] for key in previous[0].hidden} == {
        key: bounds for (_, key), bounds in Attacker(previous).hidden().items()
    }


# Every table of the record that says something about groups of people,
# and why that needs no protection of ours.
PUBLISHED_BY_OTHERS = {
    "populations": "residents, from the census and official estimates",
    "claims": "statements as published",
    "test_results": "volunteers of published evaluations",
    "group_counts": "attacked below as published, and with new ones in test_disclosure_doors.py",
    "returned_counts": (
        "counts of forces' own returns, small ones hidden by the force; tests/returns"
    ),
    "group_crosswalks": "names of groups, no people",
    "reported_groups": "sums of several press releases, without a day",
    "reported_group_sources": "which press releases; no count of people",
    "group_publishing": "what is published, no people",
    "group_benchmarks": "shares of residents and of published counts",
}


def published_group_counts(data: Path) -> list[CrossTable]:
    """`group_counts.csv` as tables of which every cell is published."""
    path = data / "reference" / "group_counts.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    tables: dict[tuple[str, ...], tuple[Dimension, dict[Key, int]]] = {}
    for row in rows:
        where = (row["force_id"], row["period_start"], row["period_end"], row["stage_code"])
        name = row["classification_code"]
        others = [
            each_row["group_code"] for each_row in rows if each_row["classification_code"] == name
        ]
        groups = tuple(sorted({*others, "any_other"}))
        _, counts = tables.setdefault(
            (*where, name), (Dimension(name, "person", groups, {"all": groups}), {})
        )
        counts[row["group_code"],] = int(row["group_count"])
        if row["total_count"]:
            counts["all",] = int(row["total_count"])
    return [
        CrossTable("r1", " ".join(where), (groups,), counts, frozenset(counts))
        for (*where, _), (groups, counts) in tables.items()
    ]


def test_no_output_about_groups_of_people_is_left_out_of_the_attack() -> None:
    about_people = re.compile("ethnic|(^|_)(sex|age|group|classification)(_|$)")
    names = {
        table.name for table in TABLES for field in table.fields if about_people.search(field.name)
    }
    assert names <= PUBLISHED_BY_OTHERS.keys()


def test_all_public_outputs_together_give_nothing_away(data: Path) -> None:
    """What is published by group, cross-tables of ours about the same people,
    and two releases of them."""
    published = published_group_counts(data)
    assert published
    releases: list[tuple[ProtectedTable, ...]] = []
    for name, more in (("r1", 0), ("r2", 1)):
        tables = [
            CrossTable(
                name,
                cross_table.subject,
                cross_table.dimensions,
                cross_table.counts,
                cross_table.published,
            )
            for cross_table in published
        ]
        for cross_table in published:
            total = cross_table.counts.get(("all",))
            if total is not None:
                sex = dimension("sex", 3)
                counts = dict(zip(members((sex,)), (total - 3, 2, 1), strict=True))
                tables.append(
                    CrossTable.of_members(name, cross_table.subject, (sex,), counts, [("all",)])
                )
        year, sex = Dimension("year", "year", (2024, 2025)), dimension("sex", 2)
        own = dict(zip(members((year, sex)), (3, 40, 12, 9 + more), strict=True))
        tables.append(CrossTable.of_members(name, "arrests", (year, sex), own))
        releases.append(protect(tables, [item for release in releases for item in release]))
    for release in releases:
        assert_consistent(release)
        assert_nothing_given_away(release)
        for cross_table, shown in zip(published, release, strict=False):
            assert {cell.key: cell.count for cell in shown.cells} == cross_table.counts
    both = Attacker([releases[0][-1], releases[1][-1]], "rising")
    assert both.bounds(1, (2025, "sex1"), minus=0) == (0, 1)
    assert both.bounds(1, (2024, "sex0"))[0] == 0
    assert is_safe(releases[1], releases[0])
