"""The texts of pages and of the parameters of their addresses: titles, questions, labels, choices,
and what is said of an unknown value.

In: `dashboard.pages`, `dashboard.force_site.pages`, `dashboard.selection.parameters`. Out: each
text, for the catalogue of translations."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.force_site.pages import FORCE_PAGES
from dashboard.pages import PAGES
from dashboard.selection.parameters import PARAMETERS


def list_parameter_texts() -> Iterator[str]:
    """Each text that is not empty."""
    for page in PAGES:
        yield from (page.title, page.group, page.question)
    for force_page in FORCE_PAGES:
        yield from (force_page.title, force_page.question)
    for parameter in PARAMETERS:
        texts = (parameter.label, parameter.none, parameter.unknown, *parameter.choices.values())
        yield from filter(None, texts)
