"""Everything of a release: validated by a library that did not write it, the same bytes twice,
every column explained."""

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
from etl.outputs.writers import WRITERS
from etl.queries.record import Record


@pytest.fixture(scope="module")
def release(record: Record) -> ReleaseInfo:
    own = record.release
    return ReleaseInfo(
        "1.0.0",
        own["release_id"],
        own["content_hash"],
        own["schema_version"],
        own["software_version"],
        dt.date(2026, 11, 1),
    )


@pytest.fixture(scope="module")
def folder(record: Record, release: ReleaseInfo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("package")
    released = tmp_path_factory.mktemp("release")
    write_package(record, release, released)
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
    for resource in described["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (
            len(content),
            f"sha256:{hashlib.sha256(content).hexdigest()}",
        )


def test_every_column_is_explained(folder: Path) -> None:
    payload = json.loads((folder / "metadata.json").read_text())
    listed = json.loads((folder / "csv-metadata.json").read_text())
    by_address = {table["url"]: table for table in listed["tables"]}
    assert {table["name"] for table in payload["tables"]} >= {
        "deployments",
        "counts",
        "claims",
        "findings",
        "estimates_by_force",
    }
    for table in payload["tables"]:
        path = folder / "data" / f"{table['name']}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            heading, *rows = csv.reader(file)
        names = [column["name"] for column in table["columns"]]
        assert (
            heading
            == names
            == [
                column["name"]
                for column in by_address[f"data/{path.name}"]["tableSchema"]["columns"]
            ]
        )
        assert (
            len(rows)
            == table["rows_count"]
            == pq.read_metadata(path.with_suffix(".parquet")).num_rows
        )
        for column in table["columns"]:
            assert column["title"], column
            assert column["description"], column
            assert set(column["caveats"]) <= set(CAVEATS)


def test_the_readme_says_how_to_cite_and_what_does_not_add_up(folder: Path) -> None:
    readme = (folder / "README.md").read_text()
    assert "release 1.0.0, 1 November 2026" in readme
    assert "Open Government Licence" in readme
    with io.StringIO((folder / "data" / "findings.csv").read_text(), newline="") as file:
        for row in csv.DictReader(file):
            assert row["severity_code"] == "note" or row["message"].removeprefix("'") in readme


def test_the_same_release_is_the_same_bytes(
    record: Record, release: ReleaseInfo, folder: Path
) -> None:
    for path, content in make_files(record, release).items():
        assert (folder / path).read_bytes() == content, path
