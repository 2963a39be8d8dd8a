"""What each benchmark is worth, what cannot be said about groups, why, what would have to be
published; and the duty.

In: the frame, or a `GroupFigure`. Out: cards and paragraphs."""

from __future__ import annotations

from dashboard.components.style import show_section
from dashboard.components.templates import write_macro
from dashboard.descriptions.equality_duty import (
    DUTY,
    LIMITS,
    RULING,
    describe_duty,
    describe_ruling,
)
from dashboard.descriptions.groups import describe_benchmark, name_benchmark
from dashboard.queries.groups import GroupFigure
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import link, text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from etl.model.groups import CLASSIFICATIONS

_TEMPLATE = "views/who_is_affected/limits.html"
# The names of the groups of all lists.
_NAMES = {
    code: listed.groups.label(code) for listed in CLASSIFICATIONS.values() for code in listed.groups
}


@cached
def show_limits(context: PageContext) -> None:  # noqa: ARG001 - the words are in its language
    """The questions that the publications leave open."""
    show_section(
        _("What cannot be said, and what would have to be published"), anchor="cannot-be-said"
    )
    show_html(write_macro(_TEMPLATE, "limits", LIMITS))


def write_worth(figure: GroupFigure) -> str:
    """Each benchmark with the group's share of it, and what it can and cannot show; best first."""
    own = CLASSIFICATIONS[figure.classification_code].groups
    group = _(own.label(figure.group) if figure.group in own else _NAMES[figure.group])
    values = group, figure.comparisons, name_benchmark, describe_benchmark
    return write_macro(_TEMPLATE, "worth", *values)


@cached
def show_duty(context: PageContext) -> None:  # noqa: ARG001 - the words are in its language
    """The Public Sector Equality Duty in neutral words."""
    show_section(_("The duty that concerns it"), anchor="duty")
    show_html(
        f"<p>{text(describe_duty())} {link(DUTY[1], DUTY[0])}</p><p>{text(describe_ruling())} "
        f"{link(RULING[1], RULING[0])}</p>"
    )
