"""The public tables of one release: each question about rows as a table on its way into a file.

In: `Record`, filters. Out: a `Tabular`. Does not choose the kind of file and does not know who
asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace

from etl.measures.catalogue import CATALOGUE
from etl.model.caveats import OF_FORCE, caveats_of
from etl.model.claim_measures import ClaimComparison
from etl.model.codes import ABSENT, VALUE_STATUS
from etl.model.estimate_rows import estimate_row
from etl.model.estimates import Estimate
from etl.model.fields import values_of
from etl.model.queries import ALL_TIME, Period, Where
from etl.model.records import Claim, Count
from etl.model.row_evidence import ListedDeployment
from etl.model.wide import COUNT_SUFFIX
from etl.outputs.columns import (
    claim_columns,
    count_columns,
    deployment_columns,
    estimate_columns,
    table_columns,
)
from etl.outputs.tabular import Tabular
from etl.queries.record import Record

# Of one answer; a file of the whole release has all rows.
MAX_ROWS = 1_000_000
MAX_SECONDS = 20.0
# Statuses of a count that is read and never added up.
_BOUNDS = ("at_least", "about")
_RENAMED = {
    "value": "record_value",
    "low": "record_low",
    "high": "record_high",
    "numerator": "record_numerator",
    "denominator": "record_denominator",
    "rows_used": "rows_used_count",
    "rows_missing": "rows_missing_count",
    "sources": "record_sources",
}


def _plain(text: str) -> str:
    """As it is searched: phones type another apostrophe than is printed,
    and a dot that is there or not (St. Pancras)."""
    return text.casefold().replace("’", "'").replace(".", "")


def list_deployments(
    record: Record, where: Where, period: Period, search: str = "", *, counted_only: bool = True
) -> list[ListedDeployment]:
    """Wide rows, newest first, with `source_address` and `edition_title`, whose location has every
    word of `search`."""
    words = _plain(search).split()
    rows = record.rows.deployments(where, period, counted_only=counted_only)
    return [row for row in rows if _has_words(row, words)] if words else rows


def _has_words(row: ListedDeployment, words: Sequence[str]) -> bool:
    names = (row.location_text, row.place_name, row.district_name)
    location = _plain(" ".join(name or "" for name in names))
    return all(word in location for word in words)


def tabulate_deployments(
    record: Record,
    where: Where | None = None,
    period: Period = ALL_TIME,
    search: str = "",
    limit: int = MAX_ROWS,
    *,
    counted_only: bool = False,
) -> Tabular:
    """A row a deployment, with all published numbers."""
    bounds: dict[str, str] = {}
    symbols: dict[str, dict[str, str]] = {}
    for count in record.table(Count, {"value_status": [*_BOUNDS, *sorted(ABSENT)]}):
        own, column = count.deployment_id, f"{count.stage_code}{COUNT_SUFFIX}"
        if count.value_status in _BOUNDS:
            bounds[own] = f"{bounds.get(own, '')} {column}".strip()
        else:
            symbols.setdefault(own, {})[column] = (
                VALUE_STATUS.label(count.value_status).partition("]")[0] + "]"
            )
    rows = list_deployments(record, where or {}, period, search, counted_only=counted_only)
    values = [
        {
            **values_of(row),
            **{f"{stage}{COUNT_SUFFIX}": number for stage, number in row.counts.items()},
            "release_id": record.release_id,
            "lower_bounds": bounds.get(row.deployment_id),
        }
        for row in rows
    ]
    return Tabular("deployments", deployment_columns(), values, limit, symbols)


def tabulate_counts(
    record: Record,
    where: Where | None = None,
    period: Period = ALL_TIME,
    count_where: Where | None = None,
    limit: int = MAX_ROWS,
    seconds: float = MAX_SECONDS,
    *,
    counted_only: bool = False,
) -> Tabular:
    """A row a deployment and stage: `value`, and `value_status` that says where it is from or why
    there is none."""
    columns = count_columns()
    names = [column.name for column in columns]
    stream = record.file.stream_counts(
        names, where or {}, period, count_where or {}, limit, seconds, counted_only=counted_only
    )
    return Tabular("counts", columns, stream, limit)


def drop_foreign_caveats(
    record: Record, by: Sequence[str], where: Where, period: Period, estimates: Sequence[Estimate]
) -> tuple[Estimate, ...]:
    """Estimates of a question without the caveats about a force that has no counted deployment in
    them.

    The files of a release name every caveat of a measure in every row:
    they stand as they were published."""
    if not any(OF_FORCE.keys() & set(estimate.caveats) for estimate in estimates):
        return tuple(estimates)
    estimated = record.estimate(
        "deployments_count", by=(*by, "force_id"), where=where, period=period
    ).estimates
    forces: dict[tuple[tuple[str, str | int | None], ...], set[str]] = {}
    for estimate in estimated:
        group = tuple(pair for pair in estimate.group if pair[0] in by)
        forces.setdefault(group, set()).add(str(estimate.of("force_id")))
    query = {str(force_id) for force_id in where.get("force_id", ())}
    return tuple(
        replace(
            each_estimate,
            caveats=caveats_of(each_estimate.caveats, forces.get(each_estimate.group, query)),
        )
        for each_estimate in estimates
    )


def tabulate_estimates(
    measure_id: str, groupings: Sequence[str], estimates: Iterable[Estimate], limit: int = MAX_ROWS
) -> Tabular:
    """Estimates of one measure by these groupings."""
    measure = CATALOGUE[measure_id]
    rows = [
        estimate_row(estimate, measure.unit, measure.numerator, measure.denominator)
        for estimate in estimates
    ]
    return Tabular("estimates", estimate_columns(tuple(groupings)), rows, limit)


def tabulate_claims(
    record: Record, where: Where | None = None, verdicts: Sequence[str] = (), limit: int = MAX_ROWS
) -> Tabular:
    """A row a claim, with what the record's rows give for it."""
    compared = {claim.claim_id: claim for claim in record.claims.compare_all()}
    rows = [
        {**values_of(claim), **_spread(compared[claim.claim_id])}
        for claim in record.table(Claim, where)
    ]
    shown = [row for row in rows if not verdicts or row["verdict"] in verdicts]
    return Tabular("claims", claim_columns(), shown, limit)


def tabulate_table(
    record: Record,
    name: str,
    where: Where | None = None,
    limit: int = MAX_ROWS,
    seconds: float = MAX_SECONDS,
) -> Tabular:
    """One table of the record, unchanged."""
    return Tabular(
        name, table_columns(name), record.file.stream(name, where or {}, limit, seconds), limit
    )


def _spread(comparison: ClaimComparison) -> Mapping[str, object]:
    own = {field.name: getattr(comparison, field.name) for field in fields(comparison)}
    return {
        _RENAMED.get(name, name): value
        for name, value in own.items()
        if name not in ("parts", "alternative", "conflicts", "note")
    }
