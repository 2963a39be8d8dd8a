"""What changed between two releases: fields, rows and values, each value with its reason.

In: what a release's `changes.json` says. Out: `ReleaseChanges`, several steps joined into one, the
kind of the next version. Does not compare data: `etl.releases.diff` does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from etl.model.codes import code_list
from etl.model.json_values import JsonObject

REASON = code_list("change_reason")
# Rows by which the project keeps its own account: that there are more or fewer of them is no new
# data.
ACCOUNT = frozenset({"corrections", "findings", "facts", "editions", "releases"})
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One field of one row: before, after, why. Values as in the CSV files, None for none."""

    table: str
    key: Key
    field: str
    old: str | None
    new: str | None
    reason_code: str
    reason: str
    correction_id: str | None = None
    reported_by: str | None = None
    place: str = ""  # where a reader finds the row, in words

    @property
    def row(self) -> tuple[str, Key]:
        return self.table, self.key


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that one of the two releases has and the other has not."""

    table: str
    key: Key
    # "added", "removed", or "replaced": gone in between and there again, so its values are not
    # compared
    change: str


@dataclass(frozen=True, slots=True)
class ReleaseChanges:
    """Everything that differs; `before` is None for the first release."""

    before: str | None
    after: str
    fields_added: tuple[str, ...] = ()
    fields_removed: tuple[str, ...] = ()
    rows: tuple[RowChange, ...] = ()
    values: tuple[ValueChange, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)

    def kind(self) -> str:
        """`major` if a field is gone or renamed, `minor` if there are new fields or other rows,
        else `patch`."""
        if self.fields_removed:
            return "major"
        counted = any(row.table not in ACCOUNT for row in self.rows)
        return "minor" if self.fields_added or counted else "patch"

    def count_rows(self) -> dict[str, dict[str, int]]:
        """By table: how many rows were added, removed, replaced, or have changed values."""
        counts: dict[str, dict[str, int]] = {}
        for row in self.rows:
            own = counts.setdefault(
                row.table, dict.fromkeys(("added", "removed", "replaced", "altered"), 0)
            )
            own[row.change] += 1
        for table, _key in {value_change.row for value_change in self.values}:
            own = counts.setdefault(
                table, dict.fromkeys(("added", "removed", "replaced", "altered"), 0)
            )
            own["altered"] += 1
        return dict(sorted(counts.items()))


def join_changes(steps: Sequence[ReleaseChanges]) -> ReleaseChanges:
    """Consecutive steps, oldest first, as one: two changes of a value are one, a row that came and
    went is left out."""
    rows: dict[tuple[str, Key], str] = {}
    values: dict[tuple[str, Key, str], ValueChange] = {}
    fields: dict[str, int] = {}
    for step in steps:
        for name in step.fields_added:
            fields[name] = fields.get(name, 0) + 1
        for name in step.fields_removed:
            fields[name] = fields.get(name, 0) - 1
        gone = {(row.table, row.key) for row in step.rows if _join_row(rows, row)}
        values = {
            place: value_change
            for place, value_change in values.items()
            if value_change.row not in gone
        }
        for change in step.values:
            place = (*change.row, change.field)
            first = values.get(place)
            values[place] = replace(change, old=first.old) if first else change
    stored = [
        value_change
        for value_change in values.values()
        if value_change.old != value_change.new and value_change.row not in rows
    ]
    return ReleaseChanges(
        before=steps[0].before,
        after=steps[-1].after,
        fields_added=tuple(sorted(name for name, count in fields.items() if count > 0)),
        fields_removed=tuple(sorted(name for name, count in fields.items() if count < 0)),
        rows=sort_rows(RowChange(table, key, change) for (table, key), change in rows.items()),
        values=sort_values(stored),
        reasons={version: reason for step in steps for version, reason in step.reasons.items()},
    )


def sort_rows(rows: Iterable[RowChange]) -> tuple[RowChange, ...]:
    return tuple(sorted(rows, key=lambda row: (row.table, row.change, row.key)))


def sort_values(values: Iterable[ValueChange]) -> tuple[ValueChange, ...]:
    return tuple(
        sorted(
            values,
            key=lambda value_change: (value_change.table, value_change.key, value_change.field),
        )
    )


def to_json(changes: ReleaseChanges) -> JsonObject:
    """As `changes.json` has it: row keys by table, one object a value."""
    rows: dict[str, dict[str, list[list[str]]]] = {}
    for row in changes.rows:
        rows.setdefault(row.table, {}).setdefault(row.change, []).append(list(row.key))
    return {
        "before": changes.before,
        "after": changes.after,
        "kind": changes.kind() if changes.before else None,
        "reasons": dict(changes.reasons),
        "fields_added": list(changes.fields_added),
        "fields_removed": list(changes.fields_removed),
        "row_counts": changes.count_rows(),
        "rows": rows,
        "values": [{**asdict(value), "key": list(value.key)} for value in changes.values],
    }


def from_json(row: Mapping[str, Any]) -> ReleaseChanges:
    """KeyError, TypeError or ValueError for anything that `to_json` does not write."""
    return ReleaseChanges(
        before=row["before"],
        after=row["after"],
        fields_added=tuple(row["fields_added"]),
        fields_removed=tuple(row["fields_removed"]),
        rows=tuple(
            RowChange(table, tuple(key), change)
            for table, kinds in row["rows"].items()
            for change, keys in kinds.items()
            for key in keys
        ),
        values=tuple(
            ValueChange(**{**value, "key": tuple(value["key"])}) for value in row["values"]
        ),
        reasons=dict(row["reasons"]),
    )


def _join_row(rows: dict[tuple[str, Key], str], row_change: RowChange) -> bool:
    """Whether the row came and went, so that there is nothing to tell of it."""
    place = (row_change.table, row_change.key)
    before = rows.get(place)
    if before == "added" and row_change.change == "removed":
        del rows[place]
        return True
    if before in ("removed", "replaced") and row_change.change in ("added", "replaced"):
        rows[place] = "replaced"
    # what is new since the first of the two stays so, whatever happened since
    elif before != "added":
        rows[place] = row_change.change
    return False
