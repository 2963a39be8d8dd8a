"""Facial recognition other than live: searches of photographs after the event and by officers in
the street, as stated, never added to live use.

In: the frame. Out: the page."""

from __future__ import annotations

from dashboard.components.filters import show_filters
from dashboard.components.kept_files import show_file
from dashboard.components.stated_figures import list_of_series, write_figures
from dashboard.components.style import show_section
from dashboard.components.tables import write_table
from dashboard.components.templates import show_template
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _
from etl.model.stated_figures import FIGURE_SERIES

SERIES = ("retrospective", "operator_initiated")


def show(context: PageContext) -> None:
    """The whole page."""
    _show_technologies(context.without("forces"))
    show_filters(context, "force")
    for series in SERIES:
        _show_series(context, series)
    _show_files(context)


@cached
def _show_technologies(context: PageContext) -> None:  # noqa: ARG001 - the words are in its language
    """The three technologies side by side, each as steps."""
    show_template("views/other_technologies/technologies.html")


@cached
def _show_series(context: PageContext, series: str) -> None:
    show_section(_(FIGURE_SERIES.label(series)), anchor=series.replace("_", "-"))
    figures = list_of_series(context, series)
    if figures:
        show_html(write_table(write_figures(context, figures, _(FIGURE_SERIES.label(series)))))
    else:
        sentence = _("We have found no figure of this force. That is not a zero.")
        show_html(f"<p>{text(sentence)}</p>")


@cached
def _show_files(context: PageContext) -> None:
    show_file(context, "stated_figures", _("These figures as CSV"))


VIEW = View(show)
