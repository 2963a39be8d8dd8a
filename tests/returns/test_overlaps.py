"""A return and another publication of the same days, with real builds:
nothing is counted twice, and nothing told by subtracting."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from etl.model.problems import RecordError
from etl.model.records import Deployment
from etl.model.reference import Precedence
from etl.model.return_records import ReturnedCount
from etl.model.return_template import CURRENT
from etl.queries.record import Record, open_record
from etl.returns import workflow
from etl.returns.intake import check_return
from etl.returns.overlaps import find_overlaps
from etl.returns.preview import Previews
from etl.returns.publication_folder import PublishingError
from etl.returns.publishing import Site, publish, withdraw
from etl.returns.scope import InvalidStateError, Scope, ScopeError
from etl.returns.store.audit import find_tampering, read_log
from etl.returns.store.declarations import declare_precedence
from etl.returns.store.engine import Store, open_store
from etl.returns.store.returns import Return, create_return, open_return, open_version, save_version
from tests.returns.sample_returns import DEPLOYMENT, NAME, TODAY, changed, take_in, with_cell
from tests.returns.test_publishing import place, small
from tests.returns.test_store import APPROVER, OFFICER, approved

pytestmark = pytest.mark.slow

__all__ = ["place", "small"]  # fixtures


@dataclass(frozen=True)
class Other:
    """A publication in the way of a return: its force, and days of which it has rows. The events of
    South Wales Police have no days of their own, only those of their file, so all of them may be
    meant; the register of British Transport Police has."""

    publication_id: str
    force_id: str
    first: dt.date
    last: dt.date

    @property
    def approver(self) -> Scope:
        return Scope(f"approver@{self.force_id}", frozenset({"approver"}), self.force_id)

    def rows(self, site: Site) -> int:
        """How many of its rows are, or may be, on the days of the return."""
        rows = serving(site).table(Deployment, {"publication_id": [self.publication_id]})
        return sum(row.date is None or self.first <= row.date <= self.last for row in rows)


EVENTS = Other("south_wales_events", "south_wales", dt.date(2017, 6, 1), dt.date(2017, 9, 30))
REGISTER = Other(
    "british_transport_register", "british_transport", dt.date(2026, 3, 1), dt.date(2026, 6, 30)
)
BOTH = pytest.mark.parametrize("other", [EVENTS, REGISTER], ids=lambda other: other.publication_id)


@pytest.fixture(autouse=True)
def with_register(small: Path, data: Path) -> None:
    name = REGISTER.publication_id
    shutil.copytree(data / "publications" / name, small / "publications" / name)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the releases of the first build are kept:
    the same data give the same ones to every test."""
    return tmp_path_factory.mktemp("first") / "releases"


def build_first(site: Site, path: Path) -> None:
    """The record before any return, built for real once."""
    if path.exists():
        shutil.copytree(path, site.data / "releases", symlinks=True)
    else:
        site.build(site.data)
        shutil.copytree(site.data / "releases", path, symlinks=True)


def returned(store: Store, other: Other) -> Return:
    """An approved return of two deployments on days of which the other publication has rows."""

    def change(book: Workbook) -> None:
        for heading, value in (
            ("force_id", other.force_id),
            ("period_start", other.first),
            ("period_end", other.last),
        ):
            with_cell("return", 2, heading, value)(book)
        for row, day in (
            (2, other.first + dt.timedelta(days=40)),
            (3, other.last - dt.timedelta(days=40)),
        ):
            with_cell("deployments", row, "date", day)(book)
        book.remove(book["alerts_by_group"])

    file, officer = changed(change), Scope("officer@there", frozenset({"officer"}), other.force_id)
    intake = check_return(NAME, file, today=TODAY, force_ids={other.force_id, "south_wales"})
    assert intake.accepted, intake.problems
    made = create_return(store, officer, "A season")
    sent = workflow.submit(store, officer, save_version(store, officer, made, intake, file))
    return workflow.approve(store, other.approver, sent)


def count(site: Site, force_id: str) -> dict[str, int]:
    """The counted deployments of a force in the release that serves, by publication."""
    counted: dict[str, int] = {}
    for row in serving(site).table(Deployment, {"force_id": [force_id]}):
        counted[row.publication_id] = counted.get(row.publication_id, 0) + row.counted
    return counted


def serving(site: Site) -> Record:
    return open_record((site.data / "releases" / "current" / "lfr.duckdb").resolve())


