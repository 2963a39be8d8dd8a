"""The field by which a place is found from any page, and the answer to it in one line.

In: the frame, a locality. Out: HTML: a form of the browser's own, which needs no script; a
sentence with a bar for each of the last twelve quarters."""

from __future__ import annotations

from dashboard.pages import BY_SLUG
from dashboard.queries.places import Locality, get_quarters
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import text
from dashboard.selection.parameters import BY_NAME
from dashboard.selection.selection import LANG, MAX_SEARCH_LENGTH, Selection, write_address
from dashboard.text.language import DEFAULT, _, ngettext
from dashboard.text.numbers import format_count, format_date, format_step, format_total

PLACES = "places"
_FIELD, _ID = "place", "find-place"


def write_find(context: PageContext, typed: str = "") -> str:
    """The field, which leads to the page of places."""
    language = (
        ""
        if context.language == DEFAULT
        else f'<input type="hidden" name="{LANG}" value="{text(context.language)}">'
    )
    return (
        f'<form class="lfr-find" role="search" method="get" action="{write_address(PLACES, {})}">'
        f'{language}<div><label for="{_ID}">'
        f"{text(_('Postcode, town, borough or police force'))}</label>"
        f'<input type="text" id="{_ID}" name="{BY_NAME[_FIELD].name}" value="{text(typed)}" '
        f'maxlength="{MAX_SEARCH_LENGTH}" autocomplete="off" '
        f'placeholder="{text(_("For example Croydon, Cardiff or SW9"))}"></div>'
        f"<button>{text(_('Was it used here?'))}</button></form>"
    )


def write_place_link(context: PageContext, locality: Locality) -> str:
    """The name of a district or place, leading to its page where the site has one."""
    name = text(locality.name)
    address = address_of_place(context, locality)
    return f'<a href="{text(address)}">{name}</a>' if address else name


def address_of_place(context: PageContext, locality: Locality) -> str:
    """The page of a district or place; empty on a site without it."""
    if PLACES not in BY_SLUG:
        return ""
    if locality.place is not None:
        return context.address_of(PLACES, search=locality.place.place_id)
    return context.address_of(PLACES, district=locality.selection.district)


def describe_locality(locality: Locality) -> str:
    """`Croydon: 69 times, last on 16 April 2026; 41 of them at North End, Croydon`."""
    estimate = locality.deployments
    if estimate is None:
        return _("No known deployment in {name}.").format(name=locality.name)
    if estimate.numerator is None:
        return _("{name}: it was used, and the number is not published.").format(name=locality.name)
    template = ngettext(
        "{name}: {count} time, last on {day}",
        "{name}: {count} times, last on {day}",
        estimate.numerator,
    )
    sentence = template.format(
        name=locality.name, count=format_total(estimate), day=format_date(estimate.period_end)
    )
    if len(locality.spots) > 1:
        top = locality.spots[0]
        most = _("{count} of them at {place}").format(count=format_count(top.count), place=top.name)
        sentence = f"{sentence}; {most}"
    return f"{sentence}."


def write_strip(
    context: PageContext, locality: Locality, selection: Selection | None = None
) -> str:
    """A bar for each of the last twelve quarters; nothing where there is none."""
    quarters = get_quarters(context.record, selection or locality.selection)
    most = max((count for _code, count in quarters), default=0)
    if not most:
        return ""
    bars = "".join(
        f'<span style="height:{100 * count / most:.0f}%" '
        f'title="{text(format_step(code))}: {format_count(count)}"></span>'
        for code, count in quarters
    )
    first, last = format_step(quarters[0][0]), format_step(quarters[-1][0])
    words = _("By quarter, {first} to {last}; highest {most}").format(
        first=first, last=last, most=format_count(most)
    )
    values = ", ".join(f"{format_step(code)} {format_count(count)}" for code, count in quarters)
    return (
        f'<div class="lfr-strip" role="img" aria-label="{text(words)}: {text(values)}">{bars}</div>'
        f'<p class="lfr-small">{text(words)}</p>'
    )
