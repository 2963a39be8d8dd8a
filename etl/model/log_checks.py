"""Every check of an event log, declared once: what it asks, and what follows from a finding.

In: `log_checks.toml`. Out: `LOG_CHECKS`. Does not check anything: `etl.logs.checks` does."""

from __future__ import annotations

from dataclasses import dataclass

from etl.model.declarations import read_declarations


@dataclass(frozen=True, slots=True)
class LogCheck:
    """One check. An error stops the rollup; a warning stands beside the return."""

    check_id: str
    severity: str
    question: str
    expected: str
    remedy: str


LOG_CHECKS = read_declarations(__file__, "checks").entries("checks", LogCheck)
