"""What a force has to look after: gaps in its own drafts, publications that are late, returns that
wait.

In: tables of a draft; the public record; today. Out: frozen rows for the inside view. Does not read
the store and does not word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from etl.model.cells import RawTable
from etl.model.reference import Edition
from etl.model.return_codes import RETURN_GAP
from etl.queries.record import Record
from etl.returns.store.returns import Return


@dataclass(frozen=True, slots=True)
class MissingField:
    """A column of the sheet deployments: how many rows are blank, and how many have a reason for
    the gap."""

    heading: str
    blank_count: int
    reason_count: int
    rows_count: int


@dataclass(frozen=True, slots=True)
class LatePublication:
    """A form of publication that goes on: the last day that it covers in the record, how late it
    usually is, how late it is.

    `overdue_days` is how many days more than usual have gone by since `covered_until`; None where
    the usual delay is not known or nothing of it is in the record."""

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
    missing_fields = []
    for heading in table.headings:
        if heading in _BLANK_IS_AN_ANSWER:
            continue
        texts = table.column(heading)
        blank = sum(not text for text in texts)
        reason = sum(text in reasons for text in texts)
        if blank or reason:
            missing_fields.append(MissingField(heading, blank, reason, len(texts)))
    return tuple(
        sorted(
            missing_fields,
            key=lambda missing_field: (
                -missing_field.blank_count - missing_field.reason_count,
                missing_field.heading,
            ),
        )
    )


def find_late(record: Record, force_id: str, today: dt.date) -> tuple[LatePublication, ...]:
    """Every form in which the force still publishes, the most overdue first.
    A return of the force covers its days too."""
    editions = record.table(Edition)
    own = [
        edition
        for edition in editions
        if str(edition.publication_id).startswith(f"{force_id}_return_")
    ]
    late_publications = []
    for force in record.publishing.describe([force_id]).forces:
        for form in force.forms:
            publishing = form.publishing
            if publishing.until_text or publishing.form_code == "none":
                continue
            ids = (publishing.publication_ids or "").split()
            covered = _last(
                [edition for edition in editions if edition.publication_id in ids]
                + (own if ids else [])
            )
            since = (today - covered).days if covered else None
            usual = publishing.delay_days_typical
            overdue = max(0, since - usual) if since is not None and usual is not None else None
            late_publications.append(
                LatePublication(publishing.title, covered, usual, since, overdue)
            )
    if own and not any(late_publication.covered_until for late_publication in late_publications):
        last = _last(own)
        late_publications.append(
            LatePublication("", last, None, (today - last).days if last else None, None)
        )
    return tuple(
        sorted(
            late_publications,
            key=lambda late_publication: (
                -(late_publication.overdue_days or 0),
                late_publication.title,
            ),
        )
    )


def find_waiting(returns: Iterable[Return], today: dt.date) -> tuple[Return, ...]:
    """Approved returns whose embargo is over and which nobody has published."""
    return tuple(
        saved_return
        for saved_return in returns
        if saved_return.state == "approved"
        and (saved_return.embargo_date is None or saved_return.embargo_date <= today)
    )


def _last(editions: Iterable[Edition]) -> dt.date | None:
    return max((edition.period_end for edition in editions if edition.period_end), default=None)
