"""The deployments of a selection, row by row.

In: `Answers` and a `Selection`. Out: rows with the address of their source. Does not compute and does not draw.
"""

from __future__ import annotations

from typing import Any

from dashboard.selection import Selection
from etl.answers import Answers


def ask_rows(answers: Answers, chosen: Selection) -> list[dict[str, Any]]:
    """The deployments of the selection, newest first, with `source_address` and `edition_title` of each."""
    editions = {one["edition_id"]: one for one in answers.rows("editions")}
    publications = {one["publication_id"]: one for one in answers.rows("publications")}
    wanted = chosen.search.casefold().split()
    found = []
    for row in answers.deployments(chosen.where, chosen.period, counted_only=not chosen.uncounted):
        text = " ".join(
            str(row[name] or "") for name in ("location_text", "place_name", "district_name")
        ).casefold()
        if all(word in text for word in wanted):
            edition = editions[row["edition_id"]]
            address = row["source_url"] or edition["url"] or publications[row["publication_id"]]["url"]
            found.append({**row, "source_address": address, "edition_title": edition["title"]})
    return found
