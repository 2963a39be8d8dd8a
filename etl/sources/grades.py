"""The letter grades of the collected tables, as reliability codes.

In: a grade as typed (A to X). Out: a code of `etl.model.codes.RELIABILITY`.
Does not grade anything."""

from __future__ import annotations

from etl.formats.printed_values import UnparseableError

GRADES = {"A": "primary", "B": "press", "C": "transcribed", "D": "derived", "X": "contradicted"}


def read_grade(text: str) -> str:
    """The reliability code of a grade; Unparseable for any other text, blank included."""
    if text not in GRADES:
        raise UnparseableError(f"one of the grades {', '.join(GRADES)}")
    return GRADES[text]
