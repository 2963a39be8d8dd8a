"""What is said of tests in laboratory and field: what was measured, by whom, the value and how sure
it is.

In: `LaboratoryResult`s of `etl.queries.record`. Out: plain sentences. Does not draw, compute, or
set a test beside deployments."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.text.declared import read_texts
from dashboard.text.language import _
from dashboard.text.numbers import format_count, format_list, format_one_in, format_share
from etl.model.demographics import LaboratoryResult

_TEXTS = read_texts(__file__)
EVALUATIONS = _TEXTS.by_code("evaluations")
_MEASURED = _TEXTS.by_code("measured")
_DRAWN = ("exact", "inferred")


def name_measured(result: LaboratoryResult) -> str:
    """What was measured, in plain words with the report's term."""
    return (
        _(_MEASURED[result.measure_text])
        if result.measure_text in _MEASURED
        else result.measure_text
    )


def name_evaluation(result: LaboratoryResult) -> str:
    """Who tested, and when."""
    return (
        _(EVALUATIONS[result.evaluation]) if result.evaluation in EVALUATIONS else result.evaluation
    )


def name_group(result: LaboratoryResult) -> str:
    """The group in the report's words; everybody where no group is meant."""
    return (
        _("everybody")
        if result.group_text == "all" and result.group_dimension == "all"
        else _(result.group_text)
    )


def name_setting(result: LaboratoryResult) -> str:
    """`0.64; 10,000 images`."""
    threshold_texts = [result.threshold_text] if result.threshold_text else []
    if result.watchlist_images is not None:
        threshold_texts.append(
            _("{count} images").format(count=format_count(result.watchlist_images))
        )
    return "; ".join(threshold_texts) or _("not stated")


def describe_result(result: LaboratoryResult) -> str:
    """The value with its interval; none seen as a bound;
    a stated figure without interval says so."""
    if result.rate_high is not None and result.searches_in_test is not None:
        return _format_counted(result)
    if result.kind_code == "not_found":
        return _("not found in any text that we read")
    if result.kind_code == "ratio":
        return _("{ratio} times; no interval stated").format(ratio=result.stated_text)
    if result.rate is not None:
        return _("{share}; no interval stated").format(share=format_share(result.rate))
    if result.kind_code == "finding":
        return _("stated: “{words}”").format(words=result.stated_text)
    if result.kind_code == "count" and result.stated_text.isdigit():
        number = int(result.stated_text)
        return _("none seen") if number == 0 else format_count(number)
    return result.stated_text


def list_drawn(results: Sequence[LaboratoryResult]) -> list[LaboratoryResult]:
    """The results that a figure can show: with an interval, or stated for a group."""
    with_interval = [result for result in results if result.kind_code in _DRAWN]
    return with_interval or [
        result
        for result in results
        if result.kind_code == "rate" and result.group_dimension != "all"
    ]


def describe_tests_title(drawn: Sequence[LaboratoryResult]) -> str:
    """Errors by threshold, the fewest as a bound; or the highest and the lowest group."""
    if drawn[0].kind_code in _DRAWN:
        last = drawn[-1]
        if (
            last.errors_in_test == 0
            and last.below_one_in is not None
            and last.rate_high is not None
        ):
            template = _(
                "no wrong alert at threshold {threshold} in the test bounds the rate below about "
                "{bound}; it does not show zero"
            )
            return template.format(
                threshold=last.threshold_text or "", bound=format_one_in(last.rate_high)
            )
        return _("wrong alerts in the test: {value}").format(value=describe_result(last))
    alike = [result for result in drawn if result.group_dimension == drawn[0].group_dimension]
    ordered = sorted(alike, key=lambda result: result.rate or 0.0)
    template = _(
        "in the test, wrong candidates in {high} of searches for the group {group} and {low} for "
        "{other}"
    )
    return template.format(
        high=format_share(ordered[-1].rate or 0.0),
        group=_(ordered[-1].group_text),
        low=format_share(ordered[0].rate or 0.0),
        other=_(ordered[0].group_text),
    )


def name_row(result: LaboratoryResult) -> str:
    """The row of a figure: its threshold, or its group."""
    if result.kind_code in _DRAWN:
        return _("Threshold {threshold}").format(threshold=result.threshold_text or "")
    return _(result.group_text)


def describe_tests_alt(drawn: Sequence[LaboratoryResult]) -> str:
    """What is plotted, row by row."""
    rows = "; ".join(
        _("{name}: {value}").format(name=name_row(result), value=describe_result(result))
        for result in drawn
    )
    return _("{measured}. {rows}.").format(measured=name_measured(drawn[0]), rows=rows)


def describe_findings(results: Sequence[LaboratoryResult]) -> list[str]:
    """What the sources say of differences between groups, by threshold;
    and what was counted at each threshold."""
    threshold_texts: dict[tuple[str, str, str], list[str]] = {}
    for result in results:
        if result.kind_code == "finding":
            key = (name_measured(result), name_group(result), result.stated_text)
            threshold_texts.setdefault(key, []).extend(
                [result.threshold_text] if result.threshold_text else []
            )
    sentences = []
    for (measured, group, stated), thresholds in threshold_texts.items():
        line = _("{measured} ({group}): stated as “{stated}”")
        words = line.format(measured=measured, group=group, stated=stated)
        if thresholds:
            words = _("{finding} at {thresholds}").format(
                finding=words, thresholds=format_list(thresholds)
            )
        sentences.append(f"{words}.")
    for result in results:
        if result.kind_code == "count" and result.errors_in_test and result.note:
            line = _("Threshold {threshold}: {count} counted. As collected: {note}.")
            sentences.append(
                line.format(
                    threshold=result.threshold_text or "",
                    count=describe_result(result),
                    note=result.note,
                )
            )
    return sentences


def _format_counted(result: LaboratoryResult) -> str:
    high, searches = result.rate_high or 0.0, format_count(result.searches_in_test or 0)
    about = result.kind_code == "inferred"
    if result.rate is None or result.rate_low is None:
        template = (
            _("none in about {searches} searches; below about {bound} (95%)")
            if about
            else _("none in {searches} searches; below {bound} (95%)")
        )
        return template.format(searches=searches, bound=format_one_in(high))
    template = (
        _("{errors} in about {searches} searches: {value} ({low} to {high})")
        if about
        else _("{errors} in {searches} searches: {value} ({low} to {high})")
    )
    words = template.format(
        errors=format_count(result.errors_in_test or 0),
        searches=searches,
        value=format_one_in(result.rate),
        low=format_one_in(result.rate_low),
        high=format_one_in(high),
    )
    return f"{words} [u]" if result.low_reliability else words
