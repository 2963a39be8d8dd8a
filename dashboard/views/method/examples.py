"""The method by example: two denominators, intervals, thresholds of different vendors, a number's
way to the page.

In: the frame. Out: sections. Every figure is asked of the record."""

from __future__ import annotations

from dashboard.components.card import Placeholder
from dashboard.components.figure_card import show_placeholder
from dashboard.components.prose import show_points, show_prose
from dashboard.components.source_note import describe_update, write_source_note
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import link, printed, text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import format_count, format_date
from dashboard.views.method.query import get_amounts, get_examples, get_provenance, get_software
from dashboard.views.method.text import (
    describe_example,
    describe_no_comparison,
    describe_uncovered,
    describe_worked_rate,
    describe_worked_share,
    describe_worked_zero,
    list_intervals,
    list_software,
    list_two_rates,
)
from etl.model.caveats import CAVEATS
from etl.model.codes import VALUE_STATUS


@cached
def show_provenance(context: PageContext) -> None:
    """How a printed number gets to a page: the steps with what each holds,
    then one number followed through them."""
    show_section(_("From print to page"), anchor="from-print-to-page")
    amounts = get_amounts(context.record)
    steps = (
        (
            _("Kept"),
            _(
                "Each file is kept as it was published, known by its fingerprint (SHA-256). A file "
                "that has changed is another edition."
            ),
            _("{count} files of {others} publications").format(
                count=format_count(amounts.editions), others=format_count(amounts.publications)
            ),
        ),
        (
            _("Read"),
            _(
                "The cells are read exactly as printed, each with its page, row and column. An "
                "unknown heading or mark stops the reading."
            ),
            "",
        ),
        (
            _("Translated"),
            _(
                "Each cell becomes a date, a place, a setting or a count. Nothing is added up, "
                "filled in or left out."
            ),
            _("{count} rows").format(count=format_count(amounts.rows)),
        ),
        (
            _("Corrected"),
            _(
                "A misprint that can be shown gets a declared correction with its evidence; the "
                "printed value stays beside it."
            ),
            _("{count} corrections").format(count=format_count(amounts.corrections)),
        ),
        (
            _("Checked"),
            _(
                "What contradicts itself or is very unlikely is published as a finding; what makes "
                "the record unusable stops the build."
            ),
            _("{count} open findings").format(count=format_count(amounts.findings)),
        ),
        (
            _("Counted"),
            _(
                "Where two publications tell of the same deployments, a declaration says which "
                "counts. The other is kept and shown, not added."
            ),
            _("{count} rows count").format(count=format_count(amounts.counted)),
        ),
        (
            _("Answered"),
            _(
                "Page, file and programming interface ask one place, so that they show the same "
                "figure."
            ),
            _("release {release}").format(release=context.record.release_id),
        ),
    )
    columns = (
        Column(_("Step")),
        Column(_("What is done"), "wide"),
        Column(_("In this release"), "short"),
    )
    show_html(
        write_table(
            make_table(_("The steps, and what each of them holds now"), columns, steps, whole=True)
        )
    )
    _show_one_number(context)


def _show_one_number(context: PageContext) -> None:
    provenance = get_provenance(context.record)
    if provenance is None:
        return
    row, count, edition = provenance.deployment, provenance.count, provenance.edition
    place = _("page {page}, row {row}").format(page=row["page"], row=row["row"])
    fingerprint = _("Fingerprint (SHA-256) {start}….").format(start=edition["file_sha256"][:16])
    steps = (
        (
            _("Publication"),
            Markup(
                f"{link(provenance.publication['url'], provenance.publication['title'])}, "
                f"{printed(provenance.publication['publisher'])}"
            ),
        ),
        (
            _("File"),
            Markup(
                f"{link(edition['url'], edition['title'])}"
                f'<span class="lfr-quiet">{text(fingerprint)} '
                f"{text(describe_update(context, (edition['publication_id'],)))}</span>"
            ),
        ),
        (_("Place in the file"), place),
        (
            _("Row"),
            Markup(
                f"{text(_(row['force_name']))}, {text(format_date(row['date']))}, "
                f"{printed(row['location_text'])}"
            ),
        ),
        (_("Printed for alerts"), Markup(f"“{printed(count['printed_text'])}”")),
        (_("Used for alerts"), "[x]" if count["value"] is None else format_count(count["value"])),
        (_("Status"), _(VALUE_STATUS.label(count["value_status"]))),
        (
            _("Added up"),
            _("yes") if row["counted"] else _("no: kept beside the publication that counts"),
        ),
    )
    columns = (Column(_("Step")), Column(_("What stands there"), "wide"))
    caption = _("One number followed: the alerts of the latest row that is an official text")
    show_html(write_table(make_table(caption, columns, steps, whole=True)))


