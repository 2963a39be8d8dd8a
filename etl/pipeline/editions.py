"""Decides which of two editions of one file counts: the later one, on the days that it covers.

In: Deployments and their editions. Out: Deployments; rows of an earlier edition keep their values
and say why they do not count. Does not compare the rows: `etl.checks.edition_changes` does. An
edition may also follow one of another publication that it was typed from: which of the two counts
is then declared (`etl.pipeline.precedence`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from etl.model.problems import InvalidReferenceError, Problem
from etl.model.records import Deployment
from etl.model.reference import Edition
from etl.model.row_days import Days, find_days


def apply_editions(
    deployments: Iterable[Deployment], editions: Mapping[str, Edition], periods: Mapping[str, Days]
) -> tuple[Deployment, ...]:
    """Marks rows of an edition as not counted on the days of the edition that follows it.

    `InvalidReferenceError` names every edition that cannot follow the one it claims to."""
    if problems := [
        problem for edition in editions.values() for problem in _find_faults(edition, editions)
    ]:
        raise InvalidReferenceError(problems)
    followers: dict[str, list[Edition]] = {}
    for edition in editions.values():
        for earlier in _list_earlier(edition, editions):
            followers.setdefault(earlier.edition_id, []).append(edition)
    return tuple(
        _decide(deployment, followers.get(deployment.edition_id, []), periods)
        for deployment in deployments
    )


def _list_earlier(edition: Edition, editions: Mapping[str, Edition]) -> Iterator[Edition]:
    """The editions of the same publication before this one, back to the first."""
    earlier = edition.follows_edition_id
    while earlier and editions[earlier].publication_id == edition.publication_id:
        yield editions[earlier]
        earlier = editions[earlier].follows_edition_id


def _decide(
    deployment: Deployment, later: Iterable[Edition], periods: Mapping[str, Days]
) -> Deployment:
    days = find_days(deployment, periods)
    for edition in later:
        covered = periods.get(edition.edition_id)
        if days and covered and covered[0] <= days[0] and days[1] <= covered[1]:
            reason = f"A later edition of the same file covers this day: {edition.title}."
            return replace(deployment, counted=False, not_counted_reason=reason)
    return deployment


def _find_faults(edition: Edition, editions: Mapping[str, Edition]) -> Iterator[Problem]:
    if edition.follows_edition_id is None:
        return
    where = f"{edition.publication_id}/publication.toml, edition {edition.edition_id}"
    earlier = editions.get(edition.follows_edition_id)
    if earlier is None:
        yield Problem(
            where,
            f"follows_edition_id {edition.follows_edition_id!r}",
            "the id of an edition in a publication.toml",
            "Correct the id, or add the edition that it names.",
        )
        return
    for name in ("published_on", "period_end"):
        first, second = getattr(earlier, name), getattr(edition, name)
        if first and second and second < first:
            yield _older(where, name, second, earlier, first)
    if _is_circle(edition, editions):
        yield Problem(
            where,
            "an edition that follows itself, by way of others",
            "editions in one line, each after the one before it",
            "Remove one follows_edition_id.",
        )


def _older(where: str, name: str, day: dt.date, earlier: Edition, first: dt.date) -> Problem:
    return Problem(
        where,
        f"{name} {day}",
        f"a day not before {first}, the {name} of {earlier.edition_id} that it follows",
        "An edition cannot be older than the one it follows: exchange the two, or mend the day.",
    )


def _is_circle(edition: Edition, editions: Mapping[str, Edition]) -> bool:
    known = {edition.edition_id}
    earlier = edition.follows_edition_id
    while earlier is not None and earlier in editions:
        if earlier in known:
            return True
        known.add(earlier)
        earlier = editions[earlier].follows_edition_id
    return False
