"""A return from the officer's file to the public record, in a browser, with a real sign-in and out;
and what others see of it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from etl.returns.checked_copy import copy_checked
from etl.returns.intake import check_return
from etl.returns.package_checks import MAX_BYTES
from etl.returns.scope import Scope
from etl.returns.store.returns import list_layouts, open_return, open_version, save_version
from etl.returns.workflow import approve, set_embargo, submit
from tests.force_site.serving import SECOND, WRITER, Enter, Served, put_return
from tests.returns.sample_returns import NAME, TODAY, changed, sound, with_cell

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
    expect(
        officer.get_by_text("No error: the return can be sent. 2 deployments were read.")
    ).to_be_visible()
    officer.get_by_label("Title of the return").fill("First quarter")
    officer.keyboard.press("Tab")
    officer.get_by_role("button", name="Save", exact=True).click()
    officer.get_by_text("Go on to the return").click()
    officer.get_by_role("button", name="Send it to a second person").wait_for()
    violations = Axe().run(officer).response["violations"]
    assert not [
        violation for violation in violations if violation["impact"] in ("serious", "critical")
    ], violations
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
    number = re.findall(r"id=(\d+)", address)[0]
    published = served.data / "publications" / f"north_wales_return_{number}"
    assert (published / "return.cells.csv").exists()
    # Taken out again, with the reason that readers get; what was published is kept.
    approver.goto(address)
    approver.get_by_label("Why it is withdrawn, for readers").fill(
        "Two deployments were counted twice."
    )
    approver.get_by_role("button", name="Withdraw it").click()
    expect(approver.get_by_text("Done. Withdrawn.")).to_be_visible(timeout=200_000)
    expect(approver.get_by_role("button", name="Publish it")).to_have_count(0)
    assert not published.exists()
    assert (served.data / "withdrawn" / published.name / "return.cells.csv").exists()
    officer.goto(address)
    expect(
        officer.get_by_text("its figures are no longer part of the public record")
    ).to_be_visible()


def test_changes_are_asked_for_and_answered(served: Served, enter: Enter, tmp_path: Path) -> None:
    store = served.open_store()
    made = submit(store, WRITER, put_return(store, "To be changed"))
    address = f"{served.address}/one-return?id={made.return_id}"
    approver = enter("approver@north.example")
    approver.goto(address)
    # Without saying what has to change nothing is asked for.
    approver.get_by_role("button", name="Ask for changes").click()
    expect(approver.get_by_role("alert")).to_be_visible()
    assert open_return(store, WRITER, made.return_id).state == "submitted"
    approver.get_by_label("What has to change").fill("Row 3: the faces seen are of another day.")
    approver.get_by_role("button", name="Ask for changes").click()
    expect(approver.get_by_text("Done. Changes asked for.")).to_be_visible()
    officer = enter("officer@north.example")
    officer.goto(address)
    expect(officer.get_by_text("Row 3: the faces seen are of another day.")).to_be_visible()
    mended = tmp_path / "mended.xlsx"
    mended.write_bytes(changed(with_cell("deployments", 3, "faces_seen_count", 9200)))
    _check(officer, served, mended)
    _choose_return(officer, f"{made.return_id}: To be changed")
    officer.get_by_role("button", name="Save", exact=True).click()
    expect(officer.get_by_text(f"Saved as file 2 of return {made.return_id}.")).to_be_visible()
    officer.get_by_text("Go on to the return").click()
    officer.get_by_role("button", name="Send it to a second person").click()
    expect(officer.get_by_text("Done. Sent")).to_be_visible()
    approver.goto(address)
    expect(approver.get_by_role("table", name="deployments")).to_contain_text("9200")
    approver.get_by_role("button", name="Approve it").click()
    expect(approver.get_by_text("Done. Approved")).to_be_visible()
    store.close()


def test_a_file_with_errors_is_not_offered_for_sending(served: Served, enter: Enter) -> None:
    store = served.open_store()
    bad = changed(with_cell("deployments", 3, "alerts_count", "seven"))
    made = put_return(store, "With an error", bad)
    store.close()
    page = enter("officer@north.example")
    page.goto(f"{served.address}/one-return?id={made.return_id}")
    expect(page.get_by_text("once a file without errors is saved")).to_be_visible()
    expect(page.get_by_role("button", name="Send it to a second person")).to_have_count(0)
    expect(page.get_by_text("Before and after")).to_have_count(0)


def test_what_has_an_embargo_waits(served: Served, enter: Enter) -> None:
    store = served.open_store()
    made = submit(store, WRITER, put_return(store, "Under embargo"))
    approver = enter("approver@north.example")
    address = f"{served.address}/one-return?id={made.return_id}"
    approver.goto(address)
    day = store.now().date() + dt.timedelta(days=40)
    by_role = approver.get_by_role("group", name="Not to be published before (may stay empty)")
    for part, digits in (("day", day.day), ("month", day.month), ("year", day.year)):
        by_role.get_by_role("spinbutton", name=f"{part}, ").press_sequentially(f"{digits:02d}")
    approver.keyboard.press("Tab")
    approver.get_by_role("button", name="Approve it").click()
    text = f"{day.day} {day:%B} {day.year}"
    expect(
        approver.get_by_text(f"Done. Approved, not published yet; not before {text}")
    ).to_be_visible()
    expect(approver.get_by_text(f"from {text} on it can be published here")).to_be_visible()
    expect(approver.get_by_role("button", name="Publish it")).to_have_count(0)
    assert open_return(store, WRITER, made.return_id).embargo_date == day
    # Somebody has the page open from before the embargo: pressing does not get round it.
    second = put_return(store, "Embargo set meanwhile")
    ready = approve(store, SECOND, submit(store, WRITER, second))
    approver.goto(f"{served.address}/one-return?id={ready.return_id}")
    approver.get_by_role("button", name="Publish it").wait_for()
    set_embargo(store, SECOND, ready, day)
    approver.get_by_role("button", name="Publish it").click()
    expect(approver.get_by_role("alert")).to_contain_text("somebody else has changed the return")
    expect(approver.get_by_text(f"from {text} on it can be published here")).to_be_visible()
    assert not (served.data / "publications" / f"north_wales_return_{ready.return_id}").exists()
    store.close()


def test_a_save_over_what_somebody_else_saved_is_refused_in_words(
    served: Served, enter: Enter, tmp_path: Path
) -> None:
    store = served.open_store()
    made = put_return(store, "Two people at once")
    mine = tmp_path / "mine.xlsx"
    mine.write_bytes(changed(with_cell("deployments", 3, "faces_seen_count", 9300)))
    page = enter("officer@north.example")
    _check(page, served, mine)
    _choose_return(page, f"{made.return_id}: Two people at once")
    theirs = changed(with_cell("deployments", 3, "faces_seen_count", 9400))
    intake = check_return(
        NAME, theirs, today=TODAY, force_ids={"north_wales"}, force_id="north_wales"
    )
    save_version(store, WRITER, made, intake, theirs)
    page.get_by_role("button", name="Save", exact=True).click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("somebody else has changed the return since you opened it")
    table = page.get_by_role("table", name="What stands in the way")
    expect(table).to_contain_text("Open it again, look at what changed, and do yours again.")
    version = open_version(store, WRITER, made.return_id)
    assert (version.number, version.content) == (2, copy_checked(NAME, theirs))
    store.close()


def _check(page: Page, served: Served, file: Path) -> None:
    page.goto(f"{served.address}/check")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("No error: the return can be sent.")).to_be_visible()


def _choose_return(page: Page, title: str) -> None:
    page.get_by_role("combobox", name="Into which return").click()
    page.get_by_role("option", name=title, exact=True).click()
    expect(page.get_by_label("Title of the return")).to_have_count(0)


def test_a_file_that_is_too_large_is_refused_by_the_page_and_by_the_server(
    served: Served, enter: Enter, tmp_path: Path
) -> None:
    large, small = tmp_path / "large.xlsx", tmp_path / "small.xlsx"
    large.write_bytes(sound() + bytes(MAX_BYTES + 1 - len(sound())))
    small.write_bytes(sound())
    page = enter("officer@north.example")
    uploads = []
    page.on(
        "request",
        lambda request: uploads.append(request) if "/upload_file/" in request.url else None,
    )
    page.goto(f"{served.address}/check")
    # A byte too many: refused in the browser, before anything is sent.
    page.locator("input[type=file]").set_input_files(large)
    expect(page.get_by_text("File must be 5.0MB or smaller")).to_be_visible()
    assert uploads == []
    page.goto(f"{served.address}/check")
    page.locator("input[type=file]").set_input_files(small)
    expect(page.get_by_text("No error: the return can be sent.")).to_be_visible()
    # Whoever gets round the browser is refused by the server.
    page.goto(f"{served.address}/check")
    page.locator("input[type=file]").set_input_files(small)
    expect(page.get_by_text("No error: the return can be sent.")).to_be_visible()
    put = uploads[-1]
    headers = {
        name: value
        for name, value in put.all_headers().items()
        if name in ("cookie", "x-xsrftoken")
    }
    for content, status in (
        (bytes(4_000_000), 204),
        (bytes(6_000_000), 413),
        (bytes(40_000_000), 413),
    ):
        answer = httpx.put(
            put.url, headers=headers, files={"file": ("a.xlsx", content)}, timeout=60
        )
        assert answer.status_code == status, (len(content), answer.text)
    without = {"cookie": headers["cookie"]}
    assert httpx.put(put.url, headers=without, files={"file": ("a.xlsx", b"x")}).status_code == 403


def test_a_sign_in_ends_with_signing_out(served: Served, enter: Enter) -> None:
    page = enter("reader@north.example")
    expect(page.get_by_text("reader", exact=False).first).to_be_visible()
    assert page.get_by_role("link", name="Check a file").count() == 0
    page.goto(f"{served.address}/users")
    expect(page.get_by_text("None of your roles opens this page.")).to_be_visible()
    values = {cooky["name"]: cooky["value"] for cooky in page.context.cookies()}
    template = f"{served.address}/files/return-template-en.xlsx"
    assert httpx.get(template, cookies=values).status_code == 200
    with served.another_process() as another_process:
        there = template.replace(served.address, another_process)
        assert httpx.get(there, cookies=values).status_code == 200
        page.get_by_role("button", name="Sign out").click()
        page.get_by_role("button", name="Sign in: North").wait_for()
        assert not [
            cooky for cooky in page.context.cookies() if cooky["name"].startswith("_streamlit_user")
        ]
        # The cookie that somebody may have copied before opens nothing any more, in either process.
        assert httpx.get(template, cookies=values).status_code == 401
        assert httpx.get(there, cookies=values).status_code == 401
    # Nor in one that is started afterwards.
    with served.another_process() as another_process:
        assert (
            httpx.get(template.replace(served.address, another_process), cookies=values).status_code
            == 401
        )


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


def test_a_map_of_own_columns_is_built_once_and_used(
    served: Served, enter: Enter, tmp_path: Path
) -> None:
    log = tmp_path / "log.csv"
    head = (
        "Ref,Date,Where,Mins,Watchlist size,Threshold,Faces,Alerts,True alerts,False "
        "alerts,Arrests,Van"
    )
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
    assert [
        layout.layout_id
        for layout in list_layouts(
            served.open_store(), Scope("o@essex.example", frozenset({"officer"}), "essex")
        )
    ] == ["essex_log"]
    page.goto(f"{served.address}/check")
    page.locator("input[type=file]").set_input_files(log)
    expect(page.get_by_text("Whose columns it has")).to_be_visible()
