"""Tables that count people by their attributes, before and after protection.

In: counts by codes of declared dimensions. Out: `CrossTable`, and `ProtectedTable`, which tells
readers only what is shown. Does not decide what is hidden: `etl.disclosure.disclosure` does."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from etl.model.codes import VALUE_STATUS
from etl.model.groups import CLASSIFICATIONS
from etl.model.messages import join, message
from etl.model.problems import Problem, RecordError, RefusedQueryError
from etl.model.refusals import Refusal

Code = str | int
Key = tuple[Code, ...]
Period = tuple[dt.date | None, dt.date | None]
Kind = Literal["person", "force", "year", "place", "date", "event"]

# What each grouping says about. A region splits a national force, a publication may be one day's,
# and a lender, a vendor or a threshold may be one deployment's: with force and year they can point
# to a day or a place, so they count as fine.
_NAMES: dict[Kind, str] = {
    "person": "ethnicity sex age classification_code group_code",
    "force": "force_id",
    "year": "year",
    "place": "region_code district_code place_id lender_force_id",
    "date": "quarter month date deployment_id publication_id threshold vendor_code",
    "event": "use_case reliability verdict stage_code benchmark_id",
}
KINDS: dict[str, Kind] = {name: kind for kind, names in _NAMES.items() for name in names.split()}
KINDS |= dict.fromkeys(CLASSIFICATIONS, "person")
FINE: frozenset[Kind] = frozenset({"place", "date"})
REFUSED_CROSS = "attributes_by_place_or_date"
SYMBOL = VALUE_STATUS.label("suppressed").split()[0]
REASON = join(VALUE_STATUS.entry("suppressed").meaning)


class InvalidTableError(RecordError):
    """Tables that cannot be protected, because they contradict themselves or each other."""

    headline = "a table of people is not consistent"


class RefusedCrossError(RefusedQueryError):
    """Attributes of people by a place or a date below force and year:
    never shown, whatever the counts."""

    code = REFUSED_CROSS
    headline = "the cross-tabulation is refused"


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a table is by. Every person or event counted has exactly one of `members`, "not stated"
    being one.

    `totals` maps the codes of sums (all forces, all under 18) to the members they add up.
    `under_18` are the members in which somebody may be under 18."""

    name: str
    kind: Kind
    members: tuple[Code, ...]
    totals: Mapping[Code, tuple[Code, ...]] = field(default_factory=dict)
    under_18: frozenset[Code] = frozenset()

    def __post_init__(self) -> None:
        codes = [*self.members, *self.totals]
        unknown = {
            member for sums in (*self.totals.values(), self.under_18) for member in sums
        } - set(self.members)
        if not self.members or len(codes) != len(set(codes)) or unknown:
            raise InvalidTableError(
                Problem(
                    f"dimension {self.name}",
                    f"codes {codes}, unknown members {sorted(map(str, unknown))}",
                    "codes that differ, totals of known members",
                    "Declare every code once.",
                )
            )
        if KINDS.get(self.name, self.kind) != self.kind:
            kind, expected = self.kind, KINDS[self.name]
            raise InvalidTableError(
                Problem(f"dimension {self.name}", f"kind {kind}", expected, "Name its true kind.")
            )

    @property
    def codes(self) -> tuple[Code, ...]:
        return (*self.members, *self.totals)

    def members_of(self, code: Code) -> frozenset[Code]:
        """The members that a code stands for."""
        return frozenset(self.totals.get(code, (code,)))


