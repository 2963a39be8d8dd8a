"""Groups of people: what is published, a group's share beside each benchmark, tests, and what cannot be said.

In: the frame. Out: the page. Operational counts and results of tests stand in sections of their own and are never pooled.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard.components.card import FigureCard, Instead, State
from dashboard.components.figure_card import show_card, show_instead
from dashboard.components.filters import show_filters, show_more_filters
from dashboard.components.style import show_section
from dashboard.components.tables import write_table
from dashboard.descriptions.groups import (
    COUNTED,
    name_benchmark,
    say_benchmark,
    say_count_of,
    say_events,
    say_figure_alt,
    say_figure_subtitle,
    say_figure_title,
    say_how_little,
    say_how_sure,
)
from dashboard.exports.record_urls import record_address
from dashboard.queries.groups import (
    GroupFigure,
    ask_counts,
    ask_figure,
    ask_group_claims,
    ask_publishers,
    ask_statements,
    list_groups_of,
)
from dashboard.rendering.context import Frame, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _
from dashboard.text.messages import tell
from dashboard.text.numbers import say_count
from dashboard.views.who_is_affected.chart import Look, Row, draw_rows
from dashboard.views.who_is_affected.limits import show_duty, show_limits, write_worth
from dashboard.views.who_is_affected.tables import (
    make_claims_table,
    make_counts_table,
    make_lists_table,
    make_publishers_table,
    make_shares_table,
)
from dashboard.views.who_is_affected.tests import show_tests
from dashboard.views.who_is_affected.text_published_groups import say_publishers, say_what_there_is
from etl.measures.catalogue import GROUP_MEASURES
from etl.model.caveats import CAVEATS
from etl.model.demographics import VERDICT, GroupDisparity

CARD = "share"
_MORE = ("stage", "list", "reference", "from", "to")
# Said in the notes and in the subtitle already.
_SAID = ("watchlist_over_flags", "group_basis_not_stated")
# How a refusal is shown: nothing there, kept back, or a question that has no answer.
_STATES: dict[str, State] = {
    "no_group_count": "empty",
    "benchmark_unavailable": "empty",
    "suppressed": "suppressed",
    "attributes_by_place_or_date": "suppressed",
}


def show(frame: Frame) -> None:
    """The whole page."""
    whole = frame.without(
        "forces", "first_year", "last_year", "group", "stage", "listed", "reference", "benchmark"
    )
    _show_published(whole)
    show_section(_("The group’s share beside each benchmark"), anchor="benchmarks")
    _show_filters(frame)
    show_figure(frame)
    show_section(_("What tests showed"), anchor="tests")
    show_tests(whole)
    show_limits(whole)
    _show_publishers(whole)
    _show_basis(whole)
    show_duty(whole)


@cached
def _show_published(frame: Frame) -> None:
    """The answer first: what is published about groups at all."""
    counts, publishers = ask_counts(frame.answers), ask_publishers(frame.answers)
    little = say_how_little(ask_figure(frame.answers, frame.chosen), len(counts), frame.names)
    lines = [little, say_publishers(publishers, counts)]
    show_html(f'<div class="lfr-note">{"".join(f"<p>{text(line)}</p>" for line in lines)}</div>')
    if counts:
        show_section(_("What is published about groups"), anchor="published")
        show_html(write_table(make_counts_table(counts, frame.names)))


@cached
def _show_publishers(frame: Frame) -> None:
    """Who publishes what about groups, form by form; and what else is stated about them."""
    show_section(_("Who publishes what about groups"), anchor="publishers")
    show_html(write_table(make_publishers_table(ask_publishers(frame.answers))))
    if claims := ask_group_claims(frame.answers):
        said = _("These statements are about groups too. No row of the record is broken down by group, so none of them can be checked against the rows.")  # fmt: skip
        show_html(f"<p>{text(said)}</p>{write_table(make_claims_table(claims))}")


def _show_filters(frame: Frame) -> None:
    """Force, group and benchmark; the rest below. Only groups of the list in use are offered."""
    chosen = frame.chosen
    listed, offered = _find_list(frame), frame
    if listed:
        groups = list_groups_of(listed, chosen.group, chosen.reference)
        offered = replace(frame, choices={**frame.choices, "group": groups, "reference": groups})
    show_filters(offered, "force", "group", "benchmark")
    opened = bool(chosen.listed or chosen.reference or chosen.stage != "false_alerts" or any(chosen.period))
    show_more_filters(offered, _("More choices"), *_MORE, opened=opened)


@cached
def _find_list(frame: Frame) -> str:
    """The list of groups in use; empty if there is none."""
    figure = ask_figure(frame.answers, frame.chosen)
    return figure.classification_code if figure else ""


@cached
def show_figure(frame: Frame) -> None:
    """The figure, or why there is none; then what each benchmark is worth."""
    figure = ask_figure(frame.answers, frame.chosen)
    if figure is None:
        said = _("The record has no count of events by group. That is not a zero: nobody publishes one.")
        show_instead(CARD, _("Share of events about a group"), Instead("empty", said))
        return
    told = figure.any
    if told is None:
        title = _("{force}: {what} by group").format(
            force=frame.names[figure.force_id], what=_(COUNTED[figure.stage_code])
        )
        said = f"{tell(figure.reason)} {say_what_there_is(ask_counts(frame.answers), frame.names)}".strip()
        show_instead(CARD, title, Instead(_STATES.get(figure.code, "refused"), said))
    else:
        show_card(frame, _make_card(frame, figure, told))
        _show_how_sure(figure)
    if figure.beside:
        show_section(_("What each benchmark is worth"), anchor="worth")
        show_html(write_worth(figure))


def _make_card(frame: Frame, figure: GroupFigure, told: GroupDisparity) -> FigureCard:
    measure = GROUP_MEASURES[f"group_share_of_{told.stage_code}"]
    own: Look = "none" if told.share is None else "few_events" if told.low_reliability else "events"
    rows = [Row(say_count_of(told), say_events(told), own, told.share, told.share_low, told.share_high)]
    for one in figure.beside:
        drawn: Look = "none" if one.share is None else "context" if one.benchmark.is_context else "benchmark"
        rows.append(Row(name_benchmark(one), say_benchmark(one), drawn, one.share, one.benchmark.low, one.benchmark.high))  # fmt: skip
    how = _(
        "Dot: the group’s share of the events, its line the exact 95% interval; a hollow dot and [u] stand for fewer than 20 "
        "events. Diamond: the same group’s share of a benchmark; a hollow one is context, because it describes an area and "
        "not the people scanned."
    )
    if told.unknown_count is None:
        unknown = _("How many of the events were about people of unknown group is not stated.")
    else:
        unknown = _("{count} of the events were about people of unknown group; they are not spread over the groups.").format(count=say_count(told.unknown_count))  # fmt: skip
    partial = ""
    if figure.main is None:
        refused = next(
            one.answer.refusal
            for one in figure.beside
            if one.benchmark.benchmark_id == frame.chosen.benchmark
        )
        partial = _("The share is not compared with the chosen benchmark. {why}").format(
            why=tell(refused.reason) if refused else ""
        )
    stated = {one["publication_id"] for one in ask_statements(frame.answers, told.sources)}
    sources = {*stated, *(source for one in figure.beside for source in one.benchmark.sources)}
    return FigureCard(
        card_id=CARD,
        title=say_figure_title(told, compared=figure.main is not None),
        subtitle=say_figure_subtitle(told, frame.names[told.force_id]),
        chart=draw_rows(
            rows, lambda share: share * 100, _("Share about the group"), frame.ink, suffix="%", whole=100
        ),
        alt=say_figure_alt(figure, told),
        table=make_shares_table(figure, told),
        download=record_address("groups", frame.page.slug, frame.chosen),
        about=(
            (_("Question"), _(measure.question)),
            (
                _("Interval"),
                _(
                    "Clopper-Pearson, exact, 95%. Ratio and difference are its ends over, and minus, the benchmark."
                ),
            ),
            (
                _("Test"),
                _("Exact binomial. Two-sided: twice the smaller tail, so that it agrees with the interval."),
            ),
            *((_(VERDICT.label(code)), _(VERDICT.entry(code).meaning)) for code in VERDICT),
        ),
        caveats=tuple(one for one in told.caveats if one not in _SAID),
        sources=tuple(sorted(sources)),
        notes=(
            how,
            _(CAVEATS["watchlist_over_flags"]),
            unknown,
            *map(tell, told.notes),
            *_say_sources(frame, figure, told),
        ),
        partial=partial,
    )


def _say_sources(frame: Frame, figure: GroupFigure, told: GroupDisparity) -> list[str]:
    """Where the count is stated, and which counts of residents the benchmarks are of."""
    said = [
        _("The count is stated in: {title}.").format(title=one["source_title"])
        for one in ask_statements(frame.answers, told.sources)
    ]
    residents = {source for one in figure.beside for source in one.benchmark.sources if " " in source}
    return said + [_("Residents: {source}.").format(source=one) for one in sorted(residents)]


def _show_how_sure(figure: GroupFigure) -> None:
    show_section(_("How far apart, and how sure"), anchor="how-sure")
    if figure.main is None:
        said = _("The benchmark that was chosen gives no share to compare with. Choose another to see ratio and difference.")  # fmt: skip
        show_html(f"<p>{text(said)}</p>")
        return
    items = "".join(f"<li>{text(line)}</li>" for line in say_how_sure(figure.main))
    show_html(f'<ul class="lfr-plain">{items}</ul>')


@cached
def _show_basis(frame: Frame) -> None:
    """Who decides which group a person is counted in."""
    show_section(_("Who decides the group, and how lists correspond"), anchor="basis")
    said = _(
        "A person may say which group they belong to, or somebody else may decide it by looking. The two do not always agree. "
        "A count by one list beside residents by another loses or misplaces people; people of unknown group are shown and "
        "never spread over the others."
    )
    table = make_lists_table(frame.answers.rows("group_crosswalks"))
    show_html(f"<p>{text(said)}</p>{write_table(table)}")


VIEW = View(show, figures=(show_figure, show_tests))
