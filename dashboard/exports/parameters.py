"""The parameters of an address that gives data: every one declared once, with what it may be, for
reading and for telling.

In: the parameters of an address, the release that they are asked of. Out: an `ApiQuery`, or every
problem of the address at once. Where a page has the parameter, its name and words are the page's
own (`dashboard.selection.parameters`). A page shows the default for a value that is not known; here
it is refused, because nobody would see it in a file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from dashboard.queries.choices import get_choices
from dashboard.selection.parameters import BY_NAME
from dashboard.selection.selection import LANG, MAX_SEARCH_LENGTH, Choices
from dashboard.text.language import DEFAULT, LANGUAGES
from etl.measures.catalogue import GROUPING_FIELDS, MEASURES
from etl.model.claim_measures import VERDICT
from etl.model.codes import FINDING_STATUS, SEVERITY, STAGE, VALUE_STATUS, CodeList
from etl.model.declarations import read_declarations
from etl.model.json_values import JsonObject
from etl.model.queries import Period
from etl.model.records import Finding
from etl.model.reference import Edition, Force, Publication
from etl.model.releases import LATEST
from etl.queries.record import Record

MAX_GROUPINGS, MAX_VALUES, MAX_PARAMETERS, MAX_QUERY_LENGTH, MAX_PROBLEMS = 3, 50, 100, 2000, 500
FIRST, LAST, RELEASE = "from", "to", "release"
Kind = Literal["codes", "code", "list", "day", "year", "words", "yes", "release", "language"]
Value = str | int


@dataclass(frozen=True, slots=True)
class ApiParameter:
    """`column` is what it filters; `codes` is its closed list,
    or else the record says what it may be."""

    name: str
    kind: Kind
    meaning: str
    column: str = ""
    codes: CodeList | None = None
    needed: bool = False


@dataclass(frozen=True, slots=True)
class ParameterProblem:
    """One parameter that cannot be used: its name, what is wrong, and what it may be."""

    name: str
    message: str
    allowed: tuple[str, ...] = ()


class InvalidQueryError(ValueError):
    """Everything that is wrong with an address."""

    def __init__(self, problems: Iterable[ParameterProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.message for problem in self.problems))


@dataclass(frozen=True, slots=True)
class ApiQuery:
    """What an address asks for, in one order, so that two ways of writing it are one question."""

    values: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    period: Period = (None, None)
    where: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    # What stood after the “?”, where an address was asked: a description of it names it so.
    as_requested: str = field(default="", compare=False)

    def get_value(self, name: str) -> str:
        """The value of a parameter that has one; empty if it does not stand there."""
        return str(next(iter(self.values.get(name, ())), ""))

    def key(self) -> str:
        """The same text for the same question, and for no other."""
        ordered = [
            (name, list(values) if name == "by" else sorted(values, key=str))
            for name, values in self.values.items()
        ]
        return repr((sorted(ordered), self.period))

    def describe(self) -> JsonObject:
        """The question as it is written into a file's metadata."""
        days = {
            name: day.isoformat()
            for name, day in zip((FIRST, LAST), self.period, strict=True)
            if day
        }
        return {**{name: list(values) for name, values in sorted(self.values.items())}, **days}

    def words(self) -> list[str]:
        """The words of the file's name."""
        of_name = {"measure", "by", "uncounted", "saved"}
        named = [
            self.get_value("measure"),
            *(["by", *map(str, self.values["by"])] if self.values.get("by") else []),
        ]
        selection = [
            str(value)
            for name, values in self.values.items()
            if name not in of_name
            for value in values
        ]
        days = [f"{day}" for day in self.period if day]
        return [
            *named,
            *selection[:4],
            *days,
            "with uncounted" if self.get_value("uncounted") else "",
        ]


@dataclass(frozen=True, slots=True)
class _Declared:
    """An entry of `parameters.toml`."""

    key: str
    kind: Kind
    name: str = ""
    meaning: str = ""
    page: str = ""
    column: str = ""
    codes: str = ""
    needed: bool = False

    def make_parameter(self) -> ApiParameter:
        """Its name and words are the page's own where the page has it."""
        meaning = self.meaning.format(latest=LATEST, max_groupings=MAX_GROUPINGS)
        meaning = meaning or f"{BY_NAME[self.page].label}."
        codes = _CODES[self.codes] if self.codes else None
        name = self.name or self.key
        return ApiParameter(name, self.kind, meaning, self.column, codes, self.needed)


