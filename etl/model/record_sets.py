"""What an adapter hands over: the canonical records of one edition.

In: nothing. Out: `Records`. Does not check anything beyond being a container."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from etl.model.records import Claim, Count, Deployment, Misidentification, TestResult
from etl.model.return_records import ReturnedCount


@dataclass(frozen=True, slots=True)
class Records:
    """Canonical records in the order in which they were printed."""

    deployments: tuple[Deployment, ...] = ()
    counts: tuple[Count, ...] = ()
    claims: tuple[Claim, ...] = ()
    misidentifications: tuple[Misidentification, ...] = ()
    test_results: tuple[TestResult, ...] = ()
    returned_counts: tuple[ReturnedCount, ...] = ()


def join_records(parts: Iterable[Records]) -> Records:
    """All records of several editions, in order."""
    listed = tuple(parts)
    return Records(
        deployments=tuple(record for part in listed for record in part.deployments),
        counts=tuple(record for part in listed for record in part.counts),
        claims=tuple(record for part in listed for record in part.claims),
        misidentifications=tuple(record for part in listed for record in part.misidentifications),
        test_results=tuple(record for part in listed for record in part.test_results),
        returned_counts=tuple(record for part in listed for record in part.returned_counts),
    )
