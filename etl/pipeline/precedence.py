"""Decides, by declaration, which of two publications about the same deployments is counted.

In: Deployments, the periods of their files, and the declarations. Out: Deployments; the rows that
do not count keep their values and say why. Does not compare the rows (`etl.checks` does) and does
not drop any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from etl.model.problems import InvalidReferenceError, Problem
from etl.model.records import Deployment
from etl.model.reference import Precedence
from etl.model.row_days import Days, find_days


def apply_precedence(
    deployments: Iterable[Deployment], declared: Iterable[Precedence], editions: Mapping[str, Days]
) -> tuple[Deployment, ...]:
    """Marks the rows of the kept publication inside an overlap as not counted. A row without a day
    is inside if its file has days in common with the overlap: it cannot be told apart.

    A declaration that concerns no row at all has expired: `InvalidReferenceError`."""
    entries = tuple(declared)
    used: set[str] = set()
    decided = []
    for deployment in deployments:
        concerned = [entry for entry in entries if _concerns(entry, deployment, editions)]
        used |= {entry.precedence_id for entry in concerned}
        if concerned:
            deployment = replace(deployment, counted=False, not_counted_reason=concerned[0].reason)
        decided.append(deployment)
    if unused := [entry for entry in entries if entry.precedence_id not in used]:
        raise InvalidReferenceError(
            Problem(
                f"precedence.toml, {entry.precedence_id}",
                "no row that it concerns",
                f"rows of {entry.kept_publication_id} between {entry.first_date} and "
                f"{entry.last_date}",
                "Retire the entry or mend its dates.",
            )
            for entry in unused
        )
    return tuple(decided)


def _concerns(entry: Precedence, deployment: Deployment, editions: Mapping[str, Days]) -> bool:
    days = find_days(deployment, editions)
    return (
        deployment.publication_id == entry.kept_publication_id
        and deployment.force_id == entry.force_id
        and days is not None
        and entry.first_date <= days[1]
        and days[0] <= entry.last_date
    )
