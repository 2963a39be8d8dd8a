"""Words and lines: how glyphs of a page are strung together.

In: glyphs, in the order of the text layer. Out: words (to see if a ruling cuts one) and the text of
a cell. Does not change a letter: no characters are replaced, no case, no spelling, no number
format."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from etl.formats.pdf.marks import Glyph

# As shares of a glyph's height: neighbours no further apart than this are one word; a gap wider
# than that is a space, whether or not the text layer has one.
WORD_GAP = 0.04
SPACE_GAP = 0.25
# Letters of one line that share more than this of the narrower one's width are two texts printed
# over each other: which letter belongs to which is a guess. An accent is printed over its letter on
# purpose.
OVERPRINT = 0.5
_ACCENTS = frozenset(("Mn", "Lm", "Sk"))

_Member = tuple[float, float, str]


def find_words(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Runs of letters that follow each other in the text layer and touch; each space by itself."""
    words: list[list[Glyph]] = []
    for glyph in glyphs:
        if words and not glyph.text.isspace() and _continues(words[-1][-1], glyph):
            words[-1].append(glyph)
        else:
            words.append([glyph])
    return words


def _continues(left: Glyph, right: Glyph) -> bool:
    if left.text.isspace():
        return False
    _, end, above, below = _along_line(left)
    start, _, next_above, next_below = _along_line(right)
    reach = WORD_GAP * (below - above)
    return (
        -10 * reach <= start - end <= reach
        and abs(above - next_above) + abs(below - next_below) < 1.0
    )


def read_text(glyphs: Sequence[Glyph]) -> str:
    """The text of one cell: glyphs in reading order, lines joined by one space, nothing else
    changed.

    A smaller raised glyph, as a footnote mark, belongs to the line it stands on. A letter printed
    twice on one spot (which is how some programs make bold) is one letter. White space at the ends
    of lines is not part of the text."""
    return read_lines(glyphs)[0]


def read_lines(glyphs: Sequence[Glyph]) -> tuple[str, bool]:
    """The text of one cell, and whether letters of it are printed over each other."""
    lines: list[tuple[float, float, list[_Member]]] = []
    # Tall glyphs first: they set the lines that small ones join.
    for start, end, above, below, text in sorted(
        ((*_along_line(glyph), glyph.text) for glyph in glyphs),
        key=lambda placed: placed[2] - placed[3],
    ):
        for line_above, line_below, members in lines:
            if min(below, line_below) - max(above, line_above) > (below - above) / 2:
                members.append((start, end, text))
                break
        else:
            lines.append((above, below, [(start, end, text)]))
    read = [_read_line(sorted(members), below - above) for above, below, members in sorted(lines)]
    return " ".join(text for text, _ in read if text), any(overprinted for _, overprinted in read)


def _read_line(members: Sequence[_Member], height: float) -> tuple[str, bool]:
    line = ""
    overprinted = False
    last_start = last_end = float("-inf")
    for start, end, text in members:
        if text.isspace():
            # A space that lies under a letter prints nothing:
            # it trails the text of the cell before.
            if (start + end) / 2 > last_end:
                line += text
                last_end = end
            continue
        if line.endswith(text) and abs(start - last_start) < WORD_GAP * height:
            continue
        if line and not line[-1].isspace() and start - last_end > SPACE_GAP * height:
            line += " "
        shared = min(end, last_end) - start
        if shared > OVERPRINT * min(end - start, last_end - last_start) and not _is_accent(
            line[-1], text
        ):
            overprinted = True
        line += text
        last_start, last_end = start, end
    return line.strip(), overprinted


def _is_accent(*letters: str) -> bool:
    return any(unicodedata.category(letter[0]) in _ACCENTS for letter in letters)


def _along_line(glyph: Glyph) -> tuple[float, float, float, float]:
    """Start and end along the line of writing, upper and lower edge across it,
    growing in reading order."""
    if glyph.direction == "right":
        return glyph.x0, glyph.x1, glyph.top, glyph.bottom
    if glyph.direction == "up":
        return -glyph.bottom, -glyph.top, glyph.x0, glyph.x1
    if glyph.direction == "down":
        return glyph.top, glyph.bottom, -glyph.x1, -glyph.x0
    return -glyph.x1, -glyph.x0, -glyph.bottom, -glyph.top
