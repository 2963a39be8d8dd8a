"""One thing that is wrong with a return, with the cell where a person finds it.

In: the facts of one problem. Out: `ReturnProblem`, as a sentence, a `Problem` or a row of a table.
Does not decide whether a return may be submitted: no error, and it may."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, cast

from etl.model.messages import SIDES, Message, Text, Value
from etl.model.problems import Problem, RecordError, explain, read_code

# Between the headings of a problem that is about two columns.
BOTH = " and "
# Sheet, row and heading of the column, blank where a problem is of the whole.
Place = tuple[str, int | None, str]
WHOLE_FILE: Place = ("", None, "")


@dataclass(frozen=True, slots=True)
class ReturnProblem:
    """A problem at a sheet, a row as the spreadsheet numbers it, and a column by its heading; blank
    where it is of the whole.

    `personal`: because of it, nothing of the file may be kept."""

    sheet: str
    row: int | None
    column: str
    severity: str
    found: str
    expected: str
    remedy: str
    cell: str = ""
    personal: bool = False

    @property
    def where(self) -> str:
        """The place in words."""
        parts = [f'sheet "{self.sheet}"'] if self.sheet else ["the file"]
        parts += [f"row {self.row}"] if self.row is not None else []
        parts += [f'column "{self.column}"'] if self.column else []
        return ", ".join(parts)

    @property
    def code(self) -> str:
        """The code of `etl/model/problems.toml`; blank in a problem that was saved without one."""
        return read_code(self.found)[0]

    def to_problem(self) -> Problem:
        """The same for those who tell problems of every kind."""
        return Problem(self.where, self.found, self.expected, self.remedy)

    def __str__(self) -> str:
        return f"{self.severity}: {self.to_problem()}"


def error_at(
    place: Place, code: str, *, cell: str = "", personal: bool = False, **values: Value
) -> ReturnProblem:
    """An error in the words of a code; `cell` is its address where the place has several cells."""
    return ReturnProblem(*place, "error", *explain(code, **values), cell, personal)


def write_problems(problems: Iterable[ReturnProblem]) -> str:
    """The problems as JSON: the code and the values of each, and its words in English."""
    rows = []
    for problem in problems:
        code, values = read_code(problem.found)
        written = {name: _write_value(value) for name, value in values.items()}
        rows.append({**asdict(problem), "code": code, "values": written})
    return json.dumps(rows, ensure_ascii=False)


def read_problems(text: str) -> tuple[ReturnProblem, ...]:
    """The problems of `write_problems`. One without a code that there is, as saved before there
    were codes, has the English words that it was saved with."""
    return tuple(map(_read_problem, json.loads(text)))


def _read_problem(row: dict[str, Any]) -> ReturnProblem:
    code, values = row.pop("code", ""), row.pop("values", {})
    with contextlib.suppress(KeyError):
        words = explain(code, **{name: _read_value(value) for name, value in values.items()})
        row |= zip(SIDES, words, strict=True)
    return ReturnProblem(**row)


def _write_value(value: Value) -> object:
    """A day or a text with messages as an object, what else there is as JSON has it."""
    if isinstance(value, Text):
        return {
            "parts": [
                {"code": part.code, "values": {n: _write_value(v) for n, v in part.values.items()}}
                if isinstance(part, Message)
                else part
                for part in value.parts
            ]
        }
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    return value if isinstance(value, (str, int, float)) else list(value)


def _read_value(value: Any) -> Value:
    if not isinstance(value, dict):
        return cast(Value, value)
    if "day" in value:
        return dt.date.fromisoformat(value["day"])
    return Text(
        *(
            part
            if isinstance(part, str)
            else Message(part["code"], {n: _read_value(v) for n, v in part["values"].items()})
            for part in value["parts"]
        )
    )


def sort_problems(problems: list[ReturnProblem]) -> tuple[ReturnProblem, ...]:
    """Errors first, then by sheet, row and column; each once."""
    order = {"error": 0, "warning": 1, "note": 2}
    return tuple(
        sorted(
            set(problems),
            key=lambda problem: (
                order[problem.severity],
                problem.sheet,
                problem.row or 0,
                problem.column,
                problem.found,
            ),
        )
    )


class RefusedReturnError(RecordError):
    """A return with errors."""

    exit_code = 14
    headline = "the return cannot be accepted as it is"
