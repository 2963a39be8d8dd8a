"""Takes in a return: everything that is wrong with a file at once, and the cells that would be
published.

In: a file's name and bytes, the force, a layout of its own if it has one. Out: `Intake`, with every
problem at its place, the template's cells, and the records as a build would make them. Offline, and
the same code for the verb, the site and the tests. Does not keep anything, and does not change a
value: the checks of publications run on the records (`etl.checks`)."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from etl.checks.evidence import Evidence
from etl.checks.run import check_records
from etl.formats.cell_files import write_cells
from etl.model.cells import RawRow, RawTable
from etl.model.checks import check_of
from etl.model.editions import KeptEdition
from etl.model.messages import Text
from etl.model.problems import explain, read_code
from etl.model.record_sets import Records
from etl.model.records import Count, Finding
from etl.model.reference import Edition
from etl.model.return_template import CURRENT, TEMPLATES, Template
from etl.pipeline.derivations import derive_counts
from etl.pipeline.warnings import find_days_to_come, find_swapped_days
from etl.returns.grids import CSV_SHEET, Grid, read_grids
from etl.returns.layouts import LaidOut, Layout, lay_out
from etl.returns.personal import find_personal_text
from etl.returns.problems import BOTH, WHOLE_FILE, ReturnProblem, error_at, sort_problems
from etl.returns.template import HELP_SHEETS
from etl.returns.template_sheets import Places, read_sheet, recognise_template
from etl.sources.force_returns import make_records
from etl.sources.return_rows import BLANK, NO_SHEET, ReadReturn, read_return

NEW = "new"
OUTSIDE = "date_outside_period"
_TEXT_COLUMNS = ("location_text", "use_case_text")


@dataclass(frozen=True, slots=True)
class Intake:
    """What came of a file. `tables` are the cells of the template,
    `grids` those of the file itself."""

    name: str
    file_sha256: str
    force_id: str | None
    period: tuple[dt.date, dt.date] | None
    version: str
    tables: tuple[RawTable, ...]
    records: Records
    problems: tuple[ReturnProblem, ...]
    grids: tuple[Grid, ...] = ()

    @property
    def errors(self) -> tuple[ReturnProblem, ...]:
        """What has to be mended before the return may be submitted."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def accepted(self) -> bool:
        """Whether the return may be submitted."""
        return not self.errors

    def to_cells(self) -> str:
        """The text of the cells file that a publication of the return has."""
        out = io.StringIO()
        write_cells(self.tables, out)
        return out.getvalue()


def check_return(
    name: str,
    content: bytes,
    *,
    today: dt.date,
    force_ids: Collection[str],
    force_id: str | None = None,
    period: tuple[dt.date, dt.date] | None = None,
    layout: Layout | None = None,
    templates: Mapping[str, Template] = TEMPLATES,
) -> Intake:
    """Everything that is wrong with a return. `force_id` is the force that it has to be of; a CSV
    file and a layout, which have no sheet `return`, need it. `period` is theirs too; without one it
    runs from the first day to the last."""
    grids, problems = read_grids(name, content)
    digest = hashlib.sha256(content).hexdigest()
    if not grids:
        return Intake(
            name, digest, force_id, None, CURRENT.version, (), Records(), sort_problems(problems)
        )
    tables, places = _to_tables(grids, problems, force_id, period, layout, templates)
    if layout is not None and not tables:
        return Intake(
            name,
            digest,
            layout.force_id,
            None,
            CURRENT.version,
            (),
            Records(),
            sort_problems(problems),
            tuple(grids),
        )
    read = read_return(tables, templates)
    problems += _to_problems(read, places, list(problems))
    _check_texts(read, places, problems)
    head = read.head
    given = head.get("force_id")
    _check_force(given, force_id, force_ids, places, problems)
    _check_lenders(read, force_ids, places, problems)
    days = (
        (head["period_start"], head["period_end"])
        if head.get("period_start") and head.get("period_end")
        else None
    )
    if days and days[1] > today:
        problems.append(
            _place(
                places,
                "return",
                1,
                "period_end",
                "error",
                *explain("day_to_come", day=days[1], today=today),
            )
        )
    records = Records()
    if given and days:
        edition = to_edition(name, digest, given, days, tuple(tables))
        records = make_records(edition, read)
        problems += _check_like_publications(edition, records, read, places, today)
    return Intake(
        name,
        digest,
        given,
        days,
        read.template.version,
        tuple(tables),
        records,
        sort_problems(problems),
        tuple(grids),
    )


