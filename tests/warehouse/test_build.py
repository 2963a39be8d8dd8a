"""The warehouse is built beside the one that serves, verified, and swapped in;
whatever happens, one serves."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from etl.model.problems import BuildError
from etl.model.reference import Force, Place, Region, Release
from etl.warehouse import build as warehouse_build
from etl.warehouse.build import write_warehouse
from etl.warehouse.read import current_file, open_warehouse, read_current, read_table
from tests.processes import CHILDREN
from tests.sample_data import write_small_data

pytestmark = pytest.mark.slow

REGION = Region(region_code="E1", region_name="London")
FORCE = Force(
    force_id="metropolitan",
    force_name="Metropolitan Police Service",
    short_name="Met",
    ons_code="E23000001",
    region_code="E1",
    kind_code="territorial",
    nation_code="england",
)


def rows(**changed: Any) -> dict[str, list[Any]]:
    return {"regions": [REGION], "forces": [FORCE]} | changed


def build(releases: Path, **changed: Any) -> str:
    return write_warehouse(
        rows(**changed), releases, software_version="1", sources_hash="0" * 64
    ).release_id


def serving(releases: Path) -> list[str]:
    return [row.region_name for row in read_table(open_warehouse(current_file(releases)), Region)]


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    release_id = build(tmp_path)
    assert serving(tmp_path) == ["London"]
    assert current_file(tmp_path).parent.name == release_id


def test_the_same_records_give_the_same_release_whatever_their_order(tmp_path: Path) -> None:
    other = Region(region_code="E2", region_name="South East")
    first = build(tmp_path, regions=[REGION, other])
    assert build(tmp_path, regions=[other, REGION]) == first
    assert build(tmp_path / "elsewhere", regions=[REGION, other]) == first


def test_one_changed_value_gives_another_release(tmp_path: Path) -> None:
    assert build(tmp_path) != build(
        tmp_path, regions=[Region(region_code="E1", region_name="Londen")]
    )


def test_a_reader_goes_on_with_the_release_it_opened(tmp_path: Path) -> None:
    build(tmp_path)
    before = open_warehouse(current_file(tmp_path))
    with before.connect():
        build(tmp_path, regions=[Region(region_code="E1", region_name="Greater London")])
        assert [row.region_name for row in read_table(before, Region)] == ["London"]
    assert serving(tmp_path) == ["Greater London"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"regions": [REGION, REGION]}, "uplicate key"),
        ({"regions": []}, "foreign key"),
        (
            {
                "places": [
                    Place(
                        place_id="a",
                        place_name="A",
                        district_code=None,
                        longitude=99.0,
                        latitude=51.0,
                        precision_code="street",
                        coordinate_source=None,
                        uncertainty_m=1,
                        evidence="-",
                        reviewed=dt.date(2026, 1, 1),
                    )
                ]
            },
            "CHECK constraint",
        ),
    ],
    ids=["key", "reference", "range"],
)
def test_records_that_break_the_schema_leave_the_release_before_serving(
    tmp_path: Path, changed: dict[str, list[Any]], message: str
) -> None:
    build(tmp_path)
    with pytest.raises(BuildError) as error:
        build(tmp_path, **changed)
    assert message.lower() in str(error.value).lower()
    assert serving(tmp_path) == ["London"]
    assert not list(tmp_path.glob(".building-*"))


def test_a_file_that_lost_a_value_is_never_swapped_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path)
    write = warehouse_build._write_file

    def write_less(path: Path, rows_of: Any, progress: Any) -> None:
        write(path, {**rows_of, "forces": []}, progress)

    monkeypatch.setattr(warehouse_build, "_write_file", write_less)
    with pytest.raises(BuildError, match="did not keep every value"):
        build(tmp_path, regions=[Region(region_code="E1", region_name="Greater London")])
    assert serving(tmp_path) == ["London"]


def test_a_damaged_release_is_built_again(tmp_path: Path) -> None:
    build(tmp_path)
    current_file(tmp_path).write_bytes(b"damaged")
    build(tmp_path)
    assert serving(tmp_path) == ["London"]


def test_a_second_build_at_the_same_time_is_refused(tmp_path: Path) -> None:
    build(tmp_path)
    program = (
        "import sys; from pathlib import Path; from etl.warehouse.build import only_build\n"
        "with only_build(Path(sys.argv[1]), 0.2): pass"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with warehouse_build.only_build(tmp_path):
        build(tmp_path)  # whoever holds the lock may enter again
        other = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert "BuildError" in other.stderr
    assert "another build, release or publishing running" in other.stderr
    assert subprocess.run(command, check=False, timeout=60).returncode == 0


def test_a_full_disk_leaves_the_release_before_serving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(warehouse_build, "_write_file", full)
    with pytest.raises(BuildError, match="No space left on device"):
        build(tmp_path, regions=[Region(region_code="E1", region_name="Greater London")])
    assert serving(tmp_path) == ["London"]


def _build_until(releases: Path, steps: int) -> None:
    """A build in a process of its own that ends without a word after so many steps."""
    left = iter(range(steps - 1))

    def progress(step: str) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    records = rows(regions=[Region(region_code="E1", region_name="Greater London")])
    write_warehouse(
        records, releases, software_version="1", sources_hash="0" * 64, progress=progress
    )


@pytest.mark.parametrize("steps", [1, 3, 8, 14, 19, 20, 21])
def test_a_build_killed_at_any_step_leaves_a_release_serving(tmp_path: Path, steps: int) -> None:
    """The process kills itself (SIGKILL) after so many steps:
    before, between and after the tables, and while verifying."""
    build(tmp_path)
    child = CHILDREN.Process(target=_build_until, args=(tmp_path, steps))
    child.start()
    child.join(60)
    assert child.exitcode in (0, -signal.SIGKILL)
    assert serving(tmp_path) == (["Greater London"] if child.exitcode == 0 else ["London"])
    build(tmp_path, regions=[Region(region_code="E1", region_name="London again")])
    assert serving(tmp_path) == ["London again"]
    assert not list(tmp_path.glob(".building-*"))


def test_the_whole_build_killed_at_random_moments_leaves_the_release_readable(
    tmp_path: Path, data: Path
) -> None:
    write_small_data(tmp_path, "south_wales_events")
    command = [sys.executable, "-m", "etl", "build", "--data", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(data.parent)}
    begin = time.monotonic()
    subprocess.run(command, check=True, capture_output=True, env=environment, timeout=120)
    duration = time.monotonic() - begin
    before = current_file(tmp_path / "releases")
    for part in (0.4, 0.65, 0.9):
        running = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
        )
        time.sleep(duration * part)
        running.kill()
        running.wait()
        assert current_file(tmp_path / "releases") == before
        assert read_current(tmp_path / "releases", Release)
    assert len(read_table(open_warehouse(current_file(tmp_path / "releases")), Release)) == 1
