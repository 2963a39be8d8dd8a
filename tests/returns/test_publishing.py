"""Publishing and withdrawing with real builds: killed at every step, on a full disk,
refused by the build. Nothing is half done."""

from __future__ import annotations

import csv
import datetime as dt
import multiprocessing
import multiprocessing.connection
import os
import resource
import shutil
import signal
import time
from pathlib import Path

import pytest
from openpyxl import Workbook

from dashboard.queries.groups import get_statements
from etl.files import NotWritableError
from etl.model.group_records import GroupCount
from etl.model.problems import BuildError, Problem, RecordError
from etl.model.records import Deployment
from etl.model.reference import PrintedCell, Publication
from etl.model.return_records import ReturnedCount
from etl.pipeline.build import build
from etl.queries.record import open_record
from etl.returns import workflow
from etl.returns.publication_folder import PublishingError, read_anchors
from etl.returns.publishing import STEPS, Site, publish, recover, withdraw
from etl.returns.scope import InvalidStateError, ScopeError, StoreError
from etl.returns.store.audit import find_tampering
from etl.returns.store.engine import Store, open_store
from etl.returns.store.returns import (
    create_return,
    list_returns,
    open_return,
    open_version,
    save_version,
)
from etl.warehouse.read import open_warehouse, read_table
from tests.processes import CHILDREN
from tests.returns.sample_returns import changed, sound, sound_copy, take_in, with_cell
from tests.returns.test_store import ADMIN, APPROVER, OFFICER, OTHER, approved
from tests.sample_data import write_small_data

