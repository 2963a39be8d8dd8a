"""What `fields.csv` says is about fields that there are, each once."""

from __future__ import annotations

import typing
from collections import Counter

from etl.model import fields
from etl.model.declarations import read_rows
from etl.model.demographics import PlacesUsed
from etl.model.event_logs import AlertEvent, ListedDeployment, ScanInterval
from etl.model.fields import FieldRow
from etl.model.tables import TABLES
from etl.sources.publications import EditionKeys, PublicationKeys

RECORDS = [
    *(table.record for table in TABLES),
    PublicationKeys,
    EditionKeys,
    ScanInterval,
    AlertEvent,
    ListedDeployment,
    PlacesUsed,
]


def test_every_row_explains_a_field_of_a_record() -> None:
    known = {(kind.__name__, name) for kind in RECORDS for name in typing.get_type_hints(kind)}
    shared = Counter(name for _record, name in known)
    rows = [(row.record, row.field) for row in read_rows(fields.__file__, FieldRow)]
    assert len(rows) == len(set(rows))
    assert {row for row in rows if row[0]} <= known
    # What no record is named for is said of several, or it would be said of the one.
    assert all(shared[name] > 1 for record, name in rows if not record)
