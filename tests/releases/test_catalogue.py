"""Which releases there are, and opening one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.model.problems import BrokenSnapshotError
from etl.model.refusals import QueryError
from etl.model.releases import Version, read_version
from etl.releases.catalogue import find_release, list_releases, name_release, open_release


def test_a_build_that_was_never_released_is_a_draft(warehouse: Path) -> None:
    folder = warehouse.parents[1]
    serving = find_release(None, folder)
    assert serving == find_release("latest", folder) == find_release(serving.version, folder)
    assert serving.is_draft
    assert serving.version == f"draft-{serving.release_id}"
    assert serving.date is None
    assert list_releases(folder) == ()
    assert name_release(serving.release_id, folder) is None
    assert open_release(None, folder).release_id == serving.release_id
    assert open_release(None, folder) is open_release("latest", folder)


@pytest.mark.parametrize(
    "version", ["9.9.9", "", "../current", "1.0", "v1.0.0", "draft-000000000000", "x" * 5000]
)
def test_a_version_that_there_is_not_is_refused_with_those_that_there_are(
    warehouse: Path, version: str
) -> None:
    with pytest.raises(QueryError, match="There are: none yet") as error:
        open_release(version, warehouse.parents[1])
    assert error.value.refusal.code == "unknown_release"
    assert len(str(error.value)) < 200


def test_where_nothing_is_built_nothing_serves(tmp_path: Path) -> None:
    with pytest.raises(BrokenSnapshotError, match="etl build"):
        find_release(None, tmp_path)


def test_versions_are_written_in_one_way() -> None:
    assert read_version("10.2.3") == Version(10, 2, 3)
    assert Version(10, 0, 0) > Version(9, 11, 3)
    assert [str(Version(1, 2, 3).after(kind)) for kind in ("major", "minor", "patch")] == [
        "2.0.0",
        "1.3.0",
        "1.2.4",
    ]
    assert not any(
        read_version(text) for text in ("1.0", "01.0.0", "1.0.0 ", "1.0.0-rc", "", "1.0.0\n")
    )