pytestmark = pytest.mark.slow


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Data of one small publication, so that a build takes a moment."""
    return write_small_data(tmp_path / "data", "south_wales_events")


@pytest.fixture
def place(small: Path) -> tuple[Site, str]:
    """A site and the address of a store beside it."""
    return Site(
        small, {"north_wales": "North Wales Police"}
    ), f"sqlite:///{small.parent / 'returns.sqlite'}"


def released(data: Path) -> set[str]:
    """The publications in the release that serves."""
    current = data / "releases" / "current" / "lfr.duckdb"
    if not current.exists():
        return set()
    return {
        row.publication_id for row in read_table(open_warehouse(current.resolve()), Publication)
    }


def test_a_published_return_is_in_the_release_and_a_withdrawn_one_is_not_but_nothing_is_lost(
    place: tuple[Site, str],
) -> None:
    site, address = place
    store = open_store(address)
    saved_return = publish(store, site, APPROVER, approved(store))
    assert saved_return.state == "published"
    assert released(site.data) == {"south_wales_events", "north_wales_return_1"}
    warehouse = open_warehouse((site.data / "releases" / "current" / "lfr.duckdb").resolve())
    rows = [row for row in read_table(warehouse, Deployment) if row.force_id == "north_wales"]
    assert [(row.location_text, row.place_id) for row in rows] == [
        ("High Street, Bangor", "north_wales_return_area"),
        ("Queen Street, Rhyl", "north_wales_return_area"),
    ]
    assert len(list(read_table(warehouse, ReturnedCount))) == 6
    assert find_tampering(store, read_anchors(site.data)) == ()
    first = (site.data / "releases" / "current").resolve()
    gone = withdraw(store, site, APPROVER, saved_return, "Counted twice.")
    assert gone.state == "withdrawn"
    assert released(site.data) == {"south_wales_events"}
    assert (first / "lfr.duckdb").exists()
    assert (site.data / "withdrawn" / "north_wales_return_1" / "return.cells.csv").exists()
    assert open_version(store, OFFICER, saved_return.return_id).content == sound_copy()
    assert find_tampering(store, read_anchors(site.data)) == ()
    store.close()


def test_groups_of_a_published_return_are_counted_like_those_of_a_publication(
    place: tuple[Site, str],
) -> None:
    site, address = place
    store = open_store(address)
    publish(store, site, APPROVER, approved(store))
    record = open_record((site.data / "releases" / "current" / "lfr.duckdb").resolve())
    own = {"force_id": ["north_wales"]}
    estimates = record.estimate("group_share_of_alerts", by=("group_code",), where=own).estimates
    shares = {
        dict(estimate.group)["group_code"]: (
            estimate.numerator,
            estimate.denominator,
            estimate.status,
        )
        for estimate in estimates
    }
    assert shares == {"female": (6, 18, "low_reliability"), "male": (12, 18, "low_reliability")}
    # Back to the cell of the return: its row, and what the officer wrote there.
    counts = {group_count.group_code: group_count for group_count in record.table(GroupCount)}
    assert counts["female"].claim_id is None
    (given,) = record.table(
        ReturnedCount, {"returned_count_id": [counts["female"].returned_count_id]}
    )
    cells = record.table(
        PrintedCell,
        {"edition_id": [given.edition_id], "page": [given.page], "row": [given.row]},
    )
    assert {cell.heading: cell.text for cell in cells}["counted"] == "6"
    assert [
        statement.publication_id for statement in get_statements(record, estimates[0].sources)
    ] == ["north_wales_return_1"]
    withdraw(store, site, APPROVER, open_return(store, APPROVER, 1), "Counted twice.")
    gone = open_record((site.data / "releases" / "current" / "lfr.duckdb").resolve())
    assert gone.estimate("group_share_of_alerts", by=("group_code",), where=own).estimates == ()
    store.close()


def test_a_group_that_the_force_hid_has_no_number_anywhere_and_says_who_hid_it(
    place: tuple[Site, str],
) -> None:
    site, address = place
    store = open_store(address)

    def hide(book: Workbook) -> None:
        for row in (2, 3):
            with_cell("alerts_by_group", row, "counted", "[c]")(book)

    publish(store, site, APPROVER, approved(store, changed(hide)))
    record = open_record((site.data / "releases" / "current" / "lfr.duckdb").resolve())
    estimates = record.estimate("group_share_of_alerts", by=("group_code",)).estimates
    assert {
        (estimate.numerator, estimate.denominator, estimate.value, estimate.status)
        for estimate in estimates
    } == {(None, None, None, "suppressed")}
    assert {estimate.reason for estimate in estimates} == {
        "The force hid the number in its return so that no person can be singled out."
    }
    store.close()


def test_only_an_approver_of_the_force_publishes_and_not_before_the_embargo(
    place: tuple[Site, str],
) -> None:
    site, address = place
    store = open_store(address, now=lambda: dt.datetime(2026, 6, 1, tzinfo=dt.UTC))
    embargo = workflow.set_embargo(store, APPROVER, approved(store), dt.date(2026, 6, 2))
    with pytest.raises(InvalidStateError, match="an embargo until 2026-06-02"):
        publish(store, site, APPROVER, embargo)
    embargo = workflow.set_embargo(store, APPROVER, embargo, dt.date(2026, 6, 1))
    for scope in (OFFICER, OTHER):
        with pytest.raises(ScopeError):
            publish(store, site, scope, embargo)
    draft = create_return(store, OFFICER, "Draft")
    with pytest.raises(InvalidStateError):
        publish(store, site, APPROVER, draft)
    assert released(site.data) == set()
    assert open_return(store, OFFICER, embargo.return_id) == embargo
    store.close()


def test_a_build_that_refuses_leaves_everything_as_it_was(place: tuple[Site, str]) -> None:
    site, address = place
    store = open_store(address)
    result = approved(store)
    broken = site.data / "corrections" / "broken.toml"
    broken.write_text("not toml", encoding="utf-8")
    with pytest.raises(PublishingError):
        publish(store, site, APPROVER, result)
    assert not (site.data / "publications" / "north_wales_return_1").exists()
    after = open_return(store, OFFICER, result.return_id)
    assert after.state == "approved"
    broken.unlink()
    assert publish(store, site, APPROVER, after).state == "published"
    assert find_tampering(store, read_anchors(site.data)) == ()
    store.close()


def _kill_at(step: str, kind: str, address: str, site: Site) -> None:
    """Publishes or withdraws in a process of its own that ends, without a word,
    when it comes to a step."""

    def stop(name: str) -> None:
        if name == step:
            os.kill(os.getpid(), signal.SIGKILL)

    store = open_store(address)
    *_, result = list_returns(store, APPROVER)  # the first that was made
    if kind == "publish":
        publish(store, site, APPROVER, result, at=stop)
    else:
        withdraw(store, site, APPROVER, result, "Counted twice.", at=stop)


def list_publications(data: Path) -> None:
    """Stands in for the build, which takes seconds, in the test of every step: lists what a release
    would have, by one rename.

    A real build is killed in `test_while_a_publishing_is_open`."""
    (data / "releases").mkdir(exist_ok=True)
    neighbouring_data = data / "releases" / "beside"
    neighbouring_data.write_text(
        "\n".join(path.name for path in (data / "publications").iterdir()), encoding="utf-8"
    )
    neighbouring_data.replace(data / "releases" / "listed")


def listed(data: Path) -> set[str]:
    path = data / "releases" / "listed"
    return set(path.read_text(encoding="utf-8").split()) if path.exists() else set()


@pytest.mark.parametrize("kind", ["publish", "withdraw"])
def test_killed_at_any_step_nothing_is_half_published_and_recovery_ends_it(
    place: tuple[Site, str], kind: str
) -> None:
    site, address = place
    site = Site(site.data, site.force_names, list_publications)
    for step in STEPS:
        store = open_store(address)
        saved_return = approved(store)
        if kind == "withdraw":
            saved_return = publish(store, site, APPROVER, saved_return)
        store.close()
        before = listed(site.data)
        child = CHILDREN.Process(target=_kill_at, args=(step, kind, address, site))
        child.start()
        child.join(120)
        assert child.exitcode == -signal.SIGKILL, step
        assert listed(site.data) - {"south_wales_events"} in (
            before - {"south_wales_events"},
            (before ^ {"north_wales_return_1"}) - {"south_wales_events"},
        ), step
        store = open_store(address)
        recover(store, site, ADMIN)
        (after,) = list_returns(store, APPROVER)
        begun, other = (
            ("published", "approved") if kind == "publish" else ("withdrawn", "published")
        )
        assert after.state == (other if step == "begin" else begun), step
        assert ("north_wales_return_1" in listed(site.data)) == (
            after.state == "published"
        ) or step == "begin"
        assert recover(store, site, ADMIN) == ()
        assert find_tampering(store, read_anchors(site.data)) == (), step
        assert open_version(store, OFFICER, after.return_id).content == sound_copy()
        store.close()
        for path in (
            site.data / "publications" / "north_wales_return_1",
            site.data / "withdrawn",
            site.data / "releases",
        ):
            shutil.rmtree(path, ignore_errors=True)
        for path in Path(address.removeprefix("sqlite:///")).parent.glob("returns.sqlite*"):
            path.unlink()


def test_while_a_publishing_is_open_the_return_cannot_be_changed(place: tuple[Site, str]) -> None:
    site, address = place
    store = open_store(address)
    approved(store)
    child = CHILDREN.Process(target=_kill_at, args=("build", "publish", address, site))
    child.start()
    child.join(120)
    (result,) = list_returns(store, APPROVER)
    with pytest.raises(InvalidStateError, match="a publish that has not ended"):
        workflow.request_changes(store, APPROVER, result, "Wait.")
    assert recover(store, site, ADMIN) == ("north_wales_return_1: publish finished",)
    store.close()


def _full(address: str, site: Site, what: str, site_message: multiprocessing.Queue[str]) -> None:  # type: ignore[type-arg]
    """Does something in a process of its own that may not make a file longer than it is:
    a disk that is full."""
    store = open_store(address)
    (result,) = list_returns(store, OFFICER)
    content = sound()
    intake = take_in(content)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1))
    try:
        if what == "save":
            save_version(store, OFFICER, result, intake, content)
        else:
            publish(store, site, APPROVER, result)
    except (NotWritableError, StoreError, PublishingError) as error:
        site_message.put(str(error))
    else:
        site_message.put("no failure")


@pytest.mark.parametrize("what", ["save", "publish"])
def test_a_full_disk_is_told_and_nothing_is_lost(place: tuple[Site, str], what: str) -> None:
    site, address = place
    store = open_store(address)
    request_changes = approved(store)
    if what == "save":
        request_changes = workflow.request_changes(store, APPROVER, request_changes, "Once more.")
    store.close()
    queue: multiprocessing.Queue[str] = CHILDREN.Queue()  # type: ignore[type-arg]
    child = CHILDREN.Process(target=_full, args=(address, site, what, queue))
    child.start()
    message = queue.get(timeout=60)
    child.join(60)
    assert "Make room" in message
    store = open_store(address)
    assert open_return(store, OFFICER, request_changes.return_id) == request_changes
    assert open_version(store, OFFICER, request_changes.return_id).content == sound_copy()
    assert released(site.data) == set()
    assert find_tampering(store) == ()
    store.close()


def test_a_disk_that_fills_up_during_the_build_is_told_and_undone(place: tuple[Site, str]) -> None:
    site, address = place
    store = open_store(address)

    def full(data: Path) -> object:
        raise BuildError(Problem(str(data), "No space left on device", "room", "Make room."))

    with pytest.raises(PublishingError, match="No space left"):
        publish(store, Site(site.data, site.force_names, full), APPROVER, approved(store))
    assert not (site.data / "publications" / "north_wales_return_1").exists()
    store.close()


def test_the_release_answers_questions_about_a_published_return(place: tuple[Site, str]) -> None:
    site, address = place
    store: Store = open_store(address)
    publish(store, site, APPROVER, approved(store))
    record = open_record((site.data / "releases" / "current" / "lfr.duckdb").resolve())
    (estimate,) = record.estimate("alerts_count", where={"force_id": ["north_wales"]}).estimates
    assert estimate.value == 18
    with (site.data / "publications" / "north_wales_return_1" / "return.cells.csv").open(
        encoding="utf-8"
    ) as file:
        assert next(csv.reader(file))[:3] == ["page", "row", "template_version"]
    store.close()


def _build_slowly(data: Path, step: str, ready: multiprocessing.connection.Connection) -> None:
    """An operator's build that has read the publications and is slow from a step on."""

    def wait(name: str) -> None:
        if name == step:
            ready.send_bytes(b"x")
            time.sleep(2)

    build(data, progress=wait)


