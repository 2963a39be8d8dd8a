"""Figures that somebody stated, in a table: what, of whom, for which period, how exactly, by whom.

In: `StatedFigure`s. Out: a table. Does not add up."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.tables import Column, Markup, Table, make_table
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import link, printed
from dashboard.text.language import _
from dashboard.text.numbers import format_count, format_period, format_share
from etl.model.claim_measures import STATED_AS
from etl.model.codes import RELIABILITY
from etl.model.stated_figures import QUANTITY, StatedFigure


def list_of_series(context: PageContext, series: str) -> list[StatedFigure]:
    """The figures of a series, of the chosen force if there is one, newest first."""
    force_id = context.selection.force_id
    figures = [
        figure
        for figure in context.record.table(StatedFigure)
        if figure.series_code == series and force_id in (None, figure.force_id)
    ]
    return sorted(figures, key=lambda figure: str(figure.period_end), reverse=True)


def write_figures(
    context: PageContext, figures: Sequence[StatedFigure], caption: str, *, force: bool = True
) -> Table:
    """A row a figure, with how exactly it is stated, its grade and its source."""
    rows = [
        (
            *([_name(context, figure)] if force else []),
            _(QUANTITY.label(figure.quantity_code)),
            format_figure(figure),
            format_period(figure.period_start, figure.period_end),
            describe_grade(figure),
            Markup(link(figure.source_url, figure.source_title)),
        )
        for figure in figures
    ]
    columns = (
        *([Column(_("Force"))] if force else []),
        Column(_("What is counted")),
        Column(_("As stated"), "number"),
        Column(_("Period"), "wide"),
        Column(_("How it reached us"), "wide"),
        Column(_("Source"), "wide"),
    )
    return make_table(caption, columns, rows, whole=True, stacked=True)


def _name(context: PageContext, figure: StatedFigure) -> str:
    """The force, or what the source calls what it is about."""
    names = context.record.file.names
    return _(names[figure.force_id]) if figure.force_id in names else printed(figure.force_text)


def format_figure(figure: StatedFigure) -> str:
    """`at least 85,000`, `424 of 587 (72%)` or `98%`."""
    if figure.stated_count is None:
        value = "" if figure.stated_share is None else format_share(float(figure.stated_share))
    elif figure.of_count is None:
        value = format_count(figure.stated_count)
    else:
        value = _("{count} of {whole} ({share})").format(
            count=format_count(figure.stated_count),
            whole=format_count(figure.of_count),
            share=format_share(figure.stated_count / figure.of_count),
        )
    if figure.stated_as == "exact":
        return value
    return f"{_(STATED_AS.label(figure.stated_as))} {value}"


def describe_grade(figure: StatedFigure) -> str:
    """How the figure reached us, and whether the source was read in full."""
    grade = _(RELIABILITY.label(figure.reliability))
    if figure.read_in_full == "yes":
        return grade
    return _("{grade}; read in part").format(grade=grade)
