"""One return: what is in it, what is wrong with it, what was said, what was done, and the steps
that are open to the person.

In: the desk and the number in the address. Out: the page. Each step carries the return as it was
drawn, so that it is refused where somebody was quicker. Does not decide who may do what:
`etl.returns` does, whatever is offered here."""

from __future__ import annotations

import streamlit as st

from dashboard.components.prose import show_prose
from dashboard.components.tables import Column, make_table, write_table
from dashboard.force_site.file_routes import address_file
from dashboard.force_site.labels import describe_action, describe_next, describe_state, format_time
from dashboard.force_site.session import UserSession
from dashboard.force_site.views.frame import address
from dashboard.force_site.views.problem_table import show_hits, show_verdict
from dashboard.force_site.views.steps import show_steps, take_step
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import format_period
from etl.model.cells import RawTable
from etl.model.messages import message
from etl.model.problems import Problem, explain
from etl.returns.saved_files import find_log, read_problems, read_tables
from etl.returns.scope import ScopeError
from etl.returns.store.audit import read_log
from etl.returns.store.returns import Return, Version, list_comments, open_return, open_version


def show(session: UserSession) -> None:
    """The return of the address."""
    number = read_number()
    take_step(session)
    saved_return = open_return(session.store, session.scope, number)
    version = open_version(session.store, session.scope, number) if saved_return.version else None
    _show_facts(session, saved_return, version)
    show_steps(session, saved_return, version.errors_count if version else 0)
    _show_comments(session, saved_return)
    if version is None:
        show_prose(_("There is no file in it yet: check one and save it here."))
    else:
        problems = read_problems(version)
        st.header(_("What the check found"), anchor="problems")
        show_verdict(problems, sent=saved_return.state not in ("draft", "changes_asked"))
        show_hits(problems)
        st.header(_("What is in it"), anchor="rows")
        for name, table in read_tables(version).items():
            _show_table(name, table)
    _show_history(session, saved_return)


def read_number() -> int:
    """The return in the URL; anything that is no number is refused as an unknown return."""
    requested_id = st.query_params.get("id", "")
    if not (requested_id.isascii() and requested_id.isdigit() and len(requested_id) < 10):
        raise ScopeError(
            Problem(
                message("the_url"),
                *explain("no_return_in_url"),
            )
        )
    return int(requested_id)


def _show_facts(session: UserSession, saved_return: Return, version: Version | None) -> None:
    facts = [
        (
            _("Return"),
            _("{title} (number {number})").format(
                title=saved_return.title, number=saved_return.return_id
            ),
        ),
        (_("Force"), session.name_force(saved_return.force_id)),
        (_("State"), describe_state(saved_return)),
        (_("What happens next"), describe_next(saved_return)),
    ]
    if version:
        saved = _("number {number}, saved by {who}, {time}")
        facts += [
            (_("Days covered"), format_period(version.period_start, version.period_end)),
            (
                _("Newest file"),
                saved.format(
                    number=version.number, who=version.author, time=format_time(version.saved_at)
                ),
            ),
            (_("SHA-256 of the file"), version.file_sha256),
        ]
        if log_sha256 := find_log(version):
            facts.append((_("Counted from the event log with the SHA-256"), log_sha256))
    if saved_return.publication_id:
        facts.append((_("Publication"), saved_return.publication_id))
    lines = "".join(
        f"<div><dt>{text(name)}</dt><dd>{text(sentence)}</dd></div>" for name, sentence in facts
    )
    show_html(f'<dl class="lfr-facts">{lines}</dl>')
    if version:
        files = (
            ("file", _("The file as it was saved")),
            ("annotated.xlsx", _("With every problem marked (Excel)")),
            ("cells.csv", _("The cells that would be published (CSV)")),
        )
        links = [
            (address_file(saved_return.return_id, version.number, what), words)
            for what, words in files
        ]
        written = "".join(
            f'<a href="{text(there)}" download>{text(words)}</a>' for there, words in links
        )
        if saved_return.state not in ("published", "withdrawn") and not version.errors_count:
            preview = text(address("preview", id=saved_return.return_id))
            written += (
                f'<a href="{preview}">{text(_("Before and after: what readers would see"))}</a>'
            )
        show_html(f'<p class="lfr-links">{written}</p>')


def _show_table(name: str, table: RawTable) -> None:
    """A sheet as it would be published; columns that are empty in every row are left out."""
    used = [
        number
        for number, _heading in enumerate(table.headings)
        if any(row.cells[number] for row in table.rows)
    ]
    if not used:
        return
    columns = [Column(table.headings[number]) for number in used]
    rows = [[row.cells[number] for number in used] for row in table.rows]
    show_html(write_table(make_table(name, columns, rows)))


def _show_comments(session: UserSession, saved_return: Return) -> None:
    st.header(_("Comments"), anchor="comments")
    comments = list_comments(session.store, session.scope, saved_return.return_id)
    if not comments:
        show_prose(_("None yet."))
    sentence = "".join(
        (
            f"<div><dt>{text(comment.author)}<br>{text(format_time(comment.written_at))}</dt>"
            f"<dd>{text(comment.text)}</dd></div>"
        )
        for comment in comments
    )
    show_html(f'<dl class="lfr-facts">{sentence}</dl>')


def _show_history(session: UserSession, saved_return: Return) -> None:
    """The log of this return, for those who may read logs."""
    if not session.may("audit"):
        return
    st.header(_("History"), anchor="history")
    entries = read_log(session.store, session.scope, saved_return.return_id)
    rows = [
        (format_time(entry.at), entry.who, describe_action(entry.action), entry.hash[:12])
        for entry in entries
    ]
    columns = (
        Column(_("When"), "wide"),
        Column(_("Who"), "wide"),
        Column(_("What"), "wide"),
        Column(_("Entry")),
    )
    show_html(write_table(make_table(_("What was done with it"), columns, rows, stacked=True)))
