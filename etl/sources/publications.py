"""Opens what is kept of a publication: its `publication.toml` and the cells of each edition.

In: a folder `data/publications/<publication_id>/`. Out: `KeptPublication` with its `KeptEdition`s.
Does not read published files (that is `extract`) and does not interpret a cell."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.formats.cell_files import read_cells
from etl.formats.declarations import find_faults, format_entry, open_toml, take_entries
from etl.model import codes
from etl.model.editions import KeptEdition, KeptPublication
from etl.model.fields import ID, fields_of
from etl.model.problems import BrokenSnapshotError, InvalidReferenceError, Problem, RecordError
from etl.model.reference import Edition, Publication


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationKeys:
    """What publication.toml says beyond the fields of a `Publication`."""

    force_id: str | None = None
    licence_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionKeys:
    """What an entry of publication.toml says beyond the fields of an `Edition`."""

    cells: str
    file_name: str | None = None
    note: str | None = None


# What follows from the folder is not declared.
_FOLLOWS = frozenset({"publication_id"})
_FIELDS = [
    *(field for field in fields_of(Publication) if field.name not in _FOLLOWS),
    *fields_of(PublicationKeys),
]
_EDITION_FIELDS = [
    *(field for field in fields_of(Edition) if field.name not in _FOLLOWS),
    *fields_of(EditionKeys),
]


def open_publication(folder: Path) -> KeptPublication:
    """Opens one publication's folder.

    Raises `InvalidReferenceError` with every fault of `publication.toml`,
    and whatever the cells files are refused for."""
    declared = open_declaration(folder)
    publication = Publication(
        publication_id=folder.name,
        title=declared["title"],
        publisher=declared["publisher"],
        url=declared.get("url"),
        licence=declared["licence"],
        form=declared["form"],
        reliability=declared["reliability"],
        row_is=declared["row_is"],
        verdict=declared["verdict"],
    )
    editions: list[KeptEdition] = []
    problems: list[Problem] = []
    for entry in declared["edition"]:
        cells = folder / entry["cells"]
        try:
            tables = read_cells(cells)
        except RecordError as error:
            problems.extend(error.problems)
            continue
        edition = KeptEdition(
            publication_id=folder.name,
            edition_id=entry["edition_id"],
            title=entry["title"],
            url=entry.get("url", declared.get("url")),
            retrieved_on=entry.get("retrieved_on"),
            published_on=entry.get("published_on"),
            follows_edition_id=entry.get("follows_edition_id"),
            file_sha256=entry["file_sha256"],
            cells_sha256=hash_file(cells),
            period_start=entry.get("period_start"),
            period_end=entry.get("period_end"),
            force_id=declared.get("force_id"),
            reliability=declared["reliability"],
            gap_marks=declared.get("gap_marks", {}),
            tables=tables,
        )
        editions.append(edition)
        problems.extend(_find_changed_cells(folder, entry, edition))
    if problems:
        raise BrokenSnapshotError(problems)
    return KeptPublication(publication, tuple(editions))


def open_declaration(folder: Path) -> dict[str, Any]:
    """What `publication.toml` of a folder says; `InvalidReferenceError` with every fault."""
    declared, problems = _read_declaration(folder)
    if problems:
        raise InvalidReferenceError(problems)
    return declared


def open_publications(root: Path) -> tuple[KeptPublication, ...]:
    """Opens every publication under `root`, in order of id;
    raises one `InvalidReferenceError` with the faults of all."""
    opened: list[KeptPublication] = []
    problems: list[Problem] = []
    folders = sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
    if not folders:
        text = "no publication in it" if root.is_dir() else "no such folder"
        raise InvalidReferenceError(
            Problem(
                str(root),
                text,
                "a folder for each publication",
                "Name the data folder with --data.",
            )
        )
    for folder in folders:
        try:
            opened.append(open_publication(folder))
        except RecordError as error:
            problems.extend(error.problems)
    ids = Counter(edition.edition_id for publication in opened for edition in publication.editions)
    for edition_id, times in ids.items():
        if times > 1:
            problems.append(
                Problem(
                    edition_id,
                    f"the edition_id {times} times",
                    "each id once",
                    "Rename the others.",
                )
            )
    if problems:
        raise InvalidReferenceError(problems)
    return tuple(opened)


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def describe_cells(rows_count: int, cells_sha256: str) -> str:
    """The two lines of an `[[edition]]` by which rows that went missing are noticed."""
    return f'rows_count = {rows_count}\ncells_sha256 = "{cells_sha256}"'


def _find_changed_cells(
    folder: Path, entry: dict[str, Any], edition: KeptEdition
) -> Iterator[Problem]:
    """A file that differs from the one compared with the print."""
    if (edition.rows_count, edition.cells_sha256) == (entry["rows_count"], entry["cells_sha256"]):
        return
    lines = describe_cells(edition.rows_count, edition.cells_sha256).replace("\n", " and ")
    yield Problem(
        f"{folder.name}/{entry['cells']}",
        f"{edition.rows_count} rows, SHA-256 {edition.cells_sha256[:12]}…",
        f"{entry['rows_count']} rows, SHA-256 {entry['cells_sha256'][:12]}…, as publication.toml "
        "declares",
        "Restore the file. If the change is meant, compare the rows with the print and declare "
        f"{lines} in publication.toml.",
    )


def _read_declaration(folder: Path) -> tuple[dict[str, Any], list[Problem]]:
    where = f"{folder.name}/publication.toml"
    path = folder / "publication.toml"
    if not path.exists():
        remedy = "Write one; the README says how."
        return {}, [Problem(where, "no such file", "a declaration of the publication", remedy)]
    try:
        declared = open_toml(path, where)
    except RecordError as error:
        return {}, list(error.problems)
    texts = {key: value for key, value in declared.items() if key not in {"edition", "gap_marks"}}
    problems = find_faults(where, texts, _FIELDS)
    if not re.fullmatch(ID, folder.name):
        problems.append(
            Problem(
                where,
                f"a folder named {folder.name!r}",
                "lower-case words joined by _",
                "Rename it.",
            )
        )
    problems += _gap_mark_faults(where, declared.get("gap_marks", {}))
    faults = len(problems)
    editions = take_entries(declared, "edition", where, problems)
    if not editions and len(problems) == faults:
        problems.append(Problem(where, "no edition", "at least one, under [[edition]]", "Add it."))
    for number, entry in enumerate(editions, start=1):
        edition_id = entry.get("edition_id")
        place = f"{where}, edition {edition_id if isinstance(edition_id, str) else number}"
        problems += find_faults(place, entry, _EDITION_FIELDS)
        if isinstance(edition_id, str) and not edition_id.startswith(folder.name):
            problems.append(
                Problem(
                    where,
                    f"edition id {edition_id!r}",
                    f"an id that begins with {folder.name}",
                    "Rename the edition.",
                )
            )
    return declared, problems


def _gap_mark_faults(where: str, marks: object) -> list[Problem]:
    expected = f"one of {', '.join(sorted(codes.ABSENT))}"
    if not isinstance(marks, dict):
        table = 'a table [gap_marks] of printed marks, such as "N/A" = "technical_fault"'
        return [Problem(where, format_entry("gap_marks", marks), table, "Write it as a table.")]
    return [
        Problem(
            where, f"gap mark {format_entry(repr(mark), status)}", expected, "Use one of these."
        )
        for mark, status in marks.items()
        if not isinstance(status, str) or status not in codes.ABSENT
    ]