@cached
def show_denominators(context: PageContext) -> None:
    """The same false alerts by both denominators."""
    show_section(_("Two denominators, two rates"), anchor="two-denominators")
    show_prose(_(CAVEATS["two_denominators"]))
    examples = get_examples(context.record)
    if examples is None:
        _describe_no_example("denominators")
        return
    columns = (
        Column(_("Name used here"), "wide"),
        Column(_("Counts"), "wide"),
        Column(_("Value with 95% interval"), "wide"),
        Column(_("In another scale"), "wide"),
    )
    caption = _("The same false alerts, divided by two things: {example}")
    show_html(
        write_table(
            make_table(
                caption.format(example=describe_example(examples)),
                columns,
                list_two_rates(examples),
                whole=True,
            )
        )
    )
    show_points(
        _(
            "Of faces: how likely is a passer-by’s face to lead to a false alert? Most faces lead "
            "to no alert, so the number is tiny wherever many people pass."
        ),
        _(
            "Of alerts: if there is an alert, how likely is it to be false? This is what matters "
            "to somebody who has been flagged."
        ),
        _(
            "“False alert rate” has been used for both. It is no name here, and neither rate "
            "stands on a page without its denominator in its name."
        ),
    )
    show_html(f'<p class="lfr-from">{write_source_note(context, examples.of_alerts.sources)}</p>')


@cached
def show_intervals(context: PageContext) -> None:
    """What an interval is, by an example, and which kind each measure has."""
    show_section(_("How sure a figure is"), anchor="intervals")
    examples = get_examples(context.record)
    if examples is None or examples.worked_share is None:
        _describe_no_example("intervals")
    else:
        show_html(f"<p>{text(describe_example(examples))}.</p>")
        worked_share = describe_worked_share(examples.worked_share)
        if examples.worked_rate:
            worked_share.append(describe_worked_rate(examples.worked_rate))
        if examples.none_seen:
            worked_share.append(describe_worked_zero(examples.none_seen, examples.none_seen_name))
        show_points(*worked_share, describe_uncovered())
    columns = (Column(_("Kind of measure")), Column(_("Interval"), "wide"))
    caption = _("The interval of each kind of measure")
    show_html(write_table(make_table(caption, columns, list_intervals(), whole=True)))


@cached
def show_thresholds(context: PageContext) -> None:
    """Whose software at which threshold, and that thresholds of different vendors do not
    compare."""
    show_section(_("Thresholds do not compare between vendors"), anchor="thresholds")
    show_prose(
        _(CAVEATS["threshold_by_vendor"]),
        _(
            "A threshold is the similarity score that a face must reach for an alert. Each "
            "vendor’s software computes its score in its own way, so that 0.6 of one is not 0.6 of "
            "another: it may be stricter or less strict. Only thresholds of the same software say "
            "which of two settings is the stricter."
        ),
    )
    software = get_software(context.record)
    if example := describe_no_comparison(software):
        show_html(f'<div class="lfr-note"><p><strong>{text(example)}</strong></p></div>')
    columns = (
        Column(_("Software"), "short"),
        Column(_("Thresholds in the rows"), "wide"),
        Column(_("No threshold in the rows of"), "wide"),
    )
    caption = _("Whose software each force’s rows are of, and the thresholds that were printed")
    show_html(write_table(make_table(caption, columns, list_software(software), whole=True)))


def _describe_no_example(card_id: str) -> None:
    sentence = _("The record does not hold the year that is the example here.")
    show_placeholder(f"example-{card_id}", _("No example"), Placeholder("empty", sentence))
