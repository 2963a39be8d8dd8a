"""The sentences of the standard return's workbook, declared once so that they can be translated.

In: nothing. Out: `RETURN_TEXTS` by name, and `list_return_texts` for the catalogue of translations.
Does not say what a column means: that is the column's own field."""

from __future__ import annotations

from collections.abc import Iterator

from etl.model.return_template import CURRENT

RETURN_TEXTS: dict[str, str] = {
    "title": "Standard return of live facial recognition deployments",
    "version": "Version of the template",
    "what": (
        "One return covers one force and one period. It holds numbers about deployments, and "
        "nothing about people."
    ),
    "how_return": "Fill one row on the sheet return: your force and the first and last day.",
    "how_rows": (
        "Fill one row for each deployment on the sheet deployments; the other sheets where you "
        "record what they ask for."
    ),
    "zero": (
        "Write 0 where there was none. Where you do not know, write the reason: not collected, "
        "withheld, technical fault, not applicable."
    ),
    "dates": "Write days as year-month-day, times by the 24-hour clock.",
    "people": (
        "Never write a name, a date of birth, a reference number or a remark about a person. Add "
        "no pictures, notes, formulas, macros or sheets."
    ),
    "small": (
        "Counts by group of 1 to 4, and of 0 to 9 where people under 18 are in the group, are "
        "written [c]."
    ),
    "check": "Check the file before you send it: python -m etl check-return FILE",
    "required": "may not be blank",
    "optional": "may be blank",
    "reason": "or the reason why there is none",
    "sheet": "Sheet",
    "column": "Column",
    "meaning": "Meaning",
    "filled": "Filled",
    "example": "Example",
    "allowed": "Allowed values",
    "code": "Code",
    "label": "Label",
    "list": "List",
    "examples": "Examples of each sheet. This sheet is not read.",
    "wrong": "This value is not allowed here.",
}


def list_return_texts() -> Iterator[tuple[str, str]]:
    """Every text of the workbook, with what declares it."""
    yield from ((f"return text {name}", text) for name, text in RETURN_TEXTS.items())
    for sheet in CURRENT.sheets:
        yield f"return sheet {sheet.name}", sheet.row_is
        for column in sheet.columns:
            yield f"return column {sheet.name}.{column.heading}", column.field.about.meaning
