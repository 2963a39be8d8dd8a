"""A data folder of a few publications, for tests of mechanism: a build of it takes a moment.

Everything in it is the repository's own; reference tables that its rows do not need are empty."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
EMPTIED = (
    "populations",
    "postcode_districts",
    "towns",
    "claim_measures",
    "group_counts",
    "figure_series",
    "ward_rows",
    "group_crosswalks",
    "use_cases",
    "breaks",
)


def write_small_data(home: Path, *publication_ids: str) -> Path:
    """The folder, with these publications and their corrections."""
    shutil.copytree(DATA / "reference", home / "reference")
    for name in EMPTIED:
        path = home / "reference" / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    (home / "reference" / "precedence.toml").write_text("", encoding="utf-8")
    for path in (home / "reference" / "outlines").glob("*.geojson"):
        path.write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    (home / "corrections").mkdir()
    for publication_id in publication_ids:
        shutil.copytree(
            DATA / "publications" / publication_id, home / "publications" / publication_id
        )
        corrections = DATA / "corrections" / f"{publication_id}.toml"
        if corrections.exists():
            shutil.copy(corrections, home / "corrections")
    return home


def remove_edition(home: Path, publication_id: str, name: str) -> None:
    """Takes an edition, its cells and the corrections of them out of a folder."""
    folder = home / "publications" / publication_id
    (folder / f"{name}.cells.csv").unlink()
    _remove_entries(folder / "publication.toml", "edition", f'cells = "{name}.cells.csv"')
    corrections = home / "corrections" / f"{publication_id}.toml"
    _remove_entries(corrections, "correction", f'edition_id = "{publication_id}_{name}"')


def _remove_entries(path: Path, table: str, line: str) -> None:
    """Takes the entries of a TOML array of tables out that have a line."""
    head, *entries = re.split(
        rf"^(?=\[\[{table}\]\])", path.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    path.write_text(head + "".join(entry for entry in entries if line not in entry), "utf-8")