@dataclass(frozen=True, slots=True)
class CrossTable:
    """True counts of one subject in one release, by codes in the order of the dimensions. Not for
    readers.

    A key may name members and totals in any mixture; a cell that is left out is not shown and is no
    zero. `published` are the cells that a publisher printed: they are repeated and cannot be
    hidden."""

    release: str
    subject: str
    dimensions: tuple[Dimension, ...]
    counts: Mapping[Key, int] = field(repr=False)
    published: frozenset[Key] = frozenset()

    def __post_init__(self) -> None:
        known = set(itertools.product(*(dimension.codes for dimension in self.dimensions)))
        wrong = [key for key, count in self.counts.items() if key not in known or count < 0]
        wrong += [key for key in self.published if key not in self.counts]
        if wrong:
            raise InvalidTableError(
                Problem(
                    f"{self.release}, table of {self.subject}",
                    ", ".join(map(str, wrong)),
                    "keys of declared codes, counts of 0 or more, published cells with a count",
                    "Correct the table.",
                )
            )

    @classmethod
    def of_members(
        cls,
        release: str,
        subject: str,
        dimensions: Sequence[Dimension],
        counts: Mapping[Key, int],
        published: Iterable[Key] = (),
    ) -> CrossTable:
        """A table with all its margins: `counts` has every combination of members,
        totals are added."""
        dimensions = tuple(dimensions)
        members = set(itertools.product(*(dimension.members for dimension in dimensions)))
        if missing := members - counts.keys():
            text = ", ".join(sorted(map(str, missing)))
            raise InvalidTableError(
                Problem(
                    f"{release}, table of {subject}",
                    f"no {text}",
                    "every combination",
                    "Give zeros as 0.",
                )
            )
        cells = {
            key: sum(counts[part] for part in itertools.product(*_members(dimensions, key)))
            for key in itertools.product(*(dimension.codes for dimension in dimensions))
        }
        return cls(release, subject, dimensions, cells, frozenset(published))

    def attributes(self, key: Key) -> tuple[tuple[Dimension, Code], ...]:
        """The dimensions that a cell is really by:
        a code that stands for all members says nothing."""
        pairs = zip(self.dimensions, key, strict=True)
        return tuple(pair for pair in pairs if pair[0].members_of(pair[1]) != set(pair[0].members))

    def is_about_people(self, key: Key) -> bool:
        return any(dimension.kind == "person" for dimension, _ in self.attributes(key))

    def is_under_18(self, key: Key) -> bool:
        return any(
            dimension.members_of(code) <= dimension.under_18
            for dimension, code in self.attributes(key)
        )


@dataclass(frozen=True, slots=True)
class ProtectedCell:
    """A cell as readers see it; `status`, of `VALUE_STATUS`, does not tell rule from margins."""

    key: Key
    count: int | None
    status: str
    symbol: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """A table and the cells of it that are hidden. `cells` is for readers; `table`, with the truth,
    is not.

    The truth is kept because the next release has to be compared with it; `repr` does not print it.
    """

    table: CrossTable
    hidden: frozenset[Key]

    @property
    def cells(self) -> tuple[ProtectedCell, ...]:
        return tuple(self._cell(key) for key in self.table.counts)

    def _cell(self, key: Key) -> ProtectedCell:
        if key in self.hidden:
            return ProtectedCell(key, None, "suppressed", SYMBOL, REASON)
        status = "published" if key in self.table.published else "derived"
        return ProtectedCell(key, self.table.counts[key], status, "", "")


def refuse_cross(names: Iterable[str], period: Period = (None, None)) -> Refusal | None:
    """Why these groupings and filters are not given together in this period, or None.

    A name not in `KINDS` is taken for a place. A period that does not begin and end with a calendar
    year is a date below the year, an open end apart."""
    kinds = {name: KINDS.get(name, "place") for name in names}
    people = [name for name, kind in kinds.items() if kind == "person"]
    fine = [name for name, kind in kinds.items() if kind in FINE]
    start, end = period
    if (start and (start.month, start.day) != (1, 1)) or (end and (end.month, end.day) != (12, 31)):
        fine.append("part of a year")
    return _refusal(people, fine) if people and fine else None


def refuse_table(table: CrossTable) -> None:
    """Raises RefusedCross if an unpublished cell is by an attribute of people and a fine place or
    date."""
    for key in sorted(set(table.counts) - table.published, key=str):
        named = [(dimension.name, dimension.kind) for dimension, _ in table.attributes(key)]
        people = [name for name, kind in named if kind == "person"]
        fine = [name for name, kind in named if kind in FINE]
        if people and fine:
            raise RefusedCrossError(
                Problem(
                    f"{table.release}, table of {table.subject}",
                    f"a cell by {', '.join(people + fine)}",
                    "attributes of people by force and year at the finest",
                    _refusal(people, fine).reason,
                )
            )


def _refusal(people: Sequence[str], fine: Sequence[str]) -> Refusal:
    return Refusal(
        REFUSED_CROSS,
        message("never_crossed", people=people, fine=fine),
    )


def _members(dimensions: Sequence[Dimension], key: Key) -> list[list[Code]]:
    return [
        list(dimension.totals.get(code, (code,)))
        for dimension, code in zip(dimensions, key, strict=True)
    ]
