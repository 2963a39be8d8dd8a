"""The tables of the page on who is affected: counts, publishers, benchmarks, lists of groups, tests.

In: what `dashboard.queries.groups` and `etl.queries.record` give. Out: tables. Words that a publication or the
collector wrote go through `printed`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.components.tables import Column, Markup, Table, make_table
from dashboard.descriptions.groups import (
    name_benchmark,
    name_stage,
    say_benchmark,
    say_compared,
    say_events,
    say_kind,
)
from dashboard.descriptions.rows import say_row_place
from dashboard.exports.urls import download_address
from dashboard.queries.groups import GroupFigure
from dashboard.rendering.html import link, printed, text
from dashboard.rendering.html import told as told_text
from dashboard.text.language import _
from dashboard.text.numbers import say_count, say_period
from dashboard.views.who_is_affected.text_tests import (
    name_evaluation,
    name_group,
    name_measured,
    name_setting,
    say_result,
)
from etl.measures.publishing import ForcePublishing
from etl.model.codes import PUBLISHED, RELIABILITY
from etl.model.demographics import GroupDisparity, LaboratoryResult
from etl.model.groups import BASIS, CLASSIFICATIONS, GROUP_STATUS

_MOST_GROUPS = 10


def make_counts_table(counts: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> Table:
    """Every count by group in the record, with its source."""
    rows = []
    for one in counts:
        listed = CLASSIFICATIONS[one["classification_code"]]
        count = "[c]" if one["group_count"] is None else say_count(one["group_count"])
        whole = _("[x] not stated") if one["total_count"] is None else say_count(one["total_count"])
        rows.append(
            (
                names[one["force_id"]],
                say_period(one["period_start"], one["period_end"]),
                name_stage(one["stage_code"]),
                _(listed.groups.label(one["group_code"])),
                _("{count} of {whole}").format(count=count, whole=whole),
                _(BASIS.label(one["basis_code"])),
                _(GROUP_STATUS.label(one["value_status"])),
                Markup(_write_source(one["stated"])),
            )
        )
    columns = (
        Column(_("Force")), Column(_("Period"), "wide"), Column(_("Counted")), Column(_("Group")),
        Column(_("About it, of all"), "number"), Column(_("Who decided the group")), Column(_("Status")), Column(_("Source"), "wide"),
    )  # fmt: skip
    return make_table(_("Every count of events by group of people in the record"), columns, rows, whole=True)


def make_claims_table(claims: Sequence[tuple[Mapping[str, Any], str]]) -> Table:
    """What else was stated about groups, and why no row can be set beside it."""
    rows = [
        (
            Markup(printed(claim["force_text"] or "")),
            Markup(printed(_capital(claim["measure_text"].rpartition(": ")[2].replace("_", " ")))),
            Markup(printed(claim["group_text"] or "")),
            Markup(printed(claim["value_text"])),
            say_period(claim["period_start"], claim["period_end"]),
            Markup(printed(reason)),
            Markup(_write_source(claim)),
        )
        for claim, reason in claims
    ]
    columns = (
        Column(_("About")), Column(_("What is stated"), "wide"), Column(_("Group")), Column(_("Value, as collected"), "number"),
        Column(_("Period"), "wide"), Column(_("Why it is not compared"), "wide"), Column(_("Source"), "wide"),
    )  # fmt: skip
    return make_table(_("Statements about groups of people"), columns, rows, whole=True)


def make_publishers_table(publishers: Sequence[ForcePublishing]) -> Table:
    """Each form of publication: does it print a figure by group, or what the watchlist is made of?"""
    rows = []
    for force in publishers:
        for form in force.forms:
            said = [one for one in form.fields if one.field_code == "demographics"]
            evidence = Markup(printed(said[0].evidence)) if said else ""
            rows.append(
                (
                    _(force.force_name),
                    Markup(link(form.publishing.url, form.publishing.title)),
                    _(PUBLISHED.label(form.of("demographics"))),
                    _(PUBLISHED.label(form.of("watchlist_composition"))),
                    evidence,
                )
            )
    columns = (
        Column(_("Force")), Column(_("Publication"), "wide"), Column(_("Any figure by ethnicity, sex or age")),
        Column(_("Make-up of the watchlist")), Column(_("How this is known"), "wide"),
    )  # fmt: skip
    return make_table(_("What the publications with results print about groups"), columns, rows)


def make_shares_table(figure: GroupFigure, told: GroupDisparity | None) -> Table:
    """The group's share, then each benchmark with its share and how the two compare."""
    head = (
        [(_("The group’s share of events"), _("published count"), say_events(told), "", "")] if told else []
    )
    rows = [
        (name_benchmark(one), say_kind(one), say_benchmark(one), *say_compared(one)) for one in figure.beside
    ]
    columns = (
        Column(_("What"), "wide"), Column(_("Kind")), Column(_("Share and 95% interval"), "wide"),
        Column(_("Ratio to it")), Column(_("Difference from it")),
    )  # fmt: skip
    return make_table(_("The share of events and each benchmark, best first"), columns, [*head, *rows])


