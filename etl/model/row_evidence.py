"""One row of the record with all that stands behind it: the printed cells, what is used of each,
what is doubtful.

In: nothing. Out: the hand-overs between `etl.queries.rows` and every reader.
Does not query and does not word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A field of a deployment with the value that is used and where it comes from.

    `value_status` is a code of VALUE_STATUS; `derivation` the declared rule of a value that is not
    printed; `value_as_printed` the number printed, where another is used."""

    field_name: str
    value: Any
    value_status: str
    derivation: str | None = None
    value_as_printed: Any = None


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A printed cell, and the field that it is read into;
    None for a cell that is kept and not read."""

    column: int
    heading: str
    text: str
    field: FieldValue | None


@dataclass(frozen=True, slots=True)
class RowEvidence:
    """A deployment down to its cells.

    `cells` are in printed order; `unprinted` are the fields without a cell of their own in this
    row. `before` and `after` are the deployments of the rows next to it in the file. `same_day` are
    other publications' rows of the force that touch its days."""

    row: Row
    publication: Row
    edition: Row
    cells: tuple[ReadCell, ...]
    unprinted: tuple[FieldValue, ...]
    corrections: tuple[Row, ...]
    findings: tuple[Row, ...]
    before: str | None
    after: str | None
    same_day: tuple[Row, ...]
