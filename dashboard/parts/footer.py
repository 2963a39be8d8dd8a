"""The foot of every page: which release it is, how recent, on what terms, and where to turn.

In: the frame. Out: the foot of the page.
"""

from __future__ import annotations

from dashboard.language import _
from dashboard.pages import BY_SLUG
from dashboard.parts.frame import Frame, cached
from dashboard.parts.style import show_html, text
from dashboard.wording import say_date
from etl.model.caveats import CAVEATS

# Anchors of the About page to which the foot of every page leads.
ABOUT = "about"
CORRECTIONS, ACCESSIBILITY, LICENCE = "corrections", "accessibility", "licence"


@cached
def show_footer(frame: Frame) -> None:
    """Release, last update, licence, corrections, accessibility."""
    release = frame.answers.release
    said = [
        f"{_(CAVEATS['not_official'])} {_(CAVEATS['only_published'])}",
        _("Release {release} of the record, software {software}. Publications retrieved up to {day}.").format(
            release=frame.answers.release_id,
            software=release["software_version"],
            day=say_date(frame.answers.last_retrieved),
        ),
        _(
            "Contains public sector information licensed under the Open Government Licence v3.0, attributed to each "
            "publication."
        ),
    ]
    lines = "".join(f"<p>{text(one)}</p>" for one in said)
    show_html(f'<footer class="lfr-footer">{lines}{_write_links(frame)}</footer>')


def _write_links(frame: Frame) -> str:
    if ABOUT not in BY_SLUG:
        return ""
    shown = (
        (LICENCE, _("Licence")),
        (CORRECTIONS, _("Corrections")),
        (ACCESSIBILITY, _("Accessibility")),
    )
    links = "".join(
        f'<li><a href="{text(frame.address_of(ABOUT, anchor))}">{text(words)}</a></li>'
        for anchor, words in shown
    )
    return f'<ul class="lfr-footer-links">{links}</ul>'
