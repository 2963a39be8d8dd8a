"""Stages, settings, completeness and issues of one force:
nothing is pooled over a break, and absent is not zero."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.model.force_profiles import STAGE_OF
from etl.queries.record import Record


def test_stages_begin_after_the_last_break(record: Record) -> None:
    stages = record.forces.stages("metropolitan")
    assert stages.since_break is not None
    assert stages.period_start is not None
    assert stages.period_start >= stages.since_break.first_date
    every = record.estimate("deployments_count", where={"force_id": ["metropolitan"]}).only()
    assert stages.rows_count + stages.other_rows_count == every.rows_count


@pytest.mark.parametrize(
    "force_id", ["metropolitan", "essex", "british_transport", "immigration_enforcement"]
)
def test_a_part_and_its_whole_cover_the_same_rows(record: Record, force_id: str) -> None:
    stages = record.forces.stages(force_id)
    assert [stage.stage_code for stage in stages.stages] == list(STAGE_OF)
    for stage in stages.stages:
        assert stage.used_count + sum(count for _, count in stage.missing) == stages.rows_count
        if stage.part is not None and stage.whole is not None:
            assert stage.both_count <= stage.used_count
            assert stage.part <= (stage.count or 0)
        if not stage.used_count:
            assert stage.count is None


def test_stages_are_the_measures_of_the_same_rows(record: Record) -> None:
    period = (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    stages = {
        stage.stage_code: stage for stage in record.forces.stages("metropolitan", period).stages
    }
    where = {"force_id": ["metropolitan"]}
    share = record.estimate("false_share_of_alerts", where=where, period=period).only()
    assert (stages["false_alerts"].part, stages["false_alerts"].whole) == (
        share.numerator,
        share.denominator,
    )
    assert (
        stages["arrests"].count
        == record.estimate("arrests_count", where=where, period=period).only().numerator
    )


def test_rows_without_days_are_of_one_publication(record: Record) -> None:
    stages = record.forces.stages("south_wales")
    assert stages.publication_id == "south_wales_events"
    assert stages.sources == ("south_wales_events",)
    assert stages.other_rows_count


def test_a_force_without_rows_has_no_zero(record: Record) -> None:
    stages = record.forces.stages("leicestershire")
    assert stages.rows_count == 0
    assert {stage.count for stage in stages.stages} == {None}
    assert record.forces.settings("leicestershire", "threshold") == ()


def test_settings_keep_vendors_apart_and_never_add_up_watchlists(record: Record) -> None:
    essex = record.forces.settings("essex", "threshold")
    assert [force_setting.vendor_code for force_setting in essex] == ["nec", "corsight"]
    settings = record.forces.settings("metropolitan", "year")
    assert any(setting.sized_count for setting in settings)
    for setting in settings:
        sizes = (setting.smallest_size, setting.middle_size, setting.largest_size)
        if setting.sized_count:
            assert None not in sizes
            assert list(sizes) == sorted(sizes)
        else:
            assert sizes == (None, None, None)


def test_completeness_adds_up_the_years(record: Record) -> None:
    rows = record.publishing.coverage(("metropolitan",)).rows
    total = record.forces.completeness()["metropolitan"]
    assert total.expected_count == sum(row.fields_expected_count for row in rows)
    assert total.published_count == sum(row.fields_published_count for row in rows)
    assert "leicestershire" not in record.forces.completeness()


def test_issues_are_of_the_own_rows(record: Record) -> None:
    issues = record.forces.issues("metropolitan")
    assert issues.corrections
    assert {finding.publication_id for finding in issues.findings} <= {
        "metropolitan_deployments",
        "metropolitan_transcription",
    }
    assert record.forces.issues("leicestershire").findings == ()
