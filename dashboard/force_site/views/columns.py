"""The map of a force's own columns, built on screen once from one of its files, tried on that file,
and saved.

In: an uploaded file of the force. Out: a `Layout` in the store. The file is read in memory and not
kept. Does not judge: `etl.returns.layouts` tells what is wrong with a map, `check_return` what the
file is by it."""

from __future__ import annotations

import re

import streamlit as st

from dashboard.components.prose import show_prose
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.force_site.messages import write_hits, write_problem
from dashboard.force_site.session import UserSession
from dashboard.force_site.views.problem_table import show_hits, show_verdict
from dashboard.rendering.html import escape_markdown, text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from etl.model.return_codes import RETURN_GAP
from etl.model.return_template import CURRENT
from etl.returns.grids import Grid, read_grids
from etl.returns.intake import check_return
from etl.returns.layouts import DATE_FORMS, Layout, find_layout_faults
from etl.returns.store.returns import save_layout
from etl.returns.suggest_columns import find_heading_row, suggest_columns

_NOT_USED = "-"
_SHEET = CURRENT.sheet("deployments")
_NEEDED = tuple(column.heading for column in _SHEET.columns if not column.field.optional)
_SAMPLE = 4
_MAX_MARKS = 5
_COLUMNS_PER_ROW = 3


def show(session: UserSession) -> None:
    """Upload, choose, try, save."""
    show_prose(
        _(
            "If your log has one row a deployment, keep it: say once which of your columns is "
            "which of ours. The file is read and not kept."
        )
    )
    saved = {each_layout.layout_id: each_layout for each_layout in session.layouts()}
    if saved:
        show_prose(
            _(
                "Saved already: {names}. Saving under the same name replaces it for files to come."
            ).format(names=", ".join(saved))
        )
    uploaded = st.file_uploader(
        _("One of your files (Excel or CSV, at most 5 MB)"), type=["xlsx", "csv"]
    )
    if uploaded is None:
        return
    content = uploaded.getvalue()
    grids, problems = read_grids(uploaded.name, content)
    if not grids:
        show_hits(problems)
        return
    names = [grid.name for grid in grids]
    sheet = (
        st.selectbox(_("The sheet that holds the deployments"), names)
        if len(names) > 1
        else names[0]
    )
    grid = next(each_grid for each_grid in grids if each_grid.name == sheet)
    row = int(
        st.number_input(
            _("The row of the headings"), 1, 50, find_heading_row(grid), key=f"row-{sheet}"
        )
    )
    headings = [heading for heading in dict.fromkeys(grid.row(row)) if heading]
    if not headings:
        show_prose(_("There is no heading in this row."))
        return
    _show_sample(grid, row)
    start = (
        saved.get(
            st.selectbox(
                _("Begin with"),
                ["", *saved],
                format_func=lambda name: name or _("a guess from the headings"),
            )
        )
        if saved
        else None
    )
    layout = _query(session, grid, row, headings, start, csv=uploaded.name.lower().endswith(".csv"))
    if faults := find_layout_faults(layout):
        _show_faults([(fault.found, fault.expected, fault.remedy) for fault in faults])
        return
    _try_and_save(session, layout, uploaded.name, content)


def _show_sample(grid: Grid, row: int) -> None:
    texts = [grid.row(number) for number in range(row, min(row + _SAMPLE, grid.last_row) + 1)]
    columns = [Column(heading or _("no heading")) for heading in texts[0]]
    show_html(write_table(make_table(_("The first rows of your file"), columns, texts[1:])))


