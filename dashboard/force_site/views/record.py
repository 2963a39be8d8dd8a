"""The inside view of a force: its returns, its public figures, what is missing in both, what is late, what is doubtful.

In: the desk. Out: sections with tables, each figure with what it is of. Computes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components.prose import show_prose
from dashboard.components.tables import Column, Markup, Table, make_table, write_table
from dashboard.descriptions.findings import FIELD_TITLES, say_complete, say_missing_reasons, say_of_rows
from dashboard.force_site.file_routes import address_report
from dashboard.force_site.labels import MARKS, STATES, say_state
from dashboard.force_site.messages import write_problem
from dashboard.force_site.session import Desk
from dashboard.force_site.views.frame import address
from dashboard.queries.findings import name_files
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import LANGUAGES, _, ngettext
from dashboard.text.numbers import say_count, say_date, say_estimate, say_fraction, say_period
from etl.measures.catalogue import MEASURES
from etl.model.checks import check_of
from etl.model.row_evidence import Row
from etl.queries.record import Answers
from etl.returns.saved_files import read_tables
from etl.returns.store.returns import Return, list_returns, open_version
from etl.returns.todo import find_late, find_missing, find_waiting

_FIGURES = ("deployments_count", "faces_seen_count", "alerts_count", "arrests_count", "false_alerts_per_face_seen", "false_share_of_alerts")  # fmt: skip
_BEING_WRITTEN = ("draft", "submitted", "changes_asked", "approved")


def show(desk: Desk) -> None:
    """Every section; the force is the one of the person's scope."""
    force_id = desk.scope.force_id or ""
    own = [one for one in list_returns(desk.store, desk.scope) if one.force_id == force_id]
    _show_returns(desk, own)
    answers = desk.open_record()
    if answers is None:
        show_prose(_("There is no public record yet."))
        return
    _show_figures(answers, force_id)
    _show_report(answers, force_id)
    _show_gaps(answers, force_id)
    _show_late(answers, desk, force_id, own)
    _show_findings(answers, force_id)


def _show_returns(desk: Desk, own: list[Return]) -> None:
    st.header(_("Your returns"), anchor="returns")
    counts = {state: sum(one.state == state for one in own) for state in STATES}
    show_prose(", ".join(f"{_(STATES[state])}: {say_count(count)}" for state, count in counts.items() if count) or _("None yet."))  # fmt: skip
    for one in own:
        if one.state in _BEING_WRITTEN and one.version:
            _show_draft(desk, one)


def _show_draft(desk: Desk, one: Return) -> None:
    """What the newest file of a return that is not public leaves open."""
    table = read_tables(open_version(desk.store, desk.scope, one.return_id)).get("deployments")
    there = text(address("one-return", id=one.return_id))
    rows = [(line.heading, say_count(line.blank_count), say_count(line.reason_count), say_count(line.rows_count)) for line in find_missing(table)] if table else []  # fmt: skip
    title = f"{one.title} ({say_state(one)})"
    show_html(f'<p><a href="{there}">{text(title)}</a></p>')
    if not rows:
        show_prose(_("No field of its deployments is missing."))
        return
    columns = (Column(_("Field"), "wide"), Column(_("Blank"), "number"), Column(_("With a reason"), "number"), Column(_("Of rows"), "number"))  # fmt: skip
    show_html(write_table(make_table(_("Missing in {title}").format(title=one.title), columns, rows, stacked=True)))  # fmt: skip


def _show_figures(answers: Answers, force_id: str) -> None:
    st.header(_("What is public"), anchor="public")
    rows = []
    for measure_id in _FIGURES:
        found = answers.estimate(measure_id, by=("force_id",), where={"force_id": [force_id]}).estimates
        for one in found[:1]:
            under = [say_fraction(one), say_period(one.period_start, one.period_end), say_of_rows(one.rows_count)]  # fmt: skip
            quiet = "".join(f'<span class="lfr-quiet">{text(said)}</span>' for said in under if said)
            rows.append((_(MEASURES[measure_id].title), Markup(f"{text(say_estimate(one))}{quiet}")))
    if not rows:
        show_prose(_("The public record has no deployment of your force. That is not a zero."))
        return
    columns = (Column(_("Figure"), "wide"), Column(_("Public now"), "wide"))
    caption = _("Release {release}: all counted deployments; 95% intervals").format(release=answers.release_id)  # fmt: skip
    show_html(write_table(make_table(caption, columns, rows, stacked=True)))
    show_prose(_(MARKS))


