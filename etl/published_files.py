"""Reads one published file, known or new: whose is it, what is printed, and what records follow.

In: a PDF, HTML or CSV file. Out: its tables as printed, or its canonical records.
Does not correct, check or keep anything.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from etl.model.cells import RawTable
from etl.model.editions import KeptEdition
from etl.model.problems import Problem, UnknownShape, UnreadableFile
from etl.model.record_sets import Records
from etl.sources.publications import hash_file, open_declaration
from etl.sources.register import ADAPTERS, adapter_of


def read_published(path: Path, publication_id: str | None = None) -> tuple[str, tuple[RawTable, ...]]:
    """The publication that a file belongs to, and its tables as printed.

    Without `publication_id` the file is recognised by its own headings; an unknown shape names what was seen.
    """
    if not path.is_file():
        raise UnreadableFile(Problem(str(path), "no such file", "a published file", "Check the path."))
    if publication_id is not None:
        return publication_id, adapter_of(publication_id).read(path)
    candidates = [adapter for adapter in ADAPTERS.values() if path.suffix.lower() == adapter.SUFFIX]
    if not candidates:
        known = ", ".join(sorted({adapter.SUFFIX for adapter in ADAPTERS.values()}))
        raise UnknownShape(Problem(path.name, f"the ending {path.suffix or '(none)'}", f"one of {known}", "Name the publication with --publication."))  # fmt: skip
    refusals: dict[str, UnknownShape] = {}
    for adapter in candidates:
        try:
            return adapter.PUBLICATION, adapter.read(path)
        except UnknownShape as error:
            refusals[adapter.PUBLICATION] = error
    # The publication whose headings come nearest has the fewest complaints: those are the ones worth reading.
    raise min(refusals.values(), key=lambda error: len(error.problems))


def read_records(path: Path, publications: Path, publication_id: str | None = None) -> Records:
    """The canonical records of a published file, as printed; what is declared of its publication is used, if it is."""
    publication_id, tables = read_published(path, publication_id)
    declared = open_declaration(publications / publication_id)
    file_hash = hash_file(path)
    known: dict[str, Any] = next(
        (entry for entry in declared["edition"] if entry["file_sha256"] == file_hash), {}
    )
    edition = KeptEdition(
        publication_id=publication_id,
        edition_id=known.get("edition_id", f"{publication_id}_new"),
        title=known.get("title", path.name),
        url=None,
        retrieved_on=_day(known.get("retrieved_on")),
        file_sha256=file_hash,
        cells_sha256=file_hash,
        period_start=_day(known.get("period_start")),
        period_end=_day(known.get("period_end")),
        force_id=declared.get("force_id"),
        reliability=declared["reliability"],
        gap_marks=declared.get("gap_marks", {}),
        tables=tables,
    )
    return adapter_of(publication_id).to_records(edition)


def addresses_of(publications: Path, publication_id: str) -> list[str]:
    """The addresses of a publication's files; `UnknownShape` if none is of a kind that its adapter reads."""
    declared = open_declaration(publications / publication_id)
    suffix = adapter_of(publication_id).SUFFIX
    addresses = {entry.get("url", declared.get("url", "")) for entry in declared["edition"]}
    found = sorted(address for address in addresses if address and _suffix_of(address) == suffix)
    if not found:
        raise UnknownShape(
            Problem(
                publication_id,
                f"no address of a {suffix} file",
                "an address in publication.toml",
                "Name one with --url, or keep a file saved by hand with --file.",
            )
        )
    return found


def _suffix_of(address: str) -> str:
    suffix = Path(address.partition("?")[0]).suffix.lower()
    return suffix if suffix in {".pdf", ".csv"} else ".html"


def _day(value: object) -> dt.date | None:
    return value if isinstance(value, dt.date) else None
