"""The headings of a file's columns in the language that is asked for.

In: columns, a language. Out: in English the names of the columns, which programs rely on; in
another language their labels, no two alike in one file. Codes and values are the same in all
languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from dashboard.exports.parameters import ApiQuery
from dashboard.exports.resources import RESOURCES
from dashboard.text.language import DEFAULT, _, language, use_language
from etl.measures.catalogue import GROUPING_FIELDS
from etl.outputs.columns import Column, estimate_columns


def name_headings(columns: Sequence[Column], code: str) -> list[str]:
    """One for each column; two with the same label have their names beside it."""
    if code == DEFAULT:
        return [column.name for column in columns]
    before = language()
    use_language(code)
    labels = [_(column.title) for column in columns]
    use_language(before)
    several = Counter(labels)
    return [
        f"{label} ({column.name})" if several[label] > 1 else label
        for label, column in zip(labels, columns, strict=True)
    ]


def list_headings() -> Iterator[tuple[str, str]]:
    """Every label with the resource that has it, for the catalogue of translations."""
    for name, resource in RESOURCES.items():
        columns = (
            estimate_columns(tuple(GROUPING_FIELDS.values()))
            if name == "estimates"
            else resource.columns(ApiQuery())
        )
        yield from ((column.title, f"column of {name}") for column in columns)
