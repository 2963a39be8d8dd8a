"""Forces: all of them in a list, side by side and beside the limits of chance; or the profile of
one.

In: the frame. Out: the page for no force, for one, or for up to four."""

from __future__ import annotations

from dashboard.components.false_alert_rates import show_both_ways
from dashboard.components.filters import show_filters
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _
from dashboard.views.forces.compare import show_comparison, show_sides
from dashboard.views.forces.comparison_table import show_comparison_table
from dashboard.views.forces.force_profile import show_profile
from dashboard.views.forces.funnel import show_funnel, show_funnel_card
from dashboard.views.forces.index import show_index


def show(context: PageContext) -> None:
    """A profile if one force is chosen; else what compares, with the list first if none is."""
    show_filters(context, "force", "from", "to")
    if context.selection.force_id:
        back = context.address(forces=())
        show_html(
            f'<p class="lfr-small"><a href="{text(back)}">{text(_("All forces and bodies"))}</a>. '
            f"{text(_('Choose a second force above to set them side by side.'))}</p>"
        )
        _show_cards(context)
        return
    if not context.selection.forces:
        parts = (
            (_("All forces and bodies"), "forces"),
            (_("Comparison table"), "comparison"),
            (_("False alerts, both ways of counting"), "false-alerts"),
            (_("Forces side by side"), "compare"),
            (_("All forces and the limits of chance"), "funnel-plot"),
        )
        links = "".join(
            f'<li><a href="{text(context.address(anchor))}">{text(words)}</a></li>'
            for words, anchor in parts
        )
        sentence = _("Choose one force for its profile, or up to four to set them side by side.")
        show_html(
            f'<p class="lfr-small">{text(sentence)}</p><ul class="lfr-footer-links">{links}</ul>'
        )
        show_index(context)
        show_comparison_table(context.without("first_year", "last_year", "rate_id", "find", "sort"))
        _show_rates(context)
    show_comparison(context)
    show_funnel(context)


@cached
def _show_rates(context: PageContext) -> None:
    """False alerts of every force, of alerts and of faces seen."""
    show_both_ways(context.without("measure_id", "rate_id", "find", "sort"))


def _show_cards(context: PageContext) -> None:
    """The figures of the page without its widgets."""
    if context.selection.force_id:
        show_profile(context.without("measure_id", "rate_id", "find", "sort"))
    else:
        if not context.selection.forces:
            _show_rates(context)
        show_sides(context.without("measure_id", "find", "sort"))
        show_funnel_card(context.without("forces", "measure_id", "find", "sort"))


VIEW = View(show, figures=(_show_cards,))
