"""What a return's counts by group tell, alone and subtracted from what else is or was public.

In: `ShownTable`s of one force (its returns, what was published before, returns since replaced), and
how many events there were in which days, which everybody can add up from the deployments. Out:
`Disclosure`s. Rule: `docs/decisions/0008-disclosure-control.md`. Numbers that a force hid are not
known here; where what is shown leaves a doubt, the newest return is the one that has to hide its
whole breakdown. Does not hide: a return is published as it was sent, or not at all."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.disclosure.group_tables import InvalidTableError, find_rests, limits_of, parts_of, whole_of
from etl.model.group_records import GroupCrosswalk
from etl.model.groups import CLASSIFICATIONS

Days = tuple[dt.date, dt.date]
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
    def place(self) -> tuple[str, str]:
        return self.stage_code, self.classification_code


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A small count by group that `table`, of the newest source that is public, may give away.
    `other` is the source with which it does; None where it does so by itself."""

    table: ShownTable
    group_code: str
    other: ShownTable | None


def find_disclosures(
    tables: Iterable[ShownTable], events: Events, crosswalks: Sequence[GroupCrosswalk] = ()
) -> tuple[Disclosure, ...]:
    """What the newest of sources about the same events shows too much of; each group once.

    A breakdown that is hidden as a whole, or that repeats what is public, shows nothing more.
    Beside another source, any other has to be complete, as the other one is, and every group has to
    differ by nobody or by many."""
    found: dict[tuple[str, tuple[str, str], str], Disclosure] = {}
    for together in _overlapping(tables, _families(crosswalks)):
        public = [table for table in together if not table.replaced]
        newest = max((table.source_id for table in public), key=_age, default=None)
        own = [table for table in public if table.source_id == newest]
        others = [table for table in together if table not in own]
        for disclosure in _judge(own, others, events):
            key = (disclosure.table.source_id, disclosure.table.place, disclosure.group_code)
            found.setdefault(key, disclosure)
    return tuple(found.values())


def _judge(
    own: Sequence[ShownTable], others: Sequence[ShownTable], events: Events
) -> Iterator[Disclosure]:
    """What the tables of the newest source tell; `others` are about the same events."""
    if all(count is None for table in own for count in table.counts.values()):
        return
    if all(any(_repeats(table, other) for other in others) for table in own):
        return
    if hiding := [table for table in own if not _is_complete(table, events)]:
        is_doubtful = len(own) > 1 or bool(others)
        for table in hiding:
            codes = list(_limit_bounds(table, events)) or _absent(table)[: int(is_doubtful)]
            yield from (Disclosure(table, code, next(iter(others), None)) for code in codes)
        return
    try:
        shown = {table.place for table in own}
        for (listed, code), rests in _by_group(own).items():
            left = {parts: count for parts, count in rests.items() if count}
            for stage, _ in shown:
                left.pop(parts_of(stage), None)
            if any(limits_of(listed, code).is_small(count) for count in left.values()):
                yield Disclosure(_find(own, listed), code, None)
        for source_id in dict.fromkeys(other.source_id for other in others):
            before = [other for other in others if other.source_id == source_id]
            if not all(any(_repeats(other, table) for table in own) for other in before):
                days = {table.days for table in (*own, *others)}
                yield from _compare(own, before, events, len(days))
    except InvalidTableError:  # the counts contradict each other: nobody knows what they tell
        yield Disclosure(own[0], next(iter(own[0].counts)), None)


def _compare(
    own: Sequence[ShownTable], before: Sequence[ShownTable], events: Events, days_count: int
) -> Iterator[Disclosure]:
    """What complete tables tell with those of one other source that shows something else."""
    now, is_small = _by_group(own), False
    for (listed, code), rests in _by_group(before).items():
        after = now.get((listed, code), {})
        changes = [abs(after[parts] - count) for parts, count in rests.items() if parts in after]
        if any(change and limits_of(listed, code).is_small(change) for change in changes):
            is_small = True
            yield Disclosure(_find(own, listed), code, before[0])
    is_clear = (
        days_count <= 2
        and all(_is_complete(other, events) for other in before)
        and {other.place for other in before} == {table.place for table in own}
        and (_is_inside(own[0].days, before[0].days) or _is_inside(before[0].days, own[0].days))
    )
    if not (is_clear or is_small):
        absent = [code for other in before for code in _absent(other)]
        yield Disclosure(own[0], [*absent, *own[0].counts][0], before[0])


