"""The store and the workflow, on SQLite and on PostgreSQL:
who may do what, and that nothing is lost or changed unseen."""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import json
import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from etl.returns import workflow
from etl.returns.checked_copy import copy_checked
from etl.returns.layouts import Layout
from etl.returns.saved_files import read_problems
from etl.returns.scope import InvalidStateError, Scope, ScopeError, StaleSaveError, StoreError
from etl.returns.store.anchor import HEADS
from etl.returns.store.audit import FIRST, find_tampering, hash_entry, read_log
from etl.returns.store.backups import backup, restore
from etl.returns.store.engine import Store, open_store
from etl.returns.store.returns import (
    Return,
    add_comment,
    create_return,
    list_comments,
    list_layouts,
    list_returns,
    open_return,
    open_version,
    save_layout,
    save_version,
)
from etl.returns.store.sessions import end_session, is_ended
from etl.returns.store.tables import AUDIT, render_rules
from tests.returns.sample_returns import NAME, changed, sound, sound_copy, take_in, with_cell
from tests.returns.test_layouts import LAYOUT

STORED = Path(__file__).parent / "kept"
OFFICER = Scope("officer@north", frozenset({"officer"}), "north_wales")
BOTH = Scope("both@north", frozenset({"officer", "approver"}), "north_wales")
APPROVER = Scope("approver@north", frozenset({"approver"}), "north_wales")
READER = Scope("reader@north", frozenset({"reader"}), "north_wales")
OTHER = Scope("officer@essex", frozenset({"officer", "approver"}), "essex")
REVIEWER = Scope("reviewer@home", frozenset({"national_reviewer"}), None)
ADMIN = Scope("admin@home", frozenset({"admin"}), None)


def drafted(store: Store, scope: Scope = OFFICER, content: bytes | None = None) -> Return:
    file = content or sound()
    made = create_return(store, scope, "January to March 2026")
    return save_version(store, scope, made, take_in(file), file)


def approved(store: Store, content: bytes | None = None) -> Return:
    return workflow.approve(
        store, APPROVER, workflow.submit(store, OFFICER, drafted(store, content=content))
    )


def test_a_return_goes_from_draft_to_approved_and_the_log_tells_it(store: Store) -> None:
    result = approved(store)
    assert (result.state, result.version) == ("approved", 1)
    assert open_version(store, READER, result.return_id).content == sound_copy()
    assert [(log.who, log.action) for log in read_log(store, APPROVER)] == [
        ("officer@north", "create"),
        ("officer@north", "save"),
        ("officer@north", "submit"),
        ("approver@north", "approve"),
    ]
    assert find_tampering(store) == ()


def test_changes_are_asked_for_and_a_changed_file_is_approved(store: Store) -> None:
    sent = workflow.submit(store, OFFICER, drafted(store))
    back = workflow.request_changes(
        store, APPROVER, sent, "The threshold of the second deployment is missing."
    )
    assert [comment.text for comment in list_comments(store, OFFICER, back.return_id)] == [
        "The threshold of the second deployment is missing."
    ]
    file = changed(with_cell("deployments", 3, "threshold", 0.62))
    again = workflow.submit(store, OFFICER, save_version(store, OFFICER, back, take_in(file), file))
    assert workflow.approve(store, APPROVER, again).version == 2
    assert open_version(store, OFFICER, again.return_id, 1).content == sound_copy()


def test_a_file_for_which_changes_were_asked_is_not_sent_unchanged_whether_it_was_approved_or_not(
    store: Store,
) -> None:
    for sent in (approved(store), workflow.submit(store, OFFICER, drafted(store))):
        back = workflow.request_changes(store, APPROVER, sent, "One more look.")
        with pytest.raises(InvalidStateError, match="a changed file"):
            workflow.submit(store, OFFICER, back)
    # Taken back by its own officer, it is sent again as it is.
    taken = workflow.take_back(store, OFFICER, workflow.submit(store, OFFICER, drafted(store)))
    assert workflow.submit(store, OFFICER, taken).state == "submitted"


def test_asking_for_changes_too_late_leaves_no_comment(store: Store) -> None:
    sent = workflow.submit(store, OFFICER, drafted(store))
    workflow.take_back(store, OFFICER, sent)
    with pytest.raises(StaleSaveError):
        workflow.request_changes(store, APPROVER, sent, "The threshold is missing.")
    assert list_comments(store, OFFICER, sent.return_id) == ()


