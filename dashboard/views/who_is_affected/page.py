"""Groups of people: what is published, a group's share beside each benchmark, tests, and what
cannot be said.

In: the frame. Out: the page. Operational counts and results of tests stand in sections of their own
and are never pooled."""

from __future__ import annotations

from dataclasses import replace

from dashboard.components.card import FigureCard, Placeholder, State
from dashboard.components.figure_card import show_card, show_placeholder
from dashboard.components.filters import show_filters, show_more_filters
from dashboard.components.style import show_section
from dashboard.components.tables import write_table
from dashboard.descriptions.groups import (
    COUNTED,
    describe_figure_alt,
    describe_figure_subtitle,
    describe_figure_title,
    describe_how_little,
    describe_how_sure,
)
from dashboard.exports.record_urls import record_address
from dashboard.queries.groups import (
    GroupFigure,
    get_counts,
    get_figure,
    get_group_claims,
    get_publishers,
    get_statements,
    list_groups_of,
)
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _
from dashboard.text.messages import translate_message
from dashboard.text.numbers import format_count, without_symbols
from dashboard.views.who_is_affected.chart.rows import draw_shares
from dashboard.views.who_is_affected.evaluations import show_tests
from dashboard.views.who_is_affected.limits import show_duty, show_limits, write_worth
from dashboard.views.who_is_affected.people import (
    show_described_arrests,
    show_matrix,
)
from dashboard.views.who_is_affected.places_used import show_places_used
from dashboard.views.who_is_affected.tables import (
    make_claims_table,
    make_counts_table,
    make_lists_table,
    make_publishers_table,
    make_shares_table,
)
from dashboard.views.who_is_affected.text_published_groups import (
    describe_publishers,
    describe_what_there_is,
)
from etl.measures.catalogue import GROUP_MEASURES
from etl.model.caveats import CAVEATS
from etl.model.demographics import VERDICT, GroupDisparity
from etl.model.group_records import GroupCrosswalk

CARD = "share"
_MORE = ("stage", "list", "reference", "from", "to")
# Said in the notes and in the subtitle already.
_TEXTS = ("watchlist_over_flags", "group_basis_not_stated")
# How a refusal is shown: nothing there, kept back, or a question that has no answer.
_STATES: dict[str, State] = {
    "no_group_count": "empty",
    "benchmark_unavailable": "empty",
    "suppressed": "suppressed",
    "attributes_by_place_or_date": "suppressed",
}


def show(context: PageContext) -> None:
    """The whole page."""
    whole = context.without(
        "forces", "first_year", "last_year", "group", "stage", "listed", "reference", "benchmark"
    )
    _show_published(whole)
    show_section(_("The group’s share and each benchmark"), anchor="benchmarks")
    _show_filters(context)
    show_figure(context)
    show_section(_("What tests showed"), anchor="tests")
    show_tests(whole)
    show_described_arrests(whole)
    show_places_used(
        context.without("first_year", "last_year", "stage", "listed", "reference", "benchmark")
    )
    show_matrix(whole)
    show_limits(whole)
    _show_publishers(whole)
    _show_basis(whole)
    show_duty(whole)


@cached
def _show_published(context: PageContext) -> None:
    """The answer first: what is published about groups at all."""
    counts, publishers = get_counts(context.record), get_publishers(context.record)
    little = describe_how_little(
        get_figure(context.record, context.selection), len(counts), context.names
    )
    lines = [little, describe_publishers(publishers, counts)]
    show_html(f'<div class="lfr-note">{"".join(f"<p>{text(line)}</p>" for line in lines)}</div>')
    if counts:
        show_section(_("What is published about groups"), anchor="published")
        show_html(write_table(make_counts_table(counts, context.names)))


@cached
def _show_publishers(context: PageContext) -> None:
    """Who publishes what about groups, form by form; and what else is stated about them."""
    show_section(_("Who publishes what about groups"), anchor="publishers")
    show_html(write_table(make_publishers_table(get_publishers(context.record))))
    if claims := get_group_claims(context.record):
        sentence = _(
            "These statements are about groups too. No force breaks its figures down by group, "
            "so we cannot check them."
        )
        show_html(f"<p>{text(sentence)}</p>{write_table(make_claims_table(claims))}")


def _show_filters(context: PageContext) -> None:
    """Force, group and benchmark; the rest below. Only groups of the list in use are offered."""
    selection = context.selection
    listed, offered = _find_list(context), context
    if listed:
        groups = list_groups_of(listed, selection.group, selection.reference)
        offered = replace(
            context, choices={**context.choices, "group": groups, "reference": groups}
        )
    show_filters(offered, "force", "group", "benchmark")
    opened = bool(
        selection.listed
        or selection.reference
        or selection.stage != "false_alerts"
        or any(selection.period)
    )
    show_more_filters(offered, _("More choices"), *_MORE, opened=opened)


@cached
def _find_list(context: PageContext) -> str:
    """The list of groups in use; empty if there is none."""
    figure = get_figure(context.record, context.selection)
    return figure.classification_code if figure else ""


