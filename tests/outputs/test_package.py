"""Everything of a release: validated by a library that did not write it, the same bytes twice,
every column explained."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import re
import zipfile
from pathlib import Path

import frictionless
import pyarrow.parquet as pq
import pytest

from etl.model.caveats import CAVEATS
from etl.model.releases import ReleaseInfo
from etl.outputs.package import ALONE, ARCHIVE, make_files, write_package
from etl.outputs.table_files import PUBLIC_TABLES, write_csv, write_parquet
from etl.outputs.writers import WRITERS
from etl.queries.record import Record


@pytest.fixture(scope="module")
def release(record: Record) -> ReleaseInfo:
    own = record.release
    return ReleaseInfo(
        "1.0.0",
        own.release_id,
        own.content_hash,
        own.schema_version,
        own.software_version,
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


def test_a_column_has_one_type_in_every_file(record: Record, folder: Path, tmp_path: Path) -> None:
    for table in PUBLIC_TABLES:
        path = tmp_path / f"{table.name}.parquet"
        write_parquet(table, record.file.whole_table(table.name), path)
        package = folder / "data" / path.name
        if package.exists():
            own, other = pq.read_schema(path), pq.read_schema(package)
            shared = set(own.names) & set(other.names)
            assert shared
            assert {name: own.field(name).type for name in shared} == {
                name: other.field(name).type for name in shared
            }


def test_times_and_numbers_are_written_so_that_programs_that_guess_know_them(
    record: Record, folder: Path, tmp_path: Path
) -> None:
    described = json.loads((folder / "datapackage.json").read_text())
    for part in described["resources"]:
        fields = {field["name"]: field["type"] for field in part["schema"]["fields"]}
        rows = read_rows(folder / part["path"])
        own = tmp_path / Path(part["path"]).name
        if own.stem in {table.name for table in PUBLIC_TABLES}:
            (table,) = [table for table in PUBLIC_TABLES if table.name == own.stem]
            write_csv(table, record.file.whole_table(table.name), own)
            rows += read_rows(own)
        for row in rows:
            for name, text in row.items():
                kind = fields.get(name, "")
                if text and kind == "number":
                    assert "." in text or "e" in text, (part["name"], name, text)
                if text and kind == "time":
                    assert re.fullmatch(r"\d\d:\d\d:\d\d", text)
    (deployments,) = [part for part in described["resources"] if part["name"] == "deployments"]
    kinds = {field["name"]: field["type"] for field in deployments["schema"]["fields"]}
    assert (kinds["start_time"], kinds["threshold"]) == ("time", "number")


def test_no_range_can_be_taken_for_a_day(folder: Path) -> None:
    bands = {row["group_text"] for row in read_rows(folder / "data" / "populations.csv")}
    assert {"0 to 9", "10 to 17"} <= bands
    for path in (folder / "data").glob("*.csv"):
        for row in read_rows(path):
            assert not any(re.fullmatch(r"\d\d?[-/]\d\d?", text) for text in row.values()), path


def test_keys_and_references_are_declared_and_hold(folder: Path) -> None:
    """That they hold is what the validation of the package says."""
    described = json.loads((folder / "datapackage.json").read_text())
    schemas = {part["name"]: part["schema"] for part in described["resources"]}
    assert schemas["estimates-by-force"]["primaryKey"] == ["measure_id", "force_id"]
    reference = {"resource": "forces", "fields": ["force_id"]}
    assert {"fields": ["force_id"], "reference": reference} in schemas["deployments"]["foreignKeys"]
    listed = json.loads((folder / "csv-metadata.json").read_text())
    tables = {table["url"]: table["tableSchema"] for table in listed["tables"]}
    for table in tables.values():
        for foreign in table.get("foreignKeys", ()):
            target = tables[foreign["reference"]["resource"]]
            assert target["primaryKey"] == [foreign["reference"]["columnReference"]]
            column = foreign["columnReference"]
            (own,) = [item for item in table["columns"] if item["name"] == column]
            assert own["required"]
    assert {"data/deployments.csv", "data/estimates_by_force.csv"} <= {
        name for name, table in tables.items() if table.get("foreignKeys")
    }


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))
