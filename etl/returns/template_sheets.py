"""The sheets of a filled template as tables, by the version that the file states.

In: `Grid`s and the versions of the template. Out: `RawTable`s with the template's headings, where
each stands in the file, and every `ReturnProblem` of sheets and headings. Does not read a cell
below the headings (`etl.sources.return_rows`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from etl.model.cells import RawRow, RawTable
from etl.model.messages import message
from etl.model.return_template import CURRENT, Sheet, Template
from etl.returns.grids import Grid
from etl.returns.personal import find_personal_heading
from etl.returns.problems import ReturnProblem, error_at


@dataclass(frozen=True, slots=True)
class Places:
    """Where each sheet of the template is in the file: its name there, the row of its headings,
    other headings."""

    sheet: dict[str, str]
    rows: dict[str, dict[int, int]]
    headings: dict[str, dict[str, str]]


def recognise_template(grids: Iterable[Grid], templates: Mapping[str, Template]) -> Template:
    """The version that the sheet `return` states; the current one where it states none,
    or none that there is."""
    for grid in grids:
        headings = grid.row(1)
        if "template_version" in headings:
            version = grid.cells.get((2, headings.index("template_version") + 1), "")
            return templates.get(version, CURRENT)
    return CURRENT


def read_sheet(
    grid: Grid, template: Template, places: Places, problems: list[ReturnProblem]
) -> RawTable | None:
    """A sheet of the template as a table; None where it holds none."""
    headings = grid.row(1)
    while headings and not headings[-1]:
        headings = headings[:-1]
    names = {sheet.name: sheet for sheet in template.sheets}
    shape = next(
        (sheet for sheet in names.values() if sheet.headings == headings), names.get(grid.name)
    )
    if shape is None:
        words = next(filter(None, map(find_personal_heading, headings)), message("not_of_template"))
        problems.append(
            error_at(
                (grid.name, None, ""), "other_sheet", words=words, names=list(names), personal=True
            )
        )
        return None
    if headings != shape.headings and (lower := _find_lower_headings(grid, template)):
        problems.append(error_at((grid.name, lower, ""), "lower_headings", number=lower))
        return None
    if headings != shape.headings:
        for heading in headings:
            personal = find_personal_heading(heading)
            if personal and heading not in shape.headings:
                problems.append(
                    error_at(
                        (grid.name, 1, heading), "personal_column", words=personal, personal=True
                    )
                )
        _describe_headings(grid, shape, headings, problems)
        return None
    if shape.name in places.sheet:
        problems.append(
            error_at((grid.name, None, ""), "same_headings", sheet=places.sheet[shape.name])
        )
        return None
    places.sheet[shape.name] = grid.name
    places.rows[shape.name] = {number - 1: number for number in range(1, grid.last_row + 1)}
    beyond = [column for _, column in grid.cells if column > len(headings)]
    if beyond:
        problems.append(error_at((grid.name, None, ""), "cells_beside"))
    rows = []
    for number in range(2, grid.last_row + 1):
        texts = grid.row(number)[: len(headings)]
        if any(texts):
            rows.append(
                RawRow(shape.page, number - 1, texts + ("",) * (len(headings) - len(texts)))
            )
    if not rows and not shape.one_row and shape.name != "deployments":
        return None
    return RawTable(headings, tuple(rows))


def _find_lower_headings(grid: Grid, template: Template) -> int | None:
    """The row of a sheet's headings, if there are lines above them."""
    known = {sheet.headings for sheet in template.sheets}
    for number in range(2, 7):
        texts = grid.row(number)
        while texts and not texts[-1]:
            texts = texts[:-1]
        if texts in known:
            return number
    return None


def _describe_headings(
    grid: Grid, shape: Sheet, headings: tuple[str, ...], problems: list[ReturnProblem]
) -> None:
    missing = [name for name in shape.headings if name not in headings]
    added = [name for name in headings if name not in shape.headings]
    twice = [name for name in dict.fromkeys(headings) if name and headings.count(name) > 1]
    faults = [
        *(("no_column", name) for name in missing),
        *(("unknown_column", name) for name in added),
        *(("column_twice", name) for name in twice),
    ] or [("columns_in_other_order", "")]
    problems += [
        error_at((grid.name, 1, name), code, names=shape.headings) for code, name in faults
    ]
