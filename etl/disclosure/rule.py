"""The rule of disclosure control: counts of the same people are shown whole or hidden whole.

In: the new counts of people about the same events, and what earlier releases showed of them. Out:
why they are hidden, or None; an `Estimate` without its numbers. Decision, limits and proof:
`docs/decisions/0008-disclosure-control.md`. Does not know rows, lists of groups or returns."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from etl.model.codes import VALUE_STATUS
from etl.model.estimates import Estimate
from etl.model.messages import join

# The least count of people, and of people under 18, that is shown.
SMALLEST, SMALLEST_UNDER_18 = 5, 10
REASON = join(VALUE_STATUS.entry("suppressed").meaning)
SMALL = "a count so small that it could single people out"
CHANGED = "counts that an earlier release did not show in the same way"
Label = TypeVar("Label")


@dataclass(frozen=True, slots=True)
class Limits:
    """Counts from `lowest` to `highest` are small."""

    lowest: int
    highest: int

    def is_small(self, count: int) -> bool:
        return self.lowest <= count <= self.highest


ADULTS = Limits(1, SMALLEST - 1)
# "Nothing under 10" is read to the letter: that there was no child is not shown either.
CHILDREN = Limits(0, SMALLEST_UNDER_18 - 1)


@dataclass(frozen=True, slots=True)
class Cell:
    """A count of people. `is_new`: nobody printed it, so it can be hidden."""

    count: int
    is_new: bool = True
    limits: Limits = ADULTS

    @property
    def is_small(self) -> bool:
        return self.is_new and self.limits.is_small(self.count)


def find_reason(
    cells: Mapping[Label, Cell],
    earlier: Sequence[Mapping[Label, int | None]] = (),
    derived: Iterable[Cell] = (),
) -> str | None:
    """Why no new count of `cells` may be shown; None if all may.

    `cells` are all counts of people about the same events, whatever they are by; `derived` are
    counts in no cell that follow from cells by subtraction. `earlier` is what each earlier release
    showed of the same events, None where it hid: today's counts are shown if nothing changed."""
    if any(cell.is_small for cell in (*cells.values(), *derived)):
        return SMALL
    now = {label: cell.count for label, cell in cells.items()}
    if any(dict(shown) != now for shown in earlier):
        return CHANGED
    return None


def hide_estimate(estimate: Estimate) -> Estimate:
    """The estimate of a hidden count: numerator, denominator, value and limits go together, because
    any two of them give the third."""
    return dataclasses.replace(
        estimate,
        numerator=None,
        denominator=None,
        value=None,
        low=None,
        high=None,
        status="suppressed",
        reason=REASON,
    )
