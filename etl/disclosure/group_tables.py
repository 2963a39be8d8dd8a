"""Counts by group that nobody printed: those of the same people are shown whole or hidden whole.

In: the rows of `group_counts` with every number in them, and the rows that earlier releases showed.
Out: the rows of a release, in which hidden numbers are absent; releases that show too much. Rule
and limits: `docs/decisions/0008-disclosure-control.md`. Does not hide what a publisher printed.
Takes new counts as whole lists of groups that add up: `etl.checks.groups` refuses others."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from etl.disclosure.rule import ADULTS, CHILDREN, Cell, Limits, find_reason
from etl.model.group_records import GroupCount
from etl.model.groups import CLASSIFICATIONS
from etl.model.problems import Problem, RecordError

Key = tuple[str, ...]
Rows = tuple[GroupCount, ...]
PRINTED = "printed counts by group that share days with them"
# True and false alerts are parts of one whole: what a part leaves of the whole is a count too.
_TRUE = frozenset({"true_alerts_confirmed", "true_alerts_unconfirmed"})
_FALSE = frozenset({"false_alerts_confirmed", "false_alerts_unconfirmed"})
_PARTS = {code: frozenset({code}) for code in _TRUE | _FALSE} | {
    "true_alerts": _TRUE,
    "false_alerts": _FALSE,
    "alerts": _TRUE | _FALSE,
}


class InvalidTableError(RecordError):
    """Counts that cannot be protected, because they contradict each other."""

    headline = "counts of people are not consistent"


@dataclass(frozen=True, slots=True)
class ShownCounts:
    """The rows of `group_counts` as one release shows them."""

    release_id: str
    counts: Rows


def hide_counts(counts: Sequence[GroupCount], earlier: Sequence[ShownCounts] = ()) -> Rows:
    """The rows in their order; where new numbers could single somebody out, all new numbers about
    the same events are absent.

    The total of all groups is of events and stays. Raises InvalidTableError."""
    hidden = set(_find_reasons(counts, earlier))
    return tuple(
        replace(row, group_count=None, value_status="suppressed")
        if row.value_status == "new" and _subject(row) in hidden
        else row
        for row in counts
    )


def find_disclosed_groups(
    shown: Sequence[GroupCount], counts: Sequence[GroupCount], earlier: Sequence[ShownCounts] = ()
) -> dict[Key, Problem]:
    """For the first new row about the same events, why `shown` shows too much of them.

    `counts` has the numbers that `shown` hides. Nothing for what `hide_counts` returns;
    it judges any pattern."""
    hidden = {key_of(row) for row in shown if row.value_status == "suppressed"}
    reasons = _find_reasons(counts, earlier)
    problems: dict[Key, Problem] = {}
    for name, rows in _by_subject(row for row in counts if row.value_status == "new").items():
        keys = [key_of(row) for row in rows]
        reason = reasons.get(name, "a part of them that is hidden")
        if not hidden.issuperset(keys) and (name in reasons or not hidden.isdisjoint(keys)):
            problems[keys[0]] = Problem(
                name, reason, "all new counts of the same people hidden", "Hide all of them."
            )
    return problems


def key_of(row: GroupCount) -> Key:
    """What identifies a row of `group_counts`."""
    days = (row.period_start.isoformat(), row.period_end.isoformat())
    return (
        row.force_id,
        *days,
        row.stage_code,
        row.classification_code,
        row.group_code,
        row.source_id,
    )


def whole_of(stage_code: str) -> str:
    """The kind of events of which a stage is a part."""
    return "alerts" if stage_code in _PARTS else stage_code


def parts_of(stage_code: str) -> frozenset[str]:
    """The verdicts, or else the one kind of event, that a stage counts."""
    return _PARTS.get(stage_code, frozenset({stage_code}))


def limits_of(classification_code: str, group_code: str) -> Limits:
    """What is small for a group of a list."""
    return CHILDREN if group_code in CLASSIFICATIONS[classification_code].under_18 else ADULTS


def find_rests(counts: Mapping[str, int]) -> dict[frozenset[str], int]:
    """The counts by stage of one group, with all that follow by adding stages and subtracting
    them: by the verdicts that each counts. Raises InvalidTableError where they contradict."""
    known = {parts_of(stage): count for stage, count in counts.items()}
    size = 0
    while size < len(known):
        size = len(known)
        for first, second in itertools.permutations(tuple(known), 2):
            if first < second:
                parts, count = second - first, known[second] - known[first]
            elif first.isdisjoint(second):
                parts, count = first | second, known[first] + known[second]
            else:
                continue
            if count < 0 or known.setdefault(parts, count) != count:
                found = f"{', '.join(sorted(parts))} once {known.get(parts)} and once {count}"
                raise InvalidTableError(
                    Problem("counts by group", found, "one count", "Correct the counts.")
                )
    return known


def _find_reasons(counts: Sequence[GroupCount], earlier: Sequence[ShownCounts]) -> dict[str, str]:
    """By subject with new counts that have to be hidden: why."""
    before = [_by_subject(release.counts) for release in earlier]
    printed = [
        row
        for row in (*counts, *itertools.chain.from_iterable(each.counts for each in earlier))
        if row.value_status not in ("new", "suppressed")
    ]
    reasons: dict[str, str] = {}
    for name, rows in _by_subject(row for row in counts if row.value_status == "new").items():
        shown = [
            {key_of(row): row.group_count for row in release[name]}
            for release in before
            if name in release
        ]
        reason = find_reason(_to_cells(rows), shown, _list_rests(name, rows))
        if reason is None and any(_is_about_the_same(rows[0], row) for row in printed):
            reason = PRINTED
        if reason is not None:
            reasons[name] = reason
    return reasons


def _to_cells(rows: Rows) -> dict[Key, Cell]:
    return {
        key_of(row): Cell(
            row.group_count or 0, limits=limits_of(row.classification_code, row.group_code)
        )
        for row in rows
    }


def _list_rests(name: str, rows: Rows) -> Iterator[Cell]:
    """For every group the counts that no row has: alerts less those that were false."""
    by_group: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        stages = by_group.setdefault((row.classification_code, row.group_code), {})
        count = row.group_count or 0
        if stages.setdefault(row.stage_code, count) != count:
            found = f"{stages[row.stage_code]} and {count}"
            raise InvalidTableError(
                Problem(f"{name}: {row.group_code}", found, "one count", "Keep one of them.")
            )
    for group, stages in by_group.items():
        for count in find_rests(stages).values():
            yield Cell(count, limits=limits_of(*group))


def _is_about_the_same(new: GroupCount, printed: GroupCount) -> bool:
    """Whether two rows may count the same events."""
    return (
        (new.force_id, whole_of(new.stage_code)) == (printed.force_id, whole_of(printed.stage_code))
        and new.period_start <= printed.period_end
        and printed.period_start <= new.period_end
    )


def _by_subject(counts: Iterable[GroupCount]) -> dict[str, Rows]:
    """The rows about the same events: of one force and period, and of one whole."""
    rows: dict[str, Rows] = {}
    for row in counts:
        rows[_subject(row)] = (*rows.get(_subject(row), ()), row)
    return rows


def _subject(row: GroupCount) -> str:
    whole = whole_of(row.stage_code)
    return f"{whole} of {row.force_id}, {row.period_start} to {row.period_end}"
