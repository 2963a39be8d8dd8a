"""Whether a cell of a workbook shows what it holds, to a person who looks at the sheet.

In: a cell as openpyxl gives it, rich text included. Out: its text without the escapes of OOXML, and
the first reason why a person sees another text, in the words of `etl.formats.visibility`. Does not
follow conditional formats."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.utils.escape import unescape

from etl.formats.visibility import NOT_AS_SHOWN, RAISED, SAME_COLOUR, STRUCK, TINY

# Points: text set smaller is not seen.
LEAST_SIZE = 2
_WHITE = ("FFFFFFFF", "00FFFFFF")
_LIGHT_THEME = 0
# Of a number format: quoted words, signs with a backslash, gaps, and what stands in brackets.
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_UNPRINTED = re.compile(r"\[[^\]]*\]|[_*].")
_DIGITS = re.compile(r"[0#?@]|General", re.IGNORECASE)
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_WORD = re.compile(r"\s*[^\W\d]{2,}\.?\s*|[\s£$€%:/.,-]*")


def read_text(value: object) -> object:
    """A cell's value; of a text, the signs that OOXML writes as _x000D_."""
    return " ".join(unescape(str(value)).split("\r")) if isinstance(value, str) else value


def find_fault(cell: Cell) -> str | None:
    """Why a person sees another text in a cell than it holds; None if he does not."""
    for font in _list_fonts(cell):
        if font.strike:
            return STRUCK
        if font.sz is not None and font.sz < LEAST_SIZE:
            return TINY
        if _is_white(font.color) and _is_unfilled(cell.fill):
            return SAME_COLOUR
    if _has_raised_digit(cell.value):
        return RAISED
    return None if _shows_value(cell) else NOT_AS_SHOWN


def _list_fonts(cell: Cell) -> Iterator[Font]:
    yield cell.font
    if isinstance(cell.value, CellRichText):
        yield from (part.font for part in cell.value if isinstance(part, TextBlock))


def _is_white(colour: Color | None) -> bool:
    if colour is None:
        return False
    if colour.type == "theme":
        return colour.theme == _LIGHT_THEME and not colour.tint
    return colour.type == "rgb" and colour.rgb in _WHITE


def _is_unfilled(fill: PatternFill | None) -> bool:
    return fill is None or fill.fill_type is None or _is_white(fill.fgColor)


def _has_raised_digit(value: object) -> bool:
    """Whether a part of the text is raised and has a digit, beside others that have one too."""
    if not isinstance(value, CellRichText):
        return False
    raised = [
        str(part)
        for part in value
        if isinstance(part, TextBlock) and part.font.vertAlign is not None
    ]
    level = [
        str(part) for part in value if not (isinstance(part, TextBlock) and part.font.vertAlign)
    ]
    return any(map(_has_digit, raised)) and any(map(_has_digit, level))


def _has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _shows_value(cell: Cell) -> bool:
    """Whether the number format shows the number itself."""
    sections = cell.number_format.split(";")
    if isinstance(cell.value, str):
        return len(sections) < 4 or "@" in sections[3]
    if isinstance(cell.value, bool) or not isinstance(cell.value, (int, float)) or cell.is_date:
        return bool("".join(sections[:1]).strip())
    number = 0 if cell.value > 0 else 1 if cell.value < 0 else 2
    section = sections[number] if number < len(sections) else sections[0]
    words = [quoted or sign for quoted, sign in _QUOTED.findall(section)]
    plain = _UNPRINTED.sub("", _QUOTED.sub("", section))
    return (
        _DIGITS.search(plain) is not None
        and _SCALED.search(plain) is None
        and all(_WORD.fullmatch(word) for word in words)
    )
