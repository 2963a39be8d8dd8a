"""Two estimates of one measure side by side, or the reason why they do not compare.

In: two Estimates and the declared breaks between them. Out: a `Comparison` or a refusal inside it.
Does not query; does not call a difference real or unreal: it gives ratio and difference with exact
intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.measures.catalogue import Measure
from etl.measures.groups.disparity import Disparity, disparity
from etl.measures.intervals import FAULTS, NoIntervalError
from etl.model.estimates import Estimate
from etl.model.messages import join, message
from etl.model.reference import Break
from etl.model.refusals import Refusal

# A break of the threshold changes which faces become alerts, and so every kind of alert.
_ALERTS = {
    "alerts",
    "true_alerts",
    "true_alerts_confirmed",
    "true_alerts_unconfirmed",
    "false_alerts",
    "false_alerts_confirmed",
    "false_alerts_unconfirmed",
}
BREAKS_WITH: dict[str, set[str]] = {"alerts": _ALERTS}

# Codes of messages, in the order of `FAULTS` without its first, which is none.
_NO_INTERVAL = (
    "events_out_of_range",
    "trials_out_of_range",
    "exposure_out_of_range",
    "more_events_than_trials",
    "no_events_in_either",
    "numbers_out_of_range",
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`second` over `first`, as a `Disparity`; or a `refusal` with its reason and no numbers."""

    first: Estimate
    second: Estimate
    disparity: Disparity | None = None
    refusal: Refusal | None = None


def compare_estimates(
    measure: Measure, first: Estimate, second: Estimate, separating: Sequence[Break]
) -> Comparison:
    """Ratio by the conditional exact method, difference by MOVER;
    refused across `separating` breaks."""
    if separating:
        breaks = [join(message("from_day", day=row.first_date), row.meaning) for row in separating]
        text = join(message("not_across_break", measure=measure.title), *breaks)
        return Comparison(first, second, refusal=Refusal("across_break", text))
    for estimate in (first, second):
        if estimate.status == "not_comparable":
            return Comparison(first, second, refusal=Refusal("across_break", estimate.reason))
    if measure.kind not in ("proportion", "rate"):
        text = message("no_interval_difference", measure=measure.title)
        return Comparison(first, second, refusal=Refusal("no_interval", text))
    counts = (second.numerator, second.denominator, first.numerator, first.denominator)
    k2, e2, k1, e1 = counts
    if k2 is None or e2 is None or k1 is None or e1 is None:
        reason = first.reason if first.value is None else second.reason
        return Comparison(first, second, refusal=Refusal("no_value", reason))
    try:
        return Comparison(first, second, disparity=disparity(k2, e2, k1, e1))
    except NoIntervalError as error:
        text = message(_NO_INTERVAL[FAULTS.index(error.reason) - 1])
        return Comparison(first, second, refusal=Refusal("no_interval", text))
