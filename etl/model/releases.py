"""A release: one published version of the data, and what is written down of it for good.

In: nothing. Out: `ReleaseInfo`, `Version`. Does not read a folder: `etl.releases.ledger` and
`etl.releases.catalogue` do."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

FIRST = "1.0.0"
LATEST = "latest"
DRAFT = "draft-"
# Of the content hash, as many digits name a build.
ID_LENGTH = 12
_VERSION = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})")


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """`major.minor.patch`. Major: a field was removed or renamed. Minor: new rows or fields. Patch:
    corrected values."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    def after(self, kind: str) -> Version:
        """The next version after a change of this kind: `major`, `minor` or `patch`."""
        return {
            "major": Version(self.major + 1, 0, 0),
            "minor": Version(self.major, self.minor + 1, 0),
            "patch": Version(self.major, self.minor, self.patch + 1),
        }[kind]


def read_version(text: str) -> Version | None:
    """The version that a text is, written in the one way there is; None for anything else."""
    match = _VERSION.fullmatch(text)
    return Version(*(int(part) for part in match.groups())) if match else None


@dataclass(frozen=True, slots=True)
class ReleaseInfo:
    """What is known of a release without opening its data.

    `version` of a build that was never released is `draft-` and its id; it has no date. `folder`
    holds its database and, of a release, its public files; None where this machine does not keep
    it. `checksums` are the SHA-256 of its public files by path below the folder, `columns` the
    types of its columns by table; the database is known by `content_hash` instead, because its
    bytes differ from build to build."""

    version: str
    release_id: str
    content_hash: str
    schema_version: str
    software: str
    date: dt.date | None = None
    previous: str | None = None
    reason: str = ""
    folder: Path | None = field(default=None, compare=False)
    rows: Mapping[str, int] = field(default_factory=dict, compare=False)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict, compare=False)
    checksums: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def is_draft(self) -> bool:
        """Whether it is a build without a release: it may be shown, and not cited as a version."""
        return self.version.startswith(DRAFT)
