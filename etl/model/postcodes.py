"""Full postcodes cut to their outward code, so that nobody's address is kept or passed on.

In: what a reader typed. Out: the same with `SW9` for `SW9 8PS`. Does not look anything up."""

from __future__ import annotations

import re

from etl.model.fields import OUTWARD_CODE

# A whole inward code, or the beginning of one at the end of the text.
_INWARD = re.compile(
    rf"(?<![A-Z0-9])({OUTWARD_CODE})(?:\s*[0-9][A-Z]{{2}}(?![A-Z0-9])|\s+[0-9][A-Z]?\s*$)",
    re.IGNORECASE,
)


def cut_postcodes(text: str) -> str:
    """The text with every postcode in it cut to its outward code, in capitals."""
    return _INWARD.sub(lambda match: match[1].upper(), " ".join(text.split()))
