"""The arithmetic of suppression: what a reader can work out, and the cheapest cells to hide so that they cannot.

In: a `System` (cells that are sums of unseen atoms, with their true counts, and which may or must be hidden) and
`Secret`s (sums of atoms with the values that must all stay possible). Out: which cells to hide; what stays possible.
Does not know tables, people, policies or releases: `etl.measures.disclosure` turns them into numbers.

A value is called possible only once a whole table of non-negative integers with that value, which agrees with every
shown cell, was found and checked in integer arithmetic. A solver's rounding can therefore make us hide too much, never
too little.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

# Up to this many cells to choose from, the cheapest pattern is found for all secrets at once; above it for one after
# the other, then thinned. At once is the better pattern, and its time grows steeply.
MOST_CELLS_AT_ONCE = 48
# How far a cell may move in the table that proves a secret safe. Small bounds make the search fast; where no proof
# exists within them they are widened.
FIRST_REACH = 12
LAST_REACH = 1_000_000


class Contradiction(ValueError):
    """No table of non-negative integers has all these counts: the cells do not add up."""


@dataclass(frozen=True, slots=True)
class System:
    """Cells (rows) over atoms (columns), and what is known to link atoms: `link_low <= links @ atoms <= link_high`.

    `may_hide` is false for a cell that is public whatever we do; `must_hide`, a part of it, holds the cells that the
    rule hides and those that earlier releases hid.
    """

    cells: Integers
    counts: Integers
    may_hide: Booleans
    must_hide: Booleans
    links: Integers
    link_low: NDArray[np.float64]
    link_high: NDArray[np.float64]

    @property
    def atoms_count(self) -> int:
        return int(self.cells.shape[1])


@dataclass(frozen=True, slots=True)
class Secret:
    """A sum of atoms, and the values of which none may be ruled out, as far as anything could keep them possible."""

    form: Integers
    values: tuple[int, ...]


class Search:
    """Remembers every table it has found: most questions are answered by one that was found for another."""

    def __init__(self, system: System, secrets: Sequence[Secret]) -> None:
        self._system = system
        self._secrets = secrets
        self._forms = np.array([secret.form for secret in secrets], np.int64).reshape(-1, system.atoms_count)
        self._found_counts: list[Integers] = []
        self._found_values: list[Integers] = []
        truth = self._solve(np.zeros(len(system.counts), np.bool_))
        if truth is None:
            raise Contradiction("no table of people has all these counts")
        everything = self.possible(system.may_hide)
        self._wanted = tuple(
            tuple(value for value in secret.values if value in possible)
            for secret, possible in zip(secrets, everything, strict=True)
        )

    def possible(self, hidden: Booleans) -> tuple[frozenset[int], ...]:
        """For each secret, those of its values that a reader of the cells not hidden cannot rule out."""
        questions = [(index, value) for index, one in enumerate(self._secrets) for value in one.values]
        ruled_out = set(self._ruled_out(hidden, questions))
        return tuple(
            frozenset(value for value in one.values if (index, value) not in ruled_out)
            for index, one in enumerate(self._secrets)
        )

    def too_narrow(self, hidden: Booleans) -> Iterator[tuple[int, int]]:
        """The secrets, by number, and their values that this pattern rules out although another would not."""
        # Outermost values first: tables for those in between are then mostly found already.
        depth = max(map(len, self._wanted), default=0)
        ends = [place for step in range(depth) for place in (step, depth - 1 - step)][:depth]
        questions = [
            (index, wanted[place])
            for place in ends
            for index, wanted in enumerate(self._wanted)
            if place < len(wanted)
        ]
        return self._ruled_out(hidden, questions)

    def choose(self) -> Booleans:
        """The cells to hide: none of the values of any secret can then be ruled out that could be kept possible."""
        system = self._system
        hidden = system.must_hide.copy()
        at_once = int(np.sum(system.may_hide & ~system.must_hide)) <= MOST_CELLS_AT_ONCE
        asked: list[tuple[int, int]] = []
        while (question := next(self.too_narrow(hidden), None)) is not None:
            asked.append(question)
            if at_once:
                hidden = self._cheapest(asked, system.must_hide)
            else:
                hidden = self._cheapest([question], hidden)
        return hidden if at_once else self._thin(hidden)

    def _thin(self, hidden: Booleans) -> Booleans:
        """Shows again, largest count first, what turned out not to be needed."""
        extra = np.flatnonzero(hidden & ~self._system.must_hide)
        for cell in extra[np.argsort(-self._system.counts[extra], kind="stable")]:
            trial = hidden.copy()
            trial[cell] = False
            if next(self.too_narrow(trial), None) is None:
                hidden = trial
        return hidden

    def _ruled_out(
        self, hidden: Booleans, questions: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[int, int]]:
        for index, value in questions:
            if not self._is_witnessed(hidden, index, value) and self._solve(hidden, index, value) is None:
                yield index, value

    def _is_witnessed(self, hidden: Booleans, index: int, value: int) -> bool:
        shown = ~hidden
        right = self._system.counts[shown]
        return any(
            values[index] == value and np.array_equal(counts[shown], right)
            for counts, values in zip(self._found_counts, self._found_values, strict=True)
        )

    def _solve(self, hidden: Booleans, index: int = 0, value: int | None = None) -> Integers | None:
        """A table that agrees with all shown cells, in which the secret has the value; None if there is none."""
        system, shown = self._system, ~hidden
        rows, right = system.cells[shown], system.counts[shown].astype(float)
        if value is not None:
            rows, right = np.vstack([rows, self._forms[index]]), np.append(right, value)
        found = milp(
            np.zeros(system.atoms_count),
            integrality=np.ones(system.atoms_count),
            bounds=Bounds(0, np.inf),
            constraints=_constraints((rows, right, right), (system.links, system.link_low, system.link_high)),
        )
        return self._keep(found.x, hidden) if found.x is not None else None

    def _keep(self, solution: NDArray[np.float64], hidden: Booleans) -> Integers | None:
        """The solution in integers, remembered, if it is right to the last unit."""
        system, atoms = self._system, np.rint(solution).astype(np.int64)
        counts, links = system.cells @ atoms, system.links @ atoms
        linked = np.all((links >= system.link_low) & (links <= system.link_high))
        if np.any(atoms < 0) or not linked or np.any((counts != system.counts) & ~hidden):
            return None
        self._found_counts.append(counts)
        self._found_values.append(self._forms @ atoms)
        return atoms

    def _cheapest(self, questions: Sequence[tuple[int, int]], least: Booleans) -> Booleans:
        """The pattern that hides `least` and the smallest total more, so that every question has a table."""
        reach = FIRST_REACH
        while reach <= LAST_REACH:
            if (hidden := self._cheapest_within(questions, least, reach)) is not None:
                return hidden
            reach *= 8
        return self._system.may_hide

    def _cheapest_within(
        self, questions: Sequence[tuple[int, int]], least: Booleans, reach: int
    ) -> Booleans | None:
        """One integer programme: a yes or no for each cell, and one whole table for each question.

        A cell that is not hidden must have its true count in every one of the tables.
        """
        system, many = self._system, len(questions)
        choice = np.flatnonzero(system.may_hide & ~least)
        public = ~system.may_hide
        counts = system.counts[choice].astype(float)
        each = sparse.eye_array(many)

        def for_each(rows: Integers, low: NDArray[np.float64], high: NDArray[np.float64]) -> LinearConstraint:
            padded = sparse.hstack([sparse.csr_array((many * len(rows), len(choice))), sparse.kron(each, rows)])
            return LinearConstraint(padded.tocsr(), np.tile(low, many), np.tile(high, many))

        fixed = system.counts[public].astype(float)
        forms = sparse.block_diag([self._forms[index : index + 1] for index, _ in questions])
        values = np.array([value for _, value in questions], float)
        chosen = sparse.kron(each, system.cells[choice])
        stack = np.ones((many, 1))
        up = sparse.hstack([sparse.kron(stack, -reach * np.eye(len(choice))), chosen]).tocsr()
        down = sparse.hstack([sparse.kron(stack, np.diag(np.minimum(counts, reach))), chosen]).tocsr()
        found = milp(
            np.concatenate([self._costs(choice), np.zeros(many * system.atoms_count)]),
            integrality=np.ones(len(choice) + many * system.atoms_count),
            bounds=Bounds(
                0, np.concatenate([np.ones(len(choice)), np.full(many * system.atoms_count, np.inf)])
            ),
            constraints=[
                for_each(system.cells[public], fixed, fixed),
                for_each(system.links, system.link_low, system.link_high),
                LinearConstraint(
                    sparse.hstack([sparse.csr_array((many, len(choice))), forms]).tocsr(), values, values
                ),
                LinearConstraint(up, -np.inf, np.tile(counts, many)),
                LinearConstraint(down, np.tile(counts, many), np.inf),
            ],
            options={"mip_rel_gap": 0.0},
        )
        if found.x is None:
            return None
        hidden = least.copy()
        hidden[choice] |= found.x[: len(choice)] > 0.5
        for table in found.x[len(choice) :].reshape(many, -1):
            self._keep(table, hidden)
        return hidden

    def _costs(self, choice: Integers) -> NDArray[np.float64]:
        """The count that is lost, one more so that a zero is not free, and a trace so that equals have an order."""
        trace = np.arange(len(choice)) / (1000 * max(len(choice), 1))
        return np.asarray(self._system.counts[choice] + 1 + trace, np.float64)


def _constraints(*triples: tuple[Integers, NDArray[np.float64], NDArray[np.float64]]) -> list[LinearConstraint]:
    return [LinearConstraint(sparse.csr_array(rows), low, high) for rows, low, high in triples if len(rows)]
