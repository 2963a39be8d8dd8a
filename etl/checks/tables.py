"""Checks across the rows of one file: columns and rows that repeat, outcomes, blanks.

In: `Evidence` with values as printed. Out: `Finding`s.
Does not use the order of the rows (`neighbours`) and does not compare files (`overlaps`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from etl.checks.counts import PARTS_OF, at_least, describe_stage, exact, get_count, rows_by_edition
from etl.checks.evidence import Evidence
from etl.checks.findings import report_row, report_table
from etl.model import codes
from etl.model.messages import message
from etl.model.records import Deployment, Finding

# Two columns repeat each other if they agree in this share of at least this many rows in which one
# is not zero.
REPEATING_SHARE = 0.95
MIN_ROWS = 20
# A column that at least this share of a file's rows fill is one that every row is expected to fill.
FILLED_SHARE = 0.9


def check_repeating_columns(evidence: Evidence) -> Iterator[Finding]:
    """Pairs of columns of a file that repeat each other, and the rows that break the repetition."""
    for edition_id, rows in rows_by_edition(evidence).items():
        for first, other in find_repeating_columns(evidence, rows):
            pairs = _filled_pairs(evidence, rows, first, other)
            differing = [(row, a, b) for row, a, b in pairs if a != b]
            same = len(pairs) - len(differing)
            yield report_table(
                "columns_repeat",
                rows[0].publication_id,
                edition_id,
                f"{first}+{other}",
                printed=f"{same} of {len(pairs)} rows the same",
                expected=message("different_columns"),
                message=(
                    f"The columns “{_heading(evidence, rows, first)}” and "
                    f"“{_heading(evidence, rows, other)}” hold the same number in {same} of the "
                    f"{len(pairs)} rows in which either is not zero."
                ),
            )
            for row, a, b in differing:
                yield report_row(
                    "columns_repeat_broken",
                    row,
                    other,
                    printed=f"{a} and {b}",
                    expected=message("same_number_twice"),
                    message=(
                        f"{a} {describe_stage(first)} and {b} {describe_stage(other)} are printed, "
                        "while nearly all rows of the file print one number twice."
                    ),
                )


def find_repeating_columns(evidence: Evidence, rows: Sequence[Deployment]) -> list[tuple[str, str]]:
    """Pairs of stages that repeat each other, without those of a whole and its part."""
    repeating = []
    for first, other in combinations(codes.STAGE, 2):
        if other in _parts_below(first) or first in _parts_below(other):
            continue
        pairs = _filled_pairs(evidence, rows, first, other)
        if len(pairs) < MIN_ROWS or len({a for _, a, _ in pairs}) < 2:
            continue
        if sum(a == b for _, a, b in pairs) >= REPEATING_SHARE * len(pairs):
            repeating.append((first, other))
    return repeating


def _parts_below(stage: str) -> set[str]:
    parts = set(PARTS_OF.get(stage, ()))
    return parts.union(*(_parts_below(part) for part in parts))


def _filled_pairs(
    evidence: Evidence, rows: Sequence[Deployment], first: str, other: str
) -> list[tuple[Deployment, int, int]]:
    pairs = []
    for row in rows:
        a, b = exact(evidence, row, first), exact(evidence, row, other)
        if a is not None and b is not None and (a or b):
            pairs.append((row, a, b))
    return pairs


def _heading(evidence: Evidence, rows: Sequence[Deployment], stage: str) -> str:
    headings = [evidence.counts[row.deployment_id][stage].column_heading for row in rows]
    return next((heading for heading in headings if heading), codes.STAGE.label(stage))


def check_outcomes(evidence: Evidence) -> Iterator[Finding]:
    """Arrests, other disposals and no action against the people engaged.

    As published: in some rows the people engaged after a false alert are counted under no action,
    in others not; so both the confirmed true alerts and all confirmed alerts are accepted. Where
    "other disposals" and "no action" repeat each other in the file, they are taken as one column.
    """
    for rows in rows_by_edition(evidence).values():
        repeated = ("other_disposals", "no_action") in find_repeating_columns(evidence, rows)
        stages = (
            ("arrests", "other_disposals")
            if repeated
            else ("arrests", "other_disposals", "no_action")
        )
        for row in rows:
            outcomes = [exact(evidence, row, stage) for stage in stages]
            confirmed = get_count(evidence, row, "true_alerts_confirmed")
            if confirmed is None or any(outcome is None for outcome in outcomes):
                continue
            most = confirmed + at_least(evidence, row, "false_alerts_confirmed")
            total = sum(outcome or 0 for outcome in outcomes)
            if not confirmed <= total <= most:
                names = " + ".join(describe_stage(stage) for stage in stages)
                sums = " + ".join(str(outcome) for outcome in outcomes)
                unconfirmed = at_least(evidence, row, "true_alerts_unconfirmed")
                yield report_row(
                    "outcomes_differ_from_true_alerts",
                    row,
                    "arrests",
                    printed=f"{sums} = {total}",
                    expected=message("confirmed_true_or_more", count=confirmed, most=most)
                    if most > confirmed
                    else message("confirmed_true", count=confirmed),
                    message=(
                        f"{names} is {sums} = {total}, beside {confirmed} confirmed and "
                        f"{unconfirmed} unconfirmed true alerts and {most - confirmed} confirmed "
                        "false ones."
                    ),
                )


def check_repeated_rows(evidence: Evidence) -> Iterator[Finding]:
    """Rows of one file with the same date and place, with equal and with different numbers."""
    for rows in rows_by_edition(evidence).values():
        groups: dict[tuple[object, str], list[Deployment]] = {}
        for row in rows:
            if row.date is not None:
                groups.setdefault((row.date, row.location_text), []).append(row)
        for group in groups.values():
            for number, row in enumerate(group[1:], start=1):
                twin = next(
                    (
                        other
                        for other in group[:number]
                        if _numbers(evidence, other) == _numbers(evidence, row)
                    ),
                    None,
                )
                if twin is not None:
                    yield report_row(
                        "row_repeated",
                        row,
                        None,
                        printed=(
                            f"the same date, place and numbers as page {twin.page}, row {twin.row}"
                        ),
                        expected=message("one_row_each"),
                        message=(
                            f"page {twin.page}, row {twin.row} has the same date, place and "
                            "numbers."
                        ),
                    )
            # Different clock times explain several rows: the publisher prints each session.
            counted = [row for row in group if row.counted]
            numbers = {_numbers(evidence, row) for row in counted}
            if len(numbers) > 1 and len({row.start_time for row in counted}) == 1:
                yield report_row(
                    "place_repeated_same_day",
                    counted[-1],
                    "location_text",
                    printed=counted[-1].location_text,
                    expected=message("one_row_of_day"),
                    message=f"{len(counted)} rows with different numbers have this place and day.",
                )


def _numbers(evidence: Evidence, row: Deployment) -> tuple[object, ...]:
    counts = evidence.counts[row.deployment_id]
    printed = tuple(counts[stage].value_as_printed for stage in codes.STAGE if stage in counts)
    return (row.start_time, row.duration_minutes, row.watchlist_size, row.threshold, *printed)


def check_blanks(evidence: Evidence) -> Iterator[Finding]:
    """Cells left empty in columns that nearly all rows of the file fill."""
    for rows in rows_by_edition(evidence).values():
        if len(rows) < MIN_ROWS:
            continue
        filled = Counter(
            stage
            for row in rows
            for stage, count in evidence.counts[row.deployment_id].items()
            if count.printed_text
        )
        expected = [stage for stage in codes.STAGE if filled[stage] >= FILLED_SHARE * len(rows)]
        for row in rows:
            counts = evidence.counts[row.deployment_id]
            blank = [stage for stage in expected if counts[stage].printed_text == ""]
            if blank:
                names = " and ".join(describe_stage(stage) for stage in blank)
                yield report_row(
                    "row_incomplete",
                    row,
                    blank[0],
                    printed="",
                    expected=message("numbers_of", names=names),
                    message=(
                        f"the cells of {names} are blank, which nearly all other rows of the file "
                        "fill."
                    ),
                )
