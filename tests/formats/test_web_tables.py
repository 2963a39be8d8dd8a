"""Web pages: a page that passes, and for each rule the smallest change that does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.formats.web_tables import read_tables
from etl.model.cells import RawRow, RawTable
from etl.model.problems import RecordError, UnknownShapeError, UnreadableFileError

PUBLISHED = Path(__file__).parents[3] / "shared" / "published" / "forces"
HEAD = "<tr><th>Place</th><th>Alerts</th></tr>"
ROW = "<tr><td>Camden</td><td>7</td></tr>"

Keep = Callable[[str | bytes], Path]


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    def keep_page(page: str | bytes) -> Path:
        path = tmp_path / "page.html"
        path.write_bytes(page.encode() if isinstance(page, str) else page)
        return path

    return keep_page


def page(*tables: str, title: str = "Results", head: str = "") -> str:
    body = "\n".join(f"<table>{table}</table>" for table in tables)
    return (
        f"<!doctype html><html><head>{head}<title>{title}</title></head><body>"
        f"<p>x</p>{body}</body></html>"
    )


def cells_of(path: Path) -> list[tuple[str, ...]]:
    (table,) = read_tables(path)
    return [row.cells for row in table.rows]


def cell(keep: Keep, inner: str) -> str:
    """The text read from one cell with this markup in it."""
    return cells_of(keep(page(f"{HEAD}<tr><td>{inner}</td><td>0</td></tr>")))[0][0]


def list_problems(kind: type[RecordError], path: Path) -> list[str]:
    """Every problem of the page as place, found and expected; each must also come with a remedy."""
    with pytest.raises(kind) as caught:
        read_tables(path)
    assert all(problem.remedy for problem in caught.value.problems)
    return [
        f"{problem.where}: {problem.found}; {problem.expected}" for problem in caught.value.problems
    ]


def refused(keep: Keep, *tables: str, title: str = "Results") -> list[str]:
    """What is said of the shape of a page with these tables."""
    return list_problems(UnknownShapeError, keep(page(*tables, title=title)))


# --- what is read


@pytest.mark.parametrize(
    "table",
    [
        f"<thead>{HEAD}</thead><tbody>{ROW}<tr><td>Ilford</td><td></td></tr></tbody>",
        f"{HEAD}{ROW}<tr><td>Ilford</td><td></td></tr>",
        f"{HEAD}<tr><th scope=row>Camden<td>7<tr><th scope=row>Ilford<td>",
        "<thead><tr><td>Place</td><td>Alerts</td></tr></thead><tr><td>Camden</td><td>7</td></tr>"
        "<tfoot><tr><td>Ilford</td><td></td></tr></tfoot>",
        f"<caption>Table 1</caption>{HEAD}<tr></tr>{ROW}<tr><td>Ilford</td><td></td></tr>",
    ],
)
def test_a_table_is_read(keep: Keep, table: str) -> None:
    assert read_tables(keep(page(table))) == (
        RawTable(
            ("Place", "Alerts"), (RawRow(1, 1, ("Camden", "7")), RawRow(1, 2, ("Ilford", "")))
        ),
    )


def test_every_table_is_read_in_page_order(keep: Keep) -> None:
    first, second = (HEAD + ROW, "<tr><th>Event</th></tr><tr><td>Elvis Festival</td></tr>")
    tables = read_tables(keep(page(first, second)))
    assert [table.headings for table in tables] == [("Place", "Alerts"), ("Event",)]
    assert [(row.page, row.row) for table in tables for row in table.rows] == [(1, 1), (1, 2)]


def test_headings_without_rows_are_a_table(keep: Keep) -> None:
    assert read_tables(keep(page(HEAD))) == (RawTable(("Place", "Alerts"), ()),)


def test_a_table_for_layout_only_is_not_read(keep: Keep) -> None:
    layout = '<table role="presentation"><tr><td colspan=2>Menu</td></tr></table>'
    with_layout = page(HEAD + ROW).replace("<p>x</p>", layout)
    assert cells_of(keep(with_layout)) == [("Camden", "7")]
    assert list_problems(UnknownShapeError, keep(with_layout.replace(' role="presentation"', "")))


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("  High\n\tSt&nbsp;&#8239; North ", "High St North"),
        ("High St<br>North", "High St North"),
        ("<p>High St</p><p>North</p>", "High St North"),
        ("<p>High St</p>North", "High St North"),
        ("<ul><li>High St</li><li>North</li></ul>", "High St North"),
        ("1<b>2</b>3", "123"),
        ("<a href='/x'>Camden</a> Town", "Camden Town"),
        ("Camden<!-- note -->Town", "CamdenTown"),
        ("Camden<script>var a = 1</script><style>td {}</style><template>x</template>", "Camden"),
        ("Camden<span hidden>x</span>", "Camden"),
        ("Camden<span style='DISPLAY : none'>x</span>", "Camden"),
        ("Camden<span style='visibility:hidden'>x</span>", "Camden"),
        ("<span class='govuk-visually-hidden'>Place: </span>Camden", "Camden"),
        ("<span hidden='until-found'>Camden</span>", "Camden"),
        ("<span aria-hidden='true'>Camden</span>", "Camden"),
        ("Cam&shy;den\u200b", "Camden"),
        ("King&rsquo;s &amp; Cross", "King’s & Cross"),
        ("27<sup>th</sup> November", "27th November"),
        ("Camden<sup>1</sup>", "Camden1"),
        ("&boo;", "&boo;"),
    ],
)
def test_text_is_what_a_reader_sees(keep: Keep, inner: str, text: str) -> None:
    assert cell(keep, inner) == text


def test_hidden_rows_cells_and_tables_are_not_read(keep: Keep) -> None:
    seen = page(
        f"{HEAD}<tr hidden><td>x</td></tr>{ROW.replace('<td>7', '<td style=display:none>x<td>7')}"
    )
    unseen = seen.replace("<p>x</p>", f"<div hidden><table>{HEAD}</table></div>")
    assert read_tables(keep(unseen)) == (
        RawTable(("Place", "Alerts"), (RawRow(1, 1, ("Camden", "7")),)),
    )


# --- headings


def test_merged_headings_are_joined_into_tiers(keep: Keep) -> None:
    head = (
        "<tr><th rowspan=2>Place</th><th colspan=2>True Alerts</th><th rowspan=2>Rate</th></tr>"
        "<tr><th>Confirmed</th><th>Unconfirmed</th></tr>"
    )
    headings = ("Place", "True Alerts / Confirmed", "True Alerts / Unconfirmed", "Rate")
    row = "<tr><td>Camden</td><td>1</td><td>0</td><td>0%</td></tr>"
    expected = (RawTable(headings, (RawRow(1, 1, ("Camden", "1", "0", "0%")),)),)
    assert read_tables(keep(page(head + row))) == expected
    assert read_tables(keep(page(f"<thead>{head}</thead>{row}"))) == expected
    to_the_end = head.replace("rowspan=2>Rate", "rowspan=0>Rate")
    assert read_tables(keep(page(f"<thead>{to_the_end}</thead>{row}"))) == expected
    assert refused(keep, (head + row).replace("<th>Unconfirmed</th>", "")) == [
        "page.html, table 1: rows of headings of different lengths; every tier over all columns"
    ]


def test_a_table_without_headings_is_refused(keep: Keep) -> None:
    assert refused(keep, "<tr><td>Place</td><td>Alerts</td></tr>" + ROW) == [
        "page.html, table 1: no row of headings; headings in thead, or a first row of th cells"
    ]


def test_blank_and_repeated_headings_are_refused(keep: Keep) -> None:
    assert refused(keep, "<tr><th></th><th>Alerts</th><th>Alerts</th></tr>") == [
        "page.html, table 1: no heading over column 1; a heading over every column",
        'page.html, table 1: the heading "Alerts" 2 times; every heading once',
    ]


def test_headings_in_the_middle_are_refused(keep: Keep) -> None:
    assert refused(keep, HEAD + ROW + HEAD + ROW) == [
        "page.html, table 1, row 2: a row of headings inside the table; headings only at the top"
    ]
    assert refused(keep, f"<thead>{HEAD}</thead>{HEAD}{ROW}") == [
        "page.html, table 1, row 1: a row of headings inside the table; headings only at the top"
    ]


def test_a_row_that_is_only_its_label_is_not_headings(keep: Keep) -> None:
    labelled = "<tr><th>Event</th></tr><tr><th scope=row>Elvis Festival</th></tr>"
    assert read_tables(keep(page(labelled))) == (
        RawTable(("Event",), (RawRow(1, 1, ("Elvis Festival",)),)),
    )


# --- shapes


def test_merged_cells_are_refused_with_their_place(keep: Keep) -> None:
    rows = "<tr><td rowspan=2>Camden<td>7</tr><tr><td>8</tr><tr><td colspan=2>None in May</tr>"
    assert refused(keep, HEAD + rows) == [
        'page.html, table 1, row 1, column "Place": a cell "Camden" merged 1 across and 2 down; '
        "one cell for each row and column",
        (
            'page.html, table 1, row 3, column "Place": a cell "None in May" merged 2 across and 1 '
            "down; one cell for each row and column"
        ),
    ]


@pytest.mark.parametrize(
    "span", ["colspan=1 rowspan=1", "colspan=x", "colspan=-2", "colspan=0", "colspan="]
)
def test_a_span_that_a_browser_reads_as_one_is_one(keep: Keep, span: str) -> None:
    assert cells_of(keep(page(f"{HEAD}<tr><td {span}>Camden</td><td>7</td></tr>"))) == [
        ("Camden", "7")
    ]


def test_an_enormous_span_is_refused_quickly(keep: Keep) -> None:
    row = "<tr><td colspan=9999999999 rowspan=9999999999>Camden</td><td>7</td></tr>"
    assert len(refused(keep, HEAD + row)) == 2


def test_rows_too_short_and_too_long_are_refused(keep: Keep) -> None:
    rows = f"<tr><td>Ilford</td></tr>{ROW}<tr><td>Barking</td><td>1</td><td>2</td></tr>"
    assert refused(keep, HEAD + rows) == [
        "page.html, table 1, row 1: 1 cell; 2, one under each heading",
        "page.html, table 1, row 3: 3 cells; 2, one under each heading",
    ]


def test_a_table_in_a_table_is_refused_and_read_as_neither(keep: Keep) -> None:
    inner = f"<table>{HEAD}<tr><td>x</td></tr></table>"
    assert refused(keep, f"{HEAD}<tr><td>Camden</td><td>7{inner}</td></tr>") == [
        "page.html, table 1: a table inside the table; a plain grid"
    ]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("10<sup>1</sup>", 'a raised number beside a figure, "101"'),
        ("<del>5</del> 6", 'text that is struck out, "5 6"'),
        ("<img src='tick.png' alt='yes'>", "a picture or a form field without text"),
    ],
)
def test_markup_that_changes_the_figure_is_refused(keep: Keep, inner: str, text: str) -> None:
    problems = refused(keep, f"{HEAD}<tr><td>Camden</td><td>{inner}</td></tr>")
    assert [problem.rpartition("; ")[0] for problem in problems] == [
        f'page.html, table 1, row 1, column "Alerts": {text}'
    ]


def test_all_problems_of_all_tables_are_told_at_once(keep: Keep) -> None:
    second, third = "<tr><td>x</td></tr>", f"<tr><th>A</th></tr><tr></tr>{ROW}"
    problems = refused(keep, f"{HEAD}<tr><td>Camden</td></tr>", second, third)
    assert [problem.split(":")[0] for problem in problems] == [
        "page.html, table 1, row 1",
        "page.html, table 2",
        "page.html, table 3, row 3",
    ]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Just  a moment&hellip;", 'no table on the page titled "Just a moment…"'),
        ("", "no table on a page without a title"),
    ],
)
def test_a_page_without_a_table_is_named_by_its_title(keep: Keep, title: str, text: str) -> None:
    assert refused(keep, title=title) == [f"page.html: {text}; at least one table"]


# --- bytes


@pytest.mark.parametrize("data", [b"", b" \n"])
def test_an_empty_file_is_refused(keep: Keep, data: bytes) -> None:
    assert list_problems(UnreadableFileError, keep(data)) == [
        "page.html: an empty file; a web page"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Place,Alerts\nCamden,7\n",
        "%PDF-1.7 <table>",
        '{"html": "<table></table>"}',
        "<rss><item/></rss>",
    ],
)
def test_what_is_not_html_is_refused(keep: Keep, text: str) -> None:
    assert list_problems(UnreadableFileError, keep(text)) == [
        "page.html: a file that is not HTML; a web page"
    ]


def test_nul_is_refused(keep: Keep) -> None:
    assert list_problems(UnreadableFileError, keep(page(HEAD) + "\0")) == [
        "page.html: a NUL character; a web page"
    ]


def test_a_page_that_is_cut_off_in_a_table_is_refused(keep: Keep) -> None:
    whole = page(HEAD + ROW, head="<script>'<table>'</script><!-- <table> -->")
    assert cells_of(keep(whole)) == [("Camden", "7")]
    assert list_problems(UnreadableFileError, keep(whole[: whole.index("</table>")])) == [
        "page.html: 1 tables begun and 0 ended; a whole page, every table with its end"
    ]


def test_a_page_that_the_parser_cuts_short_is_refused(keep: Keep) -> None:
    whole = page(HEAD + ROW)
    assert cells_of(keep(whole.replace("<p>x</p>", "<div>" * 100))) == [("Camden", "7")]
    assert list_problems(UnreadableFileError, keep(whole.replace("<p>x</p>", "<div>" * 1000))) == [
        "page.html: a page the parser gave up on; a whole page"
    ]


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ("<meta charset=utf-8>", "utf-8"),
        ("<meta charset='windows-1252'>", "cp1252"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=ISO-8859-1'>", "cp1252"),
    ],
)
def test_the_declared_charset_is_honoured_and_utf_8_is_the_default(
    keep: Keep, head: str, codec: str
) -> None:
    text = page(f"{HEAD}<tr><td>King’s Café</td><td>7</td></tr>", head=head)
    assert cells_of(keep(text.encode(codec))) == [("King’s Café", "7")]


@pytest.mark.parametrize(
    ("head", "codec", "result"),
    [
        (
            "",
            "cp1252",
            "page.html, line 3: the byte 0x92; utf-8 text, as the page declares or by default",
        ),
        (
            "<meta charset=utf-8>",
            "cp1252",
            "page.html, line 3: the byte 0x92; utf-8 text, as the page declares or by default",
        ),
        (
            "<meta charset=cp1252>",
            "utf-8",
            "page.html, line 3: the byte 0x9D; cp1252 text, as the page declares or by default",
        ),
        (
            "<meta charset=shift_jis>",
            "utf-8",
            'page.html: the declared charset "shift_jis"; UTF-8 or Windows-1252',
        ),
        (
            "<meta charset=rot13>",
            "utf-8",
            'page.html: the declared charset "rot13"; UTF-8 or Windows-1252',
        ),
    ],
)
def test_bytes_that_are_not_the_declared_charset_are_refused(
    keep: Keep, head: str, codec: str, result: str
) -> None:
    text = page(f"{HEAD}\n\n<tr><td>King’s “Café”</td><td>7</td></tr>", head=head)
    assert list_problems(UnreadableFileError, keep(text.encode(codec))) == [result]


# --- real files


def published(name: str) -> Path:
    path = PUBLISHED / name
    if not path.exists():
        pytest.skip("the published files are not beside the repository")
    return path


@pytest.mark.published
def test_the_immigration_enforcement_page() -> None:
    (table,) = read_tables(published("immigration-enforcement-2025-11.html"))
    assert len(table.headings) == 15
    assert len(table.rows) == 8
    assert table.column("Duration of deployment")[:2] == (
        "3 days covering 10 sailings",
        "1205-1253",
    )
    assert table.column("Date")[0] == "10/11/25- 12/11/25"
    assert table.column("Faces seen") == ("2038", "1083", "450", "144", "2214", "523", "233", "827")


@pytest.mark.published
def test_the_south_wales_page() -> None:
    (table,) = read_tables(published("south-wales-2017-18.html"))
    assert table.headings == ("Event", "True Positive Alerts", "False Positive Alerts")
    assert table.rows[0] == RawRow(
        1, 1, ("UEFA Champions League final week, Cardiff", "173", "2297")
    )
    assert len(table.rows) == 15


def test_the_charset_of_the_answer_is_used_where_the_page_declares_none(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(
        b"<html><table><thead><tr><th>Place</th></tr></thead><tr><td>St "
        b"Peter\x92s</td></tr></table></html>"
    )
    with pytest.raises(UnreadableFileError):
        read_tables(page)
    sidecar = {"origin": {"content_type": "text/html; charset=windows-1252"}}
    page.with_name("page.html.json").write_text(json.dumps(sidecar), encoding="utf-8")
    (table,) = read_tables(page)
    assert table.rows[0].cells == ("St Peter’s",)
