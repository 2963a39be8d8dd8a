"""Which printed heading holds which of our fields, in each layout that a publication has had.

In: `etl/sources/<publication_id>.columns.csv` (vintage, position, heading, field, value_status) and
a table's headings. Out: the `Vintage` whose headings these are, or all the ways in which they
differ from the nearest one. Does not read values. A map row without a position declares a field
that the vintage does not print, and why."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from etl.model.cells import RawRow, RawTable
from etl.model.codes import STAGE
from etl.model.editions import KeptEdition
from etl.model.problems import Problem, UnknownShapeError, format_place
from etl.model.return_records import RETURN_ID

# As published: the legends of purposes and use cases have two or three columns, the first of them
# with this heading; every table of deployments has more.
LEGEND_COLUMNS = 3
LEGEND_HEADING = "Reference"
# What is not compared in headings: spaces, signs without width, hyphens and dashes.
_UNCOMPARED = frozenset(("Zs", "Zl", "Zp", "Cf", "Cc", "Pd"))
# The fields that tell one deployment from another in every layout.
_ROW_KEY = ("location_text", "date")


@dataclass(frozen=True, slots=True)
class Column:
    """One printed column: its heading, the field it holds,
    and the status of its numbers (`published`, `estimate`)."""

    heading: str
    field: str
    value_status: str


@dataclass(frozen=True, slots=True)
class Vintage:
    """A layout: its columns in printed order, and the reasons why fields that it has no column for
    are absent."""

    name: str
    columns: tuple[Column, ...]
    absences: dict[str, str]

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns)


# What a column map calls a way of reading, and the field of the record that is filled by it.
_FIELD_OF = {
    "location": "location_text",
    "day": "date",
    "iso_day": "date",
    "day_or_days": "date",
    "date_text": "date",
    "faces_seen_qualifier": "faces_seen",
    "duration": "duration_minutes",
    "minutes": "duration_minutes",
    "clock_or_text": "duration_minutes",
    "published_rate": "published_false_alert_rate_text",
    "not_used": None,
}


def name_fields(edition: KeptEdition, table: RawTable) -> tuple[str | None, ...]:
    """The field of the record for each column of a table; None for a column that is not read. The
    columns of a return have the names of the fields."""
    if RETURN_ID.fullmatch(edition.publication_id):
        return tuple(
            heading.removesuffix("_count") if heading.removesuffix("_count") in STAGE else heading
            for heading in table.headings
        )
    vintage = recognise_vintage(edition.edition_id, edition.publication_id, table.headings)
    return tuple(_FIELD_OF.get(column.field, column.field) for column in vintage.columns)


@cache
def open_column_map(publication_id: str) -> tuple[Vintage, ...]:
    """Every vintage of a publication's column map, in file order."""
    text = (
        resources.files("etl.sources.adapters")
        .joinpath(f"{publication_id}.columns.csv")
        .read_text(encoding="utf-8")
    )
    columns: dict[str, list[tuple[int, Column]]] = {}
    absences: dict[str, dict[str, str]] = {}
    for line in csv.DictReader(text.splitlines()):
        columns.setdefault(line["vintage"], [])
        absences.setdefault(line["vintage"], {})
        if line["position"]:
            column = Column(line["heading"], line["field"], line["value_status"] or "published")
            columns[line["vintage"]].append((int(line["position"]), column))
        else:
            absences[line["vintage"]][line["field"]] = line["value_status"]
    return tuple(
        Vintage(
            name,
            tuple(column for _, column in sorted(rows, key=lambda pair: pair[0])),
            absences[name],
        )
        for name, rows in columns.items()
    )


def recognise_vintage(where: str, publication_id: str, headings: tuple[str, ...]) -> Vintage:
    """The vintage with exactly these headings in this order;
    else `UnknownShapeError` with every difference."""
    vintages = open_column_map(publication_id)
    folded = fold_headings(headings)
    for vintage in vintages:
        if fold_headings(vintage.headings) == folded:
            return vintage
    nearest = max(
        vintages, key=lambda vintage: len(set(fold_headings(vintage.headings)) & set(folded))
    )
    raise UnknownShapeError([_differences(where, nearest, headings)])


