"""A table as Parquet, with its columns' meaning inside.

In: a `Tabular`, what is to be said of it. Out: bytes, a batch at a time. The file's own metadata
holds `about` as JSON, and `cut` if rows are missing; each column's holds what it means."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl.outputs.about import FileAbout
from etl.outputs.columns import describe_column
from etl.outputs.tabular import Tabular


def write_parquet(table: Tabular, about: FileAbout) -> Iterator[bytes]:
    """The file in pieces. Compressed with Zstandard, which R, Python, DuckDB and Spark read."""
    fields = [
        field.with_metadata(
            {"description": json.dumps(describe_column(column), ensure_ascii=False)}
        )
        for field, column in zip(table.schema, table.columns, strict=True)
    ]
    schema = pa.schema(fields, metadata={"about": json.dumps(about.to_json(), ensure_ascii=False)})
    sink = _Sink()
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        for batch in table:
            writer.write_batch(
                batch.cast(schema) if batch.schema.metadata != schema.metadata else batch
            )
            yield sink.take()
        if table.cut:
            writer.add_key_value_metadata({"cut": table.cut})
    yield sink.take()


class _Sink(io.RawIOBase):
    """What was written and not yet taken away."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._taken = 0

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._held += piece
        return len(piece)

    def tell(self) -> int:
        return self._taken + len(self._held)

    def take(self) -> bytes:
        taken = bytes(self._held)
        self._taken += len(taken)
        self._held.clear()
        return taken
