"""The store on both databases: SQLite in a file, and a PostgreSQL server that the tests start from
Debian's package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.returns.store.engine import Store, open_store
from tests.returns.postgres_server import make_database
from tests.returns.postgres_server import postgres as postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store' / 'returns.sqlite'}"
    return make_database(request.getfixturevalue("postgres"))


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """A store of each kind."""
    opened = open_store(address)
    yield opened
    opened.close()
