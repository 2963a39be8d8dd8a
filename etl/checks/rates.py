"""Whether the publisher's own false alert rate follows from the counts printed beside it.

In: `Evidence` with values as printed. Out: `Finding`s.
Does not use the printed rate for anything else and does not say which of the numbers is misprinted.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from etl.checks.counts import at_least, exact, get_count
from etl.checks.evidence import Evidence
from etl.checks.findings import report_row
from etl.model.funnel_parts import RATE_STEP
from etl.model.records import Deployment, Finding


def check_printed_rates(evidence: Evidence) -> Iterator[Finding]:
    """The printed rate, per 100 faces, against every number of false alerts that the printed counts
    allow.

    As published: rates are cut off as often as rounded, so one unit of the last printed place is
    allowed either way; and a rate of nothing is printed without decimals, so it allows only what is
    below a thousandth of a per cent."""
    for deployment in evidence.deployments:
        text = deployment.published_false_alert_rate_text
        rate = read_rate(text)
        faces = exact(evidence, deployment, "faces_seen")
        if text is None or rate is None or not faces:
            continue
        fewest, most = _possible_false_alerts(evidence, deployment)
        unit = RATE_STEP if rate == 0 else _last_place(rate)
        low = max(math.floor((rate - unit) * faces / 100) + 1, fewest, 0 if rate == 0 else 1)
        high = math.ceil((rate + unit) * faces / 100) - 1
        if low <= (high if most is None else min(high, most)):
            continue
        yield report_row(
            "rate_contradicts_counts",
            deployment,
            "published_false_alert_rate_text",
            printed=text,
            expected=_describe_expected(fewest, most, faces),
            message=_describe(text, rate, fewest, most, faces),
        )


def read_rate(text: str | None) -> Decimal | None:
    """The printed rate in per cent, with or without its sign; None for other text."""
    try:
        return Decimal((text or "").removesuffix("%").strip())
    except InvalidOperation:
        return None


def _last_place(rate: Decimal) -> Decimal:
    return Decimal(1).scaleb(int(rate.as_tuple().exponent))


def _possible_false_alerts(evidence: Evidence, deployment: Deployment) -> tuple[int, int | None]:
    false_alerts = get_count(evidence, deployment, "false_alerts")
    if false_alerts is not None:
        return false_alerts, false_alerts
    alerts = get_count(evidence, deployment, "alerts")
    most = None if alerts is None else alerts - at_least(evidence, deployment, "true_alerts")
    return at_least(evidence, deployment, "false_alerts"), most


def _format_rate(false_alerts: int, faces: int) -> str:
    return f"{Decimal(100 * false_alerts) / faces:.4f}%"


def _describe_expected(fewest: int, limit: int | None, faces: int) -> str:
    if fewest == limit:
        return f"{_format_rate(fewest, faces)}, {fewest} in {faces:,}"
    return f"at least {_format_rate(fewest, faces)}, {fewest} in {faces:,}"


def _describe(text: str, rate: Decimal, fewest: int, limit: int | None, faces: int) -> str:
    if rate == 0:
        return (
            f"a false alert rate of {text} is printed although there is a false alert ({fewest} in "
            f"{faces:,} faces seen)."
        )
    if limit == 0:
        return f"a false alert rate of {text} is printed although there is no false alert."
    if fewest == limit:
        return (
            f"a false alert rate of {text} is printed, but {fewest} in {faces:,} faces seen is "
            f"{_format_rate(fewest, faces)}."
        )
    return (
        f"a false alert rate of {text} is printed, which no whole number of false alerts gives in "
        f"{faces:,} faces seen."
    )
