"""One force in a table of all that have figures: its row first, the others in a chosen order.

In: the frame of one force. Out: a table whose headings are links that sort it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.components.style import show_section
from dashboard.components.tables import Column, make_table, write_table
from dashboard.queries.rates import SHARE_OF_ALERTS
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import page_link, printed
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import format_estimate, format_share
from etl.model.completeness import Gaps
from etl.model.estimates import Estimate
from etl.queries.record import Record

SORT = "rank"
# The measures of the columns, in order.
MEASURE_IDS = (
    "deployments_count",
    "hours_deployed",
    "faces_seen_count",
    "alerts_count",
    SHARE_OF_ALERTS,
    "arrests_count",
)
_FIELDS, _NAME = "fields", "name"


@dataclass(frozen=True, slots=True)
class ForceRow:
    """A force with its estimates by measure, its completeness, and how late it publishes."""

    force_id: str
    name: str
    estimates: Mapping[str, Estimate]
    gaps: Gaps | None
    delay: str

    def rank(self, order: str) -> float:
        """The larger, the further up; what is not known is last."""
        if order == _FIELDS:
            return self.gaps.share if self.gaps and self.gaps.share is not None else -1
        estimate = self.estimates.get(order)
        return estimate.value if estimate and estimate.value is not None else -1


def get_rows(record: Record, first_id: str, order: str) -> list[ForceRow]:
    """All forces with figures, `first_id` first."""
    by_measure = {
        measure_id: {
            str(estimate.of("force_id")): estimate
            for estimate in record.estimate(measure_id, by=("force_id",)).estimates
        }
        for measure_id in MEASURE_IDS
    }
    gaps, names = record.forces.completeness(), record.force_names()
    rows = [
        ForceRow(
            force.force_id,
            _(force.force_name),
            {
                measure_id: by_measure[measure_id][force.force_id]
                for measure_id in MEASURE_IDS
                if force.force_id in by_measure[measure_id]
            },
            gaps.get(force.force_id),
            next(
                (
                    form.publishing.delay_text
                    for form in force.forms
                    if form.publishing.delay_text and not form.publishing.until_text
                ),
                "",
            ),
        )
        for force in record.publishing.describe(tuple(names)).forces
    ]
    rows.sort(key=lambda row: row.name)
    if order != _NAME:
        rows.sort(key=lambda row: row.rank(order), reverse=True)
    return sorted(rows, key=lambda row: row.force_id != first_id)


@cached
def show_comparison_table(context: PageContext) -> None:
    """Of all years: what is chosen on the page is of one force."""
    force_id, order = context.selection.force_id or "", context.selection.own(SORT, str)
    heading = _("Beside other forces") if force_id else _("Comparison table")
    show_section(heading, anchor="comparison")
    headings = {
        _NAME: _("Force or body"),
        "deployments_count": _("Deployments"),
        "hours_deployed": _("Hours"),
        "faces_seen_count": _("Faces seen"),
        "alerts_count": _("Alerts"),
        SHARE_OF_ALERTS: _("False alerts in 100 alerts"),
        "arrests_count": _("Arrests"),
        _FIELDS: _("Share of fields published"),
    }
    columns = [
        Column(words, "wide" if code == _NAME else "number") for code, words in headings.items()
    ]
    columns.append(Column(_("How late"), "wide"))
    rows = get_rows(context.record, force_id, order)
    lines = [_write_row(context, row) for row in rows]
    classes = ["lfr-own" if row.force_id == force_id else "" for row in rows]
    caption = _("All forces and bodies with figures, all years. A heading sorts the table.")
    html = write_table(make_table(caption, columns, lines, classes=classes, stacked=False))
    for code, words in headings.items():
        state = "descending" if code == order and code != _NAME else "ascending"
        link = page_link(context.address("comparison", **{SORT: code}), words)
        sort = Markup(' aria-sort="{}"').format(state) if code == order else ""
        kind = "wide" if code == _NAME else "number"
        plain = Markup('<th scope="col" class="lfr-{}">{}</th>').format(kind, words)
        html = html.replace(
            plain, Markup('<th scope="col"{} class="lfr-{}">{}</th>').format(sort, kind, link)
        )
    show_html(html)
    sentence = _(
        "Forces publish different things in different years: a difference here is a question, not "
        "a ranking."
    )
    show_html(Markup('<p class="lfr-small">{}</p>').format(sentence))


def _write_row(context: PageContext, row: ForceRow) -> tuple[str, ...]:
    estimates = (row.estimates.get(measure_id) for measure_id in MEASURE_IDS)
    share = row.gaps.share if row.gaps else None
    return (
        page_link(context.address(forces=(row.force_id,)), row.name),
        *(format_estimate(estimate) if estimate else "[x]" for estimate in estimates),
        format_share(share) if share is not None else "[x]",
        printed(_(row.delay)) if row.delay else _("not known"),
    )