def to_edition(
    title: str,
    digest: str,
    force_id: str,
    days: tuple[dt.date, dt.date],
    tables: tuple[RawTable, ...],
    number: str = NEW,
) -> KeptEdition:
    """The return as an edition, as a build opens it."""
    publication_id = f"{force_id}_return_{number}"
    return KeptEdition(
        publication_id=publication_id,
        edition_id=publication_id,
        title=title,
        url=None,
        retrieved_on=None,
        file_sha256=digest,
        cells_sha256=digest,
        period_start=days[0],
        period_end=days[1],
        force_id=force_id,
        reliability="primary",
        gap_marks={},
        tables=tables,
    )


def _to_tables(
    grids: list[Grid],
    problems: list[ReturnProblem],
    force_id: str | None,
    period: tuple[dt.date, dt.date] | None,
    layout: Layout | None,
    templates: Mapping[str, Template],
) -> tuple[list[RawTable], Places]:
    places = Places({}, {}, {})
    tables: list[RawTable] = []
    if layout is not None:
        laid = lay_out(layout, grids, problems)
        if laid is not None:
            tables.append(
                _from_layout(
                    laid,
                    next(grid.name for grid in grids if layout.sheet in (None, grid.name)),
                    places,
                )
            )
        force_id = force_id or layout.force_id
    else:
        template = recognise_template(grids, templates)
        for grid in grids:
            if grid.name not in HELP_SHEETS:
                table = read_sheet(grid, template, places, problems)
                tables += [table] if table else []
    if layout is not None and not tables:
        return tables, places
    if layout is not None or grids[0].name == CSV_SHEET:
        tables.insert(0, _make_head(tables, force_id, period, problems))
        places.sheet["return"] = "--force"
    return tables, places


def _from_layout(laid: LaidOut, sheet_name: str, places: Places) -> RawTable:
    shape = CURRENT.sheet("deployments")
    places.sheet[shape.name] = sheet_name
    places.headings[shape.name] = dict(laid.headings)
    rows, numbers = [], {}
    for row, (number, texts) in enumerate(laid.rows, start=1):
        numbers[row] = number
        rows.append(RawRow(shape.page, row, texts))
    places.rows[shape.name] = numbers
    return RawTable(shape.headings, tuple(rows))


def _make_head(
    tables: list[RawTable],
    force_id: str | None,
    period: tuple[dt.date, dt.date] | None,
    problems: list[ReturnProblem],
) -> RawTable:
    """The sheet `return` of a file that has none."""
    days = sorted(
        day
        for table in tables
        if "date" in table.headings
        for day in table.column("date")
        if len(day) == 10
    )
    first, last = (
        (period[0].isoformat(), period[1].isoformat())
        if period
        else (days[0], days[-1])
        if days
        else ("", "")
    )
    if force_id is None:
        problems.append(error_at(WHOLE_FILE, "no_force"))
    shape = CURRENT.sheet("return")
    head = {
        "template_version": CURRENT.version,
        "force_id": force_id or "",
        "period_start": first,
        "period_end": last,
    }
    cells = tuple(head.get(heading, "") for heading in shape.headings)
    return RawTable(shape.headings, (RawRow(shape.page, 1, cells),))


def _to_problems(
    read: ReadReturn, places: Places, before: list[ReturnProblem]
) -> list[ReturnProblem]:
    """Every fault that does not follow from the problems `before`: a refused sheet or cell is not
    missing too."""
    problems = []
    sheets = {problem.sheet for problem in before}
    cells = {(problem.sheet, problem.row, problem.column) for problem in before if problem.row}
    for fault in read.faults:
        if read_code(fault.found)[0] in NO_SHEET and fault.sheet in sheets:
            continue
        without_head = fault.sheet == "return" and places.sheet.get("return") == "--force"
        if without_head and fault.column == "force_id":
            continue  # told already
        if without_head and fault.found == BLANK:
            problems.append(error_at(WHOLE_FILE, "no_days"))
            continue
        place = _place(
            places,
            fault.sheet,
            fault.row,
            fault.column,
            "error",
            fault.found,
            fault.expected,
            fault.remedy,
        )
        if (place.sheet, place.row, place.column) not in cells:
            problems.append(place)
    return problems


def _place(
    places: Places,
    sheet: str,
    row: int,
    column: str | None,
    severity: str,
    text: str,
    expected: str,
    remedy: str,
) -> ReturnProblem:
    """The problem at the place in the file where the officer finds the cell."""
    number = places.rows.get(sheet, {}).get(row, row + 1) if row else None
    heading = places.headings.get(sheet, {}).get(column or "", column or "")
    return ReturnProblem(
        places.sheet.get(sheet, sheet), number, heading, severity, text, expected, remedy
    )


