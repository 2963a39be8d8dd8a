"""The start page as served: the framework's own, with our language, title, description and words without JavaScript.

In: the framework's index.html. Out: HTML. A framework whose page has changed shape stops the start with what is missing.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

import streamlit

from dashboard.views.overview import TITLE

DESCRIPTION = (
    "The reference record of live facial recognition in UK policing: deployments, faces seen, alerts, false alerts by both "
    "denominators and arrests, each with its source, period and uncertainty. Not official statistics."
)
_NO_SCRIPT = (
    "<p>This page needs JavaScript to draw its charts and tables. It shows what police forces publish of live facial "
    "recognition; these are not official statistics.</p>"
)
_CHANGES = (
    (r"<html lang=\"en\">", '<html lang="en-GB">'),
    (
        r"<title>Streamlit</title>",
        f'<title>{html.escape(TITLE)}</title>\n    <meta name="description" content="{html.escape(DESCRIPTION)}" />',
    ),
    (r"<link rel=\"service-desc\"[^>]*/>", ""),
    (r"<noscript>.*?</noscript>", f"<noscript>{_NO_SCRIPT}</noscript>"),
)


def read_index() -> str:
    """The framework's start page."""
    return (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


def rewrite_index(page: str) -> str:
    """The page with our words; ValueError naming the piece that is not there exactly once."""
    for pattern, ours in _CHANGES:
        page, count = re.subn(pattern, lambda _, ours=ours: ours, page, flags=re.DOTALL)  # type: ignore[misc]
        if count != 1:
            raise ValueError(
                f"the framework's index.html has {count} of {pattern!r}, where exactly 1 was expected"
            )
    return page
