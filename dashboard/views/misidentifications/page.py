"""The register of documented misidentifications: by technology and kind of error, never pooled and
never a rate.

In: the frame. Out: the page."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.card import Placeholder
from dashboard.components.figure_card import show_placeholder
from dashboard.components.filters import show_filters
from dashboard.components.source_note import describe_update, write_source_note
from dashboard.components.style import show_section
from dashboard.components.tables import Column, make_table, write_table
from dashboard.descriptions.misidentifications import (
    LIMITS,
    describe_entries,
    describe_false_alerts,
    describe_kinds,
    describe_shown,
)
from dashboard.exports.record_urls import record_address
from dashboard.exports.urls import downloads_are_served
from dashboard.queries.misidentifications import get_all_cases, get_cases, get_false_alerts
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _
from dashboard.text.messages import translate_message
from dashboard.views.misidentifications.cases import write_cases
from etl.model.cases import CASE_KIND, Case
from etl.model.codes import TECHNOLOGY

_SELECTION_FIELDS = ("forces", "first_year", "last_year", "technology", "kind")
REGISTER = "misidentifications"


def show(context: PageContext) -> None:
    """The whole page."""
    _show_lead(context.without(*_SELECTION_FIELDS))
    show_filters(context, "technology", "kind", "force", "from", "to")
    _show_cases(context)
    _show_compared(context)
    _show_kinds(context.without(*_SELECTION_FIELDS))


@cached
def _show_lead(context: PageContext) -> None:
    """What the register is and what it cannot show, before any case; then entries by technology."""
    result = get_all_cases(context.record)
    if not any(cases for _code, cases in result):
        sentence = _(
            "We know of no documented case. That is not a zero: cases may not have become public."
        )
        show_placeholder("register", _("Documented cases"), Placeholder("empty", sentence))
        return
    lead = _(
        "A list of cases that became public in which a person was wrongly flagged. It cannot show "
        "how many there are."
    )
    show_html(f'<div class="lfr-note"><p>{text(lead)}</p></div>')
    show_section(_("What is in the register"), anchor="register")
    rows = [
        (_(TECHNOLOGY.label(code)), describe_entries(cases), describe_kinds(cases))
        for code, cases in result
    ]
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
def _show_cases(context: PageContext) -> None:
    """The cases of the selection, a section a technology."""
    result = get_cases(context.record, context.selection)
    if result.refusal:
        show_placeholder(
            "cases", _("Cases"), Placeholder("refused", translate_message(result.refusal.reason))
        )
        return
    missing = []
    for code, cases in result.by_technology:
        if cases:
            _show_technology(code, cases)
        else:
            missing.append(_(TECHNOLOGY.label(code)))
    if missing:
        showns = [describe_shown(missing)]
        if context.selection.force_id:
            showns.append(
                _("Shops are not forces: their cases are not shown where a force is chosen.")
            )
        show_placeholder("no-entry", _("No entry"), Placeholder("empty", " ".join(showns)))
    _show_foot(context)


def _show_technology(code: str, cases: Sequence[Case]) -> None:
    show_section(
        _("{technology}: {entries}").format(
            technology=_(TECHNOLOGY.label(code)), entries=describe_entries(cases)
        ),
        anchor=code.replace("_", "-"),
    )
    show_html(write_cases(cases))


def _show_foot(context: PageContext) -> None:
    links = []
    if downloads_are_served():
        address = record_address(REGISTER, context.page.slug, context.selection)
        links.append(f'<a href="{text(address)}" download>{text(_("These entries as CSV"))}</a>')
    links.append(f'<a href="{text(context.address())}">{text(_("Link to this view"))}</a>')
    source = (
        f"{write_source_note(context, (REGISTER,))} {text(describe_update(context, (REGISTER,)))}"
    )
    show_html(f'<p class="lfr-from">{source} {" ".join(links)}</p>')


@cached
def _show_kinds(context: PageContext) -> None:  # noqa: ARG001 - the words are in its language
    """What each kind of error means."""
    show_section(_("Kinds of error"), anchor="kinds")
    items = "".join(
        (
            f"<li><strong>{text(_(CASE_KIND.label(code)))}</strong>"
            f"<br>{text(_(CASE_KIND.entry(code).meaning))}</li>"
        )
        for code in CASE_KIND
        if code != "not_read"
    )
    show_html(f'<ul class="lfr-plain">{items}</ul>')


@cached
def _show_compared(context: PageContext) -> None:
    """False alerts of the published rows, and why they are not the same thing."""
    show_section(_("A false alert is not the same as a misidentification"), anchor="false-alerts")
    name = (
        context.names[context.selection.force_id]
        if context.selection.force_id
        else _("all forces together")
    )
    counted = get_false_alerts(context.record, context.selection)
    lines = "".join(f"<p>{text(line)}</p>" for line in describe_false_alerts(counted, name))
    show_html(f'{lines}<p class="lfr-from">{write_source_note(context, counted.sources)}</p>')


VIEW = View(show)
