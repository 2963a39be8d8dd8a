"""A file of a log in another form, as a table of the log with its types: CSV, JSON lines, text.

In: the columns of a file as text, a column map. Out: SQL for DuckDB that gives each column its type
or NULL, and each cell that cannot be read in words. Does not run it (`etl.logs.engines`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from etl.logs.column_map import LONDON, UTC, ColumnMap, TableMap
from etl.model.event_logs import LogTable
from etl.model.fields import Field

ROW = "log_row"
_OFFSET = r"(Z|[+-][0-9]{2}(:?[0-9]{2})?)$"
_ISO = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?"
_TYPES = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE", dt.datetime: "TIMESTAMPTZ"}


def quote(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def name_column(name: str) -> str:
    """The name of a column as SQL quotes it."""
    return '"' + name.replace('"', '""') + '"'


def render_typed(table: LogTable, headings: Iterable[str], column_map: ColumnMap) -> str:
    """The typed columns of the relation `given`, whose columns are text, with the row's number."""
    columns = []
    for field in table.fields:
        text = _render_text(table, field, headings, column_map)
        value = _render_value(field, text, column_map)
        columns.append(f"CAST({value} AS {_TYPES[field.type]}) AS {field.name}")
    listed = ",\n".join(columns)
    return f"SELECT {ROW},\n{listed}\nFROM given"


def render_faults(table: LogTable, headings: Iterable[str], column_map: ColumnMap) -> str:
    """Cells of `given` that cannot be read: column, what was expected, rows, first row, its text.

    Texts are shown only of times and numbers."""
    parts = []
    for field in table.fields:
        text = _render_text(table, field, headings, column_map)
        value = _render_value(field, text, column_map)
        shown = "''" if field.type is str else "coalesce(said, '')"
        parts.append(
            f"SELECT {quote(field.name)} AS column_name, reason, count(*) AS rows_count, "
            f"min({ROW}) AS first_row, left(arg_min({shown}, {ROW}), 40) AS example FROM ("
            f"SELECT {ROW}, {text} AS said, {value} AS value, "
            f"{_render_reason(field, text, column_map)} AS reason FROM given) "
            f"WHERE value IS NULL AND {'said IS NOT NULL' if field.optional else 'true'} "
            "GROUP BY reason"
        )
    return "\nUNION ALL\n".join(parts)


def _render_text(
    table: LogTable, field: Field, headings: Iterable[str], column_map: ColumnMap
) -> str:
    """A field's text in `given`, blank as NULL, codes as ours."""
    mapped = column_map.tables.get(table.name, TableMap())
    heading = next(
        (name for name in headings if mapped.columns.get(name, name) == field.name), None
    )
    if heading is None:
        always = mapped.always.get(field.name)
        return "CAST(NULL AS VARCHAR)" if always is None else quote(always)
    text = f"nullif(trim({name_column(heading)}), '')"
    if codes := mapped.codes.get(field.name):
        cases = " ".join(f"WHEN {quote(old)} THEN {quote(new)}" for old, new in codes.items())
        return f"CASE {text} {cases} ELSE {text} END"
    return text


def _render_value(field: Field, text: str, column_map: ColumnMap) -> str:
    if field.type is str:
        return text
    if field.type is int:
        return f"CASE WHEN regexp_matches({text}, '^-?[0-9]{{1,18}}$') THEN {text}::BIGINT END"
    if field.type is float:
        sign = column_map.decimal_sign
        pattern = quote(rf"^[0-9]*[{sign}]?[0-9]+$")
        number = f"replace({text}, ',', '.')"
        return f"CASE WHEN regexp_matches({text}, {pattern}) THEN TRY_CAST({number} AS DOUBLE) END"
    return _render_time(text, column_map)


def _render_time(text: str, column_map: ColumnMap) -> str:
    """An instant: with an offset that is UTC's or London's at that instant, or in the map's zone.
    An hour that a clock skips or repeats gives none."""
    if column_map.time_form:
        local = f"try_strptime({text}, {quote(column_map.time_form)})"
        return _render_local(local, column_map.zone)
    with_offset = f"TRY_CAST({text} AS TIMESTAMPTZ)"
    offset = f"regexp_extract({text}, '{_OFFSET}')"
    wall = f"TRY_CAST(regexp_replace({text}, '{_OFFSET}', '') AS TIMESTAMP)"
    right = f"({offset} IN ('Z', '+00', '+0000', '+00:00') OR timezone('{LONDON}', {with_offset}) "
    right += f"= {wall})"
    local = _render_local(f"TRY_CAST({text} AS TIMESTAMP)", column_map.zone)
    return (
        f"CASE WHEN NOT regexp_matches({text}, {quote(_ISO)}) THEN NULL "
        f"WHEN regexp_matches({text}, '{_OFFSET}') THEN CASE WHEN {right} THEN {with_offset} END "
        f"ELSE {local} END"
    )


def _render_local(local: str, zone: str) -> str:
    if zone == UTC:
        return f"timezone('UTC', {local})"
    if zone != LONDON:
        return "CAST(NULL AS TIMESTAMPTZ)"
    instant = f"timezone('{LONDON}', {local})"
    there_and_back = f"timezone('{LONDON}', {instant}) = {local}"
    return f"CASE WHEN {there_and_back} AND NOT {_is_repeated(local)} THEN {instant} END"


def _is_repeated(local: str) -> str:
    """Whether London's clock shows a time twice, an hour apart."""
    instant = f"timezone('{LONDON}', {local})"
    shown = " OR ".join(
        f"timezone('{LONDON}', {instant} {sign} INTERVAL 1 HOUR) = {local}" for sign in "+-"
    )
    return f"({shown})"


def _render_reason(field: Field, text: str, column_map: ColumnMap) -> str:
    """Why a text is not read, as the words of what is expected."""
    if field.type is not dt.datetime:
        words = {
            str: "a text",
            int: "a whole number",
            float: f"a number with {column_map.decimal_sign!r} as its decimal sign",
        }
        return quote(words[field.type])
    local = (
        f"try_strptime({text}, {quote(column_map.time_form)})"
        if column_map.time_form
        else f"TRY_CAST({text} AS TIMESTAMP)"
    )
    skipped = quote("a time that the clock shows, once: in Europe/London this hour is missing")
    repeated = quote("a time that the clock shows once: in Europe/London this hour occurs twice")
    zone = quote("a zone that is UTC or Europe/London")
    london = (
        f"WHEN {local} IS NOT NULL AND {_is_repeated(local)} THEN {repeated} "
        f"WHEN {local} IS NOT NULL THEN {skipped} "
        if column_map.zone == LONDON
        else f"WHEN {local} IS NOT NULL THEN {zone} "
    )
    return (
        f"CASE WHEN regexp_matches({text}, '{_OFFSET}') AND regexp_matches({text}, {quote(_ISO)}) "
        f"THEN {zone} {london}ELSE {quote('a time of ISO 8601 with its zone')} END"
    )
