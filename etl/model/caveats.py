"""What a reader must know beside a number: each caveat is an id and a sentence, declared once.

In: nothing. Out: `CAVEATS`, and which of them are about one force. Does not decide which applies:
measures and publications name the ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable

CAVEATS: dict[str, str] = {
    "faces_not_people": (
        "Faces seen are detections, usually estimated by the force. One person may be seen many "
        "times."
    ),
    "faces_basis_changed": (
        "The Metropolitan Police changed how it estimates faces seen in August 2024, and they fell "
        "about December 2023: rates per face do not compare across these days, shares of alerts do."
    ),
    "two_denominators": (
        "The same false alerts are a tiny rate of faces seen and a larger share of alerts. Both "
        "are right; neither may stand alone."
    ),
    "threshold_by_vendor": (
        "Thresholds of different vendors are on different scales and do not compare."
    ),
    "arrests_not_success": (
        "Arrests per alert is not a success rate: an alert may rightly lead to something else, and "
        "not every arrest leads to a charge."
    ),
    "arrests_attributed": "Arrests are those that the publisher attributes to the deployment.",
    "deployments_as_published": "A deployment is counted as its publisher counts it.",
    "not_official": "These are not official statistics.",
    "only_published": (
        "Only what forces publish is here: forces that use live facial recognition and publish "
        "nothing are missing, not zero."
    ),
    "transcribed": "Some rows are a third party's copies, not verified against the original.",
    "derived_false_alerts": (
        "In copied rows the number of false alerts is derived from the printed rate, where only "
        "one whole number fits it."
    ),
    "watchlist_over_flags": (
        "A matcher without bias still flags more people from a group that is over-represented on "
        "the watchlist."
    ),
    "funnel_is_chance_only": (
        "The limits allow for chance alone. Places, watchlists, thresholds and what is published "
        "differ: a force outside them is a question, not a verdict."
    ),
    "deployments_differ": (
        "The deployments differ by more than chance explains. The interval allows for chance "
        "alone: it holds for these deployments together, and is too narrow for what others would "
        "give."
    ),
    "residents_not_passers_by": (
        "Residents are not the people who walked past: context, not a risk."
    ),
    "residents_of_2021": (
        "Residents are those of the census of 2021 (2022 in Scotland), whatever the year of the "
        "deployments."
    ),
    "duration_published": "Only deployments whose duration is published are in the rate.",
    "group_basis_not_stated": (
        "The source does not say whether people defined their group themselves or were perceived "
        "so."
    ),
    "perceived_against_self_defined": (
        "The group was perceived by somebody else; the benchmark counts how people define "
        "themselves. The same person may be in different groups."
    ),
    "groups_do_not_correspond": (
        "The list of groups of the count and that of the benchmark do not correspond exactly."
    ),
    "unknown_in_total": (
        "People of unknown group are in the total and are not spread over the groups."
    ),
    "few_events_no_rate": (
        "So few events give no rate for a group: only its share of them is shown."
    ),
    "baseline_taken_as_known": (
        "The benchmark is taken as exactly known and as the right one: the interval covers only "
        "chance in the events counted."
    ),
    "not_detected_is_not_absent": (
        "A difference that was not detected may be there: see the smallest that these events could "
        "have shown."
    ),
    "tests_are_not_deployments": (
        "A test is not a deployment: its volunteers, images, watchlist and threshold are others. "
        "Its figures are never added to those of deployments."
    ),
    "zero_is_a_bound": (
        "No error seen in a test bounds the rate of errors; it does not show that the rate is "
        "zero, nor that it is the same for every group."
    ),
    "searches_inferred": (
        "The number of searches was not read in the report: it follows from its stated rate and "
        "count, and rates are scaled in proportion to the size of the watchlist."
    ),
    "stated_without_counts": "Stated without its counts, so no interval can be given.",
}

# Caveats that are about one force: of another they say nothing.
OF_FORCE = {"faces_basis_changed": "metropolitan"}


def caveats_of(caveats: Iterable[str], force_ids: Collection[str]) -> tuple[str, ...]:
    """Each once, without those that are about a force that is not among these;
    all of them where none is named."""
    return tuple(
        caveat
        for caveat in dict.fromkeys(caveats)
        if not force_ids or caveat not in OF_FORCE or OF_FORCE[caveat] in force_ids
    )
