"""Who publishes nothing, what the others print field by field and how late, and how complete their
rows are.

In: a frame, with a force or without. Out: sections with their tables. Absent is not zero:
a gap says why."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.card import Placeholder
from dashboard.components.figure_card import show_placeholder
from dashboard.components.kept_files import show_file
from dashboard.components.prose import fold
from dashboard.components.source_note import describe_update, write_source_note
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.descriptions.findings import (
    FIELD_TITLES,
    describe_complete,
    describe_missing_reasons,
    describe_of_rows,
    list_printed,
    list_publishers,
)
from dashboard.pages import BY_SLUG
from dashboard.queries.findings import get_completeness, get_publishers
from dashboard.queries.publishing import get_silent
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import link, printed, text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import format_date, format_period, format_when
from etl.measures.publishing import PUBLISHING_STATUS, ForcePublishing
from etl.model.codes import LFR_USE, PUBLISHED_FIELD, PUBLISHING_FORM
from etl.model.completeness import COVERAGE_STATUS, Coverage, Gaps

_FORCES = "forces"


def show_silent(context: PageContext) -> None:
    """Forces known to have used it, of which no published result was found;
    with what shows the use."""
    show_section(_("Forces that publish nothing"), anchor="silent")
    selection = context.selection.force_id
    silent = [
        each_silent
        for each_silent in get_silent(context.record)
        if selection in (None, each_silent.force_id)
    ]
    if not silent:
        _describe(
            _(
                "{name} is not one of the forces that are known to have used it and have "
                "published no result."
            ).format(name=context.names[selection])
            if selection
            else _("Every force known to have used it has published some result.")
        )
        return
    columns = (
        Column(_("Force"), "wide"),
        Column(_("Use"), "wide"),
        Column(_("What was found"), "wide"),
        Column(_("What shows the use"), "wide"),
    )
    rows = []
    for each_silent in silent:
        use = each_silent.latest
        shown = f"{link(use.source_url, use.source_title)}" if use else ""
        seen = text(_("looked up on {day}").format(day=format_date(use.looked_on))) if use else ""
        rows.append(
            (
                _write_force(context, each_silent),
                f"{_(LFR_USE.label(use.status_code))}, {format_when(use.since_text)}"
                if use
                else "",
                _(PUBLISHING_STATUS.entry(each_silent.status).meaning),
                Markup(f'{shown}<span class="lfr-quiet">{seen}</span>'),
            )
        )
    caption = _("Known to have used live facial recognition, and no published result was found")
    show_html(write_table(make_table(caption, columns, rows, whole=True, stacked=True)))
    _describe(
        _(
            "That nothing was found does not show that nothing was published. How many people "
            "they scanned, and with what result, is not known: that is not a zero."
        )
    )


def show_forms(context: PageContext) -> None:
    """Form by form and field by field: what is printed, and how late."""
    show_section(_("What forces print, and how late"), anchor="publishing")
    forms = get_publishers(context.record, context.selection)
    if not forms:
        show_placeholder(
            "no-form",
            _("No form of publication"),
            Placeholder(
                "empty",
                _("No form of publication of it was found. That does not show that there is none."),
            ),
        )
        return
    heads = (
        Column(_("Force and form"), "wide"),
        Column(_("Prints"), "wide"),
        Column(_("In part"), "wide"),
        Column(_("Does not print"), "wide"),
        Column(_("Not known"), "wide"),
        Column(_("How late"), "wide"),
    )
    rows = [
        (
            Markup(
                f"{_write_force(context, publishing)}"
                f'<span class="lfr-quiet">{link(form.publishing.url, form.publishing.title)}, '
                f"{text(_(PUBLISHING_FORM.label(form.publishing.form_code)).lower())}</span>"
            ),
            *list_printed(form),
            printed(form.publishing.delay_text or _("Not known.")),
        )
        for publishing, form in forms
    ]
    caption = _("What each form of publication prints of a deployment, and how long after it")
    show_html(write_table(make_table(caption, heads, rows, stacked=True)))
    if not context.selection.force_id:
        columns = (
            Column(_("Field"), "wide"),
            Column(_("Printed by"), "wide"),
            Column(_("In part by"), "wide"),
            Column(_("Not by"), "wide"),
            Column(_("Not known of"), "wide"),
        )
        lines = [
            (_(PUBLISHED_FIELD.label(code)), *list_publishers(forms, code))
            for code in PUBLISHED_FIELD
        ]
        sentence = _("Field by field: which forces print it in any form of publication")
        table = write_table(make_table(sentence, columns, lines, stacked=True))
        show_html(fold(sentence, table))
    show_file(context, "publishing")


def show_completeness(context: PageContext) -> None:
    """By force and year, the share of the values of a standard return that the record has."""
    show_section(_("How complete the rows are"), anchor="completeness")
    completenesses = get_completeness(context.record, context.selection)
    if not completenesses:
        show_placeholder(
            "no-row",
            _("No row"),
            Placeholder(
                "empty",
                _(
                    "The record has no row of it, so there is nothing to be complete. That is not "
                    "a zero."
                ),
            ),
        )
        return
    _describe(
        _("A standard return would print {count} fields of each deployment: {names}.").format(
            count=len(FIELD_TITLES),
            names=", ".join(_(field_title).lower() for field_title in FIELD_TITLES.values()),
        ),
        _(
            "The share says how many of these values the record has. A gap may be the publisher’s "
            "or, in a copy, the copyist’s."
        ),
    )
    if context.selection.force_id:
        show_html(_write_by_field(completenesses))
    else:
        words = _("How complete each force’s rows are, year by year")
        show_html(fold(words, _write_by_year(context, completenesses), at_session=False))
    sources = {source for completeness in completenesses for source in completeness.sources}
    show_html(
        f'<p class="lfr-from">{write_source_note(context, sources)} '
        f"{text(describe_update(context, sources))}</p>"
    )
    show_file(context, "coverage")


def _write_by_year(context: PageContext, coverages: Sequence[Coverage]) -> str:
    """Forces down, years across; every share with its number of rows."""
    years = sorted({coverage.year for coverage in coverages if coverage.year is not None})
    undated = any(coverage.year is None for coverage in coverages)
    by_force: dict[str, dict[int | None, Coverage]] = {}
    for coverage in coverages:
        by_force.setdefault(coverage.force_id, {})[coverage.year] = coverage
    columns = [Column(_("Force"), "wide")]
    columns += [Column(str(year), "number") for year in years]
    columns += [Column(_("Over several years"), "number")] if undated else []
    rows = []
    for force_id, own in by_force.items():
        name = _(next(iter(own.values())).force_name)
        address = text(context.address("completeness", forces=(force_id,)))
        cells = [_write_share(own.get(year)) for year in (*years, *([None] if undated else []))]
        rows.append([Markup(f'<a href="{address}">{text(name)}</a>'), *cells])
    caption = _("Values in the record of all that a standard return would print, by force and year")
    return write_table(make_table(caption, columns, rows, whole=True, stacked=True))


def _write_by_field(coverages: Sequence[Coverage]) -> str:
    """One force: fields down, years across, with the reasons of what is missing."""
    columns = [Column(_("Field"), "wide")]
    columns += [
        Column(
            str(coverage.year)
            if coverage.year is not None
            else format_period(coverage.period_start, coverage.period_end),
            "number",
        )
        for coverage in coverages
    ]
    whole = [_write_share(coverage) for coverage in coverages]
    rows = [[_("All fields"), *whole]]
    for field_id, title in FIELD_TITLES.items():
        rows.append([_(title), *(_write_gaps(coverage.of(field_id)) for coverage in coverages)])
    reasons = " ".join(
        dict.fromkeys(_(COVERAGE_STATUS.entry(coverage.status).meaning) for coverage in coverages)
    )
    caption = _("Values in the record, field by field. {reasons}").format(reasons=reasons)
    return write_table(make_table(caption, columns, rows, whole=True, stacked=True))


def _write_share(coverage: Coverage | None) -> Markup:
    if coverage is None:
        return Markup(text("–"))
    return Markup(
        f"{_tint(coverage.total)}<span "
        f'class="lfr-quiet">{text(describe_of_rows(coverage.rows_count))}</span>'
    )


def _write_gaps(gaps: Gaps) -> Markup:
    return Markup(
        f'{_tint(gaps)}<span class="lfr-quiet">{text(describe_missing_reasons(gaps))}</span>'
    )


def _tint(gaps: Gaps) -> str:
    """The share on a ground that is stronger the more there is; the number says the same."""
    step = 0 if gaps.share is None else round(gaps.share * 4)
    return f'<span class="lfr-tint lfr-tint-{step}">{text(describe_complete(gaps))}</span>'


def _write_force(context: PageContext, publishing: ForcePublishing) -> Markup:
    if _FORCES not in BY_SLUG:
        return Markup(text(_(publishing.force_name)))
    address = text(context.address_of(_FORCES, forces=(publishing.force_id,)))
    return Markup(f'<a href="{address}">{text(_(publishing.force_name))}</a>')


def _describe(*lines: str) -> None:
    show_html(f'<p class="lfr-small">{" ".join(text(line) for line in lines)}</p>')
