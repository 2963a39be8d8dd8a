"""Citing a figure of a release: its own address, its checksum,
and what became of it in the release that superseded it."""

from __future__ import annotations

import hashlib
import shutil
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dashboard.server.app import app
from dashboard.server.citations import Change, compare_rows
from etl.outputs.columns import Column
from etl.queries.record import open_record
from etl.releases.catalogue import find_release, open_release

pytestmark = pytest.mark.slow

QUESTION = "measure=false_share_of_alerts&by=force,year&force=metropolitan&from=2025&to=2025"
ROWS = "force=metropolitan&from=2025-05-02&to=2025-05-02"


@pytest.fixture(scope="module")
def releases(two_releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record as 1.0.0, and as 1.0.1 with one watchlist size read again."""
    home = tmp_path_factory.mktemp("cited") / "releases"
    return Path(shutil.copytree(two_releases / "releases", home, symlinks=True))


@pytest.fixture
def client(releases: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setenv("LFR_RELEASES", str(releases))
    monkeypatch.delenv("LFR_SITE_ADDRESS", raising=False)
    return TestClient(app, base_url="http://site.example", follow_redirects=False)


def test_a_citation_has_number_interval_checksum_and_what_became_of_it(
    client: TestClient, releases: Path
) -> None:
    answer = client.get(f"/cite/1.0.0/estimates.json?{QUESTION}")
    assert answer.status_code == 200
    payload = answer.json()
    (row,) = payload["rows"]
    estimate = (
        open_release("1.0.0", releases)
        .estimate(
            "false_share_of_alerts",
            by=("force_id", "year"),
            where={"force_id": ["metropolitan"], "year": ["2025"]},
        )
        .only()
    )
    assert (row["value"], row["value_low"], row["value_high"]) == (
        estimate.value,
        estimate.low,
        estimate.high,
    )
    assert (row["numerator"], row["denominator"]) == (estimate.numerator, estimate.denominator)
    file = client.get(payload["data"])
    assert "release=1.0.0" in payload["data"]
    assert hashlib.sha256(file.content).hexdigest() == payload["csv_sha256"]
    assert "release 1.0.0, 1 March 2026" in payload["cite"]
    assert payload["cite"].endswith(payload["address"])
    assert (payload["superseded_by"], payload["changes"]) == ("1.0.1", [])
    assert "The figure is the same in it." in client.get(f"/cite/1.0.0/estimates?{QUESTION}").text


def test_what_differs_now_is_told_then_and_now(client: TestClient) -> None:
    payload = client.get(f"/cite/1.0.0/deployments.json?{ROWS}").json()
    result = {(change["column"], change["then"], change["now"]) for change in payload["changes"]}
    assert ("watchlist_size", "16199", "16198") in result
    page = client.get(f"/cite/1.0.0/deployments?{ROWS}").text
    assert "<td>16199</td><td>16198</td>" in page
    assert "Release 1.0.1 of 1 June 2026 has superseded this one." in page


def test_the_newest_release_says_that_it_is(client: TestClient) -> None:
    page = client.get(f"/cite/1.0.1/estimates?{QUESTION}")
    assert "has not been superseded" in page.text
    assert "<script" not in page.text
    led = client.get(f"/cite/latest/estimates?{QUESTION}")
    assert (led.status_code, led.headers["location"]) == (307, f"/cite/1.0.1/estimates?{QUESTION}")


@pytest.mark.parametrize(
    ("address", "status", "names"),
    [
        (f"/cite/9.9.9/estimates?{QUESTION}", 404, "1.0.1"),
        ("/cite/1.0.0/estimates", 400, "measure"),
        ("/cite/1.0.0/estimates?measure=zzz", 400, "zzz"),
        ("/cite/1.0.0/nothing", 404, "estimates"),
        ("/cite/1.0.0/releases", 404, "estimates"),
        (f"/cite/1.0.0/estimates?{'x' * 3000}", 414, "characters"),
    ],
)
def test_what_cannot_be_cited_is_told(
    client: TestClient, address: str, status: int, names: str
) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    assert names in answer.text


def test_a_draft_cannot_be_cited(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
    assert open_record(warehouse).release_id
    answer = TestClient(app, base_url="http://site.example").get(
        f"/cite/latest/estimates?{QUESTION}"
    )
    assert answer.status_code == 404
    assert "draft" in answer.json()["detail"]


def test_rows_that_came_or_went_are_changes_too() -> None:
    columns = (Column("force_id", str, "Force", ""), Column("value", int, "Value", ""))
    then = ({"force_id": "essex", "value": 1}, {"force_id": "kent", "value": 2})
    now = ({"force_id": "essex", "value": None}, {"force_id": "surrey", "value": 2})
    assert compare_rows(("force_id",), columns, then, now) == (
        Change("essex", "value", "1", None),
        Change("kent", "row", "there", None),
        Change("surrey", "row", None, "there"),
    )


def test_an_answer_holds_the_release_that_it_names_while_releases_are_swapped(
    client: TestClient, releases: Path
) -> None:
    """The link is swapped by one rename, as a build does, between and within answers."""
    homes = [find_release(version, releases).folder for version in ("1.0.0", "1.0.1")]
    expected = {"1.0.0": 16199, "1.0.1": 16198}
    before = (releases / "current").readlink()
    stopped = threading.Event()

    def swap() -> None:
        turn = 0
        while not stopped.is_set():
            link = releases / ".swapped"
            link.symlink_to(homes[turn % 2])
            link.replace(releases / "current")
            turn += 1
            time.sleep(0.001)  # the answers need the processor too

    swapper = threading.Thread(target=swap)
    swapper.start()
    try:
        named = Counter()
        for number in range(60):
            # Other ampersands, the same question: no answer comes from the cache.
            answer = client.get(f"/api/v1/deployments.json?{ROWS}{'&' * number}")
            assert answer.status_code == 200
            version = answer.json()["release"]["version"]
            assert answer.headers["lfr-release"] == version
            assert answer.json()["rows"][1]["watchlist_size"] == expected[version]
            named[version] += 1
    finally:
        stopped.set()
        swapper.join()
        link = releases / ".swapped"
        link.symlink_to(before)
        link.replace(releases / "current")
    assert set(named) == {"1.0.0", "1.0.1"}
