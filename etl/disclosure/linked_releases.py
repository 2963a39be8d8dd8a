"""One subject in all releases as numbers: what is shown, what links the releases, what must stay
secret.

In: the cross-tables of the new release and the protected tables of earlier ones. Out: a
`suppression.System`, its `Secret`s and their names. Does not choose what to hide.

The unknowns are atoms: the people in every combination of members of all dimensions of a release,
which no table needs to show. All margins and all links between tables follow from them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from etl.disclosure.cross_tables import (
    Code,
    CrossTable,
    Dimension,
    InvalidTableError,
    Key,
    Kind,
    ProtectedTable,
)
from etl.disclosure.suppression import (
    Booleans,
    ContradictionError,
    Integers,
    Search,
    Secret,
    System,
)
from etl.model.problems import Problem

Label = tuple[
    tuple[str, Code], ...
]  # what a cell is by, in order of name: the same in all tables and releases
Parts = Mapping[str, frozenset[Code]]
Context = tuple[tuple[str, Code], ...]  # one member of every dimension that is not of people
Direction = Literal["equal", "rising", "free"]
MAX_ATOMS = 5_000


@dataclass(frozen=True, slots=True)
class Rule:
    """Counts from `lowest` to `highest` are hidden,
    and none of 0 to `highest` may be ruled out for them."""

    lowest: int
    highest: int


ADULTS = Rule(1, 4)
# "Nothing under 10" is read to the letter: for children a zero is hidden too.
CHILDREN = Rule(0, 9)


def label_of(table: CrossTable, key: Key) -> Label:
    """What a cell is by, without the codes that stand for all members."""
    return tuple(
        sorted(((dimension.name, code) for dimension, code in table.attributes(key)), key=str)
    )


class ReleaseHistory:
    """What a reader of these releases knows about one subject. Raises BadTable if the tables
    disagree.

    `at_least` are cells of the new release that are hidden in any case."""

    def __init__(
        self,
        subject: str,
        tables: Sequence[CrossTable],
        previous: Sequence[ProtectedTable] = (),
        at_least: frozenset[Label] = frozenset(),
    ) -> None:
        names = {table.release for table in tables}
        if len(names) != 1 or names & {table.table.release for table in previous}:
            raise _bad(
                tables[0],
                f"releases {', '.join(sorted(names))}",
                "one release, and not an earlier one",
            )
        shown = [*previous, *(ProtectedTable(table, frozenset()) for table in tables)]
        by_release: dict[str, list[ProtectedTable]] = {}
        for table in shown:
            if table.table.subject == subject:
                by_release.setdefault(table.table.release, []).append(table)
        self._releases = [_Release(name, ones) for name, ones in by_release.items()]
        self._now = self._releases[-1]
        self._at_least = at_least
        self._starts = [0, *itertools.accumulate(release.atoms_count for release in self._releases)]
        secrets = dict(self._secrets())
        self.names = tuple(secrets)
        try:
            self.search = Search(self._system(linked=True), list(secrets.values()))
        except ContradictionError:
            # Something was taken back in a way that no cell shows: nothing is known to have stayed.
            try:
                self.search = Search(self._system(linked=False), list(secrets.values()))
            except ContradictionError as error:
                where = f"{self._now.name}, tables of {subject}"
                raise InvalidTableError(
                    Problem(
                        where, str(error), "one count of the same people", "Make the totals add up."
                    )
                ) from error

    def choose(self) -> frozenset[Label]:
        """The cells of the new release to hide."""
        now = self.search.choose()[-len(self._now.cells) :]
        return frozenset(
            label for label, hidden in zip(self._now.cells, now, strict=True) if hidden
        )

    def pattern(self, hidden: Iterable[Label]) -> Booleans:
        """All cells of all releases: whether hidden, if the new release hides these."""
        labels = set(hidden)
        return np.array(
            [
                label in labels if release is self._now else cell.hidden
                for release in self._releases
                for label, cell in release.cells.items()
            ],
            np.bool_,
        )

    def _secrets(self) -> Iterable[tuple[str, Secret]]:
        """Small counts of people, and small changes of a count of people between any two
        releases."""
        for at, release in enumerate(self._releases):
            for label, cell in release.cells.items():
                if cell.small:
                    yield (
                        f"{release.name}: {_describe(label)}",
                        Secret(self._wide(at, cell.row), tuple(range(cell.rule.highest + 1))),
                    )
        for (i, first), (j, second) in itertools.combinations(enumerate(self._releases), 2):
            for label, before in first.cells.items():
                if (after := second.cells.get(label)) is None:
                    continue
                change, most = after.count - before.count, after.rule.highest
                if (
                    after.person
                    and 0 < abs(change) <= most
                    and not (before.published and after.published)
                ):
                    values = range(most + 1) if change > 0 else range(-most, 1)
                    yield (
                        f"change from {first.name} to {second.name}: {_describe(label)}",
                        Secret(self._wide(j, after.row) - self._wide(i, before.row), tuple(values)),
                    )

    def _system(self, *, linked: bool) -> System:
        cells = [
            (at, cell)
            for at, release in enumerate(self._releases)
            for cell in release.cells.values()
        ]
        links: dict[Direction, list[Integers]] = {"equal": [], "rising": [], "free": []}
        labels: set[Label] = set()
        for at, (earlier, later) in enumerate(itertools.pairwise(self._releases)):
            directions = _directions(earlier, later)
            if not linked:
                directions = dict.fromkeys(directions, "free")
            people = [
                [(name, member) for member in members]
                for name, (kind, members) in earlier.kinds_shared(later).items()
                if kind == "person"
            ]
            for context, direction in directions.items():
                for attributes in itertools.product(*people):
                    parts = {name: frozenset({member}) for name, member in (*context, *attributes)}
                    links[direction].append(
                        self._wide(at + 1, later.row(parts)) - self._wide(at, earlier.row(parts))
                    )
            # Where nothing ties two releases, a cell hidden in one and shown in the other would tie
            # them for a reader who takes them for the same people. It stays hidden.
            free = [context for context, direction in directions.items() if direction == "free"]
            labels = {
                label
                for label, cell in later.cells.items()
                if label in earlier.cells
                and earlier.cells[label].hidden
                and any(_touches(cell, context) for context in free)
            }
        now = len(self._releases) - 1
        may = [
            cell.person and not cell.published if at == now else cell.hidden for at, cell in cells
        ]
        labels |= self._at_least
        must = [
            cell.small or cell.label in labels if at == now else cell.hidden for at, cell in cells
        ]
        width = self._starts[-1]
        return System(
            cells=np.array([self._wide(at, cell.row) for at, cell in cells], np.int64).reshape(
                -1, width
            ),
            counts=np.array([cell.count for _, cell in cells], np.int64),
            may_hide=np.array(may, np.bool_),
            must_hide=np.array(must, np.bool_) & np.array(may, np.bool_),
            equal=np.array(links["equal"], np.int64).reshape(-1, width),
            rising=np.array(links["rising"], np.int64).reshape(-1, width),
        )

    def _wide(self, at: int, row: Integers) -> Integers:
        wide = np.zeros(self._starts[-1], np.int64)
        wide[self._starts[at] : self._starts[at + 1]] = row
        return wide


@dataclass(slots=True)
class _Cell:
    label: Label
    count: int
    row: Integers
    parts: Parts
    person: bool
    published: bool
    rule: Rule
    hidden: bool

    @property
    def small(self) -> bool:
        return (
            self.person
            and not self.published
            and self.rule.lowest <= self.count <= self.rule.highest
        )


class _Release:
    """The cells of one subject in one release, over its atoms."""

    def __init__(self, name: str, tables: Sequence[ProtectedTable]) -> None:
        self.name = name
        dimensions: dict[str, Dimension] = {}
        for table in tables:
            for dimension in table.table.dimensions:
                if dimensions.setdefault(dimension.name, dimension) != dimension:
                    raise _bad(
                        table.table,
                        f"two breakdowns by {dimension.name}",
                        "one in all tables of a release",
                    )
        self._dimensions = dict(sorted(dimensions.items()))
        self.atoms_count = 1
        for dimension in dimensions.values():
            self.atoms_count *= len(dimension.members)
        if self.atoms_count > MAX_ATOMS:
            raise _bad(tables[0].table, f"{self.atoms_count} combinations", f"at most {MAX_ATOMS}")
        self.cells: dict[Label, _Cell] = {}
        for table in tables:
            for key in table.table.counts:
                self._add(table.table, key, key in table.hidden)
        self.cells = dict(sorted(self.cells.items(), key=str))

    def _add(self, table: CrossTable, key: Key, hidden: bool) -> None:
        parts = {name: frozenset(dimension.members) for name, dimension in self._dimensions.items()}
        parts |= {
            dimension.name: dimension.members_of(code) for dimension, code in table.attributes(key)
        }
        cell = _Cell(
            label=label_of(table, key),
            count=table.counts[key],
            row=self.row(parts),
            parts=parts,
            person=table.is_about_people(key),
            published=key in table.published,
            rule=CHILDREN if table.is_under_18(key) else ADULTS,
            hidden=hidden,
        )
        known = self.cells.setdefault(cell.label, cell)
        if known.count != cell.count:
            raise _bad(
                table,
                f"{known.count} and {cell.count} for {_describe(cell.label)}",
                "one count for one cell",
            )
        known.published |= cell.published
        known.hidden |= cell.hidden

    def row(self, parts: Parts) -> Integers:
        """1 for each atom inside these members, else 0;
        a dimension that is not named is not cut."""
        row = np.ones(1, np.int64)
        for name, dimension in self._dimensions.items():
            wanted = parts.get(name, dimension.members)
            row = np.kron(
                row, np.array([member in wanted for member in dimension.members], np.int64)
            )
        return row

    def kinds_shared(self, later: _Release) -> dict[str, tuple[Kind, tuple[Code, ...]]]:
        """The dimensions that both releases have, with the members that both have."""
        return {
            name: (other.kind, tuple(member for member in other.members if member in mine.members))
            for name, mine in self._dimensions.items()
            if (other := later._dimensions.get(name)) is not None
        }


def _directions(earlier: _Release, later: _Release) -> dict[Context, Direction]:
    """For each combination of force, year and the like: did its counts stay, only rise, or perhaps
    fall?

    Judged by the cells that are no wider than need be. A reader may believe that what is shown as
    unchanged did not change at all, and that what rose was only added to: protection has to hold
    against that reader."""
    shared = earlier.kinds_shared(later)
    names = [name for name, (kind, _) in shared.items() if kind != "person"]
    pairs = [
        (before, after)
        for label, before in earlier.cells.items()
        if (after := later.cells.get(label)) is not None
        and all(before.parts[name] == after.parts[name] for name in shared)
    ]
    directions: dict[Context, Direction] = {}
    for members in itertools.product(*(shared[name][1] for name in names)):
        context = tuple(zip(names, members, strict=True))
        touching = [
            (math.prod(len(before.parts[name]) for name in names), after.count - before.count)
            for before, after in pairs
            if _touches(before, context)
        ]
        narrowest = min((width for width, _ in touching), default=0)
        changes = {change for width, change in touching if width == narrowest}
        directions[context] = (
            "free" if not changes or min(changes) < 0 else "rising" if max(changes) > 0 else "equal"
        )
    return directions


def _touches(cell: _Cell, context: Context) -> bool:
    return all(member in cell.parts[name] for name, member in context)


def _describe(label: Label) -> str:
    return ", ".join(f"{name} {code}" for name, code in label) or "all"


def _bad(table: CrossTable, text: str, expected: str) -> InvalidTableError:
    return InvalidTableError(
        Problem(
            f"{table.release}, tables of {table.subject}", text, expected, "Correct the tables."
        )
    )
