"""Makes the tables of stated figures, wards of deployments and published groups from what is
declared.

In: claims, deployments and the reference tables. Out: `StatedFigure`, `DeploymentWard` and
`GroupPublishing`. Raises `InvalidReferenceError` with every fault. Does not compute a share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from etl.model.coverage import Publishing, PublishingField
from etl.model.groups import CLASSIFICATIONS
from etl.model.problems import InvalidReferenceError, Problem, format_place
from etl.model.records import Claim, Deployment
from etl.model.reference import Place
from etl.model.stated_figures import (
    GROUP_ATTRIBUTE,
    MATRIX_STAGE,
    DeploymentWard,
    FigureSeries,
    GroupPublishing,
    ReportedGroup,
    StatedFigure,
    Ward,
    WardRow,
)


def make_stated_figures(
    series: Iterable[FigureSeries], claims: Iterable[Claim]
) -> list[StatedFigure]:
    """One figure a declared claim: a count, a count of a count, or a share."""
    claim_of = {claim.claim_id: claim for claim in claims}
    entries = list(series)
    if unknown := [entry.claim_id for entry in entries if entry.claim_id not in claim_of]:
        raise InvalidReferenceError(
            Problem("figure_series.csv", claim_id, "the id of a claim", "Mend the id.")
            for claim_id in unknown
        )
    return [_to_figure(entry, claim_of[entry.claim_id]) for entry in entries]


def _to_figure(entry: FigureSeries, claim: Claim) -> StatedFigure:
    value = claim.value
    whole = value is not None and value == value.to_integral_value() and value > 1
    count = claim.numerator if claim.numerator is not None else int(value or 0) if whole else None
    return StatedFigure(
        claim_id=claim.claim_id,
        series_code=entry.series_code,
        quantity_code=entry.quantity_code,
        force_id=claim.force_id,
        force_text=claim.force_text,
        period_start=claim.period_start,
        period_end=claim.period_end,
        stated_count=count,
        of_count=claim.denominator if claim.numerator is not None else None,
        stated_share=None if whole or value is None or count == value else value,
        stated_as=entry.stated_as,
        read_in_full=entry.read_in_full,
        reliability=claim.reliability,
        source_title=claim.source_title,
        source_url=claim.source_url,
        note=claim.note,
    )


def refuse_reported_groups(rows: Iterable[ReportedGroup]) -> None:
    """`InvalidReferenceError` if the groups of a sum do not add up to its total, or a group is not
    of its list."""
    problems: list[Problem] = []
    sums: Counter[tuple[Any, ...]] = Counter()
    totals: dict[tuple[Any, ...], set[int]] = {}
    for number, row in enumerate(rows, start=1):
        if row.group_code not in CLASSIFICATIONS[row.classification_code].groups:
            problems.append(
                Problem(
                    format_place("reported_groups.csv", row=number),
                    row.group_code,
                    f"a group of {row.classification_code}",
                    "Use a code of the list.",
                )
            )
        key = (row.force_id, row.period_start, row.period_end, row.classification_code)
        sums[key] += row.group_count
        totals.setdefault(key, set()).add(row.total_count)
    problems += [
        Problem(
            f"reported_groups.csv, {key[3]} of {key[0] or 'all forces'} from {key[1]} to {key[2]}",
            f"groups that add up to {sums[key]:,}",
            f"their total, {' or '.join(f'{total:,}' for total in sorted(found))}",
            "Compare the groups with their sources; people of unknown group are a group too.",
        )
        for key, found in totals.items()
        if found != {sums[key]}
    ]
    if problems:
        raise InvalidReferenceError(problems)


def place_in_wards(
    deployments: Iterable[Deployment],
    rows: Iterable[WardRow],
    wards: Iterable[Ward],
    places: Mapping[str, Place],
) -> list[DeploymentWard]:
    """The ward of each deployment that the workbook places, and of the others at a place all of
    whose placed deployments are in one ward.

    Raises `InvalidReferenceError` for a row that is not there and for a ward that is not in the
    district of its place."""
    known = {ward.ward_code: ward for ward in wards}
    entries = {(entry.edition_id, entry.page, entry.row): entry for entry in rows}
    by_place = {(row.edition_id, row.page, row.row): row for row in deployments}
    problems = [*_find_missing(entries, by_place)]
    wards_of: dict[str, set[str]] = {}
    for key, entry in entries.items():
        deployment = by_place.get(key)
        place = places.get((deployment.place_id if deployment else None) or "")
        if place and entry.ward_code:
            wards_of.setdefault(place.place_id, set()).add(entry.ward_code)
            problems += _find_elsewhere(entry, place, known)
    if problems:
        raise InvalidReferenceError(problems)
    return [*_place(by_place.values(), entries, wards_of)]


def _place(
    deployments: Iterable[Deployment],
    entries: Mapping[tuple[str, int, int], WardRow],
    wards_of: Mapping[str, set[str]],
) -> Iterator[DeploymentWard]:
    for row in deployments:
        entry = entries.get((row.edition_id, row.page, row.row))
        there = wards_of.get(row.place_id or "", set())
        ward = entry.ward_code if entry else next(iter(there)) if len(there) == 1 else None
        if ward is not None:
            basis = "workbook" if entry else "same_place"
            yield DeploymentWard(
                deployment_id=row.deployment_id, ward_code=ward, ward_basis_code=basis
            )


def _find_missing(
    entries: Mapping[tuple[str, int, int], WardRow],
    by_place: Mapping[tuple[str, int, int], Deployment],
) -> Iterator[Problem]:
    for edition_id, page, row in entries.keys() - by_place.keys():
        yield Problem(
            "ward_rows.csv",
            f"{edition_id}, page {page}, row {row}",
            "a printed row of a deployment",
            "Compare page and row with the kept cells.",
        )


def _find_elsewhere(entry: WardRow, place: Place, wards: Mapping[str, Ward]) -> Iterator[Problem]:
    """A ward in another district than the place; a place without a district is in any."""
    ward = wards[entry.ward_code or ""]
    if place.district_code in (None, ward.district_code):
        return
    yield Problem(
        f"ward_rows.csv, {entry.edition_id}, page {entry.page}, row {entry.row}",
        f"the ward {ward.ward_name} ({ward.ward_code}) of {ward.district_code}",
        f"a ward of {place.district_code}, the district of {place.place_name}",
        "Compare the place with a map: its district or its ward is wrong.",
    )


def fill_group_publishing(
    declared: Iterable[GroupPublishing],
    publishing: Iterable[Publishing],
    fields: Iterable[PublishingField],
) -> list[GroupPublishing]:
    """A cell for each force that publishes anything, stage and attribute: as declared, else what
    the reading of its publications shows of groups."""
    entries = {(row.force_id, row.stage_code, row.attribute_code): row for row in declared}
    read = [row for row in fields if row.field_code == "demographics"]
    forces = sorted({row.force_id for row in publishing} | {key[0] for key in entries})
    return [
        entries.get((force_id, stage, attribute)) or _default(force_id, stage, attribute, read)
        for force_id in forces
        for stage in MATRIX_STAGE
        for attribute in GROUP_ATTRIBUTE
    ]


def _default(
    force_id: str, stage: str, attribute: str, read: Iterable[PublishingField]
) -> GroupPublishing:
    own = [row for row in read if row.force_id == force_id]
    unread = next((row for row in own if row.published_code == "unknown"), None)
    shown = unread or next((row for row in own if row.published_code == "no"), None)
    return GroupPublishing(
        force_id=force_id,
        stage_code=stage,
        attribute_code=attribute,
        group_publishing_code="not_read_in_full" if unread or shown is None else "nothing_found",
        evidence=shown.evidence if shown else "No publication of the force was read.",
        source_url=shown.source_url if shown else None,
        reliability=shown.reliability if shown else None,
    )