def _check_texts(read: ReadReturn, places: Places, problems: list[ReturnProblem]) -> None:
    for row in read.rows.get("deployments", []):
        for column in _TEXT_COLUMNS:
            if words := find_personal_text(row.texts.get(column, "")):
                place = _place(
                    places,
                    "deployments",
                    row.row,
                    column,
                    "error",
                    *explain("personal_text", words=words),
                )
                problems.append(replace(place, personal=True))


def _check_force(
    given: str | None,
    wanted: str | None,
    force_ids: Collection[str],
    places: Places,
    problems: list[ReturnProblem],
) -> None:
    if given and given not in force_ids:
        problems.append(
            _place(
                places,
                "return",
                1,
                "force_id",
                "error",
                *explain("no_such_force", name=given),
            )
        )
    elif given and wanted and given != wanted:
        problems.append(
            _place(
                places,
                "return",
                1,
                "force_id",
                "error",
                *explain("other_force", name=given, wanted=wanted),
            )
        )


def _check_lenders(
    read: ReadReturn, force_ids: Collection[str], places: Places, problems: list[ReturnProblem]
) -> None:
    for row in read.rows.get("deployments", []):
        lender = row.values.get("lender_force_id")
        if lender is not None and lender not in force_ids:
            problems.append(
                _place(
                    places,
                    "deployments",
                    row.row,
                    "lender_force_id",
                    "error",
                    *explain("no_such_force", name=lender),
                )
            )


def _check_like_publications(
    edition: KeptEdition, records: Records, read: ReadReturn, places: Places, today: dt.date
) -> list[ReturnProblem]:
    """The checks of publications on the return's records, at the officer's cells."""
    counts: dict[str, dict[str, Count]] = {}
    for count in derive_counts(records.deployments, records.counts):
        counts.setdefault(count.deployment_id, {})[count.stage_code] = count
    stored = _to_stored(edition)
    # Rows that could not be read are missing from every sum,
    # so sums are compared only where all were.
    sums = () if read.faults else records.returned_counts
    evidence = Evidence(
        records.deployments, counts, {stored.edition_id: stored}, returned_counts=sums
    )
    from_findings = [
        _from_finding(finding, read, places)
        for finding in check_records(evidence)
        if finding.check_id != OUTSIDE
    ]
    # A publication may misprint a day. A return says itself which days it is of, and what else
    # covers these days is found by them: a deployment beside them would be counted twice without
    # anybody having decided it.
    first, last = edition.period_start, edition.period_end
    for row in records.deployments:
        if row.date is None or first is None or last is None:
            continue
        end = row.end_date or row.date
        if not (first <= row.date and end <= last):
            late = row.end_date is not None and first <= row.date <= last
            column, day = ("end_date", end) if late else ("date", row.date)
            words = explain("day_outside", day=day, start=first, end=last)
            from_findings.append(_place(places, "deployments", row.row, column, "error", *words))
    for row in find_days_to_come(records.deployments, today):
        column = "end_date" if row.end_date else "date"
        words = explain("day_to_come", day=row.end_date or row.date or today, today=today)
        from_findings.append(_place(places, "deployments", row.row, column, "error", *words))
    for sentence in find_swapped_days(edition.edition_id, records.deployments):
        from_findings.append(
            _place(
                places,
                "deployments",
                0,
                "date",
                "warning",
                *explain("swapped_days", words=sentence),
            )
        )
    if (
        places.sheet.get("deployments")
        and not records.deployments
        and not any(row for row in read.rows.get("deployments", []))
    ):
        from_findings.append(
            _place(
                places,
                "deployments",
                0,
                None,
                "warning",
                *explain("no_deployment"),
            )
        )
    return from_findings


def _to_stored(edition: KeptEdition) -> Edition:
    names = (
        "edition_id",
        "publication_id",
        "title",
        "url",
        "retrieved_on",
        "published_on",
        "follows_edition_id",
        "file_sha256",
        "cells_sha256",
        "period_start",
        "period_end",
        "rows_count",
    )
    return Edition(**{name: getattr(edition, name) for name in names})


def _from_finding(finding: Finding, read: ReadReturn, places: Places) -> ReturnProblem:
    sheet = next(
        (sheet for sheet in read.template.sheets if sheet.page == finding.page),
        CURRENT.sheet("deployments"),
    )
    fields = (finding.field_name or "").split("+")
    column = BOTH.join(
        next((name for name in (field, f"{field}_count") if name in sheet.headings), field)
        for field in fields
    )
    values = {
        "printed": finding.printed_text,
        "expected": finding.expected_text,
        "message": Text(finding.message),
    }
    words = explain("finding", **values)
    if finding.severity_code == "error":
        words = explain("finding_error", remedy=Text(check_of(finding.check_id).remedy), **values)
    return _place(
        places,
        sheet.name,
        finding.row or 0,
        column,
        finding.severity_code,
        *words,
    )
