"""Readers who open the pages of the served site, beside an empty page and a naive one, in one run.

Pages per second and p50/p95 at 1, 8 and 32 readers at once; memory of each of 400 open sessions.
The empty page is measured again before every page, because a machine is not equally busy all the
time: ratios hold, absolute figures do not. All servers run with the site's settings, so the naive
page has the collection after every run switched off too; as the framework starts it is slower
still. Takes about a minute for each page of the site; `python -m tests.benchmarks.bench_load SLUG
…` measures these alone."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from dashboard.pages import HOME, PAGES
from etl.model.facts import Fact
from etl.model.records import Deployment
from etl.queries.record import open_record, serving_file
from tests.benchmarks.served import Served, allow_open_files, measure_memory, read_pages, serve

READERS = (1, 8, 32)
OPEN_SESSIONS = 400
SECONDS = 2.0
# A day of alerts of one force is more rows than the whole record has today; the same rows a
# thousand times over stand for that.
TIMES = 1000


def main(slugs: Sequence[str] = ()) -> None:
    """Prints a line for each page and number of readers."""
    allow_open_files()
    pages = [page.slug for page in PAGES if not slugs or page.slug in slugs]
    with tempfile.TemporaryDirectory() as home:
        small, large = _write_rows(Path(home))
        with (
            serve("page_empty.py") as empty,
            serve("page_naive.py", BENCH_CSV=str(small)) as naive,
            serve("page_naive.py", BENCH_CSV=str(large)) as naive_large,
            serve() as site,
        ):
            for item, page in [
                (empty, ""),
                (naive, ""),
                (naive_large, ""),
                *((site, _path(slug)) for slug in pages),
            ]:
                # What is loaded and kept by the first reader is not what is measured here.
                read_pages(item, page, 1, seconds=0, limit=2)
            print(f"load, {SECONDS:g} s each, readers {READERS}")
            for readers in READERS:
                _compare(empty, naive, "", f"naive, {_count(small):,} rows", readers)
            _compare(empty, naive_large, "", f"naive, {_count(large):,} rows", 1)
            for slug in pages:
                for readers in READERS:
                    _compare(empty, site, _path(slug), slug, readers)
    _measure_memory(pages)


def _compare(empty: Served, served: Served, page: str, name: str, readers: int) -> None:
    floor, floor_cost = _rate(empty, "", readers, SECONDS / 2)[:2]
    rate, cost, result = _rate(served, page, readers, SECONDS)
    cuts = statistics.quantiles(result, n=20) if len(result) > 1 else result * 19
    print(
        f"{name:24} {readers:2} at once: {rate:6.1f} pages/s, p50 "
        f"{statistics.median(result) * 1000:5.0f} ms, p95 {cuts[18] * 1000:5.0f} ms, processor "
        f"{cost * 1000:5.1f} ms a page; empty page {floor:6.1f} pages/s, {floor_cost * 1000:4.1f} "
        f"ms; rate {rate / floor:.2f} of it, processor {cost / floor_cost:.1f} times",
        flush=True,
    )


def _rate(
    served: Served, page: str, readers: int, seconds: float
) -> tuple[float, float, list[float]]:
    result, taken, used = read_pages(served, page, readers, seconds)
    return len(result) / taken, used / len(result), result


def _measure_memory(pages: Sequence[str]) -> None:
    with serve("page_empty.py") as empty:
        floor = measure_memory(empty, "", OPEN_SESSIONS)
    print(
        f"memory of each of {OPEN_SESSIONS} open sessions: empty page {floor:.0f} KiB", flush=True
    )
    for slug in pages:
        # A server of its own: the sessions of the page before would still be there,
        # or their memory used again.
        with serve() as site:
            print(
                f"  {slug:24} {measure_memory(site, _path(slug), OPEN_SESSIONS):.0f} KiB",
                flush=True,
            )


def _path(slug: str) -> str:
    return "" if slug == HOME.slug else slug


def _count(path: Path) -> int:
    with path.open("rb") as lines:
        return sum(1 for _ in lines) - 1


def _write_rows(home: Path) -> tuple[Path, Path]:
    """The record's own deployments as CSV, and the same a thousand times over."""
    record = open_record(serving_file())
    small, large = home / "small.csv", home / "large.csv"
    rows, facts = (pd.DataFrame(record.table(kind)) for kind in (Deployment, Fact))
    rows.merge(
        facts[["deployment_id", "faces_seen", "alerts", "arrests"]], on="deployment_id"
    ).to_csv(small, index=False)
    record.close()
    head, _, body = small.read_bytes().partition(b"\n")
    with large.open("wb") as file:
        file.write(head + b"\n")
        for _time in range(TIMES):
            file.write(body)
    return small, large


if __name__ == "__main__":
    main(sys.argv[1:])
