"""The rows of a standard return: each cell as what its column holds, or what is wrong with it.

In: the tables of a return in any version of the template. Out: `ReturnRow`s by sheet, and every
`CellFault` with sheet, row and column. The build and the intake of returns read by the same rules.
Does not make records and does not compare a return with anything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from etl.disclosure.rule import SMALLEST, SMALLEST_UNDER_18
from etl.formats.printed_values import format_text
from etl.formats.typed_values import read_typed
from etl.model.cells import RawTable
from etl.model.groups import CLASSIFICATIONS
from etl.model.return_codes import RETURN_GAP
from etl.model.return_template import (
    CURRENT,
    HIDDEN,
    MAX_TEXT_LENGTH,
    TEMPLATES,
    Column,
    Sheet,
    Template,
)

NO_SHEET = "no such sheet"
BLANK = "a blank cell"
GAPS = {entry.label: entry.code for entry in RETURN_GAP.entries} | {
    code: code for code in RETURN_GAP
}
_FREE_TEXT = frozenset({"location_text", "use_case_text"})


@dataclass(frozen=True, slots=True)
class CellFault:
    """One cell, row or sheet that is not as the template says.
    `row` counts from 1 below the headings; 0 is the heading row."""

    sheet: str
    row: int
    column: str | None
    found: str
    expected: str
    remedy: str


@dataclass(slots=True)
class ReturnRow:
    """One row: its values by heading, the reasons for those that are absent,
    and the texts as given."""

    sheet: Sheet
    row: int
    texts: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    gaps: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadReturn:
    """What was read of a return: the template's version, the rows of each sheet,
    and every fault."""

    template: Template
    rows: dict[str, list[ReturnRow]]
    faults: tuple[CellFault, ...]

    @property
    def head(self) -> dict[str, Any]:
        """The values of the sheet `return`; empty if there is none."""
        rows = self.rows.get("return", [])
        return rows[0].values if rows else {}


def read_return(
    tables: Iterable[RawTable], templates: Mapping[str, Template] = TEMPLATES
) -> ReadReturn:
    """Reads every sheet by the version that the sheet `return` states, else by the current one."""
    result = list(tables)
    template = _recognise(result, templates)
    faults: list[CellFault] = []
    rows: dict[str, list[ReturnRow]] = {}
    for table in result:
        sheet = next((sheet for sheet in template.sheets if sheet.headings == table.headings), None)
        if sheet is None:
            faults.append(_unknown_headings(table, template))
            continue
        if sheet.name in rows:
            faults.append(
                CellFault(
                    sheet.name,
                    0,
                    None,
                    "two sheets with the same headings",
                    "each sheet of the template once",
                    "Keep the one that stands.",
                )
            )
            continue
        rows[sheet.name] = [_read_row(sheet, row.row, row.cells, faults) for row in table.rows]
    faults += _head_faults(template, rows)
    faults += _number_faults(rows)
    faults += _deployment_faults(rows)
    faults += _group_faults(rows.get("alerts_by_group", []))
    faults += _repeated_rows(rows)
    return ReadReturn(template, rows, tuple(faults))


def _recognise(tables: list[RawTable], templates: Mapping[str, Template]) -> Template:
    for table in tables:
        if "template_version" in table.headings and table.rows:
            version = table.column("template_version")[0]
            if version in templates:
                return templates[version]
    return templates.get(CURRENT.version, CURRENT)


def _unknown_headings(table: RawTable, template: Template) -> CellFault:
    nearest = max(template.sheets, key=lambda sheet: len(set(sheet.headings) & set(table.headings)))
    missing = [name for name in nearest.headings if name not in table.headings]
    added = [name for name in table.headings if name not in nearest.headings]
    parts = [f"no column {', '.join(missing)}"] if missing else []
    parts += [f"the unknown column {', '.join(map(repr, added))}"] if added else []
    return CellFault(
        nearest.name,
        0,
        None,
        " and ".join(parts) or "the columns in another order",
        f"the columns of template {template.version}: {', '.join(nearest.headings)}",
        "Take a fresh template, or declare your own layout in a column map.",
    )


def _read_row(
    sheet: Sheet, number: int, cells: tuple[str, ...], faults: list[CellFault]
) -> ReturnRow:
    row = ReturnRow(sheet, number, dict(zip(sheet.headings, cells, strict=True)))
    for column in sheet.columns:
        text = row.texts[column.heading]
        fault = _read_cell(row, column, text)
        if fault is not None:
            result = format_text(text) if text else BLANK
            faults.append(CellFault(sheet.name, number, column.heading, result, *fault))
    return row


def _read_cell(row: ReturnRow, column: Column, text: str) -> tuple[str, str] | None:
    """Reads one cell into the row; what was expected and what to do, where it cannot be read."""
    heading, declared = column.heading, column.field
    row.values[heading] = None
    if column.gaps and text in GAPS:
        row.gaps[heading] = GAPS[text]
        return None
    if row.sheet.name == "alerts_by_group" and heading == "counted" and text == HIDDEN:
        row.gaps[heading] = "suppressed"
        return None
    if text == "":
        if declared.optional:
            row.gaps[heading] = "not_published"
            return None
        words = (
            f", or one of {', '.join(entry.label for entry in RETURN_GAP.entries)}"
            if column.gaps
            else ""
        )
        return (
            f"a value{words}",
            "Write 0 where there was none, and the reason where it is not known."
            if column.gaps
            else "Fill the cell.",
        )
    try:
        value = read_typed(declared.type, text)
    except ValueError as error:
        words = (
            f", or one of {', '.join(entry.label for entry in RETURN_GAP.entries)}"
            if column.gaps
            else ""
        )
        return f"{error}{words}", "Write it in this form, as the sheet of definitions shows."
    if faults := declared.faults(value):
        remedy = (
            "Choose from the list." if declared.about.codes else "Compare the cell with your log."
        )
        return "; ".join(faults), remedy
    if heading in _FREE_TEXT and len(text) > MAX_TEXT_LENGTH:
        return (
            f"at most {MAX_TEXT_LENGTH} characters",
            "Write the name only; remarks are not part of a return.",
        )
    row.values[heading] = value
    return None


def _head_faults(template: Template, rows: dict[str, list[ReturnRow]]) -> Iterator[CellFault]:
    head = rows.get("return")
    if head is None or len(head) != 1:
        no_sheet = NO_SHEET if head is None else f"{len(head)} rows"
        yield CellFault(
            "return",
            0,
            None,
            no_sheet,
            "one row with version, force and period",
            "Fill the sheet return.",
        )
        return
    values, texts = head[0].values, head[0].texts
    if texts["template_version"] != template.version:
        yield CellFault(
            "return",
            1,
            "template_version",
            format_text(texts["template_version"]),
            f"one of the versions {', '.join(TEMPLATES)}",
            "Take a fresh template, or write the version of yours.",
        )
    start, end = values["period_start"], values["period_end"]
    if start and end and end < start:
        yield CellFault(
            "return", 1, "period_end", str(end), f"a day from {start} on", "Mend the period."
        )
    if "deployments" not in rows:
        yield CellFault(
            "deployments",
            0,
            None,
            NO_SHEET,
            "the deployments of the period",
            "Take a fresh template.",
        )


def _number_faults(rows: dict[str, list[ReturnRow]]) -> Iterator[CellFault]:
    own = [row.values.get("deployment_number") for row in rows.get("deployments", [])]
    times = Counter(number for number in own if number is not None)
    for row in rows.get("deployments", []):
        number = row.values.get("deployment_number")
        if number is not None and times[number] > 1:
            yield _fault(
                row, "deployment_number", "each number once", "Number the deployments anew."
            )
    for name in ("watchlists", "misidentifications"):
        for row in rows.get(name, []):
            number = row.values.get("deployment_number")
            # Where a number of the deployments cannot be read, that is told alone.
            if number is not None and number not in times and own and None not in own:
                yield _fault(
                    row,
                    "deployment_number",
                    "a number of the sheet deployments",
                    "Mend the number.",
                )


def _deployment_faults(rows: dict[str, list[ReturnRow]]) -> Iterator[CellFault]:
    for row in rows.get("deployments", []):
        day, last = row.values.get("date"), row.values.get("end_date")
        if day and last and last <= day:
            yield _fault(
                row,
                "end_date",
                f"a day after {day}, or blank for a deployment of one day",
                "Mend the date.",
            )
        has_number, status = (
            (row.values.get("faces_seen_count") is not None),
            row.values.get("faces_seen_status"),
        )
        if has_number and status is None and row.texts.get("faces_seen_status") == "":
            yield _fault(
                row,
                "faces_seen_status",
                "published or estimate, because there is a number of faces seen",
                "Choose from the list.",
            )


def _group_faults(rows: list[ReturnRow]) -> Iterator[CellFault]:
    tables: dict[tuple[str, str], list[ReturnRow]] = {}
    for row in rows:
        subject, listed = (
            row.values["subject_code"],
            CLASSIFICATIONS.get(row.values["classification_code"] or ""),
        )
        group, number, total = (
            row.values["group_code"],
            row.values["counted"],
            row.values.get("total"),
        )
        if listed is None or subject is None:
            continue
        if group is not None and group not in listed.groups:
            yield _fault(
                row,
                "group_code",
                f"one of {', '.join(listed.groups)}",
                "Choose a group of the list in classification_code.",
            )
        young = group in listed.under_18
        least = SMALLEST_UNDER_18 if young else SMALLEST
        # That there was no child is told as little as how many there were
        # (docs/decisions/0008-disclosure-control.md).
        if number is not None and number < least and (number or young):
            allowed = (
                f"{least} or more, or {HIDDEN}" if young else f"0, {least} or more, or {HIDDEN}"
            )
            yield _fault(
                row, "counted", allowed, f"Write {HIDDEN}: so few people could be singled out."
            )
        if number is not None and total is not None and number > total:
            yield _fault(
                row, "counted", f"at most the total, {total}", "Compare both with your log."
            )
        tables.setdefault((subject, listed.classification_code), []).append(row)
    yield from _rest_faults(tables)
    for table in tables.values():
        hidden = [row for row in table if row.gaps.get("counted") == "suppressed"]
        if len(hidden) == 1 and any(row.values.get("total") is not None for row in table):
            remedy = (
                f"Write {HIDDEN} for the next smallest group too, or leave out the total of every "
                "group."
            )
            yield _fault(
                hidden[0],
                "counted",
                "two hidden groups at least: the total less the others gives one away",
                remedy,
            )


def _rest_faults(tables: dict[tuple[str, str], list[ReturnRow]]) -> Iterator[CellFault]:
    """Alerts are true or false: the alerts of a group less the true ones tell the false ones,
    and the other way round."""
    for (subject, name), table in tables.items():
        if subject not in ("true_alerts", "false_alerts"):
            continue
        alerts = {
            row.values["group_code"]: row.values["counted"]
            for row in tables.get(("alerts", name), [])
        }
        for row in table:
            group, number = row.values["group_code"], row.values["counted"]
            whole, young = alerts.get(group), group in CLASSIFICATIONS[name].under_18
            least = SMALLEST_UNDER_18 if young else SMALLEST
            if (
                number is None
                or whole is None
                or not (0 <= whole - number < least)
                or (whole == number and not young)
            ):
                continue
            left = f"{least} or more" if young else f"0, {least} or more"
            allowed = f"a count that leaves {left} of the alerts about the group, or {HIDDEN}"
            yield _fault(
                row, "counted", allowed, f"Write {HIDDEN}: so few people could be singled out."
            )


_KEYS = {
    "alerts_by_group": ("subject_code", "classification_code", "group_code"),
    "arrests": ("offence_code", "watchlist_reason_code"),
    "watchlists": ("deployment_number", "watchlist_reason_code"),
}


def _repeated_rows(rows: dict[str, list[ReturnRow]]) -> Iterator[CellFault]:
    for name, key in _KEYS.items():
        first: dict[tuple[str, ...], int] = {}
        for row in rows.get(name, []):
            texts = tuple(row.texts[heading] for heading in key)
            earlier = first.setdefault(texts, row.row)
            if earlier != row.row and all(texts):
                yield CellFault(
                    name,
                    row.row,
                    key[-1],
                    f"{', '.join(texts)} as in row {earlier}",
                    "each once",
                    "Add the two up, or remove one.",
                )


def _fault(row: ReturnRow, column: str, expected: str, remedy: str) -> CellFault:
    text = row.texts[column]
    result = format_text(text) if text else BLANK
    return CellFault(row.sheet.name, row.row, column, result, expected, remedy)
