"""What else is known about people: arrests that press releases describe, and what is published by
group.

In: the frame. Out: two sections with their tables and files."""

from __future__ import annotations

from dashboard.components.kept_files import show_file
from dashboard.components.style import show_section
from dashboard.components.tables import Column, make_table, write_table
from dashboard.descriptions.published_by_group import (
    describe_described_arrests,
    list_described_arrests,
    list_matrix,
)
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from etl.model.caveats import CAVEATS
from etl.model.stated_figures import MATRIX_STAGE


@cached
def show_described_arrests(context: PageContext) -> None:
    """Arrests by sex and age as press releases describe them: sums of several days."""
    rows = list_described_arrests(context.record, context.names)
    if not rows:
        return
    show_section(_("Arrests that press releases describe"), anchor="described-arrests")
    paragraphs = [describe_described_arrests(context.record), _(CAVEATS["press_chose_days"])]
    show_html("".join(f"<p>{text(line)}</p>" for line in paragraphs))
    columns = (
        Column(_("Force")),
        Column(_("Period"), "wide"),
        Column(_("Group")),
        Column(_("Of the arrests described"), "number"),
        Column(_("Share and 95% interval"), "number"),
        Column(_("Releases"), "number"),
    )
    caption = _("Arrests by sex and age that press releases describe, as sums of several days")
    show_html(write_table(make_table(caption, columns, rows, whole=True)))
    show_file(context, "reported_groups", _("These sums as CSV"))
    show_file(context, "reported_group_sources", _("The releases as CSV"))


@cached
def show_matrix(context: PageContext) -> None:
    """Which force publishes which stage of the funnel by ethnicity, sex or age."""
    show_section(_("What each force publishes by group"), anchor="matrix")
    sentence = _(
        "What is not named in a cell was not found, or the force’s page was not read in full. The "
        "file has the evidence of each."
    )
    show_html(f"<p>{text(sentence)}</p>")
    columns = (
        Column(_("Force")),
        *(Column(_(MATRIX_STAGE.label(stage)), "wide") for stage in MATRIX_STAGE),
    )
    rows = list_matrix(context.record, context.record.file.names)
    caption = _("By ethnicity, sex and age: what is published, refused, or exists and was not read")
    show_html(write_table(make_table(caption, columns, rows, whole=True, stacked=True)))
    show_file(context, "group_publishing", _("Every cell with its evidence as CSV"))
    show_file(context, "unread_publications", _("Publications that we know and have not read"))
