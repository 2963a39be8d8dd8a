"""What a reader must know beside a number: each caveat is an id and a sentence, declared once.

In: nothing. Out: `CAVEATS`. Does not decide which applies: measures and publications name the ids.
"""

from __future__ import annotations

CAVEATS: dict[str, str] = {
    "faces_not_people": "Faces seen are detections, usually estimated by the force. One person may be seen many times.",
    "faces_basis_changed": "The Metropolitan Police changed how it estimates faces seen in August 2024: rates per face "
    "do not compare across that month, shares of alerts do.",
    "two_denominators": "The same false alerts are a tiny rate of faces seen and a larger share of alerts. Both are "
    "right; neither may stand alone.",
    "threshold_by_vendor": "Thresholds of different vendors are on different scales and do not compare.",
    "arrests_not_success": "Arrests per alert is not a success rate: an alert may rightly lead to something else, and not "
    "every arrest leads to a charge.",
    "arrests_attributed": "Arrests are those that the publisher attributes to the deployment.",
    "deployments_as_published": "A deployment is counted as its publisher counts it.",
    "not_official": "These are not official statistics.",
    "only_published": "Only what forces publish is here: forces that use live facial recognition and publish nothing are "
    "missing, not zero.",
    "transcribed": "Some rows are a third party's copies, not verified against the original.",
    "derived_false_alerts": "In copied rows the number of false alerts is derived from the printed rate, where only one "
    "whole number fits it.",
    "watchlist_over_flags": "A matcher without bias still flags more people from a group that is over-represented on the "
    "watchlist.",
    "residents_not_passers_by": "Residents are not the people who walked past: context, not a risk.",
    "duration_published": "Only deployments whose duration is published are in the rate.",
}
