"""What a page's own styles hide, raise or strike out is read as a reader of the page sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.formats.web_tables import read_tables
from etl.model.problems import UnknownShapeError


def read_cell(folder: Path, inner: str, sheet: str = "") -> str:
    path = folder / "page.html"
    path.write_text(
        f"<!doctype html><html><head><title>Results</title><style>{sheet}</style></head><body>"
        "<table><tr><th>Place</th><th>Alerts</th></tr>"
        f"<tr><td>Camden</td><td>{inner}</td></tr></table></body></html>",
        encoding="utf-8",
    )
    return read_tables(path)[0].rows[0].cells[1]


@pytest.mark.parametrize(
    ("sheet", "inner"),
    [
        (".a{display:none}", '<span class="a">9</span>40'),
        ("td .a, p{color:red;visibility:hidden}", '<span class="a">9</span>40'),
        ("td > span.a.b{opacity:0}", '<span class="b a">9</span>40'),
        ("#a{position:absolute;left:-9999px}", '<span id="a">9</span>40'),
        (".a{clip:rect(1px,1px,1px,1px)}", '<span class="a">9</span>40'),
        (".a{overflow:hidden;height:1px;width:1px}", '<span class="a">9</span>40'),
        (".a{font-size:0}", '<span class="a">9</span>40'),
        ("@media(min-width:40em){.a{display:none}}", '<span class="a">9</span>40'),
        ("/* .a */ .a{color:transparent}", '<span class="a">9</span>40'),
        ("", '<span style="text-indent:-999em">9</span>40'),
        ("", '<span class="screen-reader-text">9</span>40'),
        ("", '<span class="nhsuk-u-visually-hidden">9</span>40'),
        ("", "<details><summary>40</summary>17</details>"),
        ("", "<details><summary>40</summary><p>17</p></details>"),
    ],
)
def test_what_is_hidden_is_not_read(tmp_path: Path, sheet: str, inner: str) -> None:
    assert read_cell(tmp_path, inner, sheet) == "40"


@pytest.mark.parametrize(
    ("sheet", "inner", "text"),
    [
        ("@media(max-width:40em){.a{display:none}}", '<span class="a">9</span>40', "940"),
        ("@media print{.a{display:none}}", '<span class="a">9</span>40', "940"),
        (".a{display:none}.a{display:inline}", '<span class="a">9</span>40', "940"),
        (".a:hover{display:none}", '<span class="a">9</span>40', "940"),
        (".ab{display:none}", '<span class="a">9</span>40', "940"),
        ("p .a{display:none}", '<span class="a">9</span>40', "940"),
        ("", "<details open><summary>40</summary>17</details>", "40 17"),
        ("", '<a href="#camden">1940</a>', "1940"),
        ("", '<span style="font-size:1.2em">40</span>', "40"),
    ],
)
def test_what_is_seen_is_read(tmp_path: Path, sheet: str, inner: str, text: str) -> None:
    assert read_cell(tmp_path, inner, sheet) == text


@pytest.mark.parametrize(
    ("sheet", "inner", "found"),
    [
        ("", '40<span style="vertical-align:super">1</span>', "a raised number beside a figure"),
        (".a{vertical-align:super}", '40<b class="a">1</b>', "a raised number beside a figure"),
        (".a{position:relative;top:-5px}", '40<b class="a">1</b>', "a raised number beside"),
        ("", '40<a href="#fn1" role="doc-noteref">1</a>', "a raised number beside a figure"),
        ("", '40<a href="#note-1">[1]</a>', "a raised number beside a figure"),
        ("", '40<span class="footnote-ref">1</span>', "a raised number beside a figure"),
        ("", "40<small>1</small>", "a raised number beside a figure"),
        ("", '<span style="text-decoration:line-through">16</span>', "text that is struck out"),
        (".a{text-decoration-line:line-through}", '<i class="a">16</i>', "text that is struck out"),
        ("tr.x td+td, td b{text-decoration:line-through}", "<b>16</b>", "text that is struck out"),
    ],
)
def test_a_note_or_a_line_through_text_is_refused_with_its_place(
    tmp_path: Path, sheet: str, inner: str, found: str
) -> None:
    with pytest.raises(UnknownShapeError) as caught:
        read_cell(tmp_path, inner, sheet)
    (problem,) = caught.value.problems
    assert problem.where == 'page.html, table 1, row 1, column "Alerts"'
    assert problem.found.startswith(found)
