"""Finds what is damaged among the releases, and makes again what can be made.

A release is a function of the ledger and the data, so a damaged folder is built again and compared
with the ledger byte for byte. An entry of the ledger is copied back from the folder of its release
if that is whole. Nothing published is written over with other bytes, and a folder that cannot be
made again stays where it is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from etl.model.problems import BrokenSnapshotError, Problem, RecordError
from etl.model.reference import Release
from etl.model.releases import ID_LENGTH, ReleaseInfo, read_version
from etl.pipeline.build import build
from etl.releases.ledger import (
    STORED_FILES,
    hash_files,
    list_entries,
    read_changes,
    read_entry,
)
from etl.releases.publish import NOT_LISTED, keep_known
from etl.warehouse.build import FILE_NAME, Progress, only_build, remove_leftovers, serve_release
from etl.warehouse.checksum import checksum_file
from etl.warehouse.releases import verify_content_hash

_ASIDE = ".damaged-"


@dataclass(frozen=True, slots=True)
class Repair:
    """What was made again, a line each, and what could not be."""

    repaired: tuple[str, ...]
    problems: tuple[Problem, ...]


def repair(data: Path, progress: Progress = lambda step: None) -> Repair:
    """Finds and mends. Raises `RecordError` if the data itself cannot be built: then nothing was
    changed but entries of the ledger that could be copied back."""
    releases = data / "releases"
    with only_build(releases):
        remove_leftovers(releases)
        repaired = list(_restore_entries(data))
        entries, problems = _read_entries(data)
        damaged = [home for home in _list_folders(releases) if find_faults(home, entries)]
        aside = [_move_aside(home) for home in damaged]
        try:
            built = build(data, serve=False, progress=progress).release
            if built is None:  # a build that did not raise has a release
                raise TypeError("a build without a release")
            missing = [
                releases / known.version
                for known in entries.values()
                if known.content_hash == built.content_hash
                and not (releases / known.version).exists()
            ]
            for home in dict.fromkeys([*damaged, *missing]):
                problem = _make_again(releases, home, built, entries.get(home.name))
                if problem is None:
                    repaired.append(f"releases/{home.name}: made again, as the ledger has it")
                else:
                    problems.append(problem)
            if _may_serve(built, entries, problems):
                serve_release(releases, built.release_id)
        finally:
            for home, path in zip(damaged, aside, strict=True):
                _put_back(home, path)
    return Repair(tuple(repaired), tuple(problems))


def find_faults(home: Path, entries: dict[str, ReleaseInfo]) -> list[str]:
    """What is wrong with a folder of a release or a build; empty if it is whole."""
    if not home.is_dir():
        return ["a file in place of a folder"]
    faults = []
    try:
        content = verify_content_hash(home / FILE_NAME)
    except BrokenSnapshotError as error:
        return [f"{FILE_NAME}: {error.problems[0].found}"]
    known = entries.get(home.name)
    if known is not None:
        actual = hash_files(home, leave_out=NOT_LISTED)
        names = sorted({*known.checksums, *actual})
        faults += [name for name in names if known.checksums.get(name) != actual.get(name)]
        faults += [] if _has_sums(home, known) else ["SHA256SUMS"]
    expected = known.content_hash if known else home.name
    if not content.startswith(expected):
        faults.append(f"content {content[:ID_LENGTH]}")
    return faults


def _has_sums(home: Path, known: ReleaseInfo) -> bool:
    try:
        return read_entry(home).checksums == known.checksums
    except BrokenSnapshotError:
        return False


def _list_folders(releases: Path) -> Iterator[Path]:
    """Folders of releases and builds; what is called otherwise is not ours."""
    for path in sorted(releases.iterdir()):
        build_name = len(path.name) == ID_LENGTH and not set(path.name) - set("0123456789abcdef")
        if not path.is_symlink() and (read_version(path.name) or build_name):
            yield path


def _restore_entries(data: Path) -> Iterator[str]:
    """Copies damaged entries of the ledger back from the folders of their releases."""
    ledger = data / "ledger"
    for home in sorted((data / "releases").iterdir()):
        version, entry = home.name, ledger / home.name
        if not read_version(version) or not _is_whole_entry(home):
            continue
        stated = read_entry(home)
        if stated.checksums != hash_files(home, leave_out=NOT_LISTED):
            continue
        if _is_whole_entry(entry) and not _is_cut(read_entry(entry), stated):
            continue
        if entry.is_file():
            entry.unlink()
        entry.mkdir(parents=True, exist_ok=True)
        for name in STORED_FILES:
            target = entry / name
            if target.is_dir():
                target.rmdir()
            shutil.copyfile(home / name, target)
        yield f"ledger/{version}: copied back from the folder of the release"


def _is_cut(entry: ReleaseInfo, stated: ReleaseInfo) -> bool:
    """Whether an entry is that of the same release with lines of its checksums missing."""
    same = replace(entry, checksums=stated.checksums) == stated
    return same and entry.checksums.items() < stated.checksums.items()


def _is_whole_entry(folder: Path) -> bool:
    try:
        read_entry(folder)
        read_changes(folder)
    except (BrokenSnapshotError, OSError):
        return False
    return True


def _read_entries(data: Path) -> tuple[dict[str, ReleaseInfo], list[Problem]]:
    known: dict[str, ReleaseInfo] = {}
    problems: list[Problem] = []
    for entry in list_entries(data / "ledger"):
        try:
            known[entry.name] = read_entry(entry)
            read_changes(entry)
        except BrokenSnapshotError as error:
            problems += error.problems
    return known, problems


def _move_aside(home: Path) -> Path:
    path = home.with_name(f"{_ASIDE}{home.name}")
    if path.is_dir():
        shutil.rmtree(path)
    return home.rename(path)


def _put_back(home: Path, path: Path) -> None:
    """Removes what is damaged once its place is taken; until then it stays there."""
    if not home.exists():
        path.rename(home)
    elif path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def _make_again(
    releases: Path, home: Path, built: Release, known: ReleaseInfo | None
) -> Problem | None:
    """Why the folder of a release, or of a build that is none, cannot be made again; None if it
    was."""
    content_hash = known.content_hash if known else home.name
    if not built.content_hash.startswith(content_hash):
        source = _find_copy(releases, content_hash)
        if source is None:
            return Problem(
                f"releases/{home.name}",
                f"damaged data; today's data is content {built.release_id}",
                f"data of content {content_hash[:ID_LENGTH]}",
                "Restore the folder from a backup, or build it in a clone at the commit of its "
                "entry in the ledger.",
            )
        _copy_database(source, releases / content_hash[:ID_LENGTH])
    if known is None:
        return None
    release = replace(built, release_id=known.release_id, content_hash=known.content_hash)
    try:
        keep_known(releases.parent, release, known)
    except RecordError as error:
        return error.problems[0]
    return None


def _copy_database(source: Path, build_home: Path) -> None:
    if build_home.exists():
        return
    build_home.mkdir()
    for path in (source, checksum_file(source)):
        if path.exists():
            shutil.copyfile(path, build_home / path.name)


def _find_copy(releases: Path, content: str) -> Path | None:
    """A whole database with this content in another folder."""
    for path in sorted(releases.glob(f"[!.]*/{FILE_NAME}")):
        try:
            if not path.parent.is_symlink() and verify_content_hash(path).startswith(content):
                return path
        except BrokenSnapshotError:
            continue
    return None


def _may_serve(built: Release, entries: dict[str, ReleaseInfo], problems: list[Problem]) -> bool:
    """A draft was checked for disclosure against the releases that could be read: it serves only if
    all could."""
    released = any(entry.content_hash == built.content_hash for entry in entries.values())
    return released or not problems
