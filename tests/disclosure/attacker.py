"""A reader who wants to know: works out what can be worked out from what is shown.

In: protected tables, of which only the declared dimensions and the cells as readers see them are
used. Out: the lowest and highest value that a hidden cell, or a change of it, can have. Shares no
code and no formulation with the protector: each table has unknowns of its own, tied to the other
tables by the margins that they share; and for tiny tables every possible table is simply written
down."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.disclosure.people_tables import CrossTable, Dimension, Key, ProtectedTable

Assumption = Literal["nothing", "rising", "equal"]
NO_LIMIT = 10**9


class Attacker:
    """Knows all tables given. `between` is what is taken for granted about the same table in two
    releases."""

    def __init__(self, tables: Sequence[ProtectedTable], between: Assumption = "nothing") -> None:
        self.tables = tables
        self._columns: dict[tuple[int, Key], int] = {}
        for number, table in enumerate(tables):
            for leaf in itertools.product(
                *(dimension.members for dimension in table.table.dimensions)
            ):
                self._columns[number, leaf] = len(self._columns)
        self._rows: list[np.ndarray] = []
        self._low: list[float] = []
        self._high: list[float] = []
        self._known: list[LinearConstraint] | None = None
        for number, table in enumerate(tables):
            for cell in table.cells:
                if cell.count is not None:
                    self._know(self._sum(number, cell.key), cell.count, cell.count)
        for first_index, other in itertools.combinations(range(len(tables)), 2):
            first, second = tables[first_index].table, tables[other].table
            if first.subject != second.subject:
                continue
            high = 0 if first.release == second.release or between == "equal" else NO_LIMIT
            if first.release == second.release or between != "nothing":
                for change in self._shared(first_index, other):
                    self._know(change, 0, high)

    def bounds(self, number: int, key: Key, minus: int | None = None) -> tuple[int, int]:
        """The interval of a cell of one table, less the same cell of the table `minus`."""
        aim = self._sum(number, key) - (0 if minus is None else self._sum(minus, key))
        return self._least(aim), -self._least(-aim)

    def hidden(self) -> dict[tuple[int, Key], tuple[int, int]]:
        """The interval of every hidden cell."""
        return {
            (number, cell.key): self.bounds(number, cell.key)
            for number, table in enumerate(self.tables)
            for cell in table.cells
            if cell.count is None
        }

    def _least(self, aim: np.ndarray) -> int:
        if self._known is None:
            self._known = (
                [LinearConstraint(sparse.csr_array(np.array(self._rows)), self._low, self._high)]
                if self._rows
                else []
            )
        result = milp(
            aim,
            integrality=np.ones(len(aim)),
            bounds=Bounds(0, NO_LIMIT),
            constraints=self._known,
            # which now and then takes a possible table for an impossible one
            options={"presolve": False},
        )
        assert result.status == 0, result.message
        return round(result.fun)

    def _know(self, row: np.ndarray, low: float, high: float) -> None:
        self._rows.append(row)
        self._low.append(low)
        self._high.append(high)

    def _sum(self, number: int, key: Key) -> np.ndarray:
        row = np.zeros(len(self._columns))
        for leaf in leaves(self.tables[number].table.dimensions, key):
            row[self._columns[number, leaf]] = 1
        return row

    def _shared(self, each_first: int, other: int) -> Iterator[np.ndarray]:
        """For each part that both tables can tell apart:
        the second's count of it less the first's."""
        first, second = (self.tables[number].table.dimensions for number in (each_first, other))
        common = [
            dimension for dimension in first if dimension.name in {each.name for each in second}
        ]
        known = {each.name: each.members for each in second}
        for part in itertools.product(
            *([m for m in d.members if m in known[d.name]] for d in common)
        ):
            wanted = {
                dimension.name: member for dimension, member in zip(common, part, strict=True)
            }
            row = np.zeros(len(self._columns))
            for number, dimensions, sign in ((each_first, first, -1), (other, second, 1)):
                for leaf in itertools.product(*(dimension.members for dimension in dimensions)):
                    named = {
                        dimension.name: m for dimension, m in zip(dimensions, leaf, strict=True)
                    }
                    if all(named[name] == member for name, member in wanted.items()):
                        row[self._columns[number, leaf]] = sign
            yield row


def leaves(dimensions: Sequence[Dimension], key: Key) -> list[Key]:
    """The combinations of members that a cell adds up."""
    parts = [
        dimension.totals.get(code, (code,)) for dimension, code in zip(dimensions, key, strict=True)
    ]
    return list(itertools.product(*parts))


def possible_counts(tables: Sequence[ProtectedTable], number: int, key: Key) -> set[int]:
    """Every value of one cell in all joint tables of people that agree with all that is shown."""
    return possible_counts_of(tables, [(number, key)])[0]


def possible_counts_of(
    tables: Sequence[ProtectedTable], wanted: Sequence[tuple[int, Key]]
) -> list[set[int]]:
    """The same of several cells, each as the number of its table and its key.

    By writing all joint tables down: for tiny tables only."""
    dimensions = {
        dimension.name: dimension for table in tables for dimension in table.table.dimensions
    }
    atoms = list(itertools.product(*(dimension.members for dimension in dimensions.values())))

    def inside(table: CrossTable, cell: Key) -> list[int]:
        places = [list(dimensions).index(dimension.name) for dimension in table.dimensions]
        wanted = set(leaves(table.dimensions, cell))
        return [
            at for at, atom in enumerate(atoms) if tuple(atom[place] for place in places) in wanted
        ]

    known = [
        (inside(table.table, cell.key), cell.count)
        for table in tables
        for cell in table.cells
        if cell.count is not None
    ]
    limit = max((count for members, count in known if len(members) == len(atoms)), default=0)
    places = [inside(tables[number].table, key) for number, key in wanted]
    values: list[set[int]] = [set() for _ in wanted]
    for joint_table in _joint_tables(len(atoms), known, limit):
        for seen, place in zip(values, places, strict=True):
            seen.add(sum(joint_table[at] for at in place))
    return values


def _joint_tables(
    size: int, known: Sequence[tuple[list[int], int]], limit: int
) -> Iterator[list[int]]:
    """All lists of non-negative integers with these sums."""
    left = [count for _, count in known]
    touching = [
        [at for at, (members, _) in enumerate(known) if atom in members] for atom in range(size)
    ]
    # The sums in which an atom is the last one: it has to fill them.
    closing = [[at for at in touching[atom] if max(known[at][0]) == atom] for atom in range(size)]
    values: list[int] = []

    def extend(atom: int) -> Iterator[list[int]]:
        if atom == size:
            yield list(values)
            return
        most = min((left[at] for at in touching[atom]), default=limit)
        for value in {left[at] for at in closing[atom]} or range(most + 1):
            if value > most or any(left[at] != value for at in closing[atom]):
                continue
            values.append(value)
            for at in touching[atom]:
                left[at] -= value
            yield from extend(atom + 1)
            values.pop()
            for at in touching[atom]:
                left[at] += value

    yield from extend(0)
