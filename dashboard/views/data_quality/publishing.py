"""Who publishes nothing, what the others print field by field and how late, and how complete their rows are.

In: a frame, with a force or without. Out: sections with their tables. Absent is not zero: a gap says why.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.card import Instead
from dashboard.components.figure_card import show_instead
from dashboard.components.kept_files import show_file
from dashboard.components.prose import fold
from dashboard.components.source_note import say_update, write_source_note
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.descriptions.findings import (
    FIELD_TITLES,
    list_printed,
    list_publishers,
    say_complete,
    say_missing_reasons,
    say_of_rows,
)
from dashboard.pages import BY_SLUG
from dashboard.queries.findings import ask_completeness, ask_publishers
from dashboard.queries.publishing import ask_silent
from dashboard.rendering.context import Frame
from dashboard.rendering.html import link, printed, text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import say_date, say_period, say_when
from etl.measures.publishing import ForcePublishing
from etl.model.codes import LFR_USE, PUBLISHED_FIELD, PUBLISHING_FORM
from etl.model.completeness import COVERAGE_STATUS, Coverage, Gaps

_FORCES = "forces"


def show_silent(frame: Frame) -> None:
    """Forces known to have used it, of which no published result was found; with what shows the use."""
    show_section(_("Forces that publish nothing"), anchor="silent")
    chosen = frame.chosen.force_id
    silent = [one for one in ask_silent(frame.answers) if chosen in (None, one.force_id)]
    if not silent:
        _say(_("{name} is not one of the forces that are known to have used it and have published no result.").format(name=frame.names[chosen]) if chosen else _("Every force known to have used it has published some result."))  # fmt: skip
        return
    columns = (Column(_("Force"), "wide"), Column(_("Use"), "wide"), Column(_("What was found"), "wide"), Column(_("What shows the use"), "wide"))  # fmt: skip
    rows = []
    for one in silent:
        use = one.latest
        shown = f"{link(use.source_url, use.source_title)}" if use else ""
        seen = text(_("looked up on {day}").format(day=say_date(use.looked_on))) if use else ""
        rows.append(
            (
                _write_force(frame, one),
                f"{_(LFR_USE.label(use.status_code))}, {say_when(use.since_text)}" if use else "",
                _(one.reason.partition(". ")[2] or one.reason),
                Markup(f'{shown}<span class="lfr-quiet">{seen}</span>'),
            )
        )
    caption = _("Known to have used live facial recognition, and no published result was found")
    show_html(write_table(make_table(caption, columns, rows, whole=True, stacked=True)))
    _say(_("That nothing was found does not show that nothing was published. How many people they scanned, and with what result, is not known: that is not a zero."))  # fmt: skip


def show_forms(frame: Frame) -> None:
    """Form by form and field by field: what is printed, and how late."""
    show_section(_("What forces print, and how late"), anchor="publishing")
    forms = ask_publishers(frame.answers, frame.chosen)
    if not forms:
        show_instead("no-form", _("No form of publication"), Instead("empty", _("No form of publication of it was found. That does not show that there is none.")))  # fmt: skip
        return
    heads = (Column(_("Force and form"), "wide"), Column(_("Prints"), "wide"), Column(_("In part"), "wide"), Column(_("Does not print"), "wide"), Column(_("Not known"), "wide"), Column(_("How late"), "wide"))  # fmt: skip
    rows = [
        (
            Markup(
                f"{_write_force(frame, one)}"
                f'<span class="lfr-quiet">{link(form.publishing.url, form.publishing.title)}, '
                f"{text(_(PUBLISHING_FORM.label(form.publishing.form_code)).lower())}</span>"
            ),
            *list_printed(form),
            Markup(printed(form.publishing.delay_text or _("Not known."))),
        )
        for one, form in forms
    ]
    caption = _("What each form of publication prints of a deployment, and how long after it")
    show_html(write_table(make_table(caption, heads, rows, stacked=True)))
    if not frame.chosen.force_id:
        columns = (Column(_("Field"), "wide"), Column(_("Printed by"), "wide"), Column(_("In part by"), "wide"), Column(_("Not by"), "wide"), Column(_("Not known of"), "wide"))  # fmt: skip
        lines = [(_(PUBLISHED_FIELD.label(code)), *list_publishers(forms, code)) for code in PUBLISHED_FIELD]
        said = _("Field by field: which forces print it in any form of publication")
        table = write_table(make_table(said, columns, lines, stacked=True))
        show_html(fold(said, table))
    show_file(frame, "publishing")


def show_completeness(frame: Frame) -> None:
    """By force and year, the share of the values of a standard return that the record has."""
    show_section(_("How complete the rows are"), anchor="completeness")
    found = ask_completeness(frame.answers, frame.chosen)
    if not found:
        show_instead("no-row", _("No row"), Instead("empty", _("The record has no row of it, so there is nothing to be complete. That is not a zero.")))  # fmt: skip
        return
    _say(
        _("A standard return would print {count} fields of each deployment: {names}.").format(
            count=len(FIELD_TITLES), names=", ".join(_(one).lower() for one in FIELD_TITLES.values())
        ),
        _("The share says how many of these values the record has. A gap may be the publisher’s or, in a copy, the copyist’s."),
    )  # fmt: skip
    if frame.chosen.force_id:
        show_html(_write_by_field(found))
    else:
        words = _("How complete each force’s rows are, year by year")
        show_html(fold(words, _write_by_year(frame, found), at_desk=False))
    sources = {source for one in found for source in one.sources}
    show_html(f'<p class="lfr-from">{write_source_note(frame, sources)} {text(say_update(frame, sources))}</p>')  # fmt: skip
    show_file(frame, "coverage")


def _write_by_year(frame: Frame, found: Sequence[Coverage]) -> str:
    """Forces down, years across; every share with its number of rows."""
    years = sorted({one.year for one in found if one.year is not None})
    undated = any(one.year is None for one in found)
    by_force: dict[str, dict[int | None, Coverage]] = {}
    for one in found:
        by_force.setdefault(one.force_id, {})[one.year] = one
    columns = [Column(_("Force"), "wide")]
    columns += [Column(str(year), "number") for year in years]
    columns += [Column(_("Over several years"), "number")] if undated else []
    rows = []
    for force_id, own in by_force.items():
        name = _(next(iter(own.values())).force_name)
        address = text(frame.address("completeness", forces=(force_id,)))
        cells = [_write_share(own.get(year)) for year in (*years, *([None] if undated else []))]
        rows.append([Markup(f'<a href="{address}">{text(name)}</a>'), *cells])
    caption = _("Values in the record of all that a standard return would print, by force and year")
    return write_table(make_table(caption, columns, rows, whole=True, stacked=True))


def _write_by_field(found: Sequence[Coverage]) -> str:
    """One force: fields down, years across, with the reasons of what is missing."""
    columns = [Column(_("Field"), "wide")]
    columns += [
        Column(
            str(one.year) if one.year is not None else say_period(one.period_start, one.period_end), "number"
        )
        for one in found
    ]
    whole = [_write_share(one) for one in found]
    rows = [[_("All fields"), *whole]]
    for field_id, title in FIELD_TITLES.items():
        rows.append([_(title), *(_write_gaps(one.of(field_id)) for one in found)])
    reasons = " ".join(dict.fromkeys(_(COVERAGE_STATUS.entry(one.status).meaning) for one in found))
    caption = _("Values in the record, field by field. {reasons}").format(reasons=reasons)
    return write_table(make_table(caption, columns, rows, whole=True, stacked=True))


def _write_share(one: Coverage | None) -> Markup:
    if one is None:
        return Markup(text("–"))
    return Markup(f'{_tint(one.total)}<span class="lfr-quiet">{text(say_of_rows(one.rows_count))}</span>')


def _write_gaps(gaps: Gaps) -> Markup:
    return Markup(f'{_tint(gaps)}<span class="lfr-quiet">{text(say_missing_reasons(gaps))}</span>')


def _tint(gaps: Gaps) -> str:
    """The share on a ground that is stronger the more there is; the number says the same."""
    step = 0 if gaps.share is None else round(gaps.share * 4)
    return f'<span class="lfr-tint lfr-tint-{step}">{text(say_complete(gaps))}</span>'


def _write_force(frame: Frame, one: ForcePublishing) -> Markup:
    if _FORCES not in BY_SLUG:
        return Markup(text(_(one.force_name)))
    address = text(frame.address_of(_FORCES, forces=(one.force_id,)))
    return Markup(f'<a href="{address}">{text(_(one.force_name))}</a>')


def _say(*lines: str) -> None:
    show_html(f'<p class="lfr-small">{" ".join(text(line) for line in lines)}</p>')
