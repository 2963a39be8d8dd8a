"""Guesses which column of a force's log holds which field of the template, for an officer to
confirm or change.

In: headings of a log. Out: for some of them a field, each field once.
A guess is never used without the officer's word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from etl.model.return_template import CURRENT
from etl.returns.grids import Grid

# Words that logs use for ours; the first field of which all words are there wins.
_TEXTS: tuple[tuple[str, frozenset[str]], ...] = (
    ("engagements_after_false_alerts_count", frozenset({"engagement", "false"})),
    ("engagements_after_true_alerts_count", frozenset({"engagement", "true"})),
    ("false_alerts_unconfirmed_count", frozenset({"false", "unconfirmed"})),
    ("true_alerts_unconfirmed_count", frozenset({"true", "unconfirmed"})),
    ("false_alerts_confirmed_count", frozenset({"false", "confirmed"})),
    ("true_alerts_confirmed_count", frozenset({"true", "confirmed"})),
    ("false_alerts_count", frozenset({"false"})),
    ("true_alerts_count", frozenset({"true"})),
    ("watchlist_size", frozenset({"watchlist"})),
    ("faces_seen_count", frozenset({"face"})),
    ("alerts_count", frozenset({"alert"})),
    ("arrests_count", frozenset({"arrest"})),
    ("duration_minutes", frozenset({"duration"})),
    ("duration_minutes", frozenset({"mins"})),
    ("threshold", frozenset({"threshold"})),
    ("cameras_count", frozenset({"camera"})),
    ("start_time", frozenset({"start"})),
    ("end_time", frozenset({"end"})),
    ("location_text", frozenset({"location"})),
    ("location_text", frozenset({"where"})),
    ("use_case_text", frozenset({"purpose"})),
    ("deployment_number", frozenset({"ref"})),
    ("deployment_number", frozenset({"no"})),
    ("date", frozenset({"date"})),
)
_ALIKE = 0.8
_MAX_ROWS_ABOVE = 10
_FIELDS = CURRENT.sheet("deployments").headings


def suggest_columns(headings: Iterable[str]) -> dict[str, str]:
    """A field for each heading that looks like one, each field once."""
    fields: dict[str, str] = {}
    for heading in headings:
        field = _guess(heading, fields.values())
        if field:
            fields[heading] = field
    return fields


def find_heading_row(grid: Grid) -> int:
    """The row that looks most like headings: the one with most texts among the first."""
    rows = range(1, min(grid.last_row, _MAX_ROWS_ABOVE) + 1)
    return max(
        rows,
        key=lambda number: (
            sum(bool(text) and not text[0].isdigit() for text in grid.row(number)),
            -number,
        ),
        default=1,
    )


def _guess(heading: str, taken: Iterable[str]) -> str:
    words = re.findall(r"[a-z]+", heading.lower())
    stems = {*words, *(word.removesuffix("s") for word in words)}
    free: Sequence[str] = [field for field in _FIELDS if field not in set(taken)]
    plain = " ".join(words)
    for field in free:
        if (
            SequenceMatcher(None, plain, field.removesuffix("_count").replace("_", " ")).ratio()
            > _ALIKE
        ):
            return field
    return next((field for field, query in _TEXTS if field in free and query <= stems), "")