def test_nobody_approves_what_they_wrote(store: Store) -> None:
    sent = workflow.submit(store, BOTH, drafted(store, BOTH))
    with pytest.raises(ScopeError, match="its author"):
        workflow.approve(store, BOTH, sent)
    assert open_return(store, BOTH, sent.return_id) == sent


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO approvals VALUES (1, 1, 'officer@north', 'officer@north', 'now')",
        "INSERT INTO approvals VALUES (1, 1, 'OFFICER@north', 'officer@north', 'now')",
        "INSERT INTO approvals VALUES (1, 1, 'officer@north', 'somebody@else', 'now')",
        "INSERT INTO approvals VALUES (1, 2, 'approver@north', 'officer@north', 'now')",
        "UPDATE returns SET state = 'approved'",
        "UPDATE returns SET state = 'published'",
        "UPDATE returns SET state = 'done'",
        "UPDATE versions SET author = 'somebody@else'",
        "DELETE FROM versions",
        "DELETE FROM returns",
        "DELETE FROM audit",
        "UPDATE audit SET who = 'somebody@else'",
    ],
)
def test_the_database_itself_refuses(store: Store, statement: str) -> None:
    workflow.submit(store, OFFICER, drafted(store))
    with pytest.raises(StoreError), store.writing() as connection:
        connection.exec_driver_sql(statement)
    assert find_tampering(store) == ()


