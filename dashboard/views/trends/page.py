"""Any measure over time: by month, quarter or year; by force, region, use case or threshold.

In: the frame. Out: the page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from dashboard.charts.rows import draw_intervals
from dashboard.charts.time import draw_panels, draw_together
from dashboard.charts.time_key import list_key
from dashboard.components.about import describe_measure
from dashboard.components.card import FigureCard, Placeholder
from dashboard.components.downloads import address_estimates
from dashboard.components.figure_card import show_card, show_placeholder
from dashboard.components.filters import filter_column, show_filters, show_more_filters
from dashboard.components.style import show_section
from dashboard.components.tables import Column, make_table
from dashboard.descriptions.changes import describe_change
from dashboard.descriptions.trends import (
    A_STEP,
    describe_few_points,
    describe_few_series,
    describe_series_alt,
    describe_series_notes,
    describe_series_title,
    describe_thresholds_title,
    label_points,
    label_series,
    list_ends,
    list_points,
)
from dashboard.queries.changes import get_changes
from dashboard.queries.rates import PER_FACE_SEEN
from dashboard.queries.series import SPLITS, STEPS, Series, Trend, get_trend, split_by_points
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.selection.selection import Selection
from dashboard.text.language import _
from dashboard.text.numbers import (
    format_amount,
    format_estimate,
    format_fraction,
    format_list,
    format_period,
    format_rows,
    is_share,
    without_symbols,
)
from dashboard.text.refusals import describe_refusal
from etl.measures.catalogue import MEASURES
from etl.model.caveats import caveats_of
from etl.model.estimates import Estimate

CARD = "trend"
# Pixels of the chart beside the column of filters.
_WIDTH = 780
# Fewer points than this are a sentence, not a figure.
FEW_POINTS = 3
_FILTERS = ("force", "region", "use_case", "threshold")
_WHERE = ("district", "place_id")


def show(context: PageContext) -> None:
    """The whole page."""
    own = context.selection.split
    others = [each_filter for each_filter in _FILTERS if each_filter != own]
    with filter_column(_("Choose measure, force and years")):
        show_filters(context, "measure", own, "from", "to", "by", "split", "axis")
        show_more_filters(
            context,
            _("More filters"),
            *others,
            *_WHERE,
            opened=any(_is_selected(context, other) for other in others)
            or bool(context.selection.district or context.selection.place_id),
        )
    show_html(f'<h2 class="lfr-unseen">{text(_("Chart"))}</h2>')
    show_trend(context)


@cached
def show_trend(context: PageContext) -> None:
    """The figure, and what can be said of its direction."""
    selection = context.selection
    measure = MEASURES[selection.measure_id]
    trend = get_trend(context.record, selection, context.choices)
    # Rates per resident have no total over areas of several kinds: then there is no figure.
    whole = context.record.estimate(
        selection.measure_id, where=selection.where, period=selection.period
    )
    reason = trend.refusal or describe_refusal(whole.refusal)
    if reason:
        show_placeholder(CARD, _(measure.title), Placeholder("refused", reason))
        return
    total = whole.only()
    points = [
        point for series in trend.series for point in series.points if point.estimate is not None
    ]
    if not points:
        sentence = _(
            "We have no figures for this selection. That is not a zero: they may not be published."
        )
        show_placeholder(CARD, _(measure.title), Placeholder("empty", sentence))
        return
    show_card(context, _make_card(context, trend, total, few=len(points) < FEW_POINTS))
    _show_changes(context)


def _make_card(context: PageContext, trend: Trend, total: Estimate, *, few: bool) -> FigureCard:
    selection, series = context.selection, trend.series
    measure = MEASURES[selection.measure_id]
    drawn, too_few = split_by_points(series)
    by_threshold = selection.split == "threshold" and measure.denominator is not None
    if by_threshold:
        drawn, too_few = tuple(sorted(series, key=lambda each_series: each_series.name)), ()
    force_ids = trend.force_ids
    changes = get_changes(context.record, selection, context.choices)
    caption = f"{_(measure.title)}, {_(A_STEP[selection.step])}"
    columns = [
        Column(_(STEPS[selection.step])),
        *(Column(each_series.name, "number") for each_series in series),
    ]
    return FigureCard(
        card_id=CARD,
        title=describe_thresholds_title(drawn)
        if by_threshold
        else describe_series_title(series, total, changes),
        subtitle=f"{caption}, {format_period(total.period_start, total.period_end)}",
        chart=Placeholder("too_few", describe_few_points(series, total))
        if few
        else _draw(context, drawn),
        alt=describe_series_alt(series, selection.step),
        table=make_table(caption, columns, list_points(series)),
        download=address_estimates(selection, (selection.split, selection.step)),
        about=describe_measure(selection.measure_id, force_ids),
        caveats=_list_caveats(selection, force_ids),
        sources=total.sources,
        notes=()
        if few
        else (
            *_format_axis(selection),
            *_describe_unsplit(trend, selection),
            *describe_series_notes(series),
        ),
        others=" ".join(filter(None, (describe_few_series(too_few), _describe_partial(trend)))),
        width=_WIDTH,
    )


def _draw(context: PageContext, series: tuple[Series, ...]) -> object:
    selection, texts = context.selection, label_points(series)
    counted = MEASURES[selection.measure_id].denominator is None
    share = is_share(selection.measure_id)

    factor = 100 if share else 1_000_000 if selection.measure_id == PER_FACE_SEEN else 1

    def scale(value: float) -> float:
        return value * factor

    suffix = "%" if share else ""
    if selection.split == "threshold" and not counted:
        return _draw_thresholds(context, series, scale, suffix)
    if selection.axis == "together":
        return draw_together(
            series,
            texts,
            context.theme,
            scale=scale,
            suffix=suffix,
            ends=list_ends(series),
            key=list_key(series, bars=False),
        )
    return draw_panels(
        series,
        label_series(series),
        texts,
        context.theme,
        scale=None if counted else scale,
        suffix=suffix,
        own_scale=selection.axis == "own",
        key=list_key(series, bars=counted),
    )


def _draw_thresholds(
    context: PageContext, series: Sequence[Series], scale: Callable[[float], float], suffix: str
) -> object:
    """A point with its interval for each threshold, on one axis."""
    known = [each_series for each_series in series if each_series.total.value is not None]
    labels = [
        (each_series.name, without_symbols(_describe_rate(each_series.total)))
        for each_series in known
    ]
    title = _(MEASURES[context.selection.measure_id].title)
    totals = [each_series.total for each_series in known]
    return draw_intervals(totals, labels, scale, title, context.theme, suffix=suffix)


def _describe_rate(total: Estimate) -> str:
    return " – ".join(filter(None, (format_estimate(total), format_fraction(total))))


def _format_axis(selection: Selection) -> tuple[str, ...]:
    """What the axis counts, where it is not the measure itself."""
    if selection.measure_id != PER_FACE_SEEN:
        return ()
    return (_("The axis shows false alerts per million faces seen."),)


def _describe_unsplit(trend: Trend, selection: Selection) -> list[str]:
    """What is in no line of the figure, because its rows do not say what is split by or chosen."""
    notes = []
    words = {code: _(text) for code, (_by, _field, text) in SPLITS.items()}
    rest = trend.unsplit
    if rest is not None and rest.rows_count:
        amount = (
            f", {format_amount(rest)}" if MEASURES[selection.measure_id].denominator is None else ""
        )
        template = _("Not in the chart: {rows} without “{what}”{amount}.")
        notes.append(
            template.format(
                rows=format_rows(rest.rows_count), what=words[selection.split], amount=amount
            )
        )
    notes += [
        _("Deployments without “{what}” are not in this selection.").format(what=words[code])
        for code in ("threshold", "use_case")
        if getattr(selection, SPLITS[code][1])
    ]
    return notes


def _list_caveats(selection: Selection, force_ids: Collection[str]) -> tuple[str, ...]:
    """Those of the measure; first that thresholds of different vendors do not compare,
    where the figure is by threshold."""
    own = caveats_of(MEASURES[selection.measure_id].caveats, force_ids)
    return (
        ("threshold_by_vendor", *own)
        if selection.split == "threshold" or selection.thresholds
        else own
    )


def _describe_partial(trend: Trend) -> str:
    """Which series are asked for and not drawn."""
    if not trend.left_out:
        return ""
    return _("The chart has the series with most deployments. Not in it: {names}.").format(
        names=format_list(trend.left_out)
    )


def _show_changes(context: PageContext) -> None:
    show_section(_("Is it rising or falling?"), anchor="direction")
    changes = [
        describe_change(change)
        for change in get_changes(context.record, context.selection, context.choices)
    ]
    if MEASURES[context.selection.measure_id].denominator is None:
        changes.append(_("A rise may mean more use, or more publishing."))
    show_html(
        f'<ul class="lfr-plain">{"".join(f"<li>{text(change)}</li>" for change in changes)}</ul>'
    )


def _is_selected(context: PageContext, name: str) -> bool:
    return bool(getattr(context.selection, SPLITS[name][1]))


VIEW = View(show, figures=(show_trend,))
