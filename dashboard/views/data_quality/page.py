"""What is doubtful, corrected, missing or late: findings and what answers them, corrections, publishing, completeness.

In: the frame. Out: the page, for all forces or for one.
"""

from __future__ import annotations

from dashboard.components.card import Instead
from dashboard.components.figure_card import show_instead
from dashboard.components.filters import read_page, show_filters, show_pages
from dashboard.components.findings import make_kinds, write_corrections, write_findings
from dashboard.components.kept_files import show_file
from dashboard.components.prose import fold
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.descriptions.findings import say_corrections, say_findings, say_late, say_silent
from dashboard.queries.findings import (
    ask_corrections,
    ask_findings,
    ask_kinds,
    ask_publishers,
    ask_set_aside,
    list_titles,
)
from dashboard.queries.publishing import ask_silent, ask_users
from dashboard.rendering.context import Frame, cached
from dashboard.rendering.html import printed, text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _
from dashboard.text.numbers import say_count, say_date, say_period
from dashboard.views.data_quality.publishing import show_completeness, show_forms, show_silent
from etl.model.checks import CHECKS
from etl.model.codes import SEVERITY

FINDINGS_A_PAGE = 10
_OF_FINDINGS = ("status", "check_id", "page")


def show(frame: Frame) -> None:
    """The whole page."""
    show_filters(frame, "force", "publication")
    _show_lead(frame.without(*_OF_FINDINGS))
    _show_missing(frame.without(*_OF_FINDINGS, "publication_id"))
    show_section(_("Findings"), anchor="findings")
    _show_kinds(frame.without("status", "page"))
    show_filters(frame, "check", "status")
    _show_findings(frame)
    _show_corrections(frame.without(*_OF_FINDINGS))
    _show_late(frame.without(*_OF_FINDINGS, "publication_id"))
    _show_checks(frame.without("forces", "publication_id", *_OF_FINDINGS))


@cached
def _show_lead(frame: Frame) -> None:
    """Missing, doubtful, corrected, late: one card each, which leads to its section."""
    answers, chosen = frame.answers, frame.chosen
    one_force = chosen.force_id
    missing = say_silent(ask_silent(answers), len(ask_users(answers)))
    if one_force:
        (own,) = answers.publishing((one_force,)).forces
        missing = _(own.reason)
    blocks = (
        (_("Missing"), missing, "silent"),
        (_("Doubtful"), say_findings(ask_kinds(answers, chosen)), "findings"),
        (_("Corrected"), say_corrections(len(ask_corrections(answers, chosen))), "corrections"),
        (_("Late"), say_late(ask_publishers(answers, chosen)), "publishing"),
    )
    items = "".join(
        f'<li><h2><a href="#{anchor}">{text(title)}</a></h2><p>{text(words)}</p></li>'
        for title, words, anchor in blocks
    )
    show_html(f'<ul class="lfr-cards lfr-known lfr-four">{items}</ul>')


@cached
def _show_missing(frame: Frame) -> None:
    show_silent(frame)


@cached
def _show_kinds(frame: Frame) -> None:
    """Kinds of findings of the force and the publication, by what has become of them."""
    kinds = ask_kinds(frame.answers, frame.chosen)
    if not kinds:
        said = _("No check found anything in these rows. That does not show that they are right.")
        show_instead("no-finding", _("No finding"), Instead("empty", said))
        return
    said = _("Each publication is checked against itself, the other rows and what was stated elsewhere. A finding is not a judgement: it says what does not fit, and stays open until somebody can show why.")  # fmt: skip
    show_html(f'<p class="lfr-small">{text(said)}</p>')
    show_html(write_table(make_kinds(frame.without("check_id"), kinds, say_findings(kinds))))


def _show_findings(frame: Frame) -> None:
    count = _count_findings(frame.without("page"))
    if not count:
        if frame.chosen.status or frame.chosen.check_id:
            said = _("No finding of this kind and status is in the selection.")
            show_instead("no-such-finding", _("No finding"), Instead("empty", said))
        return
    pages = -(-count // FINDINGS_A_PAGE)
    _show_findings_page(frame.without("page"), read_page(frame, pages))
    show_pages(frame, pages)


@cached
def _count_findings(frame: Frame) -> int:
    return len(ask_findings(frame.answers, frame.chosen))


@cached
def _show_findings_page(frame: Frame, page: int) -> None:
    lines = ask_findings(frame.answers, frame.chosen)
    start = (page - 1) * FINDINGS_A_PAGE
    shown = lines[start : start + FINDINGS_A_PAGE]
    caption = _("Findings {first} to {last} of {count}: warnings first, then notes").format(
        first=say_count(start + 1), last=say_count(start + len(shown)), count=say_count(len(lines))
    )
    show_html(write_findings(frame, shown, caption))
    show_file(frame, "findings")


@cached
def _show_corrections(frame: Frame) -> None:
    """Declared corrections, then which publication counts where two have the same deployments."""
    show_section(_("Corrections"), anchor="corrections")
    made = ask_corrections(frame.answers, frame.chosen)
    if made:
        show_html(write_corrections(frame, made, list_titles(frame.answers)))
        show_file(frame, "corrections")
    else:
        said = _("Nothing in these rows is corrected. A value is changed only where a misprint can be shown.")
        show_html(f'<p class="lfr-small">{text(said)}</p>')
    aside = ask_set_aside(frame.answers, frame.chosen)
    if aside:
        titles = {one["publication_id"]: one["title"] for one in frame.answers.rows("publications")}
        columns = (Column(_("Period"), "wide"), Column(_("Counted"), "wide"), Column(_("Kept, not counted"), "wide"), Column(_("Why"), "wide"), Column(_("What shows it"), "wide"))  # fmt: skip
        rows = [
            (
                say_period(one["first_date"], one["last_date"]),
                Markup(printed(titles[one["counts_publication_id"]])),
                Markup(printed(titles[one["kept_publication_id"]])),
                Markup(printed(one["reason"])),
                Markup(f'{printed(one["evidence"])}<span class="lfr-quiet">{text(_("declared on {day}").format(day=say_date(one["declared_on"])))}</span>'),
            )
            for one in aside
        ]  # fmt: skip
        caption = _("Where two publications have the same deployments, one is counted")
        show_html(write_table(make_table(caption, columns, rows, whole=True, stacked=True)))


@cached
def _show_late(frame: Frame) -> None:
    show_forms(frame)
    show_completeness(frame)


@cached
def _show_checks(frame: Frame) -> None:
    """Everything that is checked, also what found nothing."""
    show_section(_("What is checked"), anchor="checks")
    counts = {one.check.check_id: one.count for one in ask_kinds(frame.answers, frame.chosen)}
    columns = (Column(_("Check"), "wide"), Column(_("What it asks"), "wide"), Column(_("How much it matters")), Column(_("Findings"), "number"))  # fmt: skip
    rows = [
        (_(one.title), _(one.question), _(SEVERITY.label(one.severity)), say_count(counts.get(one.check_id, 0)))
        for one in CHECKS
    ]  # fmt: skip
    caption = _(
        "{count} checks, of which {found} found something. An error stops a release, so none is left"
    ).format(count=say_count(len(CHECKS)), found=say_count(len(counts)))
    table = write_table(make_table(caption, columns, rows, stacked=True))
    words = _("All checks, also those that found nothing")
    show_html(fold(words, table))


VIEW = View(show)
