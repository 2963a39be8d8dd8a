"""Releases: their versions, their bytes, that they never change,
and what is left when the making of one is killed."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from etl.model.problems import BrokenSnapshotError, NotReleasedError
from etl.model.reference import Region
from etl.model.refusals import QueryError
from etl.outputs.table_files import PUBLIC_TABLES
from etl.queries.record import open_record
from etl.releases import publish
from etl.releases.catalogue import (
    find_release,
    list_damage,
    list_releases,
    name_release,
    open_release,
)
from etl.releases.ledger import read_changes, read_ledger
from etl.releases.publish import ReleaseOutcome, find_known, keep_known, make_release
from etl.warehouse.any_release import list_columns, open_any, stream_rows
from etl.warehouse.checksum import write_checksum
from tests.processes import CHILDREN
from tests.releases.sample_releases import (
    REGIONS,
    SMALL_WRITERS,
    build_regions,
    write_regions,
)

pytestmark = pytest.mark.slow

DAY = dt.date(2026, 3, 1)
LATER = dt.date(2026, 6, 1)


def release(data: Path, **options: object) -> ReleaseOutcome:
    return make_release(data, **{"today": LATER, **options})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of a small record with release 1.0.0; tests copy it."""
    home = write_regions(tmp_path_factory.mktemp("first") / "data", *REGIONS)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("etl.releases.publish.build", build_regions)
        patched.setattr("etl.releases.publish.WRITERS", SMALL_WRITERS)
        assert release(home, today=DAY).release.version == "1.0.0"
    return home


