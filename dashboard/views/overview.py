"""The first page: what was published of live facial recognition in UK policing, all of it or one force's.

In: the record and the reader's selection. Out: the page, from headline to sources.
Every drawing without widgets is cached by release and selection, and replayed to the next reader.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard.figures import DARK, LIGHT, draw_intervals, draw_months
from dashboard.outputs.csv_files import name_file, write_deployments
from dashboard.parts import filters
from dashboard.parts.cards import say_leading, write_cards
from dashboard.parts.deployment_table import ROWS_A_PAGE, write_deployment_page
from dashboard.parts.figure_card import show_figure
from dashboard.parts.filters import keep_address, show_filters, show_pages, turn_back
from dashboard.parts.footer import show_findings, show_footer
from dashboard.parts.record import open_record
from dashboard.parts.source_note import SOURCES_ANCHOR, write_source_note, write_sources
from dashboard.parts.style import show_html, text
from dashboard.parts.tables import Column
from dashboard.questions import (
    FEW_BARS,
    HEADLINE_COUNTS,
    PER_FACE_SEEN,
    SHARE_OF_ALERTS,
    Interval,
    Selection,
    ask_by_force,
    ask_intervals,
    ask_missing,
    ask_panels,
    ask_rows,
    ask_total,
    count_bars,
)
from dashboard.sentences import (
    label_months,
    label_panels,
    label_rates,
    label_shares,
    list_intervals,
    list_months,
    say_few_months,
    say_intervals_alt,
    say_intervals_title,
    say_missing,
    say_months_alt,
    say_months_notes,
    say_months_title,
)
from dashboard.wording import say_count, say_date, say_rows
from etl.answers import Answers
from etl.model.caveats import CAVEATS

TITLE = "Live facial recognition in UK policing: what forces publish"
_WHAT = (
    "Police scan faces in public places with live facial recognition and publish what happened in PDFs, web tables and "
    "sentences; here these are one record, checked cell by cell. It cannot show what is not published, how many different "
    "people were scanned, or how many wanted people walked past unnoticed."
)
_NOT_POOLED = (
    "False alerts are not pooled over forces: a trial of 2017 and a service of 2026 have no rate in common. The figures "
    "below give each force its own, of alerts and of faces; choose a force for its headline rates."
)
# A drawing is kept for the release it was made from.
_BY_RELEASE: dict[str | type[Any], Callable[[Any], Any]] = {Answers: lambda answers: answers.release_id}


def show_overview() -> None:
    """The whole page."""
    st.title("Live facial recognition in UK policing", anchor=False)
    show_html(
        f"<p>{text(_WHAT)}</p>"
        f'<div class="lfr-note"><p><strong>{text(CAVEATS["not_official"])}</strong> {text(CAVEATS["only_published"])}</p></div>'
    )
    answers = open_record()
    names = answers.forces()
    start, end = answers.period()
    years = list(range(start.year, end.year + 1)) if start and end else []
    chosen = show_filters(names, years)
    keep_address(chosen)
    dark = st.context.theme.type == "dark"
    whole = Selection(chosen.force_id, chosen.first_year, chosen.last_year)
    st.header(names[chosen.force_id] if chosen.force_id else "All forces", anchor=False)
    if not _count_rows(answers, whole):
        show_html(
            f'<div class="lfr-note"><p>The record has no deployment {"of this force " if chosen.force_id else ""}in these '
            "years. That is not a zero: it may not have been published. Choose other years.</p></div>"
        )
    else:
        _show_body(answers, whole, dark)
        _show_table(answers, chosen)
    _show_sources(answers)


@st.cache_data(show_spinner=False, max_entries=300, hash_funcs=_BY_RELEASE)
def _count_rows(answers: Answers, chosen: Selection) -> int:
    return len(ask_rows(answers, chosen))


@st.cache_data(show_spinner=False, max_entries=300, hash_funcs=_BY_RELEASE)
def _show_body(answers: Answers, chosen: Selection, dark: bool) -> None:
    ink = DARK if dark else LIGHT
    numbers, names = _number_sources(answers), answers.forces()
    rates = (SHARE_OF_ALERTS, PER_FACE_SEEN) if chosen.force_id else ()
    totals = {one: ask_total(answers, one, chosen) for one in (*HEADLINE_COUNTS, *rates)}
    leading = {one: say_leading(totals[one], ask_by_force(answers, one, chosen), names) for one in totals}
    breaks = {
        one["break_id"]: f"{names[one['force_id']]}, {one['first_date']:%B %Y}: {one['meaning']}"
        for one in answers.breaks(PER_FACE_SEEN)
        if one["effect_code"] == "not_comparable"
    }
    show_html(write_cards(list(totals.values()), numbers, leading, breaks))
    if not rates:
        show_html(f'<p class="lfr-small">{text(_NOT_POOLED)}</p>')
    st.header("Month by month", anchor=False)
    for measure_id, unit, caveats in (
        ("deployments_count", "deployments", ("deployments_as_published",)),
        ("faces_seen_count", "faces seen", ("faces_not_people",)),
    ):
        panels = ask_panels(answers, measure_id, chosen)
        note = write_source_note(totals[measure_id].sources, numbers)
        if count_bars(panels) < FEW_BARS:
            said = say_few_months(panels, totals[measure_id], unit)
            show_html(
                f'<h3 class="lfr-chart-title">{unit.capitalize()}</h3><p class="lfr-small">{text(said)} {note}</p>'
            )
            continue
        show_figure(
            draw_months(panels, label_panels(panels, unit), label_months(panels, unit), ink),
            key=f"months_{measure_id}",
            title=say_months_title(panels, totals[measure_id], unit),
            alt=say_months_alt(panels, unit),
            caption=f"{unit.capitalize()} a month",
            columns=[Column("Month"), *(Column(panel.name, "number") for panel in panels)],
            rows=list_months(panels),
            notes=say_months_notes(panels, unit),
            caveats=caveats,
            source_note=note,
        )
    st.header("False alerts, both ways of counting", anchor=False)
    show_html(f'<p class="lfr-small">{text(CAVEATS["two_denominators"])} Lines are exact 95% intervals: the fewer events, the wider. Hollow dot and [u]: fewer than 20 events. Dotted line: none seen, up to the bound that this can show.</p>')  # fmt: skip
    columns = st.columns(2, gap="large")
    with columns[0]:
        _show_intervals(answers, SHARE_OF_ALERTS, "alerts_count", "alerts", chosen, ink == DARK, numbers)
    with columns[1]:
        _show_intervals(
            answers, PER_FACE_SEEN, "faces_seen_count", "faces seen", chosen, ink == DARK, numbers
        )


def _show_intervals(
    answers: Answers,
    measure_id: str,
    denominator_id: str,
    of: str,
    chosen: Selection,
    dark: bool,
    numbers: dict[str, int],
) -> None:
    """One of the two panels, with the forces that it cannot show."""
    intervals = ask_intervals(answers, measure_id, chosen)
    missing = say_missing(ask_missing(answers, chosen, denominator_id))
    if not intervals:
        show_html(f'<h3 class="lfr-chart-title">False alerts of all {of}</h3><p class="lfr-small">{text(" ".join(missing))}</p>')  # fmt: skip
        return
    shares = measure_id == SHARE_OF_ALERTS
    broken = any(
        one["effect_code"] == "not_comparable" and chosen.force_id in (None, one["force_id"])
        for one in answers.breaks(measure_id)
    )
    labels = label_shares(intervals) if shares else label_rates(intervals)
    show_figure(
        draw_intervals(
            intervals,
            labels,
            (lambda share: share * 100) if shares else (lambda share: share * 1_000_000),
            "False alerts in 100 alerts" if shares else "False alerts per million faces seen (each step is ten times)",
            DARK if dark else LIGHT,
            logarithmic=not shares,
        ),
        key=f"intervals_{measure_id}",
        title=say_intervals_title(intervals, of),
        alt=say_intervals_alt(labels, f"false alerts as a share of {of}"),
        caption=f"False alerts of all {of}",
        columns=[Column("Force or year", "wide"), Column("False alerts", "number"), Column(of.capitalize(), "number"), Column("Rows with both"), Column("Value and 95% interval", "wide")],
        rows=list_intervals(intervals, of),
        notes=[*missing, *_say_breaks(answers, measure_id, intervals)],
        caveats=("faces_basis_changed",) if broken and not shares else (),
        source_note=write_source_note({source for one in intervals for source in one.estimate.sources}, numbers),
    )  # fmt: skip


def _say_breaks(answers: Answers, measure_id: str, intervals: list[Interval]) -> list[str]:
    """What changed within the period of a row that is marked [b]."""
    marked = {break_id for one in intervals for break_id in one.estimate.breaks}
    names = answers.forces()
    return [
        f"[b] {names[one['force_id']]}, {say_date(one['first_date'])}: {one['meaning']}"
        for one in answers.breaks(measure_id)
        if one["break_id"] in marked
    ]


def _show_table(answers: Answers, chosen: Selection) -> None:
    """Search, one page of rows, pages, download; widgets stay outside the cached drawing."""
    state, release_id = st.session_state, answers.release_id
    st.header("Every deployment, back to the printed row", anchor=False)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        st.text_input("Search by location", key=filters.SEARCH, max_chars=filters.LONGEST_SEARCH, on_change=turn_back, placeholder="for example Croydon", width=320)  # fmt: skip
        st.checkbox("Also rows that are kept but not counted", key=filters.UNCOUNTED, on_change=turn_back)
    count = _count_rows(answers, chosen)
    pages = max(1, -(-count // ROWS_A_PAGE))
    state[filters.PAGE] = min(max(1, state[filters.PAGE]), pages)
    if not count:
        show_html(
            f'<p class="lfr-small">No row of this selection has “{text(chosen.search)}” in its location.</p>'
        )
        return
    _show_rows(answers, chosen, state[filters.PAGE])
    show_pages(pages)
    keep_address(chosen)
    years = [str(year) for year in (chosen.first_year, chosen.last_year) if year]
    parts = [
        chosen.force_id or "all_forces",
        *years,
        chosen.search,
        "with_uncounted" if chosen.uncounted else "",
    ]
    st.download_button(
        "Download this row as CSV" if count == 1 else f"Download these {say_rows(count)} as CSV",
        data=lambda: write_csv(answers, chosen),
        file_name=name_file(release_id, parts),
        mime="text/csv",
        on_click="ignore",
    )
    show_html(f'<p class="lfr-small">Every row of the selection, not only this page; with the columns of the record and release {text(release_id)} on every row. [x] not available, with the reason; [e] estimate or bound.</p>')  # fmt: skip


@st.cache_data(show_spinner=False, max_entries=300, hash_funcs=_BY_RELEASE)
def _show_rows(answers: Answers, chosen: Selection, page: int) -> None:
    rows = ask_rows(answers, chosen)
    first = (page - 1) * ROWS_A_PAGE
    shown = rows[first : first + ROWS_A_PAGE]
    ids = [row["deployment_id"] for row in shown]
    counts = {
        (one["deployment_id"], one["stage_code"]): one
        for one in answers.rows("counts", {"deployment_id": ids})
    }
    corrections = {one["correction_id"]: one for one in answers.rows("corrections")}
    caption = f"Deployments, newest first: rows {say_count(first + 1)} to {say_count(first + len(shown))} of {say_count(len(rows))}"
    show_html(write_deployment_page(shown, counts, corrections, caption))


def write_csv(answers: Answers, chosen: Selection) -> bytes:
    """The file of the selection: what is on the screen, all pages."""
    bounds: dict[str, str] = {}
    for one in answers.rows("counts", {"value_status": ["at_least", "about"]}):
        before = bounds.get(one["deployment_id"], "")
        bounds[one["deployment_id"]] = f"{before} {one['stage_code']}_count".strip()
    return write_deployments(ask_rows(answers, chosen), answers.release_id, bounds).encode("utf-8")


@st.cache_data(show_spinner=False, max_entries=4, hash_funcs=_BY_RELEASE)
def _show_sources(answers: Answers) -> None:
    st.header("Sources", anchor=SOURCES_ANCHOR)
    numbers = _number_sources(answers)
    show_html(write_sources(answers.rows("publications"), answers.rows("editions"), numbers))
    show_findings(answers)
    show_footer(answers)


def _number_sources(answers: Answers) -> dict[str, int]:
    """Every publication by its number on this page, official text first."""
    order = {"primary": 0, "transcribed": 1, "press": 2}
    found = sorted(
        answers.rows("publications"), key=lambda one: (order.get(one["reliability"], 9), one["title"])
    )
    return {one["publication_id"]: number for number, one in enumerate(found, start=1)}
