"""The force's figures before and after a return, side by side, and the findings that would be
published with it.

In: a `Preview`. Out: tables, each figure with its numerator, denominator and interval.
Computes nothing."""

from __future__ import annotations

import streamlit as st

from dashboard.components.prose import show_prose
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.descriptions.findings import describe_of_rows
from dashboard.force_site.labels import MARKS
from dashboard.force_site.messages import write_problem
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import format_estimate, format_fraction, format_period
from etl.measures.catalogue import MEASURES
from etl.model.checks import check_of
from etl.model.estimates import Estimate
from etl.returns.preview import Preview

SHOWN = (
    "deployments_count",
    "hours_deployed",
    "faces_seen_count",
    "alerts_count",
    "true_alerts_count",
    "false_alerts_count",
    "arrests_count",
    "false_alerts_per_face_seen",
    "false_share_of_alerts",
    "true_share_of_alerts",
    "arrests_per_alert",
    "arrests_per_deployment",
)


def show_changes(made: Preview, force: str) -> None:
    columns = (
        Column(_("Figure"), "wide"),
        Column(_("Public now"), "wide"),
        Column(_("With this return"), "wide"),
    )
    rows, marks = [], []
    for change in made.list_changes(SHOWN):
        cells = [_write(change.before), _write(change.after)]
        rows.append([_(MEASURES[change.measure_id].title), *cells])
        marks.append("lfr-changed" if cells[0] != cells[1] else "")
    caption = _("{force}: all its counted deployments, before and after").format(force=force)
    show_html(
        write_table(make_table(caption, columns, rows, classes=marks, whole=True, stacked=True))
    )
    show_prose(
        _(
            "Rows that change are marked. The intervals are exact, 95%; the caveats of each figure "
            "are those of the public pages."
        ),
        _(MARKS),
    )
    for other in made.undecided:
        template = _(
            "Shown as if this return counts in place of {title} from {days}: nobody has declared "
            "yet which of the two counts."
        )
        show_prose(
            template.format(
                title=other.title, days=format_period(other.first_date, other.last_date)
            )
        )
    st.header(_("Findings that would be published with it"), anchor="findings")
    if not made.findings:
        show_prose(_("None: the checks found nothing to remark."))
        return
    heads = (
        Column(_("What does not fit"), "wide"),
        Column(_("Row"), "number"),
        Column(_("Found"), "wide"),
        Column(_("Expected"), "wide"),
    )
    lines = [
        (
            _(check_of(finding.check_id).title),
            str(finding.row or ""),
            finding.printed_text,
            Markup(write_problem(finding.expected_text)),
        )
        for finding in made.findings
    ]
    show_html(
        write_table(
            make_table(_("Findings about the rows of this return"), heads, lines, stacked=True)
        )
    )


def _write(estimate: Estimate | None) -> Markup:
    """The figure, what it is of, the days and rows behind it."""
    if estimate is None:
        return Markup(text(_("nothing in the record")))
    under = [
        format_fraction(estimate),
        format_period(estimate.period_start, estimate.period_end),
        describe_of_rows(estimate.rows_count),
    ]
    lines = "".join(f'<span class="lfr-quiet">{text(value)}</span>' for value in under if value)
    return Markup(f"{text(format_estimate(estimate))}{lines}")
