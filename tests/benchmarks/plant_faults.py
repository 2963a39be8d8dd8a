"""Plants one fault at a time into a made-up event log, and says what has to be found of it.

In: a log of `make_event_logs`. Out: the check, the file and the rows that the fault is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tests.benchmarks.make_event_logs import write


@dataclass(frozen=True, slots=True)
class Planted:
    """What has to be found: `row` is the first of `rows_count`; None where it is of the file."""

    check_id: str
    file: str
    row: int | None = None
    rows_count: int = 1


Plant = Callable[[Path, str], Planted]


def _change(log: Path, name: str, change: Callable[[pa.Table], pa.Table]) -> None:
    write(change(pq.read_table(log / name)), log / name)


def _set(table: pa.Table, column: str, rows: range, value: object) -> pa.Table:
    values = table[column].to_pylist()
    for row in rows:
        values[row] = value
    kind = table.schema.field(column).type
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    array = pa.array(values, plain)
    array = array.dictionary_encode() if pa.types.is_dictionary(kind) else array
    return table.set_column(table.column_names.index(column), column, array)


def _alerts(day: str) -> str:
    return f"alert_events/{day}.parquet"


def _intervals(day: str) -> str:
    return f"scan_intervals/{day}.parquet"


def send_again(log: Path, day: str) -> Planted:
    _change(log, _alerts(day), lambda table: pa.concat_tables([table, table.slice(3, 5)]))
    return Planted("repeated_alert", _alerts(day), None, 5)


def send_changed(log: Path, day: str) -> Planted:
    def change(table: pa.Table) -> pa.Table:
        return pa.concat_tables([table, _set(table.slice(3, 1), "score", range(1), 0.9999)])

    _change(log, _alerts(day), change)
    return Planted("conflicting_alert", _alerts(day), 4, 2)


def alert_after_the_end(log: Path, day: str) -> Planted:
    def change(table: pa.Table) -> pa.Table:
        late = pc.add(table["alerted_at"][4], pa.scalar(6 * 3_600_000_000, pa.duration("us")))
        table = _set(table, "alerted_at", range(4, 5), late.as_py())
        return _set(table, "decided_at", range(4, 5), None)

    _change(log, _alerts(day), change)
    return Planted("alert_outside_deployment", _alerts(day), 5)


def alert_of_another_camera(log: Path, day: str) -> Planted:
    _change(log, _alerts(day), lambda table: _set(table, "camera_id", range(7, 9), "camera-9"))
    return Planted("alert_of_unknown_camera", _alerts(day), None, 2)


def interval_twice(log: Path, day: str) -> Planted:
    def change(table: pa.Table) -> pa.Table:
        return pa.concat_tables([table.slice(0, 5), table.slice(4)])

    _change(log, _intervals(day), change)
    return Planted("interval_overlap", _intervals(day), 6)


def intervals_missing(log: Path, day: str) -> Planted:
    def change(table: pa.Table) -> pa.Table:
        return pa.concat_tables([table.slice(0, 5), table.slice(8)])

    _change(log, _intervals(day), change)
    return Planted("interval_gap", _intervals(day), 6)


def clock_that_differs(log: Path, day: str) -> Planted:
    def change(table: pa.Table) -> pa.Table:
        shift = pc.if_else(pc.equal(pc.cast(table["camera_id"], pa.string()), "camera-3"), 90, 0)
        moved = pc.add(table["started_at"], pc.cast(pc.multiply(shift, 10**6), pa.duration("us")))
        return table.set_column(table.column_names.index("started_at"), "started_at", moved)

    _change(log, _intervals(day), change)
    return Planted("camera_clocks_differ", _intervals(day))


def score_too_low(log: Path, day: str) -> Planted:
    _change(log, _alerts(day), lambda table: _set(table, "score", range(2, 5), 0.41))
    return Planted("score_below_threshold", _alerts(day), 3, 3)


def decided_too_early(log: Path, day: str) -> Planted:
    def change(table: pa.Table) -> pa.Table:
        early = pc.subtract(table["alerted_at"][6], pa.scalar(1_000_000, pa.duration("us")))
        return _set(table, "decided_at", range(6, 7), early.as_py())

    _change(log, _alerts(day), change)
    return Planted("decision_before_alert", _alerts(day), 7)


def outcome_alone(log: Path, day: str) -> Planted:
    def change(table: pa.Table) -> pa.Table:
        table = _set(table, "engagement_code", range(8, 9), "no")
        return _set(table, "outcome_code", range(8, 9), "arrest")

    _change(log, _alerts(day), change)
    return Planted("outcome_without_engagement", _alerts(day), 9)


def deployment_without_intervals(log: Path, day: str) -> Planted:
    def change(table: pa.Table) -> pa.Table:
        return _set(table, "deployment_id", range(3), "nowhere-1")

    _change(log, _alerts(day), change)
    return Planted("deployment_without_intervals", _alerts(day), None, 3)


def code_of_another_list(log: Path, day: str) -> Planted:
    _change(log, _alerts(day), lambda table: _set(table, "decision_code", range(2), "maybe"))
    return Planted("wrong_value", _alerts(day), None, 2)


def seconds_of_none(log: Path, day: str) -> Planted:
    _change(log, _intervals(day), lambda table: _set(table, "seconds", range(11, 13), 0))
    return Planted("wrong_value", _intervals(day), 12, 2)


def a_day_in_two_files(log: Path, day: str) -> Planted:
    table = pq.read_table(log / _intervals(day))
    write(table.slice(0, 100), log / _intervals(day))
    write(table.slice(100), log / _intervals(f"{day}-again"))
    return Planted("day_in_two_files", _intervals(f"{day}-again"))


def a_deployment_not_listed(log: Path, day: str) -> Planted:
    path = log / "deployments.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(
        "".join(line for line in lines if day.replace("-", "") not in line), encoding="utf-8"
    )
    return Planted("deployment_not_listed", "deployments.csv")


def a_deployment_of_two_forces(log: Path, day: str) -> Planted:
    _change(log, _intervals(day), lambda table: _set(table, "force_id", range(2), "north_wales"))
    return Planted("deployment_of_two_forces", _intervals(day))


def a_threshold_of_another_day(log: Path, day: str) -> Planted:
    path = log / "deployments.csv"
    heading, first, *rest = path.read_text(encoding="utf-8").splitlines()
    changed = f"{first.rpartition(',')[0]},0.11"
    path.write_text("\n".join([heading, changed, *rest]) + "\n", encoding="utf-8")
    return Planted("threshold_differs", "deployments.csv", 2)


def listed_alone(log: Path, day: str) -> Planted:
    path = log / "deployments.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    force_id, _deployment_id, rest = lines[1].split(",", 2)
    lines.append(f"{force_id},nowhere-1,{rest}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Planted("listed_without_intervals", "deployments.csv", len(lines))


FAULTS: dict[str, Plant] = {
    plant.__name__: plant
    for plant in (
        send_again,
        send_changed,
        alert_after_the_end,
        alert_of_another_camera,
        interval_twice,
        intervals_missing,
        clock_that_differs,
        score_too_low,
        decided_too_early,
        outcome_alone,
        deployment_without_intervals,
        code_of_another_list,
        seconds_of_none,
        a_day_in_two_files,
        a_deployment_not_listed,
        a_deployment_of_two_forces,
        a_threshold_of_another_day,
        listed_alone,
    )
}