def _query(
    session: UserSession,
    grid: Grid,
    row: int,
    headings: list[str],
    start: Layout | None,
    *,
    csv: bool,
) -> Layout:
    """What the officer chooses: a field for each column, one text for what no column holds,
    marks of gaps."""
    guess = dict(start.columns) if start else suggest_columns(headings)
    begin = f"{grid.name}-{row}-{start.layout_id if start else ''}"
    st.header(_("Your columns"), anchor="columns")
    columns, unused = {}, []
    fields = [_NOT_USED, *_SHEET.headings]
    for number, heading in enumerate(headings):
        # a new line, so that a phone keeps the order of the file
        if number % _COLUMNS_PER_ROW == 0:
            neighbouring_columns = st.columns(_COLUMNS_PER_ROW)
        field = neighbouring_columns[number % _COLUMNS_PER_ROW].selectbox(
            escape_markdown(heading),
            fields,
            index=fields.index(guess[heading]) if guess.get(heading) in fields else 0,
            format_func=lambda name: _("not used") if name == _NOT_USED else name,
            key=f"field-{begin}-{number}",
        )
        if field == _NOT_USED:
            unused.append(heading)
        else:
            columns[heading] = field
    always = {}
    without = [name for name in (*_NEEDED, "faces_seen_status") if name not in columns.values()]
    if without:
        st.header(_("The same in every row"), anchor="always")
        show_prose(
            _(
                "No column of yours holds these. Write one text for every row, or choose a column "
                "above. Where you do not record it, write “not collected”."
            )
        )
    for name in without:
        given = st.text_input(
            name,
            value=start.always.get(name, "") if start else "",
            placeholder=_SHEET.column(name).example,
            key=f"always-{begin}-{name}",
        )
        if given.strip():
            always[name] = given.strip()
    st.header(_("How your file writes"), anchor="writes")
    words = {
        "day_month_year": _("day, month, year: 17/01/2026"),
        "year_month_day": _("year, month, day: 2026-01-17"),
    }
    forms = list(DATE_FORMS)
    form = st.selectbox(
        _("Dates"),
        forms,
        index=forms.index(start.date_form if start else "day_month_year"),
        format_func=lambda code: words[code],
        key=f"dates-{begin}",
    )
    marks: dict[str, str] = {}
    gap_marks = list(start.gap_marks.items()) if start else []
    for number in range(_MAX_MARKS):
        before = gap_marks[number] if number < len(gap_marks) else ("", "not_collected")
        if number and not marks and number >= len(gap_marks):
            break
        mark = st.text_input(
            _("Mark for a gap, such as N/K (may stay empty)"),
            value=before[0],
            key=f"mark-{begin}-{number}",
        )
        if not mark.strip():
            break
        codes = list(RETURN_GAP)
        marks[mark.strip()] = st.selectbox(
            _("What {mark} means").format(mark=escape_markdown(mark.strip())),
            codes,
            index=codes.index(before[1]),
            format_func=RETURN_GAP.label,
            key=f"reason-{begin}-{number}",
        )
    name = st.text_input(
        _("Name of this map"),
        value=start.layout_id if start else f"{session.scope.force_id}_log",
        max_chars=60,
        key=f"name-{begin}",
    )
    layout_id = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "log"
    return Layout(
        layout_id,
        session.scope.force_id or "",
        columns,
        None if csv else grid.name,
        row,
        form,
        tuple(unused),
        always,
        marks,
    )


def _try_and_save(session: UserSession, layout: Layout, name: str, content: bytes) -> None:
    st.header(_("Your file by this map"), anchor="tried")
    intake = check_return(
        name,
        content,
        today=session.today,
        force_ids=session.site.force_names,
        force_id=session.scope.force_id,
        layout=layout,
    )
    show_verdict(intake.problems, len(intake.records.deployments))
    show_hits(intake.problems)
    if st.button(_("Save the map"), type="primary"):
        save_layout(session.store, session.scope, layout)
        _translate(
            _("The map {name} is saved. Choose it where you check a file.").format(
                name=layout.layout_id
            )
        )


def _translate(sentence: str) -> None:
    show_html(f'<div class="lfr-note" role="status"><p>{text(sentence)}</p></div>')


def _show_faults(faults: list[tuple[str, str, str]]) -> None:
    columns = (
        Column(_("Found"), "wide"),
        Column(_("Expected"), "wide"),
        Column(_("What to do"), "wide"),
    )
    rows = [
        (Markup(write_hits(found)), Markup(write_problem(expected)), Markup(write_problem(remedy)))
        for found, expected, remedy in faults
    ]
    show_html(write_table(make_table(_("What the map still needs"), columns, rows, stacked=True)))
