"""Every import contract finds what it forbids: a violation is planted in a copy of the tree and has
to be reported."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from etl.settings import ROOT

# By contract: the module in which the import is planted, what is imported,
# what the report says of it.
PLANTED = {
    "etl-layers": (
        "etl/model/calendar.py",
        "import etl.warehouse.read",
        "etl.model is not allowed",
    ),
    "dashboard-layers": (
        "dashboard/text/names.py",
        "import dashboard.components.cards",
        "dashboard.text is not allowed",
    ),
    "pages": (
        "dashboard/views/map/page.py",
        "import dashboard.views.trends.page",
        "dashboard.views.map",
    ),
    "adapters": (
        "etl/sources/adapters/claims.py",
        "import etl.sources.adapters.south_wales_events",
        "etl.sources.adapters.claims",
    ),
    "public-site": ("dashboard/report/text.py", "import etl.returns.scope", "dashboard.report"),
    "etl-knows-no-dashboard": (
        "etl/returns/texts.py",
        "import dashboard.text.names",
        "etl is not allowed to import dashboard",
    ),
    "plotly": (
        "dashboard/views/map/text_map.py",
        "import plotly.graph_objects",
        "not allowed to import plotly",
    ),
    "streamlit": (
        "dashboard/report/text.py",
        "import streamlit",
        "not allowed to import streamlit",
    ),
    "databases": (
        "etl/queries/misidentifications.py",
        "import sqlalchemy",
        "not allowed to import sqlalchemy",
    ),
    "spark": ("etl/logs/run.py", "import pyspark", "not allowed to import pyspark"),
    "network": ("etl/returns/todo.py", "import httpx", "not allowed to import httpx"),
    "model": ("etl/model/codes.py", "import pandas", "not allowed to import pandas"),
}


def run_contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    """The report on a tree, without a cache."""
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@pytest.fixture(scope="module")
def copied(tmp_path_factory) -> Path:
    """The modules and the contracts, and nothing else."""
    folder = tmp_path_factory.mktemp("tree")
    for name in ("etl", "dashboard"):
        shutil.copytree(
            ROOT / name,
            folder / name,
            ignore=shutil.ignore_patterns("__pycache__", "*.po", "static"),
        )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_every_contract_has_a_planted_violation() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    declared = [line.split('"')[1] for line in text.splitlines() if line.startswith('id = "')]
    assert declared == list(PLANTED)


def test_planted_violations_are_found(copied: Path) -> None:
    """All at once, as one graph takes seconds; each contract has to name its own."""
    stored = {}
    for module, statement, _sentence in PLANTED.values():
        path = copied / module
        stored.setdefault(path, path.read_text(encoding="utf-8"))
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{statement}\n", encoding="utf-8")
    report = run_contracts(copied)
    for path, text in stored.items():
        path.write_text(text, encoding="utf-8")
    words = " ".join(report.stdout.split())
    assert report.returncode == 1
    assert f"{len(PLANTED)} broken" in words
    for contract, (_module, _statement, wording) in PLANTED.items():
        assert wording in words, contract


def test_a_folder_in_no_layer_is_found(copied: Path) -> None:
    folder = copied / "dashboard" / "attic"
    folder.mkdir()
    (folder / "__init__.py").write_text('"""In no layer."""\n', encoding="utf-8")
    report = run_contracts(copied)
    shutil.rmtree(folder)
    assert report.returncode == 1
    assert "attic" in report.stdout


def test_the_copy_without_a_violation_is_whole(copied: Path) -> None:
    report = run_contracts(copied)
    assert report.returncode == 0, report.stdout
