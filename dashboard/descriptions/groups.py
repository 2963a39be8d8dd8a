"""What is said of a group's share: title, alternative, rows, and how far apart and how sure.

In: `GroupFigure` of `dashboard.queries.groups`. Out: plain sentences.
Does not draw and does not compute."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboard.queries.groups import BenchmarkComparison, GroupFigure
from dashboard.text.declared import read_texts
from dashboard.text.language import _, ngettext
from dashboard.text.messages import translate_message
from dashboard.text.numbers import (
    format_count,
    format_number,
    format_one_in,
    format_period,
    format_share,
)
from etl.model.caveats import CAVEATS
from etl.model.codes import STAGE
from etl.model.demographics import BENCHMARK_KIND, VERDICT, Benchmark, GroupDisparity
from etl.model.groups import BASIS, CLASSIFICATIONS

_TEXTS = read_texts(__file__)
COUNTED = _TEXTS.by_code("counted")
_VERDICTS = _TEXTS.by_code("verdicts")
# Benchmarks that give a share, as they stand in a sentence.
_AMONG = _TEXTS.by_code("among")
_RARE = 0.01


def format_within(
    value: float | None, low: float | None, high: float | None, describe: Callable[[float], str]
) -> str:
    """`80.0% (44.4% to 97.5%)`; of a value that is not given, nothing."""
    if value is None or low is None or high is None:
        return ""
    return _("{value} ({low} to {high})").format(
        value=describe(value), low=describe(low), high=describe(high)
    )


def format_points(share: float) -> str:
    """A difference of shares in percentage points, without the unit: `66.5`."""
    return format_number(share * 100)


def format_chance(probability: float) -> str:
    """`about 1 in 258,000`; `about 23.4%`."""
    if probability < _RARE:
        return _("about {chance}").format(chance=format_one_in(probability))
    return _("about {chance}").format(chance=format_share(probability))


def format_count_of(group_disparity: GroupDisparity) -> str:
    """`8 of 10 false alerts were about Black people`."""
    ethnic = CLASSIFICATIONS[group_disparity.classification_code].attribute == "ethnicity"
    template = (
        _("{count} of {whole} {what} were about {group} people")
        if ethnic
        else _("{count} of {whole} {what} were about one group ({group})")
    )
    if group_disparity.reference_group_code:
        template = _(
            "{count} of the {whole} {what} about either group were about the first ({group})"
        )
    return template.format(
        count=format_count(group_disparity.group_count),
        whole=format_count(group_disparity.total_count),
        what=_(COUNTED[group_disparity.stage_code]),
        group=_(group_disparity.group_label),
    )


def describe_how_little(figure: GroupFigure | None, number: int, names: Mapping[str, str]) -> str:
    """How many counts by group the record has, and the first of them;
    `names` are the forces by id."""
    any_message = figure.any if figure else None
    if number and any_message is None:
        template = ngettext(
            "Almost nothing is published about groups. The record has {number} count, and its "
            "number is hidden or not of this choice.",
            "Almost nothing is published about groups. The record has {number} counts, and those "
            "of this choice are hidden or not there.",
            number,
        )
        return template.format(number=format_count(number))
    if figure is None or any_message is None:
        return _("Almost nothing is published by ethnicity, sex or age: we found no count.")
    template = ngettext(
        (
            "Almost nothing is published by ethnicity, sex or age. There is {number} count: "
            "{finding} ({force}, {period})."
        ),
        (
            "Almost nothing is published by ethnicity, sex or age. There are {number} counts, "
            "among them: {finding} ({force}, {period})."
        ),
        number,
    )
    return template.format(
        number=format_count(number),
        finding=format_count_of(any_message),
        force=names[figure.force_id],
        period=format_period(any_message.period_start, any_message.period_end),
    )


def describe_figure_title(group_disparity: GroupDisparity, *, compared: bool) -> str:
    """The finding: the count, and on which side of the chosen benchmark."""
    if not compared:
        return format_count_of(group_disparity)
    head = format_count_of(group_disparity)
    if group_disparity.verdict_code == "too_few":
        return _(_VERDICTS["too_few"]).format(head=head)
    among = _(_AMONG[group_disparity.benchmark.benchmark_id])
    return _(_VERDICTS[group_disparity.verdict_code]).format(
        head=head, among=among, share=format_share(group_disparity.benchmark_share)
    )


def describe_figure_subtitle(group_disparity: GroupDisparity, force: str) -> str:
    """Force, period, list of groups and basis."""
    listed = CLASSIFICATIONS[group_disparity.classification_code]
    template = _("{force}, {period}. {list}. {basis}: {meaning}")
    basis = BASIS.entry(group_disparity.basis_code)
    return template.format(
        force=force,
        period=format_period(group_disparity.period_start, group_disparity.period_end),
        list=_(listed.title),
        basis=_(basis.label),
        meaning=_(basis.meaning),
    )


def format_events(group_disparity: GroupDisparity) -> str:
    """`80.0% (44.4% to 97.5%), 8 of 10 [u]`."""
    fraction = _("{count} of {whole}").format(
        count=format_count(group_disparity.group_count),
        whole=format_count(group_disparity.total_count),
    )
    if group_disparity.share is None:
        return _("{fraction}; too few for a share").format(fraction=fraction)
    share = format_within(
        group_disparity.share, group_disparity.share_low, group_disparity.share_high, format_share
    )
    text = _("{share}, {fraction}").format(share=share, fraction=fraction)
    return f"{text} [u]" if group_disparity.low_reliability else text


def describe_benchmark(benchmark_comparison: BenchmarkComparison) -> str:
    """`13.5%: 1,188,137 of 8,791,152 residents`; the range of the districts;
    or why there is no share."""
    benchmark = benchmark_comparison.benchmark
    if benchmark_comparison.share is None:
        reason = translate_message(benchmark.reason)
        return reason
    share = format_share(benchmark_comparison.share)
    if benchmark.kind_code == "counted_share":
        share = format_within(
            benchmark_comparison.share, benchmark.low, benchmark.high, format_share
        )
    if benchmark.smallest_share is not None and benchmark.largest_share is not None:
        template = _("{share}; in the {count} districts from {low} to {high}")
        return template.format(
            share=share,
            count=format_count(benchmark.districts_count or 0),
            low=format_share(benchmark.smallest_share),
            high=format_share(benchmark.largest_share),
        )
    if benchmark.group_people_count is None or benchmark.all_people_count is None:
        return share
    template = _("{share}: {count} of {whole}")
    return template.format(
        share=share,
        count=format_count(benchmark.group_people_count),
        whole=format_count(benchmark.all_people_count),
    )


def name_benchmark(benchmark_comparison: BenchmarkComparison) -> str:
    """Its title; with `context` where it describes an area and not the people scanned."""
    return _name(benchmark_comparison.benchmark)


def describe_kind(benchmark_comparison: BenchmarkComparison) -> str:
    """What kind of benchmark it is."""
    return _(BENCHMARK_KIND.label(benchmark_comparison.benchmark.kind_code))


def describe_compared(benchmark_comparison: BenchmarkComparison) -> tuple[str, str]:
    """Ratio and difference, always both, each with its interval;
    or that there is nothing to compare."""
    disparity = benchmark_comparison.answer.disparity
    if disparity is None or disparity.share_ratio is None:
        return _("not compared"), _("not compared")
    ratio = format_within(
        disparity.share_ratio, disparity.share_ratio_low, disparity.share_ratio_high, format_number
    )
    difference = format_within(
        disparity.share_difference,
        disparity.share_difference_low,
        disparity.share_difference_high,
        format_points,
    )
    return _("{ratio} times").format(ratio=ratio), _("{difference} points").format(
        difference=difference
    )


def describe_figure_alt(figure: GroupFigure, group_disparity: GroupDisparity) -> str:
    """What is plotted, row by row."""
    rows = [
        _("{name}: {value}").format(
            name=name_benchmark(comparison), value=describe_benchmark(comparison)
        )
        for comparison in figure.comparisons
    ]
    template = _(
        "A dot with its 95% interval: {events}. Below it a mark for each benchmark that gives a "
        "share. {rows}."
    )
    return template.format(
        events=f"{format_count_of(group_disparity)}, {format_events(group_disparity)}",
        rows="; ".join(rows),
    )


def describe_how_sure(group_disparity: GroupDisparity) -> list[str]:
    """How far apart, by chance or not, and what these events could have shown at all."""
    benchmark = _("“{title}” ({share})").format(
        title=_(group_disparity.benchmark.title),
        share=format_share(group_disparity.benchmark_share),
    )
    sentences = []
    if (
        group_disparity.share_ratio is not None
        and group_disparity.p_value is not None
        and group_disparity.p_value_above is not None
    ):
        sentences = [
            _describe_apart(group_disparity, benchmark),
            _describe_by_chance(group_disparity),
        ]
        if (
            group_disparity.verdict_code == "above"
            and group_disparity.not_above_from_share is not None
        ):
            line = _(
                "It stops being significant once the right benchmark reaches about {share}. Which "
                "is the right one is not known: neither who walked past nor who was on the "
                "watchlist is published by group."
            )
            sentences.append(line.format(share=format_share(group_disparity.not_above_from_share)))
        if group_disparity.verdict_code == "not_detected":
            sentences.append(_(CAVEATS["not_detected_is_not_absent"]))
    else:
        sentences.append(_(VERDICT.entry(group_disparity.verdict_code).meaning))
    sentences.append(_describe_detectable(group_disparity))
    if group_disparity.low_reliability:
        line = _(
            "{whole} events give no rate per group. How often a face of each group was wrongly "
            "flagged cannot be computed: it would need the faces seen by group."
        )
        sentences.append(line.format(whole=format_count(group_disparity.total_count)))
    return sentences


def _describe_apart(group_disparity: GroupDisparity, benchmark: str) -> str:
    line = _(
        "Compared with {benchmark}, the group’s share is {ratio} times as large, a difference of"
        " {difference} percentage points. Brackets are exact 95% intervals: they cover chance in"
        " the {whole} events and take the benchmark as known."
    )
    return line.format(
        benchmark=benchmark,
        ratio=format_within(
            group_disparity.share_ratio,
            group_disparity.share_ratio_low,
            group_disparity.share_ratio_high,
            format_number,
        ),
        difference=format_within(
            group_disparity.share_difference,
            group_disparity.share_difference_low,
            group_disparity.share_difference_high,
            format_points,
        ),
        whole=format_count(group_disparity.total_count),
    )


def _describe_by_chance(group_disparity: GroupDisparity) -> str:
    line = _(
        "If each of the {whole} were about the group with the benchmark’s chance, {count} or more "
        "would have a chance of {above} (one-sided). The chance of a share as far away in either "
        "direction is {both} (two-sided; this test decides here, at 5%)."
    )
    return line.format(
        whole=format_count(group_disparity.total_count),
        count=format_count(group_disparity.group_count),
        above=format_chance(group_disparity.p_value_above or 0.0),
        both=format_chance(group_disparity.p_value or 0.0),
    )


def _describe_detectable(group_disparity: GroupDisparity) -> str:
    if (
        group_disparity.smallest_detectable_share is None
        or group_disparity.smallest_detectable_share_ratio is None
    ):
        return _(
            "No share above this benchmark, however large, would have been found reliably in so "
            "few events."
        )
    line = _(
        "The smallest share that {whole} events would have shown with a chance of 80% is {share}, "
        "{ratio} times the benchmark. A smaller difference would most likely have gone unseen."
    )
    return line.format(
        whole=format_count(group_disparity.total_count),
        share=format_share(group_disparity.smallest_detectable_share),
        ratio=format_number(group_disparity.smallest_detectable_share_ratio),
    )


def _name(benchmark: Benchmark) -> str:
    title = _(benchmark.title)
    return _("{title} (context)").format(title=title) if benchmark.is_context else title


def name_stage(code: str) -> str:
    """`False alerts`."""
    return _(STAGE.label(code))
