"""The addresses of groups, tests, misidentifications and claims for the same selection that a page
shows.

In: a `Selection`. Out: an address below the site's root. Does not write the file."""

from __future__ import annotations

from dashboard.exports.urls import download_address, page_address
from dashboard.selection.selection import Selection


def record_address(kind: str, slug: str, selection: Selection, *, technology: str = "") -> str:
    """`/api/v1/groups.csv?force=essex`: the page's own parameters, as a file;
    of tests, one technology."""
    if kind == "tests":
        return download_address(kind, {"technology": technology})
    return page_address(kind, slug, selection)