@pytest.mark.parametrize("step", ["translate", "compare with the release before", "write verify"])
def test_a_build_at_the_same_time_brings_no_withdrawn_return_back(
    place: tuple[Site, str], step: str
) -> None:
    site, address = place
    store = open_store(address)
    published = publish(store, site, APPROVER, approved(store))
    store.close()
    receive, send = multiprocessing.Pipe(duplex=False)
    operator = CHILDREN.Process(target=_build_slowly, args=(site.data, step, send))
    operator.start()
    receive.recv_bytes()
    store = open_store(address)
    assert withdraw(store, site, APPROVER, published, "Counted twice.").state == "withdrawn"
    operator.join(120)
    assert operator.exitcode == 0
    assert released(site.data) == {"south_wales_events"}
    store.close()


@pytest.mark.parametrize("step", ["write", "move", "build", "end"])
def test_after_a_killed_publishing_no_day_is_counted_twice(
    place: tuple[Site, str], step: str
) -> None:
    """Two returns of one force for the same days: the second meets the first, once recovered."""
    site, address = place
    store = open_store(address)
    first = approved(store)
    content = changed(with_cell("deployments", 2, "faces_seen_count", 18_002))
    draft = save_version(
        store, OFFICER, create_return(store, OFFICER, "Again"), take_in(content), content
    )
    second = workflow.approve(store, APPROVER, workflow.submit(store, OFFICER, draft))
    store.close()
    child = CHILDREN.Process(target=_kill_at, args=(step, "publish", address, site))
    child.start()
    child.join(120)
    store = open_store(address)
    publications = {"north_wales_return_1", "north_wales_return_2"}
    with pytest.raises(RecordError):
        publish(store, site, APPROVER, second)
    assert len(released(site.data) & publications) == 1
    assert open_return(store, APPROVER, second.return_id).state == "approved"
    assert open_return(store, APPROVER, first.return_id).state == "published"
    store.close()
