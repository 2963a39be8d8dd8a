"""Documented misidentifications as a reader asks for them: the kind of error that each is read as,
and its days.

In: nothing. Out: `CASE_KIND`, `READINGS`, `Case` and the answer that carries cases.
Does not hold the cases: those are rows of `misidentifications`.
Each reading names the text that it was read from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

from etl.model.calendar import span_of
from etl.model.codes import code_list
from etl.model.records import Misidentification
from etl.model.refusals import Refusal

CASE_KIND = code_list("case_kind")
# By case: the words of `error_text` that were read, and the kind that they are read as.
READINGS: dict[str, tuple[str, str]] = {
    "mis_01": ("algorithm false alert; officer stop and search", "false_alert"),
    "mis_02": ("algorithm false alert; officer stop", "false_alert"),
    "mis_03": ("7 confirmed false alerts of 8 alerts; 5 engaged", "false_alert"),
    "mis_04": (
        "algorithm false alert; matched to a relative who was on the watchlist (per judgment)",
        "false_alert",
    ),
    "mis_05": ("operator acknowledged error", "not_stated"),
    "mis_06": ("wrong watchlist entry (staff error), not a face mismatch", "wrong_entry"),
    "mis_07": ("wrong watchlist entry (staff error), not a face mismatch", "wrong_entry"),
    "mis_08": ("wrong accusation of 39p theft", "not_stated"),
    "mis_09": (
        "human approach error: system matched another person, staff approached wrong customer",
        "wrong_person_approached",
    ),
    "mis_10": ("RFR false match accepted after officer comparison", "false_candidate"),
    "mis_11": ("RFR candidate ranked 32nd selected", "false_candidate"),
    "mis_12": ("RFR false match", "false_candidate"),
    "mis_13": ("algorithm false alerts", "false_alert"),
    "mis_14": ("false alerts leading to intervention", "false_alert"),
    "mis_15": ("algorithm false alerts", "false_alert"),
    "mis_16": ("algorithm false alert", "false_alert"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One entry of the register, in its own words; `first_day` and `last_day` span what the source
    says of its date.

    `several` if the entry tells of several people or adds up a period;
    `people_count` is then how many."""

    misidentification_id: str
    publication_id: str
    technology_code: str
    kind_code: str
    first_day: dt.date
    last_day: dt.date
    incident_date_text: str
    reported_date_text: str | None
    operator_text: str
    force_id: str | None
    location_text: str | None
    person_text: str
    people_count: int | None
    several: bool
    error_text: str
    outcome_text: str | None
    litigation_text: str | None
    evidence_grade: str
    source_title: str
    source_url: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class CasesAnswer:
    """Cases by technology, which are never put in one list,
    or the reason why the question cannot be answered."""

    by_technology: tuple[tuple[str, tuple[Case, ...]], ...] = ()
    refusal: Refusal | None = None

    def of(self, technology: str) -> tuple[Case, ...]:
        """The cases of one technology, the latest first."""
        return dict(self.by_technology).get(technology, ())


def to_case(row: Misidentification) -> Case:
    """A row of the register with its kind and its days. ValueError for a date that is none."""
    read, kind = READINGS.get(row.misidentification_id, ("", "not_read"))
    first, last = read_days(row.incident_date_text)
    stored = {
        field.name: getattr(row, field.name) for field in fields(Case) if hasattr(row, field.name)
    }
    return Case(
        **stored,
        kind_code=kind if read == row.error_text else "not_read",
        first_day=first,
        last_day=last,
        several="(aggregate)" in row.person_text,
    )


def read_days(text: str) -> tuple[dt.date, dt.date]:
    """First and last day of `2018`, `2018-06`, `2020-02-27` or `2016-08/2017-08`.
    ValueError for anything else."""
    parts = [_read_part(part) for part in text.split("/")]
    return parts[0][0], parts[-1][1]


def _read_part(text: str) -> tuple[dt.date, dt.date]:
    if len(text) == len("2020-02-27"):
        day = dt.date.fromisoformat(text)
        return day, day
    return span_of("month" if "-" in text else "year", text)
