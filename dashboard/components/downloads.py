"""The download that belongs to a figure.

In: a selection, and what its measure is given by. Out: an address. Does not write the file:
the server does."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.exports.urls import Value, download_address
from dashboard.selection.selection import Selection


def address_estimates(selection: Selection, by: Sequence[str] = ()) -> str:
    """The Estimates of the selection's measure, as CSV; `by` in words:
    force, region, use_case, threshold, month, …"""
    first, last = selection.period
    params: dict[str, Value] = {
        "measure": selection.measure_id,
        "by": by,
        "force": selection.forces,
        "region": selection.regions,
        "district": selection.district,
        "place": selection.place_id,
        "use_case": selection.use_cases,
        "threshold": selection.thresholds,
        "from": first,
        "to": last,
    }
    return download_address("estimates", params)


def address_rows(selection: Selection) -> str:
    """The rows of the selection, as CSV."""
    first, last = selection.period
    params: dict[str, Value] = {
        "force": selection.forces,
        "region": selection.regions,
        "district": selection.district,
        "place_id": selection.place_id,
        "use_case": selection.use_cases,
        "threshold": selection.thresholds,
        "publication": selection.publication_id,
        "from": first,
        "to": last,
        "place": selection.search,
        "uncounted": selection.uncounted,
    }
    return download_address("deployments", params)
