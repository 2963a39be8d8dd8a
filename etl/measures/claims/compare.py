"""A claim beside the sum of our own rows for the same force and window: the difference, and a
verdict.

In: a Claim, how it is declared to be read, and the sums of our rows. Out: `ClaimComparison`.
Does not query, does not decide how a claim is read, and never says that a claim is wrong: only
whether the rows give the same figure. The published part of an incomplete sum decides nothing,
unless it already exceeds the claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from etl.measures.catalogue import MEASURES, Measure
from etl.measures.claims.conflicts import Statement
from etl.measures.claims.figures import to_allowed
from etl.measures.claims.notes import FEW_ROW_SETS, describe_note, describe_reason
from etl.measures.claims.windows import WindowSearch
from etl.measures.evaluate import evaluate_measure
from etl.model.claim_measures import (
    COMPARABLE,
    WHOLE,
    Alternative,
    ClaimComparison,
    ClaimMeasure,
    ForcePart,
)
from etl.model.queries import Sums
from etl.model.records import Claim
from etl.model.reference import Precedence


@dataclass(frozen=True, slots=True)
class Question:
    """What to add up for a claim: one or two fields of `Fact` over the rows of a filter and a
    period."""

    measure: Measure
    where: dict[str, tuple[str, ...]]
    period: tuple[dt.date | None, dt.date | None]


@dataclass(frozen=True, slots=True)
class RowFigures:
    """What the rows give for a question. `alternative` is the sum with the rows that do not count,
    by `precedence`, in place of those that do."""

    sums: Sums
    parts: tuple[Sums, ...] = ()
    alternative: Sums | None = None
    precedence: Precedence | None = None
    search: WindowSearch | None = None
    names: Mapping[str, str] = field(default_factory=dict)


def to_question(claim: Claim, declared: ClaimMeasure) -> Question | None:
    """What to add up; None where the claim is declared to be about something that no row counts."""
    measure = to_measure(declared)
    if measure is None:
        return None
    forces = (
        declared.force_ids.split()
        if declared.force_ids
        else [claim.force_id]
        if claim.force_id
        else []
    )
    where = {
        "force_id": tuple(forces),
        "publication_id": (declared.publication_id,),
        "place_id": (declared.place_id,),
        "district_code": (declared.district_code,),
        "use_case": (declared.use_case,),
        "deployment_id": (declared.deployment_id,),
    }
    given = {name: tuple(value for value in values if value) for name, values in where.items()}
    named = declared.deployment_id is not None
    period = (declared.first_date or claim.period_start, declared.last_date or claim.period_end)
    return Question(
        measure,
        {name: values for name, values in given.items() if values},
        (None, None) if named else period,
    )


# What is close to a stated figure.
NEAR_SHARE, NEAR_COUNT, NEAR_COUNT_SHARE = Fraction(1, 100), 3, Fraction(1, 20)


def to_measure(declared: ClaimMeasure) -> Measure | None:
    """The measure of the catalogue, or one made of the declared fields."""
    if declared.measure_id is not None:
        return MEASURES[declared.measure_id]
    if declared.numerator_code is None:
        return None
    kind, bottom = (
        ("proportion", declared.denominator_code) if declared.denominator_code else ("count", None)
    )
    return Measure("", "", "", "", kind, declared.numerator_code, bottom)  # type: ignore[arg-type]


def to_stated(claim: Claim, declared: ClaimMeasure) -> Decimal | None:
    """The figure that is compared."""
    if declared.stated_value is not None:
        return _plain(declared.stated_value)
    figure = getattr(claim, declared.reading_code or "value")
    return None if figure is None else _plain(Decimal(figure))


def to_statement(claim: Claim, declared: ClaimMeasure) -> Statement | None:
    """What the claim states, for comparison with other claims; None without a comparison or without
    days of its own."""
    question, stated = to_question(claim, declared), to_stated(claim, declared)
    same_thing = declared.comparable == "yes" or declared.reading_code == "denominator"
    if question is None or stated is None or not same_thing or declared.window_code != "stated":
        return None
    measure = question.measure
    allowed = to_allowed(
        _exactly(claim, declared, measure, stated), declared.stated_as, declared.rounded_to
    )
    return Statement(
        claim_id=claim.claim_id,
        numerator=measure.numerator,
        denominator=measure.denominator,
        where=question.where,
        period=question.period,
        stated=stated,
        stated_as=declared.stated_as,
        allowed=allowed,
    )


def compare_claim(
    claim: Claim, declared: ClaimMeasure, figures: RowFigures | None
) -> ClaimComparison:
    """The comparison of a claim with the rows; `figures` is None where nothing is added up."""
    measure, stated = to_measure(declared), to_stated(claim, declared)
    if measure is None or figures is None or stated is None:
        return ClaimComparison(
            claim_id=claim.claim_id,
            verdict="cannot_be_compared",
            reason_code=declared.reason_code,
            reason=describe_reason("cannot_be_compared", declared, None),
        )
    (estimate,) = evaluate_measure(measure, [figures.sums])
    ours = _value(measure, figures.sums)
    verdict = _judge(claim, declared, measure, figures, stated, ours)
    start, end = to_window(claim, declared, figures.search)
    compared = ClaimComparison(
        claim_id=claim.claim_id,
        verdict=verdict,
        reason_code=declared.reason_code,
        reason="",
        measure_id=declared.measure_id,
        stated_value=stated,
        stated_as=declared.stated_as,
        value=None if ours is None else float(ours),
        low=estimate.low,
        high=estimate.high,
        numerator=figures.sums.numerator,
        denominator=estimate.denominator,
        difference=_difference(ours, stated),
        rows_used=figures.sums.used_count,
        rows_missing=_missing(figures.sums),
        rows_outside=figures.sums.outside_count,
        window_start=start,
        window_end=end,
        window_found_by=declared.window_code,
        windows_found=len(figures.search.windows) if figures.search else None,
        windows_tried=figures.search.tried if figures.search else None,
        windows_untried=figures.search.untried if figures.search else None,
        window_row_sets=figures.search.row_sets if figures.search else None,
        parts=tuple(_part(part) for part in figures.parts) if len(figures.parts) > 1 else (),
        alternative=_alternative(measure, figures, stated),
        sources=figures.sums.sources,
    )
    return replace(
        compared,
        reason=describe_reason(verdict, declared, compared),
        note=describe_note(compared, declared, figures.names),
    )


def to_window(
    claim: Claim, declared: ClaimMeasure, search: WindowSearch | None
) -> tuple[dt.date | None, dt.date | None]:
    """The days whose rows are added up: of a search the latest window that gives the figure, else
    the nearest."""
    if search is not None:
        return search.shown or (None, None)
    return declared.first_date or claim.period_start, declared.last_date or claim.period_end


def _judge(
    claim: Claim,
    declared: ClaimMeasure,
    measure: Measure,
    figures: RowFigures,
    stated: Decimal,
    ours: Fraction | None,
) -> str:
    sums, search = figures.sums, figures.search
    if declared.comparable == "no" or declared.reason_code not in COMPARABLE:
        return "cannot_be_compared"
    if ours is None:
        return "not_enough_published"
    complete = declared.reason_code in WHOLE and sums.used_count == sums.rows_count
    allowed = to_allowed(
        _exactly(claim, declared, measure, stated), declared.stated_as, declared.rounded_to
    )
    within = allowed.holds(ours)
    if declared.reason_code == "days_not_stated":
        return "not_enough_published"  # as other days give other sums, not even an excess decides
    if search is not None and search.row_sets > FEW_ROW_SETS:
        # a figure that so many sets of rows give agrees with none of them
        return "not_enough_published"
    if within and allowed.high is None and measure.denominator is None:
        return "agrees"  # a part that is large enough decides: the whole can only be larger
    near = _is_near(ours, Fraction(stated), is_count=measure.denominator is None)
    if complete:
        return "agrees" if within else "close" if near else "does_not_add_up"
    if measure.denominator is None:
        exceeds = allowed.lies_above(ours)
    else:
        exceeds = declared.stated_as == "exact" and _exceeds(sums, claim)
    if not exceeds:
        return "not_enough_published"
    return "close" if near else "does_not_add_up"


def _is_near(ours: Fraction, stated: Fraction, *, is_count: bool) -> bool:
    """Whether the rows are within 1% of the stated figure, or, of a count, within 3 where that is
    at most 5%."""
    apart = abs(ours - stated)
    if is_count and apart <= NEAR_COUNT and apart <= NEAR_COUNT_SHARE * stated:
        return True
    return apart <= NEAR_SHARE * stated


def _exactly(claim: Claim, declared: ClaimMeasure, measure: Measure, stated: Decimal) -> Fraction:
    """The stated figure without the digits that a division cut off,
    where both of its numbers are stated."""
    divided = (
        measure.denominator is not None
        and declared.stated_as == "exact"
        and declared.stated_value is None
    )
    if divided and claim.numerator is not None and claim.denominator:
        return Fraction(claim.numerator, claim.denominator)
    return Fraction(stated)


def _plain(number: Decimal) -> Decimal:
    """Without the zeros that a database adds behind the point."""
    return Decimal(int(number)) if number == int(number) else number.normalize()


def _exceeds(sums: Sums, claim: Claim) -> bool:
    """Whether our part of the numerator or denominator already exceeds the claim's whole."""
    ours = ((sums.numerator, claim.numerator), (sums.denominator, claim.denominator))
    return any(part is not None and whole is not None and part > whole for part, whole in ours)


