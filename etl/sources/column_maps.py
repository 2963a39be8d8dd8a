"""Which printed heading holds which of our fields, in each layout that a publication has had.

In: `etl/sources/<publication_id>.columns.csv` (vintage, position, heading, field, value_status) and
a table's headings. Out: the `Vintage` whose headings these are, or all the ways in which they
differ from the nearest one. Does not read values. A map row without a position declares a field
that the vintage does not print, and why."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from etl.model.cells import RawTable
from etl.model.codes import STAGE
from etl.model.editions import KeptEdition
from etl.model.problems import Problem, UnknownShapeError
from etl.model.return_records import RETURN_ID

# As published: the legends of purposes and use cases have two or three columns;
# every table of deployments has more.
LEGEND_COLUMNS = 3


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
    """The field of the record that each column of a table is read into; None for a column that is
    only kept.

    The columns of a return are named like the fields."""
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
            tuple(column for _, column in sorted(result, key=lambda pair: pair[0])),
            absences[name],
        )
        for name, result in columns.items()
    )


def recognise_vintage(where: str, publication_id: str, headings: tuple[str, ...]) -> Vintage:
    """The vintage with exactly these headings in this order;
    else `UnknownShapeError` with every difference."""
    vintages = open_column_map(publication_id)
    for vintage in vintages:
        if vintage.headings == headings:
            return vintage
    nearest = max(vintages, key=lambda vintage: len(set(vintage.headings) & set(headings)))
    raise UnknownShapeError(_differences(where, nearest, headings))


def _differences(where: str, vintage: Vintage, headings: tuple[str, ...]) -> list[Problem]:
    remedy = "Look at the publication; if its layout has changed, add a vintage to the column map."
    known = vintage.headings
    missing = [heading for heading in known if heading not in headings]
    added = [heading for heading in headings if heading not in known]
    problems = [
        Problem(
            where,
            f"no column {heading!r}",
            f"the columns of {vintage.name}: {', '.join(known)}",
            remedy,
        )
        for heading in missing
    ]
    problems += [
        Problem(where, f"the column {heading!r}", f"a heading known from {vintage.name}", remedy)
        for heading in added
    ]
    if not problems:
        problems.append(
            Problem(
                where, f"the order {', '.join(headings)}", f"the order {', '.join(known)}", remedy
            )
        )
    return problems


class UnknownHeadingsError(UnknownShapeError):
    """Tables whose headings no vintage has. `headings`: those of the widest of them."""

    def __init__(self, problems: Iterable[Problem], headings: tuple[str, ...]) -> None:
        super().__init__(problems)
        self.headings = headings


def keep_known_tables(
    where: str, publication_id: str, tables: Iterable[RawTable]
) -> tuple[RawTable, ...]:
    """The tables whose headings a vintage knows: the others are legends.

    A table with more than `LEGEND_COLUMNS` columns is never a legend: if its headings are unknown,
    or no table is known at all, `UnknownHeadingsError` says what was seen."""
    known: list[RawTable] = []
    unknown: list[tuple[RawTable, tuple[Problem, ...]]] = []
    for table in tables:
        try:
            recognise_vintage(where, publication_id, table.headings)
        except UnknownShapeError as error:
            unknown.append((table, error.problems))
        else:
            known.append(table)
    wrong = [pair for pair in unknown if len(pair[0].headings) > LEGEND_COLUMNS or not known]
    if wrong:
        widest = max((table.headings for table, _ in wrong), key=len)
        raise UnknownHeadingsError(
            (problem for _, problems in wrong for problem in problems), widest
        )
    return tuple(known)