def _show_report(answers: Answers, force_id: str) -> None:
    """The report of a year, for a year of which the public record has rows."""
    years = sorted({one.year for one in answers.coverage([force_id]).rows if one.rows_count and one.year}, reverse=True)  # fmt: skip
    if not years:
        return
    st.header(_("A report for your board"), anchor="report")
    show_prose(_("Made from what is public, with the figures of the public pages; a return that is not published is not in it. It takes some seconds."))  # fmt: skip
    year, lang = st.columns(2)
    chosen = year.selectbox(_("Year"), years)
    code = lang.selectbox(_("Language"), list(LANGUAGES), format_func=lambda one: LANGUAGES[one])
    kinds = {"pdf": _("Report as PDF"), "docx": _("Report as DOCX")}
    links = "".join(f'<a href="{text(address_report(str(chosen), code, ending))}" download>{text(words)}</a>' for ending, words in kinds.items())  # fmt: skip
    show_html(f'<p class="lfr-links">{links}</p>')


def _show_gaps(answers: Answers, force_id: str) -> None:
    st.header(_("Fields that are missing"), anchor="missing")
    found = [one for one in answers.coverage([force_id]).rows if one.rows_count]
    if not found:
        show_prose(_("There is no row of which a field could be missing."))
        return
    columns = [Column(_("Field"), "wide")]
    columns += [Column(str(one.year) if one.year else say_period(one.period_start, one.period_end), "wide") for one in found]  # fmt: skip
    rows = [[_("All fields"), *(Markup(f'{text(say_complete(one.total))}<span class="lfr-quiet">{text(say_of_rows(one.rows_count))}</span>') for one in found)]]  # fmt: skip
    for field_id, title in FIELD_TITLES.items():
        gaps = [one.of(field_id) for one in found]
        rows.append([_(title), *(Markup(f'{text(say_complete(gap))}<span class="lfr-quiet">{text(say_missing_reasons(gap))}</span>') for gap in gaps)])  # fmt: skip
    caption = _("Values in the public record of all that a standard return would print")
    show_html(write_table(make_table(caption, columns, rows, whole=True, stacked=True)))


def _show_late(answers: Answers, desk: Desk, force_id: str, own: list[Return]) -> None:
    st.header(_("Publications that are late"), anchor="late")
    for one in find_waiting(own, desk.today):
        there = text(address("one-return", id=one.return_id))
        said = text(_("approved, its embargo is over, and nobody has published it"))
        show_html(f'<div class="lfr-note"><p><a href="{there}">{text(one.title)}</a>: {said}</p></div>')
    late = find_late(answers, force_id, desk.today)
    if not late:
        show_prose(_("No form of publication of your force that goes on is known."))
        return
    columns = (Column(_("Publication"), "wide"), Column(_("Covered until")), Column(_("Days since"), "number"), Column(_("Usual delay"), "number"), Column(_("Overdue"), "wide"))  # fmt: skip
    rows = []
    for form in late:
        overdue = _("cannot be told") if form.overdue_days is None else _("no")
        if form.overdue_days:
            overdue = ngettext("{count} day more than usual", "{count} days more than usual", form.overdue_days).format(count=say_count(form.overdue_days))  # fmt: skip
        rows.append((
            form.title or _("Returns"),
            say_date(form.covered_until) if form.covered_until else _("nothing in the record"),
            say_count(form.since_days) if form.since_days is not None else "–",
            ngettext("{count} day", "{count} days", form.usual_days).format(count=say_count(form.usual_days)) if form.usual_days is not None else _("not known"),
            overdue,
        ))  # fmt: skip
    show_html(write_table(make_table(_("Forms of publication that go on"), columns, rows, stacked=True)))
    show_prose(_("Days since the last deployment day that the record covers, less the usual delay. A force that had no deployment since is not late."))  # fmt: skip


def _show_findings(answers: Answers, force_id: str) -> None:
    st.header(_("Open findings about your force"), anchor="findings")
    found = [one for one in answers.findings(force_id) if one["status_code"] == "open"]
    if not found:
        show_prose(_("None is open."))
        return
    titles = {one["edition_id"]: str(one["title"]) for one in answers.rows("editions")}
    show_html(write_table(_write_findings(found, titles)))
    show_prose(
        _("A finding is answered by a correction of the publication, or by a return that has it right.")
    )


def _write_findings(found: Sequence[Row], titles: dict[str, str]) -> Table:
    columns = (Column(_("What does not fit"), "wide"), Column(_("Where"), "wide"), Column(_("Found"), "wide"), Column(_("Expected"), "wide"))  # fmt: skip
    rows = []
    for one in found:
        edition = titles.get(str(one["edition_id"] or ""), "")
        place = _("page {page}, row {row}").format(page=one["page"], row=one["row"]) if one["row"] else ""
        where = Markup(f'{text(edition)}<span class="lfr-quiet">{text(place)}</span>')
        rows.append((_(check_of(str(one["check_id"])).title), where, str(one["printed_text"] or ""), Markup(write_problem(name_files(str(one["expected_text"] or ""), titles)))))  # fmt: skip
    caption = ngettext("{count} open finding", "{count} open findings", len(found)).format(count=len(found))
    return make_table(caption, columns, rows, stacked=True)
