"""Checks of the declared counts by group and of the crosswalks between lists of groups.

In: the two reference tables and the claims. Out: every fault as a `Problem`;
`check_groups` raises them together.
Does not judge whether a stated count is right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from etl.model.group_records import GroupCount, GroupCrosswalk
from etl.model.groups import CLASSIFICATIONS
from etl.model.problems import InvalidReferenceError, Problem, format_place
from etl.model.records import Claim

COUNTS = "group_counts.csv"
CROSSWALKS = "group_crosswalks.csv"


def check_groups(
    counts: Sequence[GroupCount], crosswalks: Sequence[GroupCrosswalk], claims: Iterable[Claim]
) -> None:
    """Raises `InvalidReferenceError` with every fault of both tables."""
    stated = {claim.claim_id: claim for claim in claims}
    problems = [
        *(
            problem
            for row, count in enumerate(counts, start=1)
            for problem in _count_faults(row, count, stated)
        ),
        *_incomplete(counts),
        *(
            problem
            for row, crosswalk in enumerate(crosswalks, start=1)
            for problem in _crosswalk_faults(row, crosswalk)
        ),
        *_gaps(crosswalks),
    ]
    if problems:
        raise InvalidReferenceError(problems)


def _count_faults(row: int, count: GroupCount, claims: dict[str, Claim]) -> Iterator[Problem]:
    where = format_place(COUNTS, row=row)
    listed = CLASSIFICATIONS[count.classification_code]
    if count.group_code not in listed.groups:
        yield Problem(
            where,
            count.group_code,
            f"a group of {listed.classification_code}",
            "Use a code of the list.",
        )
    if count.basis_code != listed.basis:
        yield Problem(
            where,
            f"the basis {count.basis_code}",
            listed.basis,
            "Use the list that has this basis.",
        )
    if count.period_end < count.period_start:
        yield Problem(
            where,
            f"a period that ends on {count.period_end}",
            "an end after its start",
            "Mend the period.",
        )
    if count.total_count is not None and (count.group_count or 0) > count.total_count:
        yield Problem(
            where,
            f"{count.group_count} of {count.total_count}",
            "a part of the total",
            "Mend the counts.",
        )
    if count.value_status == "suppressed" or count.group_count is None:
        yield Problem(
            where,
            "a hidden count",
            "the number: the build hides it",
            "Give the count, or remove the row.",
        )
    if count.returned_count_id is not None:
        yield Problem(
            where,
            count.returned_count_id,
            "a claim",
            "Leave out what a return gives: it is read from the return.",
        )
    claim = claims.get(count.claim_id or "")
    if claim is None:
        yield Problem(
            where,
            f"the claim {count.claim_id}",
            "a claim of the record",
            "Name the claim that states it.",
        )
        return
    if count.value_status == "new":
        # A claim is public: one that gave the number would print it.
        if (claim.numerator, claim.value) != (None, None):
            yield Problem(
                where,
                f"a new count that {claim.claim_id} states",
                "published",
                "Name its true status.",
            )
        return
    if claim.reliability == "derived":
        yield Problem(
            where,
            f"{claim.claim_id}, which is derived",
            "a claim that prints the count",
            "Give it as new.",
        )
    for name, found, expected in (
        ("force", count.force_id, claim.force_id),
        ("numerator", count.group_count, claim.numerator),
        ("denominator", count.total_count, claim.denominator),
        ("start", count.period_start, claim.period_start),
        ("end", count.period_end, claim.period_end),
    ):
        if found != expected:
            yield Problem(
                where,
                f"the {name} {found}",
                f"{expected}, as {claim.claim_id} states",
                "Repeat what is stated.",
            )


def _incomplete(counts: Sequence[GroupCount]) -> Iterator[Problem]:
    """What is hidden beside new counts is judged by the whole table:
    every group, adding up to the events."""
    tables: dict[tuple[str, dt.date, dt.date, str, str], list[GroupCount]] = {}
    for count in counts:
        key = (
            count.force_id,
            count.period_start,
            count.period_end,
            count.stage_code,
            count.classification_code,
        )
        tables.setdefault(key, []).append(count)
    for key, rows in tables.items():
        if all(row.value_status == "published" for row in rows):
            continue
        groups, listed = (
            [row.group_code for row in rows],
            CLASSIFICATIONS[rows[0].classification_code].groups,
        )
        totals = {row.total_count for row in rows}
        if sorted(groups) != sorted(listed) or totals != {
            sum(row.group_count or 0 for row in rows)
        }:
            yield Problem(
                f"{COUNTS}, {', '.join(map(str, key))}",
                "new counts that are not a whole table",
                "every group once, adding up to the total that each row gives",
                "Give those of unknown group too, and zeros as 0.",
            )


def _crosswalk_faults(row: int, group_crosswalk: GroupCrosswalk) -> Iterator[Problem]:
    where = format_place(CROSSWALKS, row=row)
    source, target = (
        CLASSIFICATIONS[group_crosswalk.from_classification_code],
        CLASSIFICATIONS[group_crosswalk.to_classification_code],
    )
    for listed, code in (
        (source, group_crosswalk.from_group_code),
        (target, group_crosswalk.to_group_code),
    ):
        if code is not None and code not in listed.groups:
            yield Problem(
                where, code, f"a group of {listed.classification_code}", "Use a code of the list."
            )
    if source.attribute != target.attribute:
        yield Problem(
            where, f"{source.attribute} into {target.attribute}", "one attribute", "Remove the row."
        )
    if source.basis != target.basis and group_crosswalk.lossy == "no":
        yield Problem(
            where,
            "lossy “no” between different bases",
            "lossy “yes”",
            "A change of basis always loses.",
        )
    if group_crosswalk.lossy == "yes" and not group_crosswalk.note:
        yield Problem(where, "a loss without a note", "what does not correspond", "Write the note.")
    if group_crosswalk.from_group_code in source.unknown and group_crosswalk.to_group_code not in {
        None,
        *target.unknown,
    }:
        yield Problem(where, "unknown put into a group", "unknown", "Unknown is never spread.")


def _gaps(crosswalks: Iterable[GroupCrosswalk]) -> Iterator[Problem]:
    """A crosswalk that leaves a group out would lose its people without a word."""
    covered: dict[tuple[str, str], set[str]] = {}
    for crosswalk in crosswalks:
        pair = (crosswalk.from_classification_code, crosswalk.to_classification_code)
        covered.setdefault(pair, set()).add(crosswalk.from_group_code)
    for (source, target), groups in covered.items():
        if missing := [code for code in CLASSIFICATIONS[source].groups if code not in groups]:
            yield Problem(
                CROSSWALKS,
                f"{source} into {target} without {', '.join(missing)}",
                "every group of the list",
                "Add the rows; leave the target blank where there is no counterpart.",
            )
