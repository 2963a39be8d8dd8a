"""The closed lists: every code that may stand in a column, with the label that readers see.

In: `codes.csv`. Out: `CodeList`s. An unknown code is an error everywhere.
Does not map a publisher's printed labels: those stand in the column maps and in `data/reference/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from etl.model.declarations import read_rows


@dataclass(frozen=True, slots=True)
class Code:
    """One code, its label for readers and, where the label is not enough, what it means."""

    code: str
    label: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class CodeList:
    """A named, ordered, closed list of codes."""

    name: str
    entries: tuple[Code, ...]

    def __contains__(self, code: object) -> bool:
        return any(entry.code == code for entry in self.entries)

    def __iter__(self) -> Iterator[str]:
        return (entry.code for entry in self.entries)

    def label(self, code: str) -> str:
        """The label of a code; KeyError if the list does not hold it."""
        return self.entry(code).label

    def entry(self, code: str) -> Code:
        for entry in self.entries:
            if entry.code == code:
                return entry
        raise KeyError(f"{code!r} is not in the code list {self.name}")


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A row of `codes.csv`."""

    list_name: str
    code: str
    label: str
    meaning: str


@cache
def _all_lists() -> dict[str, CodeList]:
    codes: dict[str, list[Code]] = {}
    for row in read_rows(__file__, CodeRow):
        codes.setdefault(row.list_name, []).append(Code(row.code, row.label, row.meaning))
    return {name: CodeList(name, tuple(entries)) for name, entries in codes.items()}


def code_list(name: str) -> CodeList:
    """The list of a name in `codes.csv`; KeyError if there is none."""
    return _all_lists()[name]


STAGE = code_list("stage")
VALUE_STATUS = code_list("value_status")
ABSENT = frozenset(
    {
        "not_published",
        "not_collected",
        "not_transcribed",
        "withheld",
        "technical_fault",
        "in_doubt",
        "suppressed",
        "not_applicable",
    }
)
DERIVATION = code_list("derivation")
RELIABILITY = code_list("reliability")
DATE_PRECISION = code_list("date_precision")
SEVERITY = code_list("severity")
FINDING_STATUS = code_list("finding_status")
CORRECTION_ACTION = code_list("correction_action")
VENDOR = code_list("vendor")
BREAK_EFFECT = code_list("break_effect")
TECHNOLOGY = code_list("technology")
LFR_USE = code_list("lfr_use")
PUBLISHING_FORM = code_list("publishing_form")
PUBLISHED_FIELD = code_list("published_field")
PUBLISHED = code_list("published")
PLACE_PRECISION = code_list("place_precision")
FORCE_KIND = code_list("force_kind")
