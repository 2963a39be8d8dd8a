"""The tables of the page on who is affected: counts, publishers, benchmarks, lists of groups,
tests.

In: what `dashboard.queries.groups` and `etl.queries.record` give. Out: tables. Words that a
publication or the collector wrote go through `printed`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.components.tables import Column, Markup, Table, make_table
from dashboard.descriptions.groups import (
    describe_benchmark,
    describe_compared,
    describe_kind,
    format_events,
    name_benchmark,
    name_stage,
)
from dashboard.descriptions.rows import describe_row_place
from dashboard.exports.urls import download_address
from dashboard.queries.groups import GroupFigure, StatedCount, Statement, state
from dashboard.rendering.html import link, printed, text
from dashboard.rendering.html import write_translated as translated_text
from dashboard.text.language import _
from dashboard.text.numbers import format_count, format_period
from dashboard.views.who_is_affected.text_evaluations import (
    describe_result,
    name_evaluation,
    name_group,
    name_measured,
    name_setting,
)
from etl.measures.publishing import ForcePublishing
from etl.model.codes import PUBLISHED, RELIABILITY
from etl.model.demographics import GroupDisparity, LaboratoryResult
from etl.model.group_records import GroupCrosswalk
from etl.model.groups import BASIS, CLASSIFICATIONS, GROUP_STATUS
from etl.model.records import Claim

_MAX_GROUPS = 10


def make_counts_table(counts: Sequence[StatedCount], names: Mapping[str, str]) -> Table:
    """Every count by group in the record, with its source."""
    rows = []
    for each_count in counts:
        listed = CLASSIFICATIONS[each_count.classification_code]
        count = "[c]" if each_count.group_count is None else format_count(each_count.group_count)
        whole = (
            _("[x] not stated")
            if each_count.total_count is None
            else format_count(each_count.total_count)
        )
        rows.append(
            (
                names[each_count.force_id],
                format_period(each_count.period_start, each_count.period_end),
                name_stage(each_count.stage_code),
                _(listed.groups.label(each_count.group_code)),
                _("{count} of {whole}").format(count=count, whole=whole),
                _(BASIS.label(each_count.basis_code)),
                _(GROUP_STATUS.label(each_count.value_status)),
                Markup(_write_source(each_count.stated)),
            )
        )
    columns = (
        Column(_("Force")),
        Column(_("Period"), "wide"),
        Column(_("What is measured")),
        Column(_("Group")),
        Column(_("About it, of all"), "number"),
        Column(_("Who decided the group")),
        Column(_("Status")),
        Column(_("Source"), "wide"),
    )
    return make_table(
        _("Every published count of events by group of people"), columns, rows, whole=True
    )


def make_claims_table(claims: Sequence[tuple[Claim, str]]) -> Table:
    """Other claims about groups, and why no row compares."""
    rows = [
        (
            printed(claim.force_text or ""),
            printed(_capital(claim.measure_text.rpartition(": ")[2].replace("_", " "))),
            printed(claim.group_text or ""),
            printed(claim.value_text),
            format_period(claim.period_start, claim.period_end),
            printed(reason),
            Markup(_write_source(state(claim))),
        )
        for claim, reason in claims
    ]
    columns = (
        Column(_("About")),
        Column(_("What is stated"), "wide"),
        Column(_("Group")),
        Column(_("Value, as collected"), "number"),
        Column(_("Period"), "wide"),
        Column(_("Why it is not compared"), "wide"),
        Column(_("Source"), "wide"),
    )
    return make_table(_("Statements about groups of people"), columns, rows, whole=True)


def make_publishers_table(publishers: Sequence[ForcePublishing]) -> Table:
    """Each form of publication: does it print a figure by group,
    or what the watchlist is made of?"""
    rows = []
    for force in publishers:
        for form in force.forms:
            fields = [field for field in form.fields if field.field_code == "demographics"]
            evidence = printed(fields[0].evidence) if fields else ""
            rows.append(
                (
                    _(force.force_name),
                    link(form.publishing.url, form.publishing.title),
                    _(PUBLISHED.label(form.of("demographics"))),
                    _(PUBLISHED.label(form.of("watchlist_composition"))),
                    evidence,
                )
            )
    columns = (
        Column(_("Force")),
        Column(_("Publication"), "wide"),
        Column(_("Any figure by ethnicity, sex or age")),
        Column(_("Make-up of the watchlist")),
        Column(_("How this is known"), "wide"),
    )
    return make_table(_("What the publications with results say about groups"), columns, rows)


def make_shares_table(figure: GroupFigure, group_disparity: GroupDisparity | None) -> Table:
    """The group's share, then each benchmark with its share and how the two compare."""
    head = (
        [
            (
                _("The group’s share of events"),
                _("published count"),
                format_events(group_disparity),
                "",
                "",
            )
        ]
        if group_disparity
        else []
    )
    rows = [
        (
            name_benchmark(comparison),
            describe_kind(comparison),
            describe_benchmark(comparison),
            *describe_compared(comparison),
        )
        for comparison in figure.comparisons
    ]
    columns = (
        Column(_("What"), "wide"),
        Column(_("Kind")),
        Column(_("Share and 95% interval"), "wide"),
        Column(_("Ratio to it")),
        Column(_("Difference from it")),
    )
    return make_table(
        _("The share of events and each benchmark, best first"), columns, [*head, *rows]
    )


