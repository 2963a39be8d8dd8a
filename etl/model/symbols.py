"""The symbols that stand beside a number or in its place, declared once.

In: nothing. Out: `SYMBOL`. Statuses begin with one of these in brackets (`VALUE_STATUS`, `STATUS`);
none is used undeclared."""

from __future__ import annotations

from etl.model.codes import Code, CodeList

SYMBOL = CodeList(
    "symbol",
    (
        Code(
            "c",
            "[c] suppressed",
            "Hidden, by this project or by the force itself, so that no person can be singled out. "
            "Counts of events are never hidden.",
        ),
        Code(
            "x",
            "[x] not available",
            "Absent, with its reason: not published, not collected, withheld, a technical fault. "
            "Absent is not zero.",
        ),
        Code(
            "z",
            "[z] not applicable",
            "The question does not arise, or there is nothing to divide by.",
        ),
        Code(
            "u",
            "[u] low reliability",
            "Fewer than 20 events: the interval is wide and has to be read with the value.",
        ),
        Code(
            "p",
            "[p] provisional",
            "The publications end inside the period, so that the number will rise.",
        ),
        Code("r", "[r] revised", "The publisher printed another number before; both are kept."),
        Code(
            "b",
            "[b] break in the series",
            "What is counted, or under which conditions, changed within the period: before and "
            "after do not compare.",
        ),
        Code(
            "e",
            "[e] estimate",
            "The publisher calls the number an estimate, or printed a bound or a rounded number.",
        ),
    ),
)
