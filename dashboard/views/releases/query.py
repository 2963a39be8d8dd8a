"""Releases, what changed between two of them, and the declared corrections.

In: `Answers`, a `Selection`. Out: rows in frozen dataclasses. Does not compare data: each release says what it changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard.selection.selection import Choices, Selection
from etl.model.refusals import NoAnswer
from etl.model.release_changes import ReleaseChanges
from etl.model.releases import ReleaseInfo
from etl.queries.record import Answers
from etl.releases.catalogue import compare_versions, list_releases, read_release_changes


@dataclass(frozen=True, slots=True)
class Compared:
    """What changed between two releases; `refusal` says why there is nothing to compare, and is empty otherwise."""

    before: str = ""
    after: str = ""
    changes: ReleaseChanges | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A declared correction, the row that it is about, and the first release in which it holds; none where it is in no release."""

    row: dict[str, Any]
    deployment: dict[str, Any] | None
    since: str | None
    earlier: tuple[str, ...] = ()


def list_release_choices() -> Choices:
    """Releases to compare: from any but the newest, to any but the first."""
    versions = [one.version for one in list_releases()]
    return {"before": {one: one for one in versions[1:]}, "after": {one: one for one in versions[:-1]}}


def ask_compared(chosen: Selection) -> Compared:
    """The chosen releases, or the newest and the one before."""
    versions = [one.version for one in list_releases()]
    if len(versions) < 2:
        return Compared()
    after = chosen.after or versions[0]
    before = chosen.before or versions[min(versions.index(after) + 1, len(versions) - 1)]
    try:
        return Compared(before, after, compare_versions(before, after))
    except NoAnswer as refused:
        return Compared(before, after, refusal=str(refused))


def ask_corrections(answers: Answers, release: ReleaseInfo) -> tuple[Correction, ...]:
    """The corrections of this release, newest first, each with the releases that were made before it held."""
    versions = [one.version for one in reversed(list_releases())]
    if release.version in versions:
        versions = versions[: versions.index(release.version) + 1]
    changed: dict[str, str] = {}
    for version in versions:
        changes = read_release_changes(version)
        touched = [*((one.table, one.key) for one in changes.rows), *(one.row for one in changes.values)]
        changed |= {key[0]: version for table, key in touched if table == "corrections"}
    places = {(one["edition_id"], one["page"], one["row"]): one for one in answers.rows("deployments")}
    found = []
    for row in answers.rows("corrections"):
        since = changed.get(row["correction_id"], None if release.is_draft or not versions else versions[0])
        earlier = tuple(versions[: versions.index(since)]) if since else ()
        place = places.get((row["edition_id"], row["page"], row["row"]))
        found.append(Correction(row, place, since, earlier))
    return tuple(
        sorted(found, key=lambda one: (one.row["declared_on"], one.row["correction_id"]), reverse=True)
    )
