"""Holds what programs read in the public files against the record: `make readers`, outside of the
tests because it installs programs.

In: lines of JSON of `read_python.py`, `read_node.mjs` and `read_r.R`. Out: `docs/readers.md`: for
each program, file and table whether every value is right, or what is lost. Does not mend."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from etl.outputs.about import SYMBOLS
from etl.outputs.package import tabulate_part
from etl.outputs.tables import tabulate_claims, tabulate_deployments, tabulate_table
from etl.outputs.tabular import Tabular
from etl.queries.record import Record, open_record

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "readers.md"
TABLES: dict[str, Callable[[Record], Tabular]] = {
    "deployments": tabulate_deployments,
    "estimates_by_force": lambda record: tabulate_part(record, "estimates_by_force"),
    "claims": tabulate_claims,
    "populations": lambda record: tabulate_table(record, "populations"),
}
# Relative: a workbook keeps sixteen digits.
NEARLY = 1e-14
_HEAD = """# The public files in other programs

Written by `make readers`. Each program opens files of a release with its defaults, or as stated,
and every value is held against the record. “right”: each value is the record's, with its type. “as
text”: the values are right and come as text. Otherwise what is lost stands there.

| program | file | table | result |
|---|---|---|---|
"""


def main(paths: list[Path]) -> None:
    """Writes the document; tables with the same result share a row."""
    record = open_record(ROOT / "data" / "releases" / "current" / "lfr.duckdb")
    truth = {name: _list_columns(tabulate(record)) for name, tabulate in TABLES.items()}
    results: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for path in paths:
        for text in path.read_text(encoding="utf-8").splitlines():
            line = json.loads(text)
            result = judge(line, truth[line["table"]])
            results[line["reader"], line["file"], result].append(line["table"])
    rows = [
        f"| {reader} | `{file}` | {', '.join(tables)} | {result} |"
        for (reader, file, result), tables in results.items()
    ]
    DOCUMENT.write_text(_HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    print(f"{len(rows)} rows, in {DOCUMENT}")


def _list_columns(table: Tabular) -> dict[str, list[Any]]:
    rows = list(table.records())
    return {column.name: [row[column.name] for row in rows] for column in table.columns}


def judge(line: dict[str, Any], truth: dict[str, list[Any]]) -> str:
    """What a program made of a file, in words."""
    if "error" in line:
        return f"not read: {line['error']}".replace("|", "/")
    lost, texts = [], []
    if missing := [name for name in truth if name not in line["columns"]]:
        lost.append(f"no columns {', '.join(missing)}")
    in_csv, in_book = line["file"].startswith(".csv"), line["file"].startswith((".xlsx", ".ods"))
    for name, values in truth.items():
        own = line["columns"].get(name)
        if own is None:
            continue
        if len(own) != len(values):
            lost.append(f"{len(own)} rows for {len(values)}")
            break
        as_written = [_write(value, in_csv=in_csv) for value in values]
        pairs = list(zip(own, as_written, strict=True))
        wrong = [pair for pair in pairs if not _is_same(*pair, in_book=in_book)]
        if wrong and all(_is_text_of(*pair) for pair in wrong):
            texts.append(name)
        elif wrong:
            seen, right = wrong[0]
            lost.append(f"{name}: {len(wrong)} values, as `{seen}` for `{right}`".replace("|", "/"))
    remarks = [*lost[:4], *([f"as text: {', '.join(texts)}"] if texts else [])]
    more = [f"{len(lost) - 4} columns more"] if len(lost) > 4 else []
    return "; ".join([*remarks, *more]) or "right"


def _write(value: Any, *, in_csv: bool) -> Any:
    """A value of the record as the file holds it."""
    if isinstance(value, str) and in_csv:
        value = re.sub(r"^(\d\d?)-(\d\d?)$", r"\1 to \2", value)
        value = f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
    if value == "":
        return None
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dt.time):
        return f"time:{value.isoformat()}"
    return f"date:{value}" if isinstance(value, dt.date) else value


def _is_same(seen: Any, right: Any, *, in_book: bool) -> bool:
    if isinstance(seen, str) and seen.startswith("number:"):
        seen = float(seen.removeprefix("number:"))
    if seen == "":
        seen = None
    if in_book and isinstance(right, bool):
        right = str(right).lower()
    if right is None:
        return seen is None or (in_book and seen in SYMBOLS)
    if isinstance(right, bool) or isinstance(seen, bool):
        return seen is right
    if isinstance(right, int | float):
        is_number = isinstance(seen, int | float)
        return is_number and abs(seen - right) <= NEARLY * max(abs(seen), abs(right))
    return bool(seen == right or (isinstance(seen, str) and seen.split() == str(right).split()))


def _is_text_of(seen: Any, right: Any) -> bool:
    """Whether a value is right and comes as text, or as the text that it looks like."""
    if isinstance(right, bool):
        return str(seen).lower() == str(right).lower()
    if isinstance(right, int | float) and isinstance(seen, str):
        try:
            return abs(float(seen) - right) <= NEARLY * abs(right)
        except ValueError:
            return False
    plain = re.sub(r"^(?:date|time):", "", str(right))
    return seen == right or str(seen) in (plain, f"date:{plain}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
