"""What changed between an edition and the one before it: cells, rows added, rows withdrawn.

In: `Evidence` with values as printed. Out: `EditionChange`s, by the same code for every publication
and for a copy of a later state of it. Does not decide which number is right."""

from __future__ import annotations

from collections.abc import Iterator

from etl.checks.counts import exact, rows_by_edition
from etl.checks.evidence import Evidence
from etl.checks.overlaps import list_common_rows, list_differences, pair_rows
from etl.model import codes
from etl.model.edition_changes import EditionChange
from etl.model.records import Deployment
from etl.model.reference import Edition


def compare_editions(evidence: Evidence) -> tuple[EditionChange, ...]:
    """Every change between an edition and the one that it follows, in order of day and place."""
    changes = [
        change
        for edition in evidence.editions.values()
        if edition.follows_edition_id
        for change in _compare(evidence, evidence.editions[edition.follows_edition_id], edition)
    ]
    return tuple(sorted(changes, key=_order))


def _order(change: EditionChange) -> tuple[str, ...]:
    return (
        change.newer_edition_id,
        str(change.date),
        change.location_text,
        change.field_name or "",
    )


def _compare(evidence: Evidence, older: Edition, newer: Edition) -> Iterator[EditionChange]:
    """Rows of the days that both cover; other days are new, not changed."""
    rows = rows_by_edition(evidence)
    sides = rows.get(older.edition_id, []), rows.get(newer.edition_id, [])
    if not all(sides):
        return
    before, after = list_common_rows(*sides)
    pairs = pair_rows(evidence, before, after)
    for first, second in pairs:
        yield from _compare_pair(evidence, first, second)
    paired = {row.deployment_id for pair in pairs for row in pair}
    yield from (
        _row_change("removed", first, None, older, newer)
        for first in before
        if first.deployment_id not in paired
    )
    yield from (
        _row_change("added", None, second, older, newer)
        for second in after
        if second.deployment_id not in paired
    )


def _compare_pair(
    evidence: Evidence, first: Deployment, second: Deployment
) -> Iterator[EditionChange]:
    for name, older, newer in list_differences(evidence, first, second):
        difference = None
        if name in codes.STAGE:
            numbers = exact(evidence, first, name), exact(evidence, second, name)
            difference = (numbers[1] or 0) - (numbers[0] or 0)
        yield _cell_change(first, second, name, older, newer, difference)
    if first.date != second.date:
        yield _cell_change(first, second, "date", str(first.date), str(second.date))
    same = first.publication_id == second.publication_id  # a copy spells places in its own manner
    if same and first.location_text != second.location_text:
        texts = first.location_text, second.location_text
        yield _cell_change(first, second, "location_text", *texts)


def _cell_change(
    first: Deployment,
    second: Deployment,
    name: str,
    older: str,
    newer: str,
    difference: int | None = None,
) -> EditionChange:
    return EditionChange(
        edition_change_id=f"{second.edition_id}.{second.page}.{second.row}.{name}",
        publication_id=second.publication_id,
        older_edition_id=first.edition_id,
        newer_edition_id=second.edition_id,
        change_code="changed",
        date=first.date,
        location_text=first.location_text,
        field_name=name,
        older_text=older,
        newer_text=newer,
        difference_count=difference,
        older_page=first.page,
        older_row=first.row,
        newer_page=second.page,
        newer_row=second.row,
    )


def _row_change(
    code: str,
    first: Deployment | None,
    second: Deployment | None,
    older: Edition,
    newer: Edition,
) -> EditionChange:
    row = first or second
    assert row is not None
    return EditionChange(
        edition_change_id=f"{newer.edition_id}.{code}.{row.page}.{row.row}",
        publication_id=newer.publication_id,
        older_edition_id=older.edition_id,
        newer_edition_id=newer.edition_id,
        change_code=code,
        date=row.date,
        location_text=row.location_text,
        older_page=first.page if first else None,
        older_row=first.row if first else None,
        newer_page=second.page if second else None,
        newer_row=second.row if second else None,
    )
