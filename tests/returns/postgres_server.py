"""A PostgreSQL server that the tests start from Debian's package."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

MISSING = "no PostgreSQL; apt-get install postgresql installs it"


def find_programs() -> Path | None:
    """The newest folder of Debian's PostgreSQL programs."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name)
    )
    return folders[-1] if folders else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a server of our own on a free port of loopback;
    stopped and removed at the end."""
    programs = find_programs()
    if programs is None:
        if os.environ.get("LFR_REQUIRE_POSTGRES") == "1":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    as_user: list[str] = []
    home = Path(tempfile.mkdtemp(prefix="lfr-pg-", dir="/tmp"))
    if os.geteuid() == 0:  # the server refuses to run as root
        user = pwd.getpwnam("postgres")
        os.chown(home, user.pw_uid, user.pw_gid)
        as_user = ["runuser", "-u", "postgres", "--"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(*command: str) -> None:
        done = subprocess.run(
            [*as_user, *command], capture_output=True, text=True, cwd=home, timeout=60
        )
        assert done.returncode == 0, done.stderr + done.stdout

    try:
        run(
            str(programs / "initdb"),
            "-D",
            str(home / "data"),
            "-U",
            "lfr",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
        )
        settings = (
            f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -c "
            "fsync=off"
        )
        run(
            str(programs / "pg_ctl"),
            "-D",
            str(home / "data"),
            "-l",
            str(home / "log"),
            "-o",
            settings,
            "-w",
            "start",
        )
        yield f"postgresql+psycopg://lfr@127.0.0.1:{port}"
        run(str(programs / "pg_ctl"), "-D", str(home / "data"), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def make_database(server: str) -> str:
    """The address of a new, empty database."""
    name = f"t{uuid.uuid4().hex}"
    engine = sa.create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return f"{server}/{name}"
