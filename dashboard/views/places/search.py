"""What a search for a place finds, each hit answered in one line.

In: the frame and the hits. Out: HTML. A full postcode is cut to its outward code before the page
sees it: it is in no address and in nothing that is kept."""

from __future__ import annotations

from dataclasses import replace

from dashboard.components.place_find import describe_locality, write_place_link, write_strip
from dashboard.descriptions.publishing import describe_publishing
from dashboard.pages import BY_SLUG
from dashboard.queries.places import Locality, SearchHit
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import text
from dashboard.selection.selection import Selection
from dashboard.text.language import _
from dashboard.text.language import mark as N_
from dashboard.text.numbers import format_amount, format_list, format_share
from etl.measures.publishing import ForcePublishing
from etl.model.estimates import Estimate
from etl.model.postcodes import cut_postcodes
from etl.queries.place_search import PlaceHit

_FORCES = "forces"
_KINDS = {
    "postcode": N_("Postcode district"),
    "district": N_("Borough or district"),
    "town": N_("Town"),
    "force": N_("Police force or body"),
    "place": N_("Place of a deployment"),
}


def clean_search(selection: Selection) -> Selection:
    """The selection with the outward code of a postcode alone."""
    return replace(selection, search=cut_postcodes(selection.search))


def sort_hits(hits: list[SearchHit]) -> list[SearchHit]:
    """What is no place of a deployment in the order of fit, each district once; then such places,
    most first."""
    known: set[str] = set()
    areas = []
    for hit in (each for each in hits if each.hit.kind != "place"):
        codes = set(hit.hit.district_codes)
        if not codes or not codes <= known:
            areas.append(hit)
        known |= codes
    places = [hit for hit in hits if hit.hit.kind == "place"]
    return areas + sorted(places, key=lambda hit: -_count(hit))


def find_only(hits: list[SearchHit]) -> Locality | None:
    """The district or place that was meant: the only one that was found, or the district of just
    this name with nothing else but what lies in it."""
    first = hits[0]
    if len(first.localities) != 1 or first.hit.kind == "force":
        return None
    own = first.localities[0][0]
    code = first.hit.district_codes[0] if first.hit.district_codes else ""
    inside = all(hit.hit.district_codes == (code,) for hit in hits)
    return own if len(hits) == 1 or (first.hit.kind == "district" and inside) else None


def write_hits(context: PageContext, hits: list[SearchHit]) -> str:
    """A card a hit."""
    items = "".join(f"<li>{_write_hit(context, hit)}</li>" for hit in hits)
    return f'<ul class="lfr-cards lfr-known">{items}</ul>'


def describe_nothing(searched: str) -> str:
    """For what no place, postcode or force fits."""
    template = _(
        "Nothing was found for “{text}”. Try a town, a borough, a police force, or the first part "
        "of a postcode, such as SW9."
    )
    return template.format(text=searched)


def describe_force(publishing: ForcePublishing, estimate: Estimate | None) -> str:
    """What we have of a force, or what it says and publishes where we have nothing."""
    if estimate is None:
        return describe_publishing(publishing)
    if estimate.numerator is None:
        return _("It uses it; the number of deployments is not published.")
    return format_amount(estimate)


def _count(hit: SearchHit) -> float:
    estimate = hit.localities[0][0].deployments if hit.localities else None
    return (estimate.numerator or 0) if estimate else 0


def _write_hit(context: PageContext, found: SearchHit) -> str:
    lines = [describe_shares(found)] if found.hit.kind == "postcode" else []
    rows = "".join(f"<p>{text(line)}</p>" for line in lines if line)
    for locality, _share in found.localities:
        rows += (
            f"<p>{text(describe_locality(locality))}</p>{write_strip(context, locality)}"
            f"<p>{_write_more(context, locality)}</p>"
        )
    rows += "".join(
        f'<p class="lfr-small">{_write_force(context, *force)}</p>' for force in found.forces
    )
    kind = text(_(_KINDS[found.hit.kind]))
    return f'<h3>{_write_name(found.hit)}</h3><p class="lfr-small">{kind}</p>{rows}'


def _write_more(context: PageContext, locality: Locality) -> str:
    words = text(_("All about"))
    return f"{words} {write_place_link(context, locality)}"


def _write_force(
    context: PageContext, publishing: ForcePublishing, estimate: Estimate | None
) -> str:
    name = text(_(publishing.force_name))
    if _FORCES in BY_SLUG:
        address = context.address_of(_FORCES, forces=(publishing.force_id,))
        name = f'<a href="{text(address)}">{name}</a>'
    return f"{name}: {text(describe_force(publishing, estimate))}"


def _write_name(hit: PlaceHit) -> str:
    """`Cardiff (Caerdydd)` for who searched in Welsh."""
    name = _(hit.label) if hit.kind == "force" else hit.label
    if not hit.found_as or hit.found_as in name:
        return text(name)
    return f'{text(name)} <span lang="cy">({text(hit.found_as)})</span>'


def describe_shares(found: SearchHit) -> str:
    """`95% of the postcodes of E15 lie in Newham. Others: 3.9% in Waltham Forest.`"""
    shared = [(each, share) for each, share in found.localities if share is not None]
    if not shared:
        return ""
    (first, share), *others = shared
    code = found.hit.label
    if not others and share == 1:
        return _("All postcodes of {code} lie in {name}.").format(code=code, name=first.name)
    sentence = _("{share} of the postcodes of {code} lie in {name}.").format(
        share=format_share(share), code=code, name=first.name
    )
    if not others:
        return sentence
    rest = [
        _("{share} in {name}").format(share=format_share(other), name=each.name)
        for each, other in others
    ]
    return f"{sentence} {_('Others: {rest}.').format(rest=format_list(rest))}"
