"""What is said of a group's share: title, alternative, rows, and how far apart and how sure.

In: `GroupFigure` of `dashboard.queries.groups`. Out: plain sentences. Does not draw and does not compute.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboard.queries.groups import Beside, GroupFigure
from dashboard.text.language import _, ngettext
from dashboard.text.language import mark as N_
from dashboard.text.messages import tell
from dashboard.text.numbers import say_count, say_number, say_one_in, say_period, say_share
from etl.model.caveats import CAVEATS
from etl.model.codes import STAGE
from etl.model.demographics import BENCHMARK_KIND, VERDICT, Benchmark, GroupDisparity
from etl.model.groups import BASIS, CLASSIFICATIONS

COUNTED = {
    "alerts": N_("alerts"),
    "true_alerts": N_("true alerts"),
    "false_alerts": N_("false alerts"),
    "arrests": N_("arrests"),
}
_VERDICTS = {
    "above": N_("{head}, a larger share than among {among} ({share})"),
    "below": N_("{head}, a smaller share than among {among} ({share})"),
    "not_detected": N_("{head}: no difference detected from the share among {among} ({share})"),
    "too_few": N_("{head}: too few for a share"),
}
# Benchmarks that give a share, as they stand in a sentence.
_AMONG = {
    "true_alerts_by_group": N_("the true alerts"),
    "district_residents_by_faces_seen": N_("the residents of the districts, weighted by faces seen"),
    "force_residents": N_("the residents of the force’s area"),
}
_RARE = 0.01


def say_within(
    value: float | None, low: float | None, high: float | None, say: Callable[[float], str]
) -> str:
    """`80.0% (44.4% to 97.5%)`; of a value that is not given, nothing."""
    if value is None or low is None or high is None:
        return ""
    return _("{value} ({low} to {high})").format(value=say(value), low=say(low), high=say(high))


def say_points(share: float) -> str:
    """A difference of shares in percentage points, without the unit: `66.5`."""
    return say_number(share * 100)


def say_chance(probability: float) -> str:
    """`about 1 in 258,000`; `about 23.4%`."""
    if probability < _RARE:
        return _("about {chance}").format(chance=say_one_in(probability))
    return _("about {chance}").format(chance=say_share(probability))


def say_count_of(one: GroupDisparity) -> str:
    """`8 of 10 false alerts were about Black people`."""
    ethnic = CLASSIFICATIONS[one.classification_code].attribute == "ethnicity"
    said = (
        _("{count} of {whole} {what} were about {group} people")
        if ethnic
        else _("{count} of {whole} {what} were about one group ({group})")
    )
    if one.reference_group_code:
        said = _("{count} of the {whole} {what} about either group were about the first ({group})")
    return said.format(
        count=say_count(one.group_count),
        whole=say_count(one.total_count),
        what=_(COUNTED[one.stage_code]),
        group=_(one.group_label),
    )


def say_how_little(figure: GroupFigure | None, number: int, names: Mapping[str, str]) -> str:
    """How many counts by group the record has, and the first of them; `names` are the forces by id."""
    told = figure.any if figure else None
    if number and told is None:
        said = ngettext(
            "Almost nothing is published about groups. The record has {number} count, and its number is hidden or not of this choice.",
            "Almost nothing is published about groups. The record has {number} counts, and those of this choice are hidden or not there.",
            number,
        )
        return said.format(number=say_count(number))
    if figure is None or told is None:
        return _(
            "Almost nothing is published about groups: the record has no count of events by ethnicity, sex or age."
        )
    said = ngettext(
        "Almost nothing is published about groups. The record has {number} count: {finding} ({force}, {period}).",
        "Almost nothing is published about groups. The record has {number} counts. The first: {finding} ({force}, {period}).",
        number,
    )
    return said.format(
        number=say_count(number),
        finding=say_count_of(told),
        force=names[figure.force_id],
        period=say_period(told.period_start, told.period_end),
    )


def say_figure_title(one: GroupDisparity, *, compared: bool) -> str:
    """The finding: the count, and on which side of the chosen benchmark."""
    if not compared:
        return say_count_of(one)
    head = say_count_of(one)
    if one.verdict_code == "too_few":
        return _(_VERDICTS["too_few"]).format(head=head)
    among = _(_AMONG[one.benchmark.benchmark_id])
    return _(_VERDICTS[one.verdict_code]).format(head=head, among=among, share=say_share(one.benchmark_share))


def say_figure_subtitle(one: GroupDisparity, force: str) -> str:
    """Force, period, list of groups and basis."""
    listed = CLASSIFICATIONS[one.classification_code]
    said = _("{force}, {period}. {list}. {basis}: {meaning}")
    basis = BASIS.entry(one.basis_code)
    return said.format(
        force=force,
        period=say_period(one.period_start, one.period_end),
        list=_(listed.title),
        basis=_(basis.label),
        meaning=_(basis.meaning),
    )


def say_events(one: GroupDisparity) -> str:
    """`80.0% (44.4% to 97.5%), 8 of 10 [u]`."""
    fraction = _("{count} of {whole}").format(
        count=say_count(one.group_count), whole=say_count(one.total_count)
    )
    if one.share is None:
        return _("{fraction}; too few for a share").format(fraction=fraction)
    share = say_within(one.share, one.share_low, one.share_high, say_share)
    said = _("{share}, {fraction}").format(share=share, fraction=fraction)
    return f"{said} [u]" if one.low_reliability else said


def say_benchmark(one: Beside) -> str:
    """`13.5%: 1,188,137 of 8,791,152 residents`; the range of the districts; or why there is no share."""
    found = one.benchmark
    if one.share is None:
        reason = tell(found.reason)
        return f"[x] {reason}" if found.kind_code == "unavailable" else reason
    share = say_share(one.share)
    if found.kind_code == "counted_share":
        share = say_within(one.share, found.low, found.high, say_share)
    if found.smallest_share is not None and found.largest_share is not None:
        said = _("{share}; in the {count} districts from {low} to {high}")
        return said.format(
            share=share,
            count=say_count(found.districts_count or 0),
            low=say_share(found.smallest_share),
            high=say_share(found.largest_share),
        )
    if found.group_people_count is None or found.all_people_count is None:
        return share
    said = _("{share}: {count} of {whole}")
    return said.format(
        share=share, count=say_count(found.group_people_count), whole=say_count(found.all_people_count)
    )


def name_benchmark(one: Beside) -> str:
    """Its title; with `context` where it describes an area and not the people scanned."""
    return _name(one.benchmark)


def say_kind(one: Beside) -> str:
    """What kind of benchmark it is."""
    return _(BENCHMARK_KIND.label(one.benchmark.kind_code))


def say_compared(one: Beside) -> tuple[str, str]:
    """Ratio and difference, always both, each with its interval; or that there is nothing to compare."""
    found = one.answer.disparity
    if found is None or found.share_ratio is None:
        return _("not compared"), _("not compared")
    ratio = say_within(found.share_ratio, found.share_ratio_low, found.share_ratio_high, say_number)
    difference = say_within(
        found.share_difference, found.share_difference_low, found.share_difference_high, say_points
    )
    return _("{ratio} times").format(ratio=ratio), _("{difference} points").format(difference=difference)


def say_figure_alt(figure: GroupFigure, told: GroupDisparity) -> str:
    """What is plotted, row by row."""
    rows = [_("{name}: {value}").format(name=name_benchmark(one), value=say_benchmark(one)) for one in figure.beside]  # fmt: skip
    said = _(
        "A dot with its 95% interval: {events}. Below it a mark for each benchmark that gives a share. {rows}."
    )
    return said.format(events=f"{say_count_of(told)}, {say_events(told)}", rows="; ".join(rows))


def say_how_sure(one: GroupDisparity) -> list[str]:
    """How far apart, by chance or not, and what these events could have shown at all."""
    benchmark = _("“{title}” ({share})").format(
        title=_(one.benchmark.title), share=say_share(one.benchmark_share)
    )
    said = []
    if one.share_ratio is not None and one.p_value is not None and one.p_value_above is not None:
        said = [_say_apart(one, benchmark), _say_by_chance(one)]
        if one.verdict_code == "above" and one.not_above_from_share is not None:
            line = _(
                "It stops being significant once the right benchmark reaches about {share}. Which is the right one is not "
                "known: neither who walked past nor who was on the watchlist is published by group."
            )
            said.append(line.format(share=say_share(one.not_above_from_share)))
        if one.verdict_code == "not_detected":
            said.append(_(CAVEATS["not_detected_is_not_absent"]))
    else:
        said.append(_(VERDICT.entry(one.verdict_code).meaning))
    said.append(_say_detectable(one))
    if one.low_reliability:
        line = _(
            "{whole} events give no rate per group. How often a face of each group was wrongly flagged cannot be "
            "computed: it would need the faces seen by group."
        )
        said.append(line.format(whole=say_count(one.total_count)))
    return said


def _say_apart(one: GroupDisparity, benchmark: str) -> str:
    line = _(
        "Beside {benchmark}, the group’s share is {ratio} times as large, a difference of {difference} percentage points. "
        "The brackets are exact 95% intervals; they cover chance in the {whole} events and take the benchmark as known."
    )
    return line.format(
        benchmark=benchmark,
        ratio=say_within(one.share_ratio, one.share_ratio_low, one.share_ratio_high, say_number),
        difference=say_within(
            one.share_difference, one.share_difference_low, one.share_difference_high, say_points
        ),
        whole=say_count(one.total_count),
    )


def _say_by_chance(one: GroupDisparity) -> str:
    line = _(
        "If each of the {whole} were about the group with the benchmark’s chance, {count} or more would have a chance of "
        "{above} (one-sided). The chance of a share as far away in either direction is {both} (two-sided; this test decides "
        "here, at 5%)."
    )
    return line.format(
        whole=say_count(one.total_count),
        count=say_count(one.group_count),
        above=say_chance(one.p_value_above or 0.0),
        both=say_chance(one.p_value or 0.0),
    )


def _say_detectable(one: GroupDisparity) -> str:
    if one.smallest_detectable_share is None or one.smallest_detectable_share_ratio is None:
        return _(
            "No share above this benchmark, however large, would have been found reliably in so few events."
        )
    line = _(
        "The smallest share that {whole} events would have shown with a chance of 80% is {share}, {ratio} times the "
        "benchmark. A smaller difference would most likely have gone unseen."
    )
    return line.format(
        whole=say_count(one.total_count),
        share=say_share(one.smallest_detectable_share),
        ratio=say_number(one.smallest_detectable_share_ratio),
    )


def _name(benchmark: Benchmark) -> str:
    title = _(benchmark.title)
    return _("{title} (context)").format(title=title) if benchmark.is_context else title


def name_stage(code: str) -> str:
    """`False alerts`."""
    return _(STAGE.label(code))
