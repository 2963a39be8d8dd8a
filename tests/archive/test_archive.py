"""The shelf: nothing is overwritten, nothing half is kept, and nothing that changed is opened."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from etl.archive.archive import (
    Edition,
    ExpectedKind,
    Fetched,
    Origin,
    check_content,
    keep_bytes,
    list_editions,
    open_stored,
    read_title,
)
from etl.archive.fetch import Limits, keep_file
from etl.model.problems import BrokenSnapshotError, FetchError, UnreadableFileError

NOW = dt.datetime(2026, 3, 1, 0, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
LATER = NOW + dt.timedelta(days=40)
PDF = b"%PDF-1.7\nten deployments\n%%EOF\n"
OTHER_PDF = b"%PDF-1.7\neleven deployments\n%%EOF\n"
PAGE = b"<!doctype html><html><head><title>Deployments</title></head><table></table></html>\n"
ORIGIN = Origin(
    "https://met.example/a.pdf", "https://met.example/b.pdf", "fetched", "b.pdf", etag='"a"'
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "shelf"


def keep(content: bytes, archive: Path, now: dt.datetime = NOW) -> Fetched:
    return keep_bytes(content, archive, "met_2026", kind="pdf", origin=ORIGIN, now=now)


def list_files(archive: Path) -> list[str]:
    return sorted(
        path.relative_to(archive).as_posix() for path in archive.rglob("*") if path.is_file()
    )


def damage(edition: Edition, content: bytes) -> None:
    edition.path.chmod(0o644)
    edition.path.write_bytes(content)


def test_a_file_is_kept_under_its_date_and_hash(archive: Path) -> None:
    sha256 = hashlib.sha256(PDF).hexdigest()
    fetched = keep(PDF, archive)
    # half past midnight in Paris is the day before in UTC
    name = f"met_2026/2026-02-28-{sha256[:12]}.pdf"
    assert list_files(archive) == [name, f"{name}.json", "met_2026/checks.jsonl"]
    assert json.loads((archive / f"{name}.json").read_text()) == {
        "publication_id": "met_2026",
        "path": Path(name).name,
        "kind": "pdf",
        "sha256": sha256,
        "size_bytes": len(PDF),
        "retrieved": "2026-02-28T23:30:00+00:00",
        "origin": {
            "url": "https://met.example/a.pdf",
            "final_url": "https://met.example/b.pdf",
            "how": "fetched",
            "original_name": "b.pdf",
            "content_type": None,
            "etag": '"a"',
            "last_modified": None,
        },
    }
    assert not fetched.edition.path.stat().st_mode & 0o222
    assert open_stored(fetched.edition.path, archive).content == PDF
    assert open_stored(f"met_2026/{sha256[:12]}", archive).edition == fetched.edition


def test_the_same_bytes_are_kept_once_and_every_look_is_noted(archive: Path) -> None:
    first, second = keep(PDF, archive), keep(PDF, archive, LATER)
    assert (first.outcome, second.outcome) == ("new", "same_bytes")
    assert list_editions("met_2026", archive) == (first.edition,)
    checks = [
        json.loads(line) for line in (archive / "met_2026/checks.jsonl").read_text().split("\n")[1:]
    ]
    assert [check["outcome"] for check in checks] == ["new", "same_bytes"]
    assert checks[1]["checked"] == "2026-04-09T23:30:00+00:00"


def test_other_bytes_become_another_edition(archive: Path) -> None:
    first, second = keep(PDF, archive), keep(OTHER_PDF, archive, LATER)
    assert list_editions("met_2026", archive) == (first.edition, second.edition)
    assert open_stored(first.edition.path, archive).content == PDF


def test_many_at_once_keep_one_file(archive: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        outcomes = [
            fetched.outcome for fetched in pool.map(lambda _: keep(PDF, archive), range(16))
        ]
    assert outcomes.count("new") == 1
    assert len(list_files(archive)) == 3
    assert len((archive / "met_2026/checks.jsonl").read_text().split("\n")) == 1 + 16


def test_changed_bytes_are_not_opened_and_not_replaced(archive: Path) -> None:
    edition = keep(PDF, archive).edition
    damage(edition, OTHER_PDF)
    with pytest.raises(
        BrokenSnapshotError,
        match=f"{len(OTHER_PDF)} bytes with sha256 .* expected {len(PDF)} bytes",
    ):
        open_stored(edition.path, archive)
    with pytest.raises(BrokenSnapshotError, match="Restore it from a copy"):
        keep(PDF, archive, LATER)
    assert edition.path.read_bytes() == OTHER_PDF


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": hashlib.sha256(OTHER_PDF).hexdigest()},
        {"publication_id": "essex"},
        {"path": "other.pdf"},
        {"size_bytes": None, "grade": "A"},
        {"retrieved": "yesterday"},
        {"origin": {}},
    ],
)
def test_a_changed_sidecar_is_refused(archive: Path, change: dict[str, object]) -> None:
    edition = keep(PDF, archive).edition
    sidecar = edition.path.with_name(edition.path.name + ".json")
    sidecar.chmod(0o644)
    sidecar.write_text(json.dumps(json.loads(sidecar.read_text()) | change))
    for attempt in (
        lambda: open_stored(edition.path, archive),
        lambda: list_editions("met_2026", archive),
    ):
        with pytest.raises(BrokenSnapshotError, match="the sidecar kept with the file"):
            attempt()


def test_all_faulty_sidecars_are_told_at_once(archive: Path) -> None:
    for fetched in (keep(PDF, archive), keep(OTHER_PDF, archive)):
        sidecar = fetched.edition.path.with_name(fetched.edition.path.name + ".json")
        sidecar.chmod(0o644)
        sidecar.write_text("[")
    with pytest.raises(BrokenSnapshotError) as failure:
        list_editions("met_2026", archive)
    assert len(failure.value.problems) == 2


def test_what_is_not_there_is_not_opened(archive: Path) -> None:
    edition = keep(PDF, archive).edition
    for which in ("met_2026/000000000000", f"met_2026/{edition.sha256[:11]}", archive / "x.pdf"):
        with pytest.raises(BrokenSnapshotError):
            open_stored(which, archive)
    edition.path.unlink()
    with pytest.raises(BrokenSnapshotError, match="no readable file"):
        open_stored(edition.path, archive)


@pytest.mark.parametrize(
    "name", ["../met", "/etc", "", "met/2026", "met\\2026", "Met", "met-2026", "met\n", "a" * 101]
)
def test_a_publication_id_is_plain_words(archive: Path, tmp_path: Path, name: str) -> None:
    saved = tmp_path / "saved.pdf"
    saved.write_bytes(PDF)
    for attempt in (
        lambda: keep_file(saved, archive, name, now=NOW),
        lambda: list_editions(name, archive),
        lambda: open_stored(f"{name}/{'0' * 12}", archive),
    ):
        with pytest.raises(FetchError, match=r"lower-case words joined by _\. Use the name"):
            attempt()
    assert list_files(tmp_path) == ["saved.pdf"]


@pytest.mark.parametrize("call", ["fsync", "link"])
def test_a_write_that_fails_leaves_nothing(
    archive: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse)
        with pytest.raises(FetchError, match=r"No space left on device; .* Choose a folder"):
            keep(PDF, archive)
    assert list_files(archive) == []
    assert keep(PDF, archive).outcome == "new"


@pytest.mark.parametrize("calls_count", [0, 1])
def test_a_process_killed_while_writing_leaves_no_edition(archive: Path, calls_count: int) -> None:
    """Killed before the file has its name, and between the file's and the sidecar's."""
    script = f"""
