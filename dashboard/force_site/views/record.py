"""The inside view of a force: its returns, its public figures, what is missing in both, what is
late, what is doubtful.

In: the desk. Out: sections with tables, each figure with what it is of. Computes nothing."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components.prose import show_prose
from dashboard.components.tables import Column, Markup, Table, make_table, write_table
from dashboard.descriptions.findings import (
    FIELD_TITLES,
    describe_complete,
    describe_missing_reasons,
    describe_of_rows,
)
from dashboard.force_site.file_routes import address_report
from dashboard.force_site.labels import MARKS, STATES, describe_state
from dashboard.force_site.messages import write_problem
from dashboard.force_site.session import UserSession
from dashboard.force_site.views.frame import address
from dashboard.queries.findings import name_files
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import LANGUAGES, _, ngettext
from dashboard.text.numbers import (
    format_count,
    format_date,
    format_estimate,
    format_fraction,
    format_period,
)
from etl.measures.catalogue import MEASURES
from etl.model.checks import check_of
from etl.model.reference import Edition
from etl.model.row_evidence import PlacedFinding
from etl.queries.record import Record
from etl.returns.saved_files import read_tables
from etl.returns.store.returns import Return, list_returns, open_version
from etl.returns.todo import find_late, find_missing, find_waiting

_FIGURES = (
    "deployments_count",
    "faces_seen_count",
    "alerts_count",
    "arrests_count",
    "false_alerts_per_face_seen",
    "false_share_of_alerts",
)
_BEING_WRITTEN = ("draft", "submitted", "changes_asked", "approved")


def show(session: UserSession) -> None:
    """Every section; the force is the one of the person's scope."""
    force_id = session.scope.force_id or ""
    own = [
        saved_return
        for saved_return in list_returns(session.store, session.scope)
        if saved_return.force_id == force_id
    ]
    _show_returns(session, own)
    record = session.open_record()
    if record is None:
        show_prose(_("There is no public record yet."))
        return
    _show_figures(record, force_id)
    _show_report(record, force_id)
    _show_gaps(record, force_id)
    _show_late(record, session, force_id, own)
    _show_findings(record, force_id)


def _show_returns(session: UserSession, own: list[Return]) -> None:
    st.header(_("Your returns"), anchor="returns")
    counts = {state: sum(saved_return.state == state for saved_return in own) for state in STATES}
    show_prose(
        ", ".join(
            f"{_(STATES[state])}: {format_count(count)}" for state, count in counts.items() if count
        )
        or _("None yet.")
    )
    for saved_return in own:
        if saved_return.state in _BEING_WRITTEN and saved_return.version:
            _show_draft(session, saved_return)


def _show_draft(session: UserSession, saved_return: Return) -> None:
    """What the newest file of a return that is not public leaves open."""
    table = read_tables(open_version(session.store, session.scope, saved_return.return_id)).get(
        "deployments"
    )
    there = text(address("one-return", id=saved_return.return_id))
    rows = (
        [
            (
                line.heading,
                format_count(line.blank_count),
                format_count(line.reason_count),
                format_count(line.rows_count),
            )
            for line in find_missing(table)
        ]
        if table
        else []
    )
    title = f"{saved_return.title} ({describe_state(saved_return)})"
    show_html(f'<p><a href="{there}">{text(title)}</a></p>')
    if not rows:
        show_prose(_("No field of its deployments is missing."))
        return
    columns = (
        Column(_("Field"), "wide"),
        Column(_("Blank"), "number"),
        Column(_("With a reason"), "number"),
        Column(_("Of rows"), "number"),
    )
    show_html(
        write_table(
            make_table(
                _("Missing in {title}").format(title=saved_return.title),
                columns,
                rows,
                stacked=True,
            )
        )
    )


def _show_figures(record: Record, force_id: str) -> None:
    st.header(_("What is public"), anchor="public")
    rows = []
    for measure_id in _FIGURES:
        estimates = record.estimate(
            measure_id, by=("force_id",), where={"force_id": [force_id]}
        ).estimates
        for estimate in estimates[:1]:
            under = [
                format_fraction(estimate),
                format_period(estimate.period_start, estimate.period_end),
                describe_of_rows(estimate.rows_count),
            ]
            quiet = "".join(
                f'<span class="lfr-quiet">{text(value)}</span>' for value in under if value
            )
            rows.append(
                (_(MEASURES[measure_id].title), Markup(f"{text(format_estimate(estimate))}{quiet}"))
            )
    if not rows:
        show_prose(_("The public record has no deployment of your force. That is not a zero."))
        return
    columns = (Column(_("Figure"), "wide"), Column(_("Public now"), "wide"))
    caption = _("Release {release}: all counted deployments; 95% intervals").format(
        release=record.release_id
    )
    show_html(write_table(make_table(caption, columns, rows, stacked=True)))
    show_prose(_(MARKS))


