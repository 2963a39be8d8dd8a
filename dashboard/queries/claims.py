"""What was stated, beside the rows: the claims of a selection, the ones that people ask about, and the rows behind one.

In: `Answers` and a `Selection`. Out: claims with their comparisons; rows with their source. Does not compare and does not
word, but for what may be chosen.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from dashboard.selection.selection import Choices, Selection
from dashboard.text.language import _
from dashboard.text.language import mark as N_
from etl.model.claim_measures import VERDICT, ClaimComparison, ClaimRow
from etl.queries.record import Answers

# Those that contradict the rows first, those that nothing can be said of last.
ORDER = ("does_not_add_up", "agrees", "not_enough_published", "cannot_be_compared")
# Statements that people ask about, with the claims that report them; the first is the one that is told.
KNOWN = (
    (N_("All faces scanned in England and Wales in a year"), ("claims_0197",)),
    (N_("The Metropolitan Police’s own year to September 2025"), ("claims_0160", "claims_0158", "claims_0159", "claims_0161", "claims_0162")),
    (N_("Arrests in London in twelve months"), ("claims_0242", "claims_0243")),
    (N_("South Wales: the football final of 2017"), ("claims_0047", "claims_0048", "claims_0049")),
)  # fmt: skip
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim beside the rows."""

    claim: Mapping[str, Any]
    comparison: ClaimComparison

    @property
    def claim_id(self) -> str:
        return self.comparison.claim_id


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row that a claim is about: what it gives of the sum, and the deployment with its source."""

    given: ClaimRow
    deployment: Mapping[str, Any]
    source_address: str | None
    source_title: str


def ask_claim_choices(answers: Answers) -> Choices:
    """Verdicts and claims that a reader may choose."""
    return {
        "verdict": {code: _(VERDICT.label(code)) for code in ORDER},
        "claim": {one["claim_id"]: one["claim_id"] for one in answers.rows("claims")},
    }


def ask_claims(answers: Answers, chosen: Selection) -> list[ClaimLine]:
    """The claims of the selection, by verdict and in the order of the record."""
    wanted = chosen.words.casefold().split()
    found = [
        one
        for one in _list_lines(answers)
        if (not chosen.forces or one.claim["force_id"] in chosen.forces)
        and (not chosen.verdict or one.comparison.verdict == chosen.verdict)
        and _may_lie_in(one, *chosen.period)
        and _has_words(one, wanted)
    ]
    return sorted(found, key=_in_order)


def ask_claims_about(answers: Answers, force_id: str) -> list[ClaimLine]:
    """Claims about one force, those that do not add up first."""
    found = [one for one in _list_lines(answers) if one.claim["force_id"] == force_id]
    return sorted(found, key=lambda one: (ORDER.index(one.comparison.verdict), one.claim["period_start"] or dt.date.min))  # fmt: skip


def ask_claim(answers: Answers, claim_id: str) -> ClaimLine | None:
    """One claim; None if there is no such claim."""
    return next((one for one in _list_lines(answers) if one.claim_id == claim_id), None)


def ask_known(answers: Answers) -> list[tuple[str, tuple[ClaimLine, ...]]]:
    """The statements that people ask about, as far as the record has them."""
    lines = {one.claim_id: one for one in _list_lines(answers)}
    found = [(title, tuple(lines[one] for one in ids if one in lines)) for title, ids in KNOWN]
    return [(title, own) for title, own in found if own]


def count_verdicts(lines: Sequence[ClaimLine]) -> dict[str, int]:
    """How many claims have each verdict."""
    counts = Counter(one.comparison.verdict for one in lines)
    return {code: counts[code] for code in ORDER}


def ask_claim_rows(answers: Answers, claim_id: str, first: int, most: int) -> tuple[list[SourceRow], int]:
    """Some of the rows that a claim is about, each with its source, and how many there are."""
    given = answers.claim_rows(claim_id)
    shown = given[first : first + most]
    if not shown:
        return [], len(given)
    editions = {one["edition_id"]: one for one in answers.rows("editions")}
    publications = {one["publication_id"]: one for one in answers.rows("publications")}
    asked = {"deployment_id": [one.deployment_id for one in shown]}
    rows = {one["deployment_id"]: one for one in answers.deployments(asked)}
    found = []
    for one in shown:
        row = rows[one.deployment_id]
        edition = editions[row["edition_id"]]
        address = row["source_url"] or edition["url"] or publications[row["publication_id"]]["url"]
        found.append(SourceRow(one, row, address, str(edition["title"])))
    return found, len(given)


def list_words(line: ClaimLine) -> Iterator[str]:
    """All words by which a claim is found, its figure as people write it among them."""
    claim = line.claim
    yield line.claim_id
    for name in ("force_text", "measure_text", "group_text", "location_text", "value_text", "source_title", "note"):  # fmt: skip
        yield str(claim[name] or "").replace("_", " ")
    for value in (claim["value"], line.comparison.stated_value):
        if value is not None and value == int(value):
            yield f"{int(value)} {int(value):,}"
            if value >= _MILLION:
                yield f"{(Decimal(value) / _MILLION).normalize():f} million"


@lru_cache(maxsize=2)
def _list_lines(answers: Answers) -> list[ClaimLine]:
    claims = {one["claim_id"]: one for one in answers.rows("claims")}
    return [ClaimLine(claims[one.claim_id], one) for one in answers.compare_claims()]


def _in_order(line: ClaimLine) -> tuple[int, str]:
    return ORDER.index(line.comparison.verdict), line.claim_id


def _may_lie_in(line: ClaimLine, start: dt.date | None, end: dt.date | None) -> bool:
    """Whether any day that the claim is about lies in the period; one without a day does not, if days are asked for."""
    if start is None and end is None:
        return True
    first = line.comparison.window_start or line.claim["period_start"]
    last = line.comparison.window_end or line.claim["period_end"]
    if first is None and last is None:
        return False
    return not ((start and last and last < start) or (end and first and first > end))


def _has_words(line: ClaimLine, wanted: Sequence[str]) -> bool:
    if not wanted:
        return True
    known = " ".join(list_words(line)).casefold()
    return all(word in known for word in wanted)
