"""Home Office Immigration Enforcement's monthly pages of LFR deployments on gov.uk.

One row is one deployment at a port; a day may have several. "Arrests or disposals" is one figure.
South Wales Police has very likely used the same headings since 2023.
To distrust: the first row covers "3 days covering 10 sailings", which is no duration; a positive
intervention may stand beside 0 arrests."""

from __future__ import annotations

from pathlib import Path

from etl.formats import web_tables
from etl.model.cells import RawTable
from etl.model.editions import KeptEdition
from etl.model.record_sets import Records
from etl.sources.column_maps import keep_known_tables
from etl.sources.deployment_rows import to_deployments

PUBLICATION = "immigration_enforcement_deployments"
SUFFIX = ".html"


def read(path: Path) -> tuple[RawTable, ...]:
    """The page's table of deployments."""
    return keep_known_tables(path.name, PUBLICATION, web_tables.read_tables(path))


def to_records(edition: KeptEdition) -> Records:
    """One Deployment a row."""
    return to_deployments(edition)
