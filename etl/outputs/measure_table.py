"""The catalogue of measures as a table.

In: `etl.measures.catalogue`. Out: columns and rows."""

from __future__ import annotations

from typing import Any

from etl.measures.catalogue import CATALOGUE, RESIDENTS
from etl.model.caveats import CAVEATS
from etl.model.fields import fields_of
from etl.outputs.columns import Column


def measure_columns() -> tuple[Column, ...]:
    """A row a measure."""
    return (
        Column("measure_id", str, "Measure", "Code of the measure.", optional=False),
        Column("title", str, "Title", "Name of the measure.", optional=False),
        Column("question", str, "Question", "The question that it answers.", optional=False),
        Column(
            "unit", str, "Unit", "What its value counts, or is a rate or share of.", optional=False
        ),
        Column("numerator", str, "Numerator", "What is counted above the line.", optional=False),
        Column(
            "denominator", str, "Denominator", "What is counted below the line; absent for a count."
        ),
        Column("method", str, "Method", "How its interval is computed.", optional=False),
        Column(
            "groupings", str, "Groupings", "Fields that it may be given by, separated by spaces."
        ),
        Column("caveat_ids", str, "Caveats", "Caveats by id, separated by spaces."),
        Column("caveats", str, "Caveats in words", "What a reader must know beside it."),
    )


def list_measures() -> list[dict[str, Any]]:
    """Every measure of the catalogue, in its order."""
    rows = []
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
