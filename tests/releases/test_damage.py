"""What readers get when a file of the releases is damaged, and what `repair` makes of it.

Every kind is applied to a copy of two real releases: before the site opens it (cold) or after it
has answered (warm). Addresses that do not need the damaged file answer; none fails with an
exception; the report names what is damaged; `repair` makes the same bytes again or says why not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from dashboard.server.app import app
from etl.releases.catalogue import list_damage
from etl.releases.ledger import hash_files
from etl.releases.publish import NOT_LISTED
from etl.releases.repair import repair

ROOT = Path(__file__).resolve().parents[2]
ADDRESSES = (
    "/healthz",
    "/",
    "/releases",
    "/api/v1/deployments.csv",
    "/api/v1/estimates.csv?measure=alerts_count&by=force",
    "/api/v1/deployments.csv?release=1.0.0",
    "/api/v1/lfr.zip",
    "/releases/1.0.1/SHA256SUMS",
    "/releases/1.0.1/tables/facts.csv",
    "/releases/changes.json?before=1.0.0&after=1.0.1",
    "/feeds/news.atom",
    "/sitemap.xml",
)
SERVING, OLD = "releases/1.0.1/lfr.duckdb", "releases/1.0.0/lfr.duckdb"


def cut(name: str, part: float) -> Callable[[Path], None]:
    def do(data: Path) -> None:
        path = (data / name).resolve()
        os.truncate(path, int(path.stat().st_size * part))

    return do


def flip(name: str, part: float) -> Callable[[Path], None]:
    def do(data: Path) -> None:
        path = (data / name).resolve()
        with path.open("r+b") as file:
            file.seek(int(path.stat().st_size * part))
            file.write(b"\xa5" * 4096)

    return do


def replace_by_folder(name: str) -> Callable[[Path], None]:
    def do(data: Path) -> None:
        (data / name).unlink()
        (data / name).mkdir()

    return do


def remove(name: str) -> Callable[[Path], None]:
    def do(data: Path) -> None:
        path = data / name
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()

    return do


def link_to(target: str) -> Callable[[Path], None]:
    def do(data: Path) -> None:
        (data / "releases" / "current").unlink()
        (data / "releases" / "current").symlink_to(target)

    return do


def drop_lines(name: str) -> Callable[[Path], None]:
    def do(data: Path) -> None:
        lines = (data / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (data / name).write_text("".join(lines[:-5]), encoding="utf-8")

    return do


CURRENT = "releases/current/lfr.duckdb"
NEEDS_CHANGES = {"/releases/changes.json?before=1.0.0&after=1.0.1"}
NEEDS_NEW = {
    "/api/v1/lfr.zip",
    "/releases/1.0.1/SHA256SUMS",
    "/releases/1.0.1/tables/facts.csv",
}
NEEDS_OLD = {"/api/v1/deployments.csv?release=1.0.0"}
# Of each kind: the damage, and the addresses that need what is damaged.
KINDS: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "current half": (cut(CURRENT, 0.5), set()),
    "current empty": (cut(CURRENT, 0), set()),
    "current flipped": (flip(CURRENT, 0.3), set()),
    "current flipped at its end": (flip(CURRENT, 0.7), set()),
    "current a folder": (replace_by_folder(SERVING), NEEDS_NEW),
    "link to nowhere": (link_to("gone"), set()),
    "link missing": (remove("releases/current"), set()),
    "version half": (cut(SERVING, 0.5), set()),
    "version flipped": (flip(SERVING, 0.4), set()),
    "version without data": (remove(SERVING), NEEDS_NEW),
    "checksum of the version emptied": (cut(SERVING + ".sha256", 0), set()),
    "zip half": (cut("releases/1.0.1/lfr.zip", 0.5), {"/api/v1/lfr.zip"}),
    "csv empty": (
        cut("releases/1.0.1/tables/facts.csv", 0),
        {"/releases/1.0.1/tables/facts.csv"},
    ),
    "csv a folder": (
        replace_by_folder("releases/1.0.1/tables/facts.csv"),
        {"/releases/1.0.1/tables/facts.csv"},
    ),
    "description of the version emptied": (
        cut("releases/1.0.1/release.json", 0),
        NEEDS_NEW,
    ),
    "sums of the version cut": (cut("releases/1.0.1/SHA256SUMS", 0.51), NEEDS_NEW),
    "old version half": (cut(OLD, 0.5), NEEDS_OLD),
    "old description emptied": (cut("releases/1.0.0/release.json", 0), set()),
    "old ledger emptied": (cut("ledger/1.0.0/release.json", 0), set()),
    "old ledger sums cut": (cut("ledger/1.0.0/SHA256SUMS", 0.51), set()),
    "old ledger a folder": (replace_by_folder("ledger/1.0.0/release.json"), set()),
    "ledger emptied": (cut("ledger/1.0.1/release.json", 0), set()),
    "ledger sums emptied": (cut("ledger/1.0.1/SHA256SUMS", 0), NEEDS_NEW),
    "ledger sums without their end": (drop_lines("ledger/1.0.1/SHA256SUMS"), NEEDS_NEW),
    "ledger changes emptied": (cut("ledger/1.0.1/changes.json", 0), NEEDS_CHANGES),
    "ledger entry gone": (remove("ledger/1.0.1"), set()),
    "releases gone": (remove("releases"), set(ADDRESSES)),
}


# A build and a repair for each kind take seconds: the rest are tried by `make faults`.
ALL = os.environ.get("LFR_ALL_FAULTS") == "1"
FEW = (
    "current half",
    "current flipped",
    "version half",
    "csv empty",
    "old ledger emptied",
    "ledger sums without their end",
    "releases gone",
)
WARM = KINDS if ALL else ("current flipped", "link missing")


def request_all(client: TestClient) -> dict[str, int]:
    """The status of each address; a request that raises is a 500."""
    return {address: client.get(address).status_code for address in ADDRESSES}


def draw_page() -> list[str]:
    run = AppTest.from_file(str(ROOT / "dashboard" / "public_app.py"), default_timeout=120).run()
    return [exception.message for exception in run.exception]


@pytest.fixture(scope="module")
def pristine(two_releases: Path) -> dict[str, str]:
    return hash_files(two_releases / "releases" / "1.0.1", leave_out=NOT_LISTED)


@pytest.mark.parametrize(
    ("kind", "when"),
    [*((kind, "cold") for kind in KINDS if ALL or kind in FEW), *((kind, "warm") for kind in WARM)],
)
def test_damage_is_contained_named_and_repaired(
    kind: str,
    when: str,
    two_releases: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    pristine: dict[str, str],
) -> None:
    damage, needing = KINDS[kind]
    data = Path(shutil.copytree(two_releases, tmp_path / "data", symlinks=True))
    monkeypatch.setenv("LFR_RELEASES", str(data / "releases"))
    client = TestClient(app, raise_server_exceptions=False, follow_redirects=False)
    if when == "warm":
        assert set(request_all(client).values()) <= {200}
    damage(data)
    answers = request_all(client)
    assert 500 not in answers.values()
    failed = {address for address, status in answers.items() if status not in (200, 302, 307)}
    assert failed <= needing, answers
    assert draw_page() == []
    repaired = repair(data)
    assert not repaired.problems
    assert list_damage(data / "releases") == ()
    made = hash_files(data / "releases" / "1.0.1", leave_out=NOT_LISTED)
    assert made == pristine
    again = request_all(client)
    if not (data / "releases" / "1.0.0").is_dir():  # made of other data: not made again here
        again |= dict.fromkeys(NEEDS_OLD, 200)
    assert again == dict.fromkeys(ADDRESSES, 200)