@BOTH
@pytest.mark.parametrize("counts", ["return", "publication"])
def test_an_approver_declares_which_counts_and_nothing_is_counted_twice(
    place: tuple[Site, str], stored: Path, other: Other, counts: str
) -> None:
    site, address = place
    build_first(site, stored)
    store = open_store(address)
    printed, both = count(site, other.force_id)[other.publication_id], other.rows(site)
    assert 0 < both <= printed
    result = returned(store, other)
    own = f"{other.force_id}_return_1"
    with pytest.raises(InvalidStateError, match="a declaration which of the two counts"):
        publish(store, site, other.approver, result)
    previews = Previews()
    made = previews.make(store, site, other.approver, result.return_id)
    assert [overlap.publication_id for overlap in made.undecided] == [other.publication_id]
    (change,) = made.list_changes(["deployments_count"])
    assert change.after is not None
    assert change.after.numerator == printed - both + 2
    result = declare_precedence(
        store, other.approver, result, other.publication_id, counts, "It has every column."
    )
    # it was of another decision
    assert previews.find(store, site, other.approver, result.return_id) is None
    publish(store, site, other.approver, result)
    wins = counts == "return"
    expected = (
        {own: 2, other.publication_id: printed - both}
        if wins
        else {own: 0, other.publication_id: printed}
    )
    assert count(site, other.force_id) == expected
    (total,) = (
        serving(site)
        .estimate("deployments_count", by=("force_id",), where={"force_id": [other.force_id]})
        .estimates
    )
    assert total.numerator == sum(expected.values())
    # The reason stands with the rows, with the declaration in the release, and in the log.
    (declared,) = serving(site).table(Precedence)
    assert (declared.reason, declared.kept_publication_id) == (
        "It has every column.",
        other.publication_id if wins else own,
    )
    set_aside = [
        row
        for row in serving(site).table(Deployment, {"force_id": [other.force_id]})
        if not row.counted
    ]
    assert {row.not_counted_reason for row in set_aside} == {"It has every column."}
    assert [
        log.details["counts"]
        for log in read_log(store, other.approver)
        if log.action == "declare_precedence"
    ] == [counts]
    assert find_tampering(store) == ()
    # Withdrawn with its declaration: the publication counts as before.
    withdraw(store, site, other.approver, open_return(store, other.approver, 1), "A mistake.")
    assert count(site, other.force_id) == {other.publication_id: printed}
    store.close()


def test_only_a_second_person_declares_and_only_with_a_reason_about_nobody(
    place: tuple[Site, str],
) -> None:
    store = open_store(place[1])
    result = returned(store, REGISTER)
    officer = Scope("officer@there", frozenset({"officer"}), REGISTER.force_id)
    refused: list[tuple[Scope, str, str, type[RecordError], str]] = [
        (officer, "return", "Ours.", ScopeError, "a role that may decide"),
        (APPROVER, "return", "Ours.", ScopeError, "no such return"),
        (REGISTER.approver, "both", "Ours.", InvalidStateError, "one of return, publication"),
        (REGISTER.approver, "return", " ", InvalidStateError, "the reason"),
        (
            REGISTER.approver,
            "return",
            "Mr Jones says so.",
            InvalidStateError,
            "nothing about a person",
        ),
        (
            Scope("officer@there", frozenset({"officer", "approver"}), REGISTER.force_id),
            "return",
            "Ours.",
            ScopeError,
            "a second person",
        ),
    ]
    for scope, counts, reason, kind, words in refused:
        with pytest.raises(kind, match=words):
            declare_precedence(store, scope, result, REGISTER.publication_id, counts, reason)
    assert open_return(store, REGISTER.approver, result.return_id) == result
    store.close()


@BOTH
def test_a_build_refuses_a_day_that_is_counted_twice_whoever_put_the_files_there(
    place: tuple[Site, str], other: Other
) -> None:
    """Without a release nobody could know of the overlap when publishing:
    the build itself refuses, and all is as before."""
    site, address = place
    store = open_store(address)
    result = returned(store, other)
    with pytest.raises(PublishingError, match=r"counts deployments from .* too"):
        publish(store, site, other.approver, result)
    assert open_return(store, other.approver, result.return_id).state == "approved"
    assert not (site.data / "publications" / f"{other.force_id}_return_1").exists()
    store.close()


def again(store: Store, *changes: Callable[[Workbook], None]) -> Return:
    """A second return of North Wales, approved."""

    def change(book: Workbook) -> None:
        for each_change in changes:
            each_change(book)

    return approved(store, changed(change))


