"""What is doubtful, corrected, missing or late: findings and what answers them, corrections,
publishing, completeness.

In: the frame. Out: the page, for all forces or for one."""

from __future__ import annotations

from dashboard.components.card import Placeholder
from dashboard.components.figure_card import show_placeholder
from dashboard.components.filters import read_page, show_filters, show_pages
from dashboard.components.findings import make_kinds, write_corrections, write_findings
from dashboard.components.kept_files import show_file
from dashboard.components.prose import fold
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.descriptions.findings import (
    describe_corrections,
    describe_findings,
    describe_late,
    describe_silent,
)
from dashboard.queries.findings import (
    get_corrections,
    get_findings,
    get_kinds,
    get_publishers,
    get_set_aside,
    list_titles,
)
from dashboard.queries.publishing import get_silent, get_users
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import printed, text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _
from dashboard.text.messages import translate_message
from dashboard.text.numbers import format_count, format_date, format_period
from dashboard.views.data_quality.publishing import show_completeness, show_forms, show_silent
from etl.model.checks import CHECKS
from etl.model.codes import SEVERITY
from etl.model.reference import Publication

FINDINGS_A_PAGE = 10
_OF_FINDINGS = ("status", "check_id", "page")


def show(context: PageContext) -> None:
    """The whole page."""
    show_filters(context, "force", "publication")
    _show_lead(context.without(*_OF_FINDINGS))
    _show_missing(context.without(*_OF_FINDINGS, "publication_id"))
    show_section(_("Findings"), anchor="findings")
    _show_kinds(context.without("status", "page"))
    show_filters(context, "check", "status")
    _show_findings(context)
    _show_corrections(context.without(*_OF_FINDINGS))
    _show_late(context.without(*_OF_FINDINGS, "publication_id"))
    _show_checks(context.without("forces", "publication_id", *_OF_FINDINGS))


@cached
def _show_lead(context: PageContext) -> None:
    """Missing, doubtful, corrected, late: one card each, which leads to its section."""
    record, selection = context.record, context.selection
    single_force = selection.force_id
    missing = describe_silent(get_silent(record), len(get_users(record)))
    if single_force:
        (own,) = record.publishing.describe((single_force,)).forces
        missing = translate_message(own.reason)
    blocks = (
        (_("Missing"), missing, "silent"),
        (_("Doubtful"), describe_findings(get_kinds(record, selection)), "findings"),
        (
            _("Corrected"),
            describe_corrections(len(get_corrections(record, selection))),
            "corrections",
        ),
        (_("Late"), describe_late(get_publishers(record, selection)), "publishing"),
    )
    items = "".join(
        f'<li><h2><a href="#{anchor}">{text(title)}</a></h2><p>{text(words)}</p></li>'
        for title, words, anchor in blocks
    )
    show_html(f'<ul class="lfr-cards lfr-known lfr-four">{items}</ul>')


@cached
def _show_missing(context: PageContext) -> None:
    show_silent(context)


@cached
def _show_kinds(context: PageContext) -> None:
    """Kinds of findings of the force and the publication, by what has become of them."""
    kinds = get_kinds(context.record, context.selection)
    if not kinds:
        sentence = _(
            "Our checks found nothing here. That does not show that the figures are right."
        )
        show_placeholder("no-finding", _("No finding"), Placeholder("empty", sentence))
        return
    sentence = _(
        "We check each publication against itself, the other figures and what was said "
        "elsewhere. A finding is not a judgement: it says what does not fit, and stays open "
        "until someone can show why."
    )
    show_html(f'<p class="lfr-small">{text(sentence)}</p>')
    show_html(write_table(make_kinds(context.without("check_id"), kinds, describe_findings(kinds))))


def _show_findings(context: PageContext) -> None:
    count = _count_findings(context.without("page"))
    if not count:
        if context.selection.status or context.selection.check_id:
            sentence = _("No finding of this kind and status is in the selection.")
            show_placeholder("no-such-finding", _("No finding"), Placeholder("empty", sentence))
        return
    pages = -(-count // FINDINGS_A_PAGE)
    _show_findings_page(context.without("page"), read_page(context, pages))
    show_pages(context, pages)


@cached
def _count_findings(context: PageContext) -> int:
    return len(get_findings(context.record, context.selection))


@cached
def _show_findings_page(context: PageContext, page: int) -> None:
    lines = get_findings(context.record, context.selection)
    start = (page - 1) * FINDINGS_A_PAGE
    shown = lines[start : start + FINDINGS_A_PAGE]
    caption = _("Findings {first} to {last} of {count}: warnings first, then notes").format(
        first=format_count(start + 1),
        last=format_count(start + len(shown)),
        count=format_count(len(lines)),
    )
    show_html(write_findings(context, shown, caption))
    show_file(context, "findings")


@cached
def _show_corrections(context: PageContext) -> None:
    """Declared corrections, then which publication counts where two have the same deployments."""
    show_section(_("Corrections"), anchor="corrections")
    made = get_corrections(context.record, context.selection)
    if made:
        show_html(write_corrections(context, made, list_titles(context.record)))
        show_file(context, "corrections")
    else:
        sentence = _(
            "Nothing here is corrected. We change a value only where a misprint can be shown."
        )
        show_html(f'<p class="lfr-small">{text(sentence)}</p>')
    aside = get_set_aside(context.record, context.selection)
    if aside:
        titles = {
            publication.publication_id: publication.title
            for publication in context.record.table(Publication)
        }
        columns = (
            Column(_("Period"), "wide"),
            Column(_("What is measured"), "wide"),
            Column(_("Kept, not counted"), "wide"),
            Column(_("Why"), "wide"),
            Column(_("What shows it"), "wide"),
        )
        rows = [
            (
                format_period(row.first_date, row.last_date),
                printed(titles[row.counts_publication_id]),
                printed(titles[row.kept_publication_id]),
                printed(row.reason),
                Markup(
                    f"{printed(row.evidence)}<span "
                    'class="lfr-quiet">'
                    f"{text(_('made on {day}').format(day=format_date(row.declared_on)))}"
                    "</span>"
                ),
            )
            for row in aside
        ]
        caption = _("Where two publications have the same deployments, one is counted")
        show_html(write_table(make_table(caption, columns, rows, whole=True, stacked=True)))


@cached
def _show_late(context: PageContext) -> None:
    show_forms(context)
    show_completeness(context)


@cached
def _show_checks(context: PageContext) -> None:
    """Everything that is checked, also what found nothing."""
    show_section(_("What is checked"), anchor="checks")
    counts = {
        kind.check.check_id: kind.count for kind in get_kinds(context.record, context.selection)
    }
    columns = (
        Column(_("Check"), "wide"),
        Column(_("What it asks"), "wide"),
        Column(_("How much it matters")),
        Column(_("Findings"), "number"),
    )
    rows = [
        (
            _(check.title),
            _(check.question),
            _(SEVERITY.label(check.severity)),
            format_count(counts.get(check.check_id, 0)),
        )
        for check in CHECKS
    ]
    caption = _(
        "{count} checks, of which {found} found something. An error stops a release, so none is "
        "left"
    ).format(count=format_count(len(CHECKS)), found=format_count(len(counts)))
    table = write_table(make_table(caption, columns, rows, stacked=True))
    words = _("All checks, also those that found nothing")
    show_html(fold(words, table))


VIEW = View(show)