def test_of_two_officers_who_save_at_once_one_is_told_and_nothing_is_lost(store: Store) -> None:
    opened = drafted(store)
    files = [changed(with_cell("deployments", 2, "cameras_count", cameras)) for cameras in (3, 4)]
    checked = [take_in(file) for file in files]
    ready, outcomes = threading.Barrier(2), []

    def save(number: int) -> None:
        ready.wait()
        try:
            outcomes.append(save_version(store, OFFICER, opened, checked[number], files[number]))
        except StaleSaveError as error:
            outcomes.append(error)

    threads = [threading.Thread(target=save, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (won,) = [outcome for outcome in outcomes if isinstance(outcome, Return)]
    (lost,) = [outcome for outcome in outcomes if isinstance(outcome, StaleSaveError)]
    assert "Open it again" in str(lost)
    assert won.version == 2
    assert open_version(store, OFFICER, won.return_id).content in [
        copy_checked(NAME, file) for file in files
    ]
    assert find_tampering(store) == ()


def test_no_boundary_between_forces_is_crossed(store: Store) -> None:
    submit = workflow.submit(store, OFFICER, drafted(store))
    absent = submit.return_id + 1
    for scope in (OTHER, Scope("x@essex", frozenset({"reader"}), "essex")):
        assert list_returns(store, scope) == ()
        for fetch in (open_return, open_version, list_comments):
            with pytest.raises(ScopeError) as hidden:
                fetch(store, scope, submit.return_id)
            with pytest.raises(ScopeError) as missing:
                fetch(store, scope, absent)
            assert str(hidden.value).replace(str(submit.return_id), "N") == str(
                missing.value
            ).replace(str(absent), "N")
    for act in (workflow.approve, workflow.take_back):
        with pytest.raises(ScopeError):
            act(store, OTHER, submit)
    with pytest.raises(ScopeError):
        add_comment(store, OTHER, submit.return_id, "Hello")
    assert read_log(store, OTHER) == ()
    assert open_return(store, OFFICER, submit.return_id) == submit


def test_a_national_reviewer_sees_what_was_sent_and_an_admin_keeps_but_does_not_decide(
    store: Store,
) -> None:
    draft = drafted(store)
    assert list_returns(store, REVIEWER) == ()
    with pytest.raises(ScopeError):
        open_return(store, REVIEWER, draft.return_id)
    sent = workflow.submit(store, OFFICER, draft)
    assert list_returns(store, REVIEWER) == (sent,)
    for scope in (REVIEWER, ADMIN, READER, OFFICER):
        with pytest.raises(ScopeError):
            workflow.approve(store, scope, sent)
    with pytest.raises(ScopeError):
        backup(store, APPROVER, Path("never"))


def test_a_scope_without_a_force_or_with_an_unknown_role_is_refused() -> None:
    for user, roles, force in (
        ("a", {"officer"}, None),
        ("a", {"root"}, "essex"),
        ("", {"reader"}, "essex"),
        ("A", {"reader"}, "essex"),
    ):
        with pytest.raises(ScopeError):
            Scope(user, frozenset(roles), force)


def test_a_file_with_errors_may_be_kept_but_not_sent_and_one_about_people_is_not_kept(
    store: Store,
) -> None:
    wrong = drafted(store, content=changed(with_cell("deployments", 2, "alerts_count", "nine")))
    with pytest.raises(InvalidStateError, match="1 errors"):
        workflow.submit(store, OFFICER, wrong)
    personal = changed(with_cell("deployments", 2, "location_text", "Mr Jones, High Street"))
    with pytest.raises(InvalidStateError, match="a person's name"):
        save_version(store, OFFICER, wrong, take_in(personal, NAME), personal)
    assert open_return(store, OFFICER, wrong.return_id) == wrong
    with pytest.raises(InvalidStateError, match="a telephone number"):
        add_comment(store, OFFICER, wrong.return_id, "Call me: 020 7946 0958")


def test_a_return_of_another_force_is_not_taken(store: Store) -> None:
    made = create_return(store, OTHER, "Ours")
    with pytest.raises(ScopeError, match="north_wales"):
        save_version(store, OTHER, made, take_in(sound()), sound())


def test_a_step_out_of_order_is_refused(store: Store) -> None:
    draft = drafted(store)
    with pytest.raises(InvalidStateError, match="found draft"):
        workflow.approve(store, APPROVER, draft)


def test_a_saved_layout_comes_back_to_its_own_force(store: Store) -> None:
    save_layout(store, OFFICER, LAYOUT)
    newer = Layout(
        **{**{name: getattr(LAYOUT, name) for name in Layout.__slots__}, "heading_row": 4}
    )
    save_layout(store, OFFICER, newer)
    assert list_layouts(store, READER) == (newer,)
    assert list_layouts(store, OTHER) == ()
    with pytest.raises(ScopeError):
        save_layout(store, OTHER, LAYOUT)


_TAMPER = {
    "a version's file": "UPDATE versions SET content = 'x'",
    "who approved it": "UPDATE approvals SET approver = 'somebody@else'",
    "a log entry": "UPDATE audit SET who = 'somebody@else' WHERE number = 2",
    "an entry cut out": "DELETE FROM audit WHERE number = 2",
    "the end cut off": "DELETE FROM audit WHERE number = 4",
    "a state": "UPDATE returns SET state = 'draft'",
    "a comment": "UPDATE comments SET text = 'other'",
}


@pytest.mark.parametrize("what", _TAMPER)
def test_tampering_with_the_database_itself_shows(tmp_path: Path, what: str) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'returns.sqlite'}")
    result = approved(store)
    add_comment(store, APPROVER, result.return_id, "Well done")
    assert find_tampering(store) == ()
    with store.writing() as connection:
        names = (
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            .scalars()
            .all()
        )
        for name in names:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql(_TAMPER[what])
    assert find_tampering(store) != ()
    store.close()


_CHANGES = {
    "the embargo": "UPDATE returns SET embargo_date = '2027-12-24'",
    "the title": "UPDATE returns SET title = 'Another'",
    "who created it": "UPDATE returns SET created_by = 'x@north'",
    "its force": "UPDATE returns SET force_id = 'essex'",
    "its publication": "UPDATE returns SET publication_id = 'north_wales_return_9'",
    "the errors of a file": "UPDATE versions SET errors_count = 1",
    "the problems of a file": "UPDATE versions SET problems_json = '[ ]'",
    "the period of a file": "UPDATE versions SET period_start = '2020-01-01'",
    "the name of a file": "UPDATE versions SET file_name = 'x.xlsx'",
    "when it was saved": "UPDATE versions SET saved_at = '2020-01-01'",
    "when it was approved": "UPDATE approvals SET approved_at = '2020-01-01'",
    "the author of a comment": "UPDATE comments SET author = 'officer@north'",
    "when a comment was written": "UPDATE comments SET written_at = '2020-01-01'",
    "a column map": "UPDATE layouts SET layout_json = '{}'",
    "a column map is gone": "DELETE FROM layouts",
    "a sign-out is undone": "DELETE FROM ended_sessions",
    "a sign-out is moved": "UPDATE ended_sessions SET until = until + 1",
    "a sign-out is made up": "INSERT INTO ended_sessions VALUES ('x', 4102444800.0)",
    "a journal is made up": (
        "INSERT INTO journal (return_id, kind, publication_id, who, reason, started_at, outcome)"
        " VALUES (1, 'publish', 'x', 'x', '', '2020-01-01', 'done')"
    ),
    "the rules are dropped": "",
}


@pytest.fixture
def full(tmp_path: Path) -> Store:
    """A store with a row in every table that a person fills, and its anchor."""
    store = open_store(f"sqlite:///{tmp_path / 'returns.sqlite'}", data=tmp_path)
    result = approved(store)
    add_comment(store, APPROVER, result.return_id, "Well done")
    save_layout(store, OFFICER, LAYOUT)
    end_session(store, "s", 4102444800.0)
    assert find_tampering(store) == ()
    return store


@pytest.mark.parametrize("what", _CHANGES)
def test_a_change_of_any_single_value_shows(full: Store, what: str) -> None:
    rules = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    with full.writing() as connection:
        triggers = connection.exec_driver_sql(rules).all()
        for name, _sql in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        if _CHANGES[what]:
            connection.exec_driver_sql(_CHANGES[what])
            for _name, sql in triggers:  # nothing else than the value differs
                connection.exec_driver_sql(sql)
    assert find_tampering(full) != ()
    full.close()


def test_an_emptied_store_and_a_cut_log_show_and_a_restore_begins_anew(
    full: Store, tmp_path: Path
) -> None:
    file, address = tmp_path / "backup.gz", f"sqlite:///{tmp_path / 'returns.sqlite'}"
    backup(full, ADMIN, file)
    add_comment(full, APPROVER, 1, "After the backup")
    full.close()
    path = tmp_path / "returns.sqlite"
    assert path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / HEADS).stat().st_mode & 0o777 == 0o600
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    with pytest.raises(StoreError, match="an empty store"):
        open_store(address, data=tmp_path)
    again = open_store(address, data=tmp_path, restoring=True)
    restore(again, ADMIN, file)
    assert find_tampering(again) == ()
    (tmp_path / HEADS).write_text("f" * 64 + "\n", encoding="ascii")
    assert "which is not in the log" in find_tampering(again)[0]
    (tmp_path / HEADS).unlink()
    assert "are not there" in find_tampering(again)[0]
    again.close()