_CODES = {codes.name: codes for codes in (VERDICT, FINDING_STATUS, SEVERITY, STAGE, VALUE_STATUS)}
# By the key of their entry: a name may mean another thing of another resource.
PARAMETERS = {
    key: declared.make_parameter()
    for key, declared in read_declarations(__file__, "parameters")
    .entries("parameters", _Declared)
    .items()
}
COMMON = (PARAMETERS[RELEASE], PARAMETERS[LANG])
_ROW_KEYS = (
    "force",
    "region",
    "district",
    "use_case",
    "threshold",
    "row_publication",
    "reliability",
)
_OF_ROWS = {PARAMETERS[key].name: PARAMETERS[key] for key in _ROW_KEYS}
# All that the rows of a measure can be limited by.
GROUPINGS = tuple(
    _OF_ROWS.get(name) or ApiParameter(name, "codes", f"Filters by {column}.", column)
    for name, column in GROUPING_FIELDS.items()
)


def read_question(
    query: Sequence[tuple[str, str]], parameters: Sequence[ApiParameter], record: Record
) -> ApiQuery:
    """The question that an address asks; `InvalidQueryError` with everything that is wrong with
    it."""
    given: dict[str, list[str]] = {}
    for name, value in query:
        given.setdefault(name, []).append(value)
    known = {parameter.name: parameter for parameter in parameters}
    wrong = [
        ParameterProblem(
            _short(name), f"There is no parameter {_short(name)!r} here.", tuple(known)
        )
        for name in given
        if name not in known
    ][:MAX_VALUES]
    if len(query) > MAX_VALUES:
        wrong.append(
            ParameterProblem(_short(query[-1][0]), f"At most {MAX_VALUES} values in one address.")
        )
        raise InvalidQueryError(wrong)
    values: dict[str, tuple[Value, ...]] = {}
    where: dict[str, tuple[Value, ...]] = {}
    days: dict[str, dt.date | None] = {}
    for parameter in parameters:
        message = given.get(parameter.name, [])
        try:
            if parameter.kind in ("day", "year"):
                days[parameter.name] = _read_day(parameter, message, record)
            elif read := _read(parameter, message, record):
                values[parameter.name] = read
                if parameter.column:
                    where[parameter.column] = tuple(
                        dict.fromkeys((*where.get(parameter.column, ()), *read))
                    )
        except InvalidQueryError as error:
            wrong += error.problems
    first, last = days.get(FIRST), days.get(LAST)
    if first and last and last < first:
        wrong.append(
            ParameterProblem(LAST, f"The period ends on {last}, before it starts on {first}.")
        )
    if wrong:
        raise InvalidQueryError(wrong)
    return ApiQuery(values, (first, last), where)


def list_known(api_parameter: ApiParameter, record: Record) -> Mapping[str, Value]:
    """What a parameter of codes may be, by how it is written."""
    if api_parameter.codes is not None:
        return {code: code for code in api_parameter.codes}
    if api_parameter.name == "measure":
        return {code: code for code in MEASURES}
    if api_parameter.kind == "code" and api_parameter.name != "force":
        return {code: code for code in _choices(record)[api_parameter.name]}
    return _list_codes(record, api_parameter.column or "force_id")


def _read(api_parameter: ApiParameter, messages: list[str], record: Record) -> tuple[Value, ...]:
    if api_parameter.kind == "codes":
        known = list_known(api_parameter, record) if messages else {}
        if strange := [value for value in messages if value not in known]:
            raise InvalidQueryError(
                [
                    ParameterProblem(
                        api_parameter.name,
                        f"The record has no {api_parameter.name} {_short(value)!r}.",
                        _translate(known),
                    )
                    for value in strange[:5]
                ]
            )
        return tuple(known[value] for value in dict.fromkeys(messages))
    if api_parameter.kind == "list":
        return _read_groupings(api_parameter, messages)
    value = _read_single(api_parameter.name, messages)
    if api_parameter.kind == "words":
        if len(value) > MAX_SEARCH_LENGTH:
            raise _refuse(api_parameter.name, f"At most {MAX_SEARCH_LENGTH} characters.")
        return (value.strip(),) if value.strip() else ()
    if api_parameter.kind == "code":
        return _read_code(api_parameter, value, record)
    if api_parameter.kind in ("release", "language"):
        if api_parameter.kind == "language" and value and value not in LANGUAGES:
            raise _refuse(api_parameter.name, f"There is no language {_short(value)!r}.", LANGUAGES)
        return (value,) if api_parameter.kind == "language" and value not in ("", DEFAULT) else ()
    if value not in ("", "yes"):
        raise _refuse(
            api_parameter.name,
            f"{api_parameter.name} is asked for with “yes”, not {_short(value)!r}.",
            ["yes"],
        )
    return (value,) if value else ()


