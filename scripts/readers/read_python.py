"""The public files as programs of Python read them with their defaults.

In: a folder with an unpacked release. Out: a line of JSON for each reader and file: the columns
with their values; days as `date:2026-01-31`, times as `time:09:30:00`, so that texts can be told
apart. Runs in the readers' environment, and once more with an older DuckDB (`--duckdb`)."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import json
import math
import sys
import warnings
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

TABLES = ("deployments", "estimates_by_force", "claims", "populations")
SHEETS = {"Deployments": "deployments", "Estimates by force": "estimates_by_force"}


def plain(value: Any) -> Any:
    """A value as JSON."""
    if value is None or str(value) in ("NaT", "<NA>", "nan"):
        return None
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return f"date:{value.date()}" if midnight else f"moment:{value.isoformat()}"
    if isinstance(value, dt.date):
        return f"date:{value}"
    if isinstance(value, dt.time):
        return f"time:{value.isoformat('seconds')}"
    if isinstance(value, dt.timedelta):
        return f"time:{dt.datetime.min + value:%H:%M:%S}"
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, Decimal):
        return float(value)
    return None if isinstance(value, float) and math.isnan(value) else value


def tell(package: str, file: str, table: str, read: Callable[[], dict[str, Iterable[Any]]]) -> None:
    """Writes the line of one reader and file."""
    line: dict[str, Any] = {
        "reader": f"{package} {importlib.metadata.version(package)}",
        "file": file,
        "table": table,
    }
    try:
        columns = read()
        line["columns"] = {str(name): [plain(v) for v in own] for name, own in columns.items()}
    except Exception as error:  # noqa: BLE001 - whatever a reader does is its result
        line["error"] = f"{type(error).__name__}: {' '.join(str(error).split())[:160]}"
    print(json.dumps(line, ensure_ascii=False, default=str), flush=True)


def from_rows(rows: list[list[Any]]) -> dict[str, list[Any]]:
    """The table of a sheet below its notes: its heading row is the first with a second cell."""
    top = next(i for i, row in enumerate(rows) if len(row) > 1 and row[1] not in (None, ""))
    names = [name for name in rows[top] if name not in (None, "")]
    body = [row for row in rows[top + 1 :] if any(cell not in (None, "") for cell in row)]
    return {
        str(name): [row[place] if place < len(row) else None for row in body]
        for place, name in enumerate(names)
    }


def from_pandas(frame: Any) -> dict[str, list[Any]]:
    """The columns of a data frame."""
    return {name: frame[name].tolist() for name in frame.columns}


def read_duckdb(folder: Path) -> None:
    """CSV, Parquet and the database of the release."""
    import duckdb

    def execute(query: str, database: str = ":memory:") -> dict[str, list[Any]]:
        with duckdb.connect(database, read_only=database != ":memory:") as connection:
            result = connection.execute(query)
            names = [column[0] for column in result.description]
            rows = result.fetchall()
        return {name: [row[place] for row in rows] for place, name in enumerate(names)}

    for table in TABLES:
        for ending in ("csv", "parquet"):
            path = folder / "data" / f"{table}.{ending}"
            tell("duckdb", f".{ending}", table, lambda p=path: execute(f"from '{p}'"))  # type: ignore[misc]
    query = "from populations order by area_code, dimension, group_text, reference_date, source"
    tell("duckdb", "lfr.duckdb", "populations", lambda: execute(query, str(folder / "lfr.duckdb")))


def read_all(folder: Path) -> None:
    """All other readers."""
    import fastparquet
    import pandas as pd
    import polars as pl
    import python_calamine

    def sheet(book: str, name: str) -> dict[str, list[Any]]:
        opened = python_calamine.CalamineWorkbook.from_path(folder / book)
        return from_rows(opened.get_sheet_by_name(name).to_python(skip_empty_area=False))

    for table in TABLES:
        csv, parquet = (str(folder / "data" / f"{table}.{e}") for e in ("csv", "parquet"))
        tell("pandas", ".csv", table, lambda p=csv: from_pandas(pd.read_csv(p)))  # type: ignore[misc]
        tell("pandas", ".parquet", table, lambda p=parquet: from_pandas(pd.read_parquet(p)))  # type: ignore[misc]
        tell("polars", ".csv", table, lambda p=csv: pl.read_csv(p).to_dict(as_series=False))  # type: ignore[misc]
        tell(
            "polars",
            ".csv, infer_schema_length=None, try_parse_dates=True",
            table,
            lambda p=csv: pl.read_csv(p, infer_schema_length=None, try_parse_dates=True).to_dict(  # type: ignore[misc]
                as_series=False
            ),
        )
        tell(
            "polars",
            ".parquet",
            table,
            lambda p=parquet: pl.read_parquet(p).to_dict(as_series=False),
        )  # type: ignore[misc]
        tell(
            "fastparquet",
            ".parquet",
            table,
            lambda p=parquet: from_pandas(fastparquet.ParquetFile(p).to_pandas()),  # type: ignore[misc]
        )
    for name, table in SHEETS.items():
        for book, engine in (("lfr.xlsx", "openpyxl"), ("lfr.ods", "odf")):
            tell(
                "pandas",
                f"{book[3:]}, {engine}",
                table,
                lambda b=book, e=engine, n=name: from_rows(  # type: ignore[misc]
                    pd.read_excel(folder / b, sheet_name=n, header=None, engine=e)
                    .astype(object)
                    .where(lambda frame: frame.notna(), None)
                    .values.tolist()
                ),
            )
            tell("python-calamine", book[3:], table, lambda b=book, n=name: sheet(b, n))  # type: ignore[misc]


def read_described(folder: Path) -> None:
    """CSV with its descriptions: CSV on the Web and the data package."""
    import csvw
    import frictionless

    group = csvw.TableGroup.from_file(folder / "csv-metadata.json")
    package = frictionless.Package(str(folder / "datapackage.json"))
    for table in TABLES:
        (own,) = [each for each in group.tables if each.url.string == f"data/{table}.csv"]

        def by_csvw(own: Any = own) -> dict[str, list[Any]]:
            rows = list(own.iterdicts(strict=True))
            return {name: [row[name] for row in rows] for name in rows[0]}

        def by_frictionless(table: str = table) -> dict[str, list[Any]]:
            rows = package.get_resource(table.replace("_", "-")).read_rows()
            return {name: [row[name] for row in rows] for name in rows[0]}

        tell("csvw", ".csv and csv-metadata.json", table, by_csvw)
        tell("frictionless", ".csv and datapackage.json", table, by_frictionless)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    read_duckdb(Path(sys.argv[1]))
    if "--duckdb" not in sys.argv:
        read_all(Path(sys.argv[1]))
        read_described(Path(sys.argv[1]))
