"""The foot of every page: which release it is, how recent, on what terms, and where to turn.

In: the frame. Out: the foot of the page.
"""

from __future__ import annotations

from dashboard.pages import BY_SLUG
from dashboard.rendering.context import Frame, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import say_date
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
        _say_release(frame).format(
            version=frame.release.version,
            date=say_date(frame.release.date),
            content=frame.release.release_id,
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


def _say_release(frame: Frame) -> str:
    if frame.release.is_draft:
        return _("Draft {content}, not a release: please do not cite it. Software {software}. Publications retrieved up to {day}.")  # fmt: skip
    return _("Release {version} of {date} (content {content}), software {software}. Publications retrieved up to {day}.")  # fmt: skip


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