def _read_code(api_parameter: ApiParameter, value: str, record: Record) -> tuple[Value, ...]:
    known = list_known(api_parameter, record) if value or api_parameter.needed else {}
    if not value and not api_parameter.needed:
        return ()
    if value not in known:
        text = (
            f"There is no {api_parameter.name} {_short(value)!r}."
            if value
            else f"A {api_parameter.name} is needed."
        )
        raise _refuse(api_parameter.name, text, _translate(known))
    return (known[value],)


def _read_groupings(api_parameter: ApiParameter, messages: list[str]) -> tuple[Value, ...]:
    by = [name for name in ",".join(messages).split(",") if name]
    if strange := [name for name in by if name not in GROUPING_FIELDS]:
        raise InvalidQueryError(
            ParameterProblem(
                api_parameter.name, f"Nothing is given by {_short(name)!r}.", tuple(GROUPING_FIELDS)
            )
            for name in strange[:5]
        )
    if len({GROUPING_FIELDS[name] for name in by}) != len(by) or len(by) > MAX_GROUPINGS:
        raise _refuse(
            api_parameter.name,
            f"At most {MAX_GROUPINGS} different groupings at once.",
            GROUPING_FIELDS,
        )
    return tuple(by)


def _read_single(name: str, messages: list[str]) -> str:
    if len(messages) > 1:
        raise _refuse(
            name, f"{name!r} stands there {len(messages)} times, and once is what it may."
        )
    return messages[0] if messages else ""


def _read_day(api_parameter: ApiParameter, messages: list[str], record: Record) -> dt.date | None:
    """A day (`2024-01-31`), or a year (`2024`), which is its first or its last day."""
    value = _read_single(api_parameter.name, messages)
    if not value:
        return None
    if api_parameter.kind == "year":
        known = _choices(record)[api_parameter.name]
        if value not in known:
            raise _refuse(api_parameter.name, f"The record has no year {_short(value)!r}.", known)
    try:
        if re.fullmatch(r"[12]\d{3}", value, re.ASCII):
            return (
                dt.date(int(value), 1, 1)
                if api_parameter.name == FIRST
                else dt.date(int(value), 12, 31)
            )
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    raise _refuse(
        api_parameter.name,
        f"{_short(value)!r} is not a day.",
        ["a day such as 2024-01-31", "a year such as 2024"],
    )


@lru_cache(maxsize=60)
def _list_codes(record: Record, column: str) -> dict[str, Value]:
    """The codes that the rows have, by how they are written;
    of forces all that the record knows."""
    if column == "check_id":
        return {row.check_id: row.check_id for row in record.table(Finding)}
    if column in ("edition_id", "publication_id"):
        return {
            code: code for code in record.by_id(Edition if column == "edition_id" else Publication)
        }
    ofs = {
        estimate.of(column)
        for estimate in record.estimate("deployments_count", by=(column,)).estimates
    }
    if column in ("force_id", "lender_force_id"):
        ofs |= record.by_id(Force).keys()
    return {str(code): code for code in sorted(ofs, key=str) if code is not None}


@lru_cache(maxsize=4)
def _choices(record: Record) -> Choices:
    return get_choices(record)


def _refuse(name: str, text: str, allowed: Iterable[str] = ()) -> InvalidQueryError:
    return InvalidQueryError([ParameterProblem(name, text, tuple(allowed))])


def _translate(known: Iterable[str]) -> tuple[str, ...]:
    return tuple(known)[:MAX_PROBLEMS]


def _short(value: str) -> str:
    return value if len(value) <= 40 else f"{value[:40]}…"
