"""What a reader has chosen, and how it stands in the address.

In: the parameters of an address, and the choices that the record has. Out: a `Selection` with a
sentence for each value that is not known; or a `Selection` as an address without its defaults.
Does not know Streamlit and does not ask the record: `dashboard.views.registry.list_choices` does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from starlette.datastructures import QueryParams

from dashboard.pages import HOME, Host
from dashboard.selection.parameters import BY_NAME, PARAMETERS, Parameter, Value, parameters_of
from dashboard.text.language import DEFAULT, LANGUAGES, _, language
from etl.model.queries import Period

T = TypeVar("T")
LANG = "lang"
# The page whose views of one force have a path of their own.
FORCES = "forces"
MAX_SEARCH_LENGTH = 80
# By name of a parameter: its codes in order, with the words for each.
Choices = Mapping[str, Mapping[str, str]]
# By name of a parameter: its values in an address, where a name may stand more than once.
Query = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Selection:
    """What a reader has chosen; nothing chosen is everything. Years are whole calendar years."""

    forces: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    measure_id: str = "deployments_count"
    step: str = "quarter"
    split: str = "force"
    axis: str = "apart"
    use_cases: tuple[str, ...] = ()
    thresholds: tuple[str, ...] = ()
    group: str = ""
    rate_id: str = "false_share_of_alerts"
    stage: str = "false_alerts"
    listed: str = ""
    reference: str = ""
    benchmark: str = "force_residents"
    technology: str = ""
    kind: str = ""
    district: str = ""
    place_id: str = ""
    publication_id: str = ""
    deployment_id: str = ""
    status: str = ""
    check_id: str = ""
    search: str = ""
    verdict: str = ""
    words: str = ""
    claim: str = ""
    uncounted: bool = False
    page: int = 1
    # What was chosen in parameters of one page, by name; nothing that is a default.
    own_values: tuple[tuple[str, Value], ...] = ()

    def own(self, name: str, kind: type[T]) -> T:
        """The value of a page's own parameter, which must be of this type."""
        value = dict(self.own_values).get(name, BY_NAME[name].own_default)
        if not isinstance(value, kind):
            raise TypeError(f"the parameter {name} is {value!r}, not {kind.__name__}")
        return value

    def with_changes(self, **changes: Any) -> Selection:
        """The same with other values: of fields, or of pages' own parameters by name."""
        fields = {name: value for name, value in changes.items() if name not in _OWN}
        own = dict(self.own_values) | {name: changes[name] for name in changes if name in _OWN}
        pairs = ((name, own[name]) for name in own if own[name] != BY_NAME[name].own_default)
        return replace(self, **fields, own_values=tuple(sorted(pairs)))

    def value_of(self, parameter: Parameter) -> Any:
        """The value of a parameter, its default if nothing is chosen."""
        if parameter.field:
            return getattr(self, parameter.field)
        return self.own(parameter.name, object)

    @property
    def force_id(self) -> str | None:
        """The force, if exactly one is chosen."""
        return self.forces[0] if len(self.forces) == 1 else None

    @property
    def where(self) -> dict[str, list[str | int]]:
        """The filters of `etl.queries.record`."""
        selection = {
            "force_id": self.forces,
            "region_code": self.regions,
            "use_case": self.use_cases,
            "threshold": self.thresholds,
            "district_code": (self.district,) if self.district else (),
            "place_id": (self.place_id,) if self.place_id else (),
        }
        return {name: list(values) for name, values in selection.items() if values}

    @property
    def where_rows(self) -> dict[str, list[str | int]]:
        """The same, with the further filters of a table of rows."""
        publication: list[str | int] = [self.publication_id] if self.publication_id else []
        return self.where | ({"publication_id": publication} if publication else {})

    @property
    def period(self) -> Period:
        return (
            None if self.first_year is None else dt.date(self.first_year, 1, 1),
            None if self.last_year is None else dt.date(self.last_year, 12, 31),
        )

    def only(self, field: str, code: str) -> Selection:
        """The same with one code in a field that takes several."""
        changes: dict[str, Any] = {field: (code,)}
        return replace(self, **changes)

    def in_year(self, year: int) -> Selection:
        """The same, of one calendar year."""
        return replace(self, first_year=year, last_year=year)

    def without(self, *names: str) -> Selection:
        """The same with these fields, or pages' own parameters, as if nothing had been chosen in
        them."""
        default = {
            name: BY_NAME[name].own_default if name in _OWN else getattr(NOTHING, name)
            for name in names
        }
        return self.with_changes(**default)


_OWN = frozenset(parameter.name for parameter in PARAMETERS if not parameter.field)
NOTHING = Selection()
# What mail programs and social networks add to an address to follow its reader: it asks nothing of
# a page and the reader did not write it, so a sentence about it would only puzzle.
_TRACES = ("utm_", "mc_", "pk_", "mtm_")
_TRACKERS = frozenset(
    {"fbclid", "gclid", "dclid", "msclkid", "twclid", "igshid", "igsh", "yclid", "_ga", "_gl"}
)
_MAX_NAME_LENGTH, _MAX_NAMES, _MAX_DIGITS = 40, 3, 6
YES, _NO = "yes", "no"


def read_address(slug: str, query: Query, choices: Choices) -> tuple[Selection, list[str]]:
    """The selection of a page, and a sentence for each value that is not known or too many."""
    given: dict[str, Any] = {}
    sentences: list[str] = []
    for parameter in parameters_of(slug):
        values = [value.strip() for value in query.get(parameter.name, ()) if value.strip()]
        if values:
            known = choices.get(parameter.name, {})
            given[parameter.field or parameter.name] = _read(
                parameter, values, known, parameter.limits[slug], sentences
            )
    selection, wrong_order = order_years(NOTHING.with_changes(**given))
    return selection, list(dict.fromkeys([*sentences, *wrong_order]))


