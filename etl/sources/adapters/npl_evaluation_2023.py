"""The National Physical Laboratory's evaluation of 2023 of the Met's and South Wales' facial
recognition, as restated.

One row is one figure, by technology, group, threshold and watchlist; collected by hand from
parliamentary answers and the press, because the report's own tables could not be read: rows that
say NOT FOUND stand for the figures by group that are missing here. To distrust: figures marked as
inference were calculated from the restated ones and are to be replaced by the report's; no false
positive at 0.64 bounds the rate, and is no evidence that it is zero or equal between groups. Never
pooled with figures of deployments."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from etl.formats.printed_values import UnparseableError, read_count, read_decimal
from etl.formats.spreadsheets import read_csv_table
from etl.model.cells import RawTable
from etl.model.editions import KeptEdition
from etl.model.record_sets import Records
from etl.model.records import TestResult
from etl.sources.collected_rows import CollectedRow, read_code, read_rows
from etl.sources.column_maps import keep_known_tables

PUBLICATION = "npl_evaluation_2023"
SUFFIX = ".csv"

_TECHNOLOGIES = {"LFR": "lfr", "RFR": "rfr", "OIFR": "oifr"}
_BASES = {
    "count": "count",
    "rate": "rate",
    "finding": "finding",
    "DERIVED": "inference",
    "": "not found",
}
_WORDS = frozenset({"significant", "not significant", "NOT FOUND"})
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e-?\d+)?", re.ASCII)
_RANGE = re.compile(r"0\.\d+-0\.\d+", re.ASCII)
_SIZES = re.compile(r"\d+(?:/\d+)+", re.ASCII)


def read(path: Path) -> tuple[RawTable, ...]:
    """The one table of the file; rows are numbered from 1."""
    return keep_known_tables(path.name, PUBLICATION, [read_csv_table(path)])


def to_records(edition: KeptEdition) -> Records:
    """One TestResult a row."""
    return Records(test_results=read_rows(edition, _to_result))


def _to_result(row: CollectedRow) -> TestResult:
    expected = f"one of {', '.join(filter(None, _BASES))}, or blank where nothing was found"
    basis = row.needed("basis_text", read_code(_BASES, expected))
    sizes = row.text("watchlist_size") or ""
    note = row.text("note")
    if _SIZES.fullmatch(sizes):
        message = f"watchlists of {sizes.replace('/', ' and ')} images"
        note = f"{note}; {message}" if note else message
    return TestResult(
        test_result_id=f"{PUBLICATION}_{row.row:04d}",
        publication_id=row.edition.publication_id,
        edition_id=row.edition.edition_id,
        page=row.page,
        row=row.row,
        technology_code=row.needed("technology_code", read_code(_TECHNOLOGIES)),
        measure_text=row.needed_text("measure_text"),
        group_dimension=row.needed_text("group_dimension"),
        group_text=row.needed_text("group_text"),
        threshold_text=row.text("threshold_text"),
        threshold=row.value("threshold_text", read_threshold),
        watchlist_size=row.value("watchlist_size", read_watchlist),
        value_text=row.needed_text("value_text"),
        value=row.value("value_text", read_value),
        low=row.value("low", read_value),
        high=row.value("high", read_value),
        basis_text=basis,
        reliability="derived" if basis == "inference" else row.edition.reliability,
        source_title=row.needed_text("source_title"),
        source_url=row.text("source_url"),
        note=note,
    )


def read_threshold(text: str) -> Decimal | None:
    """One similarity score; None for a range of scores, which stays text."""
    return None if _RANGE.fullmatch(text) else read_decimal(text)


def read_watchlist(text: str) -> int | None:
    """One watchlist size; None for several, which go into the note."""
    return None if _SIZES.fullmatch(text) else read_count(text)


def read_value(text: str) -> Decimal | None:
    """A number ("0.89", "1.667e-05"), or None where the finding is one of the known words."""
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    if text in _WORDS:
        return None
    raise UnparseableError(
        f"a number such as 0.89 or 1.667e-05, or one of {', '.join(sorted(_WORDS))}"
    )
