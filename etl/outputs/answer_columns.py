"""The columns of answers about groups, tests and cases, which are computed and not kept in a table
of the record.

In: the frozen dataclasses that `etl.queries.record` hands over. Out: `Column`s. A field that the
record has means what it means there."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any

from etl.model.cases import CASE_KIND, Case
from etl.model.codes import CodeList
from etl.model.demographics import (
    BENCHMARK_KIND,
    RESULT_KIND,
    VERDICT,
    Benchmark,
    GroupDisparity,
    LaboratoryResult,
)
from etl.model.fields import Field, fields_of
from etl.model.messages import Text
from etl.model.refusals import REFUSAL
from etl.model.tables import TABLES
from etl.outputs.columns import Column, column_of

PREFIX = "benchmark_"
_SHARE, _TIMES = "proportion, 0 to 1", "times"
_EXACT = "Exact 95% limit."
# Meaning and unit of what only an answer has.
_MEANINGS: dict[str, tuple[str, str]] = {
    "kind_code": ("The kind of it.", ""),
    "first_day": ("First day that the source’s words for its date allow.", ""),
    "last_day": ("Last day that they allow.", ""),
    "several": ("Whether the entry tells of several people or adds up a period.", ""),
    "result_id": ("Identifier of the figure.", ""),
    "evaluation": ("The evaluation that it is of.", ""),
    "watchlist_images": ("Images on the watchlist in the test.", "images"),
    "stated_text": ("The result as stated.", ""),
    "rate": ("Errors or detections per search; absent where no error was seen.", _SHARE),
    "rate_low": (_EXACT, _SHARE),
    "rate_high": (_EXACT, _SHARE),
    "errors_in_test": ("Errors seen in the test.", "errors"),
    "searches_in_test": ("Searches of the test, known or inferred.", "searches"),
    "below_one_in": (
        "Where no error was seen, the rate is below one in so many searches.",
        "searches",
    ),
    "low_reliability": ("Fewer than 20 events: the interval is wide and must be read.", ""),
    "can_show": ("What it can show.", ""),
    "cannot_show": ("What it cannot show.", ""),
    "caveats": ("Caveats, by id, separated by spaces.", ""),
    "sources": ("Publications, by id, separated by spaces.", ""),
    "notes": ("What is to be said beside it.", ""),
    "benchmark_id": ("The benchmark.", ""),
    "rank": ("Order of worth; 1 is best.", "number in order, from 1"),
    "title": ("Name of the benchmark.", ""),
    "is_context": ("Whether it describes the area and not the people scanned.", ""),
    "reason": ("Why it is not available, or what limits it.", ""),
    "benchmark_share": ("The group’s share of the benchmark.", _SHARE),
    "share": ("The group’s share.", _SHARE),
    "low": ("Lower 95% limit of a counted share.", _SHARE),
    "high": ("Upper 95% limit of a counted share.", _SHARE),
    "group_people_count": ("People of the group in the benchmark.", "people"),
    "all_people_count": ("All people of the benchmark.", "people"),
    "smallest_share": ("Smallest share of the districts used.", _SHARE),
    "largest_share": ("Largest share of the districts used.", _SHARE),
    "districts_count": ("Districts used.", "districts"),
    "faces_seen_count": (
        "Faces seen by which the districts are weighted.",
        "faces seen (not people)",
    ),
    "used_count": ("Rows that have both district and faces seen.", "rows of deployments"),
    "without_district_count": ("Rows without a district.", "rows of deployments"),
    "without_faces_count": ("Rows without faces seen.", "rows of deployments"),
    "without_residents_count": (
        "Rows whose district has no number of residents.",
        "rows of deployments",
    ),
    "group_codes": ("Codes of the group, separated by spaces.", ""),
    "group_label": ("Name of the group.", ""),
    "reference_group_code": ("The group that it is compared with; absent for everybody else.", ""),
    "unknown_count": ("Events about people of unknown group, in the total.", "events"),
    "verdict_code": ("What the comparison shows.", ""),
    "share_low": (_EXACT, _SHARE),
    "share_high": (_EXACT, _SHARE),
    "share_ratio": ("Share over the benchmark’s share.", _TIMES),
    "share_ratio_low": (_EXACT, _TIMES),
    "share_ratio_high": (_EXACT, _TIMES),
    "share_difference": ("Share less the benchmark’s share.", "difference of proportions"),
    "share_difference_low": (_EXACT, "difference of proportions"),
    "share_difference_high": (_EXACT, "difference of proportions"),
    "rate_ratio": ("Events per person of the group over those of the reference.", _TIMES),
    "rate_ratio_low": (_EXACT, _TIMES),
    "rate_ratio_high": (_EXACT, _TIMES),
    "p_value": ("Two-sided probability of a share so far off by chance.", _SHARE),
    "p_value_above": ("Probability of so many events or more by chance.", _SHARE),
    "not_above_from_share": (
        "From this true share on, the group’s share is no longer above it by more than chance.",
        _SHARE,
    ),
    "smallest_detectable_share": (
        "Smallest share that so many events find with a chance of 80%.",
        _SHARE,
    ),
    "smallest_detectable_share_ratio": ("The same over the benchmark’s share.", _TIMES),
}
_RENAMED = {"rows_count": ("Rows of the force and period.", "rows of deployments")}
# Of a comparison what the benchmark says itself.
_OF_BENCHMARK = ("benchmark", "caveats")
_OMITTED = ("caveats", "sources")


@cache
def case_columns() -> tuple[Column, ...]:
    """A row a case of the register of misidentifications."""
    return _columns_of(Case, {"kind_code": CASE_KIND})


@cache
def test_columns() -> tuple[Column, ...]:
    """A row a figure of an evaluation."""
    return _columns_of(LaboratoryResult, {"kind_code": RESULT_KIND})


@cache
def group_columns() -> tuple[Column, ...]:
    """A row a benchmark: the benchmark, the comparison with it,
    and the code and reason of a refusal."""
    benchmark = [
        column
        for column in _columns_of(Benchmark, {"kind_code": BENCHMARK_KIND}, PREFIX)
        if column.name.removeprefix(PREFIX) not in _OMITTED
    ]
    compared = [
        column
        for column in _columns_of(GroupDisparity, {"verdict_code": VERDICT})
        if column.name not in _OF_BENCHMARK
    ]
    both = {column.name: column for column in (*benchmark, *compared)}
    return (
        *both.values(),
        Column("refusal_code", str, "Refusal code", "Why there is no comparison.", codes=REFUSAL),
        Column("refusal_text", str, "Refusal", "The same as a sentence."),
    )


def _columns_of(
    record: type, codes: Mapping[str, CodeList], prefix: str = ""
) -> tuple[Column, ...]:
    columns = []
    for name, hint in typing.get_type_hints(record).items():
        members = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
        kind: Any = next(member for member in members if member is not type(None))
        if typing.get_origin(kind) is tuple or kind is Text:
            kind = str
        named = f"{prefix}{name.removeprefix(prefix)}"
        own = _declared().get(name) if name not in _MEANINGS and name not in _RENAMED else None
        meaning, unit = (
            (own.about.meaning, own.about.unit.value)
            if own
            else {**_RENAMED, **_MEANINGS}.get(name, ("", ""))
        )
        title = named.removesuffix("_id").removesuffix("_code").replace("_", " ").capitalize()
        listed = codes.get(name) or (column_of(own).codes if own else None)
        columns.append(Column(named, kind, title, meaning, unit, codes=listed))
    return tuple(columns)


@cache
def _declared() -> dict[str, Field]:
    """Fields of the record by name; of a name that several tables have, the first."""
    fields: dict[str, Field] = {}
    for table in TABLES:
        for field in fields_of(table.record):
            fields.setdefault(field.name, field)
    return fields
