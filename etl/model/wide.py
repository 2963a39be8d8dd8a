"""The canonical deployment columns: one row a deployment, one column a stage.

In: a Deployment and its Counts. Out: the row of `etl read` and of the public `deployments.csv`.
Does not compute: a stage without a number is blank, and the reason is in the long counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from etl.model.records import Count, Deployment

# The order is a contract with everybody who reads these files.
_COLUMNS = (
    "deployment_id force_id publication_id page row date end_date start_time end_time "
    "duration_minutes location_text use_case_code use_case_text watchlist_size threshold "
    "faces_seen_count alerts_count true_alerts_confirmed_count true_alerts_unconfirmed_count "
    "true_alerts_count false_alerts_confirmed_count false_alerts_unconfirmed_count "
    "false_alerts_count engagements_after_true_alerts_count engagements_after_false_alerts_count "
    "arrests_count arrests_or_disposals_count other_disposals_count no_action_count "
    "published_false_alert_rate_text reliability corrections"
)
CANONICAL_COLUMNS = tuple(_COLUMNS.split())
COUNT_SUFFIX = "_count"


def widen_deployment(deployment: Deployment, counts: Mapping[str, Count]) -> dict[str, str]:
    """One canonical row as texts; `counts` is keyed by stage."""
    return {
        column: format_value(_value(deployment, counts, column)) for column in CANONICAL_COLUMNS
    }


def widen_deployments(
    deployments: Iterable[Deployment], counts: Iterable[Count]
) -> list[dict[str, str]]:
    """Canonical rows in the order of the deployments."""
    by_deployment: dict[str, dict[str, Count]] = {}
    for count in counts:
        by_deployment.setdefault(count.deployment_id, {})[count.stage_code] = count
    return [
        widen_deployment(record, by_deployment.get(record.deployment_id, {}))
        for record in deployments
    ]


def format_value(value: object) -> str:
    """A value as text in a file: ISO dates, times to the minute, decimals without trailing noughts,
    blank for none."""
    if type(value) is str:  # most are: asked first
        return value
    if value is None:
        return ""
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)


def _value(deployment: Deployment, counts: Mapping[str, Count], column: str) -> object:
    if hasattr(deployment, column):
        return getattr(deployment, column)
    count = counts.get(column.removesuffix(COUNT_SUFFIX))
    return None if count is None else count.value
