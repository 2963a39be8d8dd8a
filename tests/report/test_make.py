"""The report of a force: tagged and accessible, the same bytes each time, in both languages,
refused where there is nothing."""

from __future__ import annotations

import datetime as dt
import io
import re
import sys
import zipfile
from html import escape
from pathlib import Path

import pytest
import typst
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from dashboard.charts.base import LIGHT
from dashboard.charts.image import Picture
from dashboard.charts.svg.draw import Drawing, wrap_svg
from dashboard.charts.svg.markup import element
from dashboard.report.blocks import Chart, Front, Paragraph, Points, Quoted, Report, Section
from dashboard.report.make import describe_report, make_report, make_reports
from dashboard.report.pdf import write_pdf
from dashboard.report.period import ReportPeriod, read_period
from dashboard.text.language import _, language, use_language
from etl.cli import app as verbs
from etl.model.problems import RefusedQueryError
from etl.model.releases import ReleaseInfo
from etl.queries.record import Record
from scripts.translations.catalogues import read_catalogue

pytestmark = pytest.mark.slow

RELEASE = ReleaseInfo("1.2.0", "abc", "abc" * 10, "1", "0.1.0", date=dt.date(2026, 11, 24))


@pytest.fixture(scope="module")
def record(warehouse: Path) -> Record:
    return Record(warehouse)


@pytest.fixture(scope="module")
def pdf(record: Record) -> bytes:
    return make_report(record, "essex", "2024", release=RELEASE)


def test_the_pdf_is_tagged_has_a_title_a_language_and_the_date_of_the_release(pdf: bytes) -> None:
    read = PdfReader(io.BytesIO(pdf))
    root = read.trailer["/Root"]
    assert root["/StructTreeRoot"]["/Type"] == "/StructTreeRoot"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata is not None
    assert read.metadata.title == "Live facial recognition: Essex, 2024"
    assert str(read.metadata["/CreationDate"]).startswith("D:20261124")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    text = read.pages[0].extract_text()
    assert "These are not official statistics." in text
    assert "1.2.0" in text
    assert f"Page {len(read.pages)} of {len(read.pages)}" in read.pages[-1].extract_text()


