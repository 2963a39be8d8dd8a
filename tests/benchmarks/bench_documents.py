"""Documents of the served site: how many a second beside an empty page.

In: the site and an empty page, served in this run: ratios hold, absolute figures do not. Kept
documents are asked for again; new ones show a selection that nobody asked for before: another
measure, force, year and step each, so that nothing of them is kept."""

from __future__ import annotations

import asyncio
import itertools
import random
import re
import statistics
import time
from collections.abc import Iterator

import httpx

from etl.measures.catalogue import MEASURES
from etl.model.records import Deployment
from etl.queries.record import open_record, serving_file
from tests.benchmarks.served import Served, allow_open_files, await_rest, read_pages, serve

SECONDS, AT_ONCE = 2.0, 500


def main() -> None:
    """Prints a line for each kind of document and number of readers, then for each page."""
    allow_open_files()
    with serve("page_empty.py") as empty, serve() as site:
        read_pages(empty, "", 1, seconds=0, limit=2)
        await_rest(site)
        new = _list_new()
        for readers in (8, 32):
            _compare(empty, site, "kept", itertools.repeat("trends"), readers)
            _compare(empty, site, "new", new, readers)
        before = site.memory_kib()
        statuses = asyncio.run(_request_at_once(site, AT_ONCE))
        print(
            f"{AT_ONCE} readers at once: {statuses.count(200)} answered, "
            f"{site.memory_kib() - before:,} KiB more memory",
            flush=True,
        )


def _list_new() -> Iterator[str]:
    """Addresses of Trends, no selection twice, in an order of no pattern."""
    record = open_record(serving_file())
    forces = sorted({row.force_id for row in record.table(Deployment)})
    record.close()
    every = itertools.product(MEASURES, forces, range(2016, 2027), ("month", "quarter", "year"))
    addresses = [
        f"trends?measure={measure}&force={force}&from={year}&by={step}"
        for measure, force, year, step in every
    ]
    random.Random(1).shuffle(addresses)
    return iter(addresses)


def _compare(empty: Served, site: Served, name: str, paths: Iterator[str], readers: int) -> None:
    taken, seconds, used = read_pages(empty, "", readers, SECONDS)
    floor, floor_cost = len(taken) / seconds, used / len(taken)
    before = site.processor_seconds()
    waited = asyncio.run(_read(site, paths, readers))
    rate, cost = len(waited) / SECONDS, (site.processor_seconds() - before) / len(waited)
    p95 = statistics.quantiles(waited, n=20)[18] * 1000
    print(
        f"documents {name:4} {readers:2} at once: {rate:6.1f} a second, p95 {p95:5.0f} ms; empty "
        f"page {floor:5.1f} a second; {rate / floor:.1f} times it, "
        f"{cost * 1000:.1f} ms of processor for {floor_cost * 1000:.1f}",
        flush=True,
    )


async def _read(site: Served, paths: Iterator[str], readers: int) -> list[float]:
    waited: list[float] = []
    end = time.perf_counter() + SECONDS

    async def read() -> None:
        # A client library would cost more than the server does.
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        while time.perf_counter() < end:
            start = time.perf_counter()
            head = f"GET /{next(paths)} HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n"
            writer.write(head.encode())
            answer = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            if " 200 " not in answer.partition("\r\n")[0]:
                raise RuntimeError(answer)
            await reader.readexactly(int(re.findall(r"content-length: (\d+)", answer)[0]))
            waited.append(time.perf_counter() - start)
        writer.close()

    await asyncio.gather(*(read() for _ in range(readers)))
    return waited


async def _request_at_once(site: Served, count: int) -> list[int]:
    limits = httpx.Limits(max_connections=count)
    async with httpx.AsyncClient(timeout=120, limits=limits, verify=False) as client:
        answers = await asyncio.gather(
            *(client.get(f"http://127.0.0.1:{site.port}/trends") for _ in range(count))
        )
    return [answer.status_code for answer in answers]


if __name__ == "__main__":
    main()
