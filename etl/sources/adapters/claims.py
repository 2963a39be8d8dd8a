"""Totals and rates that forces, departments, courts, journalists and campaigners have stated about
facial recognition.

One row is one stated figure, with who stated it, for whom and for which period; collected by hand
from the sources named on each row. Claims are compared with the record and never enter a measure.
To distrust: many periods are inferred where the source says only "this year"; some rows restate one
statement that reached us by two ways, so claims must not be added up; a value given as a rate with
many decimals was divided from the stated numerator and denominator; rows graded "contradicted" must
not be used unverified."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

from etl.formats.printed_values import UnparseableError, read_count
from etl.formats.spreadsheets import read_csv_table
from etl.model.cells import RawTable
from etl.model.editions import KeptEdition
from etl.model.record_sets import Records
from etl.model.records import Claim
from etl.sources.collected_rows import CollectedRow, read_grade, read_rows
from etl.sources.column_maps import keep_known_tables
from etl.sources.force_names import read_force

PUBLICATION = "claims"
SUFFIX = ".csv"
FIRST_EDITION = "claims_2026_09"

_PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?", re.ASCII)
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e-?\d+)?", re.ASCII)
_NEARLY_NUMBER = re.compile(r"[\d.,%\s]+", re.ASCII)
_URL_AND_FILE = re.compile(r"(?P<url>\S+) \((?P<file>[^()]+)\)")


def read(path: Path) -> tuple[RawTable, ...]:
    """The one table of the file; rows are numbered from 1."""
    return keep_known_tables(path.name, PUBLICATION, [read_csv_table(path)])


def to_records(edition: KeptEdition) -> Records:
    """One Claim a row."""
    return Records(claims=read_rows(edition, _to_claim))


def _to_claim(row: CollectedRow) -> Claim:
    url, note = _split_address(row.text("source_url"), row.text("note"))
    return Claim(
        claim_id=_to_id(row.edition.edition_id, row.row),
        publication_id=row.edition.publication_id,
        edition_id=row.edition.edition_id,
        page=row.page,
        row=row.row,
        force_text=row.needed_text("force_text"),
        force_id=row.needed_value("force_text", read_force),
        measure_text=row.needed_text("measure_text"),
        value_text=row.needed_text("value_text"),
        value=row.value("value_text", read_stated_number),
        numerator=row.value("numerator", read_count),
        denominator=row.value("denominator", read_count),
        period_start_text=row.text("period_start_text"),
        period_end_text=row.text("period_end_text"),
        period_start=row.value("period_start_text", read_first_day),
        period_end=row.value("period_end_text", read_last_day),
        granularity_text=row.text("granularity_text"),
        location_text=row.text("location_text"),
        group_dimension=row.text("group_dimension"),
        group_text=row.text("group_text"),
        reliability=row.needed("reliability", read_grade),
        source_title=row.needed_text("source_title"),
        source_url=url,
        note=note,
    )


def _to_id(edition_id: str, row: int) -> str:
    """The first collection's claims have ids of their own, which citations use."""
    return f"{PUBLICATION if edition_id == FIRST_EDITION else edition_id}_{row:04d}"


def read_stated_number(text: str) -> Decimal | None:
    """The number stated, None where the value is words or a bound (">0.25", "~0.5")."""
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    if _NEARLY_NUMBER.fullmatch(text):
        raise UnparseableError("a number without commas or signs, such as 1234 or 0.25, or words")
    return None


def read_first_day(text: str) -> dt.date:
    """The first day of a year, a month or a day."""
    year, month, day = _period(text)
    return _day(year, 1 if month is None else month, 1 if day is None else day)


def read_last_day(text: str) -> dt.date:
    """The last day of a year, a month or a day."""
    year, month, day = _period(text)
    if day is not None:
        return _day(year, month or 0, day)
    first = _day(year, 12 if month is None else month, 1)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _period(text: str) -> tuple[int, int | None, int | None]:
    match = _PERIOD.fullmatch(text)
    if not match:
        raise UnparseableError("a year, a month or a day such as 2025, 2025-03 or 2025-03-15")
    month, day = (int(part) if part else None for part in (match["month"], match["day"]))
    return int(match["year"]), month, day


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise UnparseableError("a year, a month or a day that is in the calendar") from None


def _split_address(address: str | None, note: str | None) -> tuple[str | None, str | None]:
    """As published: a repository's address, then in brackets the file in it.
    An address is only what can be opened."""
    match = _URL_AND_FILE.fullmatch(address or "")
    if not match:
        return address, note
    return match["url"], "; ".join(text for text in (note, f"file {match['file']}") if text)
