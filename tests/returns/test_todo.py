"""What a force looks after, the preview of a return, and guesses of columns."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from etl.model.problems import Problem
from etl.model.return_template import CURRENT
from etl.queries.record import open_record
from etl.returns.intake import check_return
from etl.returns.preview import Previews
from etl.returns.publishing import Site
from etl.returns.saved_files import read_problems, read_tables
from etl.returns.scope import InvalidStateError, Scope, ScopeError
from etl.returns.store.engine import Store, open_store
from etl.returns.store.returns import create_return, open_return, open_version, save_version
from etl.returns.store.users import list_users, sign_in_user
from etl.returns.suggest_columns import suggest_columns
from etl.returns.todo import find_late, find_missing
from tests.returns.sample_returns import NAME, TODAY, changed, sound, with_cell

pytestmark = pytest.mark.slow

DATA = Path(__file__).resolve().parents[2] / "data"
OFFICER = Scope("officer@north.example", frozenset({"officer"}), "north_wales")
STRANGER = Scope("approver@essex.example", frozenset({"approver"}), "essex")
REVIEWER = Scope("reviewer@national.example", frozenset({"national_reviewer"}), None)
KEEPER = Scope("keeper@national.example", frozenset({"admin"}), None)


@pytest.fixture
def stored(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'returns.sqlite'}")


@pytest.fixture
def draft(stored: Store) -> int:
    content = sound()
    intake = check_return(
        NAME, content, today=TODAY, force_ids={"north_wales", "south_wales"}, force_id="north_wales"
    )
    return save_version(
        stored, OFFICER, create_return(stored, OFFICER, "First quarter"), intake, content
    ).return_id


@pytest.fixture
def site(tmp_path: Path, built_small_data: Path) -> Site:
    """A data folder with a published release."""
    home = shutil.copytree(built_small_data, tmp_path / "data", symlinks=True)
    return Site(Path(home), {"north_wales": "North Wales Police"})


def test_a_preview_shows_the_force_with_the_draft_in_and_changes_nothing(
    stored: Store, draft: int, site: Site
) -> None:
    before = sorted(path.name for path in site.data.rglob("*"))
    previews = Previews(limit=1)
    assert previews.find(stored, site, OFFICER, draft) is None
    made = previews.make(stored, site, OFFICER, draft)
    deployments, arrests = made.list_changes(("deployments_count", "arrests_count"))
    assert deployments.after is not None
    assert arrests.after is not None
    was = deployments.before.value if deployments.before and deployments.before.value else 0
    assert deployments.after.value == was + 2
    assert arrests.after.value is not None
    assert made.file.parent.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in site.data.rglob("*")) == before
    assert not (site.data / "publications" / f"north_wales_return_{draft}").exists()
    # What has been built is kept, and still given to nobody who may not see the return.
    assert (
        previews.make(stored, site, OFFICER, draft)
        is previews.find(stored, site, OFFICER, draft)
        is made
    )
    for scope in (STRANGER, REVIEWER):
        for fetch in (previews.find, previews.make):
            with pytest.raises(ScopeError, match="no such return among yours"):
                fetch(stored, site, scope, draft)
    # A changed file is another preview, and takes the place of the oldest.
    content = changed(with_cell("deployments", 3, "faces_seen_count", 9200))
    intake = check_return(
        NAME, content, today=TODAY, force_ids={"north_wales"}, force_id="north_wales"
    )
    save_version(stored, OFFICER, open_return(stored, OFFICER, draft), intake, content)
    assert previews.find(stored, site, OFFICER, draft) is None
    again = previews.make(stored, site, OFFICER, draft)
    (faces,) = again.list_changes(("faces_seen_count",))
    assert faces.after is not None
    assert faces.after.value == 34_900 + 18_250 + 9_200
    assert again.file.exists()
    assert not made.file.exists()
    home = again.file.parents[1]
    previews.close()
    assert not home.exists()


def test_what_a_killed_process_built_is_removed_and_what_is_in_use_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (
        "import os; from etl.returns.preview import Previews; made = Previews(); "
        "os.kill(os.getpid(), 9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, "TMPDIR": str(tmp_path)}, cwd=DATA.parent
    )
    assert done.returncode == -signal.SIGKILL
    (left,) = tmp_path.glob("lfr-preview-*")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    first = Previews()
    assert not left.exists()
    (used,) = tmp_path.glob("lfr-preview-*")
    second = Previews()
    assert used.exists()
    for value in (first, second):
        value.close()
    assert not list(tmp_path.glob("lfr-preview-*"))


def test_there_is_no_preview_of_a_file_with_errors(stored: Store, draft: int, site: Site) -> None:
    content = changed(with_cell("deployments", 3, "alerts_count", "seven"))
    intake = check_return(
        NAME, content, today=TODAY, force_ids={"north_wales"}, force_id="north_wales"
    )
    save_version(stored, OFFICER, open_return(stored, OFFICER, draft), intake, content)
    previews = Previews()
    with pytest.raises(InvalidStateError, match="errors in its file"):
        previews.make(stored, site, OFFICER, draft)
    previews.close()


def test_missing_fields_of_a_draft(stored: Store, draft: int) -> None:
    version = open_version(stored, OFFICER, draft)
    tables = read_tables(version)
    assert list(tables) == [
        "return",
        "deployments",
        "alerts_by_group",
        "arrests",
        "watchlists",
        "misidentifications",
    ]
    missing_fields = {
        missing_field.heading: missing_field
        for missing_field in find_missing(tables["deployments"])
    }
    assert (
        missing_fields["other_disposals_count"].reason_count,
        missing_fields["other_disposals_count"].rows_count,
    ) == (1, 2)
    # no last day and no lender are answers
    assert list(missing_fields) == ["other_disposals_count"]
    assert read_problems(version) == ()


def test_a_late_publication_is_one_that_is_later_than_usual(warehouse: Path) -> None:
    record = open_record(warehouse)
    today = dt.date(2026, 11, 28)
    late = [
        each_late
        for force_id in record.force_names()
        for each_late in find_late(record, force_id, today)
    ]
    dated = [each_late for each_late in late if each_late.overdue_days is not None]
    assert dated
    for each_late in dated:
        assert each_late.covered_until is not None
        assert each_late.usual_days is not None
        assert each_late.overdue_days == max(
            0, (today - each_late.covered_until).days - each_late.usual_days
        )
    early = find_late(record, "metropolitan", dt.date(2020, 1, 1))
    assert all(not late_publication.overdue_days for late_publication in early)


def test_columns_are_guessed_once_each_and_only_known_ones() -> None:
    columns = suggest_columns(
        [
            "Ref",
            "Date",
            "Where",
            "Mins",
            "Faces seen",
            "Alerts",
            "True alerts",
            "False alerts",
            "False positives",
            "Arrests",
            "Van",
            "*",
        ]
    )
    assert columns["False alerts"] == "false_alerts_count"
    assert columns["Mins"] == "duration_minutes"
    assert "Van" not in columns
    assert len(set(columns.values())) == len(columns)
    assert set(columns.values()) <= set(CURRENT.sheet("deployments").headings)


def _enter(store: Store, name: str, subject: str, session: str, provider: str = "north") -> Scope:
    return sign_in_user(
        store,
        provider=provider,
        subject=subject,
        name=name,
        session=session,
        roles=frozenset({"officer"}),
        force_id="north_wales",
    )


def test_an_account_keeps_its_first_name_and_no_other_gets_it(stored: Store) -> None:
    assert _enter(stored, "jo@north.example", "1", "a").user == "jo@north.example"
    assert _enter(stored, "jo.new@north.example", "1", "b").user == "jo@north.example"
    for subject, provider in (("2", "north"), ("1", "essex")):
        with pytest.raises(ScopeError) as refused:
            _enter(stored, "jo@north.example", subject, "c", provider)
        assert isinstance(refused.value.problems[0], Problem)
    assert _enter(stored, "jo@north.example", "1", "b").user == "jo@north.example"
    users = list_users(stored, KEEPER)
    assert [(user.name, user.roles) for user in users] == [("jo@north.example", ("officer",))]
    with pytest.raises(ScopeError):
        list_users(stored, STRANGER)
