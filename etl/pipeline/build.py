"""The whole journey from kept cells to a warehouse, on one screen, in reading order.

In: the `data/` folder of the repository. Out: a release under `data/releases/`, and a `Report` of
the journey. Runs offline and without a clock: the same bytes in give the same content out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from etl import __version__
from etl.checks.claim_measures import refuse_claim_measures
from etl.checks.counts import as_printed
from etl.checks.disclosure import check_disclosure
from etl.checks.edition_changes import compare_editions
from etl.checks.evidence import Evidence
from etl.checks.groups import check_groups
from etl.checks.releases import compare_releases
from etl.checks.run import check_records
from etl.disclosure.group_tables import ShownCounts, hide_counts
from etl.model.checks import check_of
from etl.model.editions import KeptEdition, KeptPublication
from etl.model.facts import make_facts
from etl.model.group_counts import to_group_counts
from etl.model.problems import FailedCheckError, InvalidReferenceError, Problem, RecordError
from etl.model.record_sets import Records, join_records
from etl.model.records import Claim, Count, Deployment, Finding
from etl.model.reference import Edition, PrintedCell, Release
from etl.model.return_records import ReturnedCount
from etl.pipeline.corrections import apply_corrections, open_corrections
from etl.pipeline.derivations import derive_counts
from etl.pipeline.editions import apply_editions
from etl.pipeline.places import resolve_places
from etl.pipeline.precedence import apply_precedence
from etl.pipeline.return_places import add_return_places
from etl.pipeline.stated_figures import (
    fill_group_publishing,
    make_stated_figures,
    place_in_wards,
    refuse_reported_groups,
)
from etl.sources.adapter_lookup import adapter_of
from etl.sources.column_maps import name_fields
from etl.sources.publications import open_publications
from etl.sources.reference_tables import open_own_precedence, open_reference
from etl.warehouse.build import WRITE_STEPS, Progress, only_build, write_warehouse
from etl.warehouse.read import read_current
from etl.warehouse.releases import read_group_counts

# Where returns go that are not published any more.
WITHDRAWN = "withdrawn"
# How often `progress` is told of a step: for a bar that knows its end.
CHECK_STEPS = 5
BUILD_STEPS = CHECK_STEPS + WRITE_STEPS


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: the rows of every table, the findings,
    what changed since the release before, the release."""

    rows_of: dict[str, list[Any]]
    findings: tuple[Finding, ...]
    changes: tuple[str, ...]
    release: Release | None


def build(data: Path, *, serve: bool = True, progress: Progress = lambda step: None) -> Report:
    """Builds and publishes a release; raises a `RecordError` and leaves the previous release
    serving if it may not. Without `serve` what serves stays in any case.

    Reading, building and swapping are under one lock: no return is moved in or out between."""
    with only_build(data / "releases"):
        report = check(data, progress=progress)
        release = write_warehouse(
            report.rows_of,
            data / "releases",
            software_version=__version__,
            sources_hash=hash_inputs(data),
            serve=serve,
            progress=lambda table: progress(f"write {table}"),
        )
    return replace(report, release=release)


def check(data: Path, *, progress: Progress = lambda step: None) -> Report:
    """The journey up to the checks. Raises `FailedCheckError` if any finding is an error."""
    progress("open publications")
    publications = open_publications(data / "publications")
    reference = open_reference(data / "reference")
    reference["precedence"] += open_own_precedence(data / "publications")
    corrections = open_corrections(data / "corrections")
    editions = [edition for publication in publications for edition in publication.editions]

    progress("translate")
    records = _translate(editions)
    progress("correct")
    records = apply_corrections(records, corrections, editions)
    records = replace(records, counts=derive_counts(records.deployments, records.counts))
    days = {edition.edition_id: edition.period_end for edition in editions}
    reference = add_return_places(reference, records.deployments, days)
    deployments = resolve_places(records.deployments, reference["place_names"])
    periods = {
        edition.edition_id: (edition.period_start, edition.period_end)
        for edition in editions
        if edition.period_start and edition.period_end
    }
    stored = {edition.edition_id: _to_edition(edition) for edition in editions}
    deployments = apply_editions(deployments, stored, periods)
    deployments = apply_precedence(deployments, reference["precedence"], periods)

    progress("check")
    check_groups(reference["group_counts"], reference["group_crosswalks"], records.claims)
    places = {place.place_id: place for place in reference["places"]}
    wards = place_in_wards(deployments, reference["ward_rows"], reference["wards"], places)
    evidence = Evidence(
        deployments=deployments,
        counts=_by_deployment(records.counts),
        editions=stored,
        claims=records.claims,
        corrections=corrections,
        precedence=tuple(reference["precedence"]),
        breaks=tuple(reference["breaks"]),
        returned_counts=records.returned_counts,
        withdrawn_counts=_read_withdrawn(data / WITHDRAWN),
        group_counts=tuple(reference["group_counts"]),
        group_crosswalks=tuple(reference["group_crosswalks"]),
        places=places,
        wards={row.deployment_id: row.ward_code for row in wards},
    )
    refuse_claim_measures(reference["claim_measures"], records.claims)
    group_counts, given_away = protect_groups(
        {
            **reference,
            "group_counts": [*reference["group_counts"], *to_group_counts(records.returned_counts)],
        },
        records.claims,
        data / "releases",
    )
    findings = (*check_records(evidence, reference["claim_measures"]), *given_away)
    refuse_reported_groups(reference["reported_groups"])
    rows_of: dict[str, list[Any]] = {
        **reference,
        "group_publishing": fill_group_publishing(
            reference["group_publishing"], reference["publishing"], reference["publishing_fields"]
        ),
        "stated_figures": make_stated_figures(reference["figure_series"], records.claims),
        "deployment_wards": wards,
        "group_counts": group_counts,
        "publications": [publication.publication for publication in publications],
        "editions": list(evidence.editions.values()),
        "printed_cells": list(_to_cells(publications)),
        "corrections": list(corrections),
        "deployments": list(deployments),
        "edition_changes": list(compare_editions(as_printed(evidence))),
        "counts": list(records.counts),
        "facts": make_facts(
            deployments,
            evidence.counts,
            evidence.editions,
            evidence.places or {},
            {district.district_code: district for district in reference["districts"]},
            {force.force_id: force for force in reference["forces"]},
            reference["lfr_use"],
        ),
        "claims": list(records.claims),
        "misidentifications": list(records.misidentifications),
        "test_results": list(records.test_results),
        "returned_counts": list(records.returned_counts),
        "findings": list(findings),
    }
    if errors := [finding for finding in findings if finding.severity_code == "error"]:
        raise FailedCheckError(_to_problem(finding) for finding in errors)
    progress("compare with the release before")
    releases = data / "releases"
    changes = compare_releases(
        (read_current(releases, Deployment), read_current(releases, Count)),
        (deployments, records.counts),
    )
    return Report(rows_of, findings, changes, None)


