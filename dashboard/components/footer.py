"""The foot of every page: which release it is, how recent, on what terms, and where to turn.

In: the frame. Out: the foot of the page."""

from __future__ import annotations

from dashboard.exports.urls import downloads_are_served
from dashboard.pages import BY_SLUG
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import format_date
from etl.model.caveats import CAVEATS

# Anchors of the About page to which the foot of every page leads.
ABOUT = "about"
CORRECTIONS, ACCESSIBILITY, LICENCE = "corrections", "accessibility", "licence"


@cached
def show_footer(context: PageContext) -> None:
    """Release, last update, licence, corrections, accessibility."""
    release = context.record.release
    sentence = [
        f"{_(CAVEATS['not_official'])} {_(CAVEATS['only_published'])}",
        _describe_release(context).format(
            version=context.release.version,
            date=format_date(context.release.date),
            content=context.release.release_id,
            software=release.software_version,
            day=format_date(context.record.last_retrieved),
        ),
        _(
            "Contains public sector information licensed under the Open Government Licence v3.0, "
            "attributed to each publication."
        ),
    ]
    lines = "".join(f"<p>{text(value)}</p>" for value in sentence)
    show_html(
        f'<footer class="lfr-footer">{lines}{_write_links(context)}'
        f"{_write_choice(context)}</footer>"
    )


def _describe_release(context: PageContext) -> str:
    if context.release.is_draft:
        return _(
            "Draft {content}, not a release: please do not cite it. Software {software}. "
            "Publications retrieved up to {day}."
        )
    return _(
        "Release {version} of {date} (content {content}), software {software}. Publications "
        "retrieved up to {day}."
    )


def _write_links(context: PageContext) -> str:
    if ABOUT not in BY_SLUG:
        return ""
    shown = (
        (LICENCE, _("Licence")),
        (CORRECTIONS, _("Corrections")),
        (ACCESSIBILITY, _("Accessibility")),
    )
    links = "".join(
        f'<li><a href="{text(context.address_of(ABOUT, anchor))}">{text(words)}</a></li>'
        for anchor, words in shown
    )
    return f'<ul class="lfr-footer-links">{links}</ul>'


def _write_choice(context: PageContext) -> str:
    """Whether the reader's browser makes pages live; the site's script shows the one that is not
    chosen, and keeps it in the browser."""
    if context.host or not downloads_are_served():
        return ""
    only = text(_("Show documents only, without live charts"))
    both = text(_("Show live charts"))
    return (
        f'<p class="lfr-choice" hidden><button type="button" value="only">{only}</button>'
        f'<button type="button" value="live">{both}</button></p>'
    )
