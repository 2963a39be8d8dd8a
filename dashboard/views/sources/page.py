"""The publications that the record is made of: each with its files, what of it is in the record,
and what to distrust.

In: the frame. Out: a table of all, and a section a publication, whose id is its anchor."""

from __future__ import annotations

from dashboard.components.filters import show_filters
from dashboard.components.kept_files import show_file
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.descriptions.findings import describe_open
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import printed, text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _
from dashboard.text.numbers import format_period
from dashboard.views.sources.editions import show_editions
from dashboard.views.sources.query import SourceLine, get_sources
from dashboard.views.sources.source_sections import show_publication
from dashboard.views.sources.text import describe_grades, describe_in_record
from etl.model.codes import RELIABILITY


def show(context: PageContext) -> None:
    """The whole page."""
    show_filters(context, "force")
    _show_all(context)


@cached
def _show_all(context: PageContext) -> None:
    lines = get_sources(context.record, context.selection)
    own = [line for line in lines if line.about_force]
    others = [line for line in lines if not line.about_force]
    force_id = context.selection.force_id
    if force_id and not own:
        template = _(
            "We have no publication about {name}. That does not show that it publishes nothing: "
            "see Data quality for what we looked for."
        )
        show_html(
            f'<div class="lfr-note"><p>{text(template.format(name=context.names[force_id]))}</p>'
            "</div>"
        )
    show_section(
        _("Publications about {name}").format(name=context.names[force_id])
        if force_id and own
        else _("All publications"),
        anchor="publications",
    )
    shown = own or others
    show_html(f'<p class="lfr-small">{text(describe_grades(shown))}</p>')
    show_html(_write_list(shown))
    show_file(context, "publications")
    show_file(context, "editions", _("Their files with period and hash as CSV"))
    show_editions(context)
    for line in own:
        show_publication(context, line)
    if others:
        if force_id and own:
            show_section(_("Publications about other forces"), anchor="others")
            show_html(_write_list(others))
        for other in others:
            show_publication(context, other)


def _write_list(lines: list[SourceLine]) -> str:
    """All publications beside one another; each leads to its section."""
    columns = (
        Column(_("Publication"), "wide"),
        Column(_("Published by"), "wide"),
        Column(_("How it reached us")),
        Column(_("Covers"), "wide"),
        Column(_("What we have"), "wide"),
        Column(_("Findings"), "wide"),
    )
    rows = [
        (
            Markup(f'<a href="#{text(line.publication_id)}">{printed(line.publication.title)}</a>'),
            printed(line.publication.publisher),
            _(RELIABILITY.label(line.publication.reliability)),
            format_period(*line.period) if all(line.period) else _("[z] no period of its own"),
            describe_in_record(line),
            describe_open(line.findings),
        )
        for line in lines
    ]
    caption = _("Publications by how they reached us, official text first")
    return write_table(make_table(caption, columns, rows, whole=True, stacked=True))


VIEW = View(show)
