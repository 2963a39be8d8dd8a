"""The texts of the parameters of addresses: labels, choices, and what is said of an unknown value.

In: `dashboard.selection.parameters`. Out: each text, for the catalogue of translations."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.selection.parameters import PARAMETERS


def list_parameter_texts() -> Iterator[str]:
    """Each text that is not empty."""
    for parameter in PARAMETERS:
        texts = (parameter.label, parameter.none, parameter.unknown, *parameter.choices.values())
        yield from filter(None, texts)
