"""What else is known about people: arrests that press releases describe, who lives where the
cameras stood, and what is published by group.

In: the frame. Out: three sections with their tables and files."""

from __future__ import annotations

from dashboard.components.kept_files import show_file
from dashboard.components.style import show_section
from dashboard.components.tables import Column, make_table, write_table
from dashboard.descriptions.places_used import (
    describe_above,
    describe_chance,
    describe_weighted,
    list_headings,
    list_rows,
)
from dashboard.descriptions.published_by_group import (
    describe_described_arrests,
    list_described_arrests,
    list_matrix,
)
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import format_period
from etl.model.caveats import CAVEATS
from etl.model.demographics import PlacesUsed
from etl.model.group_records import GroupCount
from etl.model.stated_figures import MATRIX_STAGE

FORCE, GROUP = "metropolitan", "black"
# A year of fewer deployments is not described; a share of one half is shown for scale.
MIN_ROWS, EVEN = 20, 0.5


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
def show_places_used(context: PageContext) -> None:
    """Who lives where the cameras stood: by wards in London, by districts elsewhere."""
    force_id = context.selection.force_id or FORCE
    show_section(_("Who lives near the cameras"), anchor="where")
    kinds = [
        (kind, used)
        for kind in ("ward", "district")
        if (used := context.record.stated.list_places_used(force_id, kind))
    ]
    if not kinds:
        show_html(f"<p>{text(_('No deployment of this force could be placed.'))}</p>")
        return
    kind, used = kinds[0]
    lines = _describe_places(context, used) if kind == "ward" else []
    warning = _(
        "Residents are not passers-by. The wards are approximate, and a shopping street or a "
        "station is full of people who live elsewhere."
    )
    items = "".join(f"<li>{text(line)}</li>" for line in (*lines, warning))
    show_html(f'<ul class="lfr-plain">{items}</ul>')
    columns = [
        Column(heading, "short" if number < 2 else "number")
        for number, heading in enumerate(list_headings(used))
    ]
    caption = _("{force}: residents of the areas near the cameras").format(
        force=context.names[force_id]
    )
    show_html(write_table(make_table(caption, columns, list_rows(used), whole=True)))
    words = _("By force, year, wards and districts as CSV")
    show_file(context, "places_used", words)


def _describe_places(context: PageContext, used: list[PlacesUsed]) -> list[str]:
    """Both sentences of the last year that is placed whole, the year of the stated false alerts,
    and what place alone explains."""
    own = [row for row in used if row.group_code == GROUP]
    whole = [
        row
        for row in own
        if row.placed_count == row.rows_count and row.rows_count >= MIN_ROWS and row.year
    ]
    if not whole:
        return []
    by_rows, by_faces = (
        max((row for row in whole if row.weight_code == weight), key=lambda row: row.year or 0)
        for weight in ("deployments", "faces_seen")
    )
    lines = [describe_above(by_rows), describe_weighted(by_faces, str(by_faces.year))]
    for count in context.record.table(GroupCount):
        if (count.force_id, count.group_code, count.stage_code) == (FORCE, GROUP, "false_alerts"):
            period = (count.period_start, count.period_end)
            of_year = context.record.stated.list_places_used(FORCE, "ward", period, [None])
            (row,) = (
                row for row in of_year if (row.group_code, row.weight_code) == (GROUP, "faces_seen")
            )
            lines += [
                describe_weighted(row, format_period(*period)),
                describe_chance(row.share or 0),
                describe_chance(EVEN),
            ]
    return lines


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
