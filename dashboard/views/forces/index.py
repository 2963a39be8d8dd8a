"""The list of all forces and bodies: who uses it, what each publishes, and how much of it is in the
record.

In: the frame. Out: a table with a link to each profile.
A list in an order that the reader chooses, not a ranking."""

from __future__ import annotations

from dashboard.components.filters import show_filters
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import link, text
from dashboard.rendering.pieces import show_html
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
    if not lines:
        none = _(
            "No force or body is called “{words}”. Search for a part of a name, such as “wales”."
        )
        sentence = none.format(words=context.selection.own("find", str))
        show_html(f'<div class="lfr-note"><p>{text(sentence)}</p></div>')
        return
    sentences = [
        _(
            "Completeness is the share of the values of a standard return that the rows in the "
            "record have. A value may be missing because it is not published, or because the copy "
            "that we have left it out: the profile says which."
        ),
        _(
            "The last day covered is the last of which every deployment is told one by one. After "
            "it, nothing is known to be zero."
        ),
    ]
    columns = (
        Column(_("Force or body"), "wide"),
        Column(_("Use"), "wide"),
        Column(_("What it publishes"), "wide"),
        Column(_("In the record"), "wide"),
        Column(_("Completeness")),
        Column(_("Last day covered")),
    )
    rows = [_write_line(context, line) for line in lines]
    show_html(write_table(make_table(describe_lines_title(lines), columns, rows, whole=True)))
    show_html(
        f'<ul class="lfr-small">{"".join(f"<li>{text(sentence)}</li>" for sentence in sentences)}'
        "</ul>"
    )


def _write_line(context: PageContext, line: ForceLine) -> tuple[str, ...]:
    own = line.publishing
    address = context.address(forces=(own.force_id,), find="", sort="name")
    name = f'<a href="{text(address)}">{text(_(own.force_name))}</a>'
    use = text(describe_use(own.latest))
    if own.latest:
        use += _write_quiet(link(own.latest.source_url, own.latest.source_title))
    published = text(describe_status(own)) + _write_quiet(text(describe_forms(own)))
    stored, up_to = describe_held_rows(line)
    share, counts = describe_completeness(line)
    return (
        Markup(name),
        Markup(use),
        Markup(published),
        Markup(text(stored) + _write_quiet(text(up_to))),
        Markup(text(share) + _write_quiet(text(counts))),
        describe_covered(line),
    )


def _write_quiet(markup: str) -> str:
    return f'<span class="lfr-quiet">{markup}</span>' if markup else ""
