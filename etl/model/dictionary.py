"""The data dictionary, rendered from the declarations.

In: the model. Out: Markdown. Does not add a word of its own to a field."""

from __future__ import annotations

from collections.abc import Iterator

from etl.model.caveats import CAVEATS
from etl.model.claim_measures import VERDICT
from etl.model.codes import CodeList
from etl.model.estimates import STATUS
from etl.model.fields import Field, Unit
from etl.model.return_template import CURRENT, REQUIRED_BY
from etl.model.tables import TABLES


def render_dictionary() -> str:
    """`docs/dictionary.md`: every table and field, every code list, every caveat."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Data dictionary"
    yield ""
    yield "Rendered from `etl/model/` by `python -m etl dictionary`; do not edit by hand."
    for table in TABLES:
        yield ""
        yield f"## {table.name}"
        yield ""
        yield f"{table.meaning} Key: {', '.join(f'`{name}`' for name in table.key)}."
        yield ""
        yield "| field | type | may be absent | meaning |"
        yield "|---|---|---|---|"
        for field in table.fields:
            yield (
                f"| `{field.name}` | {_format_type(field)} | {'yes' if field.optional else 'no'} | "
                f"{_describe_meaning(field)} |"
            )
    yield ""
    yield "# Code lists"
    for codes in _code_lists():
        yield ""
        yield f"## {codes.name}"
        yield ""
        yield "| code | label | meaning |"
        yield "|---|---|---|"
        for entry in codes.entries:
            yield f"| `{entry.code}` | {entry.label} | {entry.meaning} |"
    yield from _list_return()
    yield ""
    yield "# Caveats"
    yield ""
    for caveat_id, sentence in CAVEATS.items():
        yield f"- `{caveat_id}`: {sentence}"


def _list_return() -> Iterator[str]:
    """The columns of the standard return, with the public body that asks for each."""
    yield ""
    yield f"# The standard return, version {CURRENT.version}"
    for sheet in CURRENT.sheets:
        yield ""
        yield f"## Sheet {sheet.name}"
        yield ""
        yield sheet.row_is
        yield ""
        yield "| column | may be blank | since version | meaning | asked for by |"
        yield "|---|---|---|---|---|"
        for column in sheet.columns:
            asked = REQUIRED_BY.label(column.required_by) if column.required_by else ""
            blank = "yes" if column.field.optional else "no"
            meaning = _describe_meaning(column.field)
            yield f"| `{column.heading}` | {blank} | {column.since} | {meaning} | {asked} |"
    yield ""
    for entry in REQUIRED_BY.entries:
        yield f"- {entry.label}: {entry.meaning}"


def _format_type(field: Field) -> str:
    return {
        "str": "text",
        "int": "whole number",
        "float": "number",
        "Decimal": "decimal",
        "bool": "true or false",
    }.get(field.type.__name__, field.type.__name__)


def _describe_meaning(field: Field) -> str:
    about = field.about
    replace = about.meaning.replace("|", "\\|")
    if about.unit is not Unit.NONE:
        replace += f" Unit: {about.unit.value}."
    if about.codes is not None:
        replace += f" Codes: {about.codes.name}."
    if about.refers_to is not None:
        replace += f" Refers to `{about.refers_to}`."
    return replace


def _code_lists() -> list[CodeList]:
    codes = {
        field.about.codes.name: field.about.codes
        for table in TABLES
        for field in table.fields
        if field.about.codes
    }
    return [*codes.values(), STATUS, VERDICT]
