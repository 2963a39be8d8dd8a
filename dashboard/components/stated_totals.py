"""The largest total of one measure that a force itself, or the press for it, has stated: a line
below the number of its listed deployments, never added to it.

In: the frame of one force and an Estimate. Out: HTML; nothing where no total was stated, or where
the listed deployments are all there are."""

from __future__ import annotations

from dashboard.descriptions.claims import describe_figures, format_when
from dashboard.pages import BY_SLUG
from dashboard.queries.claims import ClaimLine, get_claims_about
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import printed, text
from dashboard.text.language import _
from etl.model.claim_measures import ClaimMeasure
from etl.model.estimates import Estimate

_CLAIMS = "claims"
# Stated by the force itself, or reported from it.
_STATED_BY = ("primary", "press")


def write_stated_total(context: PageContext, estimate: Estimate) -> str:
    """`Stated by the force, not listed one by one: more than 2,500,000, 2017 to August 2025`."""
    force_id = context.selection.force_id
    if not force_id or any(context.selection.period):
        return ""
    line = find_stated_total(context, force_id, estimate)
    if line is None:
        return ""
    figure = describe_figures(line).stated
    sentence = _("Stated as a total, not listed one by one: {figure}, {when}.").format(
        figure=figure, when=format_when(line)
    )
    source: str = printed(line.claim.source_title)
    if _CLAIMS in BY_SLUG:
        address = context.address_of(_CLAIMS, claim=line.claim_id, forces=())
        source = f'<a href="{text(address)}">{source}</a>'
    return f'<p class="lfr-stated">{text(sentence)} {source}</p>'


def find_stated_total(context: PageContext, force_id: str, estimate: Estimate) -> ClaimLine | None:
    """The statement with the largest figure above what is listed, of the whole force."""
    listed = estimate.numerator or 0
    of_place = {
        entry.claim_id
        for entry in context.record.table(ClaimMeasure)
        if entry.place_id or entry.district_code or entry.deployment_id or entry.publication_id
    }
    lines = [
        line
        for line in get_claims_about(context.record, force_id)
        if line.comparison.measure_id == estimate.measure_id
        and line.claim.reliability in _STATED_BY
        and line.claim_id not in of_place
        and (line.comparison.stated_value or 0) > listed
    ]
    return max(lines, key=lambda line: line.comparison.stated_value or 0, default=None)
