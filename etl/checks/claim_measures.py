"""Whether every claim is declared to be read in exactly one way that the record can follow.

In: the rows of `data/reference/claim_measures.csv` and the claims. Out: nothing, or
`InvalidReferenceError` with every fault. Does not compare a claim (`etl.measures.claims.compare`).
A claim named twice is refused where the table is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from etl.measures.catalogue import MEASURES
from etl.measures.claims.compare import to_measure, to_stated
from etl.model.claim_measures import COMPARABLE, ClaimMeasure
from etl.model.facts import Fact
from etl.model.fields import fields_of
from etl.model.problems import InvalidReferenceError, Problem
from etl.model.records import Claim

FILE = "claim_measures.csv"


def refuse_claim_measures(declared: Iterable[ClaimMeasure], claims: Iterable[Claim]) -> None:
    """Raises `InvalidReferenceError` if a claim has no row, or a row contradicts itself, its claim
    or the model."""
    known = {claim.claim_id: claim for claim in claims}
    entries = {entry.claim_id: entry for entry in declared}
    problems = [
        Problem(
            f"{FILE}, {claim_id}",
            "no row",
            "one row for every claim",
            "Say how it is read, or why it is not.",
        )
        for claim_id in known.keys() - entries.keys()
    ]
    for claim_id, entry in entries.items():
        problems += [
            Problem(f"{FILE}, {claim_id}", found, expected, "Mend the row.")
            for found, expected in _faults(entry, known)
        ]
    if problems:
        raise InvalidReferenceError(sorted(problems, key=str))


def _faults(entry: ClaimMeasure, claims: Mapping[str, Claim]) -> Iterator[tuple[str, str]]:
    claim = claims.get(entry.claim_id)
    if claim is None:
        yield entry.claim_id, "the identifier of a claim"
        return
    if (entry.comparable == "yes") != (entry.reason_code in COMPARABLE):
        yield (
            f"comparable {entry.comparable} with reason {entry.reason_code}",
            "a reason that goes with it",
        )
    codes = [code for code in (entry.numerator_code, entry.denominator_code) if code]
    if entry.measure_id is not None and (entry.measure_id not in MEASURES or codes):
        yield (
            " ".join([entry.measure_id, *codes]),
            "a measure of the catalogue, or columns of facts instead",
        )
        return
    if unknown := [code for code in codes if code not in {field.name for field in fields_of(Fact)}]:
        yield ", ".join(unknown), "columns of facts"
        return
    if to_measure(entry) is None:
        if entry.comparable == "yes":
            yield "neither a measure nor a column", "what the claim is compared with"
        return
    if None in (entry.reading_code, entry.stated_as, entry.window_code):
        yield "a blank", "which figure is compared, how it is stated, and how its days are known"
    if to_stated(claim, entry) is None:
        yield f"no number as the claim's {entry.reading_code}", "a figure to compare"
    if (entry.stated_as in ("rounded", "about")) != bool(entry.rounded_to):
        yield (
            f"{entry.stated_as} to {entry.rounded_to}",
            "a unit where a figure is rounded, and only there",
        )
    if (entry.window_code == "searched") != (entry.search_months is not None):
        yield (
            f"{entry.window_code}, {entry.search_months} months",
            "a length where windows are searched, only there",
        )
