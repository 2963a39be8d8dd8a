"""Data by address against what could do it with less: DuckDB's own COPY, a bare file server, and
Datasette.

A table of about a million rows streamed as CSV over HTTP, beside the same ordered rows written by
COPY to a disk and the same table in SQLite served by Datasette; and an answer that is kept, beside
the same bytes from a bare Starlette file response. In one run."""

from __future__ import annotations

import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import httpx

from etl.queries.record import serving_file
from tests.benchmarks.served import Served, find_port, serve, wait_for

TABLE, KEY = "printed_cells", 'edition_id, page, "row", "column"'
TIMES, RUNS = 78, 3
SECONDS, WARM_SECONDS, CLIENTS = 2.0, 20.0, 4
CACHED_PATH = "/api/v1/estimates.csv?measure=alerts_count&by=force,year"
_FILE_SERVER = (
    "import sys, uvicorn; from starlette.applications import Starlette; from starlette.responses "
    "import FileResponse; from starlette.routing import Route; "
    "uvicorn.run(Starlette(routes=[Route('/file', lambda request: FileResponse(sys.argv[1], "
    "media_type='text/csv'))]), host='127.0.0.1', port=int(sys.argv[2]), log_level='error')"
)


def main() -> None:
    """Prints a line for each comparison."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        rows = _repeat(serving_file(), folder / "releases" / "large" / "lfr.duckdb")
        (folder / "releases" / "current").symlink_to("large")
        with serve(LFR_RELEASES=str(folder / "releases")) as site:
            _compare_streams(site, folder, rows)
        with serve() as site:
            _compare_stored(site, folder)


def _compare_streams(site: Served, folder: Path, rows: int) -> None:
    source = folder / "releases" / "large" / "lfr.duckdb"
    copied = [_time(lambda: _copy(source, folder / "copied.csv")) for _ in range(RUNS)]
    ours = [_download(f"http://127.0.0.1:{site.port}/api/v1/{TABLE}.csv") for _ in range(RUNS)]
    size = (folder / "copied.csv").stat().st_size / 1e6
    fastest, own = statistics.median(copied), statistics.median(item for item, _ in ours)
    print(
        f"stream of {rows:,} rows, {ours[0][1] / 1e6:.0f} MB: {own:.2f} s; COPY of the same rows "
        f"({size:.0f} MB) {fastest:.2f} s; rate {fastest / own:.2f} of COPY's (medians of {RUNS})"
    )
    _to_sqlite(folder / "copied.csv", folder / "large.db")
    with _datasette(folder / "large.db") as port:
        taken, sent = _download(f"http://127.0.0.1:{port}/large/{TABLE}.csv?_stream=1&_size=max")
    print(
        f"Datasette, the same table, {sent / 1e6:.0f} MB: {taken:.2f} s; {taken / own:.1f} times "
        "ours"
    )


def _compare_stored(site: Served, folder: Path) -> None:
    address = f"http://127.0.0.1:{site.port}{CACHED_PATH}"
    body = httpx.get(address, timeout=60).content
    stored_folder = folder / "kept.csv"
    stored_folder.write_bytes(body)
    # A server that has just begun still packs its files and draws its first page.
    time.sleep(WARM_SECONDS)
    with _file_server(stored_folder) as port:
        result = [(_count(address), _count(f"http://127.0.0.1:{port}/file")) for _ in range(RUNS)]
    ours, bare = (statistics.median(side) for side in zip(*result, strict=True))
    print(
        f"a kept answer, {len(body) / 1e3:.0f} kB, {CLIENTS} readers: {ours:.0f}/s; a bare file "
        f"server {bare:.0f}/s; ratio {ours / bare:.2f} (medians of {RUNS})"
    )


def _repeat(source: Path, target: Path) -> int:
    target.parent.mkdir(parents=True)
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"attach '{source}' as source (read_only)")
        result = connection.execute(
            "select table_name from duckdb_tables() where database_name='source'"
        ).fetchall()
        for (name,) in result:
            many = (
                f"select t.* replace (t.page + 10000 * r.range as page) from source.{name} t, "
                f"range({TIMES}) r"
            )
            connection.execute(
                f"create table {name} as "
                f"{many if name == TABLE else f'select * from source.{name}'}"
            )
        ((rows,),) = connection.execute(f"select count(*) from {TABLE}").fetchall()
        connection.execute("detach source")
    return int(rows)


def _copy(source: Path, target: Path) -> None:
    with duckdb.connect(str(source), read_only=True) as connection:
        connection.execute(f"copy (select * from {TABLE} order by {KEY}) to '{target}' (header)")


def _to_sqlite(table: Path, target: Path) -> None:
    with duckdb.connect() as memory, sqlite3.connect(target) as database:
        rows = memory.execute(f"select * from read_csv('{table}', all_varchar=true)")
        names = [item[0] for item in rows.description or ()]
        database.execute(f"create table {TABLE} ({', '.join(names)})")
        while part := rows.fetchmany(20_000):
            database.executemany(
                f"insert into {TABLE} values ({', '.join('?' * len(names))})", part
            )


@contextmanager
def _datasette(database: Path) -> Iterator[int]:
    port = find_port()
    options = ["--setting", "max_csv_mb", "0", "--setting", "max_returned_rows", "1000"]
    command = [sys.executable, "-m", "datasette", "serve", str(database), "-p", str(port), *options]
    with _running(command, f"http://127.0.0.1:{port}/-/versions.json"):
        yield port


@contextmanager
def _file_server(path: Path) -> Iterator[int]:
    port = find_port()
    with _running(
        [sys.executable, "-c", _FILE_SERVER, str(path), str(port)], f"http://127.0.0.1:{port}/file"
    ):
        yield port


@contextmanager
def _running(command: list[str], address: str) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(address, process)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _download(address: str) -> tuple[float, int]:
    """Seconds and bytes."""
    start, sent = time.perf_counter(), 0
    with httpx.stream(
        "GET", address, timeout=600, headers={"Accept-Encoding": "identity"}
    ) as answer:
        answer.raise_for_status()
        for piece in answer.iter_bytes():
            sent += len(piece)
    return time.perf_counter() - start, sent


def _count(address: str) -> float:
    """Answers a second to a few readers who keep their connection."""
    numbers = [0] * CLIENTS
    until = time.perf_counter() + SECONDS

    def read(number: int) -> None:
        with httpx.Client(timeout=60) as client:
            while time.perf_counter() < until:
                client.get(address).raise_for_status()
                numbers[number] += 1

    readers = [threading.Thread(target=read, args=(number,)) for number in range(CLIENTS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return sum(numbers) / SECONDS


def _time(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
