"""A Spark Connect server with two workers, which the tests start on this machine.

The server's programs are Debian's Java and the package pyspark, in a folder of their own: the
product needs the client alone. LFR_SPARK_HOME names the folder of pyspark."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

SERVER_HOME = Path(os.environ.get("LFR_SPARK_HOME", "build/spark-server")).resolve()
MISSING = (
    "no Spark server or no client; `apt-get install openjdk-17-jre-headless && make spark` "
    "installs them"
)
_CONF = {
    "spark.executor.cores": "1",
    "spark.executor.memory": "900m",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "4",
    "spark.connect.grpc.binding.address": "127.0.0.1",
    "spark.python.worker.reuse": "false",
}


def find_server() -> Path | None:
    """The folder of the server's programs, if Java and the client are there too."""
    home = SERVER_HOME / "pyspark"
    ready = (
        shutil.which("java") and find_spec("pyspark") and (home / "bin" / "spark-class").exists()
    )
    return home if ready else None


def require_server() -> Path:
    """The same; the test is skipped, or fails where LFR_REQUIRE_SPARK is 1, without it."""
    home = find_server()
    if home is None:
        if os.environ.get("LFR_REQUIRE_SPARK") == "1":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    return home


class Cluster:
    """A master, two workers of one core, a Connect server."""

    def __init__(self, home: Path, folder: Path) -> None:
        self._home, self._folder = home, folder
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        master, self.port = _find_port(), _find_port()
        self.url = f"sc://127.0.0.1:{self.port}"
        spark_class = str(home / "bin" / "spark-class")
        place = "org.apache.spark.deploy"
        ports = ("--host", "127.0.0.1", "--webui-port", "0")
        self._start("master", spark_class, f"{place}.master.Master", *ports, "--port", str(master))
        _wait_for(master)
        self._master = f"spark://127.0.0.1:{master}"
        for number in (1, 2):
            limits = ("--cores", "1", "--memory", "1g", "--work-dir", str(folder / f"w{number}"))
            arguments = (f"{place}.worker.Worker", *ports, *limits, self._master)
            self._start(f"worker{number}", spark_class, *arguments)
        conf = {**_CONF, "spark.connect.grpc.binding.port": str(self.port)}
        conf["spark.sql.warehouse.dir"] = str(folder / "warehouse")
        options = [part for name, value in conf.items() for part in ("--conf", f"{name}={value}")]
        server = "org.apache.spark.sql.connect.service.SparkConnectServer"
        self._start(
            "connect",
            *(str(home / "bin" / "spark-submit"), "--class", server, "--master", self._master),
            *("--driver-memory", "800m", *options, "spark-internal"),
        )
        _wait_for(self.port)

    def kill(self, name: str) -> None:
        """Kills a part with everything that it has started."""
        os.killpg(self._processes[name].pid, signal.SIGKILL)

    def list_executors(self) -> int:
        """How many executors the workers have started."""
        return sum(1 for _ in self._folder.glob("w*/app-*/*"))

    def stop(self) -> None:
        for process in reversed(self._processes.values()):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        for process in self._processes.values():
            process.wait(30)

    def _start(self, name: str, *command: str) -> None:
        environment = {
            **os.environ,
            "SPARK_HOME": str(self._home),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "PYSPARK_PYTHON": sys.executable,
            "TZ": "UTC",
        }
        with (self._folder / f"{name}.log").open("wb") as log:
            self._processes[name] = subprocess.Popen(
                command,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self._folder,
                start_new_session=True,
            )


@contextlib.contextmanager
def run_cluster() -> Iterator[Cluster]:
    """A cluster until the end of the block."""
    folder = Path(tempfile.mkdtemp(prefix="lfr-spark-"))
    cluster = None
    try:
        cluster = Cluster(require_server(), folder)
        yield cluster
    finally:
        if cluster is not None:
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _find_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(port: int, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.2)
    raise TimeoutError(f"nothing listens on port {port}")
