"""The adapters, found by the publication whose name they have. A new adapter is a module in
`adapters`; nothing lists it.

In: the id of a publication. Out: its adapter. Does not read anything."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from etl.model.cells import RawTable
from etl.model.editions import KeptEdition
from etl.model.problems import InvalidReferenceError, Problem
from etl.model.record_sets import Records
from etl.model.return_records import RETURN_ID
from etl.sources import adapters, force_returns


class Adapter(Protocol):
    """What an adapter module offers."""

    PUBLICATION: str
    SUFFIX: str

    def read(self, path: Path) -> tuple[RawTable, ...]:
        """The tables of a published file that hold its records, as printed."""

    def to_records(self, edition: KeptEdition) -> Records:
        """The canonical records of an edition's cells."""


@cache
def list_adapters() -> dict[str, Adapter]:
    """Every adapter by publication id, in alphabetical order.
    TypeError for a module without what `Adapter` names."""
    names = sorted(module.name for module in pkgutil.iter_modules(adapters.__path__))
    return {name: _open_adapter(name) for name in names}


def adapter_of(publication_id: str) -> Adapter:
    """The adapter of a publication; one reads the returns of every force. `InvalidReferenceError`
    with the names of those that exist."""
    if RETURN_ID.fullmatch(publication_id):
        return cast(Adapter, force_returns)
    if publication_id in list_adapters():
        return list_adapters()[publication_id]
    raise InvalidReferenceError(
        Problem(
            publication_id,
            "no adapter of this name",
            f"one of {', '.join(list_adapters())}",
            "Give the id of a publication, or add an adapter as CONTRIBUTING describes.",
        )
    )


def _open_adapter(name: str) -> Adapter:
    module = import_module(f"{adapters.__name__}.{name}")
    missing = [
        part
        for part in ("PUBLICATION", "SUFFIX", "read", "to_records")
        if not hasattr(module, part)
    ]
    if missing or name != module.PUBLICATION:
        raise TypeError(f"{module.__file__}: PUBLICATION must be {name!r}; missing: {missing}")
    return cast(Adapter, module)
