"""Counts by group as cross-tables, and which of those that nobody printed a release may show.

In: the rows of `group_counts` with every number in them, the crosswalks, and the rows that earlier
releases showed. Out: the rows of a release, in which hidden numbers are absent; what readers could
work out from it. Rule and limits: `docs/decisions/0008-disclosure-control.md`. Does not hide what a
publisher printed, nor any sum or rest of printed numbers: readers can add and subtract themselves.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from etl.disclosure.cross_tables import (
    Code,
    CrossTable,
    Dimension,
    InvalidTableError,
    Key,
    ProtectedTable,
)
from etl.disclosure.disclosure import check_protected, protect
from etl.disclosure.linked_releases import ADULTS, CHILDREN
from etl.model.group_records import GroupCount, GroupCrosswalk
from etl.model.groups import CLASSIFICATIONS
from etl.model.problems import Problem

NOW = "this release"
ALL = "all"
# True and false alerts are parts of one whole: hiding a part and showing the rest and the whole is
# noticed.
_TRUE = ("true_alerts_confirmed", "true_alerts_unconfirmed")
_FALSE = ("false_alerts_confirmed", "false_alerts_unconfirmed")
VERDICT = Dimension(
    "verdict",
    "event",
    (*_TRUE, *_FALSE),
    {"true_alerts": _TRUE, "false_alerts": _FALSE, "alerts": (*_TRUE, *_FALSE)},
)
_HALVES = ("alerts", "true_alerts", "false_alerts")
Rows = tuple[GroupCount, ...]
Crosswalks = Sequence[GroupCrosswalk]


@dataclass(frozen=True, slots=True)
class ShownCounts:
    """The rows of `group_counts` as one release shows them."""

    release_id: str
    counts: Rows


def hide_counts(
    counts: Sequence[GroupCount], crosswalks: Crosswalks, earlier: Sequence[ShownCounts] = ()
) -> Rows:
    """The rows in their order; where a new number would give somebody away it is absent.

    The total of all groups is of events and stays. Earlier releases do not say what they hid, so a
    table of new numbers is either shown as it was or hidden as a whole. Raises BadTable where the
    numbers contradict themselves."""
    hidden: set[Key] = set()
    for name, rows in _subjects(counts).items():
        if not any(row.value_status == "new" for row in rows):
            continue
        before = _before(name, earlier)
        if not all(_is_continued(old, rows) for _, old in before):
            hidden |= {key_of(row) for row in rows}
            continue
        tables = _tables(NOW, name, rows, crosswalks)
        for table, each_table in zip(
            tables, protect(tables, _previous(name, before, rows, crosswalks)), strict=True
        ):
            hidden |= {
                key_of(row) for row in rows for key in _keys(table, row) if key in each_table.hidden
            }
    return tuple(
        replace(row, group_count=None, value_status="suppressed")
        if row.value_status == "new" and key_of(row) in hidden
        else row
        for row in counts
    )


def find_disclosed_groups(
    shown: Sequence[GroupCount],
    counts: Sequence[GroupCount],
    crosswalks: Crosswalks,
    earlier: Sequence[ShownCounts] = (),
) -> dict[Key, Problem]:
    """For the first new row of each table, what readers of `shown` and of earlier releases could
    work out of it.

    `counts` has the numbers that `shown` hides. Nothing for what `hide_counts` returns;
    it judges any pattern."""
    hidden = {key_of(row) for row in shown if row.value_status == "suppressed"}
    problems: dict[Key, Problem] = {}
    for name, rows in _subjects(counts).items():
        of_new = [key_of(row) for row in rows if row.value_status == "new"]
        if not of_new:
            continue
        first, new = of_new[0], set(of_new)
        before = _before(name, earlier)
        if not all(_is_continued(old, rows) for _, old in before):
            if not new <= hidden:
                problems[first] = Problem(
                    name,
                    "numbers that an earlier release showed otherwise",
                    "all new numbers of the table hidden",
                    "Hide what `hide_counts` hides.",
                )
            continue
        tables = [_protected(table, rows, hidden) for table in _tables(NOW, name, rows, crosswalks)]
        for problem in check_protected(tables, _previous(name, before, rows, crosswalks)):
            problems.setdefault(first, problem)
    return problems


def key_of(row: GroupCount) -> Key:
    """What identifies a row of `group_counts`."""
    days = (row.period_start.isoformat(), row.period_end.isoformat())
    return (
        row.force_id,
        *days,
        row.stage_code,
        row.classification_code,
        row.group_code,
        row.source_id,
    )


def _subjects(counts: Iterable[GroupCount]) -> dict[str, Rows]:
    """The rows about the same events: of one force and period, and of one whole."""
    rows: dict[str, Rows] = {}
    for row in counts:
        whole = "alerts" if row.stage_code in VERDICT.codes else row.stage_code
        name = f"{whole} of {row.force_id}, {row.period_start} to {row.period_end}"
        rows[name] = (*rows.get(name, ()), row)
    return rows


def _tables(release: str, name: str, rows: Rows, crosswalks: Crosswalks) -> list[CrossTable]:
    """One table for each list of groups; a list that a finer one adds up to exactly is part of the
    finer one's."""
    lists = list(dict.fromkeys(row.classification_code for row in rows))
    by_verdict = len({row.stage_code for row in rows}) > 1
    tables = {}
    for base in lists:
        groups = dimension_of(base, crosswalks)
        tables[base] = CrossTable(release, name, (groups, VERDICT) if by_verdict else (groups,), {})
    homes: dict[str, list[str]] = {}
    for wide in lists:
        own = [row for row in rows if row.classification_code == wide]
        finer = [
            item for item in lists if item != wide and all(_keys(tables[item], row) for row in own)
        ]
        homes[wide] = finer or [wide]
    return [
        _fill(tables[base], [row for row in rows if base in homes[row.classification_code]])
        for base in lists
        if any(base in home for home in homes.values())
    ]


