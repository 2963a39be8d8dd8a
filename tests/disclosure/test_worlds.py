"""A reader who writes down every world that agrees with all that is shown: two releases of alerts
and false alerts by sex, with their totals, and a return of some of the same days."""

from __future__ import annotations

import dataclasses
import itertools
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from etl.disclosure.group_tables import ShownCounts, hide_counts
from etl.model.group_records import GroupCount
from tests.measures.groups.sample_groups import YEAR, group_count, new_counts

ROOT = Path(__file__).resolve().parents[2]
GROUPS = ("female", "male", "not_stated")
STAGES = ("alerts", "false_alerts")
# Alerts by group and false alerts by group, of one release.
World = tuple[tuple[int, ...], tuple[int, ...]]
Shown = tuple[int | None, ...]
# The places in `secrets` of what is about the first release alone.
OF_THE_FIRST = (0, 1, 2, 3, 4, 5, 12, 13, 14)
Hide = Callable[[Sequence[GroupCount], Sequence[ShownCounts]], Sequence[GroupCount]]


def draw_world(chance: random.Random) -> World:
    if chance.random() < 0.3:  # nothing small
        alerts = (5, 0, chance.choice((0, 5)))
        return alerts, tuple(chance.choice((0, count)) for count in alerts)
    alerts = tuple(chance.choice((0, 0, 1, 3, 5, 5, 6)) for _ in GROUPS)
    return alerts, tuple(chance.choice((0, 0, count // 2, count)) for count in alerts)


def grow(world: World, chance: random.Random) -> World:
    """The next release: nobody more, or one to five alerts more about one group."""
    more, group = chance.choice((0, 0, 1, 2, 5)), chance.randrange(len(GROUPS))
    return tuple(
        tuple(
            count + more * (at == group and (stage == 0 or more % 2 == 1))
            for at, count in enumerate(counts)
        )
        for stage, counts in enumerate(world)
    )  # type: ignore[return-value]


def to_rows(world: World) -> list[GroupCount]:
    return [
        row
        for stage, counts in zip(STAGES, world, strict=True)
        for row in new_counts("sex", stage, dict(zip(GROUPS, counts, strict=True)))
    ]


def release_both(first: World, second: World, printed: int | None, hide: Hide) -> list[Shown]:
    """What two releases show, six counts each. `printed`: women among the alerts of January."""
    january = {"period_end": YEAR[0].replace(day=31), "claim_id": "c_2"}
    extra = (
        []
        if printed is None
        else [group_count("female", printed, None, stage_code="alerts", **january)]
    )
    extra = [dataclasses.replace(row, classification_code="sex") for row in extra]
    releases: list[ShownCounts] = []
    for world in (first, second):
        shown = tuple(hide([*to_rows(world), *extra], releases))
        releases.append(ShownCounts(f"r{len(releases)}", shown))
    return [tuple(row.group_count for row in release.counts[:6]) for release in releases]


def splits(total: int, most: Sequence[int] | None = None) -> Iterator[tuple[int, ...]]:
    """All ways of putting so many people into the groups, at most so many in each."""
    for female in range(total + 1):
        for male in range(total - female + 1):
            counts = (female, male, total - female - male)
            if most is None or all(a <= b for a, b in zip(counts, most, strict=True)):
                yield counts


def list_worlds(first: World, second: World, shown: Sequence[Shown]) -> Iterator[list[int]]:
    """The twelve counts of every two worlds with these totals that agree with what is shown, if
    nobody was taken back."""
    (alerts, false), (more_alerts, more_false) = (
        tuple(sum(counts) for counts in world) for world in (first, second)
    )
    rises = [
        (rise, false_rise)
        for rise in splits(more_alerts - alerts)
        for false_rise in splits(more_false - false, rise)
    ]
    for counts in splits(alerts):
        if not agrees(counts, shown[0][:3]):
            continue
        for false_counts in splits(false, counts):
            if not agrees(false_counts, shown[0][3:]):
                continue
            early = (*counts, *false_counts)
            for rise in rises:
                late = tuple(a + b for a, b in zip(early, itertools.chain(*rise), strict=True))
                if agrees(late, shown[1]):
                    yield [*early, *late]


def agrees(counts: Sequence[int], shown: Shown) -> bool:
    return all(wanted in (None, count) for wanted, count in zip(shown, counts, strict=True))


def secrets(counts: Sequence[int]) -> list[int]:
    """Every count of both releases, what is true of it, and every change."""
    early, late = list(counts[:6]), list(counts[6:])
    true = [each[at] - each[at + 3] for each in (early, late) for at in range(3)]
    return [*early, *late, *true, *(b - a for a, b in zip(early, late, strict=True))]


def ruled_out(first: World, second: World, printed: int | None, hide: Hide) -> bool:
    """Whether a release rules out a small value of a small count or change that was possible
    before it, knowing the totals."""
    shown = release_both(first, second, printed, hide)
    true = secrets([*itertools.chain(*first), *itertools.chain(*second)])
    small = [at for at, value in enumerate(true) if 0 < value < 5]
    nothing: Shown = (None,) * 6

    def possible(*known: Shown) -> list[set[int]]:
        worlds = (w for w in list_worlds(first, second, known) if w[0] >= (printed or 0))
        return [set(values) for values in zip(*map(secrets, worlds), strict=True)]

    if not small:
        return False
    knowledge = [possible(nothing, nothing), possible(shown[0], nothing), possible(*shown)]
    return any(
        (before[at] - after[at]) & set(range(5))
        for release, (before, after) in enumerate(itertools.pairwise(knowledge))
        for at in small
        if release == 1 or at in OF_THE_FIRST
    )


def draw_case(chance: random.Random) -> tuple[World, World, int | None]:
    first = draw_world(chance)
    printed = chance.choice((None, None, first[0][0] // 2))
    return first, grow(first, chance), printed


def test_in_no_world_a_small_count_or_change_can_be_pinned() -> None:
    chance = random.Random(1)
    shown_count = 0
    for _ in range(80):
        first, second, printed = draw_case(chance)
        assert not ruled_out(first, second, printed, hide_counts), (first, second, printed)
        shown = release_both(first, second, printed, hide_counts)
        shown_count += None not in shown[0]
    assert 0 < shown_count < 80


def test_the_same_reader_breaks_a_rule_that_hides_the_small_counts_alone() -> None:
    def hide_small(
        counts: Sequence[GroupCount], _earlier: Sequence[ShownCounts]
    ) -> Sequence[GroupCount]:
        return [
            dataclasses.replace(row, group_count=None) if 0 < (row.group_count or 0) < 5 else row
            for row in counts
        ]

    first: World = ((3, 10, 0), (0, 5, 0))
    second: World = ((4, 10, 0), (0, 5, 0))
    shown = release_both(first, second, None, hide_small)
    (only,) = list_worlds(first, second, shown)
    assert only == [*itertools.chain(*first), *itertools.chain(*second)]
    shown = release_both(first, second, None, hide_counts)
    assert len(list(list_worlds(first, second, shown))) > 100


def test_every_process_hides_the_same_counts() -> None:
    """Python orders sets by a number that is drawn anew for each process."""
    program = (
        "from tests.disclosure.test_worlds import release_both, hide_counts\n"
        "for women in (3, 12):\n"
        "    first = ((women, 10, 0), (0, 5, 0))\n"
        "    print(release_both(first, first, None, hide_counts))\n"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    (lines,) = printed
    assert lines.splitlines() == [
        "[(None, None, None, None, None, None), (None, None, None, None, None, None)]",
        "[(12, 10, 0, 0, 5, 0), (12, 10, 0, 0, 5, 0)]",
    ]
