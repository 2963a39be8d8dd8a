"""The Public Sector Equality Duty in neutral words, and the questions about groups that the
publications leave open.

In: nothing. Out: sentences for the page on who is affected and for the report of a force. Says of
no body whether it meets the duty."""

from __future__ import annotations

from dashboard.text.declared import read_texts
from dashboard.text.language import _

_TEXTS = read_texts(__file__)
# The question, why it has no answer, and what would have to be published.
LIMITS = _TEXTS.rows("limits")
DUTY = (
    "Equality Act 2010, section 149",
    "https://www.legislation.gov.uk/ukpga/2010/15/section/149",
)
RULING = (
    "R (Bridges) v South Wales Police [2020] EWCA Civ 1058",
    "https://www.bailii.org/ew/cases/EWCA/Civ/2020/1058.html",
)


def describe_duty() -> str:
    """What the duty requires."""
    return _(
        "Public authorities in Great Britain must have due regard to the need to end unlawful "
        "discrimination, to advance equality of opportunity and to foster good relations: the "
        "Public Sector Equality Duty."
    )


def describe_ruling() -> str:
    """What the Court of Appeal held in 2020."""
    return _(
        "In 2020 the Court of Appeal held that South Wales Police had not done all that it "
        "reasonably could to fulfil the duty: it had not sought to satisfy itself that the "
        "software did not have an unacceptable bias on grounds of race or sex. The court did not "
        "find that the software had one. This site does not say whether any body meets the duty."
    )