@cached
def show_figure(context: PageContext) -> None:
    """The figure, or why there is none; then what each benchmark is worth."""
    figure = get_figure(context.record, context.selection)
    if figure is None:
        sentence = _("We have no count of events by group. That is not a zero: none is published.")
        show_placeholder(CARD, _("Share of events about a group"), Placeholder("empty", sentence))
        return
    any_message = figure.any
    if any_message is None:
        title = _("{force}: {what} by group").format(
            force=context.names[figure.force_id], what=_(COUNTED[figure.stage_code])
        )
        sentence = (
            f"{translate_message(figure.reason)} "
            f"{describe_what_there_is(get_counts(context.record), context.names)}"
        ).strip()
        show_placeholder(CARD, title, Placeholder(_STATES.get(figure.code, "refused"), sentence))
    else:
        show_card(context, _make_card(context, figure, any_message))
        _show_how_sure(figure)
    if figure.comparisons:
        show_section(_("What each benchmark is worth"), anchor="worth")
        show_html(write_worth(figure))


def _make_card(
    context: PageContext, figure: GroupFigure, group_disparity: GroupDisparity
) -> FigureCard:
    measure = GROUP_MEASURES[f"group_share_of_{group_disparity.stage_code}"]
    how = _(
        "Dot: the group’s share of the events, with its exact 95% interval; hollow: fewer than "
        "20 events. Diamond: the group’s share of a benchmark; hollow: context, because it "
        "describes an area and not the people scanned."
    )
    if group_disparity.unknown_count is None:
        unknown = _("How many of the events were about people of unknown group is not stated.")
    else:
        unknown = _(
            "{count} of the events were about people of unknown group; they are not spread over "
            "the groups."
        ).format(count=format_count(group_disparity.unknown_count))
    partial = ""
    if figure.main is None:
        refused = next(
            each_comparison.answer.refusal
            for each_comparison in figure.comparisons
            if each_comparison.benchmark.benchmark_id == context.selection.benchmark
        )
        partial = _("The share is not compared with the chosen benchmark. {why}").format(
            why=translate_message(refused.reason) if refused else ""
        )
    stated = {
        statement.publication_id
        for statement in get_statements(context.record, group_disparity.sources)
    }
    sources = {
        *stated,
        *(
            source
            for each_comparison in figure.comparisons
            for source in each_comparison.benchmark.sources
        ),
    }
    return FigureCard(
        card_id=CARD,
        title=describe_figure_title(group_disparity, compared=figure.main is not None),
        subtitle=describe_figure_subtitle(group_disparity, context.names[group_disparity.force_id]),
        chart=draw_shares(figure, group_disparity, context.theme),
        alt=describe_figure_alt(figure, group_disparity),
        table=make_shares_table(figure, group_disparity),
        download=record_address("groups", context.page.slug, context.selection),
        about=(
            (_("Question"), _(measure.question)),
            (
                _("Interval"),
                _(
                    "Clopper-Pearson, exact, 95%. Ratio and difference are its ends over, and "
                    "minus, the benchmark."
                ),
            ),
            (
                _("Test"),
                _(
                    "Exact binomial. Two-sided: twice the smaller tail, so that it agrees with the "
                    "interval."
                ),
            ),
            *(
                (without_symbols(_(VERDICT.label(code))), _(VERDICT.entry(code).meaning))
                for code in VERDICT
            ),
        ),
        caveats=tuple(caveat for caveat in group_disparity.caveats if caveat not in _TEXTS),
        sources=tuple(sorted(sources)),
        notes=(
            how,
            _(CAVEATS["watchlist_over_flags"]),
            unknown,
            *map(translate_message, group_disparity.notes),
            *_describe_sources(context, figure, group_disparity),
        ),
        partial=partial,
    )


def _describe_sources(
    context: PageContext, figure: GroupFigure, group_disparity: GroupDisparity
) -> list[str]:
    """Where the count is stated, and which counts of residents the benchmarks are of."""
    sentences = [
        _("The count is stated in: {title}.").format(title=statement.source_title)
        for statement in get_statements(context.record, group_disparity.sources)
    ]
    residents = {
        source
        for comparison in figure.comparisons
        for source in comparison.benchmark.sources
        if " " in source
    }
    return sentences + [
        _("Residents: {source}.").format(source=resident) for resident in sorted(residents)
    ]


def _show_how_sure(figure: GroupFigure) -> None:
    show_section(_("How far apart, and how sure"), anchor="how-sure")
    if figure.main is None:
        sentence = _(
            "The benchmark that was chosen gives no share to compare with. Choose another to see "
            "ratio and difference."
        )
        show_html(f"<p>{text(sentence)}</p>")
        return
    items = "".join(f"<li>{text(line)}</li>" for line in describe_how_sure(figure.main))
    show_html(f'<ul class="lfr-plain">{items}</ul>')


@cached
def _show_basis(context: PageContext) -> None:
    """Who decides which group a person is counted in."""
    show_section(_("Who decides the group, and how lists correspond"), anchor="basis")
    sentence = _(
        "People may say which group they belong to, or someone else may decide by looking. The "
        "two do not always agree, and lists of groups differ. People of unknown group are shown "
        "separately."
    )
    table = make_lists_table(context.record.table(GroupCrosswalk))
    show_html(f"<p>{text(sentence)}</p>{write_table(table)}")


VIEW = View(show, figures=(show_figure, show_tests, show_places_used))
