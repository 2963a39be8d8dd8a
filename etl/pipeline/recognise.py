"""Reads one published file, known or new: whose is it, what is printed, and what records follow.

In: a PDF, HTML or CSV file. Out: its tables as printed, or its canonical records.
Does not correct, check or keep anything."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from etl.archive.archive import ExpectedKind
from etl.model.cells import RawTable
from etl.model.editions import KeptEdition
from etl.model.problems import Problem, RecordError, UnknownShapeError, UnreadableFileError
from etl.model.record_sets import Records
from etl.sources.adapter_lookup import adapter_of, list_adapters
from etl.sources.column_maps import UnknownHeadingsError, fold_headings, open_column_map
from etl.sources.publications import hash_file, open_declaration

# Of all headings of a file and of a known shape together,
# this share in common makes the file a version of the shape.
_LIKENESS = 0.5


class NoDeploymentsError(RecordError):
    """A publication that was read, and holds none."""

    exit_code = 13
    headline = "the file holds no deployments"


def read_published(
    path: Path, publication_id: str | None = None
) -> tuple[str, tuple[RawTable, ...]]:
    """The publication that a file belongs to, and its tables as printed.

    Without `publication_id` the file is recognised by its own headings;
    an unknown shape names what was seen."""
    if not path.is_file():
        raise UnreadableFileError(
            Problem(str(path), "no such file", "a published file", "Check the path.")
        )
    if publication_id is not None:
        return publication_id, adapter_of(publication_id).read(path)
    candidates = [
        adapter for adapter in list_adapters().values() if path.suffix.lower() == adapter.SUFFIX
    ]
    if not candidates:
        known = ", ".join(sorted({adapter.SUFFIX for adapter in list_adapters().values()}))
        raise UnknownShapeError(
            Problem(
                path.name,
                f"the ending {path.suffix or '(none)'}",
                f"one of {known}",
                "Name the publication with --publication.",
            )
        )
    refusals: dict[str, UnknownShapeError] = {}
    for adapter in candidates:
        try:
            return adapter.PUBLICATION, adapter.read(path)
        except UnknownShapeError as error:
            refusals[adapter.PUBLICATION] = error
    raise _choose_refusal(path.name, refusals)


def read_edition(
    path: Path, publications: Path, publication_id: str | None = None
) -> tuple[KeptEdition, Records]:
    """A published file as an edition, and its canonical records as printed;
    what is declared of its publication is used."""
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
    return edition, adapter_of(publication_id).to_records(edition)


def refuse_no_deployments(name: str, edition: KeptEdition, records: Records) -> None:
    """`NoDeploymentsError` that says what the file is instead."""
    if records.deployments:
        return
    others = {
        "claims": records.claims,
        "misidentifications": records.misidentifications,
        "test results": records.test_results,
    }
    held = [f"{len(other)} {kind}" for kind, other in others.items() if other]
    text = (
        f"a file of {edition.publication_id} with "
        f"{' and '.join(held) if held else 'headings and no row'}"
    )
    remedy = (
        "Its cells are written by `python -m etl extract`."
        if held
        else "Check that this is the whole file."
    )
    raise NoDeploymentsError(Problem(name, text, "rows that are deployments", remedy))


def _choose_refusal(name: str, refusals: dict[str, UnknownShapeError]) -> UnknownShapeError:
    """The refusal of the publication whose shape the file nearly has;
    if there is none, what was seen and what is known."""
    seen = [
        error.headings for error in refusals.values() if isinstance(error, UnknownHeadingsError)
    ]
    if not seen:  # not a plain table for any of them, so they all complain of the same
        return min(refusals.values(), key=lambda error: len(error.problems))
    headings = max(seen, key=len)
    shapes = [
        (publication, vintage)
        for publication in refusals
        for vintage in open_column_map(publication)
    ]
    likeness, nearest = max(
        (_share_common(fold_headings(headings), fold_headings(vintage.headings)), publication)
        for publication, vintage in shapes
    )
    if likeness >= _LIKENESS:
        return refusals[nearest]
    known = "; or ".join(
        f"{publication} ({', '.join(vintage.headings)})" for publication, vintage in shapes
    )
    remedy = (
        "If it is a new layout of one of these, name it with --publication; the README says how to "
        "add a new one."
    )
    return UnknownShapeError(
        Problem(
            name, f"a table with the headings {', '.join(headings)}", f"those of {known}", remedy
        )
    )


def _share_common(headings: tuple[str, ...], known: tuple[str, ...]) -> float:
    places = {"page", "row"}
    first, second = set(headings) - places, set(known) - places
    return len(first & second) / max(len(first | second), 1)


def addresses_of(publications: Path, publication_id: str) -> list[str]:
    """The addresses of a publication's files; `UnknownShapeError` if none is of a kind that its
    adapter reads."""
    declared = open_declaration(publications / publication_id)
    suffix = adapter_of(publication_id).SUFFIX
    addresses = {entry.get("url", declared.get("url", "")) for entry in declared["edition"]}
    alike = sorted(address for address in addresses if address and _suffix_of(address) == suffix)
    if not alike:
        raise UnknownShapeError(
            Problem(
                publication_id,
                f"no address of a {suffix} file",
                "an address in publication.toml",
                "Name one with --url, or keep a file saved by hand with --file.",
            )
        )
    return alike


def kind_of(publication_id: str) -> ExpectedKind | None:
    """The kind of file that a publication is read from, whatever its address ends in; None where
    nothing reads it or it is typed from a page."""
    adapter = list_adapters().get(publication_id)
    suffix = adapter.SUFFIX if adapter is not None else ""
    return "pdf" if suffix == ".pdf" else "html" if suffix == ".html" else None


def _suffix_of(address: str) -> str:
    suffix = Path(address.partition("?")[0]).suffix.lower()
    return suffix if suffix in {".pdf", ".csv"} else ".html"


def _day(value: object) -> dt.date | None:
    return value if isinstance(value, dt.date) else None
