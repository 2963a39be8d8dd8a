"""On which days a row may be.

In: a Deployment, the periods of files. Out: its first and last possible day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from etl.model.records import Deployment

Days = tuple[dt.date, dt.date]


def find_days(deployment: Deployment, editions: Mapping[str, Days]) -> Days | None:
    """The days on which a row may be: its own, else those of its file, else None."""
    if deployment.date is not None:
        return (deployment.date, deployment.date)
    return editions.get(deployment.edition_id)
