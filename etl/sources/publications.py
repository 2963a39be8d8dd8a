"""Opens what is kept of a publication: its `publication.toml` and the cells of each edition.

In: a folder `data/publications/<publication_id>/`. Out: `KeptPublication` with its `KeptEdition`s.
Does not read published files (that is `extract`) and does not interpret a cell.
"""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Any

from etl.formats.cell_files import read_cells
from etl.model import codes
from etl.model.editions import KeptEdition, KeptPublication
from etl.model.problems import BadReference, BrokenSnapshot, Problem, RecordError
from etl.model.reference import Publication

_REQUIRED = ("title", "publisher", "licence", "form", "reliability", "row_is", "verdict", "edition")
_EDITION_REQUIRED = ("edition_id", "title", "cells", "file_sha256")
_OPTIONAL = ("url", "force_id", "gap_marks", "precise_rate_places", "licence_url")
_EDITION_OPTIONAL = ("url", "retrieved_on", "period_start", "period_end", "file_name", "note")


def open_publication(folder: Path) -> KeptPublication:
    """Opens one publication's folder.

    Raises `BadReference` with every fault of `publication.toml`, and whatever the cells files are refused for.
    """
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
        editions.append(
            KeptEdition(
                publication_id=folder.name,
                edition_id=entry["edition_id"],
                title=entry["title"],
                url=entry.get("url", declared.get("url")),
                retrieved_on=entry.get("retrieved_on"),
                file_sha256=entry["file_sha256"],
                cells_sha256=hash_file(cells),
                period_start=entry.get("period_start"),
                period_end=entry.get("period_end"),
                force_id=declared.get("force_id"),
                reliability=declared["reliability"],
                gap_marks=declared.get("gap_marks", {}),
                tables=tables,
            )
        )
    if problems:
        raise BrokenSnapshot(problems)
    return KeptPublication(publication, tuple(editions))


def open_declaration(folder: Path) -> dict[str, Any]:
    """What `publication.toml` of a folder says; `BadReference` with every fault."""
    declared, problems = _read_declaration(folder)
    if problems:
        raise BadReference(problems)
    return declared


def open_publications(root: Path) -> tuple[KeptPublication, ...]:
    """Opens every publication under `root`, in order of id; raises one `BadReference` with the faults of all."""
    opened: list[KeptPublication] = []
    problems: list[Problem] = []
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        try:
            opened.append(open_publication(folder))
        except RecordError as error:
            problems.extend(error.problems)
    if problems:
        raise BadReference(problems)
    return tuple(opened)


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read_declaration(folder: Path) -> tuple[dict[str, Any], list[Problem]]:
    where = f"{folder.name}/publication.toml"
    try:
        declared = tomllib.loads((folder / "publication.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}, [
            Problem(
                where, "no such file", "a declaration of the publication", "Write one; the README says how."
            )
        ]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return {}, [Problem(where, str(error), "TOML in UTF-8", "Mend the file.")]
    problems = _faults(where, declared, _REQUIRED, _OPTIONAL)
    if declared.get("reliability") not in codes.RELIABILITY:
        problems.append(Problem(where, f"reliability {declared.get('reliability')!r}", f"one of {', '.join(codes.RELIABILITY)}", "Use one of these."))  # fmt: skip
    for mark, status in declared.get("gap_marks", {}).items():
        if status not in codes.ABSENT:
            problems.append(Problem(where, f"gap mark {mark!r} = {status!r}", f"one of {', '.join(sorted(codes.ABSENT))}", "Use one of these."))  # fmt: skip
    for entry in declared.get("edition", []):
        problems += _faults(
            f"{where}, edition {entry.get('edition_id')}", entry, _EDITION_REQUIRED, _EDITION_OPTIONAL
        )
        if not str(entry.get("edition_id", "")).startswith(folder.name):
            problems.append(Problem(where, f"edition id {entry.get('edition_id')!r}", f"an id that begins with {folder.name}", "Rename the edition."))  # fmt: skip
    return declared, problems


def _faults(
    where: str, entry: dict[str, Any], required: tuple[str, ...], optional: tuple[str, ...]
) -> list[Problem]:
    missing = [key for key in required if key not in entry]
    unknown = [key for key in entry if key not in required + optional]
    return [Problem(where, "nothing", f"the key {key}", "Add it.") for key in missing] + [
        Problem(where, f"the key {key}", f"only {', '.join(required + optional)}", "Remove or rename it.")
        for key in unknown
    ]
