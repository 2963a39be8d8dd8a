"""Stages, settings, completeness and issues of one force: nothing is pooled over a break, and absent is not zero."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from etl.model.force_profiles import STAGE_OF
from etl.queries.record import Answers, open_answers


@pytest.fixture(scope="module")
def answers(warehouse: Path) -> Answers:
    return open_answers(warehouse)


def test_stages_begin_after_the_last_break(answers: Answers) -> None:
    found = answers.stages("metropolitan")
    assert found.since_break is not None
    assert found.period_start is not None
    assert found.period_start >= found.since_break["first_date"]
    every = answers.estimate("deployments_count", where={"force_id": ["metropolitan"]}).only()
    assert found.rows_count + found.other_rows_count == every.rows_count


@pytest.mark.parametrize(
    "force_id", ["metropolitan", "essex", "british_transport", "immigration_enforcement"]
)
def test_a_part_and_its_whole_cover_the_same_rows(answers: Answers, force_id: str) -> None:
    found = answers.stages(force_id)
    assert [one.stage_code for one in found.stages] == list(STAGE_OF)
    for one in found.stages:
        assert one.used_count + sum(count for _, count in one.missing) == found.rows_count
        if one.part is not None and one.whole is not None:
            assert one.both_count <= one.used_count
            assert one.part <= (one.count or 0)
        if not one.used_count:
            assert one.count is None


def test_stages_are_the_measures_of_the_same_rows(answers: Answers) -> None:
    period = (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    stages = {one.stage_code: one for one in answers.stages("metropolitan", period).stages}
    where = {"force_id": ["metropolitan"]}
    share = answers.estimate("false_share_of_alerts", where=where, period=period).only()
    assert (stages["false_alerts"].part, stages["false_alerts"].whole) == (share.numerator, share.denominator)
    assert (
        stages["arrests"].count
        == answers.estimate("arrests_count", where=where, period=period).only().numerator
    )


def test_rows_without_days_are_of_one_publication(answers: Answers) -> None:
    found = answers.stages("south_wales")
    assert found.publication_id == "south_wales_events"
    assert found.sources == ("south_wales_events",)
    assert found.other_rows_count


def test_a_force_without_rows_has_no_zero(answers: Answers) -> None:
    found = answers.stages("leicestershire")
    assert found.rows_count == 0
    assert {one.count for one in found.stages} == {None}
    assert answers.settings("leicestershire", "threshold") == ()


def test_settings_keep_vendors_apart_and_never_add_up_watchlists(answers: Answers) -> None:
    essex = answers.settings("essex", "threshold")
    assert [one.vendor_code for one in essex] == ["nec", "corsight"]
    settings = answers.settings("metropolitan", "year")
    assert any(one.sized_count for one in settings)
    for one in settings:
        sizes = (one.smallest_size, one.middle_size, one.largest_size)
        if one.sized_count:
            assert None not in sizes
            assert list(sizes) == sorted(sizes)
        else:
            assert sizes == (None, None, None)


def test_completeness_adds_up_the_years(answers: Answers) -> None:
    rows = answers.coverage(("metropolitan",)).rows
    total = answers.completeness()["metropolitan"]
    assert total.expected_count == sum(row.fields_expected_count for row in rows)
    assert total.published_count == sum(row.fields_published_count for row in rows)
    assert "leicestershire" not in answers.completeness()


def test_issues_are_of_the_own_rows(answers: Answers) -> None:
    found = answers.issues("metropolitan")
    assert found.corrections
    assert {one["publication_id"] for one in found.findings} <= {
        "metropolitan_deployments",
        "metropolitan_transcription",
    }
    assert answers.issues("leicestershire").findings == ()
