"""Questions about what forces publish: how complete the rows are, in which form and how late.

In: a question. Out: an answer, or a refusal
with its reason. Does not compute: it reads the rows that `etl.measures` works on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from etl.measures.coverage import KnownForms, build_empty_coverage, measure_coverage
from etl.measures.publishing import ForcePublishing, describe_publishing
from etl.model.completeness import Coverage
from etl.model.coverage import LfrUse, Publishing, PublishingField
from etl.model.reference import Publication
from etl.model.refusals import QueryError, Refusal
from etl.queries.release_file import ReleaseFile
from etl.queries.validation import refuse_forces
from etl.warehouse.coverage import count_fields


@dataclass(frozen=True, slots=True)
class CoverageAnswer:
    """How complete the rows are, by force and year, or a refusal."""

    rows: tuple[Coverage, ...] = ()
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class PublishingAnswer:
    """What forces publish, or the reason why the question cannot be answered."""

    forces: tuple[ForcePublishing, ...] = ()
    refusal: Refusal | None = None


class PublishingRecords:
    """What the forces of one release publish."""

    def __init__(self, file: ReleaseFile) -> None:
        self._file = file

    def coverage(self, force_ids: Sequence[str] = (), years: Sequence[int] = ()) -> CoverageAnswer:
        """One Coverage a force and year, in order of force; of all forces and years if none is
        named.

        An unknown force is refused. A force without rows, in all or in a given year, has a row that
        says so."""
        try:
            refuse_forces(force_ids, sorted(self._file.forces))
        except QueryError as refused:
            return CoverageAnswer(refusal=refused.refusal)
        names, latest = self._file.names, {row.force_id: row for row in self._uses}
        coverages: list[Coverage] = []
        for force_id in dict.fromkeys(force_ids) or sorted(names):
            own = [row for row in self.measured.get(force_id, []) if not years or row.year in years]
            silent: list[int | None] = [
                year for year in years if year not in {row.year for row in own}
            ]
            missing = silent if own or years else [None]
            coverages += [
                *own,
                *(
                    build_empty_coverage(force_id, year, names, latest.get(force_id))
                    for year in missing
                ),
            ]
        return CoverageAnswer(tuple(coverages))

    def describe(self, force_ids: Sequence[str] = ()) -> PublishingAnswer:
        """What each force publishes, field by field, in which form and how late; of all forces if
        none is named."""
        try:
            refuse_forces(force_ids, sorted(self._file.forces))
        except QueryError as refused:
            return PublishingAnswer(refusal=refused.refusal)
        names = self._file.names
        selection = tuple(dict.fromkeys(force_ids)) or sorted(names)
        return PublishingAnswer(
            describe_publishing(selection, names, self._uses, self._forms, self._fields)
        )

    @property
    def _uses(self) -> list[LfrUse]:
        return self._file.table(LfrUse)

    @property
    def _forms(self) -> list[Publishing]:
        return self._file.table(Publishing)

    @property
    def _fields(self) -> list[PublishingField]:
        return self._file.table(PublishingField)

    @cached_property
    def measured(self) -> dict[str, list[Coverage]]:
        primary = frozenset(
            row.publication_id
            for row in self._file.table(Publication)
            if row.reliability == "primary"
        )
        known = KnownForms(tuple(self._forms), tuple(self._fields), primary)
        coverages: dict[str, list[Coverage]] = {}
        for row in measure_coverage(count_fields(self._file.engine), known, self._file.names):
            coverages.setdefault(row.force_id, []).append(row)
        return coverages
