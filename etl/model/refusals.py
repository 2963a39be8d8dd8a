"""Why a question is not answered: a code that a program can act on and a sentence that a reader
can.

In: nothing. Out: `REFUSAL`, `Refusal`, and `QueryError`, which carries one through the measures.
Does not cover faults of the project's own data: those are `etl.model.problems`."""

from __future__ import annotations

from dataclasses import dataclass

from etl.model.codes import code_list
from etl.model.messages import Text, join

REFUSAL = code_list("refusal")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a query has no result: a code of `REFUSAL`, and a sentence with what was given and what
    is possible."""

    code: str
    reason: Text

    def __str__(self) -> str:
        return self.reason


class QueryError(ValueError):
    """Raised within a query, which returns it as a `Refusal`. KeyError if the code is not in
    `REFUSAL`."""

    def __init__(self, code: str, *texts: str) -> None:
        REFUSAL.entry(code)
        self.refusal = Refusal(code, join(*texts))
        super().__init__(self.refusal.reason)