def make_lists_table(crosswalks: Sequence[Mapping[str, Any]]) -> Table:
    """Each list of groups: who decides, and whether it corresponds to how residents are counted."""
    rows = []
    for code, listed in CLASSIFICATIONS.items():
        own = [
            one
            for one in crosswalks
            if one["from_classification_code"] == code
            and CLASSIFICATIONS[one["to_classification_code"]].population_dimension is not None
        ]
        notes = dict.fromkeys(one["note"] for one in own if one["note"] and one["lossy"] == "yes")
        if listed.population_dimension is not None:
            fits = _("the same list as the census")
        elif any(one["lossy"] == "yes" for one in own):
            fits = _("not exactly: people are lost or misplaced on the way")
        else:
            fits = _("exactly") if own else _("no list of residents corresponds")
        groups = ", ".join(_(listed.groups.label(one)) for one in listed.groups)
        if len(listed.groups.entries) > _MOST_GROUPS:
            groups = _("{count} groups").format(count=say_count(len(listed.groups.entries)))
        basis = BASIS.entry(listed.basis)
        rows.append(
            (
                _(listed.title),
                _(basis.label),
                groups,
                fits,
                Markup(told_text(" ".join(dict.fromkeys(map(_shorten, notes))))),
            )
        )
    columns = (
        Column(_("List of groups"), "wide"), Column(_("Who decides")), Column(_("Its groups"), "wide"),
        Column(_("Does it fit the census?")), Column(_("What does not correspond"), "wide"),
    )  # fmt: skip
    return make_table(_("Lists of groups in use, and the basis of each"), columns, rows)


def make_tests_table(results: Sequence[LaboratoryResult], technology: str) -> Table:
    """Every figure of one technology's tests, with what it can and cannot show."""
    rows = [
        (
            Markup(f'{text(name_measured(one))}<span class="lfr-quiet">{text(name_evaluation(one))}</span>'),
            name_group(one),
            name_setting(one),
            say_result(one),
            Markup(f"{told_text(one.can_show)} {told_text(one.cannot_show)}"),
            Markup(_write_test_source(one)),
        )
        for one in results
    ]
    columns = (
        Column(_("What was measured"), "wide"), Column(_("Group")), Column(_("Threshold and watchlist")),
        Column(_("Value, with 95% interval where it can be given"), "wide"), Column(_("What it can and cannot show"), "wide"),
        Column(_("Source"), "wide"),
    )  # fmt: skip
    caption = _("{technology}: every figure of its tests in the record").format(technology=technology)
    return make_table(caption, columns, rows)


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _shorten(note: str) -> str:
    """The part of a note that is its own: the sentence that all groups of the list share is said once."""
    return note.partition(" A perception of somebody else")[0]


def _write_test_source(one: LaboratoryResult) -> str:
    note = f'<span class="lfr-quiet">{printed(one.note)}</span>' if one.note else ""
    grade = text(_(RELIABILITY.label(one.reliability)))
    return f'{link(one.source_url, one.source_title)}<span class="lfr-quiet">{grade}</span>{note}'


def _write_source(claim: Mapping[str, Any]) -> str:
    grade = text(_(RELIABILITY.label(claim["reliability"])))
    where = ""
    if claim.get("returned_count_id"):  # a return is published as its cells
        cells = download_address("printed_cells", edition=str(claim["edition_id"]))
        where = f'<span class="lfr-quiet"><a href="{text(cells)}">{text(say_row_place(claim))}</a></span>'
    return f'{link(claim["source_url"], claim["source_title"])}{where}<span class="lfr-quiet">{grade}</span>'
