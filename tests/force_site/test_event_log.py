"""From an event log to the public record, in a browser: an officer uploads a log, a second person
publishes its return, and what readers get is what the generator of the log worked out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Page, expect

from etl.logs.drafts import count_folder, list_folders
from etl.logs.files import find_log_files, hash_log
from etl.model.facts import Fact
from etl.queries.record import open_record
from etl.warehouse.read import current_file
from tests.benchmarks.make_event_logs import Plan, make_log
from tests.force_site.serving import Enter, Served
from tests.logs.sample_logs import read_truth
from tests.views.drawing import draw_page, read_body

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
PLAN = Plan(events=30_000, forces=("north_wales",), days=6, is_even=True)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log as three files, which is how it is uploaded."""
    made, folder = tmp_path_factory.mktemp("made"), tmp_path_factory.mktemp("log")
    make_log(made, PLAN)
    for table in ("scan_intervals", "alert_events"):
        parts = [pq.read_table(path) for path in sorted((made / table).iterdir())]
        pq.write_table(pa.concat_tables(parts), folder / f"{table}.parquet")
    shutil.copy(made / "deployments.csv", folder)
    shutil.copytree(made / "truth", folder / "truth")
    return folder


def _upload(page: Page, served: Served, log: Path) -> None:
    page.goto(f"{served.address}/event-log")
    files = [path for path in sorted(log.iterdir()) if path.is_file()]
    page.locator("input[type=file]").set_input_files(files)


def test_from_log_to_public_record(
    served: Served, enter: Enter, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = enter("officer@north.example")
    _upload(officer, served, log)
    log_sha256 = hash_log(file.hashed() for file in find_log_files(log, []))
    expect(officer.get_by_text(f"The hash of the log is {log_sha256}.")).to_be_visible()
    officer.get_by_label("Title of the return").fill("January, from the log")
    officer.keyboard.press("Tab")
    officer.get_by_role("button", name="Save it as a draft").click()
    officer.get_by_text("Go on to the return").click()
    expect(officer.get_by_text("Counted from the event log with the SHA-256")).to_be_visible()
    expect(officer.get_by_text(log_sha256).first).to_be_visible()
    address = officer.url
    officer.get_by_role("button", name="Send it to a second person").click()
    expect(officer.get_by_text("Done. Sent")).to_be_visible()
    approver = enter("approver@north.example")
    approver.goto(address)
    approver.get_by_role("button", name="Approve it").click()
    expect(approver.get_by_text("Done. Approved")).to_be_visible()
    approver.get_by_role("button", name="Publish it").click()
    expect(approver.get_by_text("Done. Published.")).to_be_visible(timeout=200_000)
    try:
        _compare(served, log, monkeypatch)
    finally:  # other tests of this site begin with a record without it
        approver.goto(address)
        approver.get_by_label("Why it is withdrawn, for readers").fill("A log that was made up.")
        approver.get_by_role("button", name="Withdraw it").click()
        expect(approver.get_by_text("Done. Withdrawn.")).to_be_visible(timeout=200_000)


def _compare(served: Served, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The public record and the public page against the generator's truth."""
    truth = read_truth(log, "deployments").to_pylist()
    release = current_file(served.data / "releases")
    rows = [
        row
        for row in open_record(release).table(Fact)
        if "north_wales_return" in row.publication_id
    ]
    for name in ("faces_seen", "alerts", "true_alerts", "false_alerts", "arrests"):
        expected = sorted(row[f"{name}_count"] for row in truth)
        assert sorted(getattr(row, name) for row in rows) == expected, name
    monkeypatch.setenv("LFR_RELEASES", str(served.data / "releases"))
    page = read_body(draw_page("deployments", force="north_wales", year="2025"))
    for row in truth:
        assert f"{row['faces_seen_count']:,}" in page


def test_a_log_with_an_error_gives_no_return(
    served: Served, enter: Enter, log: Path, tmp_path: Path
) -> None:
    bad = Path(shutil.copytree(log, tmp_path / "bad"))
    table = pq.read_table(bad / "scan_intervals.parquet")
    pq.write_table(pa.concat_tables([table, table.slice(0, 1)]), bad / "scan_intervals.parquet")
    officer = enter("officer@north.example")
    _upload(officer, served, bad)
    found = officer.get_by_role("table", name="What was found in the log")
    expect(found).to_contain_text("scan_intervals.parquet")
    expect(found).to_contain_text("Does no interval of a camera overlap another?")
    expect(officer.get_by_role("button", name="Save it as a draft")).to_have_count(0)


def test_only_folders_of_the_force_below_the_allowed_one_are_offered(tmp_path: Path) -> None:
    for name in ("north_wales/2025", "north_wales/2026", "essex/2026"):
        (tmp_path / name).mkdir(parents=True)
    allowed = str(tmp_path)
    assert list_folders(allowed, "north_wales") == ("2025", "2026")
    assert list_folders("", "north_wales") == ()
    for name in ("../essex/2026", "/etc", "2027"):
        with pytest.raises(KeyError):
            count_folder(allowed, "north_wales", name, tmp_path / "working")
