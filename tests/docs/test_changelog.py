"""The changelog has a section for every release of the ledger, with its date, newest first."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_release_has_a_section_with_its_date() -> None:
    releases = []
    for path in (ROOT / "data" / "ledger").glob("*/release.json"):
        release = json.loads(path.read_text(encoding="utf-8"))
        day = dt.date.fromisoformat(release["date"])
        number = tuple(int(part) for part in release["version"].split("."))
        releases.append((number, f"{release['version']} ({day.day} {day:%B %Y})"))
    expected = [title for _, title in sorted(releases, reverse=True)]
    assert expected
    assert re.findall(r"^## (.+)$", TEXT, re.MULTILINE) == ["Unreleased", *expected]


def test_sections_are_figures_method_and_software_in_that_order() -> None:
    order = ["Figures", "Method", "Software"]
    for section in TEXT.split("\n## ")[1:]:
        kinds = re.findall(r"^### (.+)$", section, re.MULTILINE)
        assert kinds == [kind for kind in order if kind in kinds], section[:40]
        assert kinds, section[:40]
