"""What a reader of a file does not see, or sees as no part of the text: one rule for every format.

In: nothing. Out: the rules, each with the words of its problem and how each format shows it. The
readers of `etl.formats` and `etl.returns` use the words; docs/visibility.md has the
table, and a test holds it to this one.

The rule: a figure is read from what a person sees. What nobody sees is not read, and what cannot be
decided is refused with its place."""

from __future__ import annotations

from typing import NamedTuple

from etl.model.messages import message

UNPAINTED = "text that is not painted on the page"
OUTSIDE = "text outside of the visible part of the page"
COVERED = "text with something painted over it"
SAME_COLOUR = message("same_colour")
TINY = message("tiny")
STRUCK = message("struck")
RAISED = message("raised")
SIGN = "a sign of a font of signs, whose code is that of a letter or a digit"
BROKEN = "a hyphen at the end of a line that may be the word's own"
DRAWN = "a picture or a drawn sign in place of text"
HIDDEN = "text that is hidden"
NOT_AS_SHOWN = message("not_as_shown")


class Rule(NamedTuple):
    """One way in which what is stored is not what is seen, and its sign in each format."""

    words: str
    pdf: str
    html: str
    workbook: str


RULES = (
    Rule(
        UNPAINTED,
        "render mode 3 or 7, or opacity below a tenth",
        "opacity 0, visibility: hidden, color: transparent",
        "-",
    ),
    Rule(
        OUTSIDE,
        "outside of the crop box or of the clipping path",
        "moved off the page, or clipped to nothing",
        "-",
    ),
    Rule(COVERED, "an opaque area, picture or annotation painted later", "-", "-"),
    Rule(SAME_COLOUR, "the colour of what lies under it", "-", "white text on no fill"),
    Rule(TINY, "lower than 1.5 points", "font-size below 2 pixels", "size below 2 points"),
    Rule(
        STRUCK,
        "a line through the middle of the letters, or the annotation StrikeOut",
        "s, del and strike, text-decoration: line-through",
        "strike-through of the cell or of a part of it",
    ),
    Rule(
        RAISED,
        "digits smaller than four fifths of those beside them, or over their line",
        "sup, sub and small, vertical-align: super, a note's link",
        "a raised or lowered part of the cell",
    ),
    Rule(BROKEN, "a soft hyphen in a file of Typst, which writes a word's own so too", "-", "-"),
    Rule(DRAWN, "a cell without text over which a picture or a shape is painted", "-", "-"),
    Rule(SIGN, "a font of signs without a map to text", "-", "-"),
    Rule(
        HIDDEN,
        "a layer (optional content) that is switched off is not there",
        "hidden, display: none, classes for screen readers, a closed details: not read",
        "hidden sheets, rows and columns, rows of no height",
    ),
    Rule(NOT_AS_SHOWN, "-", "-", "a format with a text of its own, or without any digit"),
)


def render_rules() -> str:
    """The rules as a table in Markdown, as docs/visibility.md has it."""
    lines = ["| What | PDF | Web page | Workbook |", "|---|---|---|---|"]
    lines += [f"| {' | '.join(rule)} |" for rule in RULES]
    return "\n".join(lines) + "\n"
