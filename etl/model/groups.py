"""Groups of people as publishers and the census form them: each list of groups with the basis on
which people are put in it.

In: `groups.toml`; the groups are lists of `codes.csv`. Out: `CLASSIFICATIONS`, and `BASIS`,
`CLASSIFICATION`, `GROUP_STATUS`, `YES_NO` as code lists. Does not say which group of one list
corresponds to which of another: that is data, in `group_crosswalks.csv`. Groups of different
lists are never merged because their names are alike. People of unknown group stay a group of
their own and are never spread over the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.model.codes import Code, CodeList, code_list
from etl.model.declarations import read_declarations
from etl.model.messages import message
from etl.model.refusals import QueryError

BASIS = code_list("basis")
PERCEIVED = frozenset({"officer_perceived", "operator_perceived", "model_perceived"})
GROUP_STATUS = code_list("group_status")
HIDDEN_STATUSES = frozenset({"suppressed", "hidden_by_force"})
YES_NO = code_list("yes_no")


@dataclass(frozen=True, slots=True)
class Classification:
    """A closed list of groups with its basis.

    `unknown` holds the codes of “not known”, `under_18` those of people who are or may be under 18.
    `population_dimension` is the dimension of the table `populations` that counts residents by this
    list, or None; `population_texts` maps codes to its group texts."""

    classification_code: str
    title: str
    attribute: str
    basis: str
    unknown: frozenset[str] = frozenset()
    population_dimension: str | None = None
    population_texts: Mapping[str, str] = field(default_factory=dict)
    under_18: frozenset[str] = frozenset()

    @property
    def groups(self) -> CodeList:
        """The closed list of its groups, which has its name."""
        return code_list(self.classification_code)


CLASSIFICATIONS = read_declarations(__file__, "classifications").entries(
    "classifications", Classification
)
CLASSIFICATION = CodeList(
    "classification",
    tuple(Code(entry.classification_code, entry.title) for entry in CLASSIFICATIONS.values()),
)


def classification_of(code: str) -> Classification:
    """The declared list. Raises `QueryError` (unknown_classification)."""
    if code not in CLASSIFICATIONS:
        raise QueryError(
            "unknown_classification",
            message("no_classification", name=code),
            message("there_are", names=list(CLASSIFICATIONS)),
        )
    return CLASSIFICATIONS[code]


def group_of(classification: Classification, code: str) -> Code:
    """The declared group. Raises `QueryError` (unknown_group): a label is never mapped by
    likeness."""
    if code not in classification.groups:
        raise QueryError(
            "unknown_group",
            message(
                "no_group_of",
                listed=classification.title,
                name=code,
                names=list(classification.groups),
            ),
        )
    return classification.groups.entry(code)
