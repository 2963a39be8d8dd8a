"""The ledger: of every release ever made, its version, date, content, reason, changes and
checksums, committed with the code.

In: `data/ledger/<version>/` with `release.json`, `changes.json` and `SHA256SUMS`, or a release's
own folder, which has the same three. Out: `ReleaseInfo`s. Does not hold data: a release is rebuilt
from the repository and known again by its content hash."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path

from etl.model.problems import BrokenSnapshotError, Problem
from etl.model.release_changes import ReleaseChanges, from_json
from etl.model.releases import ID_LENGTH, ReleaseInfo, read_version

RELEASE, CHANGES, SUMS = "release.json", "changes.json", "SHA256SUMS"
STORED_FILES = (RELEASE, CHANGES, SUMS)
_TEXTS = ("version", "content_hash", "schema_version", "software", "date", "reason")
_LINE = re.compile(r"([0-9a-f]{64})  ([^\s/.][^\s]*)")
_RESTORE = "Restore the file as it was when the release was made."


def ledger_of(releases: Path) -> Path:
    """The ledger of a folder of releases, next to it."""
    return releases.parent / "ledger"


def read_ledger(ledger: Path) -> tuple[ReleaseInfo, ...]:
    """Every release of a ledger, newest first; none where there is no such folder.
    `BrokenSnapshotError` for an entry that is not whole."""
    entries = [read_entry(entry) for entry in list_entries(ledger)]
    return tuple(sorted(entries, key=lambda entry: _order(entry), reverse=True))


def list_entries(ledger: Path) -> tuple[Path, ...]:
    """The folder of every entry, read or not; none where there is no ledger."""
    homes = sorted(ledger.iterdir()) if ledger.is_dir() else ()
    return tuple(home for home in homes if read_version(home.name))


def read_entry(home: Path) -> ReleaseInfo:
    """The release that a folder describes; `folder` of it is None."""
    path = home / RELEASE
    try:
        payload = json.loads(path.read_text(encoding="utf-8"))
        sums = (home / SUMS).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise BrokenSnapshotError(
            Problem(str(path), str(error), "a release described in JSON", _RESTORE)
        ) from None
    _refuse_misfit(path, payload, home.name)
    return ReleaseInfo(
        version=payload["version"],
        release_id=payload["content_hash"][:ID_LENGTH],
        content_hash=payload["content_hash"],
        schema_version=payload["schema_version"],
        software=payload["software"],
        date=dt.date.fromisoformat(payload["date"]),
        previous=payload.get("previous"),
        reason=payload["reason"],
        rows=payload.get("rows", {}),
        columns=payload.get("columns", {}),
        checksums=read_sums(home / SUMS, sums),
    )


def read_changes(home: Path) -> ReleaseChanges:
    """What the release that a folder describes changed;
    `BrokenSnapshotError` if that cannot be read."""
    path = home / CHANGES
    try:
        return from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BrokenSnapshotError(
            Problem(str(path), repr(error), "changes as a release states them", _RESTORE)
        ) from None


def write_json(path: Path, text: object) -> None:
    """The same text for the same content, in the order given."""
    path.write_text(json.dumps(text, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_sums(folder: Path, leave_out: Iterable[str] = ()) -> None:
    """`SHA256SUMS` over every file below a folder, in order of path,
    as `sha256sum --check` reads it."""
    lines = [f"{digest}  {name}\n" for name, digest in hash_files(folder, leave_out).items()]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def hash_files(folder: Path, leave_out: Iterable[str] = ()) -> dict[str, str]:
    """SHA-256 of every file below a folder by its path,
    but for `SHA256SUMS` itself and what is left out."""
    hexdigests = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in (SUMS, *leave_out):
            with path.open("rb") as opened:
                hexdigests[name] = hashlib.file_digest(opened, "sha256").hexdigest()
    return hexdigests


def read_sums(path: Path, text: str) -> dict[str, str]:
    """SHA-256 by path, of a file as `sha256sum` writes it;
    `BrokenSnapshotError` for any other line."""
    sums = {}
    for line in text.splitlines():
        parts = _LINE.fullmatch(line)
        if parts is None or ".." in parts[2].split("/"):
            raise BrokenSnapshotError(
                Problem(str(path), repr(line[:80]), "a SHA-256, two spaces and a path", _RESTORE)
            )
        sums[parts[2]] = parts[1]
    if not sums:
        raise BrokenSnapshotError(Problem(str(path), "no line", "a line for each file", _RESTORE))
    return sums


def _refuse_misfit(path: Path, payload: object, name: str) -> None:
    problems = []
    if not isinstance(payload, dict):
        raise BrokenSnapshotError(Problem(str(path), type(payload).__name__, "an object", _RESTORE))
    for key in _TEXTS:
        if not isinstance(payload.get(key), str):
            problems.append(Problem(str(path), f"{key} = {payload.get(key)!r}", "a text", _RESTORE))
    if payload.get("version") != name:
        problems.append(
            Problem(
                str(path),
                f"version {payload.get('version')!r}",
                f"{name}, as the folder is called",
                _RESTORE,
            )
        )
    if not re.fullmatch("[0-9a-f]{64}", str(payload.get("content_hash"))):
        problems.append(
            Problem(
                str(path), f"content_hash {payload.get('content_hash')!r}", "a SHA-256", _RESTORE
            )
        )
    try:
        dt.date.fromisoformat(str(payload.get("date")))
    except ValueError:
        problems.append(
            Problem(
                str(path), f"date {payload.get('date')!r}", "a day such as 2026-01-31", _RESTORE
            )
        )
    if problems:
        raise BrokenSnapshotError(problems)


def _order(release_info: ReleaseInfo) -> tuple[int, int, int]:
    version = read_version(release_info.version)
    return (version.major, version.minor, version.patch) if version else (0, 0, 0)
