"""Groups of people as publishers and the census form them: each list of groups with the basis on
which people are put in it.

In: nothing. Out: `CLASSIFICATIONS`, and `BASIS`, `CLASSIFICATION`, `GROUP_STATUS`, `YES_NO` as code
lists. Does not say which group of one list corresponds to which of another: that is data, in
`group_crosswalks.csv`. Groups of different lists are never merged because their names are alike.
People of unknown group stay a group of their own and are never spread over the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.model.codes import Code, CodeList
from etl.model.refusals import QueryError

BASIS = CodeList(
    "basis",
    (
        Code(
            "self_defined",
            "Self-defined",
            "What people say of themselves, in a census or to an officer.",
        ),
        Code(
            "officer_perceived", "Officer-perceived", "What an officer saw when meeting the person."
        ),
        Code(
            "operator_perceived",
            "Operator-perceived",
            "What the operator of the system saw on screen.",
        ),
        Code("model_perceived", "Model-perceived", "What software read from the face."),
        Code(
            "not_stated",
            "Basis not stated",
            "The source does not say who decided the group, or how.",
        ),
    ),
)
PERCEIVED = frozenset({"officer_perceived", "operator_perceived", "model_perceived"})
GROUP_STATUS = CodeList(
    "group_status",
    (
        Code(
            "published",
            "as published",
            "A publisher printed this number; it is repeated unchanged.",
        ),
        Code(
            "new",
            "first shown here",
            "No publisher printed it; it is shown because it gives nobody away.",
        ),
        Code(
            "suppressed",
            "[c] suppressed",
            "Not printed by a publisher, and hidden by us so that no person can be singled out.",
        ),
        Code(
            "hidden_by_force",
            "[c] hidden by the force",
            "The force hid the number in its return so that no person can be singled out.",
        ),
    ),
)
HIDDEN_STATUSES = frozenset({"suppressed", "hidden_by_force"})
YES_NO = CodeList("yes_no", (Code("yes", "yes"), Code("no", "no")))


@dataclass(frozen=True, slots=True)
class Classification:
    """A closed list of groups with its basis.

    `unknown` holds the codes that stand for “not known”,
    `under_18` those in which somebody is or may be under
    18. `population_dimension` is the dimension of the
    `populations` table that counts residents by this list, None if there is none;
    `population_texts` maps codes to its group texts."""

    classification_code: str
    title: str
    attribute: str
    basis: str
    groups: CodeList
    unknown: frozenset[str] = frozenset()
    population_dimension: str | None = None
    population_texts: Mapping[str, str] = field(default_factory=dict)
    under_18: frozenset[str] = frozenset()


def _listed(code: str, *entries: tuple[str, ...]) -> CodeList:
    return CodeList(code, tuple(Code(*entry) for entry in entries))


def _same(code: str, meaning: str, unknown: str) -> CodeList:
    """The five broad names with an unknown; what they mean depends on the list, so each list
    declares its own."""
    names = ("Asian", "Black", "Mixed", "White", "Other")
    return _listed(
        code, *((name.lower(), name, meaning) for name in names), ("not_stated", unknown)
    )


# The 18 groups of the police's “18+1” list; the +1 is “not stated”. The census of 2021 added Roma.
_EIGHTEEN = (
    (
        "white_british",
        "White: British",
        "White: English, Welsh, Scottish, Northern Irish or British",
    ),
    ("white_irish", "White: Irish", "White: Irish"),
    (
        "white_gypsy_or_irish_traveller",
        "White: Gypsy or Irish Traveller",
        "White: Gypsy or Irish Traveller",
    ),
    ("white_other", "White: any other", "White: Other White"),
    (
        "mixed_white_and_black_caribbean",
        "Mixed: White and Black Caribbean",
        "Mixed or Multiple ethnic groups: White and Black Caribbean",
    ),
    (
        "mixed_white_and_black_african",
        "Mixed: White and Black African",
        "Mixed or Multiple ethnic groups: White and Black African",
    ),
    (
        "mixed_white_and_asian",
        "Mixed: White and Asian",
        "Mixed or Multiple ethnic groups: White and Asian",
    ),
    (
        "mixed_other",
        "Mixed: any other",
        "Mixed or Multiple ethnic groups: Other Mixed or Multiple ethnic groups",
    ),
    ("asian_indian", "Asian: Indian", "Asian, Asian British or Asian Welsh: Indian"),
    ("asian_pakistani", "Asian: Pakistani", "Asian, Asian British or Asian Welsh: Pakistani"),
    ("asian_bangladeshi", "Asian: Bangladeshi", "Asian, Asian British or Asian Welsh: Bangladeshi"),
    ("asian_chinese", "Asian: Chinese", "Asian, Asian British or Asian Welsh: Chinese"),
    ("asian_other", "Asian: any other", "Asian, Asian British or Asian Welsh: Other Asian"),
    (
        "black_caribbean",
        "Black: Caribbean",
        "Black, Black British, Black Welsh, Caribbean or African: Caribbean",
    ),
    (
        "black_african",
        "Black: African",
        "Black, Black British, Black Welsh, Caribbean or African: African",
    ),
    (
        "black_other",
        "Black: any other",
        "Black, Black British, Black Welsh, Caribbean or African: Other Black",
    ),
    ("other_arab", "Other: Arab", "Other ethnic group: Arab"),
    ("other_any", "Other: any other", "Other ethnic group: Any other ethnic group"),
)
_NINETEEN = (*_EIGHTEEN[:3], ("white_roma", "White: Roma", "White: Roma"), *_EIGHTEEN[3:])
_AGES_6 = (
    ("aged_0_to_15", "Aged 15 years and under"),
    ("aged_16_to_24", "Aged 16 to 24 years"),
    ("aged_25_to_34", "Aged 25 to 34 years"),
    ("aged_35_to_49", "Aged 35 to 49 years"),
    ("aged_50_to_64", "Aged 50 to 64 years"),
    ("aged_65_and_over", "Aged 65 years and over"),
)
_AGES_8 = (
    ("aged_0_to_9", "0-9"),
    ("aged_10_to_17", "10-17"),
    ("aged_18_to_24", "18-24"),
    ("aged_25_to_34", "25-34"),
    ("aged_35_to_44", "35-44"),
    ("aged_45_to_54", "45-54"),
    ("aged_55_to_64", "55-64"),
    ("aged_65_and_over", "65+"),
)
_SEXES = (("female", "Female"), ("male", "Male"), ("not_stated", "Not stated"))
_SEEN = (
    ("asian", "Asian"),
    ("black", "Black"),
    ("white", "White"),
    ("other", "Other"),
    ("unknown", "Unknown"),
)
_NOT_STATED = frozenset({"not_stated"})
_UNKNOWN = frozenset({"unknown"})

CLASSIFICATIONS: dict[str, Classification] = {
    entry.classification_code: entry
    for entry in (
        Classification(
            "self_defined_5",
            "Ethnic group, self-defined, five groups",
            "ethnicity",
            "self_defined",
            _same("self_defined_5", "As people define themselves.", "Not stated"),
            _NOT_STATED,
            "ethnic_group_5",
            {name.lower(): name for name in ("Asian", "Black", "Mixed", "White", "Other")},
        ),
        Classification(
            "self_defined_18_1",
            "Ethnic group, self-defined, 18+1",
            "ethnicity",
            "self_defined",
            _listed(
                "self_defined_18_1",
                *(entry[:2] for entry in _EIGHTEEN),
                ("not_stated", "Not stated"),
            ),
            _NOT_STATED,
        ),
        Classification(
            "census_19",
            "Ethnic group, self-defined, 19 groups of the census of 2021",
            "ethnicity",
            "self_defined",
            _listed("census_19", *(entry[:2] for entry in _NINETEEN)),
            frozenset(),
            "ethnic_group_19",
            {code: text for code, _, text in _NINETEEN},
        ),
        Classification(
            "officer_perceived_ic",
            "Officer-perceived identity code",
            "ethnicity",
            "officer_perceived",
            _listed(
                "officer_perceived_ic",
                ("ic1", "IC1 White, North European"),
                ("ic2", "IC2 White, South European"),
                ("ic3", "IC3 Black"),
                ("ic4", "IC4 Asian", "The Indian subcontinent; Chinese is IC5."),
                ("ic5", "IC5 Chinese, Japanese or other South-East Asian"),
                ("ic6", "IC6 Arab or North African"),
                ("ic9", "IC9 Unknown"),
            ),
            frozenset({"ic9"}),
        ),
        Classification(
            "operator_perceived",
            "Ethnic group as the operator saw it",
            "ethnicity",
            "operator_perceived",
            _listed("operator_perceived", *_SEEN),
            _UNKNOWN,
        ),
        Classification(
            "model_perceived",
            "Ethnic group as software read it",
            "ethnicity",
            "model_perceived",
            _listed("model_perceived", *_SEEN),
            _UNKNOWN,
        ),
        Classification(
            "reported_ethnicity",
            "Ethnic group as reported, basis not stated",
            "ethnicity",
            "not_stated",
            _same(
                "reported_ethnicity",
                "In the source's words; who decided it is not said.",
                "Not stated",
            ),
            _NOT_STATED,
        ),
        Classification(
            "sex",
            "Sex, self-defined",
            "sex",
            "self_defined",
            _listed("sex", *_SEXES),
            _NOT_STATED,
            "sex",
            {"female": "Female", "male": "Male"},
        ),
        Classification(
            "officer_perceived_sex",
            "Sex, officer-perceived",
            "sex",
            "officer_perceived",
            _listed("officer_perceived_sex", *_SEXES),
            _NOT_STATED,
        ),
        Classification(
            "age_band_6",
            "Age, six bands of the census of 2021",
            "age",
            "self_defined",
            _listed("age_band_6", *_AGES_6, ("not_stated", "Not stated")),
            _NOT_STATED,
            "age_band_6",
            dict(_AGES_6),
            frozenset({"aged_0_to_15", "aged_16_to_24"}),
        ),
        Classification(
            "age_band_8",
            "Age, eight bands of the estimates of 2020",
            "age",
            "self_defined",
            _listed("age_band_8", *_AGES_8, ("not_stated", "Not stated")),
            _NOT_STATED,
            "age_band_8",
            dict(_AGES_8),
            frozenset({"aged_0_to_9", "aged_10_to_17"}),
        ),
    )
}
CLASSIFICATION = CodeList(
    "classification",
    tuple(Code(entry.classification_code, entry.title) for entry in CLASSIFICATIONS.values()),
)


def classification_of(code: str) -> Classification:
    """The declared list. Raises `QueryError` (unknown_classification)."""
    if code not in CLASSIFICATIONS:
        raise QueryError(
            "unknown_classification",
            f"There is no list of groups {code!r}. There are: {', '.join(CLASSIFICATIONS)}.",
        )
    return CLASSIFICATIONS[code]


def group_of(classification: Classification, code: str) -> Code:
    """The declared group. Raises `QueryError` (unknown_group):
    a label is never mapped by likeness."""
    if code not in classification.groups:
        raise QueryError(
            "unknown_group",
            f"{classification.title} has no group {code!r}. It has: "
            f"{', '.join(classification.groups)}.",
        )
    return classification.groups.entry(code)
