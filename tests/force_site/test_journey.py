"""A return from the officer's file to the public record, in a browser, with a real sign-in and out; and what others see of it."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from return_files import changed, sound, with_cell
from serving import Enter, Served

from etl.returns.scope import Scope
from etl.returns.store.returns import list_layouts

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def _refuses(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_text("no such return among yours").first).to_be_visible()
    expect(page.get_by_text("Bangor")).to_have_count(0)


def test_from_file_to_public_record(served: Served, enter: Enter, tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.xlsx", tmp_path / "good.xlsx"
    bad.write_bytes(changed(with_cell("deployments", 3, "alerts_count", "seven")))
    good.write_bytes(sound())
    officer = enter("both@north.example")
    officer.goto(f"{served.address}/check")
    officer.locator("input[type=file]").set_input_files(bad)
    table = officer.get_by_role("table", name="Everything that was found")
    expect(table).to_contain_text("alerts_count")
    expect(table).to_contain_text("row 3")
    with officer.expect_download() as copy:
        officer.get_by_text("Your file with every problem marked").click()
    assert copy.value.suggested_filename == "bad-annotated.xlsx"
    checked = officer.get_by_text("Your file with every problem marked").get_attribute("href")
    officer.locator("input[type=file]").set_input_files(good)
    expect(officer.get_by_text("No error: the return can be sent. 2 deployments were read.")).to_be_visible()
    officer.get_by_label("Title of the return").fill("First quarter")
    officer.keyboard.press("Tab")
    officer.get_by_role("button", name="Save", exact=True).click()
    officer.get_by_text("Go on to the return").click()
    officer.get_by_role("button", name="Send it to a second person").wait_for()
    found = Axe().run(officer).response["violations"]
    assert not [one for one in found if one["impact"] in ("serious", "critical")], found
    address = officer.url
    officer.get_by_role("button", name="Send it to a second person").click()
    # Who wrote it may not approve it, though one of their roles is approver.
    officer.get_by_role("button", name="Approve it").click()
    expect(officer.get_by_text("Ask another approver of your force").first).to_be_visible()

    stranger = enter("approver@essex.example")
    _refuses(stranger, address)
    _refuses(stranger, address.replace("one-return", "preview"))
    assert stranger.request.get(f"{served.address}{checked}").status == 404

    approver = enter("approver@north.example")
    approver.goto(address)
    approver.get_by_role("button", name="Approve it").wait_for()
    # A step on what somebody has changed since it was drawn is refused.
    officer.goto(address)
    officer.get_by_role("button", name="Take it back").click()
    expect(officer.get_by_text("Done. Draft.")).to_be_visible()
    approver.get_by_role("button", name="Approve it").click()
    expect(approver.get_by_role("alert")).to_contain_text("somebody else has changed the return")
    officer.get_by_role("button", name="Send it to a second person").click()
    expect(officer.get_by_text("Done. Sent")).to_be_visible()
    approver.goto(address)
    approver.get_by_role("button", name="Approve it").click()
    expect(approver.get_by_text("Done. Approved")).to_be_visible()
    approver.get_by_role("button", name="Publish it").click()
    expect(approver.get_by_text("Done. Published.")).to_be_visible(timeout=200_000)
    assert list((served.data / "publications").glob("north_wales_return_*/return.cells.csv"))


def test_a_sign_in_ends_with_signing_out(served: Served, enter: Enter) -> None:
    page = enter("reader@north.example")
    expect(page.get_by_text("reader", exact=False).first).to_be_visible()
    assert page.get_by_role("link", name="Check a file").count() == 0
    page.goto(f"{served.address}/users")
    expect(page.get_by_text("None of your roles opens this page.")).to_be_visible()
    kept = {one["name"]: one["value"] for one in page.context.cookies()}
    template = f"{served.address}/files/return-template-en.xlsx"
    assert httpx.get(template, cookies=kept).status_code == 200
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in: North").wait_for()
    assert not [one for one in page.context.cookies() if one["name"].startswith("_streamlit_user")]
    # The cookie that somebody may have copied before opens nothing any more.
    assert httpx.get(template, cookies=kept).status_code == 401


def test_without_a_role_there_is_a_sentence(served: Served, enter: Enter) -> None:
    for user in ("nobody@north.example", "greedy@north.example"):
        page = enter(user)
        expect(page.get_by_text("nobody has given you a role here")).to_be_visible()
        page.goto(f"{served.address}/one-return?id=1")
        expect(page.get_by_text("nobody has given you a role here")).to_be_visible()
        assert page.get_by_role("table").count() == 0


def test_a_sign_in_that_is_too_old_is_asked_for_again(served: Served, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{served.address}/record")
    page.get_by_role("button", name="Sign in: North").click()
    page.get_by_role("link", name="old@north.example", exact=True).click()
    expect(page.get_by_role("button", name="Sign in: North")).to_be_visible()
    assert page.get_by_role("button", name="Sign out").count() == 0
    page.close()


def test_a_map_of_own_columns_is_built_once_and_used(served: Served, enter: Enter, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    head = "Ref,Date,Where,Mins,Watchlist size,Threshold,Faces,Alerts,True alerts,False alerts,Arrests,Van"
    rows = (
        "1,17/01/2026,High Street,275,4000,0.64,18250,9,8,1,4,A",
        "2,14/02/2026,Pier,N/K,4000,0.64,9100,9,8,1,4,A",
    )
    log.write_text("\n".join((head, *rows)) + "\n")
    page = enter("officer@essex.example")
    page.goto(f"{served.address}/columns")
    page.locator("input[type=file]").set_input_files(log)
    table = page.get_by_role("table", name="Everything that was found")
    expect(table).to_contain_text("N/K")
    page.get_by_label("faces_seen_status").fill("estimate")
    page.keyboard.press("Tab")
    expect(table).not_to_contain_text("faces_seen_status")
    page.get_by_role("button", name="Save the map").click()
    expect(page.get_by_text("The map essex_log is saved.")).to_be_visible()
    assert [one.layout_id for one in list_layouts(served.open_store(), Scope("o@essex.example", frozenset({"officer"}), "essex"))] == ["essex_log"]  # fmt: skip
    page.goto(f"{served.address}/check")
    page.locator("input[type=file]").set_input_files(log)
    expect(page.get_by_text("Whose columns it has")).to_be_visible()
