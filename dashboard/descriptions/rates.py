"""Titles, labels and text alternatives of measures with an interval, said from the Estimates in them.

In: `Interval`s of `dashboard.queries.rates`. Out: plain sentences and the rows of the tables behind the figures.
Does not draw and does not compute.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.queries.rates import PER_FACE_SEEN, SHARE_OF_ALERTS, Interval, Missing
from dashboard.text.language import _, ngettext
from dashboard.text.language import mark as N_
from dashboard.text.numbers import (
    say_count,
    say_estimate,
    say_fraction,
    say_list,
    say_per_million_faces,
    say_period,
    say_share_of_alerts,
    say_short_period,
)

FRACTIONS = {
    SHARE_OF_ALERTS: N_("{count} of {whole} alerts"),
    PER_FACE_SEEN: N_("{count} of {whole} faces seen"),
}
_FINDINGS = {
    SHARE_OF_ALERTS: N_("{count} of {whole} alerts were false"),
    PER_FACE_SEEN: N_("{count} of {whole} faces seen gave a false alert"),
}
_ALTS = {
    SHARE_OF_ALERTS: N_("Dots with 95% intervals of false alerts as a share of alerts. {rows}."),
    PER_FACE_SEEN: N_("Dots with 95% intervals of false alerts per million faces seen, on a scale in which each step is ten times. {rows}."),
}  # fmt: skip
_SUBJECTS = {SHARE_OF_ALERTS: N_("alerts"), PER_FACE_SEEN: N_("faces seen")}


def name_interval(one: Interval, intervals: Sequence[Interval]) -> str:
    """The name of a row; with its months for a force, and for a year that stands there twice."""
    if one.publication:
        return f"{one.name}: {one.publication}"
    twice = sum(other.name == one.name for other in intervals) > 1
    say = say_period if twice else say_short_period
    period = say(one.estimate.period_start, one.estimate.period_end)
    return f"{one.name}, {period}" if twice or not one.dated else one.name


def label_intervals(intervals: Sequence[Interval]) -> list[tuple[str, str]]:
    """Name, and `1.3% (1.0% to 1.6%) – 59 of 4,694`."""
    found = []
    for one in intervals:
        per_face = one.estimate.measure_id == PER_FACE_SEEN
        say = say_per_million_faces if per_face else say_share_of_alerts
        found.append((name_interval(one, intervals), f"{say(one.estimate)} – {say_fraction(one.estimate)}"))
    return found


def say_intervals_title(intervals: Sequence[Interval]) -> str:
    """The two with most trials: `Metropolitan Police: 59 of 4,694 alerts were false; South Wales: 2,451 of 2,685 …`."""
    most = sorted(intervals, key=lambda one: -(one.estimate.denominator or 0))[:2]
    measure_id = intervals[0].estimate.measure_id
    said = [
        _("{name}: {value}").format(
            name=_name_short(one, intervals), value=say_fraction(one.estimate, _(_FINDINGS[measure_id]))
        )
        for one in intervals
        if one in most
    ]
    return "; ".join(said)


def _name_short(one: Interval, intervals: Sequence[Interval]) -> str:
    """The name alone, unless it stands there twice."""
    twice = sum(other.name == one.name for other in intervals) > 1
    return name_interval(one, intervals) if twice and not one.publication else one.name


def say_intervals_alt(intervals: Sequence[Interval]) -> str:
    """What the dots show, row by row."""
    line = _("{name}: {value}")
    rows = "; ".join(line.format(name=name, value=value) for name, value in label_intervals(intervals))
    said = _(_ALTS[intervals[0].estimate.measure_id]).format(rows=rows)
    return f"{said} {_('All values are in the table.')}"


def list_intervals(intervals: Sequence[Interval]) -> list[tuple[str, ...]]:
    """The rows of the table behind the dots: name, false alerts, trials, rows with both, value with interval."""
    both = _("{count} of {whole}")
    return [
        (
            name_interval(one, intervals),
            say_count(one.estimate.numerator or 0),
            say_count(one.estimate.denominator or 0),
            both.format(count=say_count(one.estimate.used_count), whole=say_count(one.estimate.rows_count)),
            say_estimate(one.estimate),
        )
        for one in intervals
    ]


def say_missing(missing: Sequence[Missing], measure_id: str) -> list[str]:
    """`Not shown: Surrey and Sussex publish neither false alerts nor alerts.`"""
    whole = _(_SUBJECTS[measure_id])
    return [_say_missing(one).format(names=say_list(one.names), whole=whole) for one in missing]


def _say_missing(one: Missing) -> str:
    number = len(one.names)
    if one.no_false and one.no_whole:
        return ngettext(
            "Not shown: {names} publishes neither false alerts nor {whole}.",
            "Not shown: {names} publish neither false alerts nor {whole}.",
            number,
        )
    if one.no_false:
        return ngettext(
            "Not shown: {names} publishes no number of false alerts.",
            "Not shown: {names} publish no number of false alerts.",
            number,
        )
    if one.no_whole:
        return ngettext(
            "Not shown: {names} publishes no number of {whole}.",
            "Not shown: {names} publish no number of {whole}.",
            number,
        )
    return ngettext(
        "Not shown: {names} publishes both, but no deployment has false alerts and {whole} above zero together.",
        "Not shown: {names} publish both, but no deployment has false alerts and {whole} above zero together.",
        number,
    )
