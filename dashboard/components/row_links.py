"""Links to a row of the record, and to the file in which it is printed.

In: a frame and rows of the record. Out: HTML and addresses.
A place that no page shows is text alone."""

from __future__ import annotations

from dashboard.components.tables import Markup
from dashboard.descriptions.rows import describe_row_place
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import page_link, printed, with_details
from etl.model.row_evidence import PlacedCorrection, PlacedFinding

ROWS, SOURCES, CLAIMS = "deployments", "sources", "claims"


def row_address(context: PageContext, deployment_id: str) -> str:
    """The address of one deployment, as this page or from another."""
    if context.page.slug == ROWS:
        return context.address(deployment_id=deployment_id)
    return context.address_of(ROWS, deployment_id=deployment_id)


def file_address(address: str | None, reliability: str, page: int) -> str | None:
    """The address of a file at its page, where the page is that of the file itself and not of a
    copy."""
    if address and reliability == "primary" and address.endswith(".pdf"):
        return f"{address}#page={page}"
    return address


def write_place(
    context: PageContext, row: PlacedFinding | PlacedCorrection, file_title: str
) -> Markup:
    """`page 4, row 15`, as a link to the row or the claim that a finding or a correction is about;
    the file below it."""
    where = describe_row_place(row)
    if row.row_deployment_id:
        where = page_link(row_address(context, row.row_deployment_id), where)
    elif isinstance(row, PlacedFinding) and row.claim_id:
        where = page_link(context.address_of(CLAIMS, claim=row.claim_id), where)
    title = printed(file_title)
    if file_title:
        title = page_link(context.address_of(SOURCES, row.publication_id), title)
    return with_details(where, title)
