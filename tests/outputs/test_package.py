"""Everything of a release: validated by a library that did not write it, the same bytes twice, every column explained."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile
from pathlib import Path

import frictionless
import pyarrow.parquet as pq
import pytest

from etl.model.caveats import CAVEATS
from etl.model.releases import ReleaseInfo
from etl.outputs.package import ALONE, ARCHIVE, make_files, write_package
from etl.outputs.register import WRITERS
from etl.queries.record import Answers, open_answers


@pytest.fixture(scope="module")
def answers(warehouse: Path) -> Answers:
    return open_answers(warehouse)


@pytest.fixture(scope="module")
def release(answers: Answers) -> ReleaseInfo:
    own = answers.release
    return ReleaseInfo("1.0.0", own["release_id"], own["content_hash"], own["schema_version"], own["software_version"], dt.date(2026, 11, 1))  # fmt: skip


@pytest.fixture(scope="module")
def folder(answers: Answers, release: ReleaseInfo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("package")
    released = tmp_path_factory.mktemp("release")
    write_package(answers, release, released)
    assert {path.name for path in released.iterdir()} == {ARCHIVE, *ALONE}
    archive = zipfile.ZipFile(released / ARCHIVE)
    assert archive.testzip() is None
    archive.extractall(home)
    for name in ALONE:
        assert (home / name).read_bytes() == (released / name).read_bytes()
    return home


def test_it_is_written_with_every_release() -> None:
    assert write_package in WRITERS


def test_frictionless_finds_every_row_as_declared(folder: Path) -> None:
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    assert report.valid, [error.message for task in report.tasks for error in task.errors[:3]]
    described = json.loads((folder / "datapackage.json").read_text())
    assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert described["created"] == "2026-11-01T00:00:00Z"
    for one in described["resources"]:
        content = (folder / one["path"]).read_bytes()
        assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")


def test_every_column_is_explained(folder: Path) -> None:
    said = json.loads((folder / "metadata.json").read_text())
    listed = json.loads((folder / "csv-metadata.json").read_text())
    by_address = {one["url"]: one for one in listed["tables"]}
    assert {one["name"] for one in said["tables"]} >= {"deployments", "counts", "claims", "findings", "estimates_by_force"}  # fmt: skip
    for table in said["tables"]:
        path = folder / "data" / f"{table['name']}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            heading, *rows = csv.reader(file)
        names = [one["name"] for one in table["columns"]]
        assert (
            heading
            == names
            == [one["name"] for one in by_address[f"data/{path.name}"]["tableSchema"]["columns"]]
        )
        assert len(rows) == table["rows_count"] == pq.read_metadata(path.with_suffix(".parquet")).num_rows
        for one in table["columns"]:
            assert one["title"], one
            assert one["description"], one
            assert set(one["caveats"]) <= set(CAVEATS)


def test_the_readme_says_how_to_cite_and_what_does_not_add_up(folder: Path) -> None:
    readme = (folder / "README.md").read_text()
    assert "release 1.0.0, 1 November 2026" in readme
    assert "Open Government Licence" in readme
    with io.StringIO((folder / "data" / "findings.csv").read_text(), newline="") as file:
        for one in csv.DictReader(file):
            assert one["severity_code"] == "note" or one["message"].removeprefix("'") in readme


def test_the_same_release_is_the_same_bytes(answers: Answers, release: ReleaseInfo, folder: Path) -> None:
    for path, content in make_files(answers, release).items():
        assert (folder / path).read_bytes() == content, path
