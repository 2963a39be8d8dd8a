"""What is said of tests in laboratory and field: what was measured, by whom, the value and how sure it is.

In: `LaboratoryResult`s of `etl.queries.record`. Out: plain sentences. Does not draw, compute, or set a test beside deployments.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.text.language import _
from dashboard.text.language import mark as N_
from dashboard.text.numbers import say_count, say_list, say_one_in, say_share
from etl.model.demographics import LaboratoryResult

EVALUATIONS = {
    "npl_evaluation_2023": N_("National Physical Laboratory, evaluation of 2023"),
    "npl_2025_retrospective": N_(
        "National Physical Laboratory, search of the Police National Database, 2025"
    ),
    "cambridge_essex_2026": N_("University of Cambridge, field test with Essex Police, 2026"),
}
_MEASURED = {
    "TPIR": N_("People on the watchlist who were recognised (TPIR)"),
    "FPIR": N_("Searches of people who are not on the watchlist that gave an alert (FPIR)"),
    "FPIR_scaled_to_10000": N_(
        "Searches that wrongly gave an alert, for a watchlist of 10,000 (FPIR, inferred)"
    ),
    "FPIR_at_lower_setting": N_("Searches that gave a wrong candidate, at the lower setting (FPIR)"),
    "false_positives": N_("Alerts for people who were not on the watchlist"),
    "cohort_subjects": N_("Volunteers in the test"),
    "filler_reference_images": N_("Reference images of other people"),
    "crowd_estimate": N_("Passers-by in the test, estimated"),
    "FPIR_differential_significant": N_("Difference of wrong alerts between groups"),
    "differential_significant": N_("Difference between groups"),
    "TPIR and FPIR by group": N_("Recognised and wrongly flagged, by group"),
    "TPIR_ratio": N_("How many times as often one group was recognised as another"),
    "algorithm_replacement_result": N_("Result for the software that replaces it"),
}
_DRAWN = ("exact", "inferred")


def name_measured(one: LaboratoryResult) -> str:
    """What was measured, in plain words with the report's term."""
    return _(_MEASURED[one.measure_text]) if one.measure_text in _MEASURED else one.measure_text


def name_evaluation(one: LaboratoryResult) -> str:
    """Who tested, and when."""
    return _(EVALUATIONS[one.evaluation]) if one.evaluation in EVALUATIONS else one.evaluation


def name_group(one: LaboratoryResult) -> str:
    """The group in the report's words; everybody where no group is meant."""
    return _("everybody") if one.group_text == "all" and one.group_dimension == "all" else _(one.group_text)


def name_setting(one: LaboratoryResult) -> str:
    """`0.64; 10,000 images`."""
    said = [one.threshold_text] if one.threshold_text else []
    if one.watchlist_images is not None:
        said.append(_("{count} images").format(count=say_count(one.watchlist_images)))
    return "; ".join(said) or _("not stated")


def say_result(one: LaboratoryResult) -> str:
    """The value with its interval; none seen as a bound; a stated figure without interval says so."""
    if one.rate_high is not None and one.searches_in_test is not None:
        return _say_counted(one)
    if one.kind_code == "not_found":
        return _("[x] not found in any text that was read")
    if one.kind_code == "ratio":
        return _("{ratio} times; no interval stated").format(ratio=one.stated_text)
    if one.rate is not None:
        return _("{share}; no interval stated").format(share=say_share(one.rate))
    if one.kind_code == "finding":
        return _("stated: “{words}”").format(words=one.stated_text)
    if one.kind_code == "count" and one.stated_text.isdigit():
        number = int(one.stated_text)
        return _("none seen") if number == 0 else say_count(number)
    return one.stated_text


def list_drawn(results: Sequence[LaboratoryResult]) -> list[LaboratoryResult]:
    """Those of which a figure can be drawn: with an interval, or stated for a group."""
    with_interval = [one for one in results if one.kind_code in _DRAWN]
    return with_interval or [
        one for one in results if one.kind_code == "rate" and one.group_dimension != "all"
    ]


def say_tests_title(drawn: Sequence[LaboratoryResult]) -> str:
    """Errors by threshold, the fewest as a bound; or the highest and the lowest group."""
    if drawn[0].kind_code in _DRAWN:
        last = drawn[-1]
        if last.errors_in_test == 0 and last.below_one_in is not None and last.rate_high is not None:
            said = _(
                "no wrong alert at threshold {threshold} in the test bounds the rate below about {bound}; it does not show zero"
            )
            return said.format(threshold=last.threshold_text or "", bound=say_one_in(last.rate_high))
        return _("wrong alerts in the test: {value}").format(value=say_result(last))
    alike = [one for one in drawn if one.group_dimension == drawn[0].group_dimension]
    ordered = sorted(alike, key=lambda one: one.rate or 0.0)
    said = _(
        "in the test, wrong candidates in {high} of searches for the group {group} and {low} for {other}"
    )
    return said.format(
        high=say_share(ordered[-1].rate or 0.0), group=_(ordered[-1].group_text),
        low=say_share(ordered[0].rate or 0.0), other=_(ordered[0].group_text),
    )  # fmt: skip


def name_row(one: LaboratoryResult) -> str:
    """The row of a figure: its threshold, or its group."""
    if one.kind_code in _DRAWN:
        return _("Threshold {threshold}").format(threshold=one.threshold_text or "")
    return _(one.group_text)


def say_tests_alt(drawn: Sequence[LaboratoryResult]) -> str:
    """What is plotted, row by row."""
    rows = "; ".join(_("{name}: {value}").format(name=name_row(one), value=say_result(one)) for one in drawn)
    return _("{measured}. {rows}.").format(measured=name_measured(drawn[0]), rows=rows)


def say_findings(results: Sequence[LaboratoryResult]) -> list[str]:
    """What the sources say of differences between groups, by threshold; and what was counted at each threshold."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for one in results:
        if one.kind_code == "finding":
            key = (name_measured(one), name_group(one), one.stated_text)
            found.setdefault(key, []).extend([one.threshold_text] if one.threshold_text else [])
    said = []
    for (measured, group, stated), thresholds in found.items():
        line = _("{measured} ({group}): stated as “{stated}”")
        words = line.format(measured=measured, group=group, stated=stated)
        if thresholds:
            words = _("{finding} at {thresholds}").format(finding=words, thresholds=say_list(thresholds))
        said.append(f"{words}.")
    for one in results:
        if one.kind_code == "count" and one.errors_in_test and one.note:
            line = _("Threshold {threshold}: {count} counted. As collected: {note}.")
            said.append(line.format(threshold=one.threshold_text or "", count=say_result(one), note=one.note))
    return said


def _say_counted(one: LaboratoryResult) -> str:
    high, searches = one.rate_high or 0.0, say_count(one.searches_in_test or 0)
    about = one.kind_code == "inferred"
    if one.rate is None or one.rate_low is None:
        said = (
            _("none in about {searches} searches; below about {bound} (95%)")
            if about
            else _("none in {searches} searches; below {bound} (95%)")
        )
        return said.format(searches=searches, bound=say_one_in(high))
    said = (
        _("{errors} in about {searches} searches: {value} ({low} to {high})")
        if about
        else _("{errors} in {searches} searches: {value} ({low} to {high})")
    )
    words = said.format(
        errors=say_count(one.errors_in_test or 0), searches=searches,
        value=say_one_in(one.rate), low=say_one_in(one.rate_low), high=say_one_in(high),
    )  # fmt: skip
    return f"{words} [u]" if one.low_reliability else words
