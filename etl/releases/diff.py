"""The data of two releases held against each other: fields, rows and values, each altered value
with its reason.

In: two release files, of any version of the tables. Out: `ReleaseChanges`. Reads both in order and
keeps one table at a time. Does not judge: the kind of the next version follows from what changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import etl.warehouse.any_release as any_release
from etl.model.release_changes import ReleaseChanges, RowChange, ValueChange, sort_rows, sort_values
from etl.model.tables import TABLES
from etl.model.wide import format_value

_KEYS = {table.name: table.key for table in TABLES}
# Each release says these of itself.
_NOT_DATA = frozenset({"releases"})
# A longer text, such as an outline, is told by its hash.
MAX_LENGTH = 1_000
Rows = dict[tuple[str, ...], dict[str, str | None]]


def compare_releases(
    before: Path, after: Path, *, versions: tuple[str, str], reason: str
) -> ReleaseChanges:
    """Everything that differs between two release files; `reason` is that of the new release."""
    with any_release.open_any(before) as old, any_release.open_any(after) as new:
        columns_before, columns_after = _columns(old), _columns(new)
        reasons = _Reasons(
            _read_accounts(old, columns_before), _read_accounts(new, columns_after), reason
        )
        rows: list[RowChange] = []
        values: list[ValueChange] = []
        for table, columns in columns_after.items():
            known = columns_before.get(table, {})
            shared = [name for name in columns if columns[name] == known.get(name)]
            key = _key_of(table, columns)
            if not set(key) <= set(shared):
                continue  # a new table, told as new fields
            earlier = _read(old, table, shared, key)
            for row in _stream(new, table, shared, key):
                place = _place(row, key)
                was = earlier.pop(place, None)
                if was is None:
                    rows.append(RowChange(table, place, "added"))
                elif was != row:
                    values += _compare_row(table, place, was, row, reasons)
            rows += [RowChange(table, place, "removed") for place in earlier]
    names_before, names_after = _names(columns_before), _names(columns_after)
    return ReleaseChanges(
        before=versions[0],
        after=versions[1],
        fields_added=tuple(sorted(names_after - names_before)),
        fields_removed=tuple(sorted(names_before - names_after)),
        rows=sort_rows(rows),
        values=sort_values(values),
        reasons={versions[1]: reason},
    )


def list_fields(path: Path) -> dict[str, dict[str, str]]:
    """Type by column and table of a release's data."""
    with any_release.open_any(path) as engine:
        return _columns(engine)


def count_rows(path: Path) -> dict[str, int]:
    """Rows by table of a release's data."""
    with any_release.open_any(path) as engine:
        return {table: any_release.count_rows(engine, table) for table in _columns(engine)}


def read_content_hash(path: Path) -> str:
    """The content hash that a release states of itself."""
    with any_release.open_any(path) as engine:
        ((value,),) = next(any_release.stream_rows(engine, "releases", ("content_hash",), ()))
        return str(value)


@dataclass(frozen=True, slots=True)
class _Accounts:
    """What a release says of why its values are what they are."""

    corrections: Rows
    corrections_of: Mapping[str, frozenset[str]]  # by deployment
    edition_of: Mapping[str, str | None]  # by deployment
    editions: Rows
    places: Mapping[str, str]  # by deployment, in words