def _value(measure: Measure, sums: Sums) -> Fraction | None:
    """The exact sum or rate over the rows that have it, whether or not others lack it."""
    if sums.numerator is None or not sums.used_count:
        return None
    if measure.denominator is None:
        return Fraction(sums.numerator) / Fraction(measure.per)
    trials = Fraction(sums.denominator or 0) / Fraction(measure.per)
    return Fraction(measure.scale) * sums.numerator / trials if trials else None


def _difference(ours: Fraction | None, stated: Decimal) -> float | None:
    return None if ours is None else float(ours - Fraction(stated))


def _missing(sums: Sums) -> int:
    """How many rows inside the window lack the number."""
    return sums.rows_count - sums.used_count - sums.outside_count


def _part(sums: Sums) -> ForcePart:
    return ForcePart(
        force_id=str(dict(sums.group)["force_id"]),
        numerator=sums.numerator,
        rows_used=sums.used_count,
        rows_missing=_missing(sums),
    )


def _alternative(measure: Measure, figures: RowFigures, stated: Decimal) -> Alternative | None:
    other, precedence = figures.alternative, figures.precedence
    if other is None or precedence is None:
        return None
    names = [
        "numerator",
        "used_count",
        "rows_count",
        *(["denominator"] if measure.denominator else []),
    ]
    if all(getattr(other, name) == getattr(figures.sums, name) for name in names):
        return None
    ours = _value(measure, other)
    return Alternative(
        kept_publication_id=precedence.kept_publication_id,
        counts_publication_id=precedence.counts_publication_id,
        first_date=precedence.first_date,
        last_date=precedence.last_date,
        value=None if ours is None else float(ours),
        numerator=other.numerator,
        denominator=None if measure.denominator is None else (other.denominator or 0) / measure.per,
        difference=_difference(ours, stated),
        rows_used=other.used_count,
        rows_missing=_missing(other),
    )
