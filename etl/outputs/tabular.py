"""A table on its way into a file: columns with their meaning, rows in batches, and whether it was
cut.

In: rows of any question, or a stream of the warehouse. Out: Arrow batches of one schema.
Does not write a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import pyarrow as pa

from etl.model.fields import Scalar
from etl.model.json_values import JsonObject
from etl.model.wide import format_value
from etl.outputs.columns import Column, describe_column
from etl.warehouse.stream import BATCH, Stream

_TYPES: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    Decimal: pa.float64(),
    bool: pa.bool_(),
    dt.date: pa.date32(),
    dt.time: pa.time64("us"),
}


class Tabular:
    """Rows to be read once, in order. After that `cut` says whether something is missing: empty, or
    why as a sentence.

    `symbols` are the bracketed codes of absent numbers, by the row's first column and the column.
    """

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Stream | Sequence[Mapping[str, object]],
        limit: int,
        symbols: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self.name = name
        self.columns = tuple(columns)
        self.schema = pa.schema([(column.name, _TYPES[column.type]) for column in columns])
        self.total = rows.total if isinstance(rows, Stream) else len(rows)
        self.max_rows = limit
        self.symbols = symbols or {}
        self.written = 0
        self._rows = rows

    @property
    def cut_at_once(self) -> bool:
        """Whether it is known before the first row that not all of them will come."""
        return self.total > self.max_rows

    @property
    def cut(self) -> str:
        """Only after the rows were read."""
        late = isinstance(self._rows, Stream) and self._rows.late
        if not late and not self.cut_at_once:
            return ""
        why = "the time for one answer was up" if late else f"one answer holds {self.max_rows} rows"
        return (
            f"[cut] {self.written} of {self.total} rows are here, because {why}. Ask for less, or "
            "take the file of the whole release."
        )

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        for batch in self._rows if isinstance(self._rows, Stream) else self._to_batches(self._rows):
            self.written += batch.num_rows
            yield batch if batch.schema == self.schema else batch.cast(self.schema)

    def records(self) -> Iterator[dict[str, Scalar]]:
        """The rows as dictionaries of plain values."""
        for batch in self:
            yield from batch.to_pylist()

    def _to_batches(self, rows: Sequence[Mapping[str, object]]) -> Iterator[pa.RecordBatch]:
        wanted = rows[: self.max_rows]
        for start in range(0, len(wanted), BATCH):
            part = wanted[start : start + BATCH]
            arrays = [
                pa.array(
                    [_plain(row.get(column.name), column) for row in part], _TYPES[column.type]
                )
                for column in self.columns
            ]
            yield pa.RecordBatch.from_arrays(arrays, schema=self.schema)


def describe_columns(columns: Iterable[Column]) -> list[JsonObject]:
    """The columns as metadata."""
    return [describe_column(column) for column in columns]


def _plain(value: object, column: Column) -> object:
    if value is None:
        return None
    if isinstance(value, tuple | list):
        return " ".join(map(str, value)) or None
    if column.type is str:
        return format_value(value)
    if column.type in (float, Decimal) and isinstance(value, int | float | Decimal):
        return float(value)
    return value
