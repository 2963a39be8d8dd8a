"""The page of one force: its numbers first, other forces beside it, and the rest folded.

In: the frame of one force. Out: the page, for a force with rows, without rows,
or without rows in the chosen years."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from markupsafe import Markup

from dashboard.components.card import Placeholder
from dashboard.components.false_alert_rates import show_rate, show_share
from dashboard.components.figure_card import show_placeholder
from dashboard.components.footer import ABOUT, CORRECTIONS
from dashboard.queries.rates import PER_FACE_SEEN
from dashboard.queries.series import get_total
from dashboard.rendering.capture import is_capturing
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.drawing import write_chart
from dashboard.rendering.html import page_link
from dashboard.rendering.pieces import Chart, capture, show_html
from dashboard.text.language import _
from dashboard.views.forces.comparison_table import show_comparison_table
from dashboard.views.forces.force_doubts import show_cases, show_claims, show_findings
from dashboard.views.forces.force_figures import show_stages, show_timeline
from dashboard.views.forces.force_head import show_head, show_totals
from dashboard.views.forces.force_lateness import show_after_arrest, show_lateness
from dashboard.views.forces.force_tables import show_places, show_publishing, show_settings
from etl.measures.publishing import ForcePublishing


@cached
def show_profile(context: PageContext) -> None:
    """Everything that the record knows of the chosen force."""
    force_id = context.selection.forces[0]
    (force,) = context.record.publishing.describe((force_id,)).forces
    is_counted = force_id in context.record.force_names()
    has_rows = bool(
        is_counted and get_total(context.record, "deployments_count", context.selection).rows_count
    )
    if has_rows:
        _show_contents(context)
        show_totals(context)
        show_timeline(context, _(force.force_name))
        show_share(context)
        per_face = _("False alerts of faces seen")
        _fold(context, per_face, "of-faces", lambda: show_rate(context, PER_FACE_SEEN))
        show_comparison_table(context)
        _fold(context, "", "", lambda: show_stages(context, _(force.force_name)))
    elif is_counted:
        text = _(
            "The record has no deployment of it in these years. That is not a zero: choose other "
            "years."
        )
        show_placeholder("nothing", _("No figures for these years"), Placeholder("empty", text))
    else:
        show_head(context, force)
        show_placeholder(
            "nothing", _("No figures"), Placeholder("empty", _describe_none(force.status))
        )
    if is_counted:
        _fold(context, _("Use and publishing"), "use", lambda: show_head(context, force))
    for draw in (
        *((partial(show_settings, context), partial(show_places, context)) if has_rows else ()),
        partial(show_after_arrest, context),
        partial(_show_publishing_and_delay, context, force),
        *((partial(show_findings, context),) if is_counted else ()),
        partial(show_claims, context),
        partial(show_cases, context),
    ):
        _fold(context, "", "", draw)
    _show_correction(context)


def _show_contents(context: PageContext) -> None:
    """Links to the parts of the page."""
    parts = (
        (_("Quarter by quarter"), "quarters"),
        (_("False alerts"), "false-alerts"),
        (_("Beside other forces"), "comparison"),
        (_("From faces to arrests"), "stages"),
        (_("Fields it publishes"), "publishing"),
        (_("Findings"), "findings"),
        (_("Claims"), "claims"),
        (_("Cases"), "misidentifications"),
    )
    links = Markup("").join(
        Markup("<li>{}</li>").format(page_link(context.address(anchor), words))
        for words, anchor in parts
    )
    template = Markup('<nav aria-label="{}"><ul class="lfr-footer-links">{}</ul></nav>')
    show_html(template.format(_("On this page"), links))


def _fold(context: PageContext, heading: str, anchor: str, draw: Callable[[], object]) -> None:
    """A part of HTML and charts behind its heading; without one, the heading is its first piece.
    Its charts are drawings: the framework draws none that is not seen."""
    if is_capturing():
        draw()
        return
    pieces, _result = capture(draw)
    parts = [
        write_chart(piece, colour=context.theme.text) if isinstance(piece, Chart) else piece
        for piece in pieces
        if isinstance(piece, str | Chart)
    ]
    if not parts:
        return
    if len(parts) != len(pieces):
        raise TypeError(f"neither HTML nor a chart can be folded: {heading or parts[:1]}")
    title = f'<div class="lfr-section"><h2 id="{anchor}">{heading}</h2></div>'
    first, rest = (title, parts) if heading else (parts[0], parts[1:])
    body = "".join(f'<div class="lfr-part">{part}</div>' for part in rest)
    show_html(f'<details class="lfr-details lfr-headed"><summary>{first}</summary>{body}</details>')


def _show_publishing_and_delay(context: PageContext, force: ForcePublishing) -> None:
    show_publishing(force)
    show_lateness(context, force)


def _show_correction(context: PageContext) -> None:
    link = page_link(
        context.address_of(ABOUT, CORRECTIONS), _("How to report an error or send a return")
    )
    words = _("Is something here wrong, or missing?")
    show_html(Markup("<p>{} {}.</p>").format(words, link))


def _describe_none(status: str) -> str:
    if status == "no_known_use":
        return _(
            "No use is known, so there is nothing to count. This does not show that there was none."
        )
    return _(
        "It is known to have used live facial recognition. How often, on how many people and with "
        "what result it has not published, as far as we found. That is not a zero."
    )