import datetime as dt, os, pathlib
from etl.archive.archive import Origin, keep_bytes
left, link = {calls_count}, os.link
def die_in_time(*args):
    global left
    if not left:
        os._exit(9)
    left -= 1
    link(*args)
os.link = die_in_time
origin = Origin("https://a", "https://a", "fetched", "a.pdf")
now = dt.datetime.fromisoformat({NOW.isoformat()!r})
keep_bytes({PDF!r}, pathlib.Path({str(archive)!r}), "met_2026", kind="pdf", origin=origin, now=now)
"""
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", script], cwd=root, check=False).returncode == 9
    assert list_editions("met_2026", archive) == ()
    assert all(
        Path(name).name.startswith(".part-") or (archive / name).read_bytes() == PDF
        for name in list_files(archive)
    )
    fetched = keep(PDF, archive)
    assert fetched.outcome == "new"
    assert open_stored(fetched.edition.path, archive).content == PDF


def test_a_name_taken_by_other_bytes_is_left_alone(archive: Path) -> None:
    path = archive / "met_2026" / f"2026-02-28-{hashlib.sha256(PDF).hexdigest()[:12]}.pdf"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"mine")
    with pytest.raises(BrokenSnapshotError, match="other bytes under the name"):
        keep(PDF, archive)
    assert path.read_bytes() == b"mine"


def test_a_shelf_that_is_no_folder_is_said(archive: Path) -> None:
    archive.write_text("a file")
    with pytest.raises(FetchError, match="a shelf that can be read and written"):
        keep(PDF, archive)


def test_a_check_cut_short_spoils_no_other(archive: Path) -> None:
    keep(PDF, archive)
    log = archive / "met_2026" / "checks.jsonl"
    log.write_bytes(log.read_bytes()[:-20])
    keep(PDF, archive)
    assert json.loads(log.read_text().splitlines()[-1])["outcome"] == "same_bytes"


def test_a_file_saved_by_hand_goes_to_the_same_place(archive: Path, tmp_path: Path) -> None:
    saved = tmp_path / "LFR record (1).pdf"
    saved.write_bytes(PDF)
    file = keep_file(saved, archive, "met_2026", now=NOW)
    assert file.edition.origin == Origin(
        "saved by hand", "saved by hand", "by_hand", "LFR record (1).pdf"
    )
    url = "https://met.example/a.pdf"
    assert keep_file(saved, archive, "met_2026", now=LATER, url=url).outcome == "same_bytes"
    assert keep(PDF, archive).outcome == "same_bytes"


@pytest.mark.parametrize(
    ("name", "content", "url", "words"),
    [
        ("a.pdf", PAGE, None, 'a web page titled "Deployments", likely a block page'),
        ("a.pdf", PDF[:-8], None, "cut off"),
        ("a.pdf", PDF * 9, None, "more than 200 bytes"),
        ("a.pdf", PDF, "javascript:alert(1)", "the address 'javascript:alert"),
        ("a.pdf", None, None, "No such file or directory"),
        (".", None, None, "Is a directory"),
    ],
)
def test_a_file_saved_by_hand_is_checked_as_well(
    archive: Path, tmp_path: Path, name: str, content: bytes | None, url: str | None, words: str
) -> None:
    saved = tmp_path / name
    if content is not None:
        saved.write_bytes(content)
    with pytest.raises(UnreadableFileError) as failure:
        keep_file(saved, archive, "met_2026", now=NOW, url=url, limits=Limits(max_bytes=200))
    assert words in str(failure.value)
    assert not archive.exists()


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (PDF, "pdf", None),
        (b"\n" + PDF + b"\r\n\0\0", "pdf", None),
        (PDF, "html", "starts with b'%PDF-1.7"),
        (PAGE, "html", None),
        (b"\xef\xbb\xbf<?xml version='1.0'?>" + PAGE, "html", None),
        (PAGE[:-10], "html", "cut off"),
        (PAGE.replace(b"Deployments", b"Just a moment..."), "html", "likely a block page"),
        (b"date,alerts\n2026-03-01,<5\n", "csv", None),
        (PAGE, "csv", "likely a block page"),
        (b"PK\x03\x04sheet", "csv", "expected comma-separated text"),
        ("date,alerts\n".encode("utf-16"), "csv", "expected comma-separated text"),
        (b" \n", "csv", "an empty file"),
    ],
)
def test_the_bytes_say_what_a_file_is(
    content: bytes, kind: ExpectedKind, words: str | None
) -> None:
    problems = check_content(content, kind, "met_2026", "Save it again.")
    assert len(problems) == (words is not None)
    assert words is None or words in str(problems[0])


def test_a_title_is_fit_to_print() -> None:
    assert (
        read_title(b"<TITLE lang=en>\n Access &amp;\x1b[2J denied</TITLE>") == "Access & [2J denied"
    )
    assert read_title(b"<title>" + b"x" * 500 + b"</title>") == "x" * 120
    assert read_title(b"<title> </title>") is read_title(b"no title") is None


@pytest.mark.parametrize(
    "page",
    [
        b"<html><title>Page not found - Police</title><h1>Sorry</h1></html>",
        b"<html><title>Sign in to your account</title><form></form></html>",
        b"<html><title>Down for maintenance</title><p>Back soon</p></html>",
        b"<html><title>Before you continue</title><p>Cookies</p></html>",
        b"<html><head><title>LFR</title></head><body><script>run()</script></body></html>",
    ],
)
def test_a_page_that_answers_200_and_is_none_of_the_publication_is_refused(page: bytes) -> None:
    assert check_content(page, "html", "here", "Look for it.")
    plain = b"<html><title>LFR deployments</title><table><tr><td>1</td></tr></table></html>"
    assert check_content(plain, "html", "here", "Look for it.") == ()
