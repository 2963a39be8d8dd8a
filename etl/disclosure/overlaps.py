"""What counts by group of overlapping periods tell together: a reader can subtract one from the
other.

In: `ShownTable`s of one force (its returns, what was published before, returns since replaced), and
how many events there were in which days, which everybody can add up from the deployments. Out:
`Disclosure`s, small counts that could be worked out. Rule:
`docs/decisions/0008-disclosure-control.md`; numbers that a force hid are not known here, so what
stays possible is asked of the numbers shown alone. Does not hide: a return is published as it was
sent, or not at all."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from etl.disclosure.cross_tables import Code, Dimension
from etl.disclosure.group_tables import VERDICT, Crosswalks, dimension_of
from etl.disclosure.linked_releases import ADULTS, CHILDREN

NO_LIMIT = 10**6
DAY = dt.timedelta(days=1)
Days = tuple[dt.date, dt.date]
Atom = tuple[int, Code, Code]  # a stretch of days or what a replacement added, a verdict, a group
Form = frozenset[Atom]
# How many events of a stage there were from one day to another; None where the record does not say.
Events = Callable[[str, Days], int | None]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """What one source shows of one stage by one list of groups. A count is None where it is hidden;
    `replaced` is what was public once and is no longer: a reader may have kept it."""

    source_id: str
    days: Days
    stage_code: str
    classification_code: str
    counts: Mapping[str, int | None]
    total: int | None
    replaced: bool = False

    @property
    def whole(self) -> str:
        """True and false alerts are parts of one whole."""
        return "alerts" if self.stage_code in VERDICT.codes else self.stage_code


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A small count by group that `table`, the newest that is public, gives away. `other` is the
    source with which it does; None where it does so by itself."""

    table: ShownTable
    group_code: Code
    other: ShownTable | None


def find_disclosures(
    tables: Iterable[ShownTable], events: Events, crosswalks: Crosswalks = ()
) -> tuple[Disclosure, ...]:
    """Every small count that could be worked out because of the newest of sources that have days in
    common; each once.

    Small is what the rule hides; it may be worked out if a value is ruled out from 0 to the highest
    small one that was possible without the counts by group of that source: from what was public
    before, and from the events."""
    disclosures: dict[tuple[str, str, str, Code], Disclosure] = {}
    for together in _overlapping(tables):
        lists = list(dict.fromkeys(table.classification_code for table in together))
        for base in lists:
            groups = dimension_of(base, crosswalks)
            own = [table for table in together if _names(groups, table) is not None]
            for disclosure in _Reader(groups, own, events).list_disclosures():
                key = (
                    disclosure.table.source_id,
                    disclosure.table.stage_code,
                    disclosure.table.classification_code,
                    disclosure.group_code,
                )
                disclosures.setdefault(key, disclosure)
    return tuple(disclosures.values())


def _overlapping(tables: Iterable[ShownTable]) -> Iterator[list[ShownTable]]:
    """Tables of one whole that have days in common, or are linked by others that have."""
    by_whole: dict[str, list[ShownTable]] = {}
    for table in sorted(tables, key=lambda each_table: each_table.days):
        by_whole.setdefault(table.whole, []).append(table)
    for ordered in by_whole.values():
        group, last = [ordered[0]], ordered[0].days[1]
        for table in ordered[1:]:
            if table.days[0] > last:
                yield group
                group, last = [], table.days[1]
            group.append(table)
            last = max(last, table.days[1])
        yield group


def _names(groups: Dimension, table: ShownTable) -> dict[str, frozenset[Code]] | None:
    """The groups of a table as groups of the list;
    None where the list is another and not an exact sum of this one."""
    if table.classification_code == groups.name:
        return {str(code): frozenset({code}) for code in groups.members}
    names = {
        code: groups.totals.get(f"{table.classification_code} {code}") for code in table.counts
    }
    if None in names.values():
        return None
    return {code: frozenset(parts or ()) for code, parts in names.items()}


