"""Words and lines: how glyphs of a page are strung together.

In: glyphs, in the order of the text layer. Out: words (to see if a ruling cuts one) and the text of
a cell. Does not change a letter: no characters are replaced, no case, no spelling, no number
format."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from etl.formats.pdf.paper import Glyph

# As shares of a glyph's height: neighbours no further apart than this are one word; a gap wider
# than that is a space, whether or not the text layer has one.
WORD_GAP = 0.04
SPACE_GAP = 0.25
# Letters of one line that share more than this of the narrower one's width are two texts printed
# over each other: which letter belongs to which is a guess. An accent is printed over its letter on
# purpose.
OVERPRINT = 0.5
_ACCENTS = frozenset(("Mn", "Lm", "Sk"))

# Letters set apart further than this share of their height, all alike, are spaced for looks.
SPACED = 0.1
_SPACED_LETTERS = 5
# A digit smaller than this share of the one beside it, or this share of its height over or under
# its line, is a note's number.
SMALLER = 0.8
RAISED_BY = 0.15

_SOFT_HYPHENS = ("\u00ad", "\u2010")
# Signs that no font draws.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")


class _Member(NamedTuple):
    """A glyph by its place along and across its line; `base` is the line that it is written on."""

    start: float
    end: float
    text: str
    base: float
    glyph: Glyph


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


def read_lines(glyphs: Sequence[Glyph]) -> tuple[str, bool, list[Glyph]]:
    """The text of one cell, whether letters of it are printed over each other, and the glyphs that
    are a note's number beside a figure.

    Glyphs in reading order, lines joined by one space, nothing else changed: a word that a hyphen
    breaks at the end of a line is joined; a soft one goes, one of the word stays. A letter printed
    twice on one spot (which is how some programs make bold) is one letter. White space at the ends
    of lines is not part of the text."""
    lines: list[tuple[float, float, list[_Member]]] = []
    placed = [(*_along_line(glyph), glyph) for glyph in glyphs]
    # Tall glyphs first: they set the lines that small ones join.
    placed.sort(key=lambda place: place[2] - place[3])
    for start, end, above, below, glyph in placed:
        member = _Member(start, end, glyph.text, below - glyph.drop, glyph)
        for line_above, line_below, members in lines:
            if min(below, line_below) - max(above, line_above) > (below - above) / 2:
                members.append(member)
                break
        else:
            lines.append((above, below, [member]))
    text, overprinted = "", False
    notes: list[Glyph] = []
    for _, _, members in lines:
        members.sort(key=lambda member: (member.start, member.end, member.text))
    spacing = _measure_spacing([members for _, _, members in lines])
    for above, below, members in sorted(lines, key=lambda line: line[:2]):
        line, over = _read_line(members, below - above, spacing)
        text = _join(text, line)
        overprinted |= over
        notes += _find_notes(members)
    return _UNSEEN.sub("", text), overprinted, [] if overprinted else notes


def count_lines(glyphs: Sequence[Glyph]) -> int:
    """The number of lines with glyphs other than white space."""
    middles = sorted((above + below) / 2 for _, _, above, below in map(_along_line, glyphs))
    heights = [below - above for _, _, above, below in map(_along_line, glyphs)]
    reach = min(heights, default=0.0) / 2
    return len(middles) and 1 + sum(after - before > reach for before, after in pairwise(middles))


def _join(text: str, line: str) -> str:
    """Two lines of a cell as one."""
    if not text or not line:
        return text or line
    if len(text) > 1 and text[-2].isalpha() and line[0].isalpha():
        if text[-1] in _SOFT_HYPHENS:
            return text[:-1] + line
        if text[-1] == "-":
            return text + line
    return f"{text} {line}"


def _find_notes(members: Sequence[_Member]) -> list[Glyph]:
    """Digits of another size or height than the digit beside them."""
    notes: list[Glyph] = []
    printed = [member for member in members if not member.text.isspace()]
    for left, right in pairwise(printed):
        sizes = left.glyph.size, right.glyph.size
        both = left.text[-1:].isdigit() and right.text[:1].isdigit()
        if not both or not all(sizes) or right.start - left.end > max(sizes):
            continue
        differ = min(sizes) < SMALLER * max(sizes)
        if differ or abs(left.base - right.base) > RAISED_BY * max(sizes):
            first = sizes[0] < sizes[1] or (not differ and left.base < right.base)
            notes.append(left.glyph if first else right.glyph)
    # The digits that go on from a note's number are of its size.
    for left, right in pairwise(printed):
        goes_on = right.glyph.size == left.glyph.size and abs(left.base - right.base) < 0.01
        if goes_on and right.text.isdigit() and left.glyph in notes and right.glyph not in notes:
            notes.append(right.glyph)
    return notes


def _read_line(members: Sequence[_Member], height: float, spacing: float) -> tuple[str, bool]:
    line = ""
    overprinted = False
    last_start = last_end = float("-inf")
    space = SPACE_GAP * height + spacing
    for place, member in enumerate(members):
        start, end, text = member.start, member.end, member.text
        if text.isspace():
            # A space that lies under a letter prints nothing: it trails the text of the cell
            # before, or stands for a soft hyphen.
            following = members[place + 1].start if place + 1 < len(members) else end
            if last_end < (start + end) / 2 <= following:
                line += text
                last_end = end
            continue
        if line.endswith(text) and abs(start - last_start) < WORD_GAP * height:
            continue
        if line and not line[-1].isspace() and start - last_end > space:
            line += " "
        shared = min(end, last_end) - start
        if shared > OVERPRINT * min(end - start, last_end - last_start) and not _is_accent(
            line[-1], text
        ):
            overprinted = True
        line += text
        last_start, last_end = start, end
    return line.strip(), overprinted


def _measure_spacing(lines: Sequence[Sequence[_Member]]) -> float:
    """How far apart the letters of a cell are set for looks; 0 if they are not.

    Figures are never taken for spaced: "1 2 3 4" may be four of them."""
    gaps = [
        (right.start - left.end, right.glyph.size)
        for members in lines
        for left, right in pairwise(members)
        if not left.text.isspace() and not right.text.isspace()
    ]
    letters = [member.text.isalpha() for members in lines for member in members]
    if len(gaps) < _SPACED_LETTERS or 2 * sum(letters) < len(letters):
        return 0.0
    least, size = min(gaps)
    return least if least > SPACED * size else 0.0


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
