"""What a claim states, as HTML.

In: a claim with its comparison. Out: HTML. Does not compare."""

from __future__ import annotations

from dashboard.descriptions.claims import describe_what
from dashboard.queries.claims import ClaimLine
from dashboard.rendering.html import printed, text


def write_what(line: ClaimLine) -> str:
    """What is claimed, as HTML."""
    sentence, own_word = describe_what(line)
    return printed(sentence) if own_word else text(sentence)
