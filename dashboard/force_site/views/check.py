"""Check a file: every problem at once, the annotated copy, and from here into a return.

In: an uploaded file, read in memory. Out: what `check_return` tells of it; a saved file only if the person saves it.
Does not judge: the same check runs offline as `python -m etl check-return`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.components.prose import show_prose
from dashboard.force_site.file_routes import CHECKED, FOLDER, in_language
from dashboard.force_site.session import Desk
from dashboard.force_site.views.frame import address, show_problems
from dashboard.force_site.views.problem_table import show_found, show_verdict
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


def show(desk: Desk) -> None:
    """Upload, problems, save."""
    template = text(f"{FOLDER}/return-template-{language()}.xlsx")
    show_prose(_("Nothing is kept until you save it. Names, images and texts about people are refused, and nothing of such a file is kept."))  # fmt: skip
    show_html(f'<p><a href="{template}" download>{text(_("The standard return, empty (Excel)"))}</a></p>')
    uploaded = st.file_uploader(_("The filled return, or your own log (Excel or CSV, at most 5 MB)"), type=_TYPES)  # fmt: skip
    layouts = {one.layout_id: one for one in desk.layouts()}
    chosen = ""
    if layouts:
        chosen = st.selectbox(
            _("Whose columns it has"),
            ["", *layouts],
            format_func=lambda name: _("Your own: {name}").format(name=name) if name else _("Those of the standard return"),
        )  # fmt: skip
    if uploaded is None:
        return
    period = None
    if chosen or uploaded.name.lower().endswith(".csv"):
        days = st.date_input(_("First and last day that the file covers"), value=_NO_DAYS, max_value=desk.today, format="DD/MM/YYYY", key="period")  # fmt: skip
        if not isinstance(days, tuple) or len(days) != 2:
            show_prose(_("Say which days the file covers: it does not say so itself."))
            return
        period = (days[0], days[1])
    key = repr((uploaded.file_id, chosen, period))
    done: _Checked | None = st.session_state.get("checked")
    if done is None or done.key != key:
        content = uploaded.getvalue()
        with st.spinner(_("Checking …")):
            intake = check_return(
                uploaded.name,
                content,
                today=desk.today,
                force_ids=desk.site.force_names,
                force_id=desk.scope.force_id,
                period=period,
                layout=layouts.get(chosen),
            )
        done = _Checked(key, uploaded.name, content, intake, CHECKED.keep(desk, uploaded.name, content, intake))  # fmt: skip
        st.session_state["checked"] = done
    show_verdict(done.intake.problems, len(done.intake.records.deployments))
    if done.intake.problems:
        show_html(f'<p><a href="{text(in_language(done.copy))}" download>{text(_("Your file with every problem marked (Excel)"))}</a></p>')  # fmt: skip
    show_found(done.intake.problems)
    _offer(desk, done)


def _offer(desk: Desk, done: _Checked) -> None:
    """Saves the file into a new return or one that is being written."""
    st.header(_("Save it"), anchor="save")
    if any(one.personal for one in done.intake.errors) or not done.intake.tables:
        show_prose(_("This file cannot be saved: it cannot be read, or holds what may not be kept. Mend it and check it again."))  # fmt: skip
        return
    drafts = {one.return_id: one for one in list_returns(desk.store, desk.scope) if one.force_id == desk.scope.force_id and one.state in _CHANGEABLE}  # fmt: skip
    asked = st.selectbox(
        _("Into which return"),
        [0, *drafts],
        format_func=lambda number: f"{number}: {drafts[number].title}" if number else _("A new return"),
        key=_INTO,
    )
    if not asked:
        st.text_input(_("Title of the return"), placeholder=_("Deployments, January to March 2026"), max_chars=200, key=_TITLE)  # fmt: skip
    # The returns as they were when this was drawn go with the button: a save over what somebody changed since is refused.
    st.button(_("Save"), type="primary", on_click=_save, args=(desk, done, drafts))
    if isinstance(failed := st.session_state.pop("save_failed", None), RecordError):
        show_problems(failed)
    if isinstance(saved := st.session_state.get("saved"), Return):
        there = text(address("one-return", id=saved.return_id))
        said = _("Saved as file {version} of return {number}.").format(version=saved.version, number=saved.return_id)  # fmt: skip
        show_html(f'<div class="lfr-note" role="status"><p>{text(said)} <a href="{there}">{text(_("Go on to the return"))}</a></p></div>')  # fmt: skip


def _save(desk: Desk, done: _Checked, drafts: Mapping[int, Return]) -> None:
    # What was typed or chosen just before the button was pressed is not in what was drawn, but is here.
    asked, title = st.session_state.get(_INTO, 0), st.session_state.get(_TITLE, "")
    st.session_state.pop("saved", None)
    try:
        current = drafts[asked] if asked else create_return(desk.store, desk.scope, title)
        st.session_state["saved"] = save_version(desk.store, desk.scope, current, done.intake, done.content)
    except RecordError as error:
        st.session_state["save_failed"] = error