def test_a_store_from_before_the_hashes_is_migrated(full: Store, tmp_path: Path) -> None:
    """Back to the entries of the version before; the next opening covers what is there."""
    with full.writing() as connection:
        for name in (
            connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE name IN ('keep_audit', 'fix_audit')"
            )
            .scalars()
            .all()
        ):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        previous = FIRST
        rows = connection.execute(sa.select(AUDIT).order_by(AUDIT.c.number)).mappings().all()
        connection.execute(sa.delete(AUDIT))
        for number, row in enumerate((row for row in rows if row["action"] != "sign_out"), start=1):
            details = json.loads(row["details"])
            for key in ("rows", "layouts"):
                details.pop(key, None)
            old = {**row, "number": number, "details": json.dumps(details, sort_keys=True)}
            old["previous_hash"] = previous
            previous = old["hash"] = hash_entry(old)
            connection.execute(sa.insert(AUDIT), [old])
        for rule in render_rules("sqlite"):
            if "keep_audit" in rule or "fix_audit" in rule:
                connection.exec_driver_sql(rule)
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")
    (tmp_path / HEADS).unlink()
    full.close()
    opened = open_store(f"sqlite:///{tmp_path / 'returns.sqlite'}", data=tmp_path)
    assert find_tampering(opened) == ()
    assert [entry.action for entry in read_log(opened, ADMIN)][-3:] == ["seal", "seal", "sign_out"]
    opened.close()


def test_a_log_whose_end_was_cut_off_lacks_what_a_publication_states(store: Store) -> None:
    approved(store)
    (*_, last) = read_log(store, APPROVER)
    assert find_tampering(store, [last.hash]) == ()
    assert "is not in the log" in find_tampering(store, ["f" * 64])[0]


