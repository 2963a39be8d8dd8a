"""Declared corrections, applied beside what is printed.

In: `data/corrections/<publication_id>.toml` and records. Out: the same records with corrected values, each knowing the
correction that touched it; printed values and printed texts stay as they were.
Does not correct anything that is not declared. A correction whose expectation is no longer there stops the build.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from etl.model import codes
from etl.model.editions import KeptEdition
from etl.model.fields import fields_of
from etl.model.problems import BadReference, Problem, say_place
from etl.model.record_sets import Records
from etl.model.records import Correction, Count, Deployment

_RETIRE = "Look at the publication again; retire the correction or declare what is expected now."


def open_corrections(folder: Path) -> tuple[Correction, ...]:
    """Every declared correction, in order of file and entry; `BadReference` with every fault of every entry."""
    found: list[Correction] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            declared = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            problems.append(Problem(path.name, str(error), "TOML in UTF-8", "Mend the file."))
            continue
        for entry in declared.get("correction", []):
            where = f"{path.name}, {entry.get('correction_id', 'an entry without correction_id')}"
            faults = _faults(where, entry)
            problems += faults
            if not faults:
                found.append(Correction(publication_id=path.stem, **({"value_text": None} | entry)))
    seen: set[str] = set()
    for correction in found:
        if correction.correction_id in seen:
            problems.append(Problem(correction.publication_id, f"correction_id {correction.correction_id} twice", "each id once", "Rename one."))  # fmt: skip
        seen.add(correction.correction_id)
    if problems:
        raise BadReference(problems)
    return tuple(found)


def apply_corrections(
    records: Records, corrections: Iterable[Correction], editions: Iterable[KeptEdition]
) -> Records:
    """Applies every correction, or raises `BadReference` naming all that have expired or fit no row."""
    deployments = {record.deployment_id: record for record in records.deployments}
    counts = {(record.deployment_id, record.stage_code): record for record in records.counts}
    by_place = {(d.edition_id, d.page, d.row): d.deployment_id for d in records.deployments}
    printed = _printed_texts(editions)
    problems = []
    for correction in corrections:
        place = (correction.edition_id, correction.page, correction.row)
        where = say_place(
            correction.edition_id, page=correction.page, row=correction.row, column=correction.target
        )
        deployment_id = by_place.get(place)
        if deployment_id is None:
            problems.append(
                Problem(where, "no such row", f"the row that {correction.correction_id} is about", _RETIRE)
            )
            continue
        if correction.printed_text not in printed[place]:
            problems.append(
                Problem(
                    where,
                    " | ".join(printed[place]),
                    f"a cell that says {correction.printed_text!r} ({correction.correction_id})",
                    _RETIRE,
                )
            )
            continue
        deployment = deployments[deployment_id]
        deployments[deployment_id] = replace(
            deployment, corrections=" ".join(filter(None, (deployment.corrections, correction.correction_id)))
        )
        if correction.action_code == "explain":
            continue
        try:
            if correction.target in codes.STAGE:
                key = (deployment_id, correction.target)
                counts[key] = _correct_count(counts[key], correction)
            else:
                deployments[deployment_id] = _correct_field(deployments[deployment_id], correction)
        except (ValueError, InvalidOperation) as error:
            problems.append(
                Problem(where, f"value_text {correction.value_text!r}", str(error), "Mend the correction.")
            )
    if problems:
        raise BadReference(problems)
    return replace(records, deployments=tuple(deployments.values()), counts=tuple(counts.values()))


def _correct_count(count: Count, correction: Correction) -> Count:
    if correction.action_code == "set_absent":
        return replace(count, value=None, value_status="in_doubt", correction_id=correction.correction_id)
    return replace(
        count,
        value=int(correction.value_text or ""),
        value_status="published" if count.value is None else count.value_status,
        correction_id=correction.correction_id,
    )


def _correct_field(deployment: Deployment, correction: Correction) -> Deployment:
    kind = {field.name: field.type for field in fields_of(Deployment)}.get(correction.target)
    if kind is None:
        raise ValueError(f"a target that is a field of a deployment or a stage, not {correction.target!r}")
    value = None if correction.action_code == "set_absent" else _PARSERS[kind](correction.value_text or "")
    changed: dict[str, Any] = {correction.target: value}
    if correction.target == "counted":
        changed["not_counted_reason"] = correction.reason
    return replace(deployment, **changed)


def _boolean(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError("true or false was expected")
    return text == "true"


_PARSERS: dict[type, Callable[[str], object]] = {
    str: str,
    int: int,
    Decimal: Decimal,
    bool: _boolean,
    dt.date: dt.date.fromisoformat,
    dt.time: dt.time.fromisoformat,
}


def _printed_texts(editions: Iterable[KeptEdition]) -> dict[tuple[str, int, int], tuple[str, ...]]:
    return {
        (edition.edition_id, row.page, row.row): row.cells
        for edition in editions
        for table in edition.tables
        for row in table.rows
    }


def _faults(where: str, entry: dict[str, Any]) -> list[Problem]:
    fields = {field.name: field for field in fields_of(Correction) if field.name != "publication_id"}
    problems = [
        Problem(where, f"the key {key}", f"only {', '.join(fields)}", "Remove or rename it.")
        for key in entry
        if key not in fields
    ]
    for name, field in fields.items():
        problems += [
            Problem(where, f"{name} = {entry.get(name)!r}", fault, "Mend the entry.")
            for fault in field.faults(entry.get(name))
        ]
    if entry.get("action_code") == "replace" and not entry.get("value_text"):
        problems.append(Problem(where, "no value_text", "the value to use instead", "Add it."))
    return problems
