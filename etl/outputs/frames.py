"""Public tables as pandas data frames with declared types.

In: a `Tabular`. Out: a `DataFrame`: whole numbers Int64, others Float64, texts string, codes of a
closed list category, days datetime64[s], times strings (11:20:00), truth values boolean; absent is
NA in each. What a reader must know of a column is in `frame.attrs["columns"][name]`: unit,
denominator, method, caveats, source. Does not compute."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pandas as pd
import pyarrow as pa

from etl.outputs.columns import Column, describe_column
from etl.outputs.tabular import Tabular

_TYPES: dict[type, str] = {
    str: "string",
    int: "Int64",
    float: "Float64",
    Decimal: "Float64",
    bool: "boolean",
    dt.date: "datetime64[s]",
    dt.time: "string",
}


def to_frame(table: Tabular) -> pd.DataFrame:
    """All rows of a table. `frame.attrs` has its `name`, why it was `cut` (empty if it was not) and
    its `columns`."""
    batches = pa.Table.from_batches(list(table), schema=table.schema)
    frame = pd.DataFrame(
        {column.name: _to_series(batches.column(column.name), column) for column in table.columns}
    )
    frame.attrs = {
        "name": table.name,
        "cut": table.cut,
        "columns": {column.name: describe_column(column) for column in table.columns},
    }
    return frame


def describe_columns(frame: pd.DataFrame) -> pd.DataFrame:
    """Title, type, unit, denominator and meaning of the columns of a frame, a row a column.

    KeyError if the frame has lost them: pandas keeps `attrs` over selecting, sorting and copying,
    and drops them where two frames become one."""
    declared = frame.attrs["columns"]
    rows = [
        {
            "column": name,
            "title": declared[name]["title"],
            "type": str(frame[name].dtype),
            "unit": declared[name]["unit"],
            "denominator": declared[name]["denominator"],
            "meaning": declared[name]["description"],
        }
        for name in frame.columns
        if name in declared
    ]
    return pd.DataFrame(rows).set_index("column")


def _to_series(values: pa.ChunkedArray, column: Column) -> pd.Series:
    if column.codes is not None:
        known = pd.CategoricalDtype([entry.code for entry in column.codes.entries])
        texts = values.to_pylist()
        # A cell may hold several codes; then it is a text.
        if all(text is None or text in known.categories for text in texts):
            return pd.Series(pd.Categorical(texts, dtype=known))
    cells = values.to_pylist()
    if column.type is dt.time:
        cells = [None if cell is None else cell.isoformat() for cell in cells]
    return pd.Series(cells, dtype=_TYPES[column.type])
