"""Every check, declared once: what it asks, how much it matters, and what a reader should make of a
finding.

In: `checks.toml`. Out: `CHECKS`, from which the documentation, the findings page and every
finding's severity are taken. Does not check anything: the functions of `etl.checks` do."""

from __future__ import annotations

from dataclasses import dataclass

from etl.model.declarations import read_declarations


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `answered_by` names fields, besides the one reported, whose correction answers a
    finding; `remedy` says what to do about an error, which stops a build."""

    check_id: str
    severity: str
    title: str
    question: str
    meaning: str
    answered_by: tuple[str, ...] = ()
    remedy: str = (
        "Compare the kept cell with the print; mend the cells, the column map or the correction."
    )


_BY_ID = read_declarations(__file__, "checks").entries("checks", Check)
CHECKS = tuple(_BY_ID.values())


def check_of(check_id: str) -> Check:
    """The declaration of a check; KeyError if there is none."""
    return _BY_ID[check_id]
