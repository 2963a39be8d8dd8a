"""What is doubtful, corrected, stated and documented about one force.

In: the frame of one force. Out: lists and tables of findings, corrections, claims and cases, each with its source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.components.claims import write_what
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.descriptions.claims import say_when
from dashboard.descriptions.misidentifications import say_days
from dashboard.pages import BY_SLUG
from dashboard.queries.claims import ClaimLine, ask_claims_about
from dashboard.queries.findings import name_files
from dashboard.rendering.context import Frame
from dashboard.rendering.html import link, printed, text, told
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _, ngettext
from dashboard.text.numbers import say_count, say_list
from dashboard.views.forces.query_force import ask_cases
from etl.model.claim_measures import VERDICT
from etl.model.codes import CORRECTION_ACTION, SEVERITY, TECHNOLOGY


def show_findings(frame: Frame) -> None:
    """Findings that nobody has explained, and what was corrected."""
    show_section(_("Open findings and corrections"), anchor="findings")
    issues = frame.answers.issues(frame.chosen.forces[0])
    titles = {one["edition_id"]: str(one["title"]) for one in frame.answers.rows("editions")}
    found = [one for one in issues.findings if one["status_code"] == "open"]
    if not found:
        _say(_("No open finding is about its rows. That does not show that they are right."))
    else:
        caption = ngettext(
            "{count} open finding about its published rows",
            "{count} open findings about its published rows",
            len(found),
        ).format(count=say_count(len(found)))
        columns = (Column(_("What does not fit"), "wide"), Column(_("Kind")), Column(_("Where"), "wide"))  # fmt: skip
        rows = [
            (
                Markup(printed(name_files(one["message"], titles))),
                _(SEVERITY.label(one["severity_code"])),
                _write_place(one, titles),
            )
            for one in sorted(found, key=lambda one: list(SEVERITY).index(one["severity_code"]))
        ]
        show_html(write_table(make_table(caption, columns, rows)))
    _show_corrections(issues.corrections, titles)
    _show_link(frame, "data-quality", _("All findings and corrections"))


def _show_corrections(made: Sequence[Mapping[str, Any]], titles: Mapping[str, str]) -> None:
    if made:
        columns = (Column(_("Printed")), Column(_("Used instead")), Column(_("What was done")), Column(_("Why"), "wide"), Column(_("Where"), "wide"))  # fmt: skip
        rows = [
            (
                Markup(printed(one["printed_text"])),
                Markup(printed(one["value_text"] or "")),
                _(CORRECTION_ACTION.label(one["action_code"])),
                Markup(printed(one["reason"])),
                _write_place(one, titles),
            )
            for one in made
        ]
        caption = _("Declared corrections: the printed value stays visible beside the one that is used")
        show_html(write_table(make_table(caption, columns, rows, whole=True)))
    else:
        _say(_("No row of it is corrected."))


def show_claims(frame: Frame) -> None:
    """What was stated about it, beside what the rows add up to."""
    show_section(_("What was stated about it"), anchor="claims")
    lines = ask_claims_about(frame.answers, frame.chosen.forces[0])
    if not lines:
        _say(_("No statement about it is in the record."))
        return
    counts = Counter(line.comparison.verdict for line in lines)
    said = [
        _("{verdict}: {count}").format(verdict=_(VERDICT.label(code)), count=say_count(counts[code]))
        for code in VERDICT
        if counts[code]
    ]
    caption = ngettext("{count} statement: {verdicts}", "{count} statements: {verdicts}", len(lines))
    columns = (Column(_("What was stated"), "wide"), Column(_("Stated"), "number"), Column(_("By whom"), "wide"), Column(_("Beside the rows"), "wide"))  # fmt: skip
    table = make_table(
        caption.format(count=say_count(len(lines)), verdicts=say_list(said)),
        columns,
        [_write_claim(line) for line in lines],
    )
    show_html(write_table(table))
    _show_link(frame, "claims", _("All statements, with the rows they are compared with"))


def show_cases(frame: Frame) -> None:
    """Documented cases of a person wrongly flagged, each with its technology."""
    show_section(_("Documented misidentifications"), anchor="misidentifications")
    cases = ask_cases(frame.answers, frame.chosen.forces[0])
    if not cases:
        _say(_("No documented case is known to us. Cases become known by chance: this does not show that there is none."))  # fmt: skip
        return
    columns = (Column(_("Technology"), "wide"), Column(_("When")), Column(_("What happened"), "wide"), Column(_("What it led to"), "wide"), Column(_("Documented in"), "wide"))  # fmt: skip
    rows = [
        (
            _(TECHNOLOGY.label(one["technology_code"])),
            say_days(one["incident_date_text"]),
            Markup(printed(one["error_text"])),
            Markup(printed(one["outcome_text"] or _("not stated"))),
            Markup(link(one["source_url"], one["source_title"])),
        )
        for one in cases
    ]
    caption = _("Cases as documented. Technologies are never added up")
    show_html(write_table(make_table(caption, columns, rows, whole=True)))
    _show_link(frame, "misidentifications", _("All documented cases"))


def _write_claim(line: ClaimLine) -> tuple[str, ...]:
    claim, found = line.claim, line.comparison
    what = f'{write_what(line)}<span class="lfr-quiet">{text(say_when(line))}</span>'
    verdict = _(VERDICT.label(found.verdict))
    return (
        Markup(what),
        Markup(printed(claim["value_text"])),
        Markup(link(claim["source_url"], claim["source_title"])),
        Markup(f'{text(verdict[:1].upper() + verdict[1:])}.<span class="lfr-quiet">{told(found.reason)}</span>'),
    )  # fmt: skip


def _write_place(one: Mapping[str, Any], titles: Mapping[str, str]) -> Markup:
    """File, page and row."""
    where = _("the whole file")
    if one["page"] is not None and one["row"] is not None:
        where = _("page {page}, row {row}").format(page=one["page"], row=one["row"])
    title = titles.get(one["edition_id"] or "", "")
    return Markup(f'{text(where)}<span class="lfr-quiet">{printed(title)}</span>')


def _show_link(frame: Frame, slug: str, words: str) -> None:
    if slug in BY_SLUG:
        show_html(f'<p class="lfr-small"><a href="{text(frame.address_of(slug))}">{text(words)}</a></p>')


def _say(line: str) -> None:
    show_html(f'<p class="lfr-small">{text(line)}</p>')
