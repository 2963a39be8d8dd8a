"""The register of documented misidentifications: by technology and kind of error, never pooled and never a rate.

In: the frame. Out: the page.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.card import Instead
from dashboard.components.figure_card import show_instead
from dashboard.components.filters import show_filters
from dashboard.components.source_note import say_update, write_source_note
from dashboard.components.style import show_section
from dashboard.components.tables import Column, make_table, write_table
from dashboard.descriptions.misidentifications import (
    LIMITS,
    say_entries,
    say_false_alerts,
    say_kinds,
    say_shown,
)
from dashboard.exports.record_urls import record_address
from dashboard.exports.urls import downloads_are_served
from dashboard.queries.misidentifications import ask_all_cases, ask_cases, ask_false_alerts
from dashboard.rendering.context import Frame, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _
from dashboard.text.messages import tell
from dashboard.views.misidentifications.cases import write_cases
from etl.model.cases import CASE_KIND, Case
from etl.model.codes import TECHNOLOGY

_CHOSEN = ("forces", "first_year", "last_year", "technology", "kind")
REGISTER = "misidentifications"


def show(frame: Frame) -> None:
    """The whole page."""
    _show_lead(frame.without(*_CHOSEN))
    show_filters(frame, "technology", "kind", "force", "from", "to")
    _show_cases(frame)
    _show_compared(frame)
    _show_kinds(frame.without(*_CHOSEN))


@cached
def _show_lead(frame: Frame) -> None:
    """What the register is and what it cannot show, before any case; then entries by technology."""
    found = ask_all_cases(frame.answers)
    if not any(cases for _code, cases in found):
        said = _("The record holds no documented case. That is not a zero: cases may not have become public.")
        show_instead("register", _("Documented cases"), Instead("empty", said))
        return
    lead = _("A list of cases that became public in which a person was wrongly flagged. It cannot show how many there are.")  # fmt: skip
    show_html(f'<div class="lfr-note"><p>{text(lead)}</p></div>')
    show_section(_("What is in the register"), anchor="register")
    rows = [(_(TECHNOLOGY.label(code)), say_entries(cases), say_kinds(cases)) for code, cases in found]
    columns = (
        Column(_("Technology"), "wide"),
        Column(_("Entries"), "number"),
        Column(_("Kinds of error"), "wide"),
    )
    caption = _("Entries by technology: cases that became public, never added up and never a rate")
    show_html(write_table(make_table(caption, columns, rows, whole=True)))
    items = "".join(f"<li>{text(_(line))}</li>" for line in LIMITS)
    show_html(f'<ul class="lfr-plain">{items}</ul>')


@cached
def _show_cases(frame: Frame) -> None:
    """The cases of the selection, a section a technology."""
    found = ask_cases(frame.answers, frame.chosen)
    if found.refusal:
        show_instead("cases", _("Cases"), Instead("refused", tell(found.refusal.reason)))
        return
    missing = []
    for code, cases in found.by_technology:
        if cases:
            _show_technology(code, cases)
        else:
            missing.append(_(TECHNOLOGY.label(code)))
    if missing:
        said = [say_shown(missing)]
        if frame.chosen.force_id:
            said.append(_("Shops are not forces: their cases are not shown where a force is chosen."))
        show_instead("no-entry", _("No entry"), Instead("empty", " ".join(said)))
    _show_foot(frame)


def _show_technology(code: str, cases: Sequence[Case]) -> None:
    show_section(_("{technology}: {entries}").format(technology=_(TECHNOLOGY.label(code)), entries=say_entries(cases)), anchor=code.replace("_", "-"))  # fmt: skip
    show_html(write_cases(cases))


def _show_foot(frame: Frame) -> None:
    links = []
    if downloads_are_served():
        address = record_address(REGISTER, frame.page.slug, frame.chosen)
        links.append(f'<a href="{text(address)}" download>{text(_("These entries as CSV"))}</a>')
    links.append(f'<a href="{text(frame.address())}">{text(_("Link to this view"))}</a>')
    source = f"{write_source_note(frame, (REGISTER,))} {text(say_update(frame, (REGISTER,)))}"
    show_html(f'<p class="lfr-from">{source} {" ".join(links)}</p>')


@cached
def _show_kinds(frame: Frame) -> None:  # noqa: ARG001 - the words are in its language
    """What each kind of error means."""
    show_section(_("Kinds of error"), anchor="kinds")
    items = "".join(
        f"<li><strong>{text(_(CASE_KIND.label(code)))}</strong><br>{text(_(CASE_KIND.entry(code).meaning))}</li>"
        for code in CASE_KIND
        if code != "not_read"
    )
    show_html(f'<ul class="lfr-plain">{items}</ul>')


@cached
def _show_compared(frame: Frame) -> None:
    """False alerts of the published rows, and why they are not the same thing."""
    show_section(_("A false alert is not the same as a misidentification"), anchor="false-alerts")
    name = frame.names[frame.chosen.force_id] if frame.chosen.force_id else _("all forces together")
    counted = ask_false_alerts(frame.answers, frame.chosen)
    lines = "".join(f"<p>{text(line)}</p>" for line in say_false_alerts(counted, name))
    show_html(f'{lines}<p class="lfr-from">{write_source_note(frame, counted.sources)}</p>')


VIEW = View(show)
