"""Disclosure control of the counts by group, before a rollup or a return leaves the working file.

In: the rollup `force_month_group`. Out: the same with a force's counts hidden wherever one of them,
or what two of them leave, is small. Counts of the same people are shown whole or hidden whole: a
month that is hidden alone would follow from the period and the other months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyarrow as pa

from etl.disclosure.group_tables import limits_of
from etl.disclosure.rule import Cell, find_reason
from etl.model.groups import CLASSIFICATIONS

Counts = tuple[int, int, int]
COUNTS = ("alerts_count", "true_alerts_count", "false_alerts_count")
Key = tuple[str, str, str]


def find_hidden_forces(table: pa.Table) -> frozenset[str]:
    """Forces with a count by group that is too small to be shown, in a month or in the period."""
    months: dict[tuple[str, str], dict[tuple[str, str], Counts]] = defaultdict(dict)
    for row in table.to_pylist():
        key = (row["force_id"], row["month"])
        counts = tuple(row[name] for name in COUNTS)
        months[key][row["classification_code"], row["group_code"]] = counts
    return frozenset(force_id for (force_id, _), groups in months.items() if _is_small(groups))


def hide_groups(table: pa.Table, hidden: frozenset[str]) -> pa.Table:
    """The rollup with the counts of these forces absent, and a column that says so."""
    is_hidden = [force_id in hidden for force_id in table["force_id"].to_pylist()]
    for name in COUNTS:
        values = zip(table[name].to_pylist(), is_hidden, strict=True)
        column = pa.array([None if hide else value for value, hide in values], pa.int64())
        table = table.set_column(table.column_names.index(name), name, column)
    status = ["suppressed" if hide else "published" for hide in is_hidden]
    return table.append_column("value_status", pa.array(status, pa.string()))


def sum_groups(table: pa.Table, force_id: str) -> dict[tuple[str, str], Counts]:
    """The counts of a force in all months, by list and group."""
    sums: dict[tuple[str, str], Counts] = defaultdict(lambda: (0, 0, 0))
    for row in table.to_pylist():
        if row["force_id"] == force_id:
            key = (row["classification_code"], row["group_code"])
            first, second, third = sums[key]
            sums[key] = (
                first + row[COUNTS[0]],
                second + row[COUNTS[1]],
                third + row[COUNTS[2]],
            )
    return dict(sums)


def _is_small(groups: dict[tuple[str, str], Counts]) -> bool:
    return find_reason(dict(_list_cells(groups))) is not None


def _list_cells(groups: dict[tuple[str, str], Counts]) -> Iterator[tuple[Key, Cell]]:
    """Every count, what two of them leave, and a nought for groups of a list that do not occur."""
    for listed in sorted({name for name, _ in groups}):
        if listed not in CLASSIFICATIONS:
            continue
        for code in CLASSIFICATIONS[listed].groups:
            alerts, true, false = groups.get((listed, code), (0, 0, 0))
            for name, count in _name_counts(alerts, true, false):
                yield (listed, code, name), Cell(count, limits=limits_of(listed, code))


def _name_counts(alerts: int, true: int, false: int) -> Iterable[tuple[str, int]]:
    left = {"not_decided": alerts - true - false, "not_false": alerts - false}
    left["not_true"] = alerts - true
    return [*zip(COUNTS, (alerts, true, false), strict=True), *left.items()]
