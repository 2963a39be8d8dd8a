"""Spark Connect: counts a log where it lies on a cluster, with the same texts of SQL as DuckDB.

In: the address of a server, files that the cluster reads under the same path. Out: Arrow tables of
counts. Needs the client alone (`requirements-spark.txt`). A worker that is lost is the cluster's
to replace; a server that is lost is an `EngineError` within half a minute."""

from __future__ import annotations

import contextlib
import logging
import warnings
from collections.abc import Iterator, Sequence

import pyarrow as pa

from etl.logs.engines.base import Engine, TableFile
from etl.logs.problems import EngineError
from etl.model.event_logs import ALERTS, INTERVALS
from etl.model.problems import Problem

_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
}
_MIX = "CREATE OR REPLACE TEMPORARY FUNCTION mix64(n BIGINT) RETURNS BIGINT RETURN xxhash64(n)"
_WAITS_MS = (500, 8_000)  # between attempts; five of them are at most about fifteen seconds
_ATTEMPTS = 5


def open_spark(url: str) -> Engine:
    """A session on a server; `EngineError` where the client or the server is not there."""
    try:
        return SparkEngine(url)
    except ImportError:
        raise EngineError(
            Problem(
                "--engine spark",
                "no client of Spark Connect",
                "pyspark-client",
                "Install it: pip install --require-hashes -r requirements-spark.txt",
            )
        ) from None


class SparkEngine:
    """A session of Spark Connect."""

    def __init__(self, url: str) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about pandas, which is not used here
            from pyspark.sql.connect.client.retries import DefaultPolicy
            from pyspark.sql.connect.session import SparkSession

        logging.getLogger("pyspark").setLevel(logging.CRITICAL)
        self._url = url
        with self._telling():
            session = SparkSession.Builder().remote(url).create()
            policy = DefaultPolicy(
                max_retries=_ATTEMPTS, initial_backoff=_WAITS_MS[0], max_backoff=_WAITS_MS[1]
            )
            session.client.set_retry_policies([policy])
            self._session = session
            for name, value in _SETTINGS.items():
                session.conf.set(name, value)
            session.sql(_MIX).collect()

    def open_files(self, files: Sequence[TableFile]) -> None:
        """Names these files `scan_intervals` and `alert_events`."""
        with self._telling():
            for table in (INTERVALS, ALERTS):
                own = [file for file in files if file.table == table.name]
                frame = None
                for is_repeated in (False, True):
                    paths = [str(file.path) for file in own if file.is_repeated is is_repeated]
                    if not paths:
                        continue
                    part = self._session.read.parquet(*paths).selectExpr(
                        *table.columns,
                        "regexp_replace(url_decode(replace(_metadata.file_path, '+', '%2B')), "
                        "'^file:/+', '/') AS file_name",
                    )
                    part = part.distinct() if is_repeated else part
                    frame = part if frame is None else frame.union(part)
                if frame is not None:
                    frame.createOrReplaceTempView(table.name)

    def query(self, text: str) -> pa.Table:
        """The answer to a text of SQL."""
        with self._telling():
            return self._session.sql(text).toArrow()

    def close(self) -> None:
        """Ends the session, before its server goes."""
        with contextlib.suppress(Exception):
            self._session.stop()

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        from grpc import Call, RpcError
        from pyspark.errors import PySparkException

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the client tells of retries; we tell of the end
                yield
        except (RpcError, PySparkException) as error:
            detail = error.details() if isinstance(error, Call) else str(error)
            found = (detail or type(error).__name__).strip().splitlines()[0][:300]
            raise EngineError(
                Problem(
                    self._url,
                    found,
                    "a Spark Connect server that answers and reads the log under the same path",
                    "Start it again by docs/event-logs-cluster.md; what was counted is kept.",
                )
            ) from None
