"""The list of all forces and bodies: who uses it, what each publishes, and how much of it is in the
record.

In: the frame. Out: a table with a link to each profile.
A list in an order that the reader chooses, not a ranking."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.components.filters import show_filters
from dashboard.components.style import show_section
from dashboard.components.templates import show_template
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import link, page_link, with_details
from dashboard.text.language import _
from dashboard.views.forces.query_forces import ForceLine, get_lines
from dashboard.views.forces.text_forces import (
    describe_completeness,
    describe_covered,
    describe_forms,
    describe_held_rows,
    describe_lines_title,
    describe_status,
    describe_use,
)


def show_index(context: PageContext) -> None:
    """Heading, search and order, table."""
    show_section(_("All forces and bodies"), anchor="forces")
    show_filters(context, "find", "sort")
    _show_lines(context.without("forces", "first_year", "last_year", "rate_id", "measure_id"))


@cached
def _show_lines(context: PageContext) -> None:
    lines = get_lines(context.record, context.selection)
    is_searched = bool(context.selection.own("find", str))
    unused = [line for line in lines if line.publishing.status == "no_known_use"]
    listed = lines if is_searched else [line for line in lines if line not in unused]
    show_template(
        "views/forces/index.html",
        lines=[_write_line(context, line) for line in listed],
        title=describe_lines_title(lines) if lines else "",
        unused=() if is_searched else [_write_name(context, line) for line in unused],
        words=context.selection.own("find", str),
    )


def _write_name(context: PageContext, line: ForceLine) -> Markup:
    address = context.address(forces=(line.publishing.force_id,), find="", sort="use")
    return page_link(address, _(line.publishing.force_name))


def _write_line(context: PageContext, line: ForceLine) -> tuple[str, ...]:
    own = line.publishing
    source = link(own.latest.source_url, own.latest.source_title) if own.latest else ""
    return (
        _write_name(context, line),
        with_details(describe_use(own.latest), source),
        with_details(describe_status(own), describe_forms(own)),
        with_details(*describe_held_rows(line)),
        with_details(*describe_completeness(line)),
        describe_covered(line),
    )
