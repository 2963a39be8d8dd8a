"""What went wrong, said so that a person can act: where, found, expected, what to do.

In: the facts of one problem. Out: `Problem`, and a small family of exceptions that carry all
problems of a file at once. Does not print and does not decide what is an error: the caller does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from etl.model.messages import SIDES, Message, Text, Value, message


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `where` names publication or file, then page, row and column as far
    as they are known."""

    where: str
    found: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: found {self.found}; expected {self.expected}. {self.remedy}"


def explain(code: str, /, **values: Value) -> tuple[Text, Text, Text]:
    """What was found, what was expected and what to do, by a code of `problems.toml`."""
    found, expected, remedy = (message(f"{code}.{side}", **values) for side in SIDES)
    return found, expected, remedy


def read_code(found: str) -> tuple[str, Mapping[str, Value]]:
    """The code and the values of what `explain` gave; blank for a text without a code."""
    part = found.parts[0] if isinstance(found, Text) and found.parts else ""
    if not isinstance(part, Message):
        return "", {}
    return part.code.partition(".")[0], part.values


def format_place(
    source: str, *, page: int | None = None, row: int | None = None, column: str | None = None
) -> str:
    """The place of a cell in words, for example `met.pdf, page 3, row 14, column "Date"`."""
    parts = [source]
    if page is not None:
        parts.append(f"page {page}")
    if row is not None:
        parts.append(f"row {row}")
    if column is not None:
        parts.append(f'column "{column}"')
    return ", ".join(parts)


class RecordError(Exception):
    """A failure that a user sees in full, without a traceback. It has every problem, not only the
    first."""

    exit_code: ClassVar[int] = 1
    headline: ClassVar[str] = "something is wrong"

    def __init__(self, problems: Iterable[Problem] | Problem) -> None:
        self.problems: tuple[Problem, ...] = (
            (problems,) if isinstance(problems, Problem) else tuple(problems)
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UnreadableFileError(RecordError):
    """The bytes are not a whole, open, text-bearing file of the kind they claim to be."""

    exit_code = 3
    headline = "the file cannot be read"


class UnknownShapeError(RecordError):
    """A heading, a table or a label that no adapter knows."""

    exit_code = 4
    headline = "the file has a shape that is not known"


class InvalidValueError(RecordError):
    """A cell that cannot be understood as what its column holds."""

    exit_code = 5
    headline = "some cells cannot be understood"


class BrokenSnapshotError(RecordError):
    """Archived bytes that differ from their sidecar."""

    exit_code = 6
    headline = "a kept file is not what was recorded"


class FetchError(RecordError):
    """A published file could not be fetched, or what came is not a publication."""

    exit_code = 7
    headline = "the file could not be fetched"


class InvalidReferenceError(RecordError):
    """Reference data, column maps or corrections that contradict themselves or the record."""

    exit_code = 8
    headline = "the project's own data is not consistent"


class FailedCheckError(RecordError):
    """The record has errors: nothing may be published from it."""

    exit_code = 9
    headline = "the record does not pass its checks"


class RefusedQueryError(RecordError):
    """A query that the record cannot answer."""

    exit_code = 12
    headline = "the question cannot be answered"


class BuildError(RecordError):
    """The warehouse could not be built, verified or swapped in; the previous one still serves."""

    exit_code = 10
    headline = "the build failed; the previous release still serves"


class NotReleasedError(RecordError):
    """The release was not made, or what is there is not what the ledger says."""

    exit_code = 14
    headline = "no release was made"
