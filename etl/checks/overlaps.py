"""Checks of one publication against another, or of one edition against the next, about the same
deployments.

In: `Evidence` with values as printed. Out: `Finding`s about the row that is kept but does not
count. Does not decide which is right: `data/reference/precedence.toml` declares which counts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence

from etl.checks.counts import describe_stage, exact, rows_by_edition
from etl.checks.evidence import Evidence
from etl.checks.findings import report_row
from etl.checks.rates import read_rate
from etl.model import codes
from etl.model.calendar import format_day
from etl.model.records import Deployment, Finding

# Words that say what kind of place it is and so do not tell two places apart.
_KINDS = frozenset(
    (
        "st",
        "street",
        "rd",
        "road",
        "stn",
        "station",
        "high",
        "the",
        "hg",
        "op",
        "os",
        "jw",
        "junction",
        "junc",
        "of",
    )
)
SAME_PLACE = 0.5


def check_overlaps(evidence: Evidence) -> Iterator[Finding]:
    """Pairs of publications with a precedence, and editions that follow one another."""
    for rule in evidence.precedence:
        inside = [
            row
            for row in evidence.deployments
            if row.force_id == rule.force_id
            and row.date is not None
            and rule.first_date <= row.date <= rule.last_date
        ]
        counted = [
            row
            for row in inside
            if row.counted and row.publication_id == rule.counts_publication_id
        ]
        rows = [row for row in inside if row.publication_id == rule.kept_publication_id]
        yield from _compare(evidence, counted, rows)
    rows_of = rows_by_edition(evidence)
    for edition in evidence.editions.values():
        earlier = evidence.editions.get(edition.follows_edition_id or "")
        if earlier and earlier.publication_id == edition.publication_id:
            sides = rows_of.get(edition.edition_id, []), rows_of.get(earlier.edition_id, [])
            yield from _compare(evidence, *list_common_rows(*sides))


def list_common_rows(
    newer: list[Deployment], older: list[Deployment]
) -> tuple[list[Deployment], list[Deployment]]:
    """The rows of both editions, by force, on the days that both cover."""
    common: tuple[list[Deployment], list[Deployment]] = ([], [])
    for force_id in sorted({row.force_id for row in newer} & {row.force_id for row in older}):
        sides = [
            [row for row in rows if row.force_id == force_id and row.date]
            for rows in (newer, older)
        ]
        days = [[row.date for row in side if row.date] for side in sides]
        if not all(days):
            continue
        first, last = max(min(side) for side in days), min(max(side) for side in days)
        for value, side in zip(common, sides, strict=True):
            value.extend(row for row in side if row.date and first <= row.date <= last)
    return common


def _compare(
    evidence: Evidence, counted: Sequence[Deployment], deployments: Sequence[Deployment]
) -> Iterator[Finding]:
    if not counted or not deployments:
        return
    pairs = pair_rows(evidence, counted, deployments)
    for official, copy in pairs:
        yield from _compare_pair(evidence, official, copy)
    paired = {row.deployment_id for pair in pairs for row in pair}
    for rows, others in ((deployments, counted), (counted, deployments)):
        for row in rows:
            if row.deployment_id not in paired:
                yield report_row(
                    "overlap_row_missing",
                    row,
                    None,
                    printed=f"{row.location_text}, {format_day(row.date)}",
                    expected=f"a row of {others[0].edition_id} about the same deployment",
                    message=f"{others[0].edition_id} covers this day and has no such row.",
                )


def pair_rows(
    evidence: Evidence, counted: Sequence[Deployment], deployments: Sequence[Deployment]
) -> list[tuple[Deployment, Deployment]]:
    """Rows about the same deployment: same day and like place; then like place and equal faces seen
    on any day."""

    def likeness(a: Deployment, b: Deployment) -> float:
        place = _place_likeness(a, b)
        return (
            place + _same_faces(evidence, a, b) if a.date == b.date and place >= SAME_PLACE else 0
        )

    def likeness_on_other_days(a: Deployment, b: Deployment) -> float:
        place = _place_likeness(a, b)
        return place if place >= SAME_PLACE and _same_faces(evidence, a, b) else 0

    pairs = _pair_best(counted, deployments, likeness)
    paired = {row.deployment_id for pair in pairs for row in pair}
    left = [
        [row for row in rows if row.deployment_id not in paired] for rows in (counted, deployments)
    ]
    return pairs + _pair_best(left[0], left[1], likeness_on_other_days)


def _pair_best(
    counted: Sequence[Deployment],
    deployments: Sequence[Deployment],
    likeness: Callable[[Deployment, Deployment], float],
) -> list[tuple[Deployment, Deployment]]:
    scores = [
        (likeness(a, b), i, j) for i, a in enumerate(counted) for j, b in enumerate(deployments)
    ]
    pairs: list[tuple[int, int]] = []
    for score, i, j in sorted(scores, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if score > 0 and all(i != known and j != other for known, other in pairs):
            pairs.append((i, j))
    return [(counted[i], deployments[j]) for i, j in sorted(pairs)]


def _same_faces(evidence: Evidence, a: Deployment, b: Deployment) -> bool:
    faces = exact(evidence, a, "faces_seen")
    return faces is not None and faces == exact(evidence, b, "faces_seen")


def _place_likeness(a: Deployment, b: Deployment) -> float:
    """1 for the same place, else the share of the shorter name's distinctive words that the other
    has."""
    if a.place_id is not None and a.place_id == b.place_id:
        return 1
    words = [_words(row.location_text) for row in (a, b)]
    return len(words[0] & words[1]) / max(1, min(len(word) for word in words))


def _words(text: str) -> set[str]:
    plain = re.sub(r"[’']", "", text.lower())
    words = set(re.findall(r"[a-z0-9]+", plain))
    return words - _KINDS or words


def _compare_pair(evidence: Evidence, official: Deployment, copy: Deployment) -> Iterator[Finding]:
    there = f"{official.edition_id}, page {official.page}, row {official.row}"
    if official.date != copy.date:
        yield report_row(
            "overlap_date_differs",
            copy,
            "date",
            printed=copy.date_text or format_day(copy.date),
            expected=f"{format_day(official.date)}, as in {there}",
            message=(
                f"{format_day(copy.date)} is printed here, but {format_day(official.date)} in "
                f"{there}{_describe_swap(official.date, copy.date)}."
            ),
        )
    for name, ours, theirs in list_differences(evidence, official, copy):
        stage = (
            describe_stage(name)
            if name in codes.STAGE
            else name.replace("_", " ").removesuffix(" text")
        )
        yield report_row(
            "overlap_value_differs",
            copy,
            name,
            printed=theirs,
            expected=f"{ours}, as in {there}",
            message=f"{stage}: {theirs} is printed here, but {ours} in {there}.",
        )


def list_differences(
    evidence: Evidence, official: Deployment, copy: Deployment
) -> Iterator[tuple[str, str, str]]:
    """Every cell that both print and that differs: its name, the official one, the copy's."""
    for stage in codes.STAGE:
        ours, theirs = exact(evidence, official, stage), exact(evidence, copy, stage)
        if ours is not None and theirs is not None and ours != theirs:
            yield stage, f"{ours:,}", f"{theirs:,}"
    for name in ("duration_minutes", "watchlist_size", "threshold"):
        first, second = getattr(official, name), getattr(copy, name)
        if first is not None and second is not None and first != second:
            yield name, str(first), str(second)
    rates = [read_rate(row.published_false_alert_rate_text) for row in (official, copy)]
    if None not in rates and rates[0] != rates[1]:
        yield "published_false_alert_rate_text", f"{rates[0]}%", f"{rates[1]}%"


def _describe_swap(ours: dt.date | None, theirs: dt.date | None) -> str:
    if (
        ours
        and theirs
        and (ours.day, ours.month, ours.year) == (theirs.month, theirs.day, theirs.year)
    ):
        return "; day and month are swapped"
    return ""
