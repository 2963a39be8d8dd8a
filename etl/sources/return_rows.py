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
from etl.formats.typed_values import format_type, read_typed
from etl.model.cells import RawTable
from etl.model.groups import CLASSIFICATIONS
from etl.model.messages import Text, Value, message
from etl.model.problems import explain
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

# Codes of a sheet that is not there.
NO_SHEET = ("no_return_sheet", "no_deployments_sheet")
BLANK = message("blank_cell")
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
    """One row: values by heading, reasons for absent ones, and the given texts."""

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
    given = list(tables)
    template = _recognise(given, templates)
    faults: list[CellFault] = []
    rows: dict[str, list[ReturnRow]] = {}
    for table in given:
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
                    *explain("same_sheet"),
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
    if missing and added:
        columns = message("no_and_unknown_columns", names=missing, others=list(map(repr, added)))
    elif missing:
        columns = message("no_columns", names=missing)
    else:
        columns = (
            message("unknown_columns", names=list(map(repr, added)))
            if added
            else message("other_order")
        )
    return CellFault(
        nearest.name,
        0,
        None,
        *explain(
            "unknown_headings",
            columns=columns,
            version=template.version,
            names=list(nearest.headings),
        ),
    )


def _read_row(
    sheet: Sheet, number: int, cells: tuple[str, ...], faults: list[CellFault]
) -> ReturnRow:
    row = ReturnRow(sheet, number, dict(zip(sheet.headings, cells, strict=True)))
    for column in sheet.columns:
        text = row.texts[column.heading]
        fault = _read_cell(row, column, text)
        if fault is not None:
            faults.append(fault)
    return row


def _read_cell(row: ReturnRow, column: Column, text: str) -> CellFault | None:
    """Reads one cell into the row; what is wrong, where it cannot be read."""
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
        form = _or_reason(column, message("value"))
        return _fault(row, heading, "blank_number" if column.gaps else "blank_text", form=form)
    try:
        value = read_typed(declared.type, text)
    except ValueError:
        form = _or_reason(column, format_type(declared.type))
        return _fault(row, heading, "other_form", form=form)
    if faults := declared.faults(value):
        words = (
            faults[0] if len(faults) == 1 else message("both", first=faults[0], second=faults[1])
        )
        code = "no_such_code" if declared.about.codes else "out_of_range"
        return _fault(row, heading, code, faults=words)
    if heading in _FREE_TEXT and len(text) > MAX_TEXT_LENGTH:
        return _fault(row, heading, "long_text", count=MAX_TEXT_LENGTH)
    row.values[heading] = value
    return None


def _or_reason(column: Column, form: Text) -> Text:
    """The form, or one of the reasons for a gap where the column has them."""
    reasons = [entry.label for entry in RETURN_GAP.entries]
    return message("or_reason", form=form, reasons=reasons) if column.gaps else form


def _head_faults(template: Template, rows: dict[str, list[ReturnRow]]) -> Iterator[CellFault]:
    head = rows.get("return")
    if head is None or len(head) != 1:
        words = (
            explain("no_return_sheet") if head is None else explain("return_rows", count=len(head))
        )
        yield CellFault("return", 0, None, *words)
        return
    values, texts = head[0].values, head[0].texts
    if texts["template_version"] != template.version:
        yield CellFault(
            "return",
            1,
            "template_version",
            *explain(
                "no_such_version",
                reading=format_text(texts["template_version"]),
                names=list(TEMPLATES),
            ),
        )
    start, end = values["period_start"], values["period_end"]
    if start and end and end < start:
        yield CellFault(
            "return", 1, "period_end", *explain("period_ends_early", day=end, start=start)
        )
    if "deployments" not in rows:
        yield CellFault(
            "deployments",
            0,
            None,
            *explain("no_deployments_sheet"),
        )


def _number_faults(rows: dict[str, list[ReturnRow]]) -> Iterator[CellFault]:
    own = [row.values.get("deployment_number") for row in rows.get("deployments", [])]
    times = Counter(number for number in own if number is not None)
    for row in rows.get("deployments", []):
        number = row.values.get("deployment_number")
        if number is not None and times[number] > 1:
            yield _fault(row, "deployment_number", "number_twice")
    for name in ("watchlists", "misidentifications"):
        for row in rows.get(name, []):
            number = row.values.get("deployment_number")
            # Where a number of the deployments cannot be read, that is told alone.
            if number is not None and number not in times and own and None not in own:
                yield _fault(row, "deployment_number", "no_such_number")


def _deployment_faults(rows: dict[str, list[ReturnRow]]) -> Iterator[CellFault]:
    for row in rows.get("deployments", []):
        day, last = row.values.get("date"), row.values.get("end_date")
        if day and last and last <= day:
            yield _fault(row, "end_date", "last_day_early", day=day)
        has_number, status = (
            (row.values.get("faces_seen_count") is not None),
            row.values.get("faces_seen_status"),
        )
        if has_number and status is None and row.texts.get("faces_seen_status") == "":
            yield _fault(row, "faces_seen_status", "no_faces_status")


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
            yield _fault(row, "group_code", "no_such_group", names=list(listed.groups))
        young = group in listed.under_18
        least = SMALLEST_UNDER_18 if young else SMALLEST
        # That there was no child is told as little as how many there were
        # (docs/decisions/0008-disclosure-control.md).
        if number is not None and number < least and (number or young):
            code = "small_count_of_children" if young else "small_count"
            yield _fault(row, "counted", code, least=least, mark=HIDDEN)
        if number is not None and total is not None and number > total:
            yield _fault(row, "counted", "above_total", total=total)
        tables.setdefault((subject, listed.classification_code), []).append(row)
    yield from _rest_faults(tables)
    for table in tables.values():
        hidden = [row for row in table if row.gaps.get("counted") == "suppressed"]
        if len(hidden) == 1 and any(row.values.get("total") is not None for row in table):
            yield _fault(hidden[0], "counted", "one_hidden_group", mark=HIDDEN)


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
            code = "small_rest_of_children" if young else "small_rest"
            yield _fault(row, "counted", code, least=least, mark=HIDDEN)


_KEYS = {
    "alerts_by_group": ("subject_code", "classification_code", "group_code"),
    "arrests": ("offence_code", "watchlist_reason_code", "arrest_outcome_code"),
    "watchlists": ("deployment_number", "watchlist_reason_code"),
}


def _repeated_rows(rows: dict[str, list[ReturnRow]]) -> Iterator[CellFault]:
    for name, key in _KEYS.items():
        first: dict[tuple[str, ...], int] = {}
        for row in rows.get(name, []):
            # A column that may be blank, or that an older version has not, tells rows apart too.
            texts = tuple(row.texts.get(heading) or "" for heading in key)
            needed = [row.texts[heading] for heading in key if _is_needed(row, heading)]
            earlier = first.setdefault(texts, row.row)
            if earlier != row.row and all(needed):
                named = [text for text in texts if text]
                yield CellFault(
                    name, row.row, key[1], *explain("row_again", texts=named, row=earlier)
                )


def _is_needed(row: ReturnRow, heading: str) -> bool:
    return any(
        column.heading == heading and not column.field.optional for column in row.sheet.columns
    )


def _fault(row: ReturnRow, column: str, code: str, **values: Value) -> CellFault:
    """A fault of a cell; `reading` is what it holds."""
    text = row.texts[column]
    words = explain(code, reading=format_text(text) if text else BLANK, **values)
    return CellFault(row.sheet.name, row.row, column, *words)
