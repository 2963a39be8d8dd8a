"""A table as CSV: UTF-8, one heading row, lines ended by CR LF, safe in a spreadsheet.

In: a `Tabular`. Out: bytes, a batch at a time. Works on whole columns: a loop over the cells would
be twenty times slower. Texts are made safe for spreadsheets as `etl.outputs.cells` does it; a
number that may be a fraction has its point (33.0), by which programs that guess types know it;
times have seconds. Where the table was cut, the last record says so in its first field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from etl.outputs.cells import RANGE, RUNS_AS_FORMULA, TAKEN_FOR_DAY
from etl.outputs.tabular import Tabular

_END = "\r\n"
BYTE_ORDER_MARK = "\ufeff".encode()
_QUOTED = '[",\r\n]'
_FORMULA = "^[" + "".join(f"\\x{ord(item):02x}" for item in RUNS_AS_FORMULA) + "]"
# So many different texts in a column are still worth being looked at once each instead of once a
# row.
_FEW = 0.5


def write_csv(
    table: Tabular, headings: Sequence[str] = (), *, mark: bool = False
) -> Iterator[bytes]:
    """The file in pieces. `headings` replace the names of the columns in another language; `mark`
    adds a byte-order mark, by which Excel knows UTF-8."""
    named = headings or [column.name for column in table.columns]
    heading = (
        ",".join(
            _quote(each_heading) if set(each_heading) & set('",') else each_heading
            for each_heading in named
        )
        + _END
    )
    yield (BYTE_ORDER_MARK if mark else b"") + heading.encode()
    for batch in table:
        if batch.num_rows:
            yield _write_batch(batch)
    if cut := table.cut:
        cells = [_quote(cut), *[""] * (len(table.columns) - 1)]
        yield (",".join(cells) + _END).encode()


def _write_batch(batch: pa.RecordBatch) -> bytes:
    cells = [_write_column(column) for column in batch.columns]
    cells[-1] = pc.binary_join_element_wise(cells[-1], pa.scalar(_END, pa.string()), "")
    lines = pc.binary_join_element_wise(*cells, ",")
    # The texts of a column lie one after the other in memory: that is the file.
    first, last = lines.offset, lines.offset + len(lines)
    width = 8 if pa.types.is_large_string(lines.type) else 4
    offsets = memoryview(lines.buffers()[1]).cast("B").cast("q" if width == 8 else "i")
    return bytes(memoryview(lines.buffers()[2])[offsets[first] : offsets[last]])


def _write_column(column: pa.Array) -> pa.Array:
    if not pa.types.is_string(column.type):
        return pc.fill_null(_write_values(column), "")
    few = column.dictionary_encode()
    if len(few.dictionary) <= len(column) * _FEW:
        return pc.fill_null(
            few.dictionary_decode()
            if _is_plain(few.dictionary)
            else pc.take(_make_safe(few.dictionary), few.indices),
            "",
        )
    return pc.fill_null(_make_safe(column), "")


def _write_values(column: pa.Array) -> pa.Array:
    if pa.types.is_time(column.type):
        column = pc.cast(column, pa.time32("s"))
    texts = pc.cast(column, pa.string())
    if not pa.types.is_floating(column.type):
        return texts
    return pc.replace_substring_regex(texts, r"^(-?\d+)$", r"\1.0")


def _is_plain(texts: pa.Array) -> bool:
    changed = f"{_QUOTED}|{_FORMULA}|{TAKEN_FOR_DAY}"
    return not pc.any(pc.match_substring_regex(texts, changed)).as_py()


def _make_safe(texts: pa.Array) -> pa.Array:
    if _is_plain(texts):
        return texts
    texts = pc.replace_substring_regex(texts, TAKEN_FOR_DAY, RANGE)
    runs = pc.match_substring_regex(texts, _FORMULA)
    texts = pc.if_else(runs, pc.binary_join_element_wise("'", texts, ""), texts)
    quoted = pc.binary_join_element_wise('"', pc.replace_substring(texts, '"', '""'), '"', "")
    return pc.if_else(pc.match_substring_regex(texts, _QUOTED), quoted, texts)


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
