"""What every test may use: the repository's data, one warehouse built from it, and the optional published files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from etl.build import build

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
PUBLISHED = Path(os.environ.get("LFR_PUBLISHED", ROOT.parent / "shared" / "published"))


@pytest.fixture(scope="session")
def data() -> Path:
    """The repository's data folder. Tests do not write to it."""
    return DATA


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release file built once from the repository's data."""
    home = tmp_path_factory.mktemp("data")
    for folder in ("corrections", "publications", "reference"):
        (home / folder).symlink_to(DATA / folder)
    build(home)
    return (home / "releases" / "current" / "lfr.duckdb").resolve()


@pytest.fixture(scope="session")
def published() -> Path:
    """The published files beside the project; the test is skipped where they are absent."""
    if not PUBLISHED.is_dir():
        pytest.skip("no published files beside the project (LFR_PUBLISHED names another folder)")
    return PUBLISHED
