"""The arithmetic of suppression: what a reader can work out, and the cheapest cells to hide against
it.

In: a `System` (cells that are sums of unseen atoms, with their true counts, and which may or must
be hidden) and `Secret`s (sums of atoms with the values that must all stay possible). Out: which
cells to hide; what stays possible.
Does not know tables, people, policies or releases:
`etl.disclosure.disclosure` turns them into numbers.

A value is called possible only once a whole table of non-negative integers with that value, which
agrees with every shown cell, was found and checked in integer arithmetic. It is called impossible
only if the solver finds no table twice, with and without simplifying the programme first."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
NEGLIGIBLE = 1e-7  # a multiplier or a distance from a bound that is rounding


class ContradictionError(ValueError):
    """No table of non-negative integers has all these counts: the cells do not add up."""


@dataclass(frozen=True, slots=True)
class System:
    """Cells (rows) over atoms (columns), and what links atoms: `equal @ atoms == 0`, `rising @
    atoms >= 0`.

    `may_hide` is false for a cell that is public whatever we do; `must_hide`, a part of it, holds
    the cells that the rule hides and those that earlier releases hid."""

    cells: Integers
    counts: Integers
    may_hide: Booleans
    must_hide: Booleans
    equal: Integers
    rising: Integers

    @property
    def atoms_count(self) -> int:
        return int(self.cells.shape[1])


@dataclass(frozen=True, slots=True)
class Secret:
    """A sum of atoms, and values of which none may be ruled out that hiding could keep possible."""

    form: Integers
    values: tuple[int, ...]


class Search:
    """Remembers every table it has found: most questions are answered by one that was found for
    another.

    `wanted` has, for each secret, the values that can be kept possible: those that remain when all
    is hidden that may be. Raises Contradiction."""

    def __init__(self, system: System, secrets: Sequence[Secret]) -> None:
        self._system = system
        self._secrets = secrets
        self._forms = np.array([secret.form for secret in secrets], np.int64).reshape(
            -1, system.atoms_count
        )
        self._known_counts: list[Integers] = []
        self._known_values: list[Integers] = []
        if not self._exists(np.zeros(len(system.counts), np.bool_)):
            raise ContradictionError("no table of people has all these counts")
        self.wanted = self.possible(system.may_hide)

    def possible(self, hidden: Booleans) -> tuple[tuple[int, ...], ...]:
        """For each secret, those of its values that a reader of the cells not hidden cannot rule
        out."""
        questions = [
            (index, value) for index, secret in enumerate(self._secrets) for value in secret.values
        ]
        ruled_out = set(self._ruled_out(hidden, questions))
        return tuple(
            tuple(value for value in secret.values if (index, value) not in ruled_out)
            for index, secret in enumerate(self._secrets)
        )

    def find_ruled_out(self, hidden: Booleans) -> Iterator[tuple[int, int]]:
        """The secrets, by number, and their values that this pattern rules out although another
        would not."""
        return itertools.chain.from_iterable(
            self._find_ruled_out(hidden, index) for index in range(len(self.wanted))
        )

    def _find_ruled_out(self, hidden: Booleans, index: int) -> Iterator[tuple[int, int]]:
        # Outermost values first: tables for those in between are then mostly found already.
        wanted = self.wanted[index]
        values = sorted(
            wanted, key=lambda each_wanted: -abs(2 * each_wanted - wanted[0] - wanted[-1])
        )
        return self._ruled_out(hidden, [(index, value) for value in values])

    def choose(self) -> Booleans:
        """The cells to hide: no value of a secret is then ruled out that could be kept possible.

        No other such pattern costs less. Each round asks which shown cells together give something
        away, and then for the cheapest pattern that hides at least one of every such set found so
        far."""
        hidden, revealing = self._system.must_hide, list[Booleans]()
        while True:
            # One value of each secret a round: the others are asked again once the pattern has
            # changed.
            firsts = (
                next(self._find_ruled_out(hidden, index), None) for index in range(len(self.wanted))
            )
            if not (result := [first for first in firsts if first is not None]):
                return hidden
            revealing += [self._revealing(hidden, index, value) for index, value in result]
            hidden = self._cheapest(revealing)

    def _revealing(self, hidden: Booleans, index: int, value: int) -> Booleans:
        """Cells that while all of them are shown keep the secret from having the value.

        By duality: the proof of a linear programme's bound uses only the rows whose multipliers are
        not zero. Where only whole numbers rule the value out there is no such proof, and every cell
        shown now is suspect."""
        system, shown = self._system, np.flatnonzero(~hidden)
        for sign in (1.0, -1.0):
            result = linprog(
                sign * self._forms[index],
                A_eq=sparse.csr_array(np.vstack([system.cells[shown], system.equal])),
                b_eq=np.append(system.counts[shown], np.zeros(len(system.equal))),
                A_ub=sparse.csr_array(-system.rising),
                b_ub=np.zeros(len(system.rising)),
                method="highs-ds",
            )
            if result.status == 0 and result.fun > sign * value + NEGLIGIBLE:
                proof = np.zeros(len(hidden), np.bool_)
                proof[shown] = np.abs(result.eqlin.marginals[: len(shown)]) > NEGLIGIBLE
                if np.any(proof & system.may_hide):
                    return proof & system.may_hide
        return system.may_hide & ~hidden

    def _cheapest(self, revealing: Sequence[Booleans]) -> Booleans:
        """The pattern that hides a cell of each of these sets and the smallest total."""
        system = self._system
        result = milp(
            # one more than the count: a zero is not free, and fewer cells are better
            system.counts + 1.0,
            integrality=np.ones(len(system.counts)),
            bounds=Bounds(system.must_hide.astype(float), system.may_hide.astype(float)),
            constraints=LinearConstraint(sparse.csr_array(np.array(revealing, float)), 1, np.inf),
            options={"mip_rel_gap": 0.0, "presolve": False},
        )
        return system.may_hide if result.x is None else np.asarray(result.x > 0.5)

    def _ruled_out(
        self, hidden: Booleans, questions: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[int, int]]:
        for index, value in questions:
            if not self._is_known_table(hidden, index, value) and not self._exists(
                hidden, index, value
            ):
                yield index, value

    def _is_known_table(self, hidden: Booleans, index: int, value: int) -> bool:
        shown = ~hidden
        right = self._system.counts[shown]
        return any(
            values[index] == value and np.array_equal(counts[shown], right)
            for counts, values in zip(self._known_counts, self._known_values, strict=True)
        )

    def _exists(self, hidden: Booleans, index: int = 0, value: int | None = None) -> bool:
        """Whether a table agrees with all shown cells, with this value of the secret."""
        system, shown = self._system, ~hidden
        rows = [system.cells[shown], system.equal, system.rising]
        low = [system.counts[shown], np.zeros(len(system.equal) + len(system.rising))]
        high = [
            system.counts[shown],
            np.zeros(len(system.equal)),
            np.full(len(system.rising), np.inf),
        ]
        if value is not None:
            rows.append(self._forms[index : index + 1])
            low.append(np.array([value]))
            high.append(np.array([value]))
        known = LinearConstraint(
            sparse.csr_array(np.vstack(rows)), np.concatenate(low), np.concatenate(high)
        )
        # HiGHS's presolve is known to call a feasible programme infeasible now and then. That would
        # lower what has to be protected, so it is asked again without.
        for presolve in (True, False):
            result = milp(
                np.zeros(system.atoms_count),
                integrality=np.ones(system.atoms_count),
                bounds=Bounds(0, np.inf),
                constraints=known,
                options={"presolve": presolve},
            )
            if result.x is not None and self._keep(np.rint(result.x).astype(np.int64), hidden):
                return True
        return False

    def _keep(self, atoms: Integers, hidden: Booleans) -> bool:
        """Remembers a table, if it is right to the last unit."""
        system, counts = self._system, self._system.cells @ atoms
        agrees = not np.any((counts != system.counts) & ~hidden)
        if (
            not agrees
            or np.any(atoms < 0)
            or np.any(system.equal @ atoms)
            or np.any(system.rising @ atoms < 0)
        ):
            return False
        self._known_counts.append(counts)
        self._known_values.append(self._forms @ atoms)
        return True
