"""What a report is made of, before it is a PDF or a DOCX: sections of paragraphs, lists, tables and
charts.

In: words that are said already. Out: frozen parts that `report_pdf` and `report_docx` write, each
in its own way. Does not say, compute or write anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dashboard.charts.image import Picture


class Quoted(str):
    """Words in the language in which they were written:
    of a publication, a register or a correction."""

    __slots__ = ()


# A text, or pieces of which some are quoted.
Text = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`lead` is read first, `note` is small print, `box` stands in a frame,
    `head` is a heading within a section."""

    text: Text
    kind: Literal["text", "lead", "note", "box", "head"] = "text"


@dataclass(frozen=True, slots=True)
class Points:
    """A list; `small` for notes."""

    lines: tuple[Text, ...]
    small: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An address with its words."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its name, how wide it is beside the others, and whether it holds numbers."""

    name: str
    width: int = 2
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A caption, columns, rows as wide as the columns. The first cell names its row."""

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A caption, what the chart shows in words, and the chart as SVG of so many pixels."""

    title: str
    alt: str
    picture: Picture


Block = Paragraph | Points | Link | Table | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """The first page: what, of whom, of when, what it is worth, which version,
    and what it was made of."""

    kind: str
    force: str
    period: str
    status: tuple[str, ...]
    facts: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report in one language. `date` is that of the release as `YYYY-MM-DD`, or empty;
    nothing depends on a clock."""

    language: str
    title: str
    description: str
    date: str
    contents: str
    table_word: str
    chart_word: str
    page: str
    running: str
    version: str
    front: Front
    sections: tuple[Section, ...]

    def texts(self) -> Iterator[str]:
        """Every text in it, piece by piece, in reading order."""
        yield from (
            self.title,
            self.front.kind,
            self.front.force,
            self.front.period,
            *self.front.status,
        )
        for name, words in self.front.facts:
            yield from (name, *_pieces(words))
        for section in self.sections:
            yield section.title
            for block in section.blocks:
                yield from _texts_of(block)


def _texts_of(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from _pieces(block.text)
        case Points():
            for line in block.lines:
                yield from _pieces(line)
        case Link():
            yield block.text
        case Table():
            yield from (block.caption, *(head.name for head in block.heads))
            for row in block.rows:
                for cell in row:
                    yield from _pieces(cell)
        case Chart():
            yield from (block.title, block.alt)


def _pieces(text: Text) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else text
