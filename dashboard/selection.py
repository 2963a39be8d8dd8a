"""What a reader has chosen, and how it stands in the address: every parameter declared once.

In: the parameters of an address, and the choices that the record has. Out: a `Selection` with a sentence for each value
that is not known; or a `Selection` as an address without its defaults.
Does not know Streamlit and does not ask the record: `dashboard.questions.ask_choices` does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from starlette.datastructures import QueryParams

from dashboard.language import DEFAULT, _
from dashboard.language import mark as N_
from dashboard.pages import HOME, Host

LANG = "lang"
LONGEST_SEARCH = 80
MOST_SERIES = 4
Period = tuple[dt.date | None, dt.date | None]
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
    find: str = ""
    sorted_by: str = "name"
    stage: str = "false_alerts"
    listed: str = ""
    reference: str = ""
    benchmark: str = "force_residents"
    technology: str = ""
    kind: str = ""
    view: str = "tiles"
    order: str = "name"
    district: str = ""
    publication_id: str = ""
    deployment_id: str = ""
    row_order: str = "newest"
    status: str = ""
    check_id: str = ""
    search: str = ""
    verdict: str = ""
    words: str = ""
    claim: str = ""
    uncounted: bool = False
    before: str = ""
    after: str = ""
    page: int = 1

    @property
    def force_id(self) -> str | None:
        """The force, if exactly one is chosen."""
        return self.forces[0] if len(self.forces) == 1 else None

    @property
    def where(self) -> dict[str, list[str | int]]:
        """The filters of `etl.answers`."""
        chosen = {
            "force_id": self.forces,
            "region_code": self.regions,
            "use_case": self.use_cases,
            "threshold": self.thresholds,
        }
        return {name: list(values) for name, values in chosen.items() if values}

    @property
    def where_rows(self) -> dict[str, list[str | int]]:
        """The same with what a table of rows may be limited by beside."""
        beside = {"district_code": self.district, "publication_id": self.publication_id}
        return self.where | {name: [value] for name, value in beside.items() if value}

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
        """The same with these fields as if nothing had been chosen in them."""
        return replace(self, **{name: getattr(NOTHING, name) for name in names})


NOTHING = Selection()
Kind = Literal["codes", "code", "year", "text", "switch", "number"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an address.

    `pages` says on which pages it is read, and how many values it may have there at once; `label` stands at its filter,
    `none` is the choice of nothing. `unknown` is said of a value that the record does not have. A parameter that is
    `kept` goes along from page to page.
    """

    name: str
    field: str
    kind: Kind
    pages: Mapping[str, int]
    label: str
    none: str = ""
    unknown: str = ""
    kept: bool = False

    @property
    def default(self) -> Any:
        return getattr(NOTHING, self.field)


def _on(*slugs: str, most: int = 1) -> dict[str, int]:
    return dict.fromkeys(slugs, most)


