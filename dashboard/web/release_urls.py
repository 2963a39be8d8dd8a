"""Addresses of the files of releases, of what changed between two, and of the news.

In: versions and names. Out: addresses below the site's root.
Does not say whether anything answers there."""

from __future__ import annotations

ATOM, JSON_FEED = "/feeds/news.atom", "/feeds/news.json"
FORCE_ATOM = "/feeds/forces/{force_id:str}.atom"
FILES = "/releases/"


def force_feed_address(force_id: str) -> str:
    """`/feeds/forces/essex.atom`."""
    return FORCE_ATOM.replace("{force_id:str}", force_id)


def file_address(version: str, name: str) -> str:
    """`/releases/1.0.0/SHA256SUMS`."""
    return f"{FILES}{version}/{name}"


def changes_address(before: str, after: str, ending: str = "json") -> str:
    """`/releases/changes.csv?before=1.0.0&after=1.1.0`."""
    return f"{FILES}changes.{ending}?before={before}&after={after}"
