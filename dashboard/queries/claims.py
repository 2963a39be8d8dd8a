"""What was stated, beside the rows: the claims of a selection, the ones that people ask about, and
the rows behind one.

In: `Record` and a `Selection`. Out: claims with their comparisons; rows with their source. Does not
compare and does not word, but for what may be chosen."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from dashboard.selection.selection import Choices, Selection
from dashboard.text.language import _
from dashboard.text.language import mark as N_
from etl.model.claim_measures import VERDICT, ClaimComparison, ClaimRow
from etl.model.records import Claim
from etl.model.row_evidence import ListedDeployment
from etl.queries.record import Record

# Those that contradict the rows first, those that nothing can be said of last.
ORDER = ("does_not_add_up", "close", "agrees", "not_enough_published", "cannot_be_compared")
# Statements that people ask about, with the claims that report them;
# the first is the one that is told.
KNOWN = (
    (N_("All faces scanned in England and Wales in a year"), ("claims_0197",)),
    (
        N_("The Metropolitan Police’s own year to September 2025"),
        ("claims_0160", "claims_0158", "claims_0159", "claims_0161", "claims_0162"),
    ),
    (N_("Arrests in London in twelve months"), ("claims_0242", "claims_0243")),
    (N_("South Wales: the football final of 2017"), ("claims_0047", "claims_0048", "claims_0049")),
)
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim and its comparison with the rows; `again` are claims that state the same figure of
    the same rows elsewhere."""

    claim: Claim
    comparison: ClaimComparison
    again: tuple[Claim, ...] = ()

    @property
    def claim_id(self) -> str:
        return self.comparison.claim_id


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row that a claim is about: what it gives of the sum, and the deployment with its source."""

    given: ClaimRow
    deployment: ListedDeployment


def get_claim_choices(record: Record) -> Choices:
    """Verdicts and claims that a reader may choose."""
    return {
        "verdict": {code: _(VERDICT.label(code)) for code in ORDER},
        "claim": {claim.claim_id: claim.claim_id for claim in record.table(Claim)},
    }


def get_claims(record: Record, selection: Selection) -> list[ClaimLine]:
    """The claims of the selection, by verdict, those furthest from the rows first; one statement
    in several papers is one of them."""
    wanted = selection.words.casefold().split()
    lines = [
        line
        for line in _list_lines(record)
        if (not selection.forces or line.claim.force_id in selection.forces)
        and (not selection.verdict or line.comparison.verdict == selection.verdict)
        and _may_lie_in(line, *selection.period)
        and _has_words(line, wanted)
    ]
    return sorted(_merge(lines), key=_in_order)


def get_claims_about(record: Record, force_id: str) -> list[ClaimLine]:
    """Claims about one force, those that do not add up first."""
    lines = [line for line in _list_lines(record) if line.claim.force_id == force_id]
    return sorted(
        _merge(lines),
        key=lambda line: (
            ORDER.index(line.comparison.verdict),
            line.claim.period_start or dt.date.min,
        ),
    )


def get_claim(record: Record, claim_id: str) -> ClaimLine | None:
    """One claim; None if there is no such claim."""
    return next((line for line in _list_lines(record) if line.claim_id == claim_id), None)


def get_known_claims(record: Record) -> list[tuple[str, tuple[ClaimLine, ...]]]:
    """The statements that people ask about, as far as the record has them."""
    lines = {line.claim_id: line for line in _list_lines(record)}
    groups = [
        (title, tuple(lines[claim_id] for claim_id in ids if claim_id in lines))
        for title, ids in KNOWN
    ]
    return [(title, own) for title, own in groups if own]


def count_verdicts(lines: Sequence[ClaimLine]) -> dict[str, int]:
    """How many claims have each verdict."""
    counts = Counter(line.comparison.verdict for line in lines)
    return {code: counts[code] for code in ORDER}


def get_claim_rows(
    record: Record, claim_id: str, first: int, limit: int
) -> tuple[list[SourceRow], int]:
    """Some of the rows that a claim is about, each with its source, and how many there are."""
    given = record.claims.list_rows(claim_id)
    shown = given[first : first + limit]
    if not shown:
        return [], len(given)
    query = {"deployment_id": [claim_row.deployment_id for claim_row in shown]}
    rows = {deployment.deployment_id: deployment for deployment in record.rows.deployments(query)}
    return [SourceRow(row, rows[row.deployment_id]) for row in shown], len(given)


def list_words(line: ClaimLine) -> Iterator[str]:
    """All words by which a claim is found, its figure as people write it among them."""
    claim = line.claim
    yield line.claim_id
    for name in (
        "force_text",
        "measure_text",
        "group_text",
        "location_text",
        "value_text",
        "source_title",
        "note",
    ):
        yield str(getattr(claim, name) or "").replace("_", " ")
    for value in (claim.value, line.comparison.stated_value):
        if value is not None and value == int(value):
            yield f"{int(value)} {int(value):,}"
            if value >= _MILLION:
                yield f"{(Decimal(value) / _MILLION).normalize():f} million"


@lru_cache(maxsize=2)
def _list_lines(record: Record) -> list[ClaimLine]:
    claims = record.by_id(Claim)
    return [ClaimLine(claims[claim.claim_id], claim) for claim in record.claims.compare_all()]


def _merge(lines: Sequence[ClaimLine]) -> list[ClaimLine]:
    """Claims of one force that state one figure, and for which the same rows give the same sum, as
    one line: the first of them."""
    merged: dict[tuple[object, ...], ClaimLine] = {}
    for line in lines:
        compared = line.comparison
        key: tuple[object, ...] = (line.claim_id,)
        if compared.measure_id is not None and compared.value is not None:
            key = (
                line.claim.force_id,
                compared.measure_id,
                compared.stated_value,
                compared.stated_as,
                compared.verdict,
                compared.value,
                compared.rows_used,
                compared.rows_missing,
            )
        first = merged.get(key)
        merged[key] = replace(first, again=(*first.again, line.claim)) if first else line
    return list(merged.values())


def _in_order(line: ClaimLine) -> tuple[int, float, str]:
    compared = line.comparison
    far = 0.0
    if compared.difference is not None and compared.stated_value:
        far = abs(compared.difference) / abs(float(compared.stated_value))
    return ORDER.index(compared.verdict), -far, line.claim_id


def _may_lie_in(line: ClaimLine, start: dt.date | None, end: dt.date | None) -> bool:
    """Whether any day of the claim lies in the period; a claim without days lies in none."""
    if start is None and end is None:
        return True
    first = line.comparison.window_start or line.claim.period_start
    last = line.comparison.window_end or line.claim.period_end
    if first is None and last is None:
        return False
    return not ((start and last and last < start) or (end and first and first > end))


def _has_words(line: ClaimLine, wanted: Sequence[str]) -> bool:
    if not wanted:
        return True
    known = " ".join(list_words(line)).casefold()
    return all(word in known for word in wanted)
