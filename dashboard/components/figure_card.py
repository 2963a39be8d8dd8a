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

from starlette.datastructures import QueryParams

from dashboard.components.card import FigureCard, NoFigure, Placeholder, State
from dashboard.components.source_note import describe_update, write_source_note
from dashboard.components.tables import Markup, write_table
from dashboard.components.templates import write_macro
from dashboard.exports.formats import PREFIX
from dashboard.exports.urls import cite_address, downloads_are_served, in_every_kind
from dashboard.pages import SITE
from dashboard.rendering.capture import catch
from dashboard.rendering.context import PageContext
from dashboard.rendering.pieces import Chart, container, show_chart, show_html
from dashboard.selection.selection import write_query
from dashboard.text.language import _
from dashboard.text.language import mark as N_
from dashboard.text.numbers import without_symbols
from etl.model.caveats import CAVEATS, caveats_of
from etl.releases.catalogue import name_release
from etl.settings import read_site_url

_TEMPLATE = "components/figure_card.html"
_STATES: dict[State, str] = {
    "too_few": N_("Too few for a chart"),
    "empty": N_("Nothing published"),
    "suppressed": N_("Hidden to protect people"),
    "refused": N_("Not shown"),
}


def show_card(context: PageContext, card: FigureCard) -> None:
    """The card; its heading is of level 3. Beside figures of chosen forces,
    what is about another force is left out."""
    card = replace(
        card,
        caveats=caveats_of(card.caveats, context.selection.forces),
        title=without_symbols(card.title),
        subtitle=without_symbols(card.subtitle),
        partial=without_symbols(card.partial),
        alt=without_symbols(card.alt),
    )
    if catch(card):
        return
    head, foot = write_macro(_TEMPLATE, "head", card), _write_foot(context, card)
    side_list = ""
    if card.side_table:
        side_list = write_macro(_TEMPLATE, "beside_map", Markup(write_table(card.side_table)))
    if not card.is_picture:
        show_html(f'<div class="lfr-card">{head}{_write_body(card, side_list)}{foot}</div>')
        return
    with container(f"card-{card.card_id}") if side_list else nullcontext():
        show_html(f'<div class="lfr-head">{head}</div>')
        show_chart(Chart(card.card_id, card.chart, card.alt, card.width))
        show_html(side_list)
        show_html(f'<div class="lfr-foot">{foot}</div>')


def show_placeholder(card_id: str, title: str, instead: Placeholder) -> None:
    """A card of which nothing can be shown but the reason."""
    if not catch(NoFigure(card_id, title, instead)):
        state = _STATES[instead.state]
        show_html(write_macro(_TEMPLATE, "without_figure", card_id, title, instead, state))


def _write_body(card: FigureCard, side_list: str) -> str:
    """A chart that is no picture: HTML, or the reason why there is none;
    the list of a map beside it."""
    chart = card.chart
    is_shown = not isinstance(chart, Placeholder)
    if isinstance(chart, Placeholder):
        chart = write_macro(_TEMPLATE, "placeholder", chart, _STATES[chart.state])
    body = f'<div class="lfr-panel lfr-of-chart">{chart}</div>'
    return f'<div class="lfr-two">{body}{side_list}</div>' if side_list and is_shown else body


def _write_foot(context: PageContext, card: FigureCard) -> str:
    """What each tab shows but the chart itself, and where it comes from."""
    release_id = context.record.release_id
    released = name_release(release_id)
    version = released.version if released else ""
    cite = _("{site}: “{title}”, release {release}, {address}").format(
        site=_(SITE),
        title=card.title,
        release=released.version if released else release_id,
        address=f"{read_site_url()}{context.address(card.card_id)}",
    )
    return write_macro(
        _TEMPLATE,
        "foot",
        card,
        context,
        Markup(write_table(card.table)),
        [
            *(without_symbols(note) for note in card.notes if note not in card.marked_notes),
            *(_(CAVEATS[caveat]) for caveat in dict.fromkeys(card.caveats)),
        ],
        Markup(write_source_note(context, card.sources)),
        describe_update(context, card.sources),
        cite,
        in_every_kind(card.download),
        _write_sharing(context, card, version),
        _list_pictures(context, card, version),
        _name(context, card, "embed") if downloads_are_served() else "",
    )


def _write_sharing(context: PageContext, card: FigureCard, version: str) -> str:
    """Links to the pictures, and what to paste for a figure that follows the record or one that
    stays as it is; nothing where no server answers these addresses."""
    if not downloads_are_served():
        return ""
    site = read_site_url()
    embeds = [
        (
            _("To show it in another page, always with the latest figures:"),
            f"{site}{_name(context, card, 'embed')}",
        )
    ]
    if version:
        words = _("The same, as it is in release {version}:").format(version=version)
        embeds.append((words, f"{site}{_name(context, card, 'embed', version)}"))
    is_cited = version and card.download.startswith(f"{PREFIX}/")
    return write_macro(
        _TEMPLATE,
        "sharing",
        card,
        _list_pictures(context, card, version),
        cite_address(card.download, version) if is_cited else "",
        embeds,
    )


def _list_pictures(context: PageContext, card: FigureCard, version: str) -> dict[str, str]:
    """Addresses of the pictures, where a server answers them and there is something to draw."""
    if not (downloads_are_served() and card.is_picture):
        return {}
    return {kind: _name(context, card, "chart", version, f".{kind}") for kind in ("png", "svg")}


def _name(
    context: PageContext, card: FigureCard, kind: str, version: str = "", ending: str = ""
) -> str:
    """The address of a picture or an embed of what is shown."""
    own = write_query(context.page.slug, context.selection, context.language)
    query = [(name, value) for name, values in own.items() for value in values]
    query += [("release", version)] if version else []
    requested = f"?{QueryParams(query)}" if query else ""
    return f"/{kind}/{context.page.slug}/{card.card_id}{ending}{requested}"