def fold_headings(headings: Iterable[str]) -> tuple[str, ...]:
    """Headings as they are compared: ligatures taken apart; spaces, hyphens and signs without width
    left out, as each program sets and breaks them in its own way."""
    return tuple(
        "".join(
            letter
            for letter in unicodedata.normalize("NFKC", heading)
            if unicodedata.category(letter) not in _UNCOMPARED
        )
        for heading in headings
    )


def _differences(where: str, vintage: Vintage, headings: tuple[str, ...]) -> Problem:
    """What sets a table apart from the nearest layout, once."""
    known = dict(zip(fold_headings(vintage.headings), vintage.headings, strict=True))
    seen = dict(zip(fold_headings(headings), headings, strict=True))
    missing = [f"no column {heading!r}" for key, heading in known.items() if key not in seen]
    added = [f"the column {heading!r}" for key, heading in seen.items() if key not in known]
    twice = [f"the column {heading!r} twice" for heading in headings if headings.count(heading) > 1]
    order = [f"the order {', '.join(headings)}"]
    return Problem(
        where,
        "; ".join([*missing, *added] or [*dict.fromkeys(twice)] or order),
        f"a heading known from {vintage.name} in each place, in the order "
        f"{', '.join(vintage.headings)}",
        "Look at the publication; if its layout has changed, add a vintage to the column map.",
    )


class UnknownHeadingsError(UnknownShapeError):
    """Tables whose headings no vintage has. `headings`: those of the widest of them."""

    def __init__(self, problems: Iterable[Problem], headings: tuple[str, ...]) -> None:
        super().__init__(problems)
        self.headings = headings


def keep_known_tables(
    where: str, publication_id: str, tables: Iterable[RawTable]
) -> tuple[RawTable, ...]:
    """The tables whose headings a vintage knows; legends are left aside.

    Every other table is refused, as it may hold corrections: `UnknownHeadingsError` says what was
    seen. So is a row that a later table prints again with other figures."""
    known: list[tuple[RawTable, Vintage]] = []
    unknown: list[tuple[RawTable, tuple[Problem, ...]]] = []
    for table in tables:
        try:
            vintage = recognise_vintage(where, publication_id, table.headings)
        except UnknownShapeError as error:
            unknown.append((table, error.problems))
        else:
            known.append((table, vintage))
    wrong = [pair for pair in unknown if not (known and _is_legend(pair[0]))]
    if wrong:
        widest = max((table.headings for table, _ in wrong), key=len)
        problems = [
            problem
            for table, differences in wrong
            for problem in ([_describe_other(where, table)] if known else differences)
        ]
        raise UnknownHeadingsError(problems, widest)
    again = list(_find_printed_again(where, known))
    if again:
        raise UnknownShapeError(again)
    return tuple(table for table, _ in known)


def _describe_other(where: str, table: RawTable) -> Problem:
    return Problem(
        where,
        f"another table, with the headings {', '.join(table.headings)}",
        f"tables of deployments, and legends whose first heading is {LEGEND_HEADING}",
        "Look at the publication: corrections are entered by hand; a new layout is added to the "
        "column map.",
    )


def _is_legend(table: RawTable) -> bool:
    return len(table.headings) <= LEGEND_COLUMNS and table.headings[0] == LEGEND_HEADING


def _find_printed_again(
    where: str, tables: Sequence[tuple[RawTable, Vintage]]
) -> Iterator[Problem]:
    """Rows of a later table for a place and a day that an earlier table has already."""
    earlier: dict[tuple[str, ...], tuple[int, RawRow]] = {}
    for number, (table, vintage) in enumerate(tables):
        fields = [_FIELD_OF.get(column.field, column.field) for column in vintage.columns]
        keys = [fields.index(name) for name in _ROW_KEY if name in fields]
        if len(keys) < len(_ROW_KEY):
            continue
        for row in table.rows:
            key = tuple(row.cells[position] for position in keys)
            first, other = earlier.setdefault(key, (number, row))
            if first != number and other.cells != row.cells:
                yield Problem(
                    format_place(where, page=row.page, row=row.row),
                    f"{', '.join(key)} again with other figures, as in a table of revisions",
                    f"each deployment once; it stands on page {other.page}, row {other.row} too",
                    "Look at the publication: enter the figures that count by hand.",
                )
