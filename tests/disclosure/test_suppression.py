"""The search for what to hide: the cheapest pattern, the same in every process,
whatever presolve says."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from etl.disclosure.cross_tables import CrossTable, Dimension, Key, ProtectedTable
from etl.disclosure.disclosure import check_protected, protect
from etl.disclosure.suppression import ContradictionError, Search, Secret, System
from tests.disclosure.attacker import possible_counts

ROOT = Path(__file__).resolve().parents[2]


def dimension(name: str, size: int) -> Dimension:
    members = tuple(f"{name}{number}" for number in range(size))
    return Dimension(name, "person", members, {"all": members})


def table(
    dimensions: Sequence[Dimension], counts: Sequence[int], release: str = "r1"
) -> CrossTable:
    keys = itertools.product(*(each_dimension.members for each_dimension in dimensions))
    return CrossTable.of_members(
        release, "alerts", dimensions, dict(zip(keys, counts, strict=True))
    )


def row_of(counts: Sequence[int], total_may_hide: bool = False) -> System:
    """A row of atoms that are cells, and their total."""
    size = len(counts)
    may_hide = np.array([True] * size + [total_may_hide])
    return System(
        cells=np.vstack([np.eye(size, dtype=np.int64), np.ones(size, np.int64)]),
        counts=np.array([*counts, sum(counts)]),
        may_hide=may_hide,
        must_hide=may_hide & np.array([0 < count < 5 for count in counts] + [False]),
        equal=np.zeros((0, size), np.int64),
        rising=np.zeros((0, size), np.int64),
    )


def test_what_stays_possible_is_exact() -> None:
    system = row_of([2, 7, 9])
    search = Search(system, [Secret(system.cells[0], tuple(range(12)))])
    nothing, first_two = np.zeros(4, np.bool_), np.array([True, True, False, False])
    assert search.possible(nothing) == ((2,),)
    assert search.possible(first_two) == (tuple(range(10)),)
    assert search.choose().tolist() == [True, False, True, False]


def test_counts_that_no_table_has_are_a_contradiction() -> None:
    system = row_of([2, 7, 9])
    system.counts[-1] = 17
    with pytest.raises(ContradictionError):
        Search(system, [])


def test_the_pattern_hides_the_smallest_total_there_is() -> None:
    """Against every pattern there is, each judged by writing down all tables."""
    for counts in ([1, 6, 3, 5], [0, 2, 4, 6], [2, 0, 5, 1]):
        true = table((dimension("sex", 2), dimension("age", 2)), counts)
        free = [key for key in true.counts if true.is_about_people(key)]
        small = [key for key in free if 0 < true.counts[key] < 5]

        def cost(keys: Sequence[Key] | set[Key], counts: Mapping[Key, int] = true.counts) -> int:
            return sum(counts[key] + 1 for key in keys)

        most = min(4, sum(counts))
        best = min(
            cost(keys)
            for size in range(len(free) + 1)
            for keys in itertools.combinations(free, size)
            if set(small) <= set(keys)
            and all(
                possible_counts([ProtectedTable(true, frozenset(keys))], 0, key)
                >= set(range(most + 1))
                for key in small
            )
        )
        assert cost(protect([true])[0].hidden) == best


def test_a_table_that_the_solver_overlooks_at_first_is_found() -> None:
    """Two years by sex and by ethnicity, twice: presolve takes a possible rise for impossible."""
    year, sex, ethnicity = (
        Dimension("year", "year", (2023, 2024)),
        dimension("sex", 2),
        dimension("ethnicity", 3),
    )
    previous: list[ProtectedTable] = []
    for name, by_sex, by_ethnicity in (
        ("r1", (18, 3, 19, 6), (15, 0, 6, 4, 15, 6)),
        ("r2", (18, 3, 24, 13), (15, 0, 6, 14, 16, 7)),
    ):
        tables = [
            table((year, other), counts, name)
            for other, counts in ((sex, by_sex), (ethnicity, by_ethnicity))
        ]
        now = protect(tables, previous)
        assert check_protected(now, previous) == ()
        previous += now


def test_every_process_hides_the_same_cells() -> None:
    """Python orders sets by a number that is drawn anew for each process."""
    program = (
        "import itertools\n"
        "from etl.disclosure.cross_tables import CrossTable, Dimension\n"
        "from etl.disclosure.disclosure import protect\n"
        "names, abc = ('sex', 'ethnicity'), tuple('abc')\n"
        "dimensions = [Dimension(name, 'person', abc, {'all': abc}) for name in names]\n"
        "keys = list(itertools.product('abc', repeat=2))\n"
        "found = ()\n"
        "counts = {'r1': (3, 9, 9, 9, 9, 9, 9, 9, 9), 'r2': (3, 10, 9, 9, 9, 11, 9, 9, 9)}\n"
        "for release, numbers in counts.items():\n"
        "    table = CrossTable.of_members(release, 'alerts', dimensions, dict(zip(keys, "
        "numbers)))\n"
        "    found += protect([table], found)\n"
        "print([sorted(one.hidden) for one in found])\n"
    )
    printed = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": text, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for text in ("1", "2")
    ]
    assert printed[0] == printed[1]
    assert "('a', 'a')" in printed[0]
