"""Checks that no day of a force is counted from a return and from another publication as well.

In: `Evidence` with the rows that count. Out: `Finding`s, every one an error. Rows need not be
alike: a return is all of a force's deployments of its days, so another publication's rows of these
days are the same ones, whatever they say. Does not decide which counts: a declaration of precedence
does, which comes with the return or stands in the reference data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from etl.checks.evidence import Evidence
from etl.checks.findings import report_row
from etl.model.calendar import format_day
from etl.model.messages import message
from etl.model.records import Deployment, Finding
from etl.model.return_records import RETURN_ID
from etl.model.row_days import Days, find_days

CHECK = "day_counted_twice"


def check_counted_twice(evidence: Evidence) -> Iterator[Finding]:
    """One finding for each return and publication that both count the same days."""
    periods = {
        edition.edition_id: (edition.period_start, edition.period_end)
        for edition in evidence.editions.values()
        if edition.period_start and edition.period_end
    }
    counted = [row for row in evidence.deployments if row.counted]
    for edition_id, covered in periods.items():
        match = RETURN_ID.fullmatch(edition_id)
        if match is None:
            continue
        own = [row for row in counted if row.edition_id == edition_id]
        # A row of the return may be on another day than the return says that it covers.
        known = [covered, *(each_days for row in own if (each_days := find_days(row, periods)))]
        days = (min(first for first, _ in known), max(last for _, last in known))
        others: dict[str, list[Deployment]] = {}
        for row in counted:
            if (
                row.force_id == match["force"]
                and row.edition_id != edition_id
                and not _is_translated_there(row, edition_id)
            ):
                others.setdefault(row.edition_id, []).append(row)
        for other_id, rows in sorted(others.items()):
            common = find_common_days(rows, periods, days)
            twice = [
                row for row in own if common and row.date and common[0] <= row.date <= common[1]
            ]
            if common and twice:
                span = f"{format_day(common[0])} to {format_day(common[1])}"
                yield report_row(
                    CHECK,
                    twice[0],
                    other_id,
                    printed=f"days that {other_id} counts too",
                    expected=message("declaration"),
                    message=(
                        f"{evidence.editions[other_id].title} ({other_id}) counts deployments from "
                        f"{span} too."
                    ),
                )


def find_common_days(
    rows: Iterable[Deployment], periods: Mapping[str, Days], days: Days
) -> Days | None:
    """From the first to the last of the days that rows may be on, as far as they are among `days`;
    None if there are none."""
    known = [each_days for row in rows if (each_days := find_days(row, periods))]
    inside = [
        other_days for other_days in known if other_days[0] <= days[1] and days[0] <= other_days[1]
    ]
    if not inside:
        return None
    return max(days[0], min(first for first, _ in inside)), min(
        days[1], max(last for _, last in inside)
    )


def _is_translated_there(row: Deployment, edition_id: str) -> bool:
    """Of two returns the later one is told of, so that the pair is told once."""
    other, own = (
        RETURN_ID.fullmatch(each_edition_id) for each_edition_id in (row.edition_id, edition_id)
    )
    return bool(other and own and _number(other["number"]) > _number(own["number"]))


def _number(text: str) -> float:
    return int(text) if text.isdigit() else float("inf")