def make_lists_table(crosswalks: Sequence[GroupCrosswalk]) -> Table:
    """Each list of groups: who decides, and whether it corresponds to how residents are counted."""
    rows = []
    for code, listed in CLASSIFICATIONS.items():
        own = [
            crosswalk
            for crosswalk in crosswalks
            if crosswalk.from_classification_code == code
            and CLASSIFICATIONS[crosswalk.to_classification_code].population_dimension is not None
        ]
        notes = dict.fromkeys(
            crosswalk.note for crosswalk in own if crosswalk.note and crosswalk.lossy == "yes"
        )
        if listed.population_dimension is not None:
            fits = _("the same list as the census")
        elif any(crosswalk.lossy == "yes" for crosswalk in own):
            fits = _("not exactly: people are lost or misplaced on the way")
        else:
            fits = _("exactly") if own else _("no list of residents corresponds")
        groups = ", ".join(_(listed.groups.label(group)) for group in listed.groups)
        if len(listed.groups.entries) > _MAX_GROUPS:
            groups = _("{count} groups").format(count=format_count(len(listed.groups.entries)))
        basis = BASIS.entry(listed.basis)
        rows.append(
            (
                _(listed.title),
                _(basis.label),
                groups,
                fits,
                Markup(translated_text(" ".join(dict.fromkeys(map(_shorten, notes))))),
            )
        )
    columns = (
        Column(_("List of groups"), "wide"),
        Column(_("Who decides")),
        Column(_("Its groups"), "wide"),
        Column(_("Does it fit the census?")),
        Column(_("What does not correspond"), "wide"),
    )
    return make_table(_("Lists of groups in use, and the basis of each"), columns, rows)


def make_tests_table(results: Sequence[LaboratoryResult], technology: str) -> Table:
    """Every figure of one technology's tests, with what it can and cannot show."""
    rows = [
        (
            Markup(
                f"{text(name_measured(result))}<span "
                f'class="lfr-quiet">{text(name_evaluation(result))}</span>'
            ),
            name_group(result),
            name_setting(result),
            describe_result(result),
            Markup(f"{translated_text(result.can_show)} {translated_text(result.cannot_show)}"),
            Markup(_write_test_source(result)),
        )
        for result in results
    ]
    columns = (
        Column(_("What was measured"), "wide"),
        Column(_("Group")),
        Column(_("Threshold and watchlist")),
        Column(_("Value, with 95% interval where it can be given"), "wide"),
        Column(_("What it can and cannot show"), "wide"),
        Column(_("Source"), "wide"),
    )
    caption = _("{technology}: every figure of its tests").format(technology=technology)
    return make_table(caption, columns, rows)


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _shorten(note: str) -> str:
    """The note without the sentence that all groups of the list share."""
    return note.partition(" A perception of somebody else")[0]


def _write_test_source(result: LaboratoryResult) -> str:
    note = f'<span class="lfr-quiet">{printed(result.note)}</span>' if result.note else ""
    grade = text(_(RELIABILITY.label(result.reliability)))
    return (
        f"{link(result.source_url, result.source_title)}"
        f'<span class="lfr-quiet">{grade}</span>{note}'
    )


def _write_source(statement: Statement) -> str:
    grade = text(_(RELIABILITY.label(statement.reliability)))
    where = ""
    if statement.returned:  # a return is published as its cells
        cells = download_address("printed_cells", edition=statement.edition_id)
        place = text(describe_row_place(statement))
        where = f'<span class="lfr-quiet"><a href="{text(cells)}">{place}</a></span>'
    return (
        f"{link(statement.source_url, statement.source_title)}{where}"
        f'<span class="lfr-quiet">{grade}</span>'
    )
