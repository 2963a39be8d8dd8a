"""The Public Sector Equality Duty in neutral words, and the questions about groups that the
publications leave open.

In: nothing. Out: sentences for the page on who is affected and for the report of a force. Says of
no body whether it meets the duty."""

from __future__ import annotations

from dashboard.text.language import _
from dashboard.text.language import mark as N_

# The question, why it has no answer, and what would have to be published.
LIMITS = (
    (
        N_("Is one group’s face more often wrongly flagged than another’s?"),
        N_("Nobody publishes how many faces of each group were seen."),
        N_(
            "Faces seen by group for a sample of deployments, with the basis of the groups and how "
            "they were counted; or the results of seeded tests by group at the threshold in use."
        ),
    ),
    (
        N_("Are false alerts spread as the watchlist is?"),
        N_(
            "No publication that was read says what a watchlist is made of, or gives true alerts "
            "by group."
        ),
        N_(
            "True alerts and watchlists by group, for the same year and by the same list of groups "
            "as the false alerts."
        ),
    ),
    (
        N_("About whom were the alerts that led to arrests, or to nothing?"),
        N_("No row of the record breaks alerts, engagements or arrests down by group."),
        N_(
            "Alerts, engagements and outcomes by group for a whole year, with those of unknown "
            "group in a row of their own."
        ),
    ),
    (
        N_("Whom did the system fail to recognise?"),
        N_(
            "In service nobody knows who walked past without an alert. Only a test with known "
            "people shows it."
        ),
        N_(
            "The share recognised by group in a test of the version and the settings in use, with "
            "its counts."
        ),
    ),
    (
        N_("Is the software fair at the threshold in use?"),
        N_(
            "Few or no errors in a test bound a rate; they cannot show that groups are treated "
            "alike."
        ),
        N_(
            "The number of searches and of errors by group and threshold, so that intervals can be "
            "given."
        ),
    ),
    (
        N_("Who decided to which group a person was counted?"),
        N_("The one published count does not say it."),
        N_("The basis beside every count: self-defined, officer-perceived or read by software."),
    ),
    (
        N_("Where, and on which day, was a group affected more?"),
        N_("A place or a day with few alerts could single out a person. This site never gives it."),
        N_(
            "Nothing: this should not be published. A year and a force are the finest that protect "
            "people."
        ),
    ),
)
DUTY = (
    "Equality Act 2010, section 149",
    "https://www.legislation.gov.uk/ukpga/2010/15/section/149",
)
RULING = (
    "R (Bridges) v South Wales Police [2020] EWCA Civ 1058",
    "https://www.bailii.org/ew/cases/EWCA/Civ/2020/1058.html",
)


def describe_duty() -> str:
    """What the duty asks."""
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
