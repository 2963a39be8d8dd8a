"""What is doubtful about a file that has just been read, told before it is kept: what a build would
say, and more.

In: an edition and its records, as printed. Out: doubts as sentences; `InvalidValueError` for values
that their fields cannot hold. Does not change a value, and does not compare with other
publications."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise

from etl.checks.evidence import Evidence
from etl.checks.run import check_records
from etl.model.editions import KeptEdition
from etl.model.fields import fields_of
from etl.model.messages import Text, message
from etl.model.problems import InvalidValueError, Problem, format_place
from etl.model.record_sets import Records
from etl.model.records import Count, Deployment, Finding
from etl.model.reference import Edition
from etl.pipeline.derivations import derive_counts

# Out of so many steps from row to row that go backwards, one misprinted date makes one or two.
MIN_STEPS_BACK = 3


def find_warnings(edition: KeptEdition, records: Records, today: dt.date) -> tuple[str, ...]:
    """Every doubt about the deployments of a file; raises `InvalidValueError` where a build would
    stop.

    `today` is the day of reading: a file cannot tell of days to come."""
    counts: dict[str, dict[str, Count]] = {}
    for count in derive_counts(records.deployments, records.counts):
        counts.setdefault(count.deployment_id, {})[count.stage_code] = count
    stored_edition = Edition(
        **{field.name: getattr(edition, field.name) for field in fields_of(Edition)}
    )
    findings = check_records(
        Evidence(records.deployments, counts, {stored_edition.edition_id: stored_edition})
    )
    if errors := [finding for finding in findings if finding.severity_code == "error"]:
        raise InvalidValueError(_to_problem(finding) for finding in errors)
    doubts: list[str] = [*find_swapped_days(edition.edition_id, records.deployments)]
    doubts += [
        (
            f"{format_place(row.edition_id, page=row.page, row=row.row, column='date')}: "
            f"{row.date_text or row.end_date or row.date} is after the day of reading, {today}."
        )
        for row in find_days_to_come(records.deployments, today)
    ]
    doubts += [
        f"{_format_place(finding)}: {finding.message}"
        for finding in findings
        if finding.severity_code == "warning"
    ]
    return tuple(doubts)


def _to_problem(finding: Finding) -> Problem:
    remedy = (
        "Compare the cell with the print: a value that is printed so needs a correction or a gap "
        "mark before it is kept."
    )
    return Problem(
        _format_place(finding), repr(finding.printed_text), finding.expected_text, remedy
    )


def _format_place(finding: Finding) -> str:
    place = finding.edition_id or finding.publication_id
    return format_place(place, page=finding.page, row=finding.row, column=finding.field_name)


def find_days_to_come(deployments: Iterable[Deployment], today: dt.date) -> Iterable[Deployment]:
    """The rows that tell of a day after `today`."""
    for row in deployments:
        last = row.end_date or row.date
        if last is not None and last > today:
            yield row


def find_swapped_days(edition_id: str, deployments: Sequence[Deployment]) -> Iterable[Text]:
    """Whether the rows are nearly in order of date if the month is read first,
    and are not as the layout declares it."""
    forces: dict[str, list[dt.date]] = {}
    for row in deployments:
        if row.date is not None:
            forces.setdefault(row.force_id, []).append(row.date)
    for force_id, days in forces.items():
        swapped = [
            day.replace(month=day.day, day=day.month) if day.day <= 12 else day for day in days
        ]
        back, back_if_swapped = _count_steps_back(days), _count_steps_back(swapped)
        if back >= MIN_STEPS_BACK and back_if_swapped * 2 <= back:
            yield message(
                "dates_go_backwards",
                edition=edition_id,
                force=force_id,
                back=back,
                swapped=back_if_swapped,
            )


def _count_steps_back(days: Sequence[dt.date]) -> int:
    """Steps against the order of the rows, whether the earliest or the latest day comes first."""
    back = sum(after < before for before, after in pairwise(days))
    forth = sum(after > before for before, after in pairwise(days))
    return min(back, forth)
