"""What the public record would say with a return in: a whole build beside the published one, in a folder that is then removed.

In: a return that the user may see, and the public record. Out: Estimates of its force before and after, and the findings that
would be published with it; or the refusal of the build, as publishing would tell it. What is published is only read.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from etl import build as journey
from etl.answers import Answers, open_answers
from etl.model.estimates import Estimate
from etl.model.problems import Problem
from etl.model.records import Finding
from etl.returns.publication_folder import Publishable, is_in, move_in, write_folder
from etl.returns.publishing import Site
from etl.returns.scope import Scope, WrongState
from etl.returns.store.engine import Store
from etl.returns.store.returns import Return, Version, open_return, open_version
from etl.warehouse.read import current_file

_UNPUBLISHED = ("draft", "submitted", "changes_asked", "approved")
# A build takes a processor for itself: one at a time.
_ONE = threading.Lock()


@dataclass(frozen=True, slots=True)
class Change:
    """A measure of the force as it is public now and as it would be; None where there is no Estimate of it."""

    measure_id: str
    before: Estimate | None
    after: Estimate | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What would change. `findings` are those about the return's own rows."""

    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]


def make_preview(
    store: Store, site: Site, scope: Scope, return_id: int, measure_ids: Sequence[str]
) -> Preview:  # fmt: skip
    """The force's measures before and after; `WrongState` for a return without a file, or one that is public already."""
    found = open_return(store, scope, return_id)
    version = open_version(store, scope, return_id)
    publication_id = f"{found.force_id}_return_{found.return_id}"
    if found.state not in _UNPUBLISHED or is_in(site.data, publication_id):
        raise WrongState(Problem(f"return {return_id}", found.state, "one that is not public yet", "Look at the public pages."))  # fmt: skip
    if version.errors_count:
        raise WrongState(Problem(f"return {return_id}", f"{version.errors_count} errors in its file", "a file without errors", "Mend what the check tells and save it again."))  # fmt: skip
    if version.period_start is None or version.period_end is None:
        raise WrongState(Problem(f"return {return_id}", "no period", "the days that it covers", "Save it again with its period."))  # fmt: skip
    with _ONE, tempfile.TemporaryDirectory(prefix="lfr-preview-") as home:
        folder = _lay_out(site.data, Path(home))
        write_folder(folder, _describe(store, site, found, version, publication_id))
        move_in(folder, publication_id)
        report = journey.build(folder)
        after = open_answers(current_file(folder / "releases"))
        published = current_file(site.data / "releases")
        before = open_answers(published) if published.exists() else None
        changes = tuple(
            Change(one, _ask(before, one, found.force_id), _ask(after, one, found.force_id))
            for one in measure_ids
        )
    own = tuple(finding for finding in report.findings if finding.edition_id == publication_id)
    return Preview(changes, own)


def _lay_out(data: Path, home: Path) -> Path:
    """A data folder that reads what is published, by links, and writes beside it."""
    for name in ("corrections", "reference"):
        (home / name).symlink_to((data / name).resolve())
    for name in ("publications", "releases"):
        (home / name).mkdir()
        source = data / name
        for one in source.iterdir() if source.is_dir() else ():
            link = home / name / one.name
            link.symlink_to(one.readlink() if one.is_symlink() and not one.readlink().is_absolute() else one.resolve())  # fmt: skip
    return home


def _describe(store: Store, site: Site, found: Return, version: Version, publication_id: str) -> Publishable:
    return Publishable(
        publication_id=publication_id,
        force_id=found.force_id,
        force_name=site.force_names.get(found.force_id, found.force_id),
        title=found.title,
        cells=version.cells,
        file_sha256=version.file_sha256,
        period_start=str(version.period_start),
        period_end=str(version.period_end),
        approved_on=str(store.now().date()),
        anchor="preview",
    )


def _ask(answers: Answers | None, measure_id: str, force_id: str) -> Estimate | None:
    if answers is None:
        return None
    found = answers.estimate(measure_id, by=("force_id",), where={"force_id": [force_id]}).estimates
    return found[0] if found else None
