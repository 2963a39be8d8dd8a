"""Why rows lack a number: the commonest reason of the rows themselves, never a guess.

In: the kept statuses of counts, by publication, force and stage. Out: a code of `absence`. A number
that a row of a list leaves out is not published; one that a report of a single deployment leaves
out may be published elsewhere, as a total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from etl.model.codes import STAGE
from etl.model.estimates import ABSENCE
from etl.model.records import Count, Deployment
from etl.model.reference import Publication
from etl.queries.release_file import ReleaseFile

_LOST, _UNPRINTED, _SINGLE = "not_transcribed", "not_published", "press"
_BOUNDS = ("at_least", "about", "noted")
# Of how many deployments an entry is, which is no stage.
_DEPLOYMENTS = "deployments"
_Key = tuple[str, str, str]


class Absences:
    """The reasons of one release."""

    def __init__(self, file: ReleaseFile) -> None:
        self._file = file

    def find(
        self, stages: Iterable[str], publications: Iterable[str], forces: Iterable[str]
    ) -> str:
        """The commonest reason for which rows of these publications lack one of these stages; of
        all forces if none is named. Empty where every row has them."""
        wanted, of = set(publications), set(forces)
        found: Counter[str] = Counter()
        for stage in stages:
            if stage == _DEPLOYMENTS and wanted <= self._single:
                found["not_listed"] += 1
            if stage not in STAGE:
                continue
            for (publication_id, force_id, of_stage), reasons in self._reasons.items():
                if of_stage == stage and publication_id in wanted and (not of or force_id in of):
                    found += reasons
        return max(sorted(found), key=lambda code: found[code]) if found else ""

    @cached_property
    def _single(self) -> frozenset[str]:
        """Publications of reports of single deployments."""
        return frozenset(
            publication.publication_id
            for publication in self._file.table(Publication)
            if publication.reliability == _SINGLE
        )

    @cached_property
    def _reasons(self) -> dict[_Key, Counter[str]]:
        rows = self._file.by_id(Deployment)
        reasons: dict[_Key, Counter[str]] = {}
        for count in self._file.table(Count):
            row = rows[count.deployment_id]
            if row.counted and (count.value is None or count.value_status in _BOUNDS):
                key = (row.publication_id, row.force_id, count.stage_code)
                code = _name(count.value_status, is_single=row.publication_id in self._single)
                reasons.setdefault(key, Counter())[code] += 1
        return reasons


def _name(status: str, *, is_single: bool) -> str:
    if status == _LOST:
        return "not_in_copy"
    if status in _BOUNDS:
        return "bound_only"
    if status == _UNPRINTED and is_single:
        return "not_listed"
    return status if status in ABSENCE else _UNPRINTED
