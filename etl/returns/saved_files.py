"""What a saved file of a return holds, for whoever may open it: its tables, its problems, the
annotated copy.

In: a `Version` that the store has given out. Out: tables as they would be published, problems, a
workbook. Does not check anew: what is told is what was found when the file was saved."""

from __future__ import annotations

import csv
import io

from openpyxl import Workbook

from etl.model.cells import RawRow, RawTable
from etl.model.record_sets import Records
from etl.model.return_template import TEMPLATES, Template
from etl.returns.annotate import annotate_return
from etl.returns.grids import read_grids
from etl.returns.intake import Intake
from etl.returns.problems import ReturnProblem
from etl.returns.problems import read_problems as read_saved
from etl.returns.store.returns import Version
from etl.returns.texts import Translate


def read_problems(version: Version) -> tuple[ReturnProblem, ...]:
    """The problems that the check found when the file was saved."""
    return read_saved(version.problems_json)


def read_tables(version: Version) -> dict[str, RawTable]:
    """The tables that would be published, by the name of their sheet in the template."""
    template = TEMPLATES[version.template_version]
    tables: dict[str, tuple[tuple[str, ...], list[RawRow]]] = {}
    name = ""
    for line in csv.reader(io.StringIO(version.cells, newline="")):
        if line[:2] == ["page", "row"]:
            name = _name(template, tuple(line[2:]))
            tables[name] = (tuple(line[2:]), [])
        else:
            tables[name][1].append(RawRow(int(line[0]), int(line[1]), tuple(line[2:])))
    return {name: RawTable(headings, tuple(rows)) for name, (headings, rows) in tables.items()}


def find_log(version: Version) -> str:
    """The hash of the event log that the return was counted from; blank for another."""
    table = read_tables(version).get("return")
    if table is None or "log_sha256" not in table.headings or not table.rows:
        return ""
    return table.column("log_sha256")[0]


def annotate_saved(version: Version, describe: Translate = str) -> Workbook:
    """The saved file with every problem marked at its cell."""
    grids, _problems = read_grids(version.file_name, version.content)
    intake = Intake(
        version.file_name,
        version.file_sha256,
        None,
        None,
        version.template_version,
        (),
        Records(),
        read_problems(version),
        tuple(grids),
    )
    return annotate_return(version.file_name, version.content, intake, describe)


def _name(template: Template, headings: tuple[str, ...]) -> str:
    return next(sheet.name for sheet in template.sheets if sheet.headings == headings)