def test_headings_tables_and_charts_are_tags(pdf: bytes) -> None:
    numbers: dict[str, int] = {}
    alts = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for item in node:
                walk(item)
        elif isinstance(node, dict):
            kind = str(node.get("/S", ""))
            numbers[kind] = numbers.get(kind, 0) + 1
            if kind == "/Figure":
                alts.append(str(node.get("/Alt", "")))
            walk(node.get("/K", []))

    walk(PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert numbers["/H1"] >= 14
    assert numbers["/Table"] >= 8
    assert numbers["/TH"] > 20
    assert alts
    assert all(alts)


def test_the_same_release_gives_the_same_bytes(record: Record, pdf: bytes) -> None:
    assert make_report(record, "essex", "2024", release=RELEASE) == pdf
    first, second = (
        make_report(record, "essex", "2024", "cy", "docx", release=RELEASE) for _again in range(2)
    )
    assert first == second


def test_the_docx_has_headings_tables_that_repeat_their_head_and_pictures_with_words(
    record: Record,
) -> None:
    content = make_report(record, "essex", "2024", format="docx", release=RELEASE)
    document = Document(io.BytesIO(content))
    heads = [
        paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"
    ]
    assert len(heads) == 14
    assert len(document.tables) > 8
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert len({len(row.cells) for row in table.rows}) == 1
    assert len(document.inline_shapes) > 0
    assert all(inline_shape._inline.docPr.get("descr") for inline_shape in document.inline_shapes)
    assert document.core_properties.title == "Live facial recognition: Essex, 2024"
    assert document.core_properties.created.date() == dt.date(2026, 11, 24)
    fields = [
        paragraph.text for paragraph in document.sections[0].footer._element.iter(qn("w:instrText"))
    ]
    assert fields == ["PAGE", "NUMPAGES"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_welsh_has_no_english_where_the_catalogue_has_welsh(record: Record) -> None:
    period = read_period("2024")
    assert period is not None
    use_language("en")
    report = describe_report(record, "north_wales", period, "cy", RELEASE)
    assert language() == "en"
    welsh = {
        str(measure.id): str(measure.string)
        for measure in read_catalogue("cy")
        if measure.id and isinstance(measure.id, str) and measure.string
    }
    sentences = [text for text in report.texts() if not isinstance(text, Quoted)]
    left = [sentence for sentence in sentences if sentence in welsh and welsh[sentence] != sentence]
    assert left == []
    assert "Gogledd Cymru" in report.title
    assert any(welsh.get(str(text)) for text in ("Deployments",))
    assert "Gweithrediadau" in sentences
    read = PdfReader(io.BytesIO(write_pdf(report)))
    assert read.trailer["/Root"]["/Lang"] == "cy-GB"


def test_a_force_of_wales_gets_both_languages(record: Record) -> None:
    names = [report.name for report in make_reports(record, "north_wales", "2024", release=RELEASE)]
    assert names == ["lfr-report_north_wales_2024_en.pdf", "lfr-report_north_wales_2024_cy.pdf"]


def draw_words(words: str) -> Picture:
    """A picture of nothing but these words."""
    body = element("text", escape(words), x=10, y=20, font_size=12)
    return Picture(wrap_svg(Drawing(body, 600, 30), "en", LIGHT, words, words), 600, 30)


def test_markup_in_what_is_said_stays_text() -> None:
    evil = '#panic("no") *bold* $x$ <label> @ref \\ // "'
    chart = Chart(evil, evil, draw_words(evil))
    report = Report(
        "en",
        evil,
        "d",
        "",
        evil,
        "Table",
        "Chart",
        "Page {page} of {pages}",
        evil,
        evil,
        Front(evil, evil, evil, (evil,), ((evil, Quoted(evil)),)),
        (Section(evil, (Paragraph((evil, Quoted(evil))), chart)),),
    )
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(write_pdf(report))).pages)
    assert text.count('panic("no")') > 5


def test_a_chart_without_words_is_no_pdf() -> None:
    chart = Chart("title", "", draw_words("a"))
    report = Report(
        "en",
        "t",
        "d",
        "",
        "c",
        "Table",
        "Chart",
        "Page {page} of {pages}",
        "r",
        "v",
        Front("k", "f", "p", ("s",), ()),
        (Section("s", (chart,)),),
    )
    with pytest.raises(typst.TypstError, match="alt text"):
        write_pdf(report)


@pytest.mark.parametrize(
    ("text", "first", "last", "before"),
    [
        (
            "2025",
            dt.date(2025, 1, 1),
            dt.date(2025, 12, 31),
            (dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        ),
        (
            "2025-Q1",
            dt.date(2025, 1, 1),
            dt.date(2025, 3, 31),
            (dt.date(2024, 10, 1), dt.date(2024, 12, 31)),
        ),
        (
            "2024-03",
            dt.date(2024, 3, 1),
            dt.date(2024, 3, 31),
            (dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ),
        (
            "2024-04-01..2025-03-31",
            dt.date(2024, 4, 1),
            dt.date(2025, 3, 31),
            (dt.date(2023, 4, 1), dt.date(2024, 3, 31)),
        ),
        (
            "2025-01-01..2025-01-10",
            dt.date(2025, 1, 1),
            dt.date(2025, 1, 10),
            (dt.date(2024, 12, 22), dt.date(2024, 12, 31)),
        ),
    ],
)
def test_a_period_and_the_one_before(
    text: str, first: dt.date, last: dt.date, before: tuple[dt.date, dt.date]
) -> None:
    period = read_period(text)
    assert period is not None
    assert (period.days, period.before.days) == ((first, last), before)
    assert isinstance(period, ReportPeriod)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25",
        "2025-Q5",
        "2025-13",
        "2025-02-30..2025-03-01",
        "2025-03-01..2025-02-01",
        "20٢5",
        "all",
        "../x",
    ],
)
def test_what_is_no_period(text: str) -> None:
    assert read_period(text) is None


