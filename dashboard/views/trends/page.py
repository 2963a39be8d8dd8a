"""Any measure over time: by month, quarter or year; by force, region, use case or threshold.

In: the frame. Out: the page.
"""

from __future__ import annotations

from collections.abc import Collection

from dashboard.charts.time import draw_panels, draw_together
from dashboard.components.about import describe_measure
from dashboard.components.card import FigureCard, Instead
from dashboard.components.downloads import address_estimates
from dashboard.components.figure_card import show_card, show_instead
from dashboard.components.filters import show_filters, show_more_filters
from dashboard.components.style import show_section
from dashboard.components.tables import Column, make_table
from dashboard.descriptions.changes import say_change
from dashboard.descriptions.series import (
    A_STEP,
    label_points,
    label_series,
    list_points,
    say_few_points,
    say_series_alt,
    say_series_notes,
    say_series_title,
)
from dashboard.queries.changes import ask_changes
from dashboard.queries.rates import PER_FACE_SEEN
from dashboard.queries.series import SPLITS, STEPS, Series, Trend, ask_by_force, ask_total, ask_trend
from dashboard.rendering.context import Frame, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.selection.selection import Selection
from dashboard.text.language import _
from dashboard.text.numbers import is_share, say_amount, say_list, say_period, say_rows
from etl.measures.catalogue import MEASURES
from etl.model.caveats import caveats_of
from etl.model.estimates import Estimate

CARD = "trend"
# Fewer points than this are a sentence, not a figure.
FEW_POINTS = 3
_FILTERS = ("force", "region", "use_case", "threshold")


def show(frame: Frame) -> None:
    """The whole page."""
    own = frame.chosen.split
    show_filters(frame, "measure", "by", "split", "axis")
    show_filters(frame, own, "from", "to")
    others = [one for one in _FILTERS if one != own]
    show_more_filters(frame, _("More filters"), *others, opened=any(_is_chosen(frame, one) for one in others))
    show_trend(frame)


@cached
def show_trend(frame: Frame) -> None:
    """The figure, and what can be said of its direction."""
    chosen = frame.chosen
    measure = MEASURES[chosen.measure_id]
    show_section(_(measure.title), anchor="measure")
    trend = ask_trend(frame.answers, chosen, frame.choices)
    if trend.refusal:
        show_instead(CARD, _(measure.title), Instead("refused", trend.refusal))
        return
    total = ask_total(frame.answers, chosen.measure_id, chosen)
    points = [point for one in trend.series for point in one.points if point.estimate is not None]
    if not points:
        said = _(
            "The record has nothing for this selection. That is not a zero: it may not have been published."
        )
        show_instead(CARD, _(measure.title), Instead("empty", said))
        return
    show_card(frame, _make_card(frame, trend, total, few=len(points) < FEW_POINTS))
    _show_changes(frame)


def _make_card(frame: Frame, trend: Trend, total: Estimate, *, few: bool) -> FigureCard:
    chosen, series = frame.chosen, trend.series
    force_ids = ask_by_force(
        frame.answers, "deployments_count", chosen
    ).keys()  # whose rows are in the figure
    measure = MEASURES[chosen.measure_id]
    bars = measure.denominator is None and chosen.axis == "apart"
    caption = f"{_(measure.title)}, {_(A_STEP[chosen.step])}"
    columns = [Column(_(STEPS[chosen.step])), *(Column(one.name, "number") for one in series)]
    return FigureCard(
        card_id=CARD,
        title=say_series_title(series, total),
        subtitle=f"{caption}, {say_period(total.period_start, total.period_end)}",
        chart=Instead("too_few", say_few_points(series, total)) if few else _draw(frame, series),
        alt=say_series_alt(series, chosen.step),
        table=make_table(caption, columns, list_points(series)),
        download=address_estimates(chosen, (chosen.split, chosen.step)),
        about=describe_measure(chosen.measure_id, force_ids),
        caveats=_list_caveats(chosen, force_ids),
        sources=total.sources,
        notes=()
        if few
        else (
            *_say_axis(chosen),
            *_say_unsplit(trend, chosen),
            *say_series_notes(series, bars=bars, panels=chosen.axis == "apart"),
        ),
        partial=_say_partial(trend),
    )


def _draw(frame: Frame, series: tuple[Series, ...]) -> object:
    chosen, texts = frame.chosen, label_points(series)
    counted = MEASURES[chosen.measure_id].denominator is None
    share = is_share(chosen.measure_id)

    factor = 100 if share else 1_000_000 if chosen.measure_id == PER_FACE_SEEN else 1

    def scale(value: float) -> float:
        return value * factor

    suffix = "%" if share else ""
    if chosen.axis == "together":
        return draw_together(series, texts, frame.ink, scale=scale, suffix=suffix)
    labels = label_series(series)
    return draw_panels(series, labels, texts, frame.ink, scale=None if counted else scale, suffix=suffix)


def _say_axis(chosen: Selection) -> tuple[str, ...]:
    """What the axis counts, where it is not the measure itself."""
    if chosen.measure_id != PER_FACE_SEEN:
        return ()
    return (_("The axis shows false alerts per million faces seen."),)


def _say_unsplit(trend: Trend, chosen: Selection) -> list[str]:
    """What is in no line of the figure, because its rows do not say what is split by or chosen."""
    notes = []
    words = {code: _(text) for code, (_by, _field, text) in SPLITS.items()}
    rest = trend.unsplit
    if rest is not None and rest.rows_count:
        amount = f", {say_amount(rest)}" if MEASURES[chosen.measure_id].denominator is None else ""
        said = _("In none of these: {rows} that do not say “{what}”{amount}.")
        notes.append(said.format(rows=say_rows(rest.rows_count), what=words[chosen.split], amount=amount))
    notes += [
        _("Rows that do not say “{what}” are not in this selection.").format(what=words[code])
        for code in ("threshold", "use_case")
        if getattr(chosen, SPLITS[code][1])
    ]
    return notes


def _list_caveats(chosen: Selection, force_ids: Collection[str]) -> tuple[str, ...]:
    """Those of the measure; first that thresholds of different vendors do not compare, where the figure is by threshold."""
    own = caveats_of(MEASURES[chosen.measure_id].caveats, force_ids)
    return ("threshold_by_vendor", *own) if chosen.split == "threshold" or chosen.thresholds else own


def _say_partial(trend: Trend) -> str:
    """Which series are asked for and not drawn."""
    if not trend.left_out:
        return ""
    return _("Drawn are those with most rows. Not drawn: {names}.").format(names=say_list(trend.left_out))


def _show_changes(frame: Frame) -> None:
    show_section(_("Which way it went"), anchor="direction")
    said = [say_change(one) for one in ask_changes(frame.answers, frame.chosen, frame.choices)]
    if MEASURES[frame.chosen.measure_id].denominator is None:
        said.append(
            _(
                "A count of what was published is not a sample: whether it was used more, or more was published, it does not say."
            )
        )
    show_html(f'<ul class="lfr-plain">{"".join(f"<li>{text(one)}</li>" for one in said)}</ul>')


def _is_chosen(frame: Frame, name: str) -> bool:
    return bool(getattr(frame.chosen, SPLITS[name][1]))


VIEW = View(show, figures=(show_trend,))
