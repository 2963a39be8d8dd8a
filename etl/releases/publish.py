"""Makes a release of the checked build: one folder with its data and public files, and an entry in
the ledger.

In: the `data/` folder. Out: `data/releases/<version>/`, `data/ledger/<version>/`. Everything is
written beside, verified and moved into place; whoever kills it leaves what was there, and the next
run goes on from that. A version that is in the ledger is made again from the ledger's words and has
to come out byte for byte the same; it is never written over."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import etl.releases.diff as compare
from etl.model.fields import fields_of
from etl.model.problems import NotReleasedError, Problem, RecordError
from etl.model.records import Finding
from etl.model.reference import Release
from etl.model.release_changes import ReleaseChanges, to_json
from etl.model.releases import FIRST, ReleaseInfo, Version, read_version
from etl.outputs.writers import WRITERS
from etl.pipeline.build import build
from etl.queries.record import Record, open_record
from etl.releases.catalogue import list_releases
from etl.releases.ledger import (
    CHANGES,
    RELEASE,
    STORED_FILES,
    SUMS,
    hash_files,
    read_entry,
    read_ledger,
    read_sums,
    write_json,
    write_sums,
)
from etl.warehouse.build import (
    BUILDING,
    FILE_NAME,
    Progress,
    only_build,
    remove_leftovers,
    serve_release,
    verify_file,
)
from etl.warehouse.checksum import checksum_file, verify_checksum, write_checksum

CHECKS = "checks.json"
# The bytes of a database are not the same in every build of one content.
NOT_LISTED = (FILE_NAME, checksum_file(Path(FILE_NAME)).name)
_FIRST_REASON = "First release."


@dataclass(frozen=True, slots=True)
class ReleaseOutcome:
    """What came of it: `made` for a new version, `made again` for one of the ledger,
    `there` if nothing was to be done."""

    release: ReleaseInfo
    outcome: str
    changes: ReleaseChanges | None = None


def make_release(
    data: Path,
    *,
    today: dt.date,
    reason: str = "",
    rebuild: bool = False,
    previous: Path | None = None,
    progress: Progress = lambda step: None,
) -> ReleaseOutcome:
    """Builds, checks and releases what is in the repository.

    Content that is in the ledger is that version again. Anything else is the next version by rule,
    and needs a `reason`; `rebuild` makes a further version of content that the ledger has, because
    its files are to be other ones. `previous` is the folder of the version before, if it is not
    kept here. Raises a `RecordError` with nothing half written: what served before serves, and
    the build is gone."""
    releases = data / "releases"
    with only_build(releases):
        present = set(_list_folders(releases))
        try:
            built = build(data, serve=False, progress=progress).release
            if built is None:  # a build that did not raise has a release
                raise TypeError("a build without a release")
            known = find_known(data, built.content_hash)
            if known is not None and not rebuild:
                made = keep_known(data, built, known, progress=progress)
            else:
                made = _make_new(
                    data,
                    built,
                    today=today,
                    reason=reason.strip(),
                    previous=previous,
                    progress=progress,
                )
            serve_release(releases, built.release_id)
        except (RecordError, OSError) as error:
            for folder in set(_list_folders(releases)) - present:
                if not read_version(folder.name):
                    shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, OSError):
                raise _refuse_disk(error, releases) from error
            raise
    return made


def _list_folders(releases: Path) -> Iterator[Path]:
    return (path for path in releases.iterdir() if path.is_dir() and not path.is_symlink())


def _refuse_disk(error: OSError, releases: Path) -> NotReleasedError:
    return NotReleasedError(
        Problem(
            str(error.filename or releases),
            str(error.strerror or error),
            "a disk that can be written",
            "Make room, or let the folder be written, and start again.",
        )
    )


def find_known(data: Path, content_hash: str) -> ReleaseInfo | None:
    """The newest release of the ledger with this content, among the entries that can be read."""
    releases = list_releases(data / "releases")
    return next((release for release in releases if release.content_hash == content_hash), None)


def keep_known(
    data: Path, built: Release, known: ReleaseInfo, *, progress: Progress = lambda step: None
) -> ReleaseOutcome:
    """The folder of a release of the ledger, made of a build with its content;
    `NotReleasedError` if it is not the same."""
    home = data / "releases" / known.version
    with only_build(data / "releases"):
        remove_leftovers(data / "releases")
        if home.exists():
            _refuse_other(home, known)
            return ReleaseOutcome(replace(known, folder=home), "there")
        begin = _begin(data, built, progress)
        try:
            entry = data / "ledger" / known.version
            for name in (RELEASE, CHANGES):
                shutil.copyfile(entry / name, begin / name)
            _finish(data, begin, known, progress)
            _refuse_differences(
                known, read_sums(begin / SUMS, (begin / SUMS).read_text(encoding="utf-8"))
            )
            _move(begin, home)
        finally:
            shutil.rmtree(begin, ignore_errors=True)
    return ReleaseOutcome(replace(known, folder=home), "made again")


def _make_new(
    data: Path,
    built: Release,
    *,
    today: dt.date,
    reason: str,
    previous: Path | None,
    progress: Progress,
) -> ReleaseOutcome:
    releases, ledger = data / "releases", data / "ledger"
    before = next(iter(read_ledger(ledger)), None)
    if before is not None and before.date is not None and today < before.date:
        raise NotReleasedError(
            Problem(
                "the date of the release",
                str(today),
                f"{before.date} or later, as release {before.version} is of that day",
                "Set the clock of this machine.",
            )
        )
    progress("compare with the release before")
    changes = _compare(releases, built, before, reason, previous)
    version = _next_version(before, changes)
    changes = replace(changes, after=version, reasons={version: reason or _FIRST_REASON})
    if before is not None and not reason:
        _refuse_silence(version, changes)
    database = releases / built.release_id / FILE_NAME
    release = ReleaseInfo(
        version=version,
        release_id=built.release_id,
        content_hash=built.content_hash,
        schema_version=built.schema_version,
        software=built.software_version,
        date=today,
        previous=before.version if before else None,
        reason=reason or _FIRST_REASON,
        rows=compare.count_rows(database),
        columns=compare.list_fields(database),
    )
    home = releases / version
    with only_build(releases):
        remove_leftovers(releases)
        if home.exists():
            raise NotReleasedError(
                Problem(
                    str(home),
                    "a release that the ledger does not have",
                    "the ledger's entry of it",
                    "Restore the ledger, or move the folder away.",
                )
            )
        begin = _begin(data, built, progress)
        try:
            write_json(begin / RELEASE, _describe(release, built))
            write_json(begin / CHANGES, to_json(changes))
            _finish(data, begin, release, progress)
            # The ledger first: whoever is killed between the two has an entry from which the folder
            # is made again.
            _enter(ledger, begin, version)
            try:
                _move(begin, home)
            except OSError:
                shutil.rmtree(ledger / version)
                raise
        finally:
            shutil.rmtree(begin, ignore_errors=True)
    return ReleaseOutcome(replace(read_entry(home), folder=home), "made", changes)


def _begin(data: Path, built: Release, progress: Progress) -> Path:
    """A temporary folder with the database in it."""
    path = Path(tempfile.mkdtemp(prefix=BUILDING, dir=data / "releases"))
    progress("copy the data")
    shutil.copyfile(data / "releases" / built.release_id / FILE_NAME, path / FILE_NAME)
    verify_file(path / FILE_NAME, built.content_hash)
    write_checksum(path / FILE_NAME)
    return path


def _finish(data: Path, neighbouring_path: Path, release: ReleaseInfo, progress: Progress) -> None:
    """All public files and their checksums, safely on the disk."""
    record = open_record(data / "releases" / release.release_id / FILE_NAME)
    try:
        write_json(neighbouring_path / CHECKS, _report(record))
        for writer in WRITERS:
            progress(writer.__name__.replace("_", " "))
            writer(record, replace(release, folder=None, checksums={}), neighbouring_path)
    finally:
        record.close()
    write_sums(neighbouring_path, leave_out=NOT_LISTED)
    for path in neighbouring_path.rglob("*"):
        if path.is_file():
            with path.open("rb") as written:
                os.fsync(written.fileno())


def _report(record: Record) -> dict[str, object]:
    """Every finding, and how many there are by check, severity and status.
    An error would have stopped the build."""
    names = [field.name for field in fields_of(Finding)]
    findings = [
        dict(zip(names, row, strict=True))
        for batch in record.file.whole_table("findings")
        for row in batch
    ]
    kinds = Counter(
        (str(finding["check_id"]), str(finding["severity_code"]), str(finding["status_code"]))
        for finding in findings
    )
    counts = [
        {"check_id": check, "severity_code": severity, "status_code": status, "count": number}
        for (check, severity, status), number in sorted(kinds.items())
    ]
    return {"counts": counts, "findings": findings}


def _describe(release: ReleaseInfo, built: Release) -> dict[str, object]:
    asdict_text = asdict(release)
    for name in ("folder", "checksums"):
        del asdict_text[name]
    return {**asdict_text, "date": str(release.date), "sources_hash": built.sources_hash}


def _compare(
    releases: Path, built: Release, before: ReleaseInfo | None, reason: str, previous: Path | None
) -> ReleaseChanges:
    if before is None:
        return ReleaseChanges(None, FIRST)
    stored_folder = next(
        (
            release.folder
            for release in list_releases(releases)
            if release.version == before.version
        ),
        None,
    )
    folder = previous or stored_folder
    if folder is None or not (folder / FILE_NAME).exists():
        raise NotReleasedError(
            Problem(
                str(releases / before.version),
                "no data of the release before"
                if folder is None
                else f"no {FILE_NAME} in {folder}",
                f"the data of release {before.version}, to say what changed since",
                "Build it in a clone at the commit of its ledger entry, and name the folder with "
                "--previous.",
            )
        )
    verify_content(folder / FILE_NAME, before)
    database = releases / built.release_id / FILE_NAME
    return compare.compare_releases(
        folder / FILE_NAME, database, versions=(before.version, ""), reason=reason
    )


def verify_content(path: Path, release: ReleaseInfo) -> None:
    """Whether a file says that it is this release; `NotReleasedError` if it says something else."""
    content_hash = compare.read_content_hash(path)
    if content_hash != release.content_hash:
        raise NotReleasedError(
            Problem(
                str(path),
                f"content {content_hash[:12]}",
                f"release {release.version}, content {release.release_id}",
                "Name the folder of that release.",
            )
        )


def _next_version(before: ReleaseInfo | None, changes: ReleaseChanges) -> str:
    if before is None:
        return FIRST
    return str((read_version(before.version) or Version(1, 0, 0)).after(changes.kind()))


def _refuse_silence(version: str, changes: ReleaseChanges) -> None:
    counts = changes.count_rows()
    text = "; ".join(
        f"{table}: " + ", ".join(f"{number} {kind}" for kind, number in own.items() if number)
        for table, own in counts.items()
    )
    raise NotReleasedError(
        Problem(
            f"release {version}",
            f"no reason for what changed ({text or 'other fields or files'})",
            "a sentence for readers",
            "Say it with --reason.",
        )
    )


def _refuse_other(home: Path, known: ReleaseInfo) -> None:
    """A folder that is there has to hold exactly what the ledger says."""
    _refuse_differences(known, hash_files(home, leave_out=NOT_LISTED), str(home))
    verify_checksum(home / FILE_NAME)
    verify_file(home / FILE_NAME, known.content_hash)


def _refuse_differences(known: ReleaseInfo, row: dict[str, str], where: str = "") -> None:
    remedy = (
        "Move the folder away and run this again."
        if where
        else (
            f"Use the software and libraries it was made with (software {known.software}), or make "
            "a further version with --rebuild."
        )
    )
    names = sorted({*known.checksums, *row})
    problems = [
        Problem(
            f"{where or f'release {known.version}'}, {name}",
            f"SHA-256 {row.get(name, 'of no file')[:12]}",
            f"{known.checksums.get(name, 'no file')[:12]}, as in the ledger: a release never "
            "changes",
            remedy,
        )
        for name in names
        if known.checksums.get(name) != row.get(name)
    ]
    if problems:
        raise NotReleasedError(problems)


def _enter(ledger: Path, path: Path, version: str) -> None:
    """The ledger's entry, all of it or nothing."""
    ledger.mkdir(exist_ok=True)
    for leftover in ledger.glob(f"{BUILDING}*"):
        shutil.rmtree(leftover)
    entry = Path(tempfile.mkdtemp(prefix=BUILDING, dir=ledger))
    try:
        for name in STORED_FILES:
            shutil.copyfile(path / name, entry / name)
        _move(entry, ledger / version)
    finally:
        shutil.rmtree(entry, ignore_errors=True)


def _move(path: Path, home: Path) -> None:
    path.chmod(0o755)
    os.replace(path, home)
    directory = os.open(home.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
