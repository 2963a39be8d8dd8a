"""The profile of one force, in the order in which a reader asks.

In: the frame of one force. Out: the page, for a force with rows, without rows,
or without rows in the chosen years."""

from __future__ import annotations

from dashboard.components.card import Placeholder
from dashboard.components.false_alert_rates import show_both_ways
from dashboard.components.figure_card import show_placeholder
from dashboard.components.style import show_section
from dashboard.queries.series import get_total
from dashboard.rendering.context import PageContext, cached
from dashboard.text.language import _
from dashboard.views.forces.force_doubts import show_cases, show_claims, show_findings
from dashboard.views.forces.force_figures import show_stages, show_timeline
from dashboard.views.forces.force_head import show_head, show_totals
from dashboard.views.forces.force_lateness import show_after_arrest, show_lateness
from dashboard.views.forces.force_tables import show_places, show_publishing, show_settings


@cached
def show_profile(context: PageContext) -> None:
    """Everything that the record knows of the chosen force."""
    force_id = context.selection.forces[0]
    (force,) = context.record.publishing.describe((force_id,)).forces
    show_section(_(force.force_name), anchor="profile")
    show_head(context, force)
    if force_id not in context.record.force_names():
        show_placeholder(
            "nothing", _("No figures"), Placeholder("empty", _describe_none(force.status))
        )
    elif not get_total(context.record, "deployments_count", context.selection).rows_count:
        text = _(
            "The record has no deployment of it in these years. That is not a zero: choose other "
            "years."
        )
        show_placeholder("nothing", _("No figures for these years"), Placeholder("empty", text))
    else:
        show_totals(context)
        show_timeline(context, _(force.force_name))
        show_stages(context, _(force.force_name))
        show_both_ways(context)
        show_settings(context)
        show_places(context)
    show_after_arrest(context)
    show_publishing(force)
    show_lateness(context, force)
    if force_id in context.record.force_names():
        show_findings(context)
    show_claims(context)
    show_cases(context)


def _describe_none(status: str) -> str:
    if status == "no_known_use":
        return _(
            "No use is known, so there is nothing to count. This does not show that there was none."
        )
    return _(
        "It is known to have used live facial recognition. How often, on how many people and with "
        "what result it has not published, as far as we found. That is not a zero."
    )
