"""Every folder of the repository that the product reads, once.

In: nothing. Out: absolute paths. Does not read them."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA_DIR = ROOT / "data"
REFERENCE_DIR = DATA_DIR / "reference"
RELEASES_DIR = DATA_DIR / "releases"
SEARCH_DIR = DATA_DIR / "search"
DASHBOARD_DIR = ROOT / "dashboard"
LOCALE_DIR = DASHBOARD_DIR / "locale"
