"""The key of a chart over time.

In: `Series` of `dashboard.queries.series`. Out: entries for `dashboard.charts.key`."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.key import KeyEntry
from dashboard.queries.series import Series, kind_of
from dashboard.text.language import _


def list_key(series: Sequence[Series], *, bars: bool) -> list[KeyEntry]:
    """What the marks of the figure are: only what is drawn is explained."""
    points = [point for each_series in series for point in each_series.points]
    kinds = {kind_of(point) for point in points}
    key = []
    if any(each_series.until for each_series in series):
        words = _("Period not finished; the last day with figures is given")
        key.append(KeyEntry("hatched" if bars else "hollow", words))
    if bars and "part" in kinds:
        words = _("At least this many: some deployments come without the number")
        key.append(KeyEntry("dotted", words))
    if bars and "zero" in kinds:
        key.append(KeyEntry("dot", _("None in this period")))
    if bars and "missing" in kinds:
        key.append(KeyEntry("cross", _("Used, but we have no number")))
    if not series[0].is_count:
        words = _("95% interval; hollow: fewer than 20 events")
        key.append(KeyEntry("interval", words))
    if any(each_series.breaks for each_series in series):
        key.append(KeyEntry("break", _("The method changed on this day: do not compare across it")))
    if any(point.covered for point in points) and (bars or len(series) == 1):
        key.append(KeyEntry("strip", _("Figures are complete for this period")))
    return key
