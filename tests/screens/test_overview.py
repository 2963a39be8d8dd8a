"""What a reader is told on the first page: by default, with a filter, with nonsense, and with nothing to show."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.parts.filters import read_address, write_address
from dashboard.questions import Selection, ask_total
from etl.answers import open_answers
from etl.warehouse.build import write_warehouse

SCRIPT = Path(__file__).resolve().parents[2] / "dashboard" / "public_app.py"
FORCES = {"essex": "Essex", "metropolitan": "Metropolitan Police"}


@pytest.fixture
def released(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
    return warehouse


def open_page(**query: str) -> AppTest:
    page = AppTest.from_file(str(SCRIPT), default_timeout=60)
    for name, value in query.items():
        page.query_params[name] = value
    return page.run()


def read_html(page: AppTest) -> str:
    return " ".join(str(one.proto.body) for one in page.get("html"))


def test_the_default_page_says_what_it_is_and_is_not(released: Path) -> None:
    page = open_page()
    assert not page.exception
    said = read_html(page)
    assert "These are not official statistics." in said
    answers = open_answers(released)
    for measure_id in ("deployments_count", "faces_seen_count", "alerts_count", "arrests_count"):
        assert f"{ask_total(answers, measure_id, Selection()).numerator:,}" in said
    assert answers.release_id in said
    assert "<caption>Deployments, newest first: rows 1 to 25 of " in said
    assert 'scope="col"' in said


def test_a_force_filters_every_part_of_the_page(released: Path) -> None:
    page = open_page(force="metropolitan", **{"from": "2024"})
    assert not page.exception
    assert "Metropolitan Police" in [one.value for one in page.header]
    total = ask_total(open_answers(released), "deployments_count", Selection("metropolitan", 2024))
    said = read_html(page)
    assert f'<p class="lfr-figure">{total.numerator:,}</p>' in said
    assert f"of {total.rows_count:,}</caption>" in said
    assert dict(page.query_params) == {"force": ["metropolitan"], "from": ["2024"]} or page.query_params["force"] == "metropolitan"  # fmt: skip


def test_nonsense_in_the_address_gets_a_sentence_and_the_default(released: Path) -> None:
    page = open_page(force="<b>zzz</b>", to="soon", page="-3")
    assert not page.exception
    warned = " ".join(one.value for one in page.warning)
    assert "no force “<b>zzz</b>”" in warned
    assert "no year “soon”" in warned
    assert "no page “-3”" in warned
    assert "All forces" in [one.value for one in page.header]
    assert "force" not in page.query_params


def test_a_period_without_rows_is_not_called_zero(released: Path) -> None:
    page = open_page(force="surrey", **{"from": "2017", "to": "2018"})
    assert not page.exception
    assert "That is not a zero" in read_html(page)


def test_a_search_without_result_says_so_and_is_escaped(released: Path) -> None:
    page = open_page(place="<script>alert(1)</script>")
    assert not page.exception
    said = read_html(page)
    assert "No row of this selection has" in said
    assert "<script>alert" not in said


def test_a_missing_warehouse_is_told_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LFR_RELEASES", str(tmp_path))
    page = open_page()
    assert not page.exception
    assert "The data has not been built yet" in [one.value for one in page.header]
    assert "python -m etl build" in read_html(page)


def test_an_empty_warehouse_is_told_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_warehouse({}, tmp_path, software_version="0.0.0", sources_hash="0" * 64)
    monkeypatch.setenv("LFR_RELEASES", str(tmp_path))
    page = open_page()
    assert not page.exception
    assert "The record is empty" in [one.value for one in page.header]


def test_a_damaged_warehouse_is_told_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "current").mkdir()
    (tmp_path / "current" / "lfr.duckdb").write_bytes(b"not a database")
    monkeypatch.setenv("LFR_RELEASES", str(tmp_path))
    page = open_page()
    assert not page.exception
    assert "The data cannot be read" in [one.value for one in page.header]


def test_the_address_keeps_a_selection() -> None:
    chosen = Selection("essex", 2024, 2025, "pier", uncounted=True)
    address = write_address(chosen, 3)
    assert read_address(address, FORCES, range(2017, 2027)) == (chosen, 3, [])
    assert write_address(Selection(), 1) == {}


@pytest.mark.parametrize("value", ["²", "٣", "1e9", "", "99999999999999999999", "2024; DROP TABLE", "-2024"])
def test_strange_years_never_raise(value: str) -> None:
    chosen, _, said = read_address({"from": value}, FORCES, range(2017, 2027))
    assert chosen.first_year is None
    assert len(said) == (1 if value else 0)


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    chosen, _, said = read_address({"from": "2025", "to": "2024"}, FORCES, range(2017, 2027))
    assert (chosen.first_year, chosen.last_year) == (None, None)
    assert "before it starts" in said[0]
