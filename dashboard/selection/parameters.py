"""Every parameter of an address of a page, declared once.

In: `parameters.toml` here, for parameters that several pages or the addresses of data read, and
`parameters.toml` in the folder of a page, for those that it alone reads. Out: `PARAMETERS`, and
those of a page. Does not read an address: `dashboard.selection.selection` does."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from dashboard.pages import PAGES
from etl.model.declarations import read_declarations
from etl.settings import DASHBOARD_DIR

MAX_SERIES = 4
Kind = Literal["codes", "code", "year", "text", "switch", "number"]
# What a page's own parameter can hold.
Value = str | int | bool | tuple[str, ...]
_DEFAULTS: Mapping[Kind, Value] = {"codes": (), "switch": False, "number": 1}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an address.

    `field` is the field of a `Selection` that it stands for, whose value there is its default; a
    page's own parameter has none, and declares `default` for a code or a text. `pages` says on
    which pages it is read, one value at once, `pages_of_several` on which several are; `label`
    stands at its filter, `none` is the choice of nothing. `unknown` describes a value that the
    record does not have. `choices` are codes with their words, where they are no matter of the
    record. A parameter that is carried over goes along from page to page. A page's own parameter
    stands `before` another one in the address, or last."""

    name: str
    kind: Kind
    label: str
    field: str = ""
    pages: tuple[str, ...] = ()
    pages_of_several: tuple[str, ...] = ()
    none: str = ""
    unknown: str = ""
    default: str = ""
    before: str = ""
    choices: Mapping[str, str] = dataclasses.field(default_factory=dict)
    is_carried_over: bool = False

    @property
    def limits(self) -> dict[str, int]:
        """How many values it may have at once, by page."""
        return dict.fromkeys(self.pages, 1) | dict.fromkeys(self.pages_of_several, MAX_SERIES)

    @property
    def own_default(self) -> Value:
        """The value of a page's own parameter that the URL lacks."""
        return _DEFAULTS.get(self.kind, self.default)


def _read_parameters() -> tuple[Parameter, ...]:
    """The shared ones in order, each page's own among them."""
    parameters = list(_read(Path(__file__)).values())
    for page in PAGES:
        path = DASHBOARD_DIR / "views" / page.module / "parameters.toml"
        for own in _read(path).values() if path.exists() else ():
            if own.field or own.pages or own.pages_of_several:
                raise TypeError(f"{path}: {own.name} is the page's own: no field and no pages")
            if own.name in (parameter.name for parameter in parameters):
                raise TypeError(f"{path}: there is a parameter {own.name} already")
            names = [parameter.name for parameter in parameters]
            place = names.index(own.before) if own.before else len(names)
            parameters.insert(place, replace(own, pages=(page.slug,)))
    return tuple(parameters)


def _read(path: Path) -> dict[str, Parameter]:
    return read_declarations(str(path), "parameters").entries("parameters", Parameter)


PARAMETERS = _read_parameters()
BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}


@cache
def parameters_of(slug: str) -> tuple[Parameter, ...]:
    """The parameters of a page, in order."""
    return tuple(parameter for parameter in PARAMETERS if slug in parameter.limits)
