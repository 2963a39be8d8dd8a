"""The standard return of one force, filled from the rollups of its log.

In: a `RollUp`. Out: a workbook that `check-return` reads, which says from which log it was counted.
Counts by group are hidden as disclosure control asks. Does not check the return."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyarrow as pa
from openpyxl import Workbook

from etl.logs.groups import Counts, sum_groups
from etl.logs.run import RollUp
from etl.logs.texts import to_local
from etl.model.groups import CLASSIFICATIONS
from etl.model.return_template import CURRENT, HIDDEN
from etl.returns.template import LAST_ROW, as_sheet, make_workbook
from etl.returns.texts import Translate

Cell = str | int
MAX_DEPLOYMENTS = LAST_ROW - 1
SUBJECTS = ("alerts", "true_alerts", "false_alerts")
_STAGES = {
    "faces_seen_count": "faces_seen_count",
    "alerts_count": "alerts_count",
    "true_alerts_count": "true_alerts_count",
    "false_alerts_count": "false_alerts_count",
    "engagements_after_true_alerts_count": "engagements_after_true_alerts_count",
    "engagements_after_false_alerts_count": "engagements_after_false_alerts_count",
    "arrests_count": "arrests_count",
    "other_disposals_count": "other_disposals_count",
    "no_action_count": "no_action_count",
}


def make_return(
    rollup: RollUp, force_id: str, hidden: frozenset[str], describe: Translate = str
) -> Workbook:
    """The return of a force for the days of its log."""
    book = make_workbook([force_id], describe, CURRENT)
    deployments = sorted(
        (row for row in rollup.rollups["deployments"].to_pylist() if row["force_id"] == force_id),
        key=lambda row: (row["first_us"], row["deployment_id"]),
    )
    days = [row["local_date"] for row in _rows_of(rollup.rollups["force_day"], force_id)]
    head = (CURRENT.version, force_id, min(days), max(days), rollup.log_sha256)
    rows: dict[str, list[dict[str, Cell]]] = {
        "return": [dict(zip(CURRENT.sheet("return").headings, head, strict=True))],
        "deployments": [
            _to_row(rollup, number, row) for number, row in enumerate(deployments, start=1)
        ],
        "alerts_by_group": list(_list_groups(rollup, force_id, force_id in hidden)),
    }
    for name, entries in rows.items():
        page, headings = as_sheet(book[name]), CURRENT.sheet(name).headings
        for number, entry in enumerate(entries, start=2):
            for column, heading in enumerate(headings, start=1):
                if (value := entry.get(heading, "")) != "":
                    page.cell(number, column, value)
    return book


def _rows_of(table: pa.Table, force_id: str) -> list[dict[str, str]]:
    return [row for row in table.to_pylist() if row["force_id"] == force_id]


def _to_row(rollup: RollUp, number: int, row: Mapping[str, int]) -> dict[str, Cell]:
    start, end = to_local(row["first_us"]), to_local(row["last_us"])
    listed = rollup.listed[str(row["deployment_id"])]
    return {
        "deployment_number": number,
        "date": start.date().isoformat(),
        "end_date": end.date().isoformat() if end.date() != start.date() else "",
        "start_time": f"{start:%H:%M}",
        "end_time": f"{end:%H:%M}",
        "duration_minutes": row["duration_minutes"],
        "location_text": listed.location_text,
        "use_case_text": listed.use_case_text,
        "cameras_count": row["cameras_count"],
        "watchlist_size": listed.watchlist_size,
        "threshold": f"{listed.threshold:g}",
        "faces_seen_status": "published",
        **{heading: row[measure] for heading, measure in _STAGES.items()},
    }


def _list_groups(rollup: RollUp, force_id: str, is_hidden: bool) -> Iterator[dict[str, Cell]]:
    """Every group of every list that the log uses, for all alerts, the true and the false ones.

    Alerts without a group are of unknown group; a list that has none for these is left out."""
    totals = tuple(
        sum(
            int(row[f"{subject}_count"])
            for row in _rows_of(rollup.rollups["force_month"], force_id)
        )
        for subject in SUBJECTS
    )
    sums = sum_groups(rollup.rollups["force_month_group"], force_id)
    for name in sorted({listed for listed, _ in sums}):
        counts = _fill_up(name, {code: n for (own, code), n in sums.items() if own == name}, totals)
        for place, subject in enumerate(SUBJECTS):
            for code, group in counts.items():
                yield {
                    "subject_code": subject,
                    "classification_code": name,
                    "group_code": code,
                    "counted": HIDDEN if is_hidden else group[place],
                    "total": totals[place],
                }


def _fill_up(name: str, counts: dict[str, Counts], totals: tuple[int, ...]) -> dict[str, Counts]:
    """A count for every group of a list; nothing where they do not add up to the totals."""
    listed = CLASSIFICATIONS[name]
    rest = [total - sum(n[place] for n in counts.values()) for place, total in enumerate(totals)]
    if any(rest):
        if not listed.unknown:
            return {}
        unknown = next(code for code in listed.groups if code in listed.unknown)
        first, second, third = counts.get(unknown, (0, 0, 0))
        counts = {**counts, unknown: (first + rest[0], second + rest[1], third + rest[2])}
    return {code: counts.get(code, (0, 0, 0)) for code in listed.groups}
