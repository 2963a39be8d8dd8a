"""What a figure card is made of; it cannot be made without one of its parts.

In: a figure and its words, all from the record. Out: `FigureCard`, or `NoFigure` where nothing can
be shown. Does not draw: `dashboard.components.figure_card` does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.charts.base import Figure
from dashboard.charts.image import Key
from dashboard.components.tables import Markup, Table

State = Literal["too_few", "empty", "suppressed", "refused"]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A sentence where a chart would mislead: why, and what is known."""

    state: State
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureCard:
    """All parts of a figure.

    `card_id` is its anchor. `title` states the finding; `subtitle` the measure and the period.
    `alt` says what is plotted, highest, lowest, direction and gaps. `about` are terms with their
    texts (`dashboard.components.about`); `caveats` are ids; `sources` ids of publications;
    `download` is the address of the figures as a file. `partial` says what part of what was asked
    is not in the figure. A map has the list of its values `side_table` beside it, below it on a
    phone, and a `legend` of the `keys` that its picture has inside. `others` is one line about what
    is too little for the chart; `width` are the pixels of its place at a desk, if not the page."""

    card_id: str
    title: str
    subtitle: str
    chart: Figure | Placeholder
    alt: str
    table: Table
    download: str
    about: tuple[tuple[str, str], ...]
    caveats: tuple[str, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...] = ()
    partial: str = ""
    side_table: Table | None = None
    legend: str = ""
    others: str = ""
    width: int = 0
    keys: Sequence[Key] = ()

    def __post_init__(self) -> None:
        needed = (
            "card_id",
            "title",
            "subtitle",
            "chart",
            "alt",
            "table",
            "download",
            "about",
            "sources",
        )
        missing = [name for name in needed if not getattr(self, name)]
        if missing:
            raise ValueError(f"a figure card without its {', '.join(missing)}")

    @property
    def marked_notes(self) -> list[str]:
        """The notes that explain a mark of a cell."""
        return [note for note in self.notes if "[" in note]

    @property
    def is_picture(self) -> bool:
        """Whether there is a chart to take along: neither cells of text nor a reason why there is
        none."""
        return not isinstance(self.chart, Placeholder | Markup)


@dataclass(frozen=True, slots=True)
class NoFigure:
    """A card without a figure, and the reason."""

    card_id: str
    title: str
    instead: Placeholder
