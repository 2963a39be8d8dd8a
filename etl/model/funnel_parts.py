"""What the stages of the funnel are made of, and how finely publishers print rates.

In: nothing. Out: stages with their parts; the step of a printed rate, in per cent. Declared once
for derivations and checks."""

from __future__ import annotations

from decimal import Decimal

TRUE_PARTS = ("true_alerts_confirmed", "true_alerts_unconfirmed")


FALSE_PARTS = ("false_alerts_confirmed", "false_alerts_unconfirmed")

# A whole and the parts that make it up.
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("true_alerts", TRUE_PARTS),
    ("false_alerts", FALSE_PARTS),
    ("alerts", ("true_alerts", "false_alerts")),
    ("alerts", TRUE_PARTS + FALSE_PARTS),
)


# As published: the Met's rates are given to the thousandth of a per cent;
# a zero is printed as "0%" or "0".
RATE_STEP = Decimal("0.001")
