"""Check a file: every problem at once, the annotated copy, and from here into a return.

In: an uploaded file, read in memory. Out: what `check_return` tells of it; a saved file only if the
person saves it. Does not judge: the same check runs offline as `python -m etl check-return`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.components.prose import show_prose
from dashboard.force_site.file_routes import CHECKED, FOLDER, in_language
from dashboard.force_site.session import UserSession
from dashboard.force_site.views.frame import address, show_problems
from dashboard.force_site.views.problem_table import show_hits, show_verdict
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _, language
from etl.model.problems import RecordError
from etl.returns.intake import Intake, check_return
from etl.returns.store.returns import Return, create_return, list_returns, save_version

_TYPES = ["xlsx", "csv"]
# An empty range: the officer names both days.
_NO_DAYS: Any = ()
_INTO, _TITLE = "into", "title"
_CHANGEABLE = ("draft", "changes_asked")


@dataclass(frozen=True, slots=True)
class _Checked:
    """What was checked in this session, and the address of its annotated copy."""

    key: str
    name: str
    content: bytes
    intake: Intake
    copy: str


def show(session: UserSession) -> None:
    """Upload, problems, save."""
    template = text(f"{FOLDER}/return-template-{language()}.xlsx")
    show_prose(
        _(
            "Nothing is kept until you save it. Names, images and texts about people are refused, "
            "and nothing of such a file is kept."
        )
    )
    show_html(
        f'<p><a href="{template}" download>{text(_("The standard return, empty (Excel)"))}</a></p>'
    )
    uploaded = st.file_uploader(
        _("The filled return, or your own log (Excel or CSV, at most 5 MB)"), type=_TYPES
    )
    layouts = {layout.layout_id: layout for layout in session.layouts()}
    selection = ""
    if layouts:
        selection = st.selectbox(
            _("Whose columns it has"),
            ["", *layouts],
            format_func=lambda name: (
                _("Your own: {name}").format(name=name)
                if name
                else _("Those of the standard return")
            ),
        )
    if uploaded is None:
        return
    period = None
    if selection or uploaded.name.lower().endswith(".csv"):
        days = st.date_input(
            _("First and last day that the file covers"),
            value=_NO_DAYS,
            max_value=session.today,
            format="DD/MM/YYYY",
            key="period",
        )
        if not isinstance(days, tuple) or len(days) != 2:
            show_prose(_("Say which days the file covers: it does not say so itself."))
            return
        period = (days[0], days[1])
    key = repr((uploaded.file_id, selection, period))
    done: _Checked | None = st.session_state.get("checked")
    if done is None or done.key != key:
        content = uploaded.getvalue()
        with st.spinner(_("Checking …")):
            intake = check_return(
                uploaded.name,
                content,
                today=session.today,
                force_ids=session.site.force_names,
                force_id=session.scope.force_id,
                period=period,
                layout=layouts.get(selection),
            )
        done = _Checked(
            key,
            uploaded.name,
            content,
            intake,
            CHECKED.keep(session, uploaded.name, content, intake),
        )
        st.session_state["checked"] = done
    show_verdict(done.intake.problems, len(done.intake.records.deployments))
    if done.intake.problems:
        show_html(
            f'<p><a href="{text(in_language(done.copy))}" '
            f"download>{text(_('Your file with every problem marked (Excel)'))}</a></p>"
        )
    show_hits(done.intake.problems)
    _offer(session, done)


def _offer(session: UserSession, done: _Checked) -> None:
    """Saves the file into a new return or one that is being written."""
    st.header(_("Save it"), anchor="save")
    if any(error.personal for error in done.intake.errors) or not done.intake.tables:
        show_prose(
            _(
                "This file cannot be saved: it cannot be read, or holds what may not be kept. Mend "
                "it and check it again."
            )
        )
        return
    drafts = {
        saved_return.return_id: saved_return
        for saved_return in list_returns(session.store, session.scope)
        if saved_return.force_id == session.scope.force_id and saved_return.state in _CHANGEABLE
    }
    selectbox = st.selectbox(
        _("Into which return"),
        [0, *drafts],
        format_func=lambda number: (
            f"{number}: {drafts[number].title}" if number else _("A new return")
        ),
        key=_INTO,
    )
    if not selectbox:
        st.text_input(
            _("Title of the return"),
            placeholder=_("Deployments, January to March 2026"),
            max_chars=200,
            key=_TITLE,
        )
    # The returns as they were when this was drawn go with the button: a save over what somebody
    # changed since is refused.
    st.button(_("Save"), type="primary", on_click=_save, args=(session, done, drafts))
    if isinstance(failed := st.session_state.pop("save_failed", None), RecordError):
        show_problems(failed)
    if isinstance(saved := st.session_state.get("saved"), Return):
        there = text(address("one-return", id=saved.return_id))
        sentence = _("Saved as file {version} of return {number}.").format(
            version=saved.version, number=saved.return_id
        )
        show_html(
            f'<div class="lfr-note" role="status"><p>{text(sentence)} '
            f'<a href="{there}">{text(_("Go on to the return"))}</a></p></div>'
        )


def _save(session: UserSession, done: _Checked, drafts: Mapping[int, Return]) -> None:
    # What was typed or chosen just before the button was pressed is not in what was drawn,
    # but is here.
    query, title = st.session_state.get(_INTO, 0), st.session_state.get(_TITLE, "")
    st.session_state.pop("saved", None)
    try:
        current = drafts[query] if query else create_return(session.store, session.scope, title)
        st.session_state["saved"] = save_version(
            session.store, session.scope, current, done.intake, done.content
        )
    except RecordError as error:
        st.session_state["save_failed"] = error
