"""Names of forces as the collected tables print them, and the force that each name means.

In: a printed name. Out: a force id, or None where the name is declared not to be one force (a
country, several forces together, a company). The names are declared in `force_names.csv`; a name
that is not there is refused, never guessed."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from etl.formats.printed_values import UnparseableError


@cache
def open_force_names() -> dict[str, str | None]:
    """Every declared name; None where it is not one force."""
    text = resources.files("etl.sources").joinpath("force_names.csv").read_text(encoding="utf-8")
    return {
        line["printed_name"]: line["force_id"] or None for line in csv.DictReader(text.splitlines())
    }


def read_force(text: str) -> str | None:
    """The force that a printed name means, None where it is declared to be no single force."""
    names = open_force_names()
    if text not in names:
        raise UnparseableError("a name declared in etl/sources/force_names.csv")
    return names[text]


def read_single_force(text: str) -> str:
    """The force that a printed name means, where nothing but one force will do."""
    force_id = read_force(text)
    if force_id is None:
        raise UnparseableError("the name of one force, because cameras are run by one force")
    return force_id