def protect_groups(
    reference: dict[str, list[Any]], claims: Iterable[Claim], releases: Path
) -> tuple[list[Any], tuple[Finding, ...]]:
    """The counts by group that a release may show beside those in `releases`, and what readers
    could still work out from them."""
    counts = reference["group_counts"]
    earlier: list[ShownCounts] = []
    if any(row.value_status == "new" for row in counts):  # the printed ones need no protection
        earlier = [ShownCounts(*pair) for pair in read_group_counts(releases).items()]
    shown = hide_counts(counts, earlier)
    return list(shown), check_disclosure(shown, counts, claims, earlier)


def hash_inputs(data: Path) -> str:
    """SHA-256 over every input file's path and bytes, in order of path, but for the counts by
    group.

    Those may have hidden numbers, and a reader with all other files could try which numbers give
    the hash. What is shown of them is in the content hash."""
    digest = hashlib.sha256()
    for folder in ("corrections", "publications", "reference"):
        for path in sorted((data / folder).rglob("*")):
            if path.is_file() and path.name != "group_counts.csv":
                digest.update(f"{path.relative_to(data).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _translate(editions: Iterable[KeptEdition]) -> Records:
    parts: list[Records] = []
    problems: list[Problem] = []
    for edition in editions:
        try:
            parts.append(adapter_of(edition.publication_id).to_records(edition))
        except RecordError as error:
            problems.extend(error.problems)
    if problems:
        raise InvalidReferenceError(problems)
    return join_records(parts)


def _read_withdrawn(folder: Path) -> tuple[ReturnedCount, ...]:
    """What withdrawn returns gave of a period: a reader may still have it."""
    publications = open_publications(folder) if folder.is_dir() and any(folder.iterdir()) else ()
    return _translate(
        edition for publication in publications for edition in publication.editions
    ).returned_counts


def _by_deployment(counts: Iterable[Count]) -> dict[str, dict[str, Count]]:
    counts_of: dict[str, dict[str, Count]] = {}
    for count in counts:
        counts_of.setdefault(count.deployment_id, {})[count.stage_code] = count
    return counts_of


def _to_edition(edition: KeptEdition) -> Edition:
    return Edition(
        edition_id=edition.edition_id,
        publication_id=edition.publication_id,
        title=edition.title,
        url=edition.url,
        retrieved_on=edition.retrieved_on,
        published_on=edition.published_on,
        follows_edition_id=edition.follows_edition_id,
        file_sha256=edition.file_sha256,
        cells_sha256=edition.cells_sha256,
        period_start=edition.period_start,
        period_end=edition.period_end,
        rows_count=edition.rows_count,
    )


def _to_cells(publications: Iterable[KeptPublication]) -> Iterable[PrintedCell]:
    for publication in publications:
        for edition in publication.editions:
            for table in edition.tables:
                fields = name_fields(edition, table)
                for row in table.rows:
                    for column, (heading, text) in enumerate(
                        zip(table.headings, row.cells, strict=True), start=1
                    ):
                        yield PrintedCell(
                            edition_id=edition.edition_id,
                            page=row.page,
                            row=row.row,
                            column=column,
                            heading=heading,
                            text=text,
                            field_name=fields[column - 1],
                        )


def _to_problem(finding: Finding) -> Problem:
    return Problem(
        f"{finding.edition_id}, page {finding.page}, row {finding.row}, {finding.field_name}",
        finding.printed_text,
        finding.expected_text,
        f"{finding.message} {check_of(finding.check_id).remedy}",
    )