def test_a_backup_is_restored_whole_into_either_kind_of_store(store: Store, tmp_path: Path) -> None:
    result = approved(store)
    add_comment(store, OFFICER, result.return_id, "For the board")
    file = tmp_path / "backup.gz"
    rows = backup(store, ADMIN, file)
    again = open_store(f"sqlite:///{tmp_path / 'again.sqlite'}")
    assert restore(again, ADMIN, file) == rows
    assert list_returns(again, ADMIN) == list_returns(store, ADMIN)
    assert open_version(again, OFFICER, result.return_id) == open_version(
        store, OFFICER, result.return_id
    )
    assert read_log(again, ADMIN) == read_log(store, ADMIN)
    assert create_return(again, OFFICER, "Next").return_id == result.return_id + 1
    with pytest.raises(StoreError, match="not empty"):
        restore(store, ADMIN, file)
    again.close()


def test_a_backup_made_on_sqlite_is_restored_into_postgresql(store: Store, tmp_path: Path) -> None:
    first = open_store(f"sqlite:///{tmp_path / 'first.sqlite'}")
    result = approved(first)
    backup(first, ADMIN, tmp_path / "backup.gz")
    first.close()
    restore(store, ADMIN, tmp_path / "backup.gz")
    assert open_return(store, OFFICER, result.return_id) == result
    assert create_return(store, OFFICER, "Next").return_id == result.return_id + 1


def test_a_backup_that_is_not_whole_is_refused(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "backup.gz"
    file.write_bytes(gzip.compress(b'{"format": "lfr returns 1"}\n{"sha256": "x"}\n'))
    with pytest.raises(StoreError, match="no whole backup"):
        restore(store, ADMIN, file)


@pytest.mark.parametrize("address", ["nonsense", "mysql://a/b", "sqlite://"])
def test_a_setting_that_names_no_store_is_told(address: str) -> None:
    with pytest.raises(StoreError, match="LFR_STORE"):
        open_store(address)


def test_opening_twice_changes_nothing(store: Store) -> None:
    result = drafted(store)
    again = open_store(store.engine.url.render_as_string(hide_password=False))
    assert open_return(again, OFFICER, result.return_id) == result
    with again.reading() as connection:
        assert (
            connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
            == "0003"
        )
    again.close()


def test_a_store_of_the_first_version_is_brought_up_to_date_with_all_that_is_in_it(
    store: Store, address: str
) -> None:
    stored_drafted = drafted(store)
    with store.writing() as connection:
        connection.execute(sa.text("DROP TABLE ended_sessions"))
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    again = open_store(address)
    assert open_return(again, OFFICER, stored_drafted.return_id) == stored_drafted
    end_session(again, "one", again.now().timestamp() + 60)
    assert is_ended(again, "one")
    again.close()


def test_problems_that_were_saved_without_codes_are_shown_in_their_words(tmp_path: Path) -> None:
    """A store as it was before problems had codes: nothing of it changes, and what is saved now
    has codes."""
    path = tmp_path / "returns.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript((STORED / "store_without_codes.sql").read_text(encoding="utf-8"))
    store = open_store(f"sqlite:///{path}")
    before = open_version(store, OFFICER, 1)
    (problem,) = read_problems(before)
    assert (problem.code, problem.found) == ("", "'nine'")
    assert problem.remedy == "Write it in this form, as the sheet of definitions shows."
    (warning,) = read_problems(open_version(store, OFFICER, 2))
    assert warning.expected == "at least 9, the alerts"
    assert find_tampering(store) == ()
    again = save_version(
        store, OFFICER, open_return(store, OFFICER, 1), take_in(before.content), before.content
    )
    (renewed,) = read_problems(open_version(store, OFFICER, again.return_id))
    assert renewed == problem
    assert renewed.code == "other_form"
    store.close()


def test_a_sign_in_that_was_ended_stays_so_until_it_would_have_ended_by_itself(
    store: Store, address: str
) -> None:
    now = store.now().timestamp()
    end_session(store, "one", now + 3600)
    end_session(store, "one", now + 3600)
    another = open_store(address)  # as another process has it
    assert is_ended(another, "one")
    assert not is_ended(another, "two")
    later = replace(store, now=lambda: dt.datetime.fromtimestamp(now + 3600 + 301, dt.UTC))
    end_session(later, "two", now + 2 * 3600)
    assert not is_ended(another, "one")
    assert is_ended(another, "two")
    another.close()