@pytest.mark.parametrize(
    ("force_id", "period", "text"),
    [
        ("kent", "2025", "Nothing that it published"),
        ("essex", "2019", "they are from 2023-10-24"),
        ("south_wales", "2017", "reach out of the period"),
        ("esex", "2025", "Did you mean 'essex'"),
    ],
)
def test_nothing_to_report_is_told(record: Record, force_id: str, period: str, text: str) -> None:
    with pytest.raises(RefusedQueryError, match=text):
        make_report(record, force_id, period)


def test_all_that_is_wrong_is_told_at_once(record: Record) -> None:
    with pytest.raises(RefusedQueryError) as raised:
        make_report(record, "atlantis", "soon", "de", "odt")
    assert [problem.where for problem in raised.value.problems] == [
        "the force",
        "the period",
        "the language",
        "the format",
    ]


def test_the_verb_writes_all_or_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    warehouse: Path,
) -> None:
    def fetch(*words: str) -> int:
        arguments = [
            "etl",
            "report",
            *words,
            "--data",
            str(warehouse.parents[2]),
            "--to",
            str(tmp_path),
        ]
        monkeypatch.setattr(sys, "argv", arguments)
        with pytest.raises(SystemExit) as ended:
            verbs.main()
        return int(ended.value.code or 0)

    assert fetch("--force", "essex", "--period", "soon") == 12
    assert "2025-Q3" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "lfr-report_essex_2024_en.docx").mkdir()
    assert fetch("--force", "essex", "--period", "2024") == 11
    assert [path.name for path in tmp_path.iterdir()] == ["lfr-report_essex_2024_en.docx"]
    (tmp_path / "lfr-report_essex_2024_en.docx").rmdir()
    assert fetch("--force", "essex", "--period", "2024", "--format", "pdf") == 0
    assert [path.name for path in tmp_path.iterdir()] == ["lfr-report_essex_2024_en.pdf"]


def test_a_comparison_across_a_break_is_refused_with_the_reason(record: Record) -> None:
    use_language("en")
    period = read_period("2025")
    assert period is not None
    report = describe_report(record, "metropolitan", period, "en", RELEASE)
    (section,) = [
        each_section
        for each_section in report.sections
        if each_section.title == _("Compared with the period before")
    ]
    text = " ".join(report_texts(section))
    assert "Not compared." in text
    assert "the basis of the estimate changed" in text
    assert "It fell:" in text


def test_a_break_within_the_period_stands_beside_the_counts(record: Record) -> None:
    period = read_period("2024-Q3")
    assert period is not None
    report = describe_report(record, "metropolitan", period, "en", RELEASE)
    (section,) = [
        each_section for each_section in report.sections if each_section.title == "Deployments"
    ]
    lines = [line for block in section.blocks if isinstance(block, Points) for line in block.lines]
    assert any(
        str(line).startswith("[b] Conditions changed on 6 August 2024: The force’s estimate")
        for line in lines
    )


def report_texts(section: Section) -> list[str]:
    return [
        "".join(cell)
        for block in section.blocks
        if hasattr(block, "rows")
        for row in block.rows
        for cell in row
    ]


def test_a_year_of_which_the_report_has_a_part_is_not_called_the_year(record: Record) -> None:
    def read(period: str) -> str:
        made = make_report(record, "metropolitan", period, release=RELEASE)
        return " ".join(
            " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split()
        )

    month = read("2025-01")
    assert "January 2025: 1 of 168 alerts were false" in month
    assert "2025: 1 of 168 alerts were false" not in month.replace("January 2025: 1 of", "")
    days = read("2024-12-01..2025-01-31")
    assert "1 January 2025 to 31 January 2025 1 168" in days
    whole = read("2025")
    assert "2025: 12 of 2,404 alerts were false" in whole
    # A finding that names another file does so by its title.
    assert re.search(r"but 7 in “[^”_]+”, page 2, row 12", whole)
    assert "metropolitan_deployments_2025" not in whole