@dataclass(slots=True)
class _Known:
    """Sums of atoms with their lowest and highest value."""

    forms: list[Form] = field(default_factory=list)
    limits: list[tuple[int, int]] = field(default_factory=list)

    def add(self, form: Form, low: int, high: int) -> None:
        self.forms.append(form)
        self.limits.append((low, high))


@dataclass(frozen=True, slots=True)
class _Added:
    """What newer sources have more (`rising`) or fewer of than an older one:
    a stretch of no days of its own."""

    number: int
    kind: str
    newer: frozenset[str]


def _unknown(stage: str, days: Days) -> None:
    """Nothing is known of the events."""


class _Reader:
    """Knows all tables of one whole by one list of groups, and what days have how many events."""

    def __init__(self, groups: Dimension, tables: Sequence[ShownTable], events: Events) -> None:
        self.groups = groups
        self._events = events
        edges = sorted({day for table in tables for day in (table.days[0], table.days[1] + DAY)})
        self.stretches: list[Days] = [
            (first, after - DAY) for first, after in itertools.pairwise(edges)
        ]
        stages = {table.stage_code for table in tables}
        self.verdicts = {
            stage: VERDICT.members_of(stage) if len(stages) > 1 else {stage} for stage in stages
        }
        self._members = sorted(set().union(*self.verdicts.values()), key=str)
        self.used: list[ShownTable] = []
        self.added: dict[str, _Added] = {}
        sources: dict[str, list[ShownTable]] = {}
        for table in tables:
            sources.setdefault(table.source_id, []).append(table)
        # What is public now before what is not, the newest first.
        for own in sorted(
            sources.values(),
            key=lambda own: (not own[0].replaced, _age(own[0].source_id)),
            reverse=True,
        ):
            self._link(own)

    def _link(self, own: Sequence[ShownTable]) -> None:
        """A reader takes what agrees for the same events, and else what only rose, or only fell,
        for more or fewer of them; where some counts rose and others fell, nothing ties the source
        to the newer ones and it is left out."""
        newer = frozenset(table.source_id for table in self.used)
        before = list(self.used)
        self.used += own
        number = len(self.stretches) + len(self.added)
        for kind in ("", "rising", "falling") if newer else ("",):
            if kind:
                self.added[own[0].source_id] = _Added(number, kind, newer)
            if self._bounds(frozenset(), self._know()) is not None:
                return
        self.added.pop(own[0].source_id, None)
        self.used = before
        if not newer and self._events is not _unknown:
            # The rows of the deployments say otherwise, which is a finding of its own.
            self._events = _unknown
            self._link(own)

    def list_disclosures(self) -> Iterator[Disclosure]:
        """What the newest source that is public tells beyond what could be known without it,
        and beyond the rule."""
        newest = next((table.source_id for table in self.used if not table.replaced), None)
        if newest is None:
            return
        known, before = self._know(), self._know(without=newest)
        for other, stage, code, form, is_shown in self._list_counts():
            highest = (CHILDREN if self._is_under_18(form) else ADULTS).highest
            low, high = self._bounds(form, known) or (0, NO_LIMIT)
            if low > highest or (high == 0 and not is_shown) or (low == 0 and high >= highest):
                continue
            lowest, most = self._bounds(form, before) or (0, NO_LIMIT)
            if low > lowest or high < min(highest, most):
                own = [table for table in self.used if table.source_id == newest]
                table = next(
                    (each_table for each_table in own if each_table.stage_code == stage), own[0]
                )
                yield Disclosure(table, code, None if other.source_id == newest else other)

    def _list_counts(self) -> Iterator[tuple[ShownTable, str, Code, Form, bool]]:
        """Counts that may be small: hidden ones, with the groups that a table leaves out; and, of
        two sources, those of the days that one covers and the other does not, and of what the newer
        has more or fewer. The last value says whether a table has a row for it."""
        for table in self.used:
            for name, members in (_names(self.groups, table) or {}).items():
                if table.counts.get(name) is None:
                    yield (
                        table,
                        table.stage_code,
                        name,
                        self._form(table, members),
                        name in table.counts,
                    )
        sources = {table.source_id: table for table in reversed(self.used)}
        for first, other in itertools.permutations(sources.values(), 2):
            if first.days[1] < other.days[0] or other.days[1] < first.days[0]:
                continue
            rest = [
                n
                for n, days in enumerate(self.stretches)
                if _inside(days, first.days) and not _inside(days, other.days)
            ]
            added = [self.added[first.source_id].number] if first.source_id in self.added else []
            older = min(first, other, key=lambda table: (not table.replaced, _age(table.source_id)))
            for stretches in filter(None, (rest, added)):
                for stage, verdicts in self.verdicts.items():
                    for code in self.groups.members:
                        form = frozenset(itertools.product(stretches, verdicts, [code]))
                        yield older, stage, code, form, False

    def _is_under_18(self, form: Form) -> bool:
        return {code for _, _, code in form} <= self.groups.under_18

    def _know(self, *, without: str = "") -> _Known:
        """What is shown, and the events; `without` a source's counts by group."""
        known, every = _Known(), frozenset(self.groups.members)
        for table in self.used:
            for code, members in (_names(self.groups, table) or {}).items():
                count = table.counts.get(code)
                if count is not None and table.source_id != without:
                    known.add(self._form(table, members), count, count)
            total = table.total
            if total is None and not table.replaced and table.source_id not in self.added:
                total = self._events(table.stage_code, table.days)
            if total is not None:
                known.add(self._form(table, every), total, total)
        for number, days in enumerate(self.stretches):
            for stage, verdicts in self.verdicts.items():
                count = self._events(stage, days)
                if count is not None:  # some of them may be among what was added
                    events = frozenset(itertools.product([number], verdicts, every))
                    known.add(events, 0 if self.added else count, count)
        return known

    def _form(self, table: ShownTable, members: Iterable[Code]) -> Form:
        stretches = [
            number for number, days in enumerate(self.stretches) if _inside(days, table.days)
        ]
        for source_id, added in self.added.items():
            in_newer = added.kind == "rising" and table.source_id in added.newer
            if in_newer or (added.kind == "falling" and table.source_id == source_id):
                stretches.append(added.number)
        return frozenset(itertools.product(stretches, self.verdicts[table.stage_code], members))

    def _bounds(self, aim: Form, known: _Known) -> tuple[int, int] | None:
        """The least and the most that a sum of atoms can be;
        None if no numbers fit what is known."""
        numbers = range(len(self.stretches) + len(self.added))
        columns = {
            atom: at
            for at, atom in enumerate(
                itertools.product(numbers, self._members, self.groups.members)
            )
        }
        rows = np.zeros((len(known.forms), len(columns)))
        for row, form in zip(rows, known.forms, strict=True):
            row[[columns[atom] for atom in form]] = 1
        goal = np.zeros(len(columns))
        goal[[columns[atom] for atom in aim]] = 1
        low, high = np.array(known.limits).reshape(-1, 2).T
        ends = [_solve(sign * goal, rows, low, high) for sign in (1, -1)]
        return None if ends[0] is None or ends[1] is None else (ends[0], -ends[1])


def _solve(goal: np.ndarray, rows: np.ndarray, low: np.ndarray, high: np.ndarray) -> int | None:
    limits = LinearConstraint(rows, low, high) if len(rows) else ()
    # with it, a possible table is now and then taken for an impossible one
    for presolve in (True, False):
        result = milp(
            goal,
            integrality=np.ones(len(goal)),
            bounds=Bounds(0, NO_LIMIT),
            constraints=limits,
            options={"presolve": presolve},
        )
        if result.status == 0:
            least: int = round(result.fun)
            return least
    return None


def _inside(days: Days, window: Days) -> bool:
    return window[0] <= days[0] and days[1] <= window[1]


def _age(source_id: str) -> tuple[int, str]:
    """Returns by their number, after everything else."""
    number = source_id.rpartition("_return_")[2]
    return (int(number) if number.isdigit() else NO_LIMIT if number == "new" else 0, source_id)
