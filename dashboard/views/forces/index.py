"""The list of all forces and bodies: who uses it, what each publishes, and how much of it is in the record.

In: the frame. Out: a table with a link to each profile. A list in an order that the reader chooses, not a ranking.
"""

from __future__ import annotations

from dashboard.components.filters import show_filters
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.rendering.context import Frame, cached
from dashboard.rendering.html import link, text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.views.forces.query_forces import ForceLine, ask_lines
from dashboard.views.forces.text_forces import (
    say_completeness,
    say_covered,
    say_forms,
    say_kept,
    say_lines_title,
    say_status,
    say_use,
)


def show_index(frame: Frame) -> None:
    """Heading, search and order, table."""
    show_section(_("All forces and bodies"), anchor="forces")
    show_filters(frame, "find", "sort")
    _show_lines(frame.without("forces", "first_year", "last_year", "rate_id", "measure_id"))


@cached
def _show_lines(frame: Frame) -> None:
    lines = ask_lines(frame.answers, frame.chosen)
    if not lines:
        none = _("No force or body is called “{words}”. Search for a part of a name, such as “wales”.")
        show_html(f'<div class="lfr-note"><p>{text(none.format(words=frame.chosen.find))}</p></div>')
        return
    said = [
        _("Completeness is the share of the values of a standard return that the rows in the record have. A value may be missing because it is not published, or because the copy that we have left it out: the profile says which."),
        _("The last day covered is the last of which every deployment is told one by one. After it, nothing is known to be zero."),
    ]  # fmt: skip
    columns = (
        Column(_("Force or body"), "wide"),
        Column(_("Use"), "wide"),
        Column(_("What it publishes"), "wide"),
        Column(_("In the record"), "wide"),
        Column(_("Completeness")),
        Column(_("Last day covered")),
    )
    rows = [_write_line(frame, line) for line in lines]
    show_html(write_table(make_table(say_lines_title(lines), columns, rows, whole=True)))
    show_html(f'<ul class="lfr-small">{"".join(f"<li>{text(one)}</li>" for one in said)}</ul>')


def _write_line(frame: Frame, line: ForceLine) -> tuple[str, ...]:
    own = line.publishing
    address = frame.address(forces=(own.force_id,), find="", sorted_by="name")
    name = f'<a href="{text(address)}">{text(_(own.force_name))}</a>'
    use = text(say_use(own.latest))
    if own.latest:
        use += _write_quiet(link(own.latest.source_url, own.latest.source_title))
    published = text(say_status(own)) + _write_quiet(text(say_forms(own)))
    kept, up_to = say_kept(line)
    share, counts = say_completeness(line)
    return (
        Markup(name),
        Markup(use),
        Markup(published),
        Markup(text(kept) + _write_quiet(text(up_to))),
        Markup(text(share) + _write_quiet(text(counts))),
        say_covered(line),
    )


def _write_quiet(markup: str) -> str:
    return f'<span class="lfr-quiet">{markup}</span>' if markup else ""
