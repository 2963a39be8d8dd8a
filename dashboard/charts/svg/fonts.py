"""The font of charts: its files, and how wide a text is in it.

Source Sans, the font of the site, as TrueType files of the package `font-source-sans-pro` (SIL Open
Font License 1.1), so that a picture is the same on every machine."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

# Of the em: from the baseline up and down, as the font says.
ASCENT, DESCENT = 0.984, 0.273
# Measured once at this size; widths grow in proportion.
_MEASURED = 200


@cache
def font_files() -> tuple[str, str]:
    """The files of the regular and of the bold face."""
    folder = font_folder()
    return f"{folder}/SourceSansPro-Regular.ttf", f"{folder}/SourceSansPro-Bold.ttf"


@cache
def font_folder() -> str:
    """The folder of all its faces."""
    spec = find_spec("font_source_sans_pro")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package font-source-sans-pro is not installed")
    return str(Path(spec.origin).parent / "files")


@lru_cache(maxsize=4000)
def measure_text(text: str, size: float, *, bold: bool = False) -> float:
    """Width of one line in pixels at that size."""
    return _load(font_files()[bold]).getlength(text) * size / _MEASURED


def wrap_text(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Lines no wider than `width` pixels; a word that is wider is broken."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if measure_text(longer, size, bold=bold) <= width:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for letter in word:
            if measure_text(lines[-1] + letter, size, bold=bold) > width:
                lines.append("")
            lines[-1] += letter
    return lines


@cache
def _load(path: str) -> FreeTypeFont:
    # Imported when the first chart is drawn: a server starts without it.
    from PIL import ImageFont

    return ImageFont.truetype(path, _MEASURED)
