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
from dashboard.components.templates import show_template
from dashboard.descriptions.findings import (
    FIELD_TITLES,
    describe_complete,
    describe_missing_reasons,
    describe_of_rows,
    list_printed,
    list_publishers,
)
from dashboard.queries.findings import get_completeness, get_publishers
from dashboard.queries.publishing import get_silent
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import link, page_link, printed, text, with_details
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import format_date, format_period, format_when
from etl.measures.publishing import PUBLISHING_STATUS, ForcePublishing
from etl.model.codes import LFR_USE, PUBLISHED_FIELD, PUBLISHING_FORM
from etl.model.completeness import COVERAGE_STATUS, Coverage, Gaps


def show_silent(context: PageContext) -> None:
    """Forces known to have used it, of which no published result was found;
    with what shows the use."""
    force_id = context.selection.force_id
    silent = [
        publishing
        for publishing in get_silent(context.record)
        if force_id in (None, publishing.force_id)
    ]
    show_template(
        "views/data_quality/silent.html",
        rows=[_write_silent(context, publishing) for publishing in silent],
        name=context.names[force_id] if force_id else "",
    )


def _write_silent(context: PageContext, publishing: ForcePublishing) -> tuple[str, ...]:
    use, found = publishing.latest, _(PUBLISHING_STATUS.entry(publishing.status).meaning)
    if use is None:
        return (_write_force(context, publishing), "", found, with_details("", ""))
    return (
        _write_force(context, publishing),
        f"{_(LFR_USE.label(use.status_code))}, {format_when(use.since_text)}",
        found,
        with_details(
            link(use.source_url, use.source_title),
            _("looked up on {day}").format(day=format_date(use.looked_on)),
        ),
    )


def show_forms(context: PageContext) -> None:
    """Form by form and field by field: what is printed, and how late."""
    forms = get_publishers(context.record, context.selection)
    rows = []
    for publishing, form in forms:
        code = _(PUBLISHING_FORM.label(form.publishing.form_code)).lower()
        source = Markup("{}, {}").format(link(form.publishing.url, form.publishing.title), code)
        late = printed(form.publishing.delay_text or _("Not known."))
        name = with_details(_write_force(context, publishing), source)
        rows.append((name, *list_printed(form), late))
    fields = [
        (_(PUBLISHED_FIELD.label(code)), *list_publishers(forms, code)) for code in PUBLISHED_FIELD
    ]
    is_of_all = not context.selection.force_id
    show_template("views/data_quality/forms.html", forms=rows, fields=fields if is_of_all else ())
    if forms:
        show_file(context, "publishing")


def show_completeness(context: PageContext) -> None:
    """By force and year, the share of the values of a standard return that the record has."""
    show_section(_("How complete the figures are"), anchor="completeness")
    completenesses = get_completeness(context.record, context.selection)
    if not completenesses:
        show_placeholder(
            "no-row",
            _("No figures"),
            Placeholder(
                "empty",
                _("We have no figures, so there is nothing to measure. That is not a zero."),
            ),
        )
        return
    _describe(
        _("A standard return would give {count} fields for each deployment: {names}.").format(
            count=len(FIELD_TITLES),
            names=", ".join(_(field_title).lower() for field_title in FIELD_TITLES.values()),
        ),
        _(
            "The share says how many of these values we have. A gap may be the publisher’s or "
            "the copyist’s."
        ),
    )
    if context.selection.force_id:
        show_html(_write_by_field(completenesses))
    else:
        words = _("How complete each force’s figures are, year by year")
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
        address = context.address("completeness", forces=(force_id,))
        cells = [_write_share(own.get(year)) for year in (*years, *([None] if undated else []))]
        rows.append([page_link(address, name), *cells])
    caption = _("Values published of all that a standard return would give, by force and year")
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
    caption = _("Values that we have, field by field. {reasons}").format(reasons=reasons)
    return write_table(make_table(caption, columns, rows, whole=True, stacked=True))


def _write_share(coverage: Coverage | None) -> Markup:
    if coverage is None:
        return Markup("–")
    return with_details(_tint(coverage.total), describe_of_rows(coverage.rows_count))


def _write_gaps(gaps: Gaps) -> Markup:
    return with_details(_tint(gaps), describe_missing_reasons(gaps))


def _tint(gaps: Gaps) -> Markup:
    """The share on a ground that is stronger the more there is; the number says the same."""
    step = 0 if gaps.share is None else round(gaps.share * 4)
    template = Markup('<span class="lfr-tint lfr-tint-{}">{}</span>')
    return template.format(step, describe_complete(gaps))


def _write_force(context: PageContext, publishing: ForcePublishing) -> Markup:
    address = context.address_of("forces", forces=(publishing.force_id,))
    return page_link(address, _(publishing.force_name))


def _describe(*lines: str) -> None:
    show_html(f'<p class="lfr-small">{" ".join(text(line) for line in lines)}</p>')
