"""The site from end to end on a PostgreSQL server:
signing in, a file, sending it, approving it, signing out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from etl.returns.scope import Scope
from etl.returns.store.audit import find_tampering, read_log
from etl.returns.store.returns import list_returns
from tests.force_site.serving import WRITER, Served, serve
from tests.returns.postgres_server import make_database
from tests.returns.sample_returns import sound, sound_copy

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
APPROVER = Scope("approver@north.example", frozenset({"approver"}), "north_wales")


@pytest.fixture
def served_on_postgresql(
    postgres: str, warehouse: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("postgresql")
    with serve(home, warehouse.parents[1], make_database(postgres)) as running:
        yield running


def test_a_return_is_sent_and_approved_by_a_second_person(
    served_on_postgresql: Served, enter_site: Callable[[Served, str], Page], tmp_path: Path
) -> None:
    served = served_on_postgresql
    file = tmp_path / "return.xlsx"
    file.write_bytes(sound())
    officer = enter_site(served, "both@north.example")
    officer.goto(f"{served.address}/check")
    officer.locator("input[type=file]").set_input_files(file)
    expect(
        officer.get_by_text("No error: the return can be sent. 2 deployments were read.")
    ).to_be_visible()
    officer.get_by_label("Title of the return").fill("First quarter")
    officer.keyboard.press("Tab")
    officer.get_by_role("button", name="Save", exact=True).click()
    officer.get_by_text("Go on to the return").click()
    officer.get_by_role("button", name="Send it to a second person").click()
    expect(officer.get_by_text("Done. Sent")).to_be_visible()
    address = officer.url
    officer.get_by_role("button", name="Approve it").click()
    expect(officer.get_by_text("Ask another approver of your force").first).to_be_visible()
    approver = enter_site(served, "approver@north.example")
    approver.goto(address)
    approver.get_by_role("button", name="Approve it").click()
    expect(approver.get_by_text("Done. Approved")).to_be_visible()
    store = served.open_store()
    assert store.engine.dialect.name == "postgresql"
    (result,) = list_returns(store, WRITER)
    assert (result.state, result.created_by, result.version) == (
        "approved",
        "both@north.example",
        1,
    )
    steps = [(log.who, log.action) for log in read_log(store, APPROVER, result.return_id)]
    assert steps[-1] == ("approver@north.example", "approve")
    assert ("both@north.example", "approve") not in steps
    assert find_tampering(store) == ()
    store.close()
    # What was saved is given out as it came, and to nobody after signing out.
    values = {cooky["name"]: cooky["value"] for cooky in approver.context.cookies()}
    there = f"{served.address}/files/returns/{result.return_id}/1/file"
    assert httpx.get(there, cookies=values).content == sound_copy()
    approver.get_by_role("button", name="Sign out").click()
    approver.get_by_role("button", name="Sign in: North").wait_for()
    assert httpx.get(there, cookies=values).status_code == 401
