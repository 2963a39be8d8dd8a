"""The catalogue of measures as a table.

In: `etl.measures.catalogue`. Out: columns and rows."""

from __future__ import annotations

from etl.measures.catalogue import CATALOGUE, RESIDENTS
from etl.model.caveats import CAVEATS
from etl.model.fields import fields_of
from etl.outputs.columns import Column, own_columns


def measure_columns() -> tuple[Column, ...]:
    """A row a measure."""
    return own_columns("measures")


def list_measures() -> list[dict[str, object]]:
    """Every measure of the catalogue, in its order."""
    rows: list[dict[str, object]] = []
    for measure in CATALOGUE.values():
        meanings = {field.name: field.about.meaning for field in fields_of(measure.record)}
        meanings[RESIDENTS] = "Usual residents of the area."
        rows.append(
            {
                "measure_id": measure.measure_id,
                "title": measure.title,
                "question": measure.question,
                "unit": measure.unit,
                "numerator": meanings[measure.numerator],
                "denominator": meanings[measure.denominator] if measure.denominator else None,
                "method": measure.interval,
                "groupings": measure.groupings,
                "caveat_ids": measure.caveats,
                "caveats": " ".join(CAVEATS[caveat] for caveat in measure.caveats) or None,
            }
        )
    return rows
