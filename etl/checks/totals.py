"""Stated totals against the sum of the rows that we hold.

In: `data/reference/published_totals.csv` (which claim is comparable with which rows) and `Evidence` after corrections.
Out: `Finding`s, worded "does not add up with the published rows".
Does not say that a total is wrong, and compares nothing where a row's number is missing and could make up the rest.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated as A
from typing import Any

from etl.checks.evidence import Evidence
from etl.checks.readings import say_stage
from etl.checks.reports import report_table, say_day
from etl.model import codes
from etl.model.codes import Code, CodeList
from etl.model.fields import About, Unit, fields_of
from etl.model.problems import BadReference, Problem, say_place
from etl.model.records import ID, Deployment, Finding

DEPLOYMENTS = "deployments"
STAGES = CodeList("stage", (Code(DEPLOYMENTS, "Deployments"), *codes.STAGE.entries))
STATED_AS = CodeList(
    "stated_as",
    (
        Code("exact", "exactly"),
        Code("at_least", "at least", "“more than”, “over”"),
        Code("rounded", "rounded", "to `rounded_to`; one unit either way is accepted"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTotal:
    """A total that somebody stated and the rows with which it can be compared."""

    claim_id: A[str, About("The claim that states it.", refers_to="claims.claim_id", pattern=ID)]
    force_id: A[str, About("The force.", refers_to="forces.force_id")]
    publication_id: A[
        str | None, About("The only publication whose rows it is about; absent for all that count.")
    ]
    location_text: A[
        str | None, About("The only place whose rows it is about, as printed; absent for all places.")
    ]
    stage_code: A[str, About("What is totalled: a stage, or deployments.", codes=STAGES)]
    first_date: A[dt.date, About("First day of the window.")]
    last_date: A[dt.date, About("Last day of the window.")]
    stated_value: A[int, About("The total as stated.", Unit.EVENTS, minimum=0)]
    stated_as: A[str, About("How it is stated.", codes=STATED_AS)]
    rounded_to: A[int, About("The unit to which it is rounded; 1 if it is not.", Unit.EVENTS, minimum=1)]
    source: A[str, About("Who stated it.")]
    note: A[str | None, About("How the window was found.")]


def open_published_totals(path: Path) -> tuple[PublishedTotal, ...]:
    """Every declared total, in file order; `BadReference` with every fault of every line."""
    fields = fields_of(PublishedTotal)
    problems: list[Problem] = []
    found: list[PublishedTotal] = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != tuple(field.name for field in fields):
            expected = ", ".join(field.name for field in fields)
            headings = ", ".join(reader.fieldnames or ())
            raise BadReference(Problem(path.name, headings, expected, "Give the file these headings."))
        for number, line in enumerate(reader, start=1):
            values: dict[str, Any] = {}
            for field in fields:
                where = say_place(path.name, row=number, column=field.name)
                try:
                    values[field.name] = _PARSERS[field.type](line[field.name]) if line[field.name] else None
                except ValueError:
                    problems.append(
                        Problem(where, repr(line[field.name]), f"a {field.type.__name__}", "Mend the cell.")
                    )
                    continue
                faults = field.faults(values[field.name])
                problems += [
                    Problem(where, repr(line[field.name]), fault, "Mend the cell.") for fault in faults
                ]
            if not problems:
                found.append(PublishedTotal(**values))
    if problems:
        raise BadReference(problems)
    return tuple(found)


_PARSERS: dict[type, Callable[[str], Any]] = {str: str, int: int, dt.date: dt.date.fromisoformat}


def check_totals(evidence: Evidence, totals: Iterable[PublishedTotal]) -> Iterator[Finding]:
    """Every stated total against the rows that count, with corrections and derivations applied."""
    claims = {claim.claim_id: claim for claim in evidence.claims}
    for total in totals:
        rows = find_rows(evidence, total)
        values = [_value(evidence, row, total.stage_code) for row in rows]
        added = sum(value for value in values if value is not None)
        missing = sum(value is None for value in values)
        if not rows or _adds_up(total, added, missing):
            continue
        claim = claims.get(total.claim_id)
        what = DEPLOYMENTS if total.stage_code == DEPLOYMENTS else say_stage(total.stage_code)
        window = f"from {say_day(total.first_date)} to {say_day(total.last_date)}"
        place = f" at {total.location_text}" if total.location_text else ""
        counted = f"the {len(rows)} rows {window}{place} give {added:,}"
        counted += f", and {missing} of them print no number" if missing else ""
        yield report_table(
            "total_does_not_add_up",
            claim.publication_id if claim else "claims",
            claim.edition_id if claim else None,
            f"{total.claim_id}.{total.stage_code}",
            page=claim.page if claim else None,
            row=claim.row if claim else None,
            printed=f"{_SAID[total.stated_as]}{total.stated_value:,} {what}",
            expected=counted,
            message=f"{total.source} states {_SAID[total.stated_as]}{total.stated_value:,} {what}{place} {window}. It does "
            f"not add up with the published rows: {counted}." + (f" {total.note}" if total.note else ""),
        )


_SAID = {"exact": "", "at_least": "more than ", "rounded": "about "}


def _adds_up(total: PublishedTotal, added: int, missing: int) -> bool:
    if total.stated_as == "at_least":
        return added >= total.stated_value or missing > 0
    off = added - total.stated_value
    return abs(off) < total.rounded_to or (off < 0 and missing > 0)


def find_rows(evidence: Evidence, total: PublishedTotal) -> list[Deployment]:
    """The rows that count towards a total. A row without a date is placed by the period of its file."""
    found = []
    for row in evidence.deployments:
        edition = evidence.editions.get(row.edition_id)
        first = row.date or (edition.period_start if edition else None)
        last = row.end_date or row.date or (edition.period_end if edition else None)
        if (
            row.counted
            and row.force_id == total.force_id
            and total.publication_id in (None, row.publication_id)
            and total.location_text in (None, row.location_text)
            and first is not None
            and last is not None
            and total.first_date <= first
            and last <= total.last_date
        ):
            found.append(row)
    return found


def _value(evidence: Evidence, row: Deployment, stage: str) -> int | None:
    if stage == DEPLOYMENTS:
        return row.covers_deployments_count
    # As published: a deployment stopped by a technical fault has nothing to count.
    count = evidence.counts[row.deployment_id][stage]
    return 0 if count.value_status == "technical_fault" else count.value
