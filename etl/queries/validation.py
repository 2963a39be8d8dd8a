"""Whether a question about deployments can be asked: measures, groupings, filters and their values,
periods.

In: a question as it was typed. Out: the same in the record's own codes, or `QueryError` with what
there is instead. Does not answer it. A value that is of its kind and has no rows is no mistake: the
answer says that there are none."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from etl.disclosure.cross_tables import refuse_cross
from etl.measures.catalogue import AREAS, BENCHMARK, CATALOGUE, RESIDENTS, UNPUBLISHED, Measure
from etl.measures.groups.benchmarks import BENCHMARK_IDS
from etl.model import codes
from etl.model.calendar import CALENDAR, code_of
from etl.model.groups import CLASSIFICATIONS
from etl.model.messages import Text, message
from etl.model.queries import Period, Where
from etl.model.records import Claim
from etl.model.reference import District, Place, Publication, Region
from etl.model.refusals import QueryError
from etl.queries.release_file import ReleaseFile

# The records whose key lists the codes of a grouping.
_LISTED: dict[str, type[Region | District | Place | Publication | Claim]] = {
    "claim_id": Claim,
    "region_code": Region,
    "district_code": District,
    "place_id": Place,
    "publication_id": Publication,
}
_CODES: dict[str, Iterable[str]] = {
    "vendor_code": codes.VENDOR,
    "reliability": codes.RELIABILITY,
    "stage_code": codes.STAGE,
    "classification_code": CLASSIFICATIONS,
    "group_code": dict.fromkeys(
        code for listed in CLASSIFICATIONS.values() for code in listed.groups
    ),
    BENCHMARK: BENCHMARK_IDS,
    "resident_group_code": CLASSIFICATIONS["self_defined_5"].population_texts,
    "area_kind_code": codes.code_list("area_kind_used"),
    "weight_code": codes.code_list("place_weight"),
}
# What is refused by a name of its own.
_REFUSED_AS = {
    "stage_code": "unknown_stage",
    "classification_code": "unknown_classification",
    "group_code": "unknown_group",
    BENCHMARK: "unknown_benchmark",
}
_MAX_NAMED = 50


def find_measure(measure_id: str) -> Measure:
    """The measure; QueryError if there is none of this name."""
    if measure_id not in CATALOGUE:
        raise QueryError(
            "unknown_measure", message("no_measure", name=measure_id), _near(measure_id, CATALOGUE)
        )
    return CATALOGUE[measure_id]


def to_question(
    measure: Measure,
    by: Sequence[str],
    where: Where,
    period: Period,
    file: ReleaseFile,
    used: Callable[[str], set[str]],
) -> tuple[tuple[str, ...], dict[str, list[str | int]]]:
    """Groupings and filters in the record's codes; a filter without values is none.

    `used` gives the values of a field that no table lists, as the deployments have them.
    Raises QueryError."""
    for name in (*by, *where):
        if name in UNPUBLISHED:
            raise QueryError("not_published", UNPUBLISHED[name])
    if refusal := refuse_cross((*by, *where)):
        raise QueryError(refusal.code, refusal.reason)
    for name in (*by, *where):
        if name not in measure.groupings:
            raise QueryError(
                "unknown_grouping",
                message("not_given_by", measure=measure.title, name=name, names=measure.groupings),
            )
    refuse_period(period)
    filters = {
        name: [_to_code(name, value, file, used) for value in values]
        for name, values in where.items()
        if values
    }
    if measure.denominator == RESIDENTS:
        _refuse_areas(measure, by, filters)
    return tuple(dict.fromkeys(by)), filters


def refuse_period(period: Period) -> None:
    """QueryError for a period that ends before it starts."""
    start, end = period
    if start is not None and end is not None and end < start:
        raise QueryError("impossible_period", message("period_ends_early", start=start, end=end))


def refuse_forces(force_ids: Sequence[str | int], known: Sequence[str]) -> None:
    """QueryError for a force that is not known."""
    for force_id in force_ids:
        if force_id not in known:
            raise QueryError(
                "unknown_force", message("no_force", name=force_id), _near(str(force_id), known)
            )


def area_of(by: Sequence[str], where: Where) -> str | None:
    """The one kind of area of the groupings or filters; None if there is none or more than one."""
    named = [name for name in AREAS if name in by] or [name for name in AREAS if name in where]
    return named[0] if len(named) == 1 else None


def _refuse_areas(measure: Measure, by: Sequence[str], where: Where) -> None:
    if area_of(by, where) is None or (set(where) - set(by)) & set(AREAS) - {area_of(by, where)}:
        raise QueryError(
            "unknown_grouping", message("needs_residents", measure=measure.title, kinds=list(AREAS))
        )


def _to_code(
    name: str, value: str | int, file: ReleaseFile, used: Callable[[str], set[str]]
) -> str | int:
    if name in CALENDAR:
        try:
            return code_of(name, value)
        except ValueError:
            raise QueryError(
                "unknown_value",
                message("not_of_form", name=value, field=name, example=_example(name)),
            ) from None
    if name == "threshold":
        value = _to_threshold(value)
    if name in ("force_id", "lender_force_id"):
        refuse_forces([value], sorted(file.forces))
        return value
    if name in _LISTED:
        known = set(file.by_id(_LISTED[name]))
    else:
        known = set(_CODES[name]) if name in _CODES else used(name)
    if value not in known:
        refused_as = _REFUSED_AS.get(name, "unknown_value")
        raise QueryError(
            refused_as, message("no_value", field=name, name=value), _near(str(value), known)
        )
    return value


def _to_threshold(value: str | int) -> str:
    """As the record writes it, with two digits: 0.6 is 0.60."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return f"{number:.2f}" if number.is_finite() and number == round(number, 2) else str(value)


def _example(name: str) -> str:
    return {"year": "2024", "quarter": "2024-Q3", "month": "2024-09"}[name]


def _near(measure_id: str, known: Sequence[str] | set[str] | Mapping[str, object]) -> Text:
    """What was probably meant, or all there is."""
    if close := difflib.get_close_matches(measure_id, list(known), n=3, cutoff=0.75):
        names = dict(zip(("name", "second", "third"), close, strict=False))
        code = ("did_you_mean", "did_you_mean_two", "did_you_mean_three")[len(close) - 1]
        return message(code, **names)
    # A code may hold a comma itself: the purposes "1, 2".
    listed = [repr(name) if "," in name else name for name in sorted(known)]
    if len(listed) > _MAX_NAMED:
        more = len(listed) - _MAX_NAMED
        return message("there_are_more", names=listed[:_MAX_NAMED], more=more)
    return message("there_are", names=listed) if listed else Text()
