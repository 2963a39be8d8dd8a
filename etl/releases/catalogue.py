"""Which releases there are, and each of them opened for questions: for pages, addresses and files
that pin a version.

In: the folder of releases and the ledger beside it; a version. Out: `ReleaseInfo`s, `Record` of one
release. A version that there is not is `QueryError` with those that there are. Does not make a
release: `python -m etl release` does."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from etl.model.messages import message
from etl.model.problems import BrokenSnapshotError, Problem
from etl.model.refusals import QueryError
from etl.model.release_changes import ReleaseChanges, join_changes
from etl.model.releases import DRAFT, ID_LENGTH, LATEST, ReleaseInfo, read_version
from etl.queries.record import RELEASES, Record, open_record, serving_file
from etl.releases.ledger import ledger_of, read_changes, read_entry, read_ledger
from etl.warehouse.build import CURRENT, FILE_NAME

_MAX_OPEN = 8


def releases_folder() -> Path:
    """The folder that the site reads; the environment variable LFR_RELEASES names another one."""
    return Path(os.environ.get("LFR_RELEASES") or RELEASES)


def list_releases(folder: Path | None = None) -> tuple[ReleaseInfo, ...]:
    """Every release of the ledger and of the folder, newest first, drafts not.
    One whose data is not kept here has no `folder`."""
    folder = folder or releases_folder()
    return _list(folder, _stamp(folder))


def find_release(version: str | None = None, folder: Path | None = None) -> ReleaseInfo:
    """The release of this version; of None or `latest` what serves now, which may be a draft.
    NoAnswer if there is none."""
    folder = folder or releases_folder()
    serving = _find_serving(folder)
    known = list_releases(folder)
    if version in (None, LATEST):
        if serving is None:
            raise BrokenSnapshotError(
                Problem(str(folder), "no release", "one that serves", "Run `python -m etl build`.")
            )
        return serving
    for release_info in (*known, *([serving] if serving else [])):
        if release_info.version == version:
            return release_info
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
    record = _open(release.folder / FILE_NAME)
    if record.release["content_hash"] != release.content_hash:
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
    """Questions to what serves now, a release or a draft, kept open;
    RecordError or OSError where nothing can be read."""
    path = serving_file()
    if not path.exists():
        raise FileNotFoundError(path)
    return _open(path)


def compare_versions(before: str, after: str, folder: Path | None = None) -> ReleaseChanges:
    """Everything that differs between two releases, joined from what each release since the first
    of them changed.

    NoAnswer for a version that there is not, or if `after` is not the later one. Needs no data of
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


def draft_of(release: Mapping[str, Any]) -> ReleaseInfo:
    """A build that is no release, by what it says of itself."""
    return ReleaseInfo(
        version=f"{DRAFT}{release['release_id']}",
        release_id=str(release["release_id"]),
        content_hash=str(release["content_hash"]),
        schema_version=str(release["schema_version"]),
        software=str(release["software_version"]),
    )


@lru_cache(maxsize=_MAX_OPEN)
def _open(path: Path) -> Record:
    return open_record(path)


def _find_serving(folder: Path) -> ReleaseInfo | None:
    home = (folder / CURRENT).resolve()
    if not (home / FILE_NAME).exists():
        return None
    for release in list_releases(folder):
        if home.name in (release.version, release.release_id):
            return replace(release, folder=release.folder or home)
    return replace(draft_of(_open(home / FILE_NAME).release), folder=home)


@lru_cache(maxsize=8)
def _list(folder: Path, _stamped: tuple[int, ...]) -> tuple[ReleaseInfo, ...]:
    """The release's own folder, if it is there and says the same as the ledger;
    else a build of the same content."""
    known = {ledger.version: ledger for ledger in read_ledger(ledger_of(folder))}
    homes = folder.iterdir() if folder.is_dir() else ()
    for home in homes:
        if read_version(home.name) and (home / FILE_NAME).exists():
            own = read_entry(home)
            written = known.get(home.name)
            if written and (written.content_hash, written.checksums) != (
                own.content_hash,
                own.checksums,
            ):
                raise BrokenSnapshotError(
                    Problem(
                        str(home),
                        f"content {own.release_id}",
                        f"release {home.name} as the ledger has it, {written.release_id}",
                        "Remove the folder and run `python -m etl release` again.",
                    )
                )
            known[home.name] = replace(own, folder=home)
    for version, each_known in known.items():
        build = folder / each_known.content_hash[:ID_LENGTH]
        if each_known.folder is None and (build / FILE_NAME).exists():
            known[version] = replace(each_known, folder=build)
    order = sorted(known, key=lambda version: read_version(version) or (), reverse=True)
    return tuple(known[version] for version in order)


def _stamp(folder: Path) -> tuple[int, ...]:
    """Changes whenever a release comes or goes: a folder's own time does when an entry of it is
    renamed into place."""
    return tuple(
        path.stat().st_mtime_ns if path.is_dir() else 0 for path in (folder, ledger_of(folder))
    )
