"""This build against the release before: rows and values added, removed, altered.

In: the deployments and counts of both. Out: `Finding`s, or the same in sentences for the summary of
a build; a removed row is a warning. Does not open a release: `etl.warehouse` reads the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from etl.checks.findings import report_table, sort_findings
from etl.model.fields import fields_of
from etl.model.records import Count, Deployment, Finding

Tables = tuple[Sequence[Deployment], Sequence[Count]]

# What may change without a published figure changing.
_NOT_FIGURES = frozenset(
    {"page", "row", "corrections", "source_url", "printed_text", "column_heading", "note"}
)


def compare_releases(previous: Tables, current: Tables) -> tuple[str, ...]:
    """What changed, as sentences; nothing if there is no previous release."""
    return tuple(
        f"{release.severity_code}: {release.message}"
        for release in check_release(previous, current)
    )


def check_release(previous: Tables, current: Tables) -> tuple[Finding, ...]:
    """Compares two releases; nothing if the first is empty."""
    if not previous[0]:
        return ()
    before, after = ({row.deployment_id: row for row in rows} for rows in (previous[0], current[0]))
    removed = [*_check_removed(before, after), *_check_added(before, after)]
    for deployment_id in before.keys() & after.keys():
        removed += _check_altered(before[deployment_id], after[deployment_id])
    removed += _check_counts(previous[1], current[1], after)
    return sort_findings(removed)


def _check_removed(
    before: Mapping[str, Deployment], after: Mapping[str, Deployment]
) -> Iterator[Finding]:
    for deployment_id in before.keys() - after.keys():
        row = before[deployment_id]
        yield report_table(
            "release_row_removed",
            row.publication_id,
            row.edition_id,
            deployment_id,
            page=row.page,
            row=row.row,
            printed="no row",
            expected=f"the row {deployment_id} of the previous release",
            message=(
                f"{row.location_text}, {row.date or 'no date'}: the previous release had "
                f"this row as {deployment_id}; this one has not."
            ),
        )


def _check_added(
    before: Mapping[str, Deployment], after: Mapping[str, Deployment]
) -> Iterator[Finding]:
    added = Counter(
        (after[deployment_id].publication_id, after[deployment_id].edition_id)
        for deployment_id in after.keys() - before.keys()
    )
    for (publication_id, edition_id), number in added.items():
        rows = "1 row is" if number == 1 else f"{number} rows are"
        yield report_table(
            "release_rows_added",
            publication_id,
            edition_id,
            "deployments",
            printed=f"{number} more",
            expected="the rows of the previous release",
            message=f"{rows} new in {edition_id}.",
        )


def _check_altered(old: Deployment, new: Deployment) -> Iterator[Finding]:
    for field in fields_of(Deployment):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.name not in _NOT_FIGURES and before != after:
            yield _altered(new, field.name, before, after)


def _check_counts(
    previous: Iterable[Count], current: Iterable[Count], deployments: Mapping[str, Deployment]
) -> Iterator[Finding]:
    now = {(row.deployment_id, row.stage_code): row for row in current}
    for old in previous:
        new = now.get((old.deployment_id, old.stage_code))
        if new is not None and old.value != new.value:
            yield _altered(deployments[old.deployment_id], old.stage_code, old.value, new.value)


def _altered(row: Deployment, name: str, old: object, new: object) -> Finding:
    old_text, new_text = ("nothing" if value is None else str(value) for value in (old, new))
    return report_table(
        "release_value_altered",
        row.publication_id,
        row.edition_id,
        name,
        page=row.page,
        row=row.row,
        printed=new_text,
        expected=f"{old_text}, as in the previous release",
        message=(
            f"{row.location_text}, {row.date or 'no date'}: {name} was {old_text} and is now "
            f"{new_text}."
        ),
    )
