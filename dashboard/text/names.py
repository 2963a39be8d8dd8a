"""Names of forces in the language in use.

In: `Record`. Out: short names by id. A force of Wales and a body of more than one nation has a name
in each language; a force of England keeps the one it carries. Does not know districts and places:
those stay as they are printed."""

from __future__ import annotations

from dashboard.text.language import _
from etl.model.reference import Force
from etl.queries.record import Record


def name_forces(record: Record) -> dict[str, str]:
    """Every force and body that the record knows."""
    return {force.force_id: _(str(force.short_name)) for force in record.table(Force)}


def name_published(record: Record) -> dict[str, str]:
    """The forces with counted rows, in order of name."""
    names = {force_id: _(name) for force_id, name in record.force_names().items()}
    return dict(sorted(names.items(), key=lambda pair: pair[1]))
