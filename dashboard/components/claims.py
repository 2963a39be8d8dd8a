"""What a claim states, as HTML.

In: a claim with its comparison. Out: HTML. Does not compare."""

from __future__ import annotations

from markupsafe import Markup, escape

from dashboard.descriptions.claims import describe_what
from dashboard.queries.claims import ClaimLine
from dashboard.rendering.html import printed


def write_what(line: ClaimLine) -> Markup:
    """What is claimed, as HTML."""
    sentence, own_word = describe_what(line)
    return printed(sentence) if own_word else escape(sentence)
