"""Cross-tables of people by any attributes, protected by the rule of the product: a wider world
than the record holds, to attack the rule in.

A reader of a `ProtectedTable` has its dimensions and its `cells`, and not its `table`."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from etl.disclosure.rule import ADULTS, CHILDREN, Cell, find_reason

Code = str | int
Key = tuple[Code, ...]
Label = tuple[tuple[str, Code], ...]


@dataclass(frozen=True)
class Dimension:
    """What a table is by. `totals` maps codes of sums to the members that they add up."""

    name: str
    kind: str
    members: tuple[Code, ...]
    totals: Mapping[Code, tuple[Code, ...]] = field(default_factory=dict)
    under_18: frozenset[Code] = frozenset()

    @property
    def codes(self) -> tuple[Code, ...]:
        return (*self.members, *self.totals)

    def members_of(self, code: Code) -> frozenset[Code]:
        return frozenset(self.totals.get(code, (code,)))


@dataclass(frozen=True)
class CrossTable:
    """True counts of one subject in one release; `published` cells cannot be hidden."""

    release: str
    subject: str
    dimensions: tuple[Dimension, ...]
    counts: Mapping[Key, int]
    published: frozenset[Key] = frozenset()

    @classmethod
    def of_members(
        cls,
        release: str,
        subject: str,
        dimensions: Sequence[Dimension],
        counts: Mapping[Key, int],
        published: Iterable[Key] = (),
    ) -> CrossTable:
        """A table with all its margins: `counts` has every combination of members."""
        cells = {
            key: sum(
                counts[part]
                for part in itertools.product(
                    *(d.totals.get(code, (code,)) for d, code in zip(dimensions, key, strict=True))
                )
            )
            for key in itertools.product(*(dimension.codes for dimension in dimensions))
        }
        return cls(release, subject, tuple(dimensions), cells, frozenset(published))

    def attributes(self, key: Key) -> list[tuple[Dimension, Code]]:
        """The dimensions that a cell is really by: a code for all members says nothing."""
        pairs = zip(self.dimensions, key, strict=True)
        return [(d, code) for d, code in pairs if d.members_of(code) != set(d.members)]

    def label(self, key: Key) -> Label:
        """What a cell is by: the same in all tables and releases."""
        return tuple(sorted((d.name, code) for d, code in self.attributes(key)))

    def is_about_people(self, key: Key) -> bool:
        return any(dimension.kind == "person" for dimension, _ in self.attributes(key))

    def is_under_18(self, key: Key) -> bool:
        return any(d.members_of(code) <= d.under_18 for d, code in self.attributes(key))

    @property
    def can_hide(self) -> frozenset[Key]:
        return frozenset(
            key for key in self.counts if self.is_about_people(key) and key not in self.published
        )


@dataclass(frozen=True)
class ShownCell:
    key: Key
    count: int | None


@dataclass(frozen=True)
class ProtectedTable:
    table: CrossTable
    hidden: frozenset[Key]

    @property
    def cells(self) -> tuple[ShownCell, ...]:
        return tuple(
            ShownCell(key, None if key in self.hidden else count)
            for key, count in self.table.counts.items()
        )


def protect(
    tables: Sequence[CrossTable], previous: Sequence[ProtectedTable] = ()
) -> tuple[ProtectedTable, ...]:
    """The tables of one new release by the rule: those of a subject whole, or hidden whole."""
    reasons = {
        subject: _reason(subject, tables, previous) for subject in {t.subject for t in tables}
    }
    return tuple(
        ProtectedTable(t, t.can_hide if reasons[t.subject] else frozenset()) for t in tables
    )


def is_safe(tables: Sequence[ProtectedTable], previous: Sequence[ProtectedTable] = ()) -> bool:
    """Whether no subject shows what the rule hides, nor hides a part of its counts."""
    hides = protect([table.table for table in tables], previous)
    return all(
        table.hidden == table.table.can_hide or not (table.hidden or expected.hidden)
        for table, expected in zip(tables, hides, strict=True)
    )


def _reason(
    subject: str, tables: Sequence[CrossTable], previous: Sequence[ProtectedTable]
) -> str | None:
    cells: dict[Label, Cell] = {}
    for table in tables:
        for key, count in table.counts.items():
            if table.subject == subject:
                limits = CHILDREN if table.is_under_18(key) else ADULTS
                cells[table.label(key)] = Cell(count, key in table.can_hide, limits)
    earlier: dict[str, dict[Label, int | None]] = {}
    for old in previous:
        if old.table.subject == subject:
            shown = earlier.setdefault(old.table.release, {})
            shown |= {old.table.label(cell.key): cell.count for cell in old.cells}
    return find_reason(cells, list(earlier.values()))
