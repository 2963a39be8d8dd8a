"""Numbers that are not printed but follow from printed cells of the same row, by declared rules.

In: Counts after corrections. Out: the same Counts, with `derived` values where a rule applies and
`derivation` naming it. Does not estimate: a rule applies only where exactly one number is possible.
Printed numbers are never replaced."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from etl.model import codes
from etl.model.funnel_parts import FALSE_PARTS, PARTS, RATE_STEP
from etl.model.records import Count, Deployment


def derive_counts(deployments: Iterable[Deployment], counts: Iterable[Count]) -> tuple[Count, ...]:
    """Fills what can be derived, deployment by deployment, keeping the order of the counts."""
    rates = {
        deployment.deployment_id: deployment.published_false_alert_rate_text
        for deployment in deployments
    }
    rows: dict[str, dict[str, Count]] = {}
    for count in counts:
        rows.setdefault(count.deployment_id, {})[count.stage_code] = count
    for deployment_id, row in rows.items():
        _derive_parts(row)
        _derive_from_rate(row, rates[deployment_id])
        _derive_parts(row)
    return tuple(row[stage] for row in rows.values() for stage in codes.STAGE if stage in row)


def _derive_parts(row: dict[str, Count]) -> None:
    changed = True
    while changed:
        changed = False
        for whole, parts in PARTS:
            known = {part: _exact(row[part]) for part in parts}
            total = _exact(row[whole])
            missing = [part for part, value in known.items() if value is None]
            present = sum(value for value in known.values() if value is not None)
            if total is None and not missing:
                changed |= _set(row, whole, present, "sum_of_parts")
            elif total is not None and missing and present == total:
                for part in missing:
                    changed |= _set(row, part, 0, "nothing_left")
            elif total is not None and len(missing) == 1 and present < total:
                changed |= _set(row, missing[0], total - present, "rest_of_whole")


def _derive_from_rate(row: dict[str, Count], rate_text: str | None) -> None:
    faces = _exact(row["faces_seen"])
    rate = _rate(rate_text)
    if faces is None or rate is None or _exact(row["false_alerts"]) is not None:
        return
    possible = counts_at_rate(rate, faces)
    alerts = _exact(row["alerts"])
    known = sum(row[part].value or 0 for part in FALSE_PARTS)
    if len(possible) == 1 and possible[0] >= known and (alerts is None or possible[0] <= alerts):
        _set(row, "false_alerts", possible[0], "only_count_at_rate")


def counts_at_rate(rate_percent: Decimal, faces: int) -> tuple[int, ...]:
    """Every whole number of false alerts whose rate per 100 faces is within one step of the printed
    one.

    A rate above zero is not printed for no false alert at all."""
    printed_step = Decimal(1).scaleb(int(rate_percent.as_tuple().exponent))
    step = RATE_STEP if rate_percent == 0 else max(RATE_STEP, printed_step)
    low = max(0 if rate_percent == 0 else 1, math.floor((rate_percent - step) * faces / 100) + 1)
    high = math.ceil((rate_percent + step) * faces / 100) - 1
    return tuple(range(low, high + 1))


def _rate(text: str | None) -> Decimal | None:
    try:
        return Decimal((text or "").removesuffix("%").strip())
    except InvalidOperation:
        return None


def _exact(count: Count) -> int | None:
    """A number that may enter arithmetic: no lower bound, no rounded number, none that was
    published selectively."""
    return None if count.value_status in {"at_least", "about", "noted"} else count.value


def _set(row: dict[str, Count], stage: str, value: int, rule: str) -> bool:
    if row[stage].value is not None or row[stage].value_status in {"in_doubt", "technical_fault"}:
        return False
    row[stage] = replace(row[stage], value=value, value_status="derived", derivation=rule)
    return True
