"""The download that belongs to a figure.

In: a selection, and what its measure is given by. Out: an address. Does not write the file: the server does.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.exports.urls import Value, download_address
from dashboard.selection.selection import Selection


def address_estimates(chosen: Selection, by: Sequence[str] = ()) -> str:
    """The Estimates of the selection's measure, as CSV; `by` in words: force, region, use_case, threshold, month, …"""
    first, last = chosen.period
    params: dict[str, Value] = {
        "measure": chosen.measure_id,
        "by": by,
        "force": chosen.forces,
        "region": chosen.regions,
        "use_case": chosen.use_cases,
        "threshold": chosen.thresholds,
        "from": first,
        "to": last,
    }
    return download_address("estimates", params)


def address_rows(chosen: Selection) -> str:
    """The rows of the selection, as CSV."""
    first, last = chosen.period
    params: dict[str, Value] = {
        "force": chosen.forces,
        "region": chosen.regions,
        "district": chosen.district,
        "use_case": chosen.use_cases,
        "threshold": chosen.thresholds,
        "publication": chosen.publication_id,
        "from": first,
        "to": last,
        "place": chosen.search,
        "uncounted": chosen.uncounted,
    }
    return download_address("deployments", params)
