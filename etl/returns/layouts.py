"""A force's own layout: which of its columns holds which of ours, declared once and kept.

In: JSON, or what an officer chose on screen. Out: `Layout`, which turns a `Grid` of the force's log
into the cells of the template's sheet deployments; the place of every cell in the log is kept, so
that problems are told where the officer finds them. Does not compute: a column is taken as it is, a
date is only turned round, a mark for a gap only given its reason."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field

from openpyxl.utils import get_column_letter

from etl.formats.printed_values import (
    UnparseableError,
    read_clock_range,
    read_count,
    read_day,
    read_duration_minutes,
)
from etl.model.messages import message
from etl.model.problems import InvalidReferenceError, Problem, explain
from etl.model.return_codes import RETURN_GAP
from etl.model.return_template import CURRENT
from etl.returns.grids import Grid
from etl.returns.personal import find_personal_heading
from etl.returns.problems import ReturnProblem, error_at

DATE_FORMS = ("year_month_day", "day_month_year")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH_FIRST = re.compile(r"(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])/(?:\d\d)?\d\d")
_FIELDS = {column.heading: column for column in CURRENT.sheet("deployments").columns}


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns` maps their heading to our field; `not_used` names headings that are left out;
    `always` gives a field one text for every row; `gap_marks` maps a mark in their cells to the
    reason for the gap."""

    layout_id: str
    force_id: str
    columns: dict[str, str]
    sheet: str | None = None
    heading_row: int = 1
    date_form: str = "day_month_year"
    not_used: tuple[str, ...] = ()
    always: dict[str, str] = field(default_factory=dict)
    gap_marks: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """The layout as JSON, the same for the same layout."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def open_layout(text: str) -> Layout:
    """The layout that a JSON text declares; `InvalidReferenceError` with everything that is wrong
    with it."""
    try:
        declared = json.loads(text)
        layout = Layout(**{**declared, "not_used": tuple(declared.get("not_used", ()))})
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise InvalidReferenceError(
            Problem(
                message("the_layout"),
                *explain("no_layout", why=str(error)[:120]),
            )
        ) from None
    if faults := find_layout_faults(layout):
        raise InvalidReferenceError(faults)
    return layout


def find_layout_faults(layout: Layout) -> list[Problem]:
    """Everything that is wrong with a layout as a person may have made it."""
    where = message("layout_name", name=layout.layout_id)
    kinds = (
        ("columns", dict),
        ("always", dict),
        ("gap_marks", dict),
        ("layout_id", str),
        ("force_id", str),
        ("heading_row", int),
    )
    wrong = [name for name, kind in kinds if not isinstance(getattr(layout, name), kind)]
    if wrong:
        return [
            Problem(
                where,
                *explain("other_type", name=name),
            )
            for name in wrong
        ]
    known = ", ".join(_FIELDS)
    given = [*layout.columns.values(), *layout.always]
    problems = [
        Problem(where, *explain("no_such_field", name=name, names=known))
        for name in given
        if name not in _FIELDS
    ]
    problems += [
        Problem(
            where,
            *explain("field_twice", name=name, count=given.count(name)),
        )
        for name in sorted(set(given))
        if given.count(name) > 1
    ]
    problems += [
        Problem(
            where,
            *explain("no_column_for", name=name),
        )
        for name, column in _FIELDS.items()
        if not column.field.optional and name not in given
    ]
    problems += [
        Problem(
            where,
            *explain("no_such_reason", mark=mark, reason=reason, names=list(RETURN_GAP)),
        )
        for mark, reason in layout.gap_marks.items()
        if reason not in RETURN_GAP
    ]
    if layout.date_form not in DATE_FORMS:
        problems.append(
            Problem(
                where,
                *explain("no_such_date_form", name=layout.date_form, names=list(DATE_FORMS)),
            )
        )
    if not 1 <= layout.heading_row <= 50:
        problems.append(
            Problem(
                where,
                *explain("heading_row_outside", number=layout.heading_row),
            )
        )
    return problems


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The rows of a log as cells of the template: the row in the file of each,
    and the heading there of each field."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    headings: Mapping[str, str]
    letters: Mapping[str, int]


def lay_out(layout: Layout, grids: list[Grid], problems: list[ReturnProblem]) -> LaidOut | None:
    """The sheet of the log as template cells; None, with problems,
    where the sheet or a heading is not there."""
    grid = next((grid for grid in grids if layout.sheet in (None, grid.name)), None)
    if grid is None:
        problems.append(
            error_at((layout.sheet or "", None, ""), "no_layout_sheet", name=str(layout.sheet))
        )
        return None
    problems += [
        error_at((other.name, None, ""), "unread_sheet", personal=True)
        for other in grids
        if other is not grid and other.name != "problems"
    ]
    row = grid.row(layout.heading_row)
    headings = {text: column for column, text in enumerate(row, start=1) if text}
    before = len(problems)
    problems += _check_headings(layout, grid, row)
    for heading, column in headings.items():
        if heading not in layout.columns:
            if personal_heading := find_personal_heading(heading):
                problems.append(
                    error_at(
                        (grid.name, layout.heading_row, heading),
                        "personal_log_column",
                        words=personal_heading,
                        personal=True,
                    )
                )
            elif heading not in layout.not_used:
                problems.append(
                    error_at(
                        (grid.name, layout.heading_row, heading),
                        "unknown_log_column",
                        number=column,
                    )
                )
    problems += [
        error_at((grid.name, layout.heading_row, heading), "no_log_column", name=name)
        for heading, name in layout.columns.items()
        if heading not in headings
    ]
    if len(problems) > before:
        return None
    by_field = {name: heading for heading, name in layout.columns.items()}
    rows = []
    problems += _check_dates(layout, grid, {n: headings[h] for n, h in by_field.items()})
    if len(problems) > before:
        return None
    for number in range(layout.heading_row + 1, grid.last_row + 1):
        texts = {
            name: grid.cells.get((number, headings[heading]), "")
            for name, heading in by_field.items()
        }
        if any(texts.values()):
            rows.append(
                (
                    number,
                    tuple(
                        _read(layout, name, {**layout.always, **texts}.get(name, ""))
                        for name in _FIELDS
                    ),
                )
            )
    return LaidOut(
        tuple(rows), by_field, {name: headings[heading] for name, heading in by_field.items()}
    )


def _check_headings(layout: Layout, grid: Grid, row: tuple[str, ...]) -> list[ReturnProblem]:
    """Repeated headings, and cells without a heading."""
    number = layout.heading_row
    problems = [
        error_at((grid.name, number, heading), "heading_twice", count=row.count(heading))
        for heading in dict.fromkeys(filter(None, row))
        if row.count(heading) > 1 and heading not in layout.not_used
    ]
    filled = {column for row_number, column in grid.cells if row_number > number}
    bare = sorted(column for column in filled if column > len(row) or not row[column - 1])
    problems += [
        error_at((grid.name, number, letter), "no_heading_in_log", letter=letter, personal=True)
        for letter in map(get_column_letter, bare)
    ]
    return problems


def _check_dates(layout: Layout, grid: Grid, columns: Mapping[str, int]) -> Iterator[ReturnProblem]:
    """Days that are not written as the layout says, and columns of dates and texts."""
    rows = range(layout.heading_row + 1, grid.last_row + 1)
    for name, column in columns.items():
        if _FIELDS[name].field.type is not dt.date or layout.date_form != "day_month_year":
            continue
        heading = grid.cells.get((layout.heading_row, column), "")
        cells = [(row, grid.cells.get((row, column), "")) for row in rows]
        texts = [
            (row, text)
            for row, text in cells
            if text and text not in layout.gap_marks and (row, column) not in grid.dates
        ]
        if texts and any((row, column) in grid.dates for row in rows):
            yield error_at((grid.name, texts[0][0], heading), "text_among_dates")
            continue
        for row, text in texts:
            if _read_day(text) is None and not _ISO_DAY.fullmatch(text):
                month_first = _MONTH_FIRST.fullmatch(text) is not None
                yield error_at(
                    (grid.name, row, heading), "month_first" if month_first else "no_day", text=text
                )


def _read_day(text: str) -> dt.date | None:
    try:
        return read_day(text)
    except UnparseableError:
        return None


def _read(layout: Layout, name: str, text: str) -> str:
    """A text of the log as the template writes it; other text stays, and the intake refuses it."""
    if text in layout.gap_marks:
        return RETURN_GAP.label(layout.gap_marks[text]) if _FIELDS[name].gaps else ""
    kind: type = _FIELDS[name].field.type
    try:
        if kind.__name__ == "date" and layout.date_form == "day_month_year":
            return read_day(text).isoformat()
        if name == "duration_minutes" and not text.isdigit():
            if "h" in text:
                return str(read_duration_minutes(text))
            start, end = read_clock_range(text)
            return str((end.hour * 60 + end.minute - start.hour * 60 - start.minute) % (24 * 60))
        if kind is int and "," in text:
            return str(read_count(text))
    except UnparseableError:
        return text
    return text
