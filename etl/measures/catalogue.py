"""Every measure, declared once: what it asks, of what, in what scale, with which interval and which limits.

In: nothing. Out: `MEASURES`. Names, units, CSV headers and tooltips are rendered from it.
Does not compute. A measure that names an unknown field or caveat fails when this module is imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from etl.model.caveats import CAVEATS
from etl.model.facts import Fact
from etl.model.fields import fields_of

# What an answer may be given by: the word that a person uses, and the field of `Fact`.
GROUPING_FIELDS = {
    "force": "force_id",
    "lender": "lender_force_id",
    "region": "region_code",
    "district": "district_code",
    "place": "place_id",
    "year": "year",
    "quarter": "quarter",
    "month": "month",
    "use_case": "use_case",
    "threshold": "threshold",
    "vendor": "vendor_code",
    "reliability": "reliability",
    "publication": "publication_id",
}
GROUPINGS = tuple(GROUPING_FIELDS.values())
# What people ask for and nobody publishes for a deployment.
UNPUBLISHED = {
    "camera_type": "No publication says for a deployment which kind of camera was used, only, at one publisher, how many.",
}
# Method: fewer than 20 events are marked as of low reliability.
FEW_EVENTS = 20


@dataclass(frozen=True, slots=True)
class Measure:
    """A declared ratio or count.

    `numerator` and `denominator` name fields of `Fact`; a measure without a denominator is a count. `kind`
    chooses the interval: `proportion` Clopper-Pearson, `rate` Garwood, `plain` none, because the numerator is
    itself an estimate. `per` divides the denominator's unit (60 turns minutes into hours); `scale` multiplies the
    value (1,000 for "per 1,000 faces").
    `smallest_denominator` is the fewest trials for which a value is shown.
    """

    measure_id: str
    title: str
    question: str
    unit: str
    kind: Literal["count", "proportion", "rate", "plain"]
    numerator: str
    denominator: str | None = None
    per: float = 1
    scale: float = 1
    smallest_denominator: float = 1
    caveats: tuple[str, ...] = ()
    groupings: tuple[str, ...] = GROUPINGS

    @property
    def fields(self) -> frozenset[str]:
        """The fields of `Fact` that the measure adds up."""
        return frozenset({self.numerator, self.denominator or self.numerator})


_FACES = ("faces_not_people", "faces_basis_changed")
_DEPLOYMENTS = ("deployments_as_published", "only_published")
_ARRESTS = ("arrests_not_success", "arrests_attributed")

MEASURES: dict[str, Measure] = {
    measure.measure_id: measure
    for measure in (
        Measure("deployments_count", "Deployments", "How often was live facial recognition used?", "deployments", "count", "deployments", caveats=_DEPLOYMENTS),
        Measure("hours_deployed", "Hours deployed", "How long did the cameras run?", "hours", "count", "minutes", per=60, caveats=("duration_published",)),
        Measure("faces_seen_count", "Faces seen", "How many faces were scanned?", "faces seen", "count", "faces_seen", caveats=_FACES),
        Measure("alerts_count", "Alerts", "How many alerts were there?", "alerts", "count", "alerts"),
        Measure("true_alerts_count", "True alerts", "How many alerts were of the person on the watchlist?", "true alerts", "count", "true_alerts"),
        Measure("true_alerts_unconfirmed_count", "True alerts, unconfirmed", "How many true alerts were judged without speaking to the person?", "unconfirmed true alerts", "count", "true_alerts_unconfirmed"),
        Measure("false_alerts_count", "False alerts", "How many alerts were not of the person on the watchlist?", "false alerts", "count", "false_alerts", caveats=("two_denominators", "derived_false_alerts")),
        Measure("arrests_count", "Arrests", "How many arrests followed?", "arrests", "count", "arrests", caveats=_ARRESTS),
        Measure("false_alerts_per_face_seen", "False alerts per face seen", "Of all faces seen, how many led to a false alert?", "false alerts per face seen", "proportion", "false_alerts", "faces_seen", caveats=("two_denominators", *_FACES, "derived_false_alerts")),
        Measure("false_share_of_alerts", "False share of alerts", "Of all alerts, how many were false?", "share of alerts", "proportion", "false_alerts", "alerts", caveats=("two_denominators", "derived_false_alerts")),
        Measure("true_share_of_alerts", "True share of alerts", "Of all alerts, how many were true?", "share of alerts", "proportion", "true_alerts", "alerts", caveats=("derived_false_alerts",)),
        Measure("unconfirmed_share_of_true_alerts", "Unconfirmed share of true alerts", "Of all true alerts, how many were never confirmed by speaking to the person?", "share of true alerts", "proportion", "true_alerts_unconfirmed", "true_alerts"),
        Measure("alerts_per_1000_faces", "Alerts per 1,000 faces seen", "How often does a face lead to an alert?", "alerts per 1,000 faces seen", "proportion", "alerts", "faces_seen", scale=1000, caveats=_FACES),
        Measure("arrests_per_alert", "Arrests per alert", "How many arrests for each alert?", "arrests per alert", "rate", "arrests", "alerts", caveats=_ARRESTS),
        Measure("arrests_per_true_alert", "Arrests per true alert", "How many arrests for each true alert?", "arrests per true alert", "rate", "arrests", "true_alerts", caveats=_ARRESTS),
        Measure("arrests_per_deployment", "Arrests per deployment", "How many arrests for each deployment?", "arrests per deployment", "rate", "arrests", "deployments", caveats=_ARRESTS),
        Measure("arrests_per_hour", "Arrests per hour", "How many arrests for each hour of deployment?", "arrests per hour", "rate", "arrests", "minutes", per=60, caveats=(*_ARRESTS, "duration_published")),
        Measure("engaged_share_of_false_alerts", "Engaged share of false alerts", "Of all false alerts, after how many did an officer speak to the person?", "share of false alerts", "proportion", "engagements_after_false_alerts", "false_alerts"),
        Measure("faces_per_hour", "Faces seen per hour", "How many faces are scanned in an hour?", "faces seen per hour", "plain", "faces_seen", "minutes", per=60, caveats=(*_FACES, "duration_published")),
        Measure("faces_per_deployment", "Faces seen per deployment", "How many faces does a deployment scan?", "faces seen per deployment", "plain", "faces_seen", "deployments", caveats=_FACES),
        Measure("faces_per_arrest", "Faces seen per arrest", "How many faces were scanned for each arrest?", "faces seen per arrest", "plain", "faces_seen", "arrests", smallest_denominator=3, caveats=(*_FACES, *_ARRESTS)),
    )
}  # fmt: skip


def _refuse_unknown() -> None:
    known = {field.name for field in fields_of(Fact)}
    for measure in MEASURES.values():
        named = {*measure.fields, *measure.groupings}
        if unknown := sorted(named - known):
            raise TypeError(f"the measure {measure.measure_id} names unknown fields: {', '.join(unknown)}")
        if unknown := sorted(set(measure.caveats) - CAVEATS.keys()):
            raise TypeError(f"the measure {measure.measure_id} names unknown caveats: {', '.join(unknown)}")


_refuse_unknown()
