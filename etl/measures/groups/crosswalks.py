"""Which published counts stand beside which residents: from a group of one list to its counterpart
in another.

In: a group, its list and the rows of the crosswalk. Out: `Counterpart`.
Does not add up counts, and does not guess: what no crosswalk declares is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.model.group_records import GroupCrosswalk
from etl.model.groups import CLASSIFICATIONS, PERCEIVED, Classification, classification_of, group_of
from etl.model.messages import message
from etl.model.refusals import QueryError


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The groups of the counts' list that together equal one group of the residents' list.

    `lossy` if the two do not hold the same people; `notes` say why."""

    source: Classification
    group_codes: tuple[str, ...]
    target: Classification
    target_code: str
    lossy: bool
    notes: tuple[str, ...]

    @property
    def label(self) -> str:
        """What the counts are about, in the words of their own list."""
        return " and ".join(self.source.groups.label(code) for code in self.group_codes)

    @property
    def population_text(self) -> str:
        """The group as the `populations` table names it."""
        return self.target.population_texts[self.target_code]

    @property
    def basis_caveats(self) -> tuple[str, ...]:
        """Caveats about comparing the two lists."""
        texts = ["group_basis_not_stated"] if self.source.basis == "not_stated" else []
        if self.source.basis in PERCEIVED and self.target.basis == "self_defined":
            texts.append("perceived_against_self_defined")
        if self.lossy:
            texts.append("groups_do_not_correspond")
        return tuple(texts)


def find_counterpart(
    group: str, classification_code: str, crosswalks: Sequence[GroupCrosswalk]
) -> Counterpart:
    """The counterpart of `group`, a code of the list itself or of the list of residents that it
    corresponds to.

    All groups of the source that correspond to one target belong together (IC4 and IC5 stand beside
    Asian, neither alone does). Raises `QueryError`: unknown_classification, unknown_group,
    group_not_comparable."""
    source = classification_of(classification_code)
    if source.population_dimension is not None:
        group_of(source, group)
        _refuse_unknown(source, group)
        return Counterpart(source, (group,), source, group, False, ())
    rows = [row for row in crosswalks if _leads_to_residents(row, source)]
    if not rows:
        group_of(source, group)
        raise QueryError(
            "group_not_comparable", message("residents_of_another_list", listed=source.title)
        )
    target = CLASSIFICATIONS[rows[0].to_classification_code]
    target_of = {row.from_group_code: row.to_group_code for row in rows}
    if group in source.groups:
        _refuse_unknown(source, group)
        target_code = target_of[group]
        if target_code is None:
            raise QueryError(
                "group_not_comparable",
                message("no_counterpart", group=source.groups.label(group), listed=target.title),
            )
    else:
        target_code = (
            group_of(target, group).code if group in target.groups else group_of(source, group).code
        )
        _refuse_unknown(target, target_code)
    members = tuple(row for row in rows if row.to_group_code == target_code)
    codes = tuple(row.from_group_code for row in members)
    if not codes:
        raise QueryError(
            "group_not_comparable",
            message(
                "list_without_group", listed=source.title, group=target.groups.label(target_code)
            ),
        )
    if group in source.groups and codes != (group,):
        labels = " and ".join(source.groups.label(code) for code in codes)
        raise QueryError(
            "group_not_comparable",
            message(
                "only_together",
                groups=labels,
                group=target.groups.label(target_code),
                code=target_code,
            ),
        )
    return Counterpart(
        source,
        codes,
        target,
        target_code,
        any(row.lossy == "yes" for row in members),
        tuple(dict.fromkeys(row.note for row in members if row.note)),
    )


def _leads_to_residents(row: GroupCrosswalk, source: Classification) -> bool:
    target = CLASSIFICATIONS[row.to_classification_code]
    return (
        row.from_classification_code == source.classification_code
        and target.population_dimension is not None
    )


def _refuse_unknown(listed: Classification, group: str) -> None:
    if group in listed.unknown:
        raise QueryError(
            "group_not_comparable", message("unknown_group_count", group=listed.groups.label(group))
        )
