"""Documented cases of people whom facial recognition, or somebody using it, took for somebody else.

One row is one case and concerns one person, unless it says that it is an aggregate; collected by
hand from the sources named on each row. The technology is always stated, because police LFR, police
searches of stored images and systems in shops fail in different ways; cases are never pooled into a
rate. To distrust: only cases that somebody reported are here, so their number says nothing about
how often it happens; some "errors" were a wrong entry on a list or staff who approached the wrong
customer, not a wrong alert. Nobody is named; of a child, less is kept than was in the press."""

from __future__ import annotations

import re
from pathlib import Path

from etl.formats.printed_values import UnparseableError
from etl.formats.spreadsheets import read_csv_table
from etl.model.cells import RawTable
from etl.model.editions import KeptEdition
from etl.model.record_sets import Records
from etl.model.records import Misidentification
from etl.sources.collected_rows import CollectedRow, read_code, read_rows
from etl.sources.column_maps import keep_known_tables
from etl.sources.force_names import read_force

PUBLICATION = "misidentifications"
SUFFIX = ".csv"

_TECHNOLOGIES = {
    "LFR": "lfr",
    "LFR (trial)": "lfr_trial",
    "retail LFR": "retail_lfr",
    "RFR": "rfr",
    "RFR (PND)": "rfr",
    "OIFR": "oifr",
}
_EVIDENCE = {
    "primary": "primary document",
    "press_of_primary": "press, reporting a primary document",
    "press": "press",
    "ngo": "campaign group",
    "secondary": "secondary",
}
_NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2
    )
}
_AGGREGATE = re.compile(r"(?P<number>\w+) [^()]+\(aggregate\).*")


def read(path: Path) -> tuple[RawTable, ...]:
    """The one table of the file; rows are numbered from 1."""
    return keep_known_tables(path.name, PUBLICATION, [read_csv_table(path)])


def to_records(edition: KeptEdition) -> Records:
    """One Misidentification a row."""
    return Records(misidentifications=read_rows(edition, _to_case))


def _to_case(row: CollectedRow) -> Misidentification:
    return Misidentification(
        misidentification_id=row.needed("misidentification_id", _case_id),
        publication_id=row.edition.publication_id,
        edition_id=row.edition.edition_id,
        page=row.page,
        row=row.row,
        incident_date_text=row.needed_text("incident_date_text"),
        reported_date_text=row.text("reported_date_text"),
        operator_text=row.needed_text("operator_text"),
        force_id=row.needed_value("operator_text", read_force),
        technology_code=row.needed("technology_code", read_code(_TECHNOLOGIES)),
        location_text=row.text("location_text"),
        person_text=row.needed_text("person_text"),
        people_count=row.value("person_text", read_people),
        error_text=row.needed_text("error_text"),
        outcome_text=row.text("outcome_text"),
        litigation_text=row.text("litigation_text"),
        evidence_grade=row.needed("evidence_grade", read_code(_EVIDENCE)),
        source_title=row.needed_text("source_title"),
        source_url=row.text("source_url"),
        note=row.text("note"),
    )


def read_people(text: str) -> int:
    """How many people a description is about: the number with which an aggregate begins,
    otherwise one."""
    if "aggregate" not in text:
        return 1
    match = _AGGREGATE.fullmatch(text)
    number = match["number"] if match else ""
    if number.isdecimal() and int(number) > 0:
        return int(number)
    if number not in _NUMBER_WORDS:
        raise UnparseableError(
            'an aggregate that begins with its number, such as "102 people (aggregate)"'
        )
    return _NUMBER_WORDS[number]


def _case_id(text: str) -> str:
    """As published: `mis-01`; our identifiers join words by `_`."""
    if not re.fullmatch(r"mis-\d\d", text):
        raise UnparseableError("an identifier such as mis-01")
    return text.replace("-", "_")
