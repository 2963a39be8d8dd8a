"""Claims as cards and tables: those that people ask about, those of a selection, and how many have
each verdict.

In: claims with their comparisons. Out: HTML. What publications and the collector wrote goes through
`printed`."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.claims import write_what
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.descriptions.claims import (
    PLAIN,
    describe_figures,
    describe_plain,
    describe_verdict,
    format_when,
)
from dashboard.queries.claims import ClaimLine, count_verdicts
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import printed, text
from dashboard.text.language import _
from dashboard.text.numbers import format_count
from etl.model.claim_measures import VERDICT
from etl.model.codes import RELIABILITY

# Verdicts that the difference decides.
_DECIDED = ("close", "does_not_add_up")


def write_known(context: PageContext, known: Sequence[tuple[str, tuple[ClaimLine, ...]]]) -> str:
    """A card for each statement: the figure, what the rows add up to, the verdict;
    further figures of it below."""
    cards = "".join(_write_card(context, title, lines) for title, lines in known)
    return f'<ul class="lfr-cards lfr-pair">{cards}</ul>'


def write_claims(context: PageContext, lines: Sequence[ClaimLine], caption: str) -> str:
    """A row a claim; the first cell leads to the claim's own address."""
    columns = (
        Column(_("What was stated, and the verdict"), "wide"),
        Column(_("Stated"), "number"),
        Column(_("Published rows"), "number"),
        Column(_("Difference"), "short"),
        Column(_("Stated by"), "wide"),
    )
    return write_table(
        make_table(caption, columns, [_write_row(context, line) for line in lines], whole=True)
    )


def write_verdicts(context: PageContext, lines: Sequence[ClaimLine]) -> str:
    """Each verdict with its meaning and how many claims have it; the number leads to them."""
    counts = count_verdicts(lines)
    rows = []
    for code in VERDICT:
        sentence = _(VERDICT.label(code))
        address = text(context.address("all", verdict=code))
        rows.append(
            (
                f"{sentence[:1].upper()}{sentence[1:]}",
                _(PLAIN[code]),
                _(VERDICT.entry(code).meaning),
                Markup(f'<a href="{address}">{text(format_count(counts[code]))}</a>'),
            )
        )
    columns = (
        Column(_("Verdict"), "wide"),
        Column(_("In plain words"), "wide"),
        Column(_("When it is given"), "wide"),
        Column(_("Claims"), "number"),
    )
    caption = _("Verdicts, from a closed list, and how many claims of the record have each")
    return write_table(make_table(caption, columns, rows, whole=True))


def write_about(line: ClaimLine) -> str:
    """Whom, where and when it is about, as HTML."""
    place = line.claim.location_text
    whom = [printed(value) for value in (line.claim.force_text, place) if value]
    return ", ".join((*whom, text(format_when(line))))


def write_grade(line: ClaimLine) -> str:
    """In what kind of text the figure was read."""
    return text(_(RELIABILITY.label(line.claim.reliability)))


def claim_address(context: PageContext, claim_id: str) -> str:
    """The claim's own address."""
    return text(context.address(claim=claim_id, page=1))


def _write_card(context: PageContext, title: str, lines: Sequence[ClaimLine]) -> str:
    first, rest = lines[0], lines[1:]
    figures = describe_figures(first)
    rows = figures.rows or _("no row has the number")
    plain = describe_plain(first.comparison)
    verdict = f"{text(describe_verdict(first.comparison))}{_add(first, figures.difference)}"
    body = (
        f'<p class="lfr-figure">{text(figures.stated)}<small>{write_what(first)}. '
        f"{write_about(first)}</small></p>"
        f"<p>{text(_('Published figures: {figure}.').format(figure=rows))} "
        f"<strong>{verdict}.</strong></p>"
        f"{f'<p>{text(plain)}</p>' if plain else ''}"
    )
    if rest:
        items = "".join(f"<li>{_write_short(context, line)}</li>" for line in rest)
        body += f'<ul class="lfr-small">{items}</ul>'
    more = _("How we compared it")
    link = f'<a href="{claim_address(context, first.claim_id)}">{text(more)}</a>'
    source = f"{text(_('Stated by'))} {printed(first.claim.source_title)}"
    return (
        f'<li id="{text(first.claim_id)}"><h3>{text(_(title))}</h3>{body}'
        f'<p class="lfr-from">{source}. {link}</p></li>'
    )


def _add(line: ClaimLine, difference: str) -> str:
    """The difference behind a verdict that it decides; nothing behind another."""
    return f": {text(difference)}" if line.comparison.verdict in _DECIDED else ""


def _write_short(context: PageContext, line: ClaimLine) -> str:
    figures = describe_figures(line)
    what = (
        f'<a href="{claim_address(context, line.claim_id)}">{write_what(line)}: '
        f"{text(figures.stated)}</a>"
    )
    rows = f"; {text(_('published {figure}').format(figure=figures.rows))}" if figures.rows else ""
    verdict = _(VERDICT.label(line.comparison.verdict))
    return f"{what}{rows}: {text(verdict)}."


def _write_row(context: PageContext, line: ClaimLine) -> tuple[str, ...]:
    figures, claim = describe_figures(line), line.claim
    compared = line.comparison.verdict != "cannot_be_compared"
    nothing = "[x]" if compared else "[z]"
    about = f'<span class="lfr-quiet">{write_about(line)}</span>'
    verdict = f'<span class="lfr-verdict">{text(describe_verdict(line.comparison))}</span>'
    source = f'{printed(claim.source_title)}<span class="lfr-quiet">{write_grade(line)}</span>'
    if line.again:
        also = "; ".join(
            f'<a href="{claim_address(context, other.claim_id)}">{printed(other.source_title)}</a>'
            for other in line.again
        )
        source += f'<span class="lfr-quiet">{text(_("Also:"))} {also}</span>'
    return (
        Markup(
            f'<a href="{claim_address(context, line.claim_id)}">{write_what(line)}</a>'
            f"{about}{verdict}"
        ),
        figures.stated,
        figures.rows or nothing,
        figures.difference or nothing,
        Markup(source),
    )
