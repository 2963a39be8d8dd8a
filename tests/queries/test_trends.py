"""A chart of series is one question to the record, however many series it has."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from etl.model.reference import Edition
from etl.queries.record import Record


@pytest.mark.parametrize("by", ["force_id", "region_code", "use_case", "threshold"])
def test_a_trend_has_the_estimates_of_single_questions(record: Record, by: str) -> None:
    answer = record.trend("alerts_count", by, "quarter")
    assert answer.totals == record.estimate("alerts_count", by=(by,)).estimates
    assert answer.points == record.estimate("alerts_count", by=(by, "quarter")).estimates
    for estimate in answer.totals:
        code = estimate.of(by)
        if code is None:
            continue
        own = record.estimate("deployments_count", by=("force_id",), where={by: [code]})
        forces = {each_force.of("force_id") for each_force in own.estimates}
        assert answer.forces[str(code)] == forces


def test_the_count_of_statements_does_not_depend_on_the_series(warehouse: Path) -> None:
    record = Record(warehouse)  # of which nothing is kept
    record.trend("arrests_count", "use_case", "month")  # reads the tables that are read once
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    sa.event.listen(record.file.engine, "before_cursor_execute", note)
    try:
        answer = record.trend("alerts_count", "force_id", "month")
        assert len(answer.totals) > 5
        assert len(statements) == 2
        record.trend("alerts_count", "region_code", "month")
        assert len(statements) == 5
    finally:
        sa.event.remove(record.file.engine, "before_cursor_execute", note)


def test_breaks_of_a_trend_forbid_a_comparison(record: Record) -> None:
    breaks = record.trend("faces_seen_count", "force_id", "year").breaks
    assert [break_.field for break_ in breaks] == ["faces_seen", "faces_seen"]
    assert {break_.effect_code for break_ in breaks} == {"not_comparable"}
    # An alert threshold that changes changes the conditions, and forbids nothing.
    assert record.breaks("alerts_count")
    assert not record.trend("alerts_count", "force_id", "year").breaks


def test_covered_months_lie_inside_an_edition_that_lists_every_deployment(record: Record) -> None:
    months = record.covered_months["metropolitan"]
    assert "2024-09" in months
    assert max(months) <= str(record.forces.covered_until()["metropolitan"])[:7]
    editions = record.table(Edition)
    assert all(
        any(
            edition.period_start
            and str(edition.period_start)[:7] <= month <= str(edition.period_end)[:7]
            for edition in editions
        )
        for month in months
    )


def test_a_refused_trend_has_nothing_but_the_reason(record: Record) -> None:
    answer = record.trend("no_such_measure", "force_id", "month")
    assert answer.refusal is not None
    assert answer.refusal.code == "unknown_measure"
    assert not answer.totals
    assert not answer.covered
