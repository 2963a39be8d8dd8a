"""From a figure to the row and its printed cell, and from a doubt to its row, in a real browser."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from etl.queries.record import open_record

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_a_figure_leads_to_its_rows_and_a_row_to_its_printed_cells(
    open_page, warehouse: Path
) -> None:
    record = open_record(warehouse)
    total = record.estimate(
        "faces_seen_count", where={"force_id": ["metropolitan"], "year": [2024]}
    ).only()
    page = open_page("forces?force=metropolitan&from=2024&to=2024")
    card = page.locator("ul.lfr-cards > li", has=page.get_by_role("heading", name="Faces seen"))
    expect(card.locator(".lfr-figure")).to_contain_text(f"{total.numerator:,}")
    card.get_by_role("link", name="The deployments behind it").click()
    page.wait_for_url(
        re.compile(r"/deployments\?force=metropolitan&from=2024&to=2024&sorted=faces_seen")
    )
    expect(page.locator(".lfr-note").first).to_contain_text(f"{total.numerator:,} faces seen")
    most = max(
        record.rows.deployments({"force_id": ["metropolitan"], "year": [2024]}),
        key=lambda deployment: deployment.counts["faces_seen"] or 0,
    )
    first = page.locator("table.lfr-table tbody tr").first
    expect(first).to_contain_text(f"{most.counts['faces_seen']:,}")
    first.get_by_role("link", name=re.compile(r"^page \d+, row \d+$")).click()
    page.wait_for_url(re.compile(f"deployment={most.deployment_id}"))
    expect(page.locator(".lfr-row-place")).to_contain_text(f"page {most.page}, row {most.row}")
    row_evidence = record.rows.evidence(most.deployment_id)
    assert row_evidence is not None
    faces = next(
        cell for cell in row_evidence.cells if cell.field and cell.field.field_name == "faces_seen"
    )
    row = (
        page.locator("#cells")
        .locator("xpath=following::table[1]")
        .get_by_role("row", name=faces.heading)
    )
    expect(row.locator("q")).to_have_text(faces.text)
    page.go_back()
    expect(page.locator("table.lfr-table tbody tr")).to_have_count(25)


def test_a_finding_leads_to_its_row_and_back_comes_the_list(open_page, site: str) -> None:
    page = open_page("data-quality?check=date_out_of_order")
    findings = page.locator(
        "table.lfr-table", has=page.locator("caption", has_text="Findings 1 to 1")
    )
    findings.get_by_role("link", name="page 4, row 15").click()
    page.wait_for_url(re.compile("deployment=metropolitan_deployments_2023_2024_0113"))
    expect(page.get_by_role("heading", name="Dalston, 11 July 2024")).to_be_visible()
    page.go_back()
    page.wait_for_url(f"{site}/data-quality?check=date_out_of_order")


def test_a_source_of_a_figure_is_a_section_of_the_sources(open_page) -> None:
    page = open_page("forces?force=metropolitan&from=2024&to=2024")
    link = page.locator("ul.lfr-cards .lfr-from a", has_text="MPS LFR Deployments").first
    link.click()
    page.wait_for_url(re.compile("/sources.*#metropolitan_deployments$"))
    expect(page.locator("#metropolitan_deployments")).to_be_in_viewport(timeout=60_000)


def test_a_search_is_kept_in_the_address_and_its_file_has_the_same_rows(
    open_page, site: str
) -> None:
    page = open_page("deployments")
    page.get_by_role("textbox", name="Search by location").fill("croydon")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/deployments?place=croydon")
    summary = page.locator(".lfr-note").first
    expect(summary).to_contain_text(re.compile(r"^\s*\d+ (entry|entries)"))
    link = page.get_by_role("link", name="This selection as CSV")
    expect(link).to_have_attribute("href", re.compile("croydon"))
    with page.expect_download() as waiting:
        link.click()
    with Path(waiting.value.path()).open(encoding="utf-8", newline="") as file:
        count = len(list(csv.DictReader(file)))
    expect(summary).to_contain_text(re.compile(rf"^\s*{count} entries"))


def test_on_a_phone_each_cell_stands_below_its_heading(open_page) -> None:
    page = open_page("deployments?deployment=metropolitan_deployments_2023_2024_0113", width=360)
    cell = page.locator("td[data-label='Text as published']").first
    assert (
        cell.evaluate("node => getComputedStyle(node, '::before').content") == '"Text as published"'
    )
    box = cell.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 360
    table = page.locator("#cells").locator("xpath=following::table[1]")
    assert table.evaluate("node => node.scrollWidth <= node.parentElement.clientWidth")


def test_the_files_of_the_tables_are_there(open_page) -> None:
    for slug, count in (
        ("data-quality", 4),
        ("sources", 3),
        ("deployments?deployment=metropolitan_deployments_2025_0001", 1),
    ):
        page = open_page(slug)
        links = page.locator("a[href^='/api/v1/'][href*='.csv']")
        expect(links).to_have_count(count)
        for link in links.all():
            answer = page.request.get(
                page.url.split("/", 3)[0]
                + "//"
                + page.url.split("/")[2]
                + str(link.get_attribute("href"))
            )
            assert answer.status == 200
            assert len(answer.text().splitlines()) > 1
