"""Which figures a statement allows: exactly one, those that round to it, or all on one side of it.

In: a stated figure and how it is stated. Out: `Allowed`. Does not compare anything with it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Allowed:
    """From `low` to `high`, each without itself where it is `open`;
    None where there is no end on that side."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def holds(self, figure: Fraction) -> bool:
        """Whether the statement allows the figure."""
        return not (self.lies_above(figure) or self._lies_below(figure))

    def lies_above(self, figure: Fraction) -> bool:
        """Whether the figure is more than every figure that the statement allows."""
        return self.high is not None and (
            figure > self.high or (self.high_open and figure == self.high)
        )

    def _lies_below(self, figure: Fraction) -> bool:
        return self.low is not None and (
            figure < self.low or (self.low_open and figure == self.low)
        )

    def is_above(self, other: Allowed) -> bool:
        """Whether every figure that this allows is more than every figure that the other allows."""
        if self.low is None or other.high is None:
            return False
        return self.low > other.high or (
            self.low == other.high and (self.low_open or other.high_open)
        )


def to_allowed(stated: Fraction, stated_as: str | None, rounded_to: Decimal | None) -> Allowed:
    """What a figure allows that is stated so.

    A rounded one may have been rounded or cut off, so that it stands for less than one unit either
    way. “About” is rounded to the nearest, half a unit either way: at one leading figure a whole
    unit would be as much as the figure. “Nearly” is less than one unit of its last place that is
    not zero below, and never above."""
    unit = Fraction(rounded_to or 0)
    if stated_as == "at_least":
        return Allowed(stated, None)
    if stated_as == "more_than":
        return Allowed(stated, None, low_open=True)
    if stated_as == "nearly":
        return Allowed(stated - _last_place(stated), stated, low_open=True)
    if stated_as == "about":
        return Allowed(stated - unit / 2, stated + unit / 2)
    if stated_as == "rounded":
        return Allowed(stated - unit, stated + unit, low_open=True, high_open=True)
    return Allowed(stated, stated)


def _last_place(stated: Fraction) -> Fraction:
    """The unit of the last place that is not zero: of 4,700,000 it is a hundred thousand."""
    unit = Fraction(1)
    while stated and (stated / unit).denominator == 1:
        unit *= 10
    while stated and (stated / unit).denominator != 1:
        unit /= 10
    return unit
