"""What a measure is, in the words of the catalogue.

In: the id of a measure. Out: terms with their texts, for the About tab of a figure card."""

from __future__ import annotations

from collections.abc import Collection

from dashboard.text.language import _
from etl.measures.catalogue import MEASURES, Measure
from etl.model.caveats import CAVEATS, caveats_of
from etl.model.fields import fields_of


def describe_measure(
    measure_id: str, force_ids: Collection[str] = ()
) -> tuple[tuple[str, str], ...]:
    """Question, what is counted, what it is divided by, interval, and all that must be known,
    of these forces or of all."""
    measure = MEASURES[measure_id]
    terms = [
        (_("Question"), _(measure.question)),
        (_("What is measured"), name_field(measure, measure.numerator)),
    ]
    if measure.denominator:
        terms.append((_("Divided by"), name_field(measure, measure.denominator)))
        both = _("Only deployments that give both numbers are used.")
        terms.append((_("Deployments used"), both))
    terms.append((_("Interval"), _(measure.interval)))
    terms += [
        (_("To be known"), _(CAVEATS[caveat])) for caveat in caveats_of(measure.caveats, force_ids)
    ]
    return tuple(terms)


def name_field(measure: Measure, name: str) -> str:
    """What a numerator or denominator is, in the words of the model."""
    meanings = {field.name: field.about.meaning for field in fields_of(measure.record)}
    return _(meanings[name]) if name in meanings else _("Residents of the area.")