def describe_unknown(query: Query) -> list[str]:
    """A sentence on a language that there is not, and on the parameters that no page has; nothing
    of those of other pages, which a link may have taken along."""
    languages = [_shorten(code) for code in query.get(LANG, ()) if code and code not in LANGUAGES]
    sentences = [
        _("There is no language “{value}” here: this is the page in {name}.").format(
            value=code, name=LANGUAGES[language()]
        )
        for code in languages
    ]
    names = [
        name
        for name in query
        if name not in BY_NAME
        and name != LANG
        and not name.startswith(_TRACES)
        and name not in _TRACKERS
    ]
    if names:
        shown = ", ".join(f"“{_shorten(name)}”" for name in names[:_MAX_NAMES])
        more = "…" if len(names) > _MAX_NAMES else ""
        sentences.append(
            _("No page here knows {names}: this part of the address is left out.").format(
                names=shown + more
            )
        )
    return sentences


def order_years(selection: Selection) -> tuple[Selection, list[str]]:
    """The selection; without its years, and with a sentence, if it would end before it starts."""
    first, last = selection.first_year, selection.last_year
    if first is None or last is None or first <= last:
        return selection, []
    template = _(
        "The period would end in {last}, before it starts in {first}: all years are shown."
    )
    return selection.without("first_year", "last_year"), [template.format(first=first, last=last)]


def write_query(slug: str, selection: Selection, language: str = DEFAULT) -> dict[str, list[str]]:
    """The parameters of a page that are not the default, by name, and the language."""
    query = {
        parameter.name: _write(parameter, selection.value_of(parameter))
        for parameter in parameters_of(slug)
    }
    query[LANG] = [] if language == DEFAULT else [language]
    return {name: values for name, values in query.items() if values}


def keep_selection(slug: str, selection: Selection, named: Iterable[str] = ()) -> Selection:
    """The fields that a link to another page takes along, as far as that page has them."""
    values: dict[str, Any] = {}
    for parameter in parameters_of(slug):
        key = parameter.field or parameter.name
        if parameter.is_carried_over or key in named:
            value = selection.value_of(parameter)
            limit = parameter.limits[slug]
            values[key] = value[:limit] if isinstance(value, tuple) else value
    return NOTHING.with_changes(**values)


def write_address(slug: str, query: Query, anchor: str = "", host: Host | None = None) -> str:
    """The address of a page below the site's root: `/trends?force=essex#faces`; or of its host."""
    path = host.path if host else "/" if slug == HOME.slug else f"/{slug}"
    pairs = list(host.query(slug).items()) if host else []
    pairs += [(name, value) for name, values in query.items() for value in values]
    requested = f"?{QueryParams(pairs)}" if pairs else ""
    return f"{path}{requested}{f'#{anchor}' if anchor else ''}"


def name_by_path(address: str) -> str:
    """An address whose only force stands in its path, as documents have it:
    `/forces/essex?from=2025` for `/forces?force=essex&from=2025`; any other unchanged."""
    bare, mark, anchor = address.partition("#")
    path, _mark, requested = bare.partition("?")
    pairs = QueryParams(requested).multi_items()
    forces = [value for name, value in pairs if name == "force"]
    if path != f"/{FORCES}" or len(forces) != 1 or not forces[0].replace("_", "").isalnum():
        return address
    others = [(name, value) for name, value in pairs if name != "force"]
    rest = f"?{QueryParams(others)}" if others else ""
    return f"{path}/{forces[0]}{rest}{mark}{anchor}"


def _read(
    parameter: Parameter,
    values: Sequence[str],
    known: Mapping[str, str],
    limit: int,
    sentences: list[str],
) -> Any:
    good = [value for value in dict.fromkeys(values) if _is_known(parameter, value, known)]
    sentences += [
        _(parameter.unknown).format(value=_shorten(value)) for value in values if value not in good
    ]
    if len(good) > limit:
        words = _(
            "This page shows {most} at once: {names}. The others in the address are left out."
        )
        names = ", ".join(known.get(value, _shorten(value)) for value in good[:limit])
        sentences.append(words.format(most=limit, names=names))
    if parameter.kind == "codes":
        return tuple(good[:limit])
    return _to_value(parameter, good[0]) if good else _default_of(parameter)


def _is_known(parameter: Parameter, text: str, known: Mapping[str, str]) -> bool:
    match parameter.kind:
        case "text":
            return True
        case "switch":
            return text in (YES, _NO)
        case "number":
            return text.isascii() and text.isdigit() and int(text[:_MAX_DIGITS]) > 0
        case _:
            return text in known


def _to_value(parameter: Parameter, text: str) -> Any:
    match parameter.kind:
        case "text":
            return text[:MAX_SEARCH_LENGTH]
        case "switch":
            return text == YES
        case "number":
            return int(text[:_MAX_DIGITS])
        case "year":
            return int(text)
        case _:
            return text


def _shorten(text: str) -> str:
    return text if len(text) <= _MAX_NAME_LENGTH else f"{text[:_MAX_NAME_LENGTH]}…"


def _write(parameter: Parameter, value: Any) -> list[str]:
    if value == _default_of(parameter) or value is None:
        return []
    if isinstance(value, tuple):
        return list(value)
    return [YES if value is True else str(value)]


def _default_of(parameter: Parameter) -> Any:
    return NOTHING.value_of(parameter)


def _refuse_unknown_names() -> None:
    known = {field.name for field in fields(Selection)}
    for parameter in PARAMETERS:
        if parameter.field and parameter.field not in known:
            raise TypeError(
                f"the parameter {parameter.name} names the unknown field {parameter.field}"
            )


_refuse_unknown_names()
