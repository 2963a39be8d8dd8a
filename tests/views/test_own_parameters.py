"""A filter that one page alone has is added in that page's folder alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.selection.parameters import BY_NAME
from dashboard.selection.selection import NOTHING, keep_selection, read_address, write_query
from etl.settings import ROOT

FOLDER = Path("dashboard/views/glossary")
DECLARED = """
[parameters.entries]
kind = "code"
default = "all"
label = "Entries"
unknown = "There are no entries “{value}”: all are shown."

[parameters.entries.choices]
all = "All"
unused = "Names that are not used"
"""
# Draws the page of the copy for each address, and prints what stands on it.
PROGRAM = """
import json
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash
pages = []
for query in ({}, {"entries": "unused"}, {"entries": "zzz"}):
    page = AppTest.from_file("dashboard/public_app.py", default_timeout=120)
    for name, value in query.items():
        page.query_params[name] = value
    page._page_hash = calc_hash("glossary")
    page.run()
    html = " ".join(str(item.proto.body) for item in page.get("html"))
    pages.append({
        "has_words": 'id="deployment"' in html,
        "filter": [[box.label, box.options, box.value] for box in page.selectbox],
        "query": dict(page.query_params),
        "warnings": [warning.value for warning in page.warning],
    })
print(json.dumps(pages))
"""


def test_a_filter_of_one_page_is_added_in_its_folder_alone(warehouse: Path, tmp_path: Path) -> None:
    for name in ("etl", "dashboard"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.pyc"))
    (tmp_path / "data").symlink_to(ROOT / "data")
    (tmp_path / FOLDER / "parameters.toml").write_text(DECLARED, encoding="utf-8")
    module = tmp_path / FOLDER / "page.py"
    source = module.read_text(encoding="utf-8")
    for old, new in (
        ('show_filters(context, "words")', 'show_filters(context, "words", "entries")'),
        (
            "        words=words,\n",
            '        words=words if context.selection.own("entries", str) == "all" else [],\n',
        ),
    ):
        assert source.count(old) == 1
        source = source.replace(old, new)
    module.write_text(source, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=tmp_path,
        env={**os.environ, "LFR_RELEASES": str(warehouse.parents[1]), "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    whole, own_values, unknown = json.loads(done.stdout.splitlines()[-1])
    box = ["Entries", ["All", "Names that are not used"]]
    assert whole == {"has_words": True, "filter": [[*box, "all"]], "query": {}, "warnings": []}
    assert own_values == {
        "has_words": False,
        "filter": [[*box, "unused"]],
        "query": {"entries": "unused"},
        "warnings": [],
    }
    assert unknown == {
        "has_words": True,
        "filter": [[*box, "all"]],
        "query": {},
        "warnings": ["There are no entries “zzz”: all are shown."],
    }


def test_a_pages_own_value_is_read_by_name_and_type() -> None:
    view = NOTHING.with_changes(view="regions", first_year=2024)
    assert (view.own("view", str), NOTHING.own("view", str)) == ("regions", "tiles")
    assert write_query("map", view) == {"from": ["2024"], "view": ["regions"]}
    assert view.with_changes(view="tiles") == NOTHING.with_changes(first_year=2024)
    assert view.without("view", "first_year") == NOTHING
    with pytest.raises(TypeError, match="view is 'regions', not int"):
        view.own("view", int)


def test_a_pages_own_value_stays_on_its_page_unless_it_is_named() -> None:
    view = NOTHING.with_changes(view="regions")
    assert keep_selection("map", view) == NOTHING
    assert keep_selection("map", view, ["view"]) == view
    assert keep_selection("trends", view, ["view"]) == NOTHING
    choices = {"view": BY_NAME["view"].choices}
    assert read_address("map", {"view": ["regions"]}, choices) == (view, [])
    assert read_address("trends", {"view": ["regions"]}, choices) == (NOTHING, [])
