"""The tiny world of the checks, in `check_world.py`, as fixtures."""

from __future__ import annotations

import pytest

from etl.checks.evidence import Evidence
from tests.checks.sample_checks import Line, line, world


@pytest.fixture
def plain() -> Line:
    """One row in which everything adds up."""
    return line()


@pytest.fixture
def two_rows() -> Evidence:
    """Two rows on two days at two places, with the same numbers."""
    return world(line(1), line(2))