_YEAR = N_("The record has no year “{value}”: the default is shown.")
PARAMETERS = (
    Parameter(
        "force", "forces", "codes",
        {**_on("overview", "map", "who-is-affected", "misidentifications", "claims", "data-quality", "deployments", "sources"), **_on("trends", "forces", most=MOST_SERIES)},
        N_("Police force or body"), N_("All forces"), N_("The record has no force “{value}”: all forces are shown."), kept=True,
    ),
    Parameter(
        "region", "regions", "codes", {**_on("map", "deployments"), **_on("trends", most=MOST_SERIES)},
        N_("Region or nation"), N_("All regions"), N_("The record has no region “{value}”: all regions are shown."),
    ),
    Parameter(
        "from", "first_year", "year", _on("overview", "trends", "forces", "map", "who-is-affected", "deployments", "claims", "misidentifications"),
        N_("From"), N_("First year"), _YEAR, kept=True,
    ),
    Parameter(
        "to", "last_year", "year", _on("overview", "trends", "forces", "map", "who-is-affected", "deployments", "claims", "misidentifications"),
        N_("To"), N_("Last year"), _YEAR, kept=True,
    ),
    Parameter(
        "measure", "measure_id", "code", _on("trends", "forces", "map"),
        N_("Measure"), unknown=N_("There is no measure “{value}”: deployments are shown."), kept=True,
    ),
    Parameter("by", "step", "code", _on("trends"), N_("By"), unknown=N_("There is no period “{value}”: quarters are shown.")),
    Parameter("split", "split", "code", _on("trends"), N_("One line for each"), unknown=N_("Nothing can be split by “{value}”: forces are shown.")),
    Parameter(
        "axis",
        "axis",
        "code",
        _on("trends"),
        N_("Drawn"),
        unknown=N_("Nothing can be drawn “{value}”: each has a panel of its own."),
    ),
    Parameter(
        "use_case", "use_cases", "codes", {**_on("deployments"), **_on("trends", most=MOST_SERIES)},
        N_("Use case"), N_("All use cases"), N_("The record has no use case “{value}”: all are shown."),
    ),
    Parameter(
        "threshold", "thresholds", "codes", {**_on("deployments"), **_on("trends", most=MOST_SERIES)},
        N_("Threshold"), N_("All thresholds"), N_("The record has no threshold “{value}”: all are shown."),
    ),
    Parameter("group", "group", "code", _on("who-is-affected"), N_("Group"), N_("As published"), N_("The record has no group “{value}”: the one that is published is shown.")),
    Parameter("stage", "stage", "code", _on("who-is-affected"), N_("What was counted"), unknown=N_("Nothing is counted as “{value}”: false alerts are shown.")),
    Parameter("list", "listed", "code", _on("who-is-affected"), N_("List of groups"), N_("As published"), N_("There is no list of groups “{value}”: the one that is published is shown.")),
    Parameter("reference", "reference", "code", _on("who-is-affected"), N_("Compared with"), N_("Everybody else"), N_("The record has no group “{value}”: it is compared with everybody else.")),
    Parameter("benchmark", "benchmark", "code", _on("who-is-affected"), N_("Benchmark"), unknown=N_("There is no benchmark “{value}”: residents of the force’s area are shown.")),
    Parameter("technology", "technology", "code", _on("misidentifications"), N_("Technology"), N_("All, each apart"), N_("There is no technology “{value}”: all are shown, each apart.")),
    Parameter("kind", "kind", "code", _on("misidentifications"), N_("Kind of error"), N_("All kinds"), N_("There is no kind of error “{value}”: all are shown.")),
    Parameter("view", "view", "code", _on("map"), N_("Kind of map"), unknown=N_("There is no map “{value}”: each force is shown as one cell.")),
    Parameter("order", "order", "code", _on("map"), N_("List sorted by"), unknown=N_("The list cannot be sorted by “{value}”: it is sorted by name.")),
    Parameter("district", "district", "code", _on("map", "deployments"), N_("Borough or district"), N_("All districts"), N_("The record has no deployment in a district “{value}”: all are shown.")),
    Parameter("rate", "rate_id", "code", _on("forces"), N_("Measure"), unknown=N_("No measure with an interval is called “{value}”: the false share of alerts is shown.")),
    Parameter("find", "find", "text", _on("forces"), N_("Search by name")),
    Parameter("sort", "sorted_by", "code", _on("forces"), N_("In order of"), unknown=N_("The list has no order “{value}”: it is in order of name.")),
    Parameter("place", "search", "text", _on("map", "deployments"), N_("Search by location")),
    Parameter("verdict", "verdict", "code", _on("claims"), N_("Verdict"), N_("All verdicts"), N_("There is no verdict “{value}”: all are shown.")),
    Parameter("words", "words", "text", _on("claims", "glossary"), N_("Search by words")),
    Parameter("claim", "claim", "code", _on("claims"), N_("Claim"), N_("All claims"), N_("The record has no claim “{value}”: all are shown.")),
    Parameter("uncounted", "uncounted", "switch", _on("deployments"), N_("Also rows that are kept but not counted")),
    Parameter("publication", "publication_id", "code", _on("deployments", "data-quality"), N_("Publication"), N_("All publications"), N_("The record has no publication “{value}”: all are shown.")),
    Parameter("deployment", "deployment_id", "code", _on("deployments"), N_("Deployment"), N_("All deployments"), N_("The record has no deployment “{value}”: all are shown.")),
    Parameter("sorted", "row_order", "code", _on("deployments"), N_("In order of"), unknown=N_("The rows cannot be sorted by “{value}”: the newest come first.")),
    Parameter("status", "status", "code", _on("data-quality"), N_("What has become of it"), N_("Open or answered"), N_("No finding has the status “{value}”: all are shown.")),
    Parameter("check", "check_id", "code", _on("data-quality"), N_("Kind of finding"), N_("All kinds"), N_("There is no kind of finding “{value}”: all are shown.")),
    Parameter("before", "before", "code", _on("releases"), N_("From release"), N_("The one before"), N_("There is no release “{value}” to compare with: the one before is taken.")),
    Parameter("after", "after", "code", _on("releases"), N_("To release"), N_("The newest"), N_("There is no release “{value}”: the newest is taken.")),
    Parameter("page", "page", "number", _on("releases", "deployments", "data-quality", "misidentifications", "claims"), N_("Page"), unknown=N_("There is no page “{value}” of the table: the first is shown.")),
)  # fmt: skip
# What mail programs and social networks add to an address to follow its reader: it asks nothing of a page and the reader did
# not write it, so a sentence about it would only puzzle.
_TRACES = ("utm_", "mc_", "pk_", "mtm_")
_TRACKERS = frozenset(
    {"fbclid", "gclid", "dclid", "msclkid", "twclid", "igshid", "igsh", "yclid", "_ga", "_gl"}
)
_LONGEST_NAME, _MOST_NAMES = 40, 3
BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}


def parameters_of(slug: str) -> list[Parameter]:
    """The parameters of a page, in order."""
    return [parameter for parameter in PARAMETERS if slug in parameter.pages]


