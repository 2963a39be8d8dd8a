"""The figure card: a figure with everything that belongs to it; it cannot be made without one of
its parts.

In: a figure and its words, all from the record. Out: a card with the tabs Chart (Map where it is
one), Table, Download and About. Contains no widget, so that a cached drawing can be replayed. The
tabs are radio buttons and a rule of the style sheet: no script, no run, and a quarter of the
elements that the framework's own tabs are. In print, and in a browser that does not know the rule,
every tab is shown, one below the other."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

from dashboard.components.card import FigureCard, NoFigure, Placeholder, State
from dashboard.components.caveats import write_caveats
from dashboard.components.sharing import write_sharing
from dashboard.components.source_note import describe_update, write_source_note
from dashboard.components.tables import Table, write_table
from dashboard.exports.urls import in_every_kind
from dashboard.pages import SITE
from dashboard.rendering.capture import catch
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import text
from dashboard.rendering.pieces import Chart, container, show_chart, show_html
from dashboard.text.language import _
from dashboard.text.language import mark as N_
from etl.model.caveats import caveats_of
from etl.releases.catalogue import name_release
from etl.settings import read_site_url

_PANELS = ("chart", "table", "download", "about")
_STATES: dict[State, str] = {
    "too_few": N_("Too few to draw"),
    "empty": N_("Nothing published"),
    "suppressed": N_("[c] Suppressed"),
    "refused": N_("Not shown"),
}


def show_card(context: PageContext, card: FigureCard) -> None:
    """The card; its heading is of level 3. Beside figures of chosen forces,
    what is about another force is left out."""
    card = replace(card, caveats=caveats_of(card.caveats, context.selection.forces))
    if catch(card):
        return
    if not card.is_picture:
        show_html(
            f'<div class="lfr-card">{_write_head(card)}{_write_body(card)}'
            f"{_write_foot(context, card)}</div>"
        )
        return
    with container(f"card-{card.card_id}") if card.side_table else nullcontext():
        show_html(f'<div class="lfr-head">{_write_head(card)}</div>')
        show_chart(Chart(card.card_id, card.chart, card.alt))
        if card.side_table:
            show_html(_write_atomically(card.side_table))
        show_html(f'<div class="lfr-foot">{_write_foot(context, card)}</div>')


def show_placeholder(card_id: str, title: str, instead: Placeholder) -> None:
    """A card of which nothing can be shown but the reason."""
    if not catch(NoFigure(card_id, title, instead)):
        show_html(
            f'<div class="lfr-card">{_write_heading(title, card_id)}{_write_placeholder(instead)}'
            "</div>"
        )


def _write_head(card: FigureCard) -> str:
    """Title, measure, period, tabs."""
    partial = f'<p class="lfr-partial">{text(card.partial)}</p>' if card.partial else ""
    # The site's script says the first of these to readers who do not see that a figure has changed.
    sentence = (
        f"<span data-announce hidden>{text(card.title)}. {text(card.subtitle.rstrip('.'))}.</span>"
    )
    subtitle = f'<p class="lfr-subtitle">{text(card.subtitle)}</p>'
    return (
        f"{_write_heading(card.title, card.card_id)}{sentence}{subtitle}{partial}"
        f"{_write_tabs(card)}"
    )


def _write_heading(title: str, card_id: str) -> str:
    return f'<h3 id="{text(card_id)}">{text(title)}</h3>'


def _write_tabs(card: FigureCard) -> str:
    words = (_("Map") if card.side_table else _("Chart"), _("Table"), _("Download"), _("About"))
    buttons = "".join(
        (
            f'<label><input type="radio" name="tab-{text(card.card_id)}" '
            f'class="lfr-to-{panel}"{" checked" if panel == _PANELS[0] else ""}>'
            f"<span>{text(word)}</span></label>"
        )
        for panel, word in zip(_PANELS, words, strict=True)
    )
    return (
        '<fieldset class="lfr-tabs"><legend '
        f'class="lfr-unseen">{text(_("Show"))}</legend>{buttons}</fieldset>'
    )


def _write_body(card: FigureCard) -> str:
    """A chart that is no picture: HTML, or the reason why there is none;
    the list of a map beside it."""
    if isinstance(card.chart, Placeholder):
        return _in_panel(_PANELS[0], _write_placeholder(card.chart))
    drawn = _in_panel(_PANELS[0], str(card.chart))
    return (
        f'<div class="lfr-two">{drawn}{_write_atomically(card.side_table)}</div>'
        if card.side_table
        else drawn
    )


def _write_atomically(table: Table) -> str:
    return f'<div class="lfr-beside-map">{_in_panel(_PANELS[0], write_table(table))}</div>'


def _write_foot(context: PageContext, card: FigureCard) -> str:
    """What each tab shows but the chart itself, and where it comes from."""
    # A mark in a cell is explained where it stands.
    marks = write_caveats((), [note for note in card.notes if "[" in note])
    panels = (
        f"{card.legend}{write_caveats(card.caveats, card.notes)}",
        f'{write_table(card.table)}<div class="lfr-on-screen">{marks}</div>'
        if marks
        else write_table(card.table),
        f"{_write_download(context, card)}{write_sharing(context, card)}",
        _write_about(card),
    )
    return f"{''.join(map(_in_panel, _PANELS, panels))}{_write_source(context, card)}"


def _in_panel(panel: str, body: str) -> str:
    return f'<div class="lfr-panel lfr-of-{panel}">{body}</div>'


def _write_placeholder(instead: Placeholder) -> str:
    return (
        f'<div class="lfr-instead lfr-{instead.state}"><p>'
        f"<strong>{text(_(_STATES[instead.state]))}</strong></p><p>{text(instead.words)}</p></div>"
    )


def _write_download(context: PageContext, card: FigureCard) -> str:
    if context.host:
        sentence = _(
            "Files, and what to cite, are of published releases alone; this page is not public."
        )
        return f"<p>{text(sentence)}</p>"
    cite = _("{site}: “{title}”, release {release}, {address}").format(
        site=_(SITE),
        title=card.title,
        release=_format_version(context.record.release_id),
        address=f"{read_site_url()}{context.address(card.card_id)}",
    )
    links = ", ".join(
        f'<a href="{text(address)}" download>{ending.upper()}</a>'
        for ending, address in in_every_kind(card.download).items()
    )
    contents = _(
        "Every value with its numerator, denominator, interval, status, sources and release."
    )
    return (
        f'<p class="lfr-on-screen">{text(_("These figures as a file:"))} {links}</p>'
        f'<p class="lfr-small lfr-on-screen">{text(contents)}'
        f'</p><p class="lfr-small"><strong>{text(_("To cite:"))}</strong> {text(cite)}</p>'
    )


def _format_version(release_id: str) -> str:
    """The version of what is shown; its content where it is a draft."""
    released = name_release(release_id)
    return released.version if released else release_id


def _write_about(card: FigureCard) -> str:
    terms = [*card.about, (_("In words"), card.alt)]
    sentence = "".join(f"<dt>{text(term)}</dt><dd>{text(words)}</dd>" for term, words in terms)
    return f'<dl class="lfr-about">{sentence}</dl>'


def _write_source(context: PageContext, card: FigureCard) -> str:
    here = f'<a href="{text(context.address(card.card_id))}">{text(_("Link to this view"))}</a>'
    return (
        f'<p class="lfr-from">{write_source_note(context, card.sources)} '
        f"{text(describe_update(context, card.sources))} {here}</p>"
    )
