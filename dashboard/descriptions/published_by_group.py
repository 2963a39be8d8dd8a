"""Rows and sentences about arrests that press releases describe and about what is published by
group, for the page and the report.

In: the record. Out: texts in the language in use. Does not compute."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.text.language import _
from dashboard.text.numbers import format_count, format_estimate, format_list, format_period
from etl.model.groups import CLASSIFICATIONS
from etl.model.stated_figures import (
    GROUP_ATTRIBUTE,
    GROUP_PUBLISHING,
    MATRIX_STAGE,
    GroupPublishing,
    ReportedGroup,
    ReportedGroupSource,
)
from etl.queries.record import Record

MEASURE = "reported_share_of_arrests"
# What a cell does not name.
_NOT_NAMED = frozenset({"nothing_found", "not_read_in_full"})


def list_described_arrests(
    record: Record, names: Mapping[str, str], force_id: str | None = None
) -> list[tuple[str, ...]]:
    """A row a sum and group: force, period, group, count, share with its interval, releases."""
    by = ("force_id", "classification_code", "group_code")
    estimates = record.estimate(MEASURE, by=by).estimates
    rows = record.table(ReportedGroup)
    return [
        (
            names.get(row.force_id or "", _("All forces")),
            format_period(row.period_start, row.period_end),
            _(CLASSIFICATIONS[row.classification_code].groups.label(row.group_code)),
            _("{count} of {whole}").format(
                count=format_count(row.group_count), whole=format_count(row.total_count)
            ),
            format_estimate(estimate),
            format_count(row.events_count),
        )
        for row, estimate in zip(rows, estimates, strict=True)
        if force_id in (None, row.force_id)
    ]


def describe_described_arrests(record: Record) -> str:
    """How many releases were read, of how many forces, and what they are."""
    sources = record.table(ReportedGroupSource)
    return _(
        "Forces do not publish arrests by sex or age. {count} press releases and reports of "
        "{forces} forces describe the people arrested; here they are added up."
    ).format(
        count=format_count(len(sources)),
        forces=format_count(len({source.force_id for source in sources})),
    )


def list_matrix(
    record: Record, names: Mapping[str, str], force_id: str | None = None
) -> list[tuple[str, ...]]:
    """A row a force: its name and, for each stage, what is known by ethnicity, sex and age. Forces
    of which something is known first."""
    cells: dict[str, dict[str, list[GroupPublishing]]] = {}
    for cell in record.table(GroupPublishing):
        if force_id in (None, cell.force_id):
            cells.setdefault(cell.force_id, {}).setdefault(cell.stage_code, []).append(cell)
    rows = [
        (names.get(each, each), *(_describe(stages.get(stage, [])) for stage in MATRIX_STAGE))
        for each, stages in cells.items()
    ]
    return sorted(rows, key=lambda row: (not any(map(_is_known, row[1:])), row[0]))


def _is_known(cell: str) -> bool:
    return cell not in (_("not known"), _("nothing found"))


def _describe(cells: list[GroupPublishing]) -> str:
    known = [cell for cell in cells if cell.group_publishing_code not in _NOT_NAMED]
    if not known:
        unread = any(cell.group_publishing_code == "not_read_in_full" for cell in cells)
        return _("not known") if unread or not cells else _("nothing found")
    return format_list(
        [
            _("{attribute}: {status}").format(
                attribute=_(GROUP_ATTRIBUTE.label(cell.attribute_code)),
                status=_(GROUP_PUBLISHING.label(cell.group_publishing_code)).lower(),
            )
            for cell in known
        ]
    )