def _fill(table: CrossTable, rows: Sequence[GroupCount]) -> CrossTable:
    counts: dict[Key, int] = {}
    printed: set[Key] = set()
    for row in rows:
        for key in _keys(table, row):
            for at, count in ((key, row.group_count), ((ALL, *key[1:]), row.total_count)):
                if count is not None and counts.setdefault(at, count) != count:
                    what = f"{counts[at]} and {count} for {', '.join(map(str, at))}"
                    raise InvalidTableError(
                        Problem(table.subject, what, "one count for one cell", "Keep one of them.")
                    )
            if row.value_status == "published":
                printed.add(key)
    implied = _implied(table, counts)
    return replace(table, counts={**counts, **implied}, published=frozenset(printed))


def _implied(table: CrossTable, counts: Mapping[Key, int]) -> dict[Key, int]:
    """Small counts in no row that follow from the rows: a sum of groups, alerts less those that
    were false.

    They are never shown, and neither may the rows together show them."""
    known = dict(counts)
    relations = [
        [(*key[:at], code, *key[at + 1 :]) for code in (whole, *parts)]
        for at, dimension in enumerate(table.dimensions)
        for whole, parts in dimension.totals.items()
        for key in itertools.product(
            *(
                (whole,) if at == other else each_dimension.codes
                for other, each_dimension in enumerate(table.dimensions)
            )
        )
    ]
    # A whole may be by four verdicts and be given as two: all alerts are true and false ones.
    if len(table.dimensions) > 1:
        relations += [[(code, stage) for stage in _HALVES] for code in table.dimensions[0].codes]
    for _ in range(4):
        for whole, *parts in relations:
            unknown = [key for key in (whole, *parts) if key not in known]
            if unknown == [whole]:
                known[whole] = sum(known[key] for key in parts)
            elif len(unknown) == 1:
                known[unknown[0]] = known[whole] - sum(known[key] for key in parts if key in known)
    rules = {
        key: CHILDREN if table.is_under_18(key) else ADULTS for key in known.keys() - counts.keys()
    }
    return {
        key: known[key]
        for key, rule in sorted(rules.items(), key=str)
        if table.is_about_people(key) and rule.lowest <= known[key] <= rule.highest
    }


def dimension_of(base: str, crosswalks: Crosswalks) -> Dimension:
    """A list of groups with all sums of them that stand for a group of another list.

    The sum is that other group, under its name, only where the crosswalk is exact in all its
    groups."""
    listed = CLASSIFICATIONS[base]
    totals: dict[Code, tuple[Code, ...]] = {ALL: tuple(listed.groups)}
    for other in CLASSIFICATIONS:
        pair = [
            row
            for row in crosswalks
            if (row.from_classification_code, row.to_classification_code) == (base, other)
        ]
        exact = all(row.lossy == "no" and row.to_group_code is not None for row in pair)
        sums: dict[str, tuple[Code, ...]] = {}
        for row in pair:
            if row.to_group_code is not None:
                sums[row.to_group_code] = (*sums.get(row.to_group_code, ()), row.from_group_code)
        totals |= {
            f"{other} {code}" if exact else f"like {other} {code}": parts
            for code, parts in sums.items()
            if exact or len(parts) > 1
        }
    return Dimension(base, "person", tuple(listed.groups), totals, frozenset(listed.under_18))


def _keys(table: CrossTable, row: GroupCount) -> list[Key]:
    """The cell of a row in a table, if it has one."""
    groups = table.dimensions[0]
    own = groups.name == row.classification_code
    code = row.group_code if own else f"{row.classification_code} {row.group_code}"
    return [(code, row.stage_code)[: len(table.dimensions)]] if code in groups.codes else []


def _protected(table: CrossTable, rows: Rows, hidden: set[Key]) -> ProtectedTable:
    """The table with what no row shows hidden."""
    shown = {key for row in rows if key_of(row) not in hidden for key in _keys(table, row)}
    return ProtectedTable(
        table, frozenset(key for key in table.counts if key[0] != ALL and key not in shown)
    )


def _before(name: str, earlier: Sequence[ShownCounts]) -> list[tuple[str, Rows]]:
    """What earlier releases showed of the same events; the same only once."""
    result: dict[Rows, str] = {}
    for release in earlier:
        if rows := _subjects(release.counts).get(name):
            result.setdefault(tuple(sorted(rows, key=key_of)), release.release_id)
    return [(release_id, rows) for rows, release_id in result.items()]


def _is_continued(old: Rows, rows: Rows) -> bool:
    """Whether today's rows could be shown exactly as the old ones were."""
    today = {key_of(row): row for row in rows}
    return today.keys() == {key_of(row) for row in old} and all(
        row.total_count == today[key_of(row)].total_count
        and (
            today[key_of(row)].value_status == "new"
            if row.value_status == "suppressed"
            else (row.group_count, row.value_status)
            == (today[key_of(row)].group_count, today[key_of(row)].value_status)
        )
        for row in old
    )


def _previous(
    name: str, before: Sequence[tuple[str, Rows]], rows: Rows, crosswalks: Crosswalks
) -> list[ProtectedTable]:
    """Earlier releases with today's numbers in what they hid:
    no reader can tell that they were others."""
    return [
        _protected(table, rows, {key_of(row) for row in old if row.value_status == "suppressed"})
        for release_id, old in before
        for table in _tables(release_id, name, rows, crosswalks)
    ]
