"""The link to the file that holds a table: the CSV of the same selection, as far as the file can be
limited like the page.

In: a frame and a resource. Out: a line with the link; nothing where no server answers it."""

from __future__ import annotations

from dashboard.exports.record_urls import record_address
from dashboard.exports.resources import RESOURCES
from dashboard.exports.urls import downloads_are_served
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _


def show_file(context: PageContext, kind: str, words: str = "") -> None:
    """`This table as CSV`; of a file that knows no force, that it is of all forces."""
    if not downloads_are_served():
        return
    limited = (
        any(parameter.name == "force" for parameter in RESOURCES[kind].parameters)
        or not context.selection.forces
    )
    words = words or (_("This table as CSV") if limited else _("This table as CSV, of all forces"))
    address = record_address(kind, context.page.slug, context.selection)
    show_html(f'<p class="lfr-from"><a href="{text(address)}" download>{text(words)}</a></p>')
