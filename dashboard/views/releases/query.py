"""Releases, what changed between two of them, and the declared corrections.

In: `Record`, a `Selection`. Out: rows in frozen dataclasses. Does not compare data:
each release says what it changed."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.selection.selection import Choices, Selection
from dashboard.text.language import _
from etl.model import records
from etl.model.problems import RecordError
from etl.model.records import Deployment
from etl.model.refusals import QueryError
from etl.model.release_changes import ReleaseChanges
from etl.model.releases import ReleaseInfo
from etl.queries.record import Record
from etl.releases.catalogue import compare_versions, list_releases, read_release_changes


@dataclass(frozen=True, slots=True)
class Compared:
    """What changed between two releases; `refusal` says why there is nothing to compare,
    and is empty otherwise."""

    before: str = ""
    after: str = ""
    changes: ReleaseChanges | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A declared correction, the row that it is about, and the first release in which it holds;
    none where it is in no release."""

    row: records.Correction
    deployment: Deployment | None
    since: str | None
    earlier: tuple[str, ...] = ()


def list_release_choices() -> Choices:
    """Releases to compare: from any but the newest, to any but the first."""
    versions = [release.version for release in list_releases()]
    return {
        "before": {version: version for version in versions[1:]},
        "after": {version: version for version in versions[:-1]},
    }


def get_compared(selection: Selection) -> Compared:
    """The chosen releases, or the newest and the one before."""
    versions = [release.version for release in list_releases()]
    if len(versions) < 2:
        return Compared()
    after = selection.own("after", str) or versions[0]
    before = (
        selection.own("before", str) or versions[min(versions.index(after) + 1, len(versions) - 1)]
    )
    try:
        return Compared(before, after, compare_versions(before, after))
    except QueryError as refused:
        return Compared(before, after, refusal=str(refused))
    except RecordError:
        sentence = _("What changed between these releases cannot be read here at the moment.")
        return Compared(before, after, refusal=sentence)


def get_corrections(record: Record, release: ReleaseInfo) -> tuple[Correction, ...]:
    """The corrections of this release, newest first,
    each with the releases that were made before it held."""
    versions = [each_release.version for each_release in reversed(list_releases())]
    if release.version in versions:
        versions = versions[: versions.index(release.version) + 1]
    changed: dict[str, str] = {}
    for version in versions:
        try:
            changes = read_release_changes(version)
        except RecordError:  # the page names what is damaged
            continue
        touched = [
            *((row.table, row.key) for row in changes.rows),
            *(correction.row for correction in changes.values),
        ]
        changed |= {key[0]: version for table, key in touched if table == "corrections"}
    places = {
        (deployment.edition_id, deployment.page, deployment.row): deployment
        for deployment in record.table(Deployment)
    }
    corrections = []
    for row in record.table(records.Correction):
        since = changed.get(
            row.correction_id, None if release.is_draft or not versions else versions[0]
        )
        earlier = tuple(versions[: versions.index(since)]) if since else ()
        place = places.get((row.edition_id, row.page, row.row))
        corrections.append(Correction(row, place, since, earlier))
    return tuple(
        sorted(
            corrections,
            key=lambda correction: (correction.row.declared_on, correction.row.correction_id),
            reverse=True,
        )
    )
