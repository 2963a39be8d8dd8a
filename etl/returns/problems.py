"""One thing that is wrong with a return, with the cell where a person finds it.

In: the facts of one problem. Out: `ReturnProblem`, as a sentence, a `Problem` or a row of a table.
Does not decide whether a return may be submitted: no error, and it may."""

from __future__ import annotations

from dataclasses import dataclass

from etl.model.problems import Problem, RecordError

# Between the headings of a problem that is about two columns.
BOTH = " and "


@dataclass(frozen=True, slots=True, order=True)
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

    def to_problem(self) -> Problem:
        """The same for those who tell problems of every kind."""
        return Problem(self.where, self.found, self.expected, self.remedy)

    def __str__(self) -> str:
        return f"{self.severity}: {self.to_problem()}"


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
