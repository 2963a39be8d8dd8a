"""Turns a table of which one row is one deployment into Deployments and Counts, by its vintage's
column map.

In: a `KeptEdition`; each of its tables is read by the vintage whose headings it has. Out:
`Records`; every count keeps its printed text and heading. Does not judge: a cell that cannot be
understood is a Problem with its place; a stage without a column is absent, with the reason that the
column map declares (`not_published` unless it says otherwise)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from etl.formats import printed_values as printed
from etl.model import codes
from etl.model.cells import RawRow
from etl.model.editions import KeptEdition
from etl.model.fields import Scalar
from etl.model.problems import InvalidValueError, Problem, format_place
from etl.model.record_sets import Records
from etl.model.records import Count, Deployment
from etl.sources.column_maps import Column, Vintage, recognise_vintage

Fields = dict[str, Any]  # of a Deployment, by name


@dataclass(slots=True)
class _RowInHand:
    """The fields of one row while it is being read."""

    fields: Fields = field(default_factory=dict)
    counts: dict[str, Count] = field(default_factory=dict)


def to_deployments(edition: KeptEdition) -> Records:
    """Deployments and Counts of every row, or every heading that is unknown,
    or every cell that cannot be understood."""
    deployments: list[Deployment] = []
    counts: list[Count] = []
    problems: list[Problem] = []
    for number, (vintage, row) in enumerate(_rows(edition), start=1):
        deployment_id = f"{edition.edition_id}_{number:04d}"
        in_hand = _RowInHand()
        for column, text in zip(vintage.columns, row.cells, strict=True):
            problem = _read_cell(in_hand, deployment_id, edition, row, column, text)
            if problem is not None:
                problems.append(problem)
        for stage in codes.STAGE:
            if stage not in in_hand.counts:
                status = vintage.absences.get(stage, "not_published")
                in_hand.counts[stage] = Count(
                    deployment_id=deployment_id, stage_code=stage, value=None, value_status=status
                )
        if problems:
            continue
        given: Fields = {
            "force_id": edition.force_id,
            "reliability": edition.reliability,
        } | in_hand.fields
        if given.get("date") is None and "date_precision" not in given:
            given["date_precision"] = "not_published"
        deployments.append(
            Deployment(
                deployment_id=deployment_id,
                publication_id=edition.publication_id,
                edition_id=edition.edition_id,
                page=row.page,
                row=row.row,
                **given,
            )
        )
        counts.extend(in_hand.counts[stage] for stage in codes.STAGE)
    if problems:
        raise InvalidValueError(problems)
    return Records(deployments=tuple(deployments), counts=tuple(counts))


def _rows(edition: KeptEdition) -> Iterator[tuple[Vintage, RawRow]]:
    for table in edition.tables:
        vintage = recognise_vintage(edition.edition_id, edition.publication_id, table.headings)
        for row in table.rows:
            yield vintage, row


def _read_cell(
    in_hand: _RowInHand,
    deployment_id: str,
    edition: KeptEdition,
    row: RawRow,
    column: Column,
    text: str,
) -> Problem | None:
    gap = edition.gap_marks.get(text)
    try:
        if column.field in codes.STAGE:
            value = None if gap else printed.read_count(text)
            in_hand.counts[column.field] = Count(
                deployment_id=deployment_id,
                stage_code=column.field,
                value=value,
                value_status=gap or column.value_status,
                value_as_printed=value,
                printed_text=text,
                column_heading=column.heading,
            )
        else:
            reader, keeps_gaps = _READERS[column.field]
            if not gap or keeps_gaps:
                in_hand.fields.update(reader(text))
    except printed.UnparseableError as error:
        return Problem(
            format_place(edition.edition_id, page=row.page, row=row.row, column=column.heading),
            printed.format_text(text),
            error.expected,
            "If it is a mark for a missing value, declare it under gap_marks in publication.toml; "
            "otherwise compare the kept cells with the print.",
        )
    return None


def _text(name: str) -> Callable[[str], Fields]:
    return lambda text: {name: text or None}


def _number(name: str, read: Callable[[str], Scalar]) -> Callable[[str], Fields]:
    return lambda text: {name: read(text)}


def _location(text: str) -> Fields:
    if not text:
        raise printed.UnparseableError("the name of a place")
    return {"location_text": text}


def _day(read: Callable[[str], Scalar]) -> Callable[[str], Fields]:
    return lambda text: {"date": read(text), "date_text": text}


def _day_or_days(text: str) -> Fields:
    """As published: `27/11/2025` beside `10/11/25- 12/11/25`."""
    if not printed.is_range(text):
        return {"date": printed.read_day(text), "date_text": text}
    first, last = printed.read_day_range(text)
    return {"date": first, "end_date": last, "date_text": text, "date_precision": "days"}


def _clock_or_text(text: str) -> Fields:
    """As published: `1205-1253` beside `3 days covering 10 sailings`,
    which is no number of minutes."""
    try:
        start, end = printed.read_clock_range(text)
    except printed.UnparseableError:
        # A clock's digits with a word after them are not a number of days.
        if not re.match(r"\d{1,2}\s+days?\b", text):
            raise
        return {"duration_text": text}
    minutes = (end.hour * 60 + end.minute) - (start.hour * 60 + start.minute)
    return {
        "start_time": start,
        "end_time": end,
        "duration_minutes": minutes % (24 * 60),
        "duration_text": text,
    }


def _duration(text: str) -> Fields:
    return {"duration_minutes": printed.read_duration_minutes(text), "duration_text": text}


def _minutes(text: str) -> Fields:
    return {"duration_minutes": printed.read_count(text), "duration_text": text}


# field of a column map -> how its cell is read, and whether a gap mark is kept as text
_READERS: dict[str, tuple[Callable[[str], Fields], bool]] = {
    "location": (_location, True),
    "day": (_day(printed.read_day), False),
    "iso_day": (_day(printed.read_iso_day), False),
    "day_or_days": (_day_or_days, False),
    "duration": (_duration, False),
    "minutes": (_minutes, False),
    "clock_or_text": (_clock_or_text, False),
    "use_case_code": (_text("use_case_code"), False),
    "use_case_text": (_text("use_case_text"), False),
    "watchlist_size": (_number("watchlist_size", printed.read_count), False),
    "threshold": (_number("threshold", printed.read_decimal), False),
    "cameras_count": (_number("cameras_count", printed.read_count), False),
    "published_rate": (_text("published_false_alert_rate_text"), True),
    "note": (_text("note"), False),
    "not_used": (lambda text: {}, False),
}
