"""What a force has to look after: gaps in its own drafts, publications that are late, returns that wait.

In: tables of a draft; the public record; today. Out: frozen rows for the inside view. Does not read the store and does not word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from etl.model.cells import RawTable
from etl.model.return_codes import RETURN_GAP
from etl.queries.record import Answers
from etl.returns.store.returns import Return


@dataclass(frozen=True, slots=True)
class MissingField:
    """A column of the sheet deployments: in how many of its rows nothing stands, and in how many a reason for the gap."""

    heading: str
    blank_count: int
    reason_count: int
    rows_count: int


@dataclass(frozen=True, slots=True)
class LatePublication:
    """A form of publication that goes on: the last day that it covers in the record, how late it usually is, how late it is.

    `overdue_days` is how many days more than usual have gone by since `covered_until`; None where the usual delay is not
    known or nothing of it is in the record."""

    title: str
    covered_until: dt.date | None
    usual_days: int | None
    since_days: int | None
    overdue_days: int | None


# Blank means one day, and the force's own equipment: nothing is missing.
_BLANK_IS_AN_ANSWER = ("end_date", "lender_force_id")


def find_missing(table: RawTable) -> tuple[MissingField, ...]:
    """The columns of deployments in which something is missing, most first."""
    reasons = {RETURN_GAP.label(code) for code in RETURN_GAP}
    found = []
    for heading in table.headings:
        if heading in _BLANK_IS_AN_ANSWER:
            continue
        texts = table.column(heading)
        blank = sum(not text for text in texts)
        reason = sum(text in reasons for text in texts)
        if blank or reason:
            found.append(MissingField(heading, blank, reason, len(texts)))
    return tuple(sorted(found, key=lambda one: (-one.blank_count - one.reason_count, one.heading)))


def find_late(answers: Answers, force_id: str, today: dt.date) -> tuple[LatePublication, ...]:
    """Every form in which the force still publishes, the most overdue first. A return of the force covers its days too."""
    editions = answers.rows("editions")
    own = [one for one in editions if str(one["publication_id"]).startswith(f"{force_id}_return_")]
    found = []
    for force in answers.publishing([force_id]).forces:
        for form in force.forms:
            told = form.publishing
            if told.until_text or told.form_code == "none":
                continue
            ids = (told.publication_ids or "").split()
            covered = _last([one for one in editions if one["publication_id"] in ids] + (own if ids else []))
            since = (today - covered).days if covered else None
            usual = told.delay_days_typical
            overdue = max(0, since - usual) if since is not None and usual is not None else None
            found.append(LatePublication(told.title, covered, usual, since, overdue))
    if own and not any(one.covered_until for one in found):
        last = _last(own)
        found.append(LatePublication("", last, None, (today - last).days if last else None, None))
    return tuple(sorted(found, key=lambda one: (-(one.overdue_days or 0), one.title)))


def find_waiting(returns: Iterable[Return], today: dt.date) -> tuple[Return, ...]:
    """Approved returns whose embargo is over and which nobody has published."""
    return tuple(
        one
        for one in returns
        if one.state == "approved" and (one.embargo_date is None or one.embargo_date <= today)
    )


def _last(editions: Iterable[dict[str, Any]]) -> dt.date | None:
    return max((one["period_end"] for one in editions if one["period_end"]), default=None)