@pytest.fixture
def small(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, to be changed."""
    monkeypatch.setattr("etl.releases.publish.build", build_regions)
    monkeypatch.setattr("etl.releases.publish.WRITERS", SMALL_WRITERS)
    return Path(shutil.copytree(first, tmp_path / "data", symlinks=True))


def bytes_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith("lfr.duckdb")
    }


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.reader(opened))


def test_a_release_has_its_tables_as_files_with_their_checksums(first_release: Path) -> None:
    """Of real publications, with every writer."""
    folder = first_release / "releases" / "1.0.0"
    sums = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert sums.returncode == 0, sums.stderr
    record = open_release("1.0.0", folder.parent)
    for table in PUBLIC_TABLES:
        # Files have fractions as doubles, the database as decimals.
        rows = [
            tuple(float(cell) if isinstance(cell, Decimal) else cell for cell in row)
            for batch in record.file.whole_table(table.name)
            for row in batch
        ]
        parquet = pq.read_table(folder / "tables" / f"{table.name}.parquet")
        assert [tuple(row.values()) for row in parquet.to_pylist()] == rows
        heading, *lines = read_csv(folder / "tables" / f"{table.name}.csv")
        assert heading == parquet.column_names == [field.name for field in table.fields]
        assert len(lines) == len(rows) == find_release("1.0.0", folder.parent).rows[table.name]
        assert not any(cell.startswith(("=", "@", "+")) for line in lines for cell in line)
    checks = json.loads((folder / "checks.json").read_text(encoding="utf-8"))
    assert len(checks["findings"]) == sum(count["count"] for count in checks["counts"]) > 0


def test_a_correction_that_says_another_value_is_a_patch_with_its_change(
    two_releases: Path,
) -> None:
    changes = read_changes(two_releases / "ledger" / "1.0.1")
    (value,) = [
        value_change
        for value_change in changes.values
        if (value_change.table, value_change.field) == ("deployments", "watchlist_size")
    ]
    assert (value.old, value.new, value.reported_by) == ("16199", "16198", "A reader")
    assert (value.reason_code, value.correction_id) == (
        "correction",
        "metropolitan_bond_street_2025_05_02_watchlist",
    )
    assert "2025-05-02" in value.place
    assert not changes.rows


def test_a_clone_that_has_only_what_is_committed_makes_the_same_bytes(
    two_releases: Path, tmp_path: Path
) -> None:
    ignored = shutil.ignore_patterns("releases")
    home = Path(shutil.copytree(two_releases, tmp_path / "data", ignore=ignored))
    again = release(home, today=dt.date(2027, 1, 1))
    assert (again.outcome, again.release.version, again.release.date) == (
        "made again",
        "1.0.1",
        LATER,
    )
    made = bytes_of(home / "releases" / "1.0.1")
    assert made == bytes_of(two_releases / "releases" / "1.0.1")


def test_a_release_is_one_folder_with_data_tables_report_and_checksums(first: Path) -> None:
    home = first / "releases" / "1.0.0"
    payload = json.loads((home / "release.json").read_text(encoding="utf-8"))
    assert (payload["version"], payload["previous"], payload["date"]) == (
        "1.0.0",
        None,
        "2026-03-01",
    )
    result = find_release("1.0.0", first / "releases")
    assert set(result.checksums) == set(bytes_of(home)) - {"SHA256SUMS"}
    assert set(result.checksums) >= {
        "release.json",
        "changes.json",
        "checks.json",
        "tables/regions.csv",
        "tables/regions.parquet",
    }
    assert read_csv(home / "tables" / "regions.csv") == [
        ["region_code", "region_name"],
        *map(list, REGIONS),
    ]
    assert open_release("1.0.0", first / "releases").release.content_hash == payload["content_hash"]
    assert bytes_of(first / "ledger" / "1.0.0") == {
        name: digest
        for name, digest in bytes_of(home).items()
        if name in ("release.json", "changes.json", "SHA256SUMS")
    }


def test_repeated_nothing_is_done_and_elsewhere_every_public_byte_comes_out_the_same(
    small: Path, first: Path
) -> None:
    before = bytes_of(small / "releases" / "1.0.0")
    assert release(small).outcome == "there"
    shutil.rmtree(small / "releases")
    made = release(small)
    assert (made.outcome, made.release.version, made.release.date) == ("made again", "1.0.0", DAY)
    assert bytes_of(small / "releases" / "1.0.0") == before
    assert bytes_of(small / "ledger") == bytes_of(first / "ledger")


def test_a_corrected_value_is_a_patch_and_needs_a_reason(small: Path) -> None:
    write_regions(small, REGIONS[0], ("E12000008", "South-East"))
    with pytest.raises(
        NotReleasedError, match=r"release 1\.0\.1: found no reason .*regions: 1 altered.*--reason"
    ):
        release(small)
    assert [ledger.version for ledger in read_ledger(small / "ledger")] == ["1.0.0"]
    assert find_release(None, small / "releases").version == "1.0.0"
    made = release(small, reason="  A name was misspelt. ")
    assert (made.release.version, made.release.reason) == ("1.0.1", "A name was misspelt.")
    (value,) = read_changes(small / "ledger" / "1.0.1").values
    assert (value.table, value.key, value.field) == ("regions", ("E12000008",), "region_name")
    assert (value.old, value.new, value.reason_code, value.reason) == (
        "South East",
        "South-East",
        "release",
        "A name was misspelt.",
    )
    folder = small / "releases"
    assert [each_release.version for each_release in list_releases(folder)] == ["1.0.1", "1.0.0"]
    names = [
        open_release(version, folder).table(Region)[1].region_name for version in ("1.0.0", "1.0.1")
    ]
    assert names == ["South East", "South-East"]
    assert find_release(None, folder).version == "1.0.1"
    earlier = name_release(find_release("1.0.0", folder).release_id, folder)
    assert earlier is not None
    assert earlier.version == "1.0.0"


def test_new_rows_are_minor(small: Path) -> None:
    write_regions(small, *REGIONS, ("W92000004", "Wales"))
    made = release(small, reason="Wales.")
    assert made.release.version == "1.1.0"
    assert made.changes is not None
    assert made.changes.count_rows() == {
        "regions": {"added": 1, "removed": 0, "replaced": 0, "altered": 0}
    }
    write_regions(small, *REGIONS[:1], ("W92000004", "Wales"))
    made = release(small, reason="No longer.")
    assert made.release.version == "1.2.0"
    assert made.changes is not None
    assert [(row.key, row.change) for row in made.changes.rows] == [(("E12000008",), "removed")]


def test_fields_that_are_gone_are_major_and_new_ones_minor(small: Path) -> None:
    """The release before is given other fields, as one of older software has."""
    with duckdb.connect(str(small / "releases" / "1.0.0" / "lfr.duckdb")) as older:
        older.execute("DROP TABLE towns")
    write_regions(small, REGIONS[0], ("E12000008", "South-East"))
    made = release(small, reason="A table more.")
    assert made.release.version == "1.1.0"
    assert made.changes is not None
    assert any(name.startswith("towns.town_name (") for name in made.changes.fields_added)

    with duckdb.connect(str(small / "releases" / "1.1.0" / "lfr.duckdb")) as older:
        older.execute("ALTER TABLE use_cases ADD COLUMN old_name TEXT")
    write_regions(small, *REGIONS)
    made = release(small, reason="A field was renamed.", rebuild=True)
    assert made.release.version == "2.0.0"
    assert made.changes is not None
    assert made.changes.fields_removed == ("use_cases.old_name (VARCHAR)",)


def test_a_release_of_older_tables_is_refused_politely_and_its_tables_can_be_read(
    small: Path,
) -> None:
    home = small / "releases" / "1.0.0"
    # The build of the same content would be opened in its place.
    shutil.rmtree((small / "releases" / "current").resolve())
    with duckdb.connect(str(home / "lfr.duckdb")) as older:
        older.execute("DROP TABLE towns")
        older.execute("UPDATE releases SET schema_version = '000000000000'")
    write_checksum(home / "lfr.duckdb")
    with pytest.raises(BrokenSnapshotError, match="tables of version 000000000000"):
        open_release("1.0.0", small / "releases")
    with open_any(home / "lfr.duckdb") as engine:
        columns = list_columns(engine)
        rows = [
            row
            for batch in stream_rows(engine, "regions", list(columns["regions"]), ("region_code",))
            for row in batch
        ]
    assert "towns" not in columns
    assert rows == list(REGIONS)


def test_a_changed_file_of_a_release_is_told_and_not_written_over(small: Path) -> None:
    path = small / "releases" / "1.0.0" / "tables" / "regions.csv"
    path.write_text("changed", encoding="utf-8")
    with pytest.raises(
        NotReleasedError,
        match=r"regions\.csv: found SHA-256 .* a release never changes.*Move the folder away",
    ):
        release(small)
    assert path.read_text(encoding="utf-8") == "changed"


def test_the_same_version_with_other_bytes_is_refused(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if other software wrote another file of the same data."""
    shutil.rmtree(small / "releases" / "1.0.0")

    def write_other(answers: object, result: object, folder: Path) -> None:
        (folder / "new.txt").write_text("x", encoding="utf-8")

    monkeypatch.setattr("etl.releases.publish.WRITERS", (write_other,))
    with pytest.raises(NotReleasedError, match=r"new\.txt.*--rebuild"):
        release(small)
    assert not (small / "releases" / "1.0.0").exists()
    assert not list((small / "releases").glob(".building-*"))
    assert release(small, rebuild=True, reason="A further kind of file.").release.version == "1.0.1"
    assert find_release(None, small / "releases").version == "1.0.1"


def test_a_writer_that_fails_leaves_nothing_half_made(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_regions(small, *REGIONS, ("W92000004", "Wales"))

    def fail(answers: object, result: object, folder: Path) -> None:
        (folder / "half.txt").write_text("x", encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("etl.releases.publish.WRITERS", (fail,))
    with pytest.raises(NotReleasedError, match="No space left"):
        release(small, reason="Wales.")
    assert [ledger.version for ledger in read_ledger(small / "ledger")] == ["1.0.0"]
    assert not (small / "releases" / "1.1.0").exists()
    assert not list(small.glob("*/.building-*"))


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({}, "no reason for what changed"),
        ({"reason": "Wales.", "today": DAY - dt.timedelta(days=1)}, "2026-03-01 or later"),
        ({"reason": "Wales.", "previous": Path("nowhere")}, "no lfr.duckdb in nowhere"),
    ],
)
def test_a_refused_release_leaves_what_serves_and_writes_nothing(
    small: Path, options: dict[str, object], text: str
) -> None:
    write_regions(small, *REGIONS, ("W92000004", "Wales"))
    before = sorted((small / "releases").iterdir())
    serving = (small / "releases" / "current").readlink()
    with pytest.raises(NotReleasedError, match=text):
        release(small, **options)
    assert sorted((small / "releases").iterdir()) == before
    assert (small / "releases" / "current").readlink() == serving
    assert [ledger.version for ledger in read_ledger(small / "ledger")] == ["1.0.0"]


def test_without_the_release_before_nothing_is_released(small: Path) -> None:
    write_regions(small, *REGIONS, ("W92000004", "Wales"))
    shutil.move(small / "releases", small / "elsewhere")
    with pytest.raises(NotReleasedError, match="--previous"):
        release(small, reason="Why.")
    assert find_release("1.0.0", small / "releases").folder is None
    with pytest.raises(QueryError, match="not kept here"):
        open_release("1.0.0", small / "releases")
    build_regions(small)
    with pytest.raises(NotReleasedError, match="content"):
        release(small, reason="Why.", previous=(small / "releases" / "current").resolve())
    assert (
        release(small, reason="Why.", previous=small / "elsewhere" / "1.0.0").release.version
        == "1.1.0"
    )


def _die_at(moment: str, data: Path) -> None:
    """Makes a release in a process of its own that ends, without a word, at a moment."""
    publish.build = build_regions  # type: ignore[attr-defined]
    publish.WRITERS = SMALL_WRITERS  # type: ignore[attr-defined]
    move = publish._move

    def die_at(reached: str) -> None:
        if reached == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    def dying_move(finished: Path, home: Path) -> None:
        die_at(f"into {home.parent.name}")
        move(finished, home)

    publish._move = dying_move
    release(data, today=DAY, progress=die_at)


@pytest.mark.parametrize(
    "moment", ["copy the data", "write tables", "into ledger", "into releases"]
)
def test_killed_at_any_moment_nothing_is_half_there_and_the_next_run_finishes(
    small: Path, moment: str
) -> None:
    """SIGKILL at a step, or before the finished folder is moved into `ledger` or `releases`."""
    shutil.rmtree(small / "ledger")
    shutil.rmtree(small / "releases" / "1.0.0")
    child = CHILDREN.Process(target=_die_at, args=(moment, small))
    child.start()
    child.join(200)
    assert child.exitcode == -signal.SIGKILL
    written = moment == "into releases"
    assert not (small / "releases" / "1.0.0").exists()
    assert [ledger.version for ledger in read_ledger(small / "ledger")] == (
        ["1.0.0"] if written else []
    )
    assert find_release(None, small / "releases").is_draft != written
    made = release(small)
    assert (made.release.version, made.outcome) == ("1.0.0", "made again" if written else "made")
    assert not list(small.glob("*/.building-*"))


BREAKS: dict[str, Callable[[dict[str, object]], object]] = {
    "content_hash": lambda text: text.update(content_hash="abc"),
    "date": lambda text: text.update(date="yesterday"),
    "version": lambda text: text.update(version="1.0.1"),
    "software": lambda text: text.pop("software"),
}


@pytest.mark.parametrize("name", list(BREAKS))
def test_an_entry_of_the_ledger_that_is_not_whole_is_told(small: Path, name: str) -> None:
    path = small / "ledger" / "1.0.0" / "release.json"
    payload = json.loads(path.read_text(encoding="utf-8"))
    BREAKS[name](payload)
    path.write_text(json.dumps(payload), encoding="utf-8")
    with pytest.raises(BrokenSnapshotError, match=name):
        read_ledger(small / "ledger")


def test_a_folder_that_says_other_than_the_ledger_is_told(small: Path) -> None:
    sums = small / "releases" / "1.0.0" / "SHA256SUMS"
    sums.write_text(sums.read_text(encoding="utf-8").replace("a", "b"), encoding="utf-8")
    releases = small / "releases"
    (problem,) = list_damage(releases)
    assert problem.where == "releases/1.0.0"
    assert "as the ledger has it" in problem.expected
    # What the ledger describes is listed; the folder of it is not used.
    (listed,) = list_releases(releases)
    assert listed.folder == releases / listed.release_id


def test_the_newest_release_of_the_ledger_is_made_again_byte_for_byte(
    data: Path, warehouse: Path, tmp_path: Path
) -> None:
    """Of the repository's own ledger, as long as its data is that release;
    a draft has nothing that it has to be like."""
    known = find_known(data, str(open_record(warehouse).release.content_hash))
    if known is None:
        pytest.skip("the data of the repository is a draft")
    shutil.copytree(data / "ledger", tmp_path / "ledger")
    shutil.copytree(warehouse.parent, tmp_path / "releases" / warehouse.parent.name)
    built = open_record(warehouse).release
    made = keep_known(tmp_path, built, known)
    assert made.outcome == "made again"
    assert (
        bytes_of(tmp_path / "releases" / known.version)["SHA256SUMS"]
        == bytes_of(data / "ledger" / known.version)["SHA256SUMS"]
    )
