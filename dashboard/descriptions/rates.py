"""Titles, labels and text alternatives of measures with an interval, said from the Estimates in
them.

In: `Interval`s of `dashboard.queries.rates`. Out: plain sentences and the rows of the tables behind
the figures. Does not draw and does not compute."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.queries.rates import MIN_ALERTS, PER_FACE_SEEN, SHARE_OF_ALERTS, Interval, Missing
from dashboard.text.declared import read_texts
from dashboard.text.language import _, ngettext
from dashboard.text.language import mark as N_
from dashboard.text.numbers import (
    format_count,
    format_estimate,
    format_fraction,
    format_list,
    format_per_million_faces,
    format_period,
    format_share_of_alerts,
    format_short_period,
)

_TEXTS = read_texts(__file__)
FRACTIONS = _TEXTS.by_code("fractions")
_FINDINGS = _TEXTS.by_code("findings")
_ALTS = _TEXTS.by_code("alts")
_SUBJECTS = {SHARE_OF_ALERTS: N_("alerts"), PER_FACE_SEEN: N_("faces seen")}


def name_interval(interval: Interval, intervals: Sequence[Interval]) -> str:
    """The name of a row; with its months for a force, and for a year with two rows."""
    if interval.publication:
        return f"{interval.name}: {interval.publication}"
    twice = sum(other.name == interval.name for other in intervals) > 1
    describe = format_period if twice else format_short_period
    period = describe(interval.estimate.period_start, interval.estimate.period_end)
    return f"{interval.name}, {period}" if twice or not interval.dated else interval.name


def label_intervals(intervals: Sequence[Interval]) -> list[tuple[str, str]]:
    """Name, and `1.3% (1.0% to 1.6%) – 59 of 4,694`."""
    labels = []
    for interval in intervals:
        per_face = interval.estimate.measure_id == PER_FACE_SEEN
        describe = format_per_million_faces if per_face else format_share_of_alerts
        labels.append(
            (
                name_interval(interval, intervals),
                f"{describe(interval.estimate)} – {format_fraction(interval.estimate)}",
            )
        )
    return labels


def describe_intervals_title(intervals: Sequence[Interval]) -> str:
    """The two with most trials: `Metropolitan Police: 59 of 4,694 alerts were false; South Wales:
    2,451 of 2,685 …`."""
    most = sorted(intervals, key=lambda interval: -(interval.estimate.denominator or 0))[:2]
    measure_id = intervals[0].estimate.measure_id
    sentences = [
        _("{name}: {value}").format(
            name=_name_short(interval, intervals),
            value=format_fraction(interval.estimate, _(_FINDINGS[measure_id])),
        )
        for interval in intervals
        if interval in most
    ]
    return "; ".join(sentences)


def _name_short(interval: Interval, intervals: Sequence[Interval]) -> str:
    """The name alone, unless two rows share it."""
    twice = sum(other.name == interval.name for other in intervals) > 1
    return (
        name_interval(interval, intervals) if twice and not interval.publication else interval.name
    )


def describe_few_alerts(few: Sequence[Interval], apart: Sequence[Interval]) -> str:
    """One line for forces that are not in the chart: too few alerts, or far above all others."""
    sentences = []
    if few:
        words = _("Fewer than {number} alerts, too few for a rate: {names}.")
        sentences.append(words.format(number=MIN_ALERTS, names=_list_fractions(few)))
    if apart:
        words = _("Far above all others and not in the chart: {names}.")
        sentences.append(words.format(names=_list_fractions(apart)))
    return " ".join(sentences)


def _list_fractions(intervals: Sequence[Interval]) -> str:
    line = _("{name} ({value})")
    return format_list(
        [
            line.format(name=interval.name, value=format_fraction(interval.estimate))
            for interval in intervals
        ]
    )


def describe_intervals_alt(intervals: Sequence[Interval]) -> str:
    """What the dots show, row by row."""
    line = _("{name}: {value}")
    rows = "; ".join(
        line.format(name=name, value=value) for name, value in label_intervals(intervals)
    )
    text = _(_ALTS[intervals[0].estimate.measure_id]).format(rows=rows)
    return f"{text} {_('All values are in the table.')}"


def list_intervals(intervals: Sequence[Interval]) -> list[tuple[str, ...]]:
    """The rows of the table behind the dots: name, false alerts, trials, rows with both,
    value with interval."""
    both = _("{count} of {whole}")
    return [
        (
            name_interval(interval, intervals),
            format_count(interval.estimate.numerator or 0),
            format_count(interval.estimate.denominator or 0),
            both.format(
                count=format_count(interval.estimate.used_count),
                whole=format_count(interval.estimate.rows_count),
            ),
            format_estimate(interval.estimate),
        )
        for interval in intervals
    ]


def describe_missing(missing: Sequence[Missing], measure_id: str) -> list[str]:
    """`Not shown: Surrey and Sussex publish neither false alerts nor alerts.`"""
    whole = _(_SUBJECTS[measure_id])
    return [
        _describe_missing(each_missing).format(names=format_list(each_missing.names), whole=whole)
        for each_missing in missing
    ]


def _describe_missing(missing: Missing) -> str:
    number = len(missing.names)
    if missing.no_false and missing.no_whole:
        return ngettext(
            "Not shown: {names} publishes neither false alerts nor {whole}.",
            "Not shown: {names} publish neither false alerts nor {whole}.",
            number,
        )
    if missing.no_false:
        return ngettext(
            "Not shown: {names} publishes no number of false alerts.",
            "Not shown: {names} publish no number of false alerts.",
            number,
        )
    if missing.no_whole:
        return ngettext(
            "Not shown: {names} publishes no number of {whole}.",
            "Not shown: {names} publish no number of {whole}.",
            number,
        )
    return ngettext(
        "Not shown: {names} publishes both, but no deployment has false alerts and {whole} above "
        "zero together.",
        "Not shown: {names} publish both, but no deployment has false alerts and {whole} above "
        "zero together.",
        number,
    )
