"""The pages of the corpus: one register in the layout of a publication, with a trait of print.

In: nothing. Out: `PAGES`, a `Page` for each trait, with what a person reads in each cell, and
`draw_scene`: the page as rectangles, lines and texts for producers that only draw. Standard library
alone: it runs in the producers' environment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

HEADINGS = (
    "Deployment",
    "Date (DD/MM/ YY)",
    "Purpose Reference",
    "Watchlist Size",
    "Total Alerts",
    "False Alert / Confirmed False Alerts",
    "False Alert / Confirmed False Alert Engagements",
    "True Alerts1",
    "True Alert Engagements",
    "Arrests / Disposals",
    "Faces seen (Estimate)",
    "False Alert Rate",
)
WIDTHS = (108, 60, 56, 56, 46, 74, 84, 50, 76, 62, 60, 38)
PLACES = (
    "Stratford-upon-Avon",
    "Oxford Circus",
    "Ynys Môn",
    "Westfield Stratford City, Montfichet Road",
    "St. Pancras",
    "Leicester Square",
)
WIDTH, HEIGHT, LEFT, TOP, ROW, SIZE = 842.0, 595.0, 36.0, 40.0, 34.0, 7.5
WHITE, BLACK, GREY, BAND = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0), (0.8, 0.8, 0.8), (0.92, 0.92, 0.92)
Colour = tuple[float, float, float]
SOFT = "\u00ad"


@dataclass(frozen=True)
class Mark:
    """A cell (row, column from 0) that is not simply its text: `kind` is how, `extra` the text that
    the mark adds."""

    kind: str
    row: int
    column: int
    extra: str = ""


@dataclass(frozen=True)
class Page:
    """A register with one trait. `rows`: what a person reads. `rules`: all, across or none.
    `printed`: texts that producers get where they are spelt otherwise than they read."""

    trait: str
    rows: tuple[tuple[str, ...], ...]
    rules: str = "all"
    shade: bool = True
    bands: bool = False
    mark: Mark | None = None
    headings: tuple[str, ...] = HEADINGS
    printed: tuple[tuple[str, ...], ...] = ()

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The cells as they are given to the producer."""
        return self.printed or self.rows


def _list_rows(count: int) -> tuple[tuple[str, ...], ...]:
    rows = []
    for number in range(count):
        alerts = 3 + number % 9
        seen = 20114 + 907 * number
        figures = (4000 + 311 * number, alerts, 1, 0, alerts - 1, 2, number % 4, seen)
        day = f"{1 + number % 28:02d}/{1 + number % 12:02d}/22"
        place = PLACES[number % len(PLACES)]
        share = f"0.{number % 10}%"
        rows.append((place, day, str(1 + number % 4), *map(str, figures), share))
    return tuple(rows)


_SIX = _list_rows(6)
_SPELT = tuple(
    (row[0].replace("Stratford", f"Strat{SOFT}ford").replace("fi", "\ufb01"), *row[1:])
    for row in _SIX
)
_LIGATURES = tuple(
    heading.replace("Confirmed", "Con\ufb01rmed").replace(" Size", "\u00a0Size")
    for heading in HEADINGS
)
_PLAIN = Page("ruled", _SIX)
PAGES = (
    _PLAIN,
    replace(_PLAIN, trait="rules across", rules="across"),
    replace(_PLAIN, trait="bands", rules="none", bands=True),
    replace(_PLAIN, trait="no rules", rules="none", shade=False),
    Page("pages", _list_rows(34)),
    replace(_PLAIN, trait="words", headings=_LIGATURES, printed=_SPELT),
    replace(_PLAIN, trait="note", mark=Mark("note", 2, 10, "1")),
    replace(_PLAIN, trait="struck", mark=Mark("struck", 1, 4, "20")),
    replace(_PLAIN, trait="white", mark=Mark("white", 1, 3, "9")),
    replace(_PLAIN, trait="covered", mark=Mark("covered", 3, 9)),
)

Op = tuple[object, ...]


def draw_scene(page: Page) -> list[list[Op]]:
    """The page as operations in points from the upper left corner, one list a sheet of paper:
    `rect x y w h colour`, `line x0 y0 x1 y1 width colour`, `text x baseline size colour text`."""
    fit = int((HEIGHT - 2 * TOP) / ROW) - 1
    rows = page.texts()
    # Who only draws letters paints a soft hyphen too: these producers are given none.
    page = replace(page, printed=tuple(tuple(t.replace(SOFT, "") for t in row) for row in rows))
    parts = [range(start, min(start + fit, len(rows))) for start in range(0, len(rows), fit)]
    return [list(_draw_sheet(page, numbers)) for numbers in parts]


def _draw_sheet(page: Page, numbers: range) -> Iterator[Op]:
    edges = [LEFT]
    for width in WIDTHS:
        edges.append(edges[-1] + width)
    right, lines = edges[-1], [TOP + ROW * line for line in range(len(numbers) + 2)]
    if page.shade:
        yield ("rect", LEFT, TOP, right - LEFT, ROW, GREY)
    if page.bands:
        for line in lines[1:-1:2]:
            yield ("rect", LEFT, line, right - LEFT, ROW, BAND)
    if page.rules != "none":
        for line in lines:
            yield ("line", LEFT, line, right, line, 0.75, BLACK)
    if page.rules == "all":
        for edge in edges:
            yield ("line", edge, lines[0], edge, lines[-1], 0.75, BLACK)
    for column, heading in enumerate(page.headings):
        yield from _write(edges[column], TOP, WIDTHS[column], heading)
    for place, number in enumerate(numbers):
        for column, text in enumerate(page.texts()[number]):
            at = (edges[column], lines[place + 1])
            own = page.mark and (page.mark.row, page.mark.column) == (number, column)
            mark = page.mark if own else None
            yield from _write_marked(mark, *at, WIDTHS[column], text)


def _write(x: float, y: float, width: float, text: str, size: float = SIZE) -> Iterator[Op]:
    lines: list[str] = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(longer) * size * 0.58 > width - 6:
            lines.append(word)
        else:
            lines[-1] = longer
    for number, line in enumerate(lines):
        yield ("text", x + 3, y + 9 + number * (size + 1.5), size, BLACK, line)


def _write_marked(mark: Mark | None, x: float, y: float, width: float, text: str) -> Iterator[Op]:
    kind = mark.kind if mark else ""
    if mark is None or kind in ("note", "white", "covered"):
        yield from _write(x, y, width, text)
    end = x + 3 + len(text) * SIZE * 0.6
    if mark and kind == "note":
        yield ("text", end + 0.5, y + 6, SIZE * 0.6, BLACK, mark.extra)
    if mark and kind == "white":
        yield ("text", end, y + 9, SIZE, WHITE, mark.extra)
    if mark and kind == "covered":
        yield ("rect", x + 1, y + 1, width - 2, ROW - 2, BLACK)
    if mark and kind == "struck":
        yield from _write(x, y, width, mark.extra)
        stroke = x + 3 + len(mark.extra) * SIZE * 0.6
        yield ("line", x + 2, y + 6.4, stroke + 1, y + 6.4, 0.7, BLACK)
        yield ("text", stroke + 4, y + 9, SIZE, BLACK, text)
