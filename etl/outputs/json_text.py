"""A table as JSON: what was asked, of which release, the columns with their meaning, the rows, and
whether it was cut.

In: a `Tabular`, what is to be said of it. Out: bytes, a batch at a time. An absent value is `null`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

from etl.outputs.about import FileAbout
from etl.outputs.tabular import Tabular, describe_columns


def write_json(table: Tabular, about: FileAbout) -> Iterator[bytes]:
    """One object: what `about` says, then `columns`, `rows`, `rows_count` and, last, `cut`,
    which is null for a whole table."""
    head: dict[str, object] = {**about.to_json(), "columns": describe_columns(table.columns)}
    yield (_dump(head)[:-1] + ',"rows":[').encode()
    first = True
    for batch in table:
        rows = batch.to_pylist()
        if rows:
            yield (("\n" if first else ",\n") + ",\n".join(map(_dump, rows))).encode()
            first = False
    yield f'\n],"rows_count":{table.written},"cut":{_dump(table.cut or None)}}}\n'.encode()


def _dump(value: object) -> str:
    return json.dumps(
        value, ensure_ascii=False, separators=(",", ":"), default=_describe, allow_nan=False
    )


def _describe(value: object) -> str:
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    raise TypeError(type(value).__name__)