def one_more_deployment(book: Workbook) -> None:
    """Three alerts more, on the last day of March, all about women."""
    headings = CURRENT.sheet("deployments").headings
    extra: dict[str, Any] = DEPLOYMENT | {
        "deployment_number": 3,
        "date": dt.date(2026, 3, 31),
        "location_text": "Pier, Llandudno",
    }
    extra |= {
        "alerts_count": 3,
        "true_alerts_count": 3,
        "true_alerts_confirmed_count": 3,
        "true_alerts_unconfirmed_count": 0,
    }
    extra |= dict.fromkeys(
        (
            "false_alerts_count",
            "false_alerts_confirmed_count",
            "engagements_after_false_alerts_count",
        ),
        0,
    )
    extra |= {
        "engagements_after_true_alerts_count": 3,
        "arrests_count": 1,
        "other_disposals_count": 1,
    }
    for heading, value in extra.items():
        book["deployments"].cell(4, headings.index(heading) + 1).value = value
    with_cell("alerts_by_group", 2, "counted", 9)(book)
    for row in (2, 3):
        with_cell("alerts_by_group", row, "total", 21)(book)
    with_cell("arrests", 2, "counted", 6)(book)


@pytest.mark.parametrize("withdrawn", [True, False])
def test_a_return_of_nearly_the_same_days_may_not_tell_who_the_few_were(
    place: tuple[Site, str], withdrawn: bool
) -> None:
    site, address = place
    store = open_store(address)
    first = publish(store, site, APPROVER, approved(store))
    if withdrawn:
        withdraw(store, site, APPROVER, first, "A deployment was missing.")
    second = again(store, one_more_deployment)
    if not withdrawn:
        second = declare_precedence(
            store, APPROVER, second, "north_wales_return_1", "return", "It is complete."
        )
    with pytest.raises(PublishingError, match="how many alerts were about Female") as raised:
        publish(store, site, APPROVER, second)
    assert "north_wales_return_1" in str(raised.value)
    assert "2026-01-01 to 2026-03-31" in str(raised.value)
    # the approver sees it before
    with pytest.raises(RecordError, match="how many alerts were about Female"):
        Previews().make(store, site, APPROVER, second.return_id)
    # With the groups hidden it may be published, and the answers have the older numbers or none.
    second = workflow.request_changes(
        store, APPROVER, open_return(store, APPROVER, second.return_id), "Hide the groups."
    )

    def hide(book: Workbook) -> None:
        one_more_deployment(book)
        for row in (2, 3):
            with_cell("alerts_by_group", row, "counted", "[c]")(book)

    file = changed(hide)
    second = save_version(store, OFFICER, second, take_in(file), file)
    second = workflow.approve(store, APPROVER, workflow.submit(store, OFFICER, second))
    assert publish(store, site, APPROVER, second).state == "published"
    numbers = {
        row.edition_id: row.counted
        for row in serving(site).table(ReturnedCount, {"group_code": ["female"]})
    }
    assert numbers == (
        {"north_wales_return_2": None}
        if withdrawn
        else {"north_wales_return_1": 6, "north_wales_return_2": None}
    )
    assert count(site, "north_wales")["north_wales_return_2"] == 3
    assert sum(count(site, "north_wales").values()) == 3
    store.close()


@BOTH
def test_a_return_that_counts_in_place_of_a_publication_can_be_replaced_and_withdrawn(
    place: tuple[Site, str], stored: Path, other: Other
) -> None:
    site, address = place
    build_first(site, stored)
    store = open_store(address)
    printed = count(site, other.force_id)[other.publication_id]
    rest = printed - other.rows(site)
    names = [f"{other.force_id}_return_{number}" for number in (1, 2)]
    for name in names:
        result = returned(store, other)
        version = open_version(store, other.approver, result.return_id)
        for overlap in find_overlaps(store, site.data, version, other.force_id, name):
            result = declare_precedence(
                store, other.approver, result, overlap.publication_id, "return", "It is newer."
            )
        publish(store, site, other.approver, result)
    assert count(site, other.force_id) == {other.publication_id: rest, names[0]: 0, names[1]: 2}
    withdraw(store, site, other.approver, open_return(store, other.approver, 1), "Replaced.")
    assert count(site, other.force_id) == {other.publication_id: rest, names[1]: 2}
    withdraw(store, site, other.approver, open_return(store, other.approver, 2), "A mistake.")
    assert count(site, other.force_id) == {other.publication_id: printed}
    store.close()


def test_other_days_are_no_overlap(place: tuple[Site, str], stored: Path) -> None:
    site, address = place
    build_first(site, stored)
    store = open_store(address)
    result = returned(store, replace(EVENTS, first=dt.date(2018, 4, 1), last=dt.date(2018, 9, 30)))
    version = open_version(store, EVENTS.approver, result.return_id)
    assert find_overlaps(store, site.data, version, "south_wales", "south_wales_return_1") == ()
    store.close()
