"""Names of forces in the language in use.

In: `Record`. Out: short names by id. A force of Wales and a body of more than one nation has a name
in each language; a force of England keeps the one it carries. Districts and places have the Welsh
name that the place search holds, where it holds one."""

from __future__ import annotations

from functools import cache

from dashboard.text.language import DEFAULT, _, language
from etl.model.reference import District, Force, Place
from etl.queries.place_search import read_welsh_names
from etl.queries.record import Record

# The official names of Bristol and Kingston upon Hull, turned round for a register.
_CITY = ", City of"


def name_forces(record: Record) -> dict[str, str]:
    """Every force and body that the record knows."""
    return {force.force_id: _(str(force.short_name)) for force in record.table(Force)}


def name_published(record: Record) -> dict[str, str]:
    """The forces with counted rows, in order of name."""
    names = {force_id: _(name) for force_id, name in record.force_names().items()}
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def name_area(area: District | Place) -> str:
    """The name of a district or place. Of a place, only a town or district that is a part of its
    name by itself is named in Welsh."""
    name = area.district_name if isinstance(area, District) else area.place_name
    if language() == DEFAULT:
        return name.removesuffix(_CITY)
    for (code, english), welsh in _read_welsh().items():
        if code != area.district_code:
            continue
        if name == english:
            return welsh[0]
        if name.endswith(f", {english}"):
            return name.removesuffix(english) + welsh[0]
        if name.startswith(f"{english} ("):
            return welsh[0] + name.removeprefix(english)
    return name.removesuffix(_CITY)


@cache
def _read_welsh() -> dict[tuple[str, str], list[str]]:
    return read_welsh_names()
