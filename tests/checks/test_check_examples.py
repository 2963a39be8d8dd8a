"""Every check: the world that passes, the smallest change that fails,
and what the reader is told."""

from __future__ import annotations

import pytest

from etl.checks.disclosure import check_disclosure
from etl.checks.evidence import Evidence
from etl.checks.releases import check_release
from etl.checks.run import check_records
from etl.model import codes
from etl.model.checks import CHECKS, check_of
from etl.model.records import Finding
from tests.checks.check_examples import EXAMPLES, Example
from tests.checks.sample_checks import Groups, claim


def findings_by(example: Example, checked: object) -> list[Finding]:
    if isinstance(checked, Evidence):
        findings = check_records(checked)
    elif isinstance(checked, Groups):
        findings = check_disclosure(checked.shown, checked.counts, [claim(0)])
    elif example.check_id.startswith("release_"):
        findings = check_release(*checked)
    else:
        evidence, total = checked
        findings = check_records(evidence, [total])
    return [finding for finding in findings if finding.check_id == example.check_id]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.check_id)
def test_what_is_in_order_passes(example: Example) -> None:
    assert findings_by(example, example.passes) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.check_id)
def test_the_smallest_change_fails_and_says_why(example: Example) -> None:
    findings = findings_by(example, example.fails)
    assert [finding.message for finding in findings] == [example.message]
    assert findings[0].severity_code == check_of(example.check_id).severity
    assert findings[0].status_code == "open"


def test_every_check_of_the_catalogue_has_a_failing_example() -> None:
    assert sorted(example.check_id for example in EXAMPLES) == sorted(
        check.check_id for check in CHECKS
    )


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.check_id)
def test_every_check_is_explained(check: object) -> None:
    assert check.severity in codes.SEVERITY
    assert check.question.endswith("?")
    assert check.meaning.endswith(".")
    assert check.title


SINGLE_ROWS = [
    example
    for example in EXAMPLES
    if isinstance(example.passes, Evidence) and len(example.passes.deployments) == 1
]


@pytest.mark.parametrize("example", SINGLE_ROWS, ids=lambda example: example.check_id)
def test_the_passing_world_of_one_row_breaks_no_other_check(example: Example) -> None:
    assert check_records(example.passes) == ()


def test_there_are_passing_worlds_of_one_row() -> None:
    assert SINGLE_ROWS
