"""The folder of a published return under `data/publications/`: written beside, moved in by one
rename, moved out the same way.

In: a saved version and what is known of it. Out: `data/publications/<force>_return_<number>/` with
`publication.toml` and the cells, like any other publication, and which counts where another covers
its days; what is withdrawn goes to `data/withdrawn/`. Nothing is deleted and nothing is written in
place. Does not know the store or the workflow."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import shutil
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from etl.model.problems import Problem, RecordError, explain
from etl.model.reference import Precedence
from etl.pipeline.build import WITHDRAWN

STAGING = ".publishing"
CELLS = "return.cells.csv"
PRECEDENCE = "precedence.toml"


class PublishingError(RecordError):
    """A return could not be published or withdrawn; what was public before is public still."""

    exit_code = 19
    headline = "the return was not published"


@dataclass(frozen=True, slots=True)
class ReturnPublication:
    """What a publication of a return says of itself."""

    publication_id: str
    force_id: str
    force_name: str
    title: str
    cells: str
    file_sha256: str
    period_start: str
    period_end: str
    approved_on: str
    anchor: str
    precedence: tuple[Precedence, ...] = ()


def name_publication(force_id: str, return_id: int) -> str:
    """The publication that a return is, once it is published."""
    return f"{force_id}_return_{return_id}"


def write_folder(data: Path, what: ReturnPublication) -> Path:
    """Writes the folder next to the publications, whole and on the disk; what an interrupted write
    left is replaced."""
    neighbouring_data = data / STAGING / what.publication_id
    try:
        shutil.rmtree(neighbouring_data, ignore_errors=True)
        neighbouring_data.mkdir(parents=True)
        _write(neighbouring_data / CELLS, what.cells)
        _write(neighbouring_data / "publication.toml", _describe(what))
        if what.precedence:
            _write(neighbouring_data / PRECEDENCE, _describe_precedence(what.precedence))
        _sync(neighbouring_data)
    except OSError as error:
        shutil.rmtree(neighbouring_data, ignore_errors=True)
        raise _failed(error) from error
    return neighbouring_data


def move_in(data: Path, publication_id: str) -> None:
    """Makes the written folder a publication, by one rename."""
    _move(data / STAGING / publication_id, data / "publications" / publication_id)


def move_out(data: Path, publication_id: str) -> None:
    """Takes a publication out, by one rename; its bytes stay under `withdrawn`."""
    _move(data / "publications" / publication_id, data / WITHDRAWN / publication_id)


def move_back(data: Path, publication_id: str) -> None:
    """Undoes `move_out`."""
    _move(data / WITHDRAWN / publication_id, data / "publications" / publication_id)


def undo_move_in(data: Path, publication_id: str) -> None:
    """Undoes `move_in`."""
    _move(data / "publications" / publication_id, data / STAGING / publication_id)


def is_in(data: Path, publication_id: str) -> bool:
    """Whether builds read the publication."""
    return (data / "publications" / publication_id).is_dir()


def read_anchors(data: Path) -> Iterator[str]:
    """The hashes of the log that publications of returns state, withdrawn ones too."""
    for folder in ("publications", WITHDRAWN):
        for path in sorted((data / folder).glob("*_return_*/publication.toml")):
            for edition in tomllib.loads(path.read_text(encoding="utf-8")).get("edition", []):
                yield str(edition.get("note", "")).rpartition(" ")[2].rstrip(".")


def _describe(what: ReturnPublication) -> str:
    lines = {
        "title": f"{what.force_name}: {what.title}",
        "publisher": what.force_name,
        "licence": "Open Government Licence v3.0; attributed to the force",
        "form": "A return in the standard template",
        "reliability": "primary",
        "force_id": what.force_id,
        "row_is": (
            "One deployment, as the force counts it; the other tables hold counts of the period."
        ),
        "verdict": (
            "Given and checked by the force itself and approved by a second person of it; nobody "
            "outside has compared it with the force's log."
        ),
    }
    edition = {
        "edition_id": what.publication_id,
        "title": what.title,
        "cells": CELLS,
        "file_sha256": what.file_sha256,
        "cells_sha256": hashlib.sha256(what.cells.encode("utf-8")).hexdigest(),
        "note": f"Approved by a second person of the force. Entry of its log: {what.anchor}.",
    }
    plain = {
        "rows_count": _count_rows(what.cells),
        "retrieved_on": what.approved_on,
        "period_start": what.period_start,
        "period_end": what.period_end,
    }
    text = [f"{key} = {_quote(value)}" for key, value in lines.items()]
    text += ["", "[[edition]]", *(f"{key} = {_quote(value)}" for key, value in edition.items())]
    text += [f"{key} = {value}" for key, value in plain.items()]
    return "\n".join(text) + "\n"


def _count_rows(cells: str) -> int:
    """Rows of all tables, without their headings."""
    return sum(row[:2] != ["page", "row"] for row in csv.reader(io.StringIO(cells)))


def _describe_precedence(entries: Iterable[Precedence]) -> str:
    text = [
        "# Which counts where this return and another publication cover the same days; goes with "
        "the return."
    ]
    for entry in entries:
        text += ["", "[[precedence]]"]
        for key, value in asdict(entry).items():
            text.append(f"{key} = {_quote(value) if isinstance(value, str) else value}")
    return "\n".join(text) + "\n"


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(sign if sign.isprintable() else " " for sign in escaped)}"'


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _move(source: Path, target: Path) -> None:
    try:
        if target.is_dir() and not source.is_dir():
            return  # done before an interruption
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
        _sync(target.parent)
        _sync(source.parent)
    except OSError as error:
        raise _failed(error) from error


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _failed(error: OSError) -> PublishingError:
    return PublishingError(
        Problem(
            str(error.filename or "data/publications"),
            *explain("full_folder", why=str(error.strerror)),
        )
    )
