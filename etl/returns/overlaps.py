"""Days that a return and another publication both cover: an approver declares which counts before
the return is published.

In: the public record, a saved version and what was declared. Out: `Overlap`s, and `Precedence` as
it is published with the return. No default: a return with an overlap that nobody decided is not
published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.checks.counted_twice import find_common_days
from etl.model.messages import message
from etl.model.problems import Problem, explain
from etl.model.records import Deployment
from etl.model.reference import Edition, Precedence, Publication
from etl.model.return_records import RETURN_ID
from etl.returns.saved_files import read_tables
from etl.returns.scope import InvalidStateError
from etl.returns.store.declarations import OTHER, RETURN, CountDeclaration, read_declared
from etl.returns.store.engine import Store
from etl.returns.store.returns import Version
from etl.warehouse.read import current_file, open_warehouse, read_table


@dataclass(frozen=True, slots=True)
class Overlap:
    """A publication with deployments of the return's force and days.
    `declared` is None until somebody decides."""

    publication_id: str
    title: str
    first_date: dt.date
    last_date: dt.date
    rows_count: int
    own_count: int
    declared: CountDeclaration | None


def find_overlaps(
    store: Store, data: Path, version: Version, force_id: str, own_id: str
) -> tuple[Overlap, ...]:
    """The publications of the serving record with deployments on days of a return, by id.

    One that does not count because of another return is among them: it counts again once that
    return is withdrawn."""
    path = current_file(data / "releases")
    if not path.exists() or version.period_start is None or version.period_end is None:
        return ()
    engine, days = open_warehouse(path), (version.period_start, version.period_end)
    titles = {row.publication_id: row.title for row in read_table(engine, Publication)}
    behind_returns = {
        row.kept_publication_id
        for row in read_table(engine, Precedence)
        if RETURN_ID.fullmatch(row.counts_publication_id)
    }
    deployments: dict[str, list[Deployment]] = {}
    for row in read_table(engine, Deployment, {"force_id": [force_id]}):
        other = row.publication_id
        if other != own_id and (row.counted or other in behind_returns):
            deployments.setdefault(other, []).append(row)
    periods = {
        row.edition_id: (row.period_start, row.period_end)
        for row in read_table(engine, Edition)
        if row.period_start and row.period_end
    }
    own = _read_days(version)
    declared = read_declared(store, version.return_id)
    overlaps = []
    for other, rows in sorted(deployments.items()):
        if common := find_common_days(rows, periods, days):
            of_other = sum(find_common_days([row], periods, common) is not None for row in rows)
            of_own = sum(common[0] <= day <= common[1] for day in own)
            overlaps.append(
                Overlap(other, titles[other], *common, of_other, of_own, declared.get(other))
            )
    return tuple(overlaps)


def require_declared(overlaps: Iterable[Overlap]) -> None:
    """`InvalidStateError` with every overlap that nobody decided."""
    if undecided := [overlap for overlap in overlaps if overlap.declared is None]:
        raise InvalidStateError(
            Problem(
                message("days", start=overlap.first_date, end=overlap.last_date),
                *explain(
                    "undecided_overlap",
                    count=overlap.rows_count,
                    title=overlap.title,
                    name=overlap.publication_id,
                ),
            )
            for overlap in undecided
        )


def to_precedence(
    own_id: str, force_id: str, days: tuple[dt.date, dt.date], overlaps: Sequence[Overlap]
) -> tuple[Precedence, ...]:
    """What is published with a return: an entry for each publication,
    but where the rows that would not count are none."""
    precedences = []
    for overlap in overlaps:
        if overlap.declared is None or (overlap.declared.counts == OTHER and not overlap.own_count):
            continue
        wins = overlap.declared.counts == RETURN
        first, last = days if wins else (overlap.first_date, overlap.last_date)
        precedences.append(
            Precedence(
                precedence_id=f"{own_id}_and_{overlap.publication_id}",
                force_id=force_id,
                counts_publication_id=own_id if wins else overlap.publication_id,
                kept_publication_id=overlap.publication_id if wins else own_id,
                first_date=first,
                last_date=last,
                reason=overlap.declared.reason,
                evidence=(
                    "Declared by a second person of the force before the return was published: "
                    f"from {overlap.first_date} to {overlap.last_date} the return has "
                    f"{overlap.own_count} deployments and {overlap.title} has {overlap.rows_count}."
                ),
                declared_on=overlap.declared.declared_on,
            )
        )
    return tuple(precedences)


def _read_days(version: Version) -> list[dt.date]:
    table = read_tables(version).get("deployments")
    return [dt.date.fromisoformat(text) for text in table.column("date")] if table else []
