"""One claim at its own address: verdict, figures side by side, how they were compared, and the rows behind them.

In: the frame and the id of a claim. Out: the page below its heading.
"""

from __future__ import annotations

from dashboard.components.claims import write_what
from dashboard.components.filters import show_pages
from dashboard.components.source_note import say_update, write_source_note
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.descriptions.claims import (
    say_difference_of,
    say_figures,
    say_plain,
    say_row_counts,
    say_rows_figure,
    say_search,
    say_silent,
    say_verdict,
    say_window,
)
from dashboard.exports.record_urls import record_address
from dashboard.exports.urls import downloads_are_served
from dashboard.queries.claims import ClaimLine, SourceRow, ask_claim, ask_claim_rows
from dashboard.rendering.context import Frame, cached
from dashboard.rendering.html import link, printed, text, told
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import say_count, say_date, say_period
from dashboard.views.claims.lists import claim_address, write_about, write_grade
from etl.model.claim_measures import CLAIM_ROW, CONFLICT

CLAIMS = "claims"
_A_PAGE = 25


def show_claim(frame: Frame, claim_id: str) -> None:
    """The claim; the table of its rows has pages."""
    _show_claim(frame.without("page"), claim_id)
    count = len(frame.answers.claim_rows(claim_id))
    if count:
        show_section(_("The rows it was compared with"), anchor="rows")
        page = show_pages(frame, -(-count // _A_PAGE))
        _show_rows(frame, claim_id, page)
    _show_foot(frame.without("page"), claim_id)


@cached
def _show_claim(frame: Frame, claim_id: str) -> None:
    line = ask_claim(frame.answers, claim_id)
    if line is None:
        return
    back = text(frame.address(claim="", page=1))
    show_html(f'<p class="lfr-small"><a href="{back}">{text(_("All claims"))}</a></p>')
    figures = say_figures(line)
    show_html(
        f'<h2 id="{text(claim_id)}" class="lfr-claim">{write_what(line)}: {text(figures.stated)}</h2>'
        f'<p class="lfr-subtitle">{write_about(line)}. {text(say_window(line.comparison))}</p>'
    )
    compared = line.comparison
    show_html(
        f'<div class="lfr-note"><p><strong>{text(say_verdict(compared))}.</strong> {text(say_plain(compared))}</p>'
        f"<p>{told(compared.reason)}</p></div>"
    )
    show_html(_write_figures(frame, line))
    _show_how(frame, line)


def _write_figures(frame: Frame, line: ClaimLine) -> str:
    """Stated, published and the difference, each with what stands behind it."""
    compared, figures = line.comparison, say_figures(line)
    source = f'{link(line.claim["source_url"], line.claim["source_title"])}<span class="lfr-quiet">{write_grade(line)}</span>'
    rows: list[tuple[str, str, str]] = [(_("Stated"), figures.stated, Markup(source))]
    if compared.verdict != "cannot_be_compared":
        ours = say_rows_figure(compared, figures.rows) if figures.rows else _("[x] no number")
        rows.append((_("Published rows"), ours, Markup(f"{text(say_row_counts(compared))}. {write_source_note(frame, compared.sources)}")))  # fmt: skip
        rows.append((_("Difference"), figures.difference or "[x]", say_difference_of(compared)))
    columns = (Column(_("What"), "short"), Column(_("Figure"), "number"), Column(_("What stands behind it"), "wide"))  # fmt: skip
    caption = _("The stated figure beside the published rows")
    return write_table(make_table(caption, columns, rows, whole=True))


def _show_how(frame: Frame, line: ClaimLine) -> None:
    compared, claim = line.comparison, line.claim
    lines = [text(one) for one in (say_search(compared),) if one]
    if compared.note:
        lines.append(told(compared.note))
    if claim["note"]:
        lines.append(f"{text(_('The collector noted:'))} {printed(claim['note'])}")
    if lines:
        show_section(_("How it was compared"), anchor="how")
        show_html(f'<ul class="lfr-plain">{"".join(f"<li>{one}</li>" for one in lines)}</ul>')
    if compared.parts:
        show_html(_write_parts(frame, line))
    if compared.conflicts:
        show_section(_("What else was stated"), anchor="elsewhere")
        show_html(_write_conflicts(frame, line))


def _write_parts(frame: Frame, line: ClaimLine) -> str:
    """The sum by force."""
    parts = sorted(line.comparison.parts, key=lambda one: (-(one.numerator or 0), one.force_id))
    rows = [
        (
            frame.names.get(one.force_id, one.force_id),
            "[x]" if one.numerator is None else say_count(one.numerator),
            say_count(one.rows_used),
            say_count(one.rows_missing),
        )
        for one in parts
    ]
    columns = (
        Column(_("Force"), "wide"),
        Column(_("Published rows add up to"), "number"),
        Column(_("Rows added up"), "number"),
        Column(_("Rows that lack the number"), "number"),
    )
    silent = [frame.names.get(one.force_id, one.force_id) for one in parts if one.numerator is None]
    caption = f"{_('The published part by force.')} {say_silent(silent)}".strip()
    return write_table(make_table(caption, columns, rows, whole=True))


def _write_conflicts(frame: Frame, line: ClaimLine) -> str:
    items = []
    for one in line.comparison.conflicts:
        other = ask_claim(frame.answers, one.claim_id)
        if other is not None:
            relation = _(CONFLICT.label(one.relation))
            address = claim_address(frame, one.claim_id)
            name = f'<a href="{address}">{write_what(other)}: {text(say_figures(other).stated)}</a>'
            items.append(f"<li>{text(f'{relation[:1].upper()}{relation[1:]}')}: {name}. {printed(other.claim['source_title'])}</li>")  # fmt: skip
    return f'<ul class="lfr-plain">{"".join(items)}</ul>'


@cached
def _show_rows(frame: Frame, claim_id: str, page: int) -> None:
    line = ask_claim(frame.answers, claim_id)
    if line is None:
        return
    found, count = ask_claim_rows(frame.answers, claim_id, (page - 1) * _A_PAGE, _A_PAGE)
    rate = line.comparison.denominator is not None
    columns = [
        Column(_("Date"), "short"),
        Column(_("Force"), "short"),
        Column(_("Location as printed"), "wide"),
        Column(_("Number"), "number"),
        *([Column(_("Of"), "number")] if rate else []),
        Column(_("In the sum"), "short"),
        Column(_("Source"), "wide"),
    ]
    rows = [_write_row(one, rate=rate) for one in found]
    caption = _("{first} to {last} of {count} rows, the earliest first").format(
        first=say_count((page - 1) * _A_PAGE + 1),
        last=say_count((page - 1) * _A_PAGE + len(found)),
        count=say_count(count),
    )
    classes = ["" if one.given.state_code == "used" else "lfr-uncounted" for one in found]
    show_html(write_table(make_table(caption, columns, rows, classes=classes, whole=True)))


def _write_row(one: SourceRow, *, rate: bool) -> list[str]:
    row, given = one.deployment, one.given
    day = say_period(row["date"], row["end_date"] or row["date"]) if row["date"] else say_date(None)
    place = _("page {page}, row {row}").format(page=row["page"], row=row["row"])
    numbers = [given.numerator, given.denominator] if rate else [given.numerator]
    return [
        day,
        str(row["force_name"]),
        Markup(printed(row["location_text"])),
        *("[x]" if one is None else say_count(one) for one in numbers),
        _(CLAIM_ROW.label(given.state_code)),
        Markup(f"{link(one.source_address, one.source_title)}, {text(place)}"),
    ]


@cached
def _show_foot(frame: Frame, claim_id: str) -> None:
    links = []
    if downloads_are_served():
        address = record_address(CLAIMS, frame.page.slug, frame.chosen)
        links.append(f'<a href="{text(address)}" download>{text(_("This claim as CSV"))}</a>')
    links.append(f'<a href="{text(frame.address(claim=claim_id))}">{text(_("Link to this claim"))}</a>')
    source = f"{write_source_note(frame, (CLAIMS,))} {text(say_update(frame, (CLAIMS,)))}"
    show_html(f'<p class="lfr-from">{source} {text(claim_id)} {" ".join(links)}</p>')
