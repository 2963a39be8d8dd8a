"""The public tables of one release: each question about rows as a table on its way into a file.

In: `Answers`, filters. Out: a `Tabular`. Does not choose the kind of file and does not know who asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from etl.measures.catalogue import CATALOGUE
from etl.model.caveats import OF_FORCE, caveats_of
from etl.model.claim_measures import ClaimComparison
from etl.model.codes import ABSENT, VALUE_STATUS
from etl.model.estimate_rows import estimate_row
from etl.model.estimates import Estimate
from etl.model.wide import COUNT_SUFFIX
from etl.outputs.columns import (
    claim_columns,
    count_columns,
    deployment_columns,
    estimate_columns,
    table_columns,
)
from etl.outputs.tabular import Tabular
from etl.queries.record import ALL_TIME, Answers, Period, Where

# Of one answer; a file of the whole release has all rows.
MOST_ROWS = 1_000_000
MOST_SECONDS = 20.0
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


def _plain(said: str) -> str:
    """As it is searched: phones type another apostrophe than is printed, and a dot that is there or not (St. Pancras)."""
    return said.casefold().replace("’", "'").replace(".", "")


def list_deployments(
    answers: Answers, where: Where, period: Period, search: str = "", *, counted_only: bool = True
) -> list[dict[str, Any]]:
    """Wide rows, newest first, with `source_address` and `edition_title`; every word of `search` stands in the location."""
    editions = {one["edition_id"]: one for one in answers.rows("editions")}
    publications = {one["publication_id"]: one for one in answers.rows("publications")}
    wanted = _plain(search).split()
    found = []
    for row in answers.deployments(where, period, counted_only=counted_only):
        text = _plain(
            " ".join(str(row[name] or "") for name in ("location_text", "place_name", "district_name"))
        )
        if all(word in text for word in wanted):
            edition = editions[row["edition_id"]]
            address = row["source_url"] or edition["url"] or publications[row["publication_id"]]["url"]
            found.append({**row, "source_address": address, "edition_title": edition["title"]})
    return found


def tabulate_deployments(
    answers: Answers,
    where: Where | None = None,
    period: Period = ALL_TIME,
    search: str = "",
    most: int = MOST_ROWS,
    *,
    counted_only: bool = False,
) -> Tabular:
    """A row a deployment, with all published numbers."""
    bounds: dict[str, str] = {}
    symbols: dict[str, dict[str, str]] = {}
    for one in answers.rows("counts", {"value_status": [*_BOUNDS, *sorted(ABSENT)]}):
        own, column = one["deployment_id"], f"{one['stage_code']}{COUNT_SUFFIX}"
        if one["value_status"] in _BOUNDS:
            bounds[own] = f"{bounds.get(own, '')} {column}".strip()
        else:
            symbols.setdefault(own, {})[column] = (
                VALUE_STATUS.label(one["value_status"]).partition("]")[0] + "]"
            )
    rows = list_deployments(answers, where or {}, period, search, counted_only=counted_only)
    for row in rows:
        row |= {"release_id": answers.release_id, "lower_bounds": bounds.get(row["deployment_id"])}
    return Tabular("deployments", deployment_columns(), rows, most, symbols)


def tabulate_counts(
    answers: Answers,
    where: Where | None = None,
    period: Period = ALL_TIME,
    count_where: Where | None = None,
    most: int = MOST_ROWS,
    seconds: float = MOST_SECONDS,
    *,
    counted_only: bool = False,
) -> Tabular:
    """A row a deployment and stage: `value`, and `value_status` that says where it is from or why there is none."""
    columns = count_columns()
    names = [one.name for one in columns]
    stream = answers.stream_counts(
        names, where or {}, period, count_where or {}, most, seconds, counted_only=counted_only
    )
    return Tabular("counts", columns, stream, most)


def keep_own_caveats(
    answers: Answers, by: Sequence[str], where: Where, period: Period, estimates: Sequence[Estimate]
) -> tuple[Estimate, ...]:
    """Estimates of a question without the caveats about a force that has no counted deployment in them.

    The files of a release name every caveat of a measure in every row: they stand as they were published.
    """
    if not any(OF_FORCE.keys() & set(one.caveats) for one in estimates):
        return tuple(estimates)
    found = answers.estimate("deployments_count", by=(*by, "force_id"), where=where, period=period).estimates
    forces: dict[tuple[tuple[str, str | int | None], ...], set[str]] = {}
    for one in found:
        group = tuple(pair for pair in one.group if pair[0] in by)
        forces.setdefault(group, set()).add(str(one.of("force_id")))
    asked = {str(force_id) for force_id in where.get("force_id", ())}
    return tuple(replace(one, caveats=caveats_of(one.caveats, forces.get(one.group, asked))) for one in estimates)  # fmt: skip


def tabulate_estimates(
    measure_id: str, groupings: Sequence[str], estimates: Iterable[Estimate], most: int = MOST_ROWS
) -> Tabular:
    """Estimates of one measure by these groupings."""
    measure = CATALOGUE[measure_id]
    rows = [estimate_row(one, measure.unit, measure.numerator, measure.denominator) for one in estimates]
    return Tabular("estimates", estimate_columns(tuple(groupings)), rows, most)


def tabulate_claims(
    answers: Answers, where: Where | None = None, verdicts: Sequence[str] = (), most: int = MOST_ROWS
) -> Tabular:
    """A row a claim, with what the rows say beside it."""
    compared = {one.claim_id: one for one in answers.compare_claims()}
    rows = [{**claim, **_spread(compared[claim["claim_id"]])} for claim in answers.rows("claims", where)]
    found = [one for one in rows if not verdicts or one["verdict"] in verdicts]
    return Tabular("claims", claim_columns(), found, most)


def tabulate_table(
    answers: Answers,
    name: str,
    where: Where | None = None,
    most: int = MOST_ROWS,
    seconds: float = MOST_SECONDS,
) -> Tabular:
    """One table of the record as it is kept."""
    return Tabular(name, table_columns(name), answers.stream(name, where or {}, most, seconds), most)


def _spread(comparison: ClaimComparison) -> Mapping[str, Any]:
    own = {one.name: getattr(comparison, one.name) for one in fields(comparison)}
    return {_RENAMED.get(name, name): value for name, value in own.items() if name not in ("parts", "alternative", "conflicts", "note")}  # fmt: skip
