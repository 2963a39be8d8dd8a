"""The reference of measures, rendered from the catalogue.

In: the catalogue. Out: Markdown. Does not add a word of its own to a measure."""

from __future__ import annotations

from collections.abc import Iterator

from etl.measures.catalogue import CATALOGUE, GROUPING_FIELDS, RESIDENTS, Measure
from etl.model.caveats import CAVEATS


def render_measures() -> str:
    """`docs/measures.md`: what each measure asks, of what it is made,
    how sure it is and what limits it."""
    return "\n".join(_lines()) + "\n"


def describe_scale(measure: Measure) -> str:
    """How numerator and denominator make the value:
    `false_alerts / alerts`, `1,000 × alerts / faces_seen`."""
    if measure.denominator is None:
        return measure.numerator if measure.per == 1 else f"{measure.numerator} / {measure.per:g}"
    bottom = (
        measure.denominator if measure.per == 1 else f"({measure.denominator} / {measure.per:g})"
    )
    scale = "" if measure.scale == 1 else f"{measure.scale:,.0f} × "
    return f"{scale}{measure.numerator} / {bottom}"


def _lines() -> Iterator[str]:
    yield "# Measures"
    yield ""
    yield (
        "Rendered from `etl/measures/catalogue.py` by `python -m etl dictionary`; do not edit by "
        "hand."
    )
    yield ""
    yield (
        "Words for groupings: "
        + ", ".join(f"`{word}` (`{field}`)" for word, field in GROUPING_FIELDS.items())
        + "."
    )
    for measure in CATALOGUE.values():
        yield ""
        yield f"## {measure.title}"
        yield ""
        yield f"`{measure.measure_id}`: {measure.question}"
        yield ""
        yield f"- value: `{describe_scale(measure)}`, in {measure.unit}"
        if measure.stage_code:
            yield f"- counted: `{measure.stage_code}`"
        if measure.denominator == RESIDENTS:
            yield "- residents: usual residents of the force’s area, the region or the district"
        yield f"- interval: {measure.interval}"
        if measure.smallest_numerator or measure.smallest_denominator > 1:
            yield (
                f"- shown from {measure.smallest_numerator} events and a denominator of "
                f"{measure.smallest_denominator:g} on"
            )
        yield f"- by: {', '.join(f'`{name}`' for name in measure.groupings)}"
        for caveat in measure.caveats:
            yield f"- {CAVEATS[caveat]}"
