"""Why a question is not answered: a code that a program can act on and a sentence that a reader
can.

In: nothing. Out: `REFUSAL`, `Refusal`, and `QueryError`, which carries one through the measures.
Does not cover faults of the project's own data: those are `etl.model.problems`."""

from __future__ import annotations

from dataclasses import dataclass

from etl.model.codes import Code, CodeList

REFUSAL = CodeList(
    "refusal",
    (
        Code("unknown_measure", "Unknown measure"),
        Code("unknown_grouping", "A grouping or filter that the measure is not given by"),
        Code("unknown_value", "A filter value that is not of its kind, or not in the record"),
        Code("not_published", "Nobody publishes it"),
        Code("unknown_force", "Unknown force"),
        Code("unknown_stage", "Unknown stage"),
        Code("unknown_classification", "Unknown list of groups"),
        Code("unknown_group", "Unknown group"),
        Code("unknown_benchmark", "Unknown benchmark"),
        Code("unknown_technology", "Unknown technology"),
        Code("impossible_period", "Period that ends before it starts"),
        Code("no_group_count", "No count by group is published"),
        Code("several_group_counts", "Several counts answer; one must be chosen"),
        Code("group_not_comparable", "The group has no counterpart in the benchmark"),
        Code("benchmark_unavailable", "The benchmark is not available"),
        Code("benchmark_not_a_share", "The benchmark gives no share to compare with"),
        Code("zero_denominator", "The denominator is zero"),
        Code("attributes_by_place_or_date", "Attributes of people by place or date"),
        Code("suppressed", "[c] Hidden so that no person can be singled out"),
        Code("across_break", "The figures lie on both sides of a break"),
        Code("no_interval", "The measure has no interval by which a difference could be judged"),
        Code("no_value", "One side of the comparison has no value"),
        Code("unknown_release", "Unknown release"),
        Code("release_not_kept", "The data of the release is not kept here"),
    ),
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer: a code of `REFUSAL`,
    and the sentence with what was asked and what could be."""

    code: str
    reason: str

    def __str__(self) -> str:
        return self.reason


class QueryError(ValueError):
    """Raised below the door and turned into a `Refusal` there.
    KeyError if the code is not in `REFUSAL`."""

    def __init__(self, code: str, reason: str) -> None:
        REFUSAL.entry(code)
        self.refusal = Refusal(code, reason)
        super().__init__(reason)