def _show_report(record: Record, force_id: str) -> None:
    """The report of a year with rows in the public record."""
    years = sorted(
        {
            row.year
            for row in record.publishing.coverage([force_id]).rows
            if row.rows_count and row.year
        },
        reverse=True,
    )
    if not years:
        return
    st.header(_("A report for your board"), anchor="report")
    show_prose(
        _(
            "Made from what is public, with the figures of the public pages; a return that is not "
            "published is not in it. It takes some seconds."
        )
    )
    year, lang = st.columns(2)
    selection = year.selectbox(_("Year"), years)
    code = lang.selectbox(_("Language"), list(LANGUAGES), format_func=lambda name: LANGUAGES[name])
    kinds = {"pdf": _("Report as PDF"), "docx": _("Report as DOCX")}
    links = "".join(
        f'<a href="{text(address_report(str(selection), code, ending))}" download>{text(words)}</a>'
        for ending, words in kinds.items()
    )
    show_html(f'<p class="lfr-links">{links}</p>')


def _show_gaps(record: Record, force_id: str) -> None:
    st.header(_("Fields that are missing"), anchor="missing")
    coverages = [row for row in record.publishing.coverage([force_id]).rows if row.rows_count]
    if not coverages:
        show_prose(_("There is no row of which a field could be missing."))
        return
    columns = [Column(_("Field"), "wide")]
    columns += [
        Column(
            str(row.year) if row.year else format_period(row.period_start, row.period_end), "wide"
        )
        for row in coverages
    ]
    rows = [
        [
            _("All fields"),
            *(
                Markup(
                    f"{text(describe_complete(row.total))}<span "
                    f'class="lfr-quiet">{text(describe_of_rows(row.rows_count))}</span>'
                )
                for row in coverages
            ),
        ]
    ]
    for field_id, title in FIELD_TITLES.items():
        gaps = [row.of(field_id) for row in coverages]
        rows.append(
            [
                _(title),
                *(
                    Markup(
                        f"{text(describe_complete(gap))}<span "
                        f'class="lfr-quiet">{text(describe_missing_reasons(gap))}</span>'
                    )
                    for gap in gaps
                ),
            ]
        )
    caption = _("Values in the public record of all that a standard return would print")
    show_html(write_table(make_table(caption, columns, rows, whole=True, stacked=True)))


def _show_late(record: Record, session: UserSession, force_id: str, own: list[Return]) -> None:
    st.header(_("Publications that are late"), anchor="late")
    for saved_return in find_waiting(own, session.today):
        there = text(address("one-return", id=saved_return.return_id))
        sentence = text(_("approved, its embargo is over, and nobody has published it"))
        show_html(
            f'<div class="lfr-note"><p><a href="{there}">{text(saved_return.title)}</a>: '
            f"{sentence}</p></div>"
        )
    late = find_late(record, force_id, session.today)
    if not late:
        show_prose(_("No form of publication of your force that goes on is known."))
        return
    columns = (
        Column(_("Publication"), "wide"),
        Column(_("Covered until")),
        Column(_("Days since"), "number"),
        Column(_("Usual delay"), "number"),
        Column(_("Overdue"), "wide"),
    )
    rows = []
    for form in late:
        overdue = _("cannot be told") if form.overdue_days is None else _("no")
        if form.overdue_days:
            overdue = ngettext(
                "{count} day more than usual", "{count} days more than usual", form.overdue_days
            ).format(count=format_count(form.overdue_days))
        rows.append(
            (
                form.title or _("Returns"),
                format_date(form.covered_until)
                if form.covered_until
                else _("nothing in the record"),
                format_count(form.since_days) if form.since_days is not None else "–",
                ngettext("{count} day", "{count} days", form.usual_days).format(
                    count=format_count(form.usual_days)
                )
                if form.usual_days is not None
                else _("not known"),
                overdue,
            )
        )
    show_html(
        write_table(make_table(_("Forms of publication that go on"), columns, rows, stacked=True))
    )
    show_prose(
        _(
            "Days since the last deployment day that the record covers, less the usual delay. A "
            "force that had no deployment since is not late."
        )
    )


def _show_findings(record: Record, force_id: str) -> None:
    st.header(_("Open findings about your force"), anchor="findings")
    findings = [
        finding for finding in record.rows.findings(force_id) if finding.status_code == "open"
    ]
    if not findings:
        show_prose(_("None is open."))
        return
    titles = {edition.edition_id: str(edition.title) for edition in record.table(Edition)}
    show_html(write_table(_write_findings(findings, titles)))
    show_prose(
        _(
            "A finding is answered by a correction of the publication, or by a return that has it "
            "right."
        )
    )


def _write_findings(findings: Sequence[PlacedFinding], titles: dict[str, str]) -> Table:
    columns = (
        Column(_("What does not fit"), "wide"),
        Column(_("Where"), "wide"),
        Column(_("Found"), "wide"),
        Column(_("Expected"), "wide"),
    )
    rows = []
    for row in findings:
        edition = titles.get(str(row.edition_id or ""), "")
        place = _("page {page}, row {row}").format(page=row.page, row=row.row) if row.row else ""
        where = Markup(f'{text(edition)}<span class="lfr-quiet">{text(place)}</span>')
        rows.append(
            (
                _(check_of(str(row.check_id)).title),
                where,
                str(row.printed_text or ""),
                Markup(write_problem(name_files(str(row.expected_text or ""), titles))),
            )
        )
    caption = ngettext("{count} open finding", "{count} open findings", len(findings)).format(
        count=len(findings)
    )
    return make_table(caption, columns, rows, stacked=True)