def _by_group(tables: Sequence[ShownTable]) -> dict[tuple[str, str], dict[frozenset[str], int]]:
    """By list and group the shown counts of all verdicts, with those that follow from them."""
    stages: dict[tuple[str, str], dict[str, int]] = {}
    for table in tables:
        for code in CLASSIFICATIONS[table.classification_code].groups:
            count = table.counts.get(code, None if _absent(table, hidden=True) else 0)
            if count is not None:
                stages.setdefault((table.classification_code, code), {})[table.stage_code] = count
    return {group: find_rests(counts) for group, counts in stages.items()}


def _limit_bounds(table: ShownTable, events: Events) -> Iterator[str]:
    """The hidden groups of a table that its total less what it shows leaves no room."""
    if (rest := _rest(table, events)) is None:
        return
    total, absent = rest + _sum(table), _absent(table)
    for code in absent:
        highest = limits_of(table.classification_code, code).highest
        if rest < min(highest, total) if len(absent) > 1 else rest <= highest:
            yield code


def _is_complete(table: ShownTable, events: Events) -> bool:
    """Whether every group is shown; one that is left out is, where nobody is left for it."""
    return not _absent(table) or (not _absent(table, hidden=True) and _rest(table, events) == 0)


def _absent(table: ShownTable, *, hidden: bool = False) -> list[str]:
    """The groups without a number; with `hidden` only those that the table names."""
    return [
        code
        for code in CLASSIFICATIONS[table.classification_code].groups
        if table.counts.get(code) is None and (code in table.counts or not hidden)
    ]


def _sum(table: ShownTable) -> int:
    return sum(count or 0 for count in table.counts.values())


def _rest(table: ShownTable, events: Events) -> int | None:
    """How many events the groups without a number have together."""
    total = events(table.stage_code, table.days) if table.total is None else table.total
    return None if total is None or total < _sum(table) else total - _sum(table)


def _find(tables: Sequence[ShownTable], classification_code: str) -> ShownTable:
    return next(table for table in tables if table.classification_code == classification_code)


def _repeats(table: ShownTable, other: ShownTable) -> bool:
    """Whether a table shows nothing that the other one does not."""
    return (table.place, table.days, dict(table.counts)) == (
        other.place,
        other.days,
        dict(other.counts),
    ) and table.total in (None, other.total)


def _is_inside(days: Days, window: Days) -> bool:
    return window[0] <= days[0] and days[1] <= window[1]


def _families(crosswalks: Sequence[GroupCrosswalk]) -> dict[str, str]:
    """For every list a name that it shares with the lists that it adds up to exactly."""
    names = {code: code for code in CLASSIFICATIONS}
    for row in crosswalks:
        if row.lossy == "no":
            old, new = names[row.from_classification_code], names[row.to_classification_code]
            names = {code: new if name == old else name for code, name in names.items()}
    return names


def _overlapping(
    tables: Iterable[ShownTable], families: Mapping[str, str]
) -> Iterator[list[ShownTable]]:
    """Tables of one whole and family with days in common, directly or through others."""
    groups: dict[tuple[str, str], list[list[ShownTable]]] = {}
    for table in sorted(tables, key=lambda each: each.days):
        linked = groups.setdefault(
            (whole_of(table.stage_code), families[table.classification_code]), [[]]
        )
        if linked[-1] and table.days[0] > max(other.days[1] for other in linked[-1]):
            linked.append([])
        linked[-1].append(table)
    for linked in groups.values():
        yield from linked


def _age(source_id: str) -> tuple[float, str]:
    """Returns by their number, after everything else."""
    number = source_id.rpartition("_return_")[2]
    return (int(number) if number.isdigit() else math.inf if number == "new" else 0, source_id)
