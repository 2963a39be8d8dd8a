"""Bounds of the addresses of data, on a served site:
what is cut says so, who hangs up or asks nonsense costs nothing."""

from __future__ import annotations

import csv
import io
import json
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx
import pyarrow.parquet as pq
import pytest

from dashboard.api.routes import Bounds, DataAddresses

pytestmark = pytest.mark.slow

Serve = Callable[[Bounds], tuple[str, DataAddresses]]


def test_a_file_that_is_cut_by_rows_says_so_in_every_kind(serve: Serve) -> None:
    site, _data = serve(Bounds(max_rows=50))
    answer = httpx.get(f"{site}/counts.csv", timeout=60)
    rows = list(csv.reader(io.StringIO(answer.text, newline="")))
    assert (len(rows), answer.headers["lfr-rows"]) == (1 + 50 + 1, "50")
    assert rows[-1][0].startswith("[cut] 50 of ")
    assert answer.headers["lfr-cut"].startswith("rows; most=50; total=")
    # What is not whole is not kept by anybody.
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers
    payload = httpx.get(f"{site}/counts.json", timeout=60).json()
    assert (len(payload["rows"]), payload["rows_count"]) == (50, 50)
    assert payload["cut"].startswith("[cut] 50 of ")
    file = pq.read_metadata(io.BytesIO(httpx.get(f"{site}/counts.parquet", timeout=60).content))
    assert file.num_rows == 50
    assert file.metadata[b"cut"].startswith(b"[cut] 50 of ")
    deployments = httpx.get(f"{site}/deployments.csv", timeout=60).text.splitlines()
    assert deployments[-1].removeprefix('"').startswith("[cut] 50 of ")


def test_a_question_that_takes_too_long_ends(serve: Serve) -> None:
    site, _data = serve(Bounds(seconds=0.0))
    answer = httpx.get(f"{site}/counts.csv", timeout=60)
    last = list(csv.reader(io.StringIO(answer.text, newline="")))[-1]
    assert answer.status_code == 200
    assert "because the time for one answer was up" in last[0]
    assert (answer.headers["lfr-cut"], answer.headers["cache-control"]) == ("time", "no-store")
    assert json.loads(httpx.get(f"{site}/printed_cells.json", timeout=60).text)["cut"]


def test_a_large_answer_is_sent_as_it_comes(serve: Serve) -> None:
    site, _data = serve(Bounds(whole=1000))
    whole, _ = serve(Bounds())
    answer = httpx.get(f"{site}/counts.csv", timeout=60)
    assert "content-length" not in answer.headers
    assert "etag" not in answer.headers
    assert answer.content == httpx.get(f"{whole}/counts.csv", timeout=60).content
    head = httpx.head(f"{site}/counts.csv", timeout=60)
    assert (head.status_code, head.content) == (200, b"")


def test_who_hangs_up_in_the_middle_leaves_nothing_behind(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    site, data = serve(Bounds(whole=1000))
    with caplog.at_level(logging.INFO):
        for _ in range(12):
            with httpx.stream("GET", f"{site}/printed_cells.json", timeout=60) as answer:
                next(answer.iter_raw())
        for _ in range(200):
            if data.bounds.streams == 0:
                break
            time.sleep(0.05)
    assert (data.bounds.streams, data.bounds.waiting) == (0, 0)
    assert not [
        record for record in caplog.records if record.exc_info or record.levelno >= logging.ERROR
    ]
    assert httpx.get(f"{site}/forces.csv", timeout=60).status_code == 200


def test_many_at_once_are_answered_or_told_to_wait(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    site, data = serve(Bounds())
    queries = [
        f"deployments.csv?from=2024-01-{day:02d}&to=2024-06-{day:02d}" for day in range(1, 9)
    ]
    limits = httpx.Limits(max_connections=60)
    with httpx.Client(timeout=120, limits=limits) as client, ThreadPoolExecutor(60) as pool:
        codes = list(
            pool.map(lambda query: client.get(f"{site}/{query}").status_code, queries * 10)
        )
    assert set(codes) <= {200, 503}
    assert codes.count(200) >= len(queries)
    assert data.bounds.waiting == 0
    assert not [record for record in caplog.records if record.exc_info]


HOSTILE = (
    "force=%00",
    "force=%ff%fe",
    "force=essex%0d%0aSet-Cookie:x",
    "%",
    "=",
    "&&&",
    "force[]=essex",
    "from=0000",
    "from=9999-99-99",
    "to=99999999999999999999",
    "place=%F0%9F%92%A9",
    "place='; DROP TABLE deployments; --",
    "place=%25%25%5F",
    "release=%2e%2e%2fcurrent",
    "release=draft-",
    "release=1.0.0%00",
    "release=" + "9" * 900,
    "uncounted=yes&uncounted=yes",
    "by=force",
    "threshold=1e309",
    "bom=%0a",
)


def test_hostile_questions_are_refused_or_answered_and_nothing_else(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    site, _data = serve(Bounds())
    for query in HOSTILE:
        answer = httpx.get(f"{site}/deployments.csv?{query}", timeout=60)
        assert answer.status_code in (200, 400, 404), query
        assert "set-cookie" not in answer.headers
        if answer.status_code != 200:
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["problems"]
            assert len(answer.content) < 60_000
    assert not [record for record in caplog.records if record.exc_info]


def test_a_file_of_everything_is_there_with_a_release_only(serve: Serve) -> None:
    site, _data = serve(Bounds())
    answer = httpx.get(f"{site}/lfr.zip", timeout=60)
    assert answer.status_code == 404
    assert "a draft has none" in answer.json()["detail"]
    assert httpx.get(f"{site}/lfr.zip?colour=blue", timeout=60).json()["parameter"] == "colour"
