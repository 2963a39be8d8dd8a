"""What the public record would say with a return in: a whole build beside the published one, kept
for those who may see the return.

In: a return that the user may see, and the public record. Out: both records, open for questions,
and the findings that would be published with it; or the refusal of the build, as publishing would
tell it. What is published is only read."""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import tempfile
import threading
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from etl.model.estimates import Estimate
from etl.model.messages import message
from etl.model.problems import Problem, explain
from etl.model.records import Finding
from etl.pipeline import build as journey
from etl.pipeline.build import WITHDRAWN
from etl.queries.record import Record, open_record
from etl.returns.overlaps import Overlap, find_overlaps, to_precedence
from etl.returns.publication_folder import (
    ReturnPublication,
    is_in,
    move_in,
    name_publication,
    write_folder,
)
from etl.returns.publishing import Site
from etl.returns.scope import InvalidStateError, Scope
from etl.returns.store.declarations import RETURN, CountDeclaration, read_declared
from etl.returns.store.engine import Store
from etl.returns.store.returns import Return, Version, open_return, open_version
from etl.warehouse.build import FILE_NAME
from etl.warehouse.read import current_file

_UNPUBLISHED = ("draft", "submitted", "changes_asked", "approved")
_MAX_CACHED = 4
_PREFIX, _LOCK = "lfr-preview-", ".lock"


@dataclass(frozen=True, slots=True)
class Change:
    """A measure of the force as it is public now and as it would be;
    None where there is no Estimate of it."""

    measure_id: str
    before: Estimate | None
    after: Estimate | None


