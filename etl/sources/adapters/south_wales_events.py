"""South Wales Police's table of "AFR Locate" deployments, June 2017 to March 2018.

One row is one event, with true and false positive alerts and nothing else: no date, faces seen,
watchlist or threshold. To distrust: one row was derived from the printed totals by the collector;
of the Champions League final the force printed 173 true and 2,297 false alerts as 2,470, and later
2,554 false of 2,632."""

from __future__ import annotations

from pathlib import Path

from etl.formats import web_tables
from etl.model.cells import RawTable
from etl.model.editions import KeptEdition
from etl.model.record_sets import Records
from etl.sources.column_maps import keep_known_tables
from etl.sources.deployment_rows import to_deployments

PUBLICATION = "south_wales_events"
SUFFIX = ".html"


def read(path: Path) -> tuple[RawTable, ...]:
    """The page's table of events."""
    return keep_known_tables(path.name, PUBLICATION, web_tables.read_tables(path))


def to_records(edition: KeptEdition) -> Records:
    """One Deployment a row, dated only by the publication's period."""
    return to_deployments(edition)
