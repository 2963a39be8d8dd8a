"""Every adapter, by publication id. The one place that knows them all.

In: nothing. Out: `ADAPTERS` and `adapter_of`. Does not read anything.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, cast

from etl.model.cells import RawTable
from etl.model.editions import KeptEdition
from etl.model.problems import BadReference, Problem
from etl.model.record_sets import Records
from etl.model.return_records import RETURN_ID
from etl.sources import (
    british_transport_register,
    claims,
    force_returns,
    immigration_enforcement_deployments,
    metropolitan_deployments,
    metropolitan_transcription,
    misidentifications,
    npl_evaluation_2023,
    reported_deployments,
    south_wales_events,
)


class Adapter(Protocol):
    """What an adapter module offers."""

    PUBLICATION: str
    SUFFIX: str

    def read(self, path: Path) -> tuple[RawTable, ...]:
        """The tables of a published file that hold its records, as printed."""

    def to_records(self, edition: KeptEdition) -> Records:
        """The canonical records of an edition's cells."""


ADAPTERS: dict[str, Adapter] = {
    module.PUBLICATION: cast(Adapter, module)
    for module in (
        british_transport_register,
        claims,
        immigration_enforcement_deployments,
        metropolitan_deployments,
        metropolitan_transcription,
        misidentifications,
        npl_evaluation_2023,
        reported_deployments,
        south_wales_events,
    )
}


def adapter_of(publication_id: str) -> Adapter:
    """The adapter of a publication; one reads the returns of every force. `BadReference` naming those that exist."""
    if RETURN_ID.fullmatch(publication_id):
        return cast(Adapter, force_returns)
    if publication_id in ADAPTERS:
        return ADAPTERS[publication_id]
    raise BadReference(
        Problem(
            publication_id,
            "no adapter of this name",
            f"one of {', '.join(sorted(ADAPTERS))}",
            "Give the id of a publication, or add an adapter as the README describes.",
        )
    )
