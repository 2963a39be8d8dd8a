"""Releases and corrections: which version this is, what changed between any two, what was
corrected, how to report an error.

In: the frame. Out: the page."""

from __future__ import annotations

import math

from dashboard.components.card import Placeholder
from dashboard.components.error_report import write_report
from dashboard.components.figure_card import show_placeholder
from dashboard.components.filters import show_filters, show_pages
from dashboard.components.prose import show_points
from dashboard.components.style import show_section
from dashboard.exports.urls import downloads_are_served
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import printed, text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _
from dashboard.views.releases.query import (
    Compared,
    get_compared,
    get_corrections,
    list_release_choices,
)
from dashboard.views.releases.tables import (
    write_corrections,
    write_releases,
    write_row_counts,
    write_values,
)
from dashboard.views.releases.text import describe_changes, describe_serving
from dashboard.web.release_urls import ATOM, JSON_FEED, changes_address
from etl.releases.catalogue import list_damage, list_releases
from etl.settings import read_contact

_ON_A_PAGE = 50
_SELECTION_FIELDS = ("before", "after", "page")
# Names of formats: the same in every language.
_FEEDS = {"Atom": ATOM, "JSON Feed": JSON_FEED}


def show(context: PageContext) -> None:
    """The whole page."""
    _show_damage()
    _show_releases(context.without(*_SELECTION_FIELDS))
    _show_changes(context)
    _show_corrections(context.without(*_SELECTION_FIELDS))
    _show_report(context.without(*_SELECTION_FIELDS), read_contact("LFR_CONTACT"))
    _show_news(context.without(*_SELECTION_FIELDS))


def _show_damage() -> None:
    """What cannot be read at the moment; silent if all is whole."""
    damage = list_damage()
    if damage:
        show_html(f'<div class="lfr-note"><p>{text(_("Damaged here at the moment:"))}</p></div>')
        show_points(*(f"{problem.where}: {problem.found}" for problem in damage))


@cached
def _show_releases(context: PageContext) -> None:
    """Which one serves, and every one that was made."""
    show_html(f'<div class="lfr-note"><p>{text(describe_serving(context.release))}</p></div>')
    show_section(_("Releases"), anchor="releases")
    releases = list_releases()
    if not releases:
        sentence = _("No release has been made of this record yet.")
        show_placeholder("no-release", _("Every release"), Placeholder("empty", sentence))
        return
    show_html(write_releases(releases))
    show_points(
        _(
            "A release never changes. The same version with other content or other files is "
            "refused when it is made."
        ),
        _(
            "The first number rises if a field was removed or renamed, the second if there are "
            "new entries or fields, the third if only values were corrected."
        ),
        _(
            "The content is the beginning of a fingerprint of the data. The same data always "
            "give the same one."
        ),
    )


def _show_changes(context: PageContext) -> None:
    """What changed between two releases: rows by table, then every value."""
    show_section(_("What changed between two releases"), anchor="changes")
    if len(list_releases()) < 2:
        sentence = _("There are not two releases yet, so nothing can have changed between them.")
        show_placeholder("no-changes", _("Changes"), Placeholder("empty", sentence))
        return
    show_filters(context, "before", "after")
    compared = get_compared(context.selection)
    if compared.changes is None:
        show_placeholder("no-changes", _("Changes"), Placeholder("refused", compared.refusal))
        return
    _draw_counts(context.without("page"), compared)
    count = math.ceil(len(compared.changes.values) / _ON_A_PAGE)
    page = show_pages(context, count)
    if compared.changes.values:
        show_html(
            write_values(compared.changes.values[(page - 1) * _ON_A_PAGE : page * _ON_A_PAGE])
        )


def _draw_counts(context: PageContext, compared: Compared) -> None:
    changes = compared.changes
    if changes is None:
        return
    lines = [f"<p>{text(describe_changes(changes))}</p>"]
    for version, reason in changes.reasons.items():
        sentence = _("Release {version} was made because:").format(version=version)
        lines.append(f"<p>{text(sentence)} {printed(reason)}</p>")
    for title, fields in (
        (_("Fields that are new"), changes.fields_added),
        (_("Fields that are gone"), changes.fields_removed),
    ):
        if fields:
            lines.append(f"<p>{text(title)}: {printed(', '.join(fields))}</p>")
    if downloads_are_served():
        links = " · ".join(
            (
                f'<a href="{text(changes_address(compared.before, compared.after, ending))}" '
                f"download>{ending.upper()}</a>"
            )
            for ending in ("json", "csv")
        )
        lines.append(
            f'<p class="lfr-from">{text(_("All of it as a file:"))} {links} '
            f'<a href="{text(context.address())}">{text(_("Link to this view"))}</a></p>'
        )
    show_html("".join(lines))
    if changes.count_rows():
        show_html(write_row_counts(changes))


@cached
def _show_corrections(context: PageContext) -> None:
    """Every declared correction of the record."""
    show_section(_("Corrections"), anchor="corrections")
    corrections = get_corrections(context.record, context.release)
    if not corrections:
        show_placeholder(
            "no-corrections",
            _("Corrections"),
            Placeholder("empty", _("There is no correction in this release.")),
        )
        return
    sentence = _(
        "We never change a published value: the correction is added, and both are in the files."
    )
    show_html(f"<p>{text(sentence)}</p>{write_corrections(context, corrections)}")


@cached
def _show_report(context: PageContext, address: str) -> None:
    show_section(_("Report an error"), anchor="report")
    show_html(write_report(context, address))


@cached
def _show_news(context: PageContext) -> None:  # noqa: ARG001 - the words are in its language
    if not downloads_are_served():
        return
    show_section(_("News"), anchor="news")
    sentence = _("Releases, corrections and publications that were read, for a feed reader:")
    links = " · ".join(f'<a href="{address}">{text(name)}</a>' for name, address in _FEEDS.items())
    show_html(f"<p>{text(sentence)} {links}</p>")


VIEW = View(show, choices=lambda _answers: list_release_choices())
