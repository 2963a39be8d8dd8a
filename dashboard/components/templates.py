"""Parts of pages from Jinja2 templates, which are in the folder of their page.

In: the path of a template below `dashboard`, and its values. Out: HTML, or the page. A blank line
in a template ends a part of the page; a line break between two tags is no space."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jinja2.ext import Extension

from dashboard.components.source_note import describe_update, write_source_note
from dashboard.components.style import write_section
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.rendering.html import link, page_link, printed, write_translated
from dashboard.rendering.pieces import show_html
from dashboard.text.numbers import format_count, format_date, format_list, format_period
from dashboard.web.templates import make_environment
from etl.model.caveats import CAVEATS
from etl.settings import DASHBOARD_DIR

# Where a part ends; escaped values cannot hold it.
_END = "<!-- end of part -->"
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_BETWEEN_TAGS = re.compile(r">[ \t]*\n\s*<")


class _Parts(Extension):
    """Marks the blank lines of a template, and none of its values."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        return _BLANK_LINE.sub(f"\n{_END}\n", source)


def show_template(name: str, /, **values: object) -> None:
    """Puts the parts of a template on the page."""
    for part in _render(name, values).split(_END):
        show_html(part.strip())


def write_template(name: str, /, **values: object) -> Markup:
    """The HTML of a template that is one part."""
    return Markup(_render(name, values).strip())


def write_macro(name: str, macro: str, *values: object) -> Markup:
    """The HTML of a macro of a template."""
    module = _environment.get_template(name).module
    return Markup(_BETWEEN_TAGS.sub("><", getattr(module, macro)(*values)).strip())


def _render(name: str, values: dict[str, object]) -> str:
    return _BETWEEN_TAGS.sub("><", _environment.get_template(name).render(values))


def _table(
    caption: str,
    columns: Sequence[str | tuple[str, str]],
    rows: Sequence[Sequence[str]],
    *,
    whole: bool = False,
    stacked: bool | None = None,
) -> Markup:
    """A table whose columns are headings, those that are not short with their kind."""
    heads = [Column(column) if isinstance(column, str) else Column(*column) for column in columns]
    return Markup(write_table(make_table(caption, heads, rows, whole=whole, stacked=stacked)))


_environment = make_environment(DASHBOARD_DIR, _Parts)
_environment.globals.update(
    CAVEATS=CAVEATS,
    describe_update=describe_update,
    format_count=format_count,
    format_date=format_date,
    format_list=format_list,
    format_period=format_period,
    link=link,
    page_link=page_link,
    printed=printed,
    section=write_section,
    source_note=write_source_note,
    table=_table,
    translated=write_translated,
)
