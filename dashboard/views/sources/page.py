"""The publications that the record is made of: each with its files, what of it is in the record, and what to distrust.

In: the frame. Out: a table of all, and a section a publication, whose id is its anchor.
"""

from __future__ import annotations

from dashboard.components.filters import show_filters
from dashboard.components.kept_files import show_file
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.descriptions.findings import say_open
from dashboard.rendering.context import Frame, cached
from dashboard.rendering.html import printed, text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _
from dashboard.text.numbers import say_period
from dashboard.views.sources.query import SourceLine, ask_sources
from dashboard.views.sources.source_sections import show_publication
from dashboard.views.sources.text import say_grades, say_in_record
from etl.model.codes import RELIABILITY


def show(frame: Frame) -> None:
    """The whole page."""
    show_filters(frame, "force")
    _show_all(frame)


@cached
def _show_all(frame: Frame) -> None:
    lines = ask_sources(frame.answers, frame.chosen)
    own = [one for one in lines if one.about_force]
    others = [one for one in lines if not one.about_force]
    force_id = frame.chosen.force_id
    if force_id and not own:
        said = _("No publication in the record is about {name}. That does not show that it publishes nothing: what was looked for stands on the page of data quality.")  # fmt: skip
        show_html(f'<div class="lfr-note"><p>{text(said.format(name=frame.names[force_id]))}</p></div>')
    show_section(
        _("Publications about {name}").format(name=frame.names[force_id]) if force_id and own else _("All publications"),
        anchor="publications",
    )  # fmt: skip
    shown = own or others
    show_html(f'<p class="lfr-small">{text(say_grades(shown))}</p>')
    show_html(_write_list(shown))
    show_file(frame, "publications")
    show_file(frame, "editions", _("Their files with period and hash as CSV"))
    for one in own:
        show_publication(frame, one)
    if others:
        if force_id and own:
            show_section(_("Publications about other forces"), anchor="others")
            show_html(_write_list(others))
        for one in others:
            show_publication(frame, one)


def _write_list(lines: list[SourceLine]) -> str:
    """All publications beside one another; each leads to its section."""
    columns = (
        Column(_("Publication"), "wide"),
        Column(_("Published by"), "wide"),
        Column(_("How it reached us")),
        Column(_("Covers"), "wide"),
        Column(_("In the record"), "wide"),
        Column(_("Findings"), "wide"),
    )
    rows = [
        (
            Markup(f'<a href="#{text(one.publication_id)}">{printed(one.publication["title"])}</a>'),
            Markup(printed(one.publication["publisher"])),
            _(RELIABILITY.label(one.publication["reliability"])),
            say_period(*one.period) if all(one.period) else _("[z] no period of its own"),
            say_in_record(one),
            say_open(one.findings),
        )
        for one in lines
    ]
    caption = _("Publications by how they reached us, those that are counted first")
    return write_table(make_table(caption, columns, rows, whole=True, stacked=True))


VIEW = View(show)