def read_address(slug: str, query: Query, choices: Choices) -> tuple[Selection, list[str]]:
    """The selection of a page, and a sentence for each value that is not known or too many."""
    found: dict[str, Any] = {}
    said: list[str] = []
    for parameter in parameters_of(slug):
        values = [value.strip() for value in query.get(parameter.name, ()) if value.strip()]
        if values and parameter.kind == "codes":
            found[parameter.field] = _read_codes(
                parameter, values, choices.get(parameter.name, {}), parameter.pages[slug], said
            )
        elif values:
            found[parameter.field] = _read(parameter, values[0], choices.get(parameter.name, {}), said)
    chosen, wrong_order = order_years(Selection(**found))
    return chosen, [*said, *wrong_order]


def say_unknown(query: Query) -> list[str]:
    """A sentence on the parameters that no page has; nothing of those of other pages, which a link may have taken along."""
    names = [
        name
        for name in query
        if name not in BY_NAME and name != LANG and not name.startswith(_TRACES) and name not in _TRACKERS
    ]
    if not names:
        return []
    shown = [
        f"“{name if len(name) <= _LONGEST_NAME else f'{name[:_LONGEST_NAME]}…'}”"
        for name in names[:_MOST_NAMES]
    ]
    more = "…" if len(names) > _MOST_NAMES else ""
    said = _("No page here knows {names}: this part of the address is left out.")
    return [said.format(names=", ".join(shown) + more)]


def order_years(chosen: Selection) -> tuple[Selection, list[str]]:
    """The selection; without its years, and with a sentence, if it would end before it starts."""
    first, last = chosen.first_year, chosen.last_year
    if first is None or last is None or first <= last:
        return chosen, []
    said = _("The period would end in {last}, before it starts in {first}: all years are shown.")
    return chosen.without("first_year", "last_year"), [said.format(first=first, last=last)]


def write_query(slug: str, chosen: Selection, language: str = DEFAULT) -> dict[str, list[str]]:
    """The parameters of a page that are not the default, by name, and the language."""
    found = {one.name: _write(one, getattr(chosen, one.field)) for one in parameters_of(slug)}
    found[LANG] = [] if language == DEFAULT else [language]
    return {name: values for name, values in found.items() if values}


def keep_selection(slug: str, chosen: Selection, named: Iterable[str] = ()) -> Selection:
    """What goes along in a link to another page, as far as that page has it: what is kept, and the fields that are named."""
    found: dict[str, Any] = {}
    for one in parameters_of(slug):
        if one.kept or one.field in named:
            value = getattr(chosen, one.field)
            found[one.field] = value[: one.pages[slug]] if isinstance(value, tuple) else value
    return replace(NOTHING, **found)


def write_address(slug: str, query: Query, anchor: str = "", host: Host | None = None) -> str:
    """The address of a page below the site's root: `/trends?force=essex#faces`; or of its host."""
    path = host.path if host else "/" if slug == HOME.slug else f"/{slug}"
    pairs = list(host.query(slug).items()) if host else []
    pairs += [(name, value) for name, values in query.items() for value in values]
    asked = f"?{QueryParams(pairs)}" if pairs else ""
    return f"{path}{asked}{f'#{anchor}' if anchor else ''}"


def _read(parameter: Parameter, text: str, known: Mapping[str, str], said: list[str]) -> Any:
    match parameter.kind:
        case "text":
            return text[:LONGEST_SEARCH]
        case "switch":
            return text == "yes"
        case "number":
            good = text.isascii() and text.isdigit() and int(text[:6]) > 0
            return int(text[:6]) if good else _refuse(parameter, text, said)
        case "year":
            return int(text) if text in known else _refuse(parameter, text, said)
        case _:
            return text if text in known else _refuse(parameter, text, said)


def _read_codes(
    parameter: Parameter, values: Sequence[str], known: Mapping[str, str], most: int, said: list[str]
) -> tuple[str, ...]:
    for code in values:
        if code not in known:
            _refuse(parameter, code, said)
    found = tuple(dict.fromkeys(code for code in values if code in known))
    if len(found) > most:
        words = _("This page shows {most} at once: {names}. The others in the address are left out.")
        names = ", ".join(known[code] for code in found[:most])
        said.append(words.format(most=most, names=names))
    return found[:most]


def _refuse(parameter: Parameter, value: str, said: list[str]) -> Any:
    said.append(_(parameter.unknown).format(value=value if len(value) <= 40 else f"{value[:40]}…"))
    return parameter.default


def _write(parameter: Parameter, value: Any) -> list[str]:
    if value == parameter.default or value is None:
        return []
    if isinstance(value, tuple):
        return list(value)
    return ["yes" if value is True else str(value)]


def _refuse_unknown_names() -> None:
    known = {one.name for one in fields(Selection)}
    for parameter in PARAMETERS:
        if parameter.field not in known:
            raise TypeError(f"the parameter {parameter.name} names the unknown field {parameter.field}")


_refuse_unknown_names()
