"""Declared corrections, applied beside what is printed.

In: `data/corrections/<publication_id>.toml` and records. Out: the same records with corrected
values, each knowing the correction that touched it; printed values and printed texts stay as they
were.
Does not correct anything that is not declared. A correction whose expectation is no longer there
stops the build."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from etl.formats.declarations import find_faults, open_toml, take_entries
from etl.formats.typed_values import read_typed
from etl.model import codes
from etl.model.editions import KeptEdition
from etl.model.fields import Field, Unit, fields_of
from etl.model.problems import InvalidReferenceError, Problem, RecordError, format_place
from etl.model.record_sets import Records
from etl.model.records import Correction, Count, Deployment

_DECLARED = [field for field in fields_of(Correction) if field.name != "publication_id"]
_FIELDS = {field.name: field for field in fields_of(Deployment)}
_COUNT = next(field for field in fields_of(Count) if field.name == "value")
# Written by the build or kept as printed, whatever a correction says.
_COLUMNS = frozenset({"corrections", "not_counted_reason", "date_text", "duration_text"})
_RETIRE = "Look at the publication again; retire the correction or declare what is expected now."


def open_corrections(folder: Path) -> tuple[Correction, ...]:
    """Every declared correction, in order of file and entry;
    `InvalidReferenceError` with every fault of every entry."""
    corrections: list[Correction] = []
    problems: list[Problem] = []
    if not folder.is_dir():
        raise InvalidReferenceError(
            Problem(
                str(folder),
                "no such folder",
                "a folder of declared corrections",
                "Name the data folder with --data.",
            )
        )
    for path in sorted(folder.glob("*.toml")):
        try:
            declared = open_toml(path, path.name)
        except RecordError as error:
            problems += error.problems
            continue
        problems += [
            Problem(path.name, f"the key {key}", "only [[correction]]", "Rename or remove it.")
            for key in declared
            if key != "correction"
        ]
        for entry in take_entries(declared, "correction", path.name, problems):
            where = f"{path.name}, {entry.get('correction_id', 'an entry without correction_id')}"
            faults = find_faults(where, entry, _DECLARED)
            if not faults:
                correction = Correction(publication_id=path.stem, **({"value_text": None} | entry))
                faults = _find_misfit(where, correction)
                corrections.append(correction)
            problems += faults
    seen: set[str] = set()
    for correction in corrections:
        if correction.correction_id in seen:
            problems.append(
                Problem(
                    correction.publication_id,
                    f"correction_id {correction.correction_id} twice",
                    "each id once",
                    "Rename one.",
                )
            )
        seen.add(correction.correction_id)
    if problems:
        raise InvalidReferenceError(problems)
    return tuple(corrections)


def apply_corrections(
    records: Records, corrections: Iterable[Correction], editions: Iterable[KeptEdition]
) -> Records:
    """Applies every correction, or raises `InvalidReferenceError` naming all that have expired or
    fit no row."""
    deployments = {record.deployment_id: record for record in records.deployments}
    counts = {(record.deployment_id, record.stage_code): record for record in records.counts}
    by_place = {(d.edition_id, d.page, d.row): d.deployment_id for d in records.deployments}
    printed = _printed_texts(editions)
    problems = []
    for correction in corrections:
        place = (correction.edition_id, correction.page, correction.row)
        where = format_place(
            correction.edition_id,
            page=correction.page,
            row=correction.row,
            column=correction.target,
        )
        deployment_id = by_place.get(place)
        if deployment_id is None:
            problems.append(
                Problem(
                    where,
                    "no such row",
                    f"the row that {correction.correction_id} is about",
                    _RETIRE,
                )
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
            deployment,
            corrections=" ".join(filter(None, (deployment.corrections, correction.correction_id))),
        )
        if correction.action_code == "explain":
            continue
        if misfit := _find_misfit(where, correction):
            problems += misfit
        elif correction.target in codes.STAGE:
            key = (deployment_id, correction.target)
            counts[key] = _correct_count(counts[key], correction)
        else:
            deployments[deployment_id] = _correct_field(deployments[deployment_id], correction)
    if problems:
        raise InvalidReferenceError(problems)
    return replace(records, deployments=tuple(deployments.values()), counts=tuple(counts.values()))


def _correct_count(count: Count, correction: Correction) -> Count:
    if correction.action_code == "set_absent":
        return replace(
            count, value=None, value_status="in_doubt", correction_id=correction.correction_id
        )
    return replace(
        count,
        value=read_value(correction),
        value_status="published" if count.value is None else count.value_status,
        correction_id=correction.correction_id,
    )


def _correct_field(deployment: Deployment, correction: Correction) -> Deployment:
    changed: dict[str, Any] = {correction.target: read_value(correction)}
    if correction.target == "counted":
        changed["not_counted_reason"] = correction.reason
    return replace(deployment, **changed)


def read_value(correction: Correction) -> Any:
    """The value that a correction puts in the place of the printed one; ValueError, with what was
    expected, if its target cannot be corrected or cannot hold it."""
    field = _find_target(correction.target)
    if correction.action_code == "set_absent":
        value = None
    elif not correction.value_text:
        raise ValueError("the value to use instead")
    else:
        value = read_typed(field.type, correction.value_text)
    if faults := field.faults(value):
        raise ValueError(" and ".join(faults))
    return value


def _find_target(target: str) -> Field:
    """The field that is corrected. Identifiers, places in the file and printed texts are what a
    correction holds on to: they cannot be its target."""
    if target in codes.STAGE:
        return _COUNT
    field = _FIELDS.get(target)
    if field is None:
        raise ValueError(f"a target that is a field of a deployment or a stage, not {target!r}")
    about = field.about
    if about.refers_to or about.pattern or about.unit is Unit.ORDINAL or target in _COLUMNS:
        raise ValueError(
            f"a target that may be corrected, not {target!r}, by which the row is known or checked"
        )
    return field


def _printed_texts(editions: Iterable[KeptEdition]) -> dict[tuple[str, int, int], tuple[str, ...]]:
    return {
        (edition.edition_id, row.page, row.row): row.cells
        for edition in editions
        for table in edition.tables
        for row in table.rows
    }


def _find_misfit(where: str, correction: Correction) -> list[Problem]:
    """A target that is none, or a value that it cannot hold."""
    try:
        if correction.action_code == "explain":
            _find_target(correction.target)
        else:
            read_value(correction)
    except ValueError as error:
        text = f"target {correction.target!r}, value_text {correction.value_text!r}"
        return [Problem(where, text, str(error), "Mend the correction.")]
    return []
