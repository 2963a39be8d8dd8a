"""A funnel: groups beside the range in which chance alone would put them, instead of a league
table.

In: nothing. Out: `Funnel` and what it is made of. Does not compute and does not draw."""

from __future__ import annotations

from dataclasses import dataclass

from etl.model.estimates import Estimate
from etl.model.refusals import Refusal


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """One group. `p_value` is two-sided and exact against the target; `holm_p_value` allows for how
    many groups are looked at. `side` is `above` or `below` where the latter is under 5%, else
    `inside`."""

    estimate: Estimate
    p_value: float
    holm_p_value: float
    side: str


@dataclass(frozen=True, slots=True)
class FunnelLimits:
    """In the measure's scale: a value under `low` or over `high` is seen by chance at most once in
    40 on either side (95%), or once in 1,000 (99.8%), if the group's true value is the target."""

    denominator: float
    low_95: float
    high_95: float
    low_998: float
    high_998: float


@dataclass(frozen=True, slots=True)
class Funnel:
    """`target` is the value of all points together. `left_out` are groups without a value, each
    with its reason. `limits` rise with the denominator and span the points."""

    numerator: int
    denominator: float
    target: float
    points: tuple[FunnelPoint, ...]
    limits: tuple[FunnelLimits, ...]
    left_out: tuple[Estimate, ...]
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FunnelAnswer:
    """A funnel, or the reason why there is none."""

    funnel: Funnel | None = None
    refusal: Refusal | None = None
