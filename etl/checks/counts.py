"""How checks read a row: as it was printed, exactly, and file by file.

In: `Evidence`. Out: the same with printed values put back, numbers that may enter arithmetic, rows
in printed order. Does not check anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from etl.checks.evidence import Evidence
from etl.formats import printed_values as printed
from etl.model import codes
from etl.model.funnel_parts import PARTS
from etl.model.records import Deployment

_INEXACT = frozenset({"at_least", "about"})
# Each whole with the parts that make it up directly:
# alerts from true and false ones, these from what they split into.
PARTS_OF: dict[str, tuple[str, ...]] = dict(reversed(PARTS))


def exact(evidence: Evidence, deployment: Deployment, stage: str) -> int | None:
    """The number printed for a stage, unless it is only a bound or a rounded number."""
    count = evidence.counts[deployment.deployment_id].get(stage)
    return None if count is None or count.value_status in _INEXACT else count.value_as_printed


def get_count(evidence: Evidence, deployment: Deployment, stage: str) -> int | None:
    """The number printed for a stage, else the sum of its parts if all are printed."""
    value = exact(evidence, deployment, stage)
    if value is not None or stage not in PARTS_OF:
        return value
    parts = [get_count(evidence, deployment, part) for part in PARTS_OF[stage]]
    return None if any(part is None for part in parts) else sum(part or 0 for part in parts)


def at_least(evidence: Evidence, deployment: Deployment, stage: str) -> int:
    """The smallest number that the printed ones allow for a stage: itself, or the sum of known
    parts."""
    value = get_count(evidence, deployment, stage)
    if value is not None:
        return value
    return sum(at_least(evidence, deployment, part) for part in PARTS_OF.get(stage, ()))


def describe_stage(stage: str) -> str:
    """The label of a stage in the middle of a sentence."""
    label = codes.STAGE.label(stage)
    return label[0].lower() + label[1:]


def rows_by_edition(evidence: Evidence) -> dict[str, list[Deployment]]:
    """The rows of each edition in printed order."""
    deployments: dict[str, list[Deployment]] = {}
    for deployment in evidence.deployments:
        deployments.setdefault(deployment.edition_id, []).append(deployment)
    for rows in deployments.values():
        rows.sort(key=lambda row: (row.page, row.row))
    return deployments


def as_printed(evidence: Evidence) -> Evidence:
    """The evidence with every corrected field of a deployment as printed. Counts have both
    values."""
    undone: dict[tuple[str, int, int], dict[str, Any]] = {}
    for correction in evidence.corrections:
        readers = _READERS.get(correction.target)
        if readers and correction.action_code != "explain":
            place = (correction.edition_id, correction.page, correction.row)
            undone.setdefault(place, {})[correction.target] = _read(
                correction.printed_text, readers
            )
    return replace(
        evidence,
        deployments=tuple(
            replace(row, **undone.get((row.edition_id, row.page, row.row), {}))
            for row in evidence.deployments
        ),
    )


_READERS: dict[str, tuple[Callable[[str], object], ...]] = {
    "date": (printed.read_day, printed.read_iso_day),
    "end_date": (printed.read_day, printed.read_iso_day),
    "watchlist_size": (printed.read_count,),
    "threshold": (printed.read_decimal,),
    "duration_minutes": (printed.read_duration_minutes, printed.read_count),
    "location_text": (str,),
}


def _read(text: str, readers: Iterable[Callable[[str], object]]) -> object:
    for reader in readers:
        try:
            return reader(text)
        except printed.UnparseableError:
            continue
    return None
