"""The force site in Welsh: from the page that somebody opens, through signing in,
to what is wrong with a file and back out."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect

from tests.force_site.serving import Served
from tests.returns.sample_returns import changed, with_cell

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_welsh_from_the_door_to_the_problems_of_a_file_and_out(
    served: Served, browser: Browser, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(changed(with_cell("deployments", 3, "alerts_count", "seven")))
    page = browser.new_page(locale="cy-GB")
    page.set_default_timeout(60_000)
    page.goto(f"{served.address}/check?lang=cy")
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    page.get_by_role("button", name="Mewngofnodi: North").click()
    page.get_by_role("link", name="officer@north.example", exact=True).click()
    page.get_by_role("button", name="Allgofnodi").wait_for()
    assert page.url == f"{served.address}/check?lang=cy"
    expect(page).to_have_title("Gwirio ffeil – Ffurflenni data adnabod wynebau byw")
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    # The framework's own words too.
    expect(page.get_by_role("link", name="Neidio i’r prif gynnwys")).to_have_count(1)
    expect(page.get_by_text("5MB y ffeil • XLSX, CSV")).to_be_visible()
    expect(page.get_by_role("button", name="Uwchlwytho")).to_be_visible()
    page.locator("input[type=file]").set_input_files(bad)
    table = page.get_by_role("table", name="Popeth a ganfuwyd")
    expect(table).to_contain_text("rhif cyfan megis 1234, neu un o’r rhain: not collected")
    expect(table).to_contain_text("fel y mae’r ddalen diffiniadau’n dangos")
    expect(table.locator('[lang="en"]')).to_have_count(0)
    with page.expect_download() as copy:
        page.get_by_role("link", name="Eich ffeil â phob problem wedi’i nodi").click()
    listed = [
        [cell.value for cell in row]
        for row in load_workbook(io.BytesIO(copy.value.path().read_bytes()))["problems"].iter_rows()
    ]
    assert listed[0] == [
        "Beth",
        "Dalen",
        "Rhes",
        "Colofn",
        "Canfuwyd",
        "Disgwyliedig",
        "Beth i’w wneud",
    ]
    assert listed[1][:5] == ["Gwall", "deployments", "3", "alerts_count", "'seven'"]
    assert listed[1][5].startswith("rhif cyfan megis 1234, neu un o’r rhain: not collected")
    page.get_by_role("button", name="Allgofnodi").click()
    page.get_by_role("button", name="Mewngofnodi: North").wait_for()
    assert page.url == f"{served.address}/?lang=cy"
    page.close()
