"""The checks of a whole log: questions to what was counted, and to rows only where it is needed.

In: an open `WorkingFile`, the files behind it. Out: `LogProblem`s with file and row of the first
example. Does not stop anything: an error does, in `etl.logs.run`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from etl.logs.conversion import quote
from etl.logs.engines.duckdb import render_source
from etl.logs.engines.working_file import WorkingFile
from etl.logs.problems import LogProblem
from etl.logs.reading import ReadFile
from etl.logs.texts import read_text
from etl.model.event_logs import (
    ALERT_DECISION,
    ALERT_OUTCOME,
    MAX_INTERVAL_SECONDS,
    YES_NO,
)
from etl.model.fields import SYSTEM_ID
from etl.model.groups import CLASSIFICATIONS
from etl.model.log_checks import LOG_CHECKS
from etl.model.return_codes import WATCHLIST_REASON

Row = dict[str, object]
MAX_EXAMPLES = 20
_ID = re.compile(SYSTEM_ID)


class LogChecker:
    """Asks every check of one log."""

    def __init__(
        self, working: WorkingFile, files: Mapping[int, ReadFile], force_ids: frozenset[str]
    ) -> None:
        self._working, self._engine = working, working.engine
        self._files, self._force_ids = files, force_ids

    def check(self) -> Iterator[LogProblem]:
        """What every check finds."""
        yield from self._check_intervals()
        yield from self._check_alerts()
        yield from self._check_days()
        yield from self._check_rows_by_counts()

    def _check_intervals(self) -> Iterator[LogProblem]:
        wrong = (
            "force_id IS NULL OR deployment_id IS NULL OR camera_id IS NULL OR started_at IS NULL "
            f"OR seconds IS NULL OR seconds NOT BETWEEN 1 AND {MAX_INTERVAL_SECONDS} "
            "OR faces_detected_count IS NULL OR faces_detected_count < 0"
        )
        suspects = (
            "force_id IS NULL OR deployment_id IS NULL OR camera_id IS NULL OR hour_us IS NULL "
            "OR filled_count < intervals_count OR least_seconds < 1 OR least_faces < 0 "
            f"OR most_seconds > {MAX_INTERVAL_SECONDS}"
        )
        expected = f"every value, 1 to {MAX_INTERVAL_SECONDS} seconds and faces from 0"
        for row in self._query(
            f"SELECT DISTINCT file_id FROM interval_hours WHERE {suspects} ORDER BY file_id"
        ):
            yield from self._find_rows("wrong_value", row, wrong, expected)
        for column in ("force_id", "deployment_id", "camera_id"):
            for row in self._query(
                f"SELECT {column} AS value, min(file_id) AS file_id, sum(intervals_count) AS n "
                f"FROM interval_hours WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 2, 1"
            ):
                value = str(row["value"])
                known = value in self._force_ids if column == "force_id" else _ID.fullmatch(value)
                if not known:
                    expected = (
                        "the identifier of a force" if column == "force_id" else "an identifier"
                    )
                    found = f"{column} {value[:20]!r}"
                    yield self._problem("wrong_value", row, found, expected=expected)

    def _check_alerts(self) -> Iterator[LogProblem]:
        lists = {
            ("alert_groups", "decision_code"): tuple(ALERT_DECISION),
            ("alert_groups", "engagement_code"): tuple(YES_NO),
            ("alert_groups", "outcome_code"): (None, *ALERT_OUTCOME),
            ("alert_groups", "classification_code"): (None, *CLASSIFICATIONS),
            ("alert_reasons", "watchlist_reason_code"): tuple(WATCHLIST_REASON),
        }
        for (cube, column), codes in lists.items():
            for row in self._query(
                f"SELECT {column} AS value, min(file_id) AS file_id, sum(alerts_count) AS n "
                f"FROM {cube} GROUP BY 1 ORDER BY 2, 1"
            ):
                if row["value"] not in codes:
                    expected = f"one of {', '.join(code for code in codes if code)}"
                    yield self._problem(
                        "wrong_value", row, f"{column} not known", expected=expected
                    )
        for row in self._query(
            "SELECT classification_code, group_code, min(file_id) AS file_id, "
            "sum(alerts_count) AS n FROM alert_groups WHERE classification_code IS NOT NULL "
            "OR group_code IS NOT NULL GROUP BY 1, 2 ORDER BY 3, 1, 2"
        ):
            listed = CLASSIFICATIONS.get(str(row["classification_code"]))
            if listed is not None and row["group_code"] in listed.groups:
                continue
            expected = "a group of its list"
            yield self._problem("wrong_value", row, "group_code not known", expected=expected)
        wrong = (
            "alert_id IS NULL OR deployment_id IS NULL OR camera_id IS NULL OR alerted_at IS NULL "
            "OR score IS NULL OR threshold IS NULL OR NOT score BETWEEN 0 AND 1 "
            "OR NOT threshold BETWEEN 0 AND 1 OR length(alert_id) > 64 OR alert_id LIKE '% %'"
        )
        suspects = (
            "SELECT file_id FROM alert_hours WHERE deployment_id IS NULL OR camera_id IS NULL "
            "OR hour_us IS NULL UNION SELECT file_id FROM alert_scores WHERE score_hundredths IS "
            "NULL OR score_hundredths < 0 OR threshold_hundredths IS NULL "
            "OR threshold_hundredths < 0 UNION SELECT file_id FROM alert_reasons WHERE "
            "identified_count < alerts_count OR longest_id > 64 OR spaced_count > 0"
        )
        expected = "every value, an identifier without blanks, score and threshold from 0 to 1"
        for row in self._query(f"SELECT DISTINCT file_id FROM ({suspects}) ORDER BY file_id"):
            yield from self._find_rows("wrong_value", row, wrong, expected)

    def _check_days(self) -> Iterator[LogProblem]:
        numbers = {file.file.sha256: number for number, file in self._files.items()}
        for conflict in self._working.find_conflicts():
            row: Row = {"file_id": numbers[conflict.sha256], "n": conflict.rows_count}
            yield self._problem("conflicting_alert", row, conflict.found, conflict.row)
        for row in self._query(
            "SELECT file_id, rows_count - counted AS n FROM files WHERE counted < rows_count "
            "ORDER BY file_id"
        ):
            found = f"{row['n']:,} rows that are there again, byte for byte"
            yield self._problem("repeated_alert", row, found)
        for row in self._query(read_text("checks", "days_in_two_files")):
            other = self._files[int(str(row["last_file_id"]))].file.name
            found = f"{row['local_date']} of {row['force_id']} in this file and in {other}"
            yield self._problem("day_in_two_files", row, found)
        for row in self._query(read_text("checks", "deployments_of_two_forces")):
            found = f"{row['deployment_id']} of {row['forces']}"
            yield self._problem("deployment_of_two_forces", row, found)
        for row in self._query(read_text("checks", "deployments_without_intervals")):
            found = f"{row['n']:,} alerts of {row['deployment_id']} and no interval of it"
            yield self._problem("deployment_without_intervals", row, found)

    def _check_rows_by_counts(self) -> Iterator[LogProblem]:
        for row in self._query(read_text("checks", "alerts_of_unknown_cameras")):
            found = f"{row['n']:,} alerts of camera {row['camera_id']} in {row['deployment_id']}"
            yield self._problem("alert_of_unknown_camera", row, found)
        for row in self._query(read_text("checks", "alerts_outside_deployments")):
            deployment_id = quote(str(row["deployment_id"]))
            where = (
                f"deployment_id = {deployment_id} AND (unix_micros(alerted_at) < "
                f"{row['first_us']} OR unix_micros(alerted_at) > {row['last_us']})"
            )
            yield from self._find_rows("alert_outside_deployment", row, where)
        for check_id, column, where in (
            ("score_below_threshold", "below_threshold_count", "score < threshold"),
            ("decision_before_alert", "decided_before_count", "decided_at < alerted_at"),
        ):
            for row in self._query(
                f"SELECT DISTINCT file_id FROM alert_hours WHERE {column} > 0 ORDER BY file_id"
            ):
                yield from self._find_rows(check_id, row, where)
        for row in self._query(
            "SELECT DISTINCT file_id FROM alert_groups WHERE outcome_code IS NOT NULL "
            "AND engagement_code IS DISTINCT FROM 'yes' ORDER BY file_id"
        ):
            where = "outcome_code IS NOT NULL AND engagement_code IS DISTINCT FROM 'yes'"
            yield from self._find_rows("outcome_without_engagement", row, where)
        for row in self._query(read_text("checks", "cameras_with_other_clocks")):
            found = (
                f"camera {row['camera_id']} of {row['deployment_id']} starts and ends "
                f"{row['shift_seconds']} seconds from the others"
            )
            yield self._problem("camera_clocks_differ", row, found)
        yield from self._check_order()

    def _check_order(self) -> Iterator[LogProblem]:
        """Overlaps and gaps of the cameras whose intervals do not follow one another."""
        suspects = self._query(read_text("checks", "cameras_out_of_order"))
        if not suspects:
            return
        numbers = {number for row in suspects for number in _list_numbers(row["file_ids"])}
        listed = ", ".join(
            f"({quote(str(row['deployment_id']))}, {quote(str(row['camera_id']))})"
            for row in suspects
        )
        source = self._source(numbers)
        text = (
            read_text("checks", "intervals_out_of_order")
            .replace("{source}", source)
            .replace("{cameras}", listed)
        )
        by_path = {str(self._files[number].parquet): number for number in numbers}
        for row in self._query(text):
            row["file_id"] = by_path[str(row["filename"])]
            read_file = self._files[by_path[str(row["filename"])]]
            kind = "overlap" if row["kind"] == "overlap" else "gap"
            check_id = "clock_change_hour" if row["at_change"] else f"interval_{kind}"
            found = (
                f"{row['n']:,} {kind}s of {row['total_seconds']:,} seconds in all, camera "
                f"{row['camera_id']} of {row['deployment_id']}"
            )
            if row["at_change"]:
                hour = "there twice" if kind == "overlap" else "missing"
                found = f"the hour of the clock change {hour}, {found}"
            number = int(str(row["file_row_number"])) + read_file.first_row
            problem = self._problem(check_id, row, found, number)
            # An hour that is there twice may be counted twice, as any overlap.
            yield replace(problem, severity="error") if kind == "overlap" else problem

    def _find_rows(
        self, check_id: str, row: Row, where: str, expected: str = ""
    ) -> Iterator[LogProblem]:
        """The rows of a file for which a condition holds: how many, and the first."""
        read_file = self._files[int(str(row["file_id"]))]
        source = f"{render_source([read_file.parquet])[:-1]}, file_row_number = true)"
        text = f"SELECT min(file_row_number) AS first, count(*) AS n FROM {source} WHERE {where}"
        (found,) = self._query(text)
        if found["n"]:
            number = int(str(found["first"])) + read_file.first_row
            words = f"{found['n']:,} row{'s' if found['n'] != 1 else ''}, this the first"
            yield self._problem(check_id, {**row, **found}, words, number, expected)

    def _source(self, numbers: set[int]) -> str:
        paths: list[Path] = [self._files[number].parquet for number in sorted(numbers)]
        return f"{render_source(paths)[:-1]}, file_row_number = true)"

    def _problem(
        self, check_id: str, row: Row, found: str, number: int | None = None, expected: str = ""
    ) -> LogProblem:
        check = LOG_CHECKS[check_id]
        return LogProblem(
            check_id,
            check.severity,
            self._files[int(str(row["file_id"]))].file.name,
            number,
            found,
            expected or check.expected,
            check.remedy,
            int(str(row.get("n") or 1)),
        )

    def _query(self, text: str) -> list[Row]:
        rows: list[Row] = self._engine.query(text).to_pylist()
        return rows


def _list_numbers(value: object) -> list[int]:
    return [int(number) for number in value] if isinstance(value, list) else []