class _Reasons:
    """Why a value is another one: from the declarations of both releases."""

    def __init__(self, before: _Accounts, after: _Accounts, text: str) -> None:
        self._before, self._after, self._texts = before, after, text
        self._declared = {
            key[0] for key, row in after.corrections.items() if before.corrections.get(key) != row
        }
        self._withdrawn = {key[0] for key in before.corrections if key not in after.corrections}

    def of(
        self, table: str, key: tuple[str, ...], field: str, row: Mapping[str, str | None]
    ) -> tuple[str, str, str | None, str | None, str]:
        """Code and text of the reason, the correction, who reported it, and the row in words."""
        deployment = (
            key[0] if table in ("deployments", "counts", "facts") else row.get("deployment_id")
        )
        target = key[1] if table == "counts" else field
        place = self._after.places.get(deployment or "", "")
        if correction := self._correction(self._after, self._declared, deployment, row, target):
            correction_message = self._after.corrections[(correction,)]
            reported_by = correction_message.get("reported_by")
            return "correction", correction_message["reason"] or "", correction, reported_by, place
        if correction := self._correction(self._before, self._withdrawn, deployment, row, target):
            correction_message = self._before.corrections[(correction,)]
            reason = correction_message["reason"] or ""
            return "correction_withdrawn", reason, correction, None, place
        edition = row.get("edition_id") or self._after.edition_of.get(deployment or "")
        if edition and self._is_reread(edition):
            title = self._after.editions[(edition,)]["title"]
            return "new_edition", title or "", None, None, place
        return "release", self._texts, None, None, place

    def _correction(
        self,
        side: _Accounts,
        changed: set[str],
        deployment: str | None,
        row: Mapping[str, str | None],
        target: str,
    ) -> str | None:
        """The one about this very field; else any that touches the row,
        for what follows from it."""
        touching = side.corrections_of.get(deployment or "", frozenset()) & changed
        if (own := row.get("correction_id")) in changed:
            return own
        about = [
            correction_id
            for correction_id in touching
            if side.corrections[(correction_id,)]["target"] == target
        ]
        return min(about or touching, default=None)

    def _is_reread(self, edition: str) -> bool:
        before, after = (side.editions.get((edition,)) for side in (self._before, self._after))
        hashes = ("file_sha256", "cells_sha256")
        return after is not None and (
            before is None or any(before.get(hash_) != after.get(hash_) for hash_ in hashes)
        )


def _compare_row(
    table: str,
    key: tuple[str, ...],
    was: dict[str, str | None],
    row: dict[str, str | None],
    reasons: _Reasons,
) -> Iterator[ValueChange]:
    for field, value in row.items():
        if was[field] != value:
            yield ValueChange(
                table, key, field, was[field], value, *reasons.of(table, key, field, row)
            )


def _read_accounts(
    engine: any_release.Engine, columns: Mapping[str, Mapping[str, str]]
) -> _Accounts:
    corrections, editions, deployments = (
        _read(engine, table, list(columns[table]), _KEYS[table]) if table in columns else {}
        for table in ("corrections", "editions", "deployments")
    )
    by_id = {key[0]: row for key, row in deployments.items()}
    return _Accounts(
        corrections,
        {name: frozenset((row.get("corrections") or "").split()) for name, row in by_id.items()},
        {name: row.get("edition_id") for name, row in by_id.items()},
        editions,
        {
            name: (
                f"{row.get('location_text')}, "
                f"{row.get('date') or row.get('date_text') or 'no date'}"
            )
            for name, row in by_id.items()
        },
    )


def _columns(engine: any_release.Engine) -> dict[str, dict[str, str]]:
    return {
        table: columns
        for table, columns in any_release.list_columns(engine).items()
        if table not in _NOT_DATA
    }


def _key_of(table: str, columns: Mapping[str, str]) -> tuple[str, ...]:
    """The key of a table that is no longer declared is all of its columns."""
    return _KEYS.get(table, tuple(columns))


def _names(columns: Mapping[str, Mapping[str, str]]) -> set[str]:
    """A field is its table, name and type: one of another type is another field."""
    return {
        f"{table}.{name} ({kind})" for table, own in columns.items() for name, kind in own.items()
    }


def _read(
    engine: any_release.Engine, table: str, columns: Sequence[str], key: Sequence[str]
) -> Rows:
    return {_place(row, key): row for row in _stream(engine, table, columns, key)}


def _stream(
    engine: any_release.Engine, table: str, columns: Sequence[str], key: Sequence[str]
) -> Iterator[dict[str, str | None]]:
    for batch in any_release.stream_rows(engine, table, columns, key):
        for row in batch:
            yield {name: _describe(value) for name, value in zip(columns, row, strict=True)}


def _place(row: Mapping[str, str | None], key: Sequence[str]) -> tuple[str, ...]:
    return tuple(row[name] or "" for name in key)


def _describe(value: object) -> str | None:
    """As the CSV has it, but for the apostrophe that keeps spreadsheets from running it."""
    if value is None:
        return None
    text = ("true" if value else "false") if isinstance(value, bool) else format_value(value)
    return (
        text if len(text) <= MAX_LENGTH else f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
    )
