"""From an event log: an officer's log is checked and counted, and its return becomes a draft.

In: uploaded files, or the name of a folder that the administrator allowed. Out: what the checks
found; a return in the store if the person saves it, marked with the log's hash. The log itself is
not kept. Does not judge: the same code runs as `python -m etl rollup`."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard.components.prose import show_prose
from dashboard.components.tables import Column, make_table, write_table
from dashboard.force_site.labels import SEVERITIES
from dashboard.force_site.session import UserSession
from dashboard.force_site.views.frame import address, show_problems
from dashboard.force_site.views.problem_table import show_hits, show_verdict
from dashboard.rendering.html import printed, text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _, ngettext
from etl.logs.drafts import CountedLog, count_folder, count_uploads, keep_days, list_folders
from etl.logs.problems import LogProblem
from etl.model.log_checks import LOG_CHECKS
from etl.model.problems import RecordError
from etl.returns.intake import Intake, check_return
from etl.returns.store.returns import Return, create_return, save_version
from etl.settings import read_setting

MAX_UPLOAD = 200  # megabytes in all; larger logs lie in the allowed folder
WORKING = "event-logs"
_TYPES = ["csv", "jsonl", "parquet"]
_COUNTED, _TITLE, _SAVED, _FAILED = "counted_log", "log_title", "log_saved", "log_save_failed"


@dataclass(frozen=True, slots=True)
class _Counted:
    """What was counted in this session, and the check of its return."""

    key: str
    log: CountedLog
    intake: Intake | None


def show(session: UserSession) -> None:
    """Choose a log, see its checks, save its return."""
    show_prose(
        _(
            "A log has the rows that the system writes: intervals of scanning and alerts, with a "
            "list of deployments. It is counted here and not kept: only the return is."
        )
    )
    key, counted = _choose(session)
    if counted is not None:
        st.session_state[_COUNTED] = _Counted(key, counted, _check(session, counted))
    current: _Counted | None = st.session_state.get(_COUNTED)
    if current is None or current.key != key:
        return
    _show_findings(current.log)
    if current.intake is not None:
        st.header(_("The return of the log"), anchor="return")
        show_verdict(current.intake.problems, len(current.intake.records.deployments))
        show_hits(current.intake.problems)
        _offer(session, current)


def _choose(session: UserSession) -> tuple[str, CountedLog | None]:
    """The log that is chosen, and what was counted of it if it was chosen just now."""
    force_id = session.scope.force_id or ""
    allowed, working = read_setting("LFR_LOG_FOLDERS"), session.site.data / WORKING
    late = st.checkbox(
        _("Count events that came late, for days that were returned; send the return again")
    )
    if folders := list_folders(allowed, force_id):
        folder = st.selectbox(
            _("A folder with a log"),
            ["", *folders],
            format_func=lambda name: name or _("None: files are uploaded"),
        )
        if folder:
            key = repr([folder, late])
            if not st.button(_("Count the log"), type="primary"):
                return key, None
            with st.spinner(_("Counting …")):
                return key, count_folder(allowed, force_id, folder, working, accept_late=late)
    uploaded = st.file_uploader(
        _("The files scan_intervals, alert_events and deployments.csv"),
        type=_TYPES,
        accept_multiple_files=True,
        max_upload_size=MAX_UPLOAD,
    )
    key = repr([late, *(file.file_id for file in uploaded)])
    counted = st.session_state.get(_COUNTED)
    if not uploaded or (counted is not None and counted.key == key):
        return key, None
    with st.spinner(_("Counting …")):
        files = {file.name: file.getvalue() for file in uploaded}
        return key, count_uploads(files, force_id, working, accept_late=late)


def _check(session: UserSession, counted: CountedLog) -> Intake | None:
    if not counted.content:
        return None
    return check_return(
        counted.name,
        counted.content,
        today=session.today,
        force_ids=session.site.force_names,
        force_id=session.scope.force_id,
    )


def _show_findings(counted: CountedLog) -> None:
    st.header(_("What the checks of the log found"), anchor="checks")
    if counted.content:
        sentence = ngettext(
            "{count} row was counted. The hash of the log is {hash}.",
            "{count} rows were counted. The hash of the log is {hash}.",
            counted.rows_count,
        ).format(count=f"{counted.rows_count:,}", hash=counted.log_sha256)
    elif counted.log_sha256:
        sentence = _("The log has too many deployments for one return. Count a shorter period.")
    else:
        sentence = _("The log has errors. Correct them and count it again: nothing was kept.")
    show_html(f'<div class="lfr-note" role="status"><p>{text(sentence)}</p></div>')
    if not counted.problems:
        show_prose(_("Nothing was found."))
        return
    columns = (
        Column(_("What")),
        Column(_("Where"), "wide"),
        Column(_("Question"), "wide"),
        Column(_("Found"), "wide"),
        Column(_("What to do"), "wide"),
    )
    rows = [_to_row(problem) for problem in counted.problems]
    show_html(write_table(make_table(_("What was found in the log"), columns, rows, stacked=True)))


def _to_row(problem: LogProblem) -> tuple[str, ...]:
    check = LOG_CHECKS[problem.check_id]
    place = problem.file
    if problem.row is not None:
        place += f", {_('row {row}').format(row=problem.row)}"
    found = printed(f"{problem.found}; {problem.expected}")
    return (_(SEVERITIES[problem.severity]), place, _(check.question), found, _(check.remedy))


def _offer(session: UserSession, current: _Counted) -> None:
    """Saves the return as a draft."""
    st.text_input(
        _("Title of the return"),
        placeholder=_("Deployments, January to March 2026"),
        max_chars=150,
        key=_TITLE,
    )
    st.button(_("Save it as a draft"), type="primary", on_click=_save, args=(session, current))
    if isinstance(failed := st.session_state.pop(_FAILED, None), RecordError):
        show_problems(failed)
    if isinstance(saved := st.session_state.get(_SAVED), Return):
        there = text(address("one-return", id=saved.return_id))
        sentence = _("Saved as return {number}.").format(number=saved.return_id)
        show_html(
            f'<div class="lfr-note" role="status"><p>{text(sentence)} '
            f'<a href="{there}">{text(_("Go on to the return"))}</a></p></div>'
        )


def _save(session: UserSession, current: _Counted) -> None:
    title = st.session_state.get(_TITLE, "")
    st.session_state.pop(_SAVED, None)
    if current.intake is None:
        return
    try:
        made = create_return(session.store, session.scope, title)
        st.session_state[_SAVED] = save_version(
            session.store, session.scope, made, current.intake, current.log.content
        )
        keep_days(session.site.data / WORKING, session.scope.force_id or "", current.log)
    except RecordError as error:
        st.session_state[_FAILED] = error