@dataclass(frozen=True, slots=True)
class Preview:
    """The public record without the return, None before the first release, and with it (`file`).
    `findings` are those about its own rows; `undecided` the publications in whose place it is
    counted here although nobody has declared which counts."""

    force_id: str
    before: Record | None
    after: Record
    file: Path
    findings: tuple[Finding, ...]
    undecided: tuple[Overlap, ...] = ()

    def list_changes(self, measure_ids: Sequence[str]) -> tuple[Change, ...]:
        """The force's measures before and after."""
        return tuple(
            Change(
                measure_id,
                _query(self.before, measure_id, self.force_id),
                _query(self.after, measure_id, self.force_id),
            )
            for measure_id in measure_ids
        )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a preview is of: a file of a return, with what was declared of it,
    beside a published release."""

    return_id: int
    version: int
    published: Path
    declared: tuple[CountDeclaration, ...]


class Previews:
    """The newest builds, each for one file of one return beside one release, in a folder that goes
    with the process.

    Nothing is given out before the store has been asked whether this user may see the return."""

    def __init__(self, limit: int = _MAX_CACHED) -> None:
        self._limit = limit
        self._cached: dict[_Wanted, Preview] = {}
        clear_left()
        self._home = Path(tempfile.mkdtemp(prefix=_PREFIX))  # open to its owner alone
        self._lock = (self._home / _LOCK).open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self._end = weakref.finalize(self, shutil.rmtree, self._home, ignore_errors=True)
        # A build takes a processor for itself: one at a time.
        self._build_lock = threading.Lock()

    def close(self) -> None:
        """Removes everything that was built."""
        self._end()
        self._lock.close()

    def find(self, store: Store, site: Site, scope: Scope, return_id: int) -> Preview | None:
        """The preview of the newest file, if it has been built; refused as `make` is."""
        saved_return, version = _open(store, site, scope, return_id)
        return self._cached.get(_want(store, site, saved_return, version))

    def make(self, store: Store, site: Site, scope: Scope, return_id: int) -> Preview:
        """The same, built where it has not been; `InvalidStateError` for a return without a file,
        or one that is public already."""
        saved_return, version = _open(store, site, scope, return_id)
        with self._build_lock:
            wanted = _want(store, site, saved_return, version)
            if wanted not in self._cached:
                while len(self._cached) >= self._limit:
                    self._forget(next(iter(self._cached)))
                self._cached[wanted] = self._build(store, site, saved_return, version, wanted)
            return self._cached[wanted]

    def _build(
        self, store: Store, site: Site, saved_return: Return, version: Version, wanted: _Wanted
    ) -> Preview:
        publication_id = name_publication(saved_return.force_id, saved_return.return_id)
        overlaps = find_overlaps(store, site.data, version, saved_return.force_id, publication_id)
        with tempfile.TemporaryDirectory(dir=self._home) as home:
            folder = _lay_out(site.data, Path(home))
            write_folder(folder, _describe(store, site, saved_return, version, overlaps))
            move_in(folder, publication_id)
            report = journey.build(folder)
            # A name of its own each time: an open file of another build is never taken for this
            # one.
            path = Path(tempfile.mkdtemp(dir=self._home)) / FILE_NAME
            shutil.move(current_file(folder / "releases"), path)
        before = open_record(wanted.published) if wanted.published.exists() else None
        own = tuple(finding for finding in report.findings if finding.edition_id == publication_id)
        undecided = tuple(overlap for overlap in overlaps if overlap.declared is None)
        return Preview(saved_return.force_id, before, open_record(path), path, own, undecided)

    def _forget(self, wanted: _Wanted) -> None:
        made = self._cached.pop(wanted)
        made.after.close()
        shutil.rmtree(made.file.parent, ignore_errors=True)


def clear_left() -> None:
    """Removes what processes left that were killed: their lock went with them."""
    for home in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError), (home / _LOCK).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(home)


def _open(store: Store, site: Site, scope: Scope, return_id: int) -> tuple[Return, Version]:
    """The return and its newest file, where there may be a preview of it."""
    saved_return = open_return(store, scope, return_id)
    version = open_version(store, scope, return_id)
    if saved_return.state not in _UNPUBLISHED or is_in(
        site.data, name_publication(saved_return.force_id, saved_return.return_id)
    ):
        raise InvalidStateError(
            Problem(
                message("return_number", number=return_id),
                *explain("is_public", state=saved_return.state),
            )
        )
    if version.errors_count:
        raise InvalidStateError(
            Problem(
                message("return_number", number=return_id),
                *explain("file_with_errors", count=version.errors_count),
            )
        )
    if version.period_start is None or version.period_end is None:
        raise InvalidStateError(
            Problem(
                message("return_number", number=return_id),
                *explain("no_period"),
            )
        )
    return saved_return, version


def _want(store: Store, site: Site, saved_return: Return, version: Version) -> _Wanted:
    declared = tuple(read_declared(store, saved_return.return_id).values())
    return _Wanted(
        saved_return.return_id, version.number, current_file(site.data / "releases"), declared
    )


def _lay_out(data: Path, home: Path) -> Path:
    """A data folder that reads the published one by links and writes into itself."""
    for name in ("corrections", "reference"):
        (home / name).symlink_to((data / name).resolve())
    for name in ("publications", "releases", WITHDRAWN):
        (home / name).mkdir()
        source = data / name
        for path in source.iterdir() if source.is_dir() else ():
            link = home / name / path.name
            link.symlink_to(
                path.readlink()
                if path.is_symlink() and not path.readlink().is_absolute()
                else path.resolve()
            )
    return home


def _describe(
    store: Store, site: Site, saved_return: Return, version: Version, overlaps: Sequence[Overlap]
) -> ReturnPublication:
    """As publishing would describe it; where nobody has declared which counts,
    as if the return did."""
    publication_id = name_publication(saved_return.force_id, saved_return.return_id)
    if version.period_start is None or version.period_end is None:
        raise TypeError("a version without a period")  # refused when the return was opened
    today, days = store.now().date(), (version.period_start, version.period_end)
    assumed = [
        replace(
            overlap,
            declared=overlap.declared
            or CountDeclaration(overlap.publication_id, RETURN, "Not declared yet.", today),
        )
        for overlap in overlaps
    ]
    return ReturnPublication(
        publication_id=publication_id,
        force_id=saved_return.force_id,
        force_name=site.force_names.get(saved_return.force_id, saved_return.force_id),
        title=saved_return.title,
        cells=version.cells,
        file_sha256=version.file_sha256,
        period_start=str(version.period_start),
        period_end=str(version.period_end),
        approved_on=str(today),
        anchor="preview",
        precedence=to_precedence(publication_id, saved_return.force_id, days, assumed),
    )


def _query(record: Record | None, measure_id: str, force_id: str) -> Estimate | None:
    if record is None:
        return None
    estimates = record.estimate(
        measure_id, by=("force_id",), where={"force_id": [force_id]}
    ).estimates
    return estimates[0] if estimates else None
