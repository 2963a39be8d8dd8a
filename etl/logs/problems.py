"""What is wrong with a log: every problem at once, with file and row.

In: nothing. Out: `LogError`, `LogProblem`. Does not decide what an error is: the checks do."""

from __future__ import annotations

from dataclasses import dataclass

from etl.model.problems import Problem, RecordError, format_place

SEVERITIES = ("error", "warning", "note")


class LogError(RecordError):
    """A log that cannot be counted as it is."""

    exit_code = 15
    headline = "the log cannot be counted as it is"


class EngineError(RecordError):
    """The engine that counts, or the cluster that it is on, did not finish."""

    exit_code = 16
    headline = "the engine did not finish"


@dataclass(frozen=True, slots=True)
class LogProblem:
    """A finding of a check: how many rows it is about, and the first of them as an example."""

    check_id: str
    severity: str
    file: str
    row: int | None
    found: str
    expected: str
    remedy: str
    rows_count: int = 1

    def to_problem(self) -> Problem:
        """The same for those who tell problems of every kind."""
        where = format_place(self.file, row=self.row)
        return Problem(where, self.found, self.expected, self.remedy)

    def __str__(self) -> str:
        return f"{self.severity}: {self.to_problem()}"


def sort_problems(problems: list[LogProblem]) -> tuple[LogProblem, ...]:
    """Errors first, then by file and row; each once."""
    return tuple(
        sorted(
            set(problems),
            key=lambda problem: (
                SEVERITIES.index(problem.severity),
                problem.file,
                problem.row or 0,
                problem.check_id,
                problem.found,
            ),
        )
    )
