"""Releases and corrections: which version this is, what changed between any two, what was corrected, how to report an error.

In: the frame. Out: the page.
"""

from __future__ import annotations

import math

from dashboard.components.card import Instead
from dashboard.components.error_report import read_contact, write_report
from dashboard.components.figure_card import show_instead
from dashboard.components.filters import show_filters, show_pages
from dashboard.components.prose import show_points
from dashboard.components.style import show_section
from dashboard.exports.urls import downloads_are_served
from dashboard.rendering.context import Frame, cached
from dashboard.rendering.html import printed, text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _
from dashboard.views.releases.query import Compared, ask_compared, ask_corrections, list_release_choices
from dashboard.views.releases.tables import write_corrections, write_releases, write_row_counts, write_values
from dashboard.views.releases.text import say_changes, say_serving
from dashboard.web.release_urls import ATOM, JSON_FEED, changes_address
from etl.releases.catalogue import list_releases

_ON_A_PAGE = 50
_CHOSEN = ("before", "after", "page")
# Names of formats: the same in every language.
_FEEDS = {"Atom": ATOM, "JSON Feed": JSON_FEED}


def show(frame: Frame) -> None:
    """The whole page."""
    _show_releases(frame.without(*_CHOSEN))
    _show_changes(frame)
    _show_corrections(frame.without(*_CHOSEN))
    _show_report(frame.without(*_CHOSEN), read_contact())
    _show_news(frame.without(*_CHOSEN))


@cached
def _show_releases(frame: Frame) -> None:
    """Which one serves, and every one that was made."""
    show_html(f'<div class="lfr-note"><p>{text(say_serving(frame.release))}</p></div>')
    show_section(_("Releases"), anchor="releases")
    releases = list_releases()
    if not releases:
        said = _("No release has been made of this record yet.")
        show_instead("no-release", _("Every release"), Instead("empty", said))
        return
    show_html(write_releases(releases))
    show_points(
        _("A release never changes. The same version with other content or other files is refused when it is made."),
        _("The first number rises if a field was removed or renamed, the second if there are new rows or fields, the third if only values were corrected."),
        _("The content is the beginning of a fingerprint of every row. Whoever builds the same data gets the same one."),
    )  # fmt: skip


def _show_changes(frame: Frame) -> None:
    """What changed between two releases: rows by table, then every value."""
    show_section(_("What changed between two releases"), anchor="changes")
    if len(list_releases()) < 2:
        said = _("There are not two releases yet, so nothing can have changed between them.")
        show_instead("no-changes", _("Changes"), Instead("empty", said))
        return
    show_filters(frame, "before", "after")
    compared = ask_compared(frame.chosen)
    if compared.changes is None:
        show_instead("no-changes", _("Changes"), Instead("refused", compared.refusal))
        return
    _draw_counts(frame.without("page"), compared)
    count = math.ceil(len(compared.changes.values) / _ON_A_PAGE)
    page = show_pages(frame, count)
    if compared.changes.values:
        show_html(write_values(compared.changes.values[(page - 1) * _ON_A_PAGE : page * _ON_A_PAGE]))


def _draw_counts(frame: Frame, compared: Compared) -> None:
    changes = compared.changes
    if changes is None:
        return
    lines = [f"<p>{text(say_changes(changes))}</p>"]
    for version, reason in changes.reasons.items():
        said = _("Release {version} was made because:").format(version=version)
        lines.append(f"<p>{text(said)} {printed(reason)}</p>")
    for title, fields in ((_("Fields that are new"), changes.fields_added), (_("Fields that are gone"), changes.fields_removed)):  # fmt: skip
        if fields:
            lines.append(f"<p>{text(title)}: {printed(', '.join(fields))}</p>")
    if downloads_are_served():
        links = " · ".join(
            f'<a href="{text(changes_address(compared.before, compared.after, ending))}" download>{ending.upper()}</a>'
            for ending in ("json", "csv")
        )
        lines.append(f'<p class="lfr-from">{text(_("All of it as a file:"))} {links} <a href="{text(frame.address())}">{text(_("Link to this view"))}</a></p>')  # fmt: skip
    show_html("".join(lines))
    if changes.count_rows():
        show_html(write_row_counts(changes))


@cached
def _show_corrections(frame: Frame) -> None:
    """Every declared correction of the record."""
    show_section(_("Corrections"), anchor="corrections")
    found = ask_corrections(frame.answers, frame.release)
    if not found:
        show_instead("no-corrections", _("Corrections"), Instead("empty", _("No correction is declared in this release.")))  # fmt: skip
        return
    said = _("A printed value is never changed: the correction stands beside it, and both are in the files.")
    show_html(f"<p>{text(said)}</p>{write_corrections(frame, found)}")


@cached
def _show_report(frame: Frame, address: str) -> None:
    show_section(_("Report an error"), anchor="report")
    show_html(write_report(frame, address))


@cached
def _show_news(frame: Frame) -> None:  # noqa: ARG001 - the words are in its language
    if not downloads_are_served():
        return
    show_section(_("News"), anchor="news")
    said = _("Releases, corrections and publications that were read, for a feed reader:")
    links = " · ".join(f'<a href="{address}">{text(name)}</a>' for name, address in _FEEDS.items())
    show_html(f"<p>{text(said)} {links}</p>")


VIEW = View(show, choices=lambda _answers: list_release_choices())
