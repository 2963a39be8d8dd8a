"""Results of laboratory and field tests, with exact intervals where numerator and denominator are
known or follow.

In: `TestResult`s, and the `Claim`s declared here as restating a test. Out: `LaboratoryResult`s by
technology. Does not add one test to another, one technology to another, or anything to figures of
deployments: nothing here is an `Estimate`, and nothing here gives a share to compare with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from etl.measures.catalogue import FEW_EVENTS
from etl.measures.intervals import proportion_interval
from etl.model.codes import TECHNOLOGY
from etl.model.demographics import LaboratoryResult
from etl.model.messages import message
from etl.model.records import Claim, TestResult
from etl.model.refusals import QueryError


@dataclass(frozen=True, slots=True)
class InferredSearches:
    """The searches of a test, inferred from a stated rate and a stated count at one threshold.

    False positives in proportion to the watchlist: rate(size) = errors / searches * size /
    `counted_images`, so that searches = errors * `rate_one_in` * `rate_images` / `counted_images`,
    rounded to the nearest ten."""

    publication_id: str
    count_measure: str
    counted_images: int
    scaled_measure: str
    rate_images: int
    rate_one_in: int
    rate_threshold: Decimal

    def searches(self, errors: int) -> int:
        """About how many searches give the stated rate with so many errors."""
        return 10 * round(errors * self.rate_one_in * self.rate_images / self.counted_images / 10)


# The Home Office's answer 98989: 1 in 6,000 at 0.60 with 10,000 images. Seven false positives at
# 0.60 with 178,000 reference images: about 2,360 searches.
NPL_2023 = InferredSearches(
    "npl_evaluation_2023",
    "false_positives",
    178_000,
    "FPIR_scaled_to_10000",
    10_000,
    6_000,
    Decimal("0.6"),
)

# Claims that restate a test, each with its evaluation and technology. Restatements of the same
# figure and figures graded as contradicted are left out.
_RETROSPECTIVE = ("npl_2025_retrospective", "rfr")
_ESSEX = ("cambridge_essex_2026", "lfr")
EVALUATION_CLAIMS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        (f"claims_{number:04d}" for number in (189, 190, 191, 192, 193, 194)), _RETROSPECTIVE
    ),
    **dict.fromkeys((f"claims_{number:04d}" for number in (224, 225, 226)), _ESSEX),
}

# As published: ratios of one group to another, not rates.
RATIOS = frozenset({"essex_cambridge_2026: TPIR_ratio"})

_KINDS = {"count": "count", "rate": "rate", "finding": "finding", "not found": "not_found"}
CAN_SHOW = {
    "exact": "It shows how often errors occurred in this test, as closely as the interval says.",
    "inferred": (
        "It shows about how often errors occurred in this test, if the inferred number of searches "
        "holds."
    ),
    "count": "It shows what was counted in this test.",
    "rate": "It shows what the evaluation states for its own conditions.",
    "ratio": (
        "It shows how many times as often one group was recognised as another, as the evaluation "
        "states it."
    ),
    "finding": "It shows what the evaluation concludes for its own conditions.",
    "not_found": "It shows that the figure exists and was not in any text that was read.",
}
CANNOT_SHOW = {
    "exact": "It does not show the rate in the street, nor by group unless a group is named.",
    "inferred": (
        "It does not show the rate in the street, nor a difference or its absence between groups."
    ),
    "count": "It is not a rate: how many could have been wrong is not stated.",
    "rate": "It does not show how sure the rate is, as its counts were not read.",
    "ratio": (
        "It does not show how sure the ratio is, nor how often either group was wrongly flagged."
    ),
    "finding": "It does not show how large a difference could have gone unseen.",
    "not_found": "Nothing about any group can be concluded from it.",
}
ZERO_CANNOT_SHOW = (
    "It cannot show that the rate is zero, that no group is treated differently, or what happens "
    "at another threshold or watchlist."
)


def list_results(
    results: Sequence[TestResult], claims: Iterable[Claim], technology: str | None = None
) -> tuple[tuple[str, tuple[LaboratoryResult, ...]], ...]:
    """Results by technology in the order of `TECHNOLOGY`, each in the order read; one technology if
    it is named.

    Raises `QueryError` (unknown_technology)."""
    if technology is not None and technology not in TECHNOLOGY:
        raise QueryError(
            "unknown_technology",
            message("no_technology", name=technology),
            message("there_are", names=list(TECHNOLOGY)),
        )
    errors = _errors_by_threshold(results)
    read = [_to_result(result, errors) for result in results]
    read += [
        _restated(claim, *EVALUATION_CLAIMS[claim.claim_id])
        for claim in claims
        if claim.claim_id in EVALUATION_CLAIMS
    ]
    return tuple(
        (code, tuple(result for result in read if result.technology_code == code))
        for code in TECHNOLOGY
        if technology in (None, code)
    )


def _errors_by_threshold(results: Iterable[TestResult]) -> dict[Decimal, int]:
    """Stated errors of the NPL test on all its reference images, by threshold."""
    return {
        result.threshold: int(result.value)
        for result in results
        if result.publication_id == NPL_2023.publication_id
        and result.measure_text == NPL_2023.count_measure
        and result.watchlist_size == NPL_2023.counted_images
        and result.threshold is not None
        and result.value is not None
    }


def _to_result(result: TestResult, errors: Mapping[Decimal, int]) -> LaboratoryResult:
    figures: dict[str, Any] = {"kind_code": _KINDS.get(result.basis_text, "rate")}
    if figures["kind_code"] == "rate" and result.value is not None:
        figures["rate"] = float(result.value)
    if (
        result.publication_id == NPL_2023.publication_id
        and result.measure_text == NPL_2023.scaled_measure
    ):
        error = errors.get(result.threshold) if result.threshold is not None else None
        anchor = errors.get(NPL_2023.rate_threshold)
        figures = (
            {"kind_code": "count"}
            if error is None or not anchor
            else _inferred(error, NPL_2023.searches(anchor))
        )
    elif result.measure_text == NPL_2023.count_measure and result.value is not None:
        figures["errors_in_test"] = int(result.value)
    return _make(
        figures,
        result_id=result.test_result_id,
        evaluation=result.publication_id,
        technology_code=result.technology_code,
        measure_text=result.measure_text,
        group_dimension=result.group_dimension,
        group_text=result.group_text,
        threshold_text=result.threshold_text,
        watchlist_images=result.watchlist_size,
        stated_text=result.value_text,
        reliability=result.reliability,
        source_title=result.source_title,
        source_url=result.source_url,
        note=result.note,
    )


def _restated(claim: Claim, evaluation: str, technology: str) -> LaboratoryResult:
    figures: dict[str, Any] = {"kind_code": "finding" if claim.value is None else "rate"}
    if claim.measure_text in RATIOS:
        figures["kind_code"] = "ratio"
    if claim.numerator is not None and claim.denominator:
        figures = {"kind_code": "exact"} | _rates(claim.numerator, claim.denominator, 1.0)
    elif figures["kind_code"] == "rate" and claim.value is not None:
        figures["rate"] = float(claim.value)
    return _make(
        figures,
        result_id=claim.claim_id,
        evaluation=evaluation,
        technology_code=technology,
        measure_text=claim.measure_text.rpartition(": ")[2],
        group_dimension=claim.group_dimension or "all",
        group_text=claim.group_text or "all",
        threshold_text=None,
        watchlist_images=None,
        stated_text=claim.value_text,
        reliability=claim.reliability,
        source_title=claim.source_title,
        source_url=claim.source_url,
        note=claim.note,
    )


def _inferred(errors: int, searches: int) -> dict[str, Any]:
    scale = NPL_2023.rate_images / NPL_2023.counted_images
    return {"kind_code": "inferred"} | _rates(errors, searches, scale)


def _rates(errors: int, searches: int, scale: float) -> dict[str, Any]:
    """Clopper-Pearson limits of errors / searches times `scale`, two-sided also at zero errors,
    which have no rate.

    The lines of one test are read against each other, so all have the same kind of limits; the
    one-sided bound of `reported_interval` would be tighter by a fifth than an inferred denominator
    deserves."""
    low, high = (limit * scale for limit in proportion_interval(errors, searches))
    return {
        "rate": errors / searches * scale if errors else None,
        "rate_low": low,
        "rate_high": high,
        "errors_in_test": errors,
        "searches_in_test": searches,
        "below_one_in": 1 / high if errors == 0 else None,
    }


def _make(figures: Mapping[str, Any], **described: Any) -> LaboratoryResult:
    kind = figures["kind_code"]
    errors = figures.get("errors_in_test")
    caveats = ["tests_are_not_deployments"]
    caveats += ["searches_inferred"] if kind == "inferred" else []
    caveats += ["stated_without_counts"] if kind in {"rate", "ratio"} else []
    can = CAN_SHOW[kind]
    bound = figures.get("below_one_in")
    if errors == 0:
        caveats.append("zero_is_a_bound")
        if bound is not None:
            seen = {"searches": figures["searches_in_test"], "number": _three_digits(bound)}
            # Without the images nobody could follow how so few searches bound a rate so low.
            can = (
                message(
                    "none_seen_inferred",
                    images=NPL_2023.counted_images,
                    size=NPL_2023.rate_images,
                    **seen,
                )
                if kind == "inferred"
                else message("none_seen", **seen)
            )
    empty: dict[str, Any] = dict.fromkeys(
        ("rate", "rate_low", "rate_high", "errors_in_test", "searches_in_test", "below_one_in"),
        None,
    )
    return LaboratoryResult(
        **(empty | dict(figures)),
        low_reliability=errors is not None and errors < FEW_EVENTS,
        can_show=can,
        cannot_show=ZERO_CANNOT_SHOW if errors == 0 else CANNOT_SHOW[kind],
        caveats=tuple(caveats),
        **described,
    )


def _three_digits(number: float) -> int:
    """Rounded to three digits: 11,395 is printed as 11,400."""
    return int(float(f"{number:.3g}"))
