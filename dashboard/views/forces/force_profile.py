"""The profile of one force, in the order in which a reader asks.

In: the frame of one force. Out: the page, for a force with rows, without rows, or without rows in the chosen years.
"""

from __future__ import annotations

from dashboard.components.card import Instead
from dashboard.components.false_alert_rates import show_both_ways
from dashboard.components.figure_card import show_instead
from dashboard.components.style import show_section
from dashboard.queries.series import ask_total
from dashboard.rendering.context import Frame, cached
from dashboard.text.language import _
from dashboard.views.forces.force_doubts import show_cases, show_claims, show_findings
from dashboard.views.forces.force_figures import show_stages, show_timeline
from dashboard.views.forces.force_head import show_head, show_totals
from dashboard.views.forces.force_tables import show_places, show_publishing, show_settings


@cached
def show_profile(frame: Frame) -> None:
    """Everything that the record knows of the chosen force."""
    force_id = frame.chosen.forces[0]
    (one,) = frame.answers.publishing((force_id,)).forces
    show_section(_(one.force_name), anchor="profile")
    show_head(frame, one)
    if force_id not in frame.answers.forces():
        show_instead("nothing", _("No figures"), Instead("empty", _say_none(one.status)))
    elif not ask_total(frame.answers, "deployments_count", frame.chosen).rows_count:
        said = _("The record has no deployment of it in these years. That is not a zero: choose other years.")
        show_instead("nothing", _("No figures for these years"), Instead("empty", said))
    else:
        show_totals(frame)
        show_timeline(frame, _(one.force_name))
        show_stages(frame, _(one.force_name))
        show_both_ways(frame)
        show_settings(frame)
        show_places(frame)
    show_publishing(one)
    if force_id in frame.answers.forces():
        show_findings(frame)
    show_claims(frame)
    show_cases(frame)


def _say_none(status: str) -> str:
    if status == "no_known_use":
        return _("No use is known, so there is nothing to count. This does not show that there was none.")
    return _(
        "It is known to have used live facial recognition. How often, on how many people and with what result it has not published, as far as we found. That is not a zero."
    )
