"""Which releases there are, and each of them opened for questions: for pages, addresses and files
that pin a version.

In: the folder of releases and the ledger beside it; a version. Out: `ReleaseInfo`s, `Record` of one
release. A version that there is not is `QueryError` with those that there are. Does not make a
release: `python -m etl release` does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from etl.model.messages import message
from etl.model.problems import BrokenSnapshotError, Problem, RecordError
from etl.model.reference import Release
from etl.model.refusals import QueryError
from etl.model.release_changes import ReleaseChanges, join_changes
from etl.model.releases import DRAFT, ID_LENGTH, LATEST, ReleaseInfo, read_version
from etl.queries.record import RELEASES, Record
from etl.releases.ledger import ledger_of, list_entries, read_changes, read_entry
from etl.releases.open_records import OpenRecords
from etl.settings import read_folder
from etl.warehouse.build import CURRENT, FILE_NAME

_OPEN = OpenRecords(8)
_REPAIR = "Run `python -m etl repair`."


@dataclass(frozen=True, slots=True)
class Listing:
    """The releases that are whole, newest first, and what is damaged, by version."""

    releases: tuple[ReleaseInfo, ...]
    damage: Mapping[str, tuple[Problem, ...]]


def releases_folder() -> Path:
    """The folder that the site reads; the environment variable LFR_RELEASES names another one."""
    return read_folder("LFR_RELEASES", RELEASES)


def list_releases(folder: Path | None = None) -> tuple[ReleaseInfo, ...]:
    """Every release of the ledger and of the folder, newest first, drafts not.
    One whose data is not kept here has no `folder`; one whose description is damaged is missing,
    and `list_damage` says so."""
    folder = folder or releases_folder()
    return _list(folder, _stamp(folder)).releases


def list_damage(folder: Path | None = None) -> tuple[Problem, ...]:
    """What is damaged among the releases: entries of the ledger, folders of releases, and the file
    that should serve. Empty if all is whole."""
    folder = folder or releases_folder()
    damage = _list(folder, _stamp(folder)).damage
    problems = [problem for own in damage.values() for problem in own]
    home = _home_of_current(folder)
    if home is not None and not isinstance(failure := _try_open(home), Record):
        problems.append(failure)
    return tuple(problems)


def is_fallback(folder: Path | None = None) -> bool:
    """Whether an earlier release serves, because the newest data cannot be read."""
    folder = folder or releases_folder()
    home = _home_of_current(folder)
    return home is None or not isinstance(_try_open(home), Record)


def find_release(version: str | None = None, folder: Path | None = None) -> ReleaseInfo:
    """The release of this version; of None or `latest` what serves now, which may be a draft.
    QueryError if there is none, BrokenSnapshotError if its description or its data is damaged."""
    folder = folder or releases_folder()
    known = list_releases(folder)
    if version in (None, LATEST):
        return _find_serving(folder)
    try:
        serving = _find_serving(folder)
    except RecordError:
        serving = None
    for release_info in (*known, *([serving] if serving else [])):
        if release_info.version == version:
            return release_info
    if damaged := _list(folder, _stamp(folder)).damage.get(str(version)):
        raise BrokenSnapshotError(damaged)
    there = [info.version for info in known]
    raise QueryError(
        "unknown_release",
        message("no_release", name=str(version)[:40]),
        message("there_are_releases", names=there, latest=LATEST)
        if there
        else message("no_releases_but", latest=LATEST),
    )


def open_release(version: str | None = None, folder: Path | None = None) -> Record:
    """Queries to the release of this version; see `open_listed` and `find_release`."""
    return open_listed(find_release(version, folder))


def open_listed(release: ReleaseInfo) -> Record:
    """Queries to exactly this release, kept open, whatever serves by now.

    An answer looks its release up once and opens it by this: a release that is swapped in between
    would be named by one and read by the other. QueryError if its data is not kept here;
    BrokenSnapshotError if it was built by another version of the tables (its files can still be
    read) or the file holds another content than the release."""
    if release.folder is None:
        raise QueryError(
            "release_not_kept",
            message("release_not_kept", name=release.version, content_hash=release.content_hash),
        )
    try:
        record = _OPEN.open(release.folder / FILE_NAME)
    except BrokenSnapshotError:
        build = release.folder.with_name(release.release_id)  # another folder with this content
        if build == release.folder or not (build / FILE_NAME).is_file():
            raise
        record = _OPEN.open(build / FILE_NAME)
    if record.release.content_hash != release.content_hash:
        raise BrokenSnapshotError(
            Problem(
                str(release.folder / FILE_NAME),
                f"content {record.release_id}",
                f"release {release.version}, content {release.release_id}",
                "Run `python -m etl build`.",
            )
        )
    return record


def open_serving() -> Record:
    """Questions to what serves now, a release or a draft, kept open. If the newest cannot be read,
    it is the last release that can.

    FileNotFoundError if there is none at all, RecordError if none can be read."""
    folder = releases_folder()
    if not (folder / CURRENT).is_symlink() and not any(_list_homes(folder)):
        raise FileNotFoundError(folder / CURRENT)
    return open_listed(_find_serving(folder))


def is_whole(path: Path, checksum: str | None) -> bool:
    """Whether a public file is as its release lists it; a file that is not listed has to exist."""
    try:
        stat = path.stat()
        if not path.is_file():
            return False
        known = (str(path), stat.st_ino, stat.st_size, stat.st_mtime_ns)
        return checksum is None or _hash(*known) == checksum
    except OSError:
        return False


@lru_cache(maxsize=500)
def _hash(path: str, *_stamp: int) -> str:
    with Path(path).open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def compare_versions(before: str, after: str, folder: Path | None = None) -> ReleaseChanges:
    """Everything that differs between two releases, joined from what each release since the first
    of them changed.

    QueryError for a version that there is not, or if `after` is not the later one. Needs no data of
    either, only the ledger."""
    folder = folder or releases_folder()
    known = list_releases(folder)
    order = [release_info.version for release_info in reversed(known)]
    for version in (before, after):
        if version not in order:
            raise QueryError(
                "unknown_release",
                message("no_release", name=version[:40]),
                message("there_are", names=order[::-1]) if order else message("no_releases"),
            )
    steps = order[order.index(before) + 1 : order.index(after) + 1]
    if not steps:
        raise QueryError(
            "impossible_period", message("release_not_later", after=after, before=before)
        )
    return join_changes([read_release_changes(version, folder) for version in steps])


def read_release_changes(version: str, folder: Path | None = None) -> ReleaseChanges:
    """What one release changed; `BrokenSnapshotError` if neither the ledger nor its folder says
    so."""
    folder = folder or releases_folder()
    entry = ledger_of(folder) / version
    return read_changes(entry if entry.is_dir() else folder / version)


def name_release(release_id: str, folder: Path | None = None) -> ReleaseInfo | None:
    """The newest release that has this content, by the id that answers carry; None for a draft."""
    return next(
        (release for release in list_releases(folder) if release.release_id == release_id), None
    )


def draft_of(release: Release) -> ReleaseInfo:
    """A build that is no release, by what it says of itself."""
    return ReleaseInfo(
        version=f"{DRAFT}{release.release_id}",
        release_id=release.release_id,
        content_hash=release.content_hash,
        schema_version=release.schema_version,
        software=release.software_version,
    )


def _find_serving(folder: Path) -> ReleaseInfo:
    """What the link leads to if it can be read, else the newest release that can;
    `BrokenSnapshotError` with every failure if none can."""
    failures = []
    known = list_releases(folder)
    for home in _list_homes(folder):
        record = _try_open(home)
        if not isinstance(record, Record):
            failures.append(record)
            continue
        for release in known:
            if home.name in (release.version, release.release_id):
                return replace(release, folder=release.folder or home)
        return replace(draft_of(record.release), folder=home)
    raise BrokenSnapshotError(
        failures
        or Problem(str(folder), "no release", "one that serves", "Run `python -m etl build`.")
    )


def _list_homes(folder: Path) -> Iterator[Path]:
    """Folders with a database: the one that should serve, then releases from the newest on."""
    current = _home_of_current(folder)
    if current is not None:
        yield current
    for release in list_releases(folder):
        if release.folder is not None and release.folder != current:
            yield release.folder


def _home_of_current(folder: Path) -> Path | None:
    home = (folder / CURRENT).resolve()
    return home if (home / FILE_NAME).exists() else None


def _try_open(home: Path) -> Record | Problem:
    """The record of a folder, or what is wrong with it."""
    try:
        return _OPEN.open(home / FILE_NAME)
    except RecordError as error:
        return error.problems[0]


@lru_cache(maxsize=8)
def _list(folder: Path, _stamped: tuple[int, ...]) -> Listing:
    """The release's own folder, if it is there and says the same as the ledger;
    else a build of the same content."""
    known: dict[str, ReleaseInfo] = {}
    damage: dict[str, tuple[Problem, ...]] = {}
    for entry in list_entries(ledger_of(folder)):
        try:
            known[entry.name] = read_entry(entry)
        except BrokenSnapshotError as error:
            damage[entry.name] = _shorten(error, folder)
    for home in sorted(folder.iterdir()) if folder.is_dir() else ():
        if read_version(home.name) and home.is_dir():
            try:
                known[home.name] = _join(home, known.get(home.name))
            except BrokenSnapshotError as error:
                damage[home.name] = (*damage.get(home.name, ()), *_shorten(error, folder))
    for version, release in known.items():
        build = folder / release.content_hash[:ID_LENGTH]
        if release.folder is None and (build / FILE_NAME).exists():
            known[version] = replace(release, folder=build)
    order = sorted(known, key=lambda version: read_version(version) or (), reverse=True)
    return Listing(tuple(known[version] for version in order), damage)


def _join(home: Path, written: ReleaseInfo | None) -> ReleaseInfo:
    """A release's folder, described by itself and by the ledger; `BrokenSnapshotError` if it has no
    data, cannot be read or says something else."""
    own = read_entry(home)
    if written and (written.content_hash, written.checksums) != (own.content_hash, own.checksums):
        raise BrokenSnapshotError(
            Problem(
                f"releases/{home.name}",
                f"content {own.release_id}",
                f"release {home.name} as the ledger has it, {written.release_id}",
                _REPAIR,
            )
        )
    if not (home / FILE_NAME).is_file():
        raise BrokenSnapshotError(
            Problem(f"releases/{home.name}", f"no {FILE_NAME}", "the data of the release", _REPAIR)
        )
    return replace(own, folder=home)


def _shorten(error: BrokenSnapshotError, folder: Path) -> tuple[Problem, ...]:
    """The problems with paths from the data folder on: readers see them."""
    root = f"{folder.parent}/"

    def shorten(text: str) -> str:
        return text.replace(root, "")

    return tuple(
        replace(problem, where=shorten(problem.where), found=shorten(problem.found))
        for problem in error.problems
    )


def _stamp(folder: Path) -> tuple[int, ...]:
    """Changes whenever a release comes or goes: a folder's own time does when an entry of it is
    renamed into place."""
    return tuple(
        path.stat().st_mtime_ns if path.is_dir() else 0 for path in (folder, ledger_of(folder))
    )
