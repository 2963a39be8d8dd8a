"""Finds the force and the district of what a reader types: a postcode, a town, a district, a force,
a place of the record.

In: one release, the Welsh names of `data/search/`, and a text. Out: ranked `PlaceHit`s, none where
nothing fits. A full postcode is cut to its outward code before anything is looked up, and nothing
that was typed is kept. Does not guess a position."""

from __future__ import annotations

import csv
import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from etl.model.fields import OUTWARD_CODE
from etl.model.geography import PostcodeDistrict, Town
from etl.model.queries import ALL_TIME
from etl.model.reference import District, Force, Place, PlaceName
from etl.queries.release_file import ReleaseFile
from etl.settings import SEARCH_DIR

# No part of a release: what a release says does not hang on how it is searched.
WELSH_NAMES = SEARCH_DIR / "welsh_names.csv"
MAX_CHARACTERS = 80
MAX_HITS = 20
# How well a name fits; smaller is better.
_EXACT, _WHOLE, _BEGINS, _WORDS, _LIKE = range(5)
_KINDS = ("postcode", "district", "town", "force", "place")
_CLOSE = 0.84
_MIN_LETTERS = 2
_POSTCODE = re.compile(rf"({OUTWARD_CODE})(?:[0-9][A-Z]{{2}})?")
_SECTOR = re.compile(rf"({OUTWARD_CODE}) [0-9][A-Z]?")
# Postcodes of Northern Ireland are under other terms:
# that they are there is all that is said of them.
_NORTHERN_IRELAND = re.compile(r"BT[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """One thing that was found, with the forces and districts it lies in, the largest share first.

    `kind` is postcode, district, town, force or place. `shares` stands beside `district_codes` and
    is given for postcodes only: the share of the outward code's postcodes that lie in each
    district. A place without a district that could be decided has none. `found_as` is the name that
    fitted, if it is in another language than `label`."""

    kind: str
    label: str
    force_ids: tuple[str, ...]
    district_codes: tuple[str, ...]
    shares: tuple[float, ...] = ()
    place_id: str | None = None
    found_as: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    weight: int
    hit: PlaceHit

    @property
    def text(self) -> str:
        return " ".join(self.words)


class PlaceSearch:
    """What a release knows of places, ready to be searched. Open with `open_place_search`."""

    def __init__(self, names: Iterable[_Name], outward: Mapping[str, PlaceHit]) -> None:
        self._names = tuple(names)
        self._outward = dict(outward)
        self._forces = {
            name.hit.force_ids[0]: name.hit for name in self._names if name.hit.kind == "force"
        }

    def search_places(
        self, text: str, *, limit: int = MAX_HITS, force_names: Iterable[tuple[str, str]] = ()
    ) -> tuple[PlaceHit, ...]:
        """Hits in order of fit; none for a text without words. Never raises.

        `force_names` are further names of the forces, in another language."""
        text = text[:MAX_CHARACTERS]
        postcodes = self._find_postcodes(text)
        called = [
            named
            for force_id, name in force_names
            for named in _name(self._forces[force_id], (), (name,))
        ]
        return (*postcodes, *self._find_names(text, called))[: max(0, min(limit, MAX_HITS))]

    def _find_postcodes(self, text: str) -> tuple[PlaceHit, ...]:
        spaced = " ".join(text.upper().split())
        match = _SECTOR.fullmatch(spaced) or _POSTCODE.fullmatch(spaced.replace(" ", ""))
        if match is None:
            return ()
        outward = match[1]
        if _NORTHERN_IRELAND.fullmatch(outward):
            return (PlaceHit("postcode", outward, ("northern_ireland",), ()),)
        # In the middle of London W1 is a letter short: W1A to W1W are meant too.
        longer = sorted(
            code for code in self._outward if code[:-1] == outward and code[-1].isalpha()
        )
        return tuple(self._outward[code] for code in (outward, *longer) if code in self._outward)

    def _find_names(self, text: str, called: Iterable[_Name]) -> tuple[PlaceHit, ...]:
        words, names = to_words(text), (*self._names, *called)
        if len("".join(words)) < _MIN_LETTERS:
            return ()
        fits = [(fit, name) for name in names if (fit := _fit(words, name.words)) is not None]
        if not fits:
            query = " ".join(words)
            alike = set(difflib.get_close_matches(query, {name.text for name in names}, 5, _CLOSE))
            fits = [(_LIKE, name) for name in names if name.text in alike]
        fits.sort(
            key=lambda result: (
                result[0],
                _KINDS.index(result[1].hit.kind),
                -result[1].weight,
                result[1].hit.label,
            )
        )
        return tuple(dict.fromkeys(name.hit for _, name in fits))


def to_words(text: str) -> tuple[str, ...]:
    """Words for comparison: without case, accents, apostrophes or punctuation; “Saint” is “st” and
    “&” is “and”."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = re.sub(
        "['’‘`´]", "", "".join(letter for letter in plain if not unicodedata.combining(letter))
    )
    words = re.findall(r"[a-z0-9]+", plain.replace("&", " and "))
    return tuple("st" if word == "saint" else word for word in words)


def _fit(words: tuple[str, ...], name: tuple[str, ...]) -> int | None:
    if words == name:
        return _EXACT
    if all(part in name for part in words):
        return _WHOLE
    if " ".join(name).startswith(" ".join(words)):
        return _BEGINS
    if all(any(word.startswith(part) for word in name) for part in words):
        return _WORDS
    return None


def open_place_search(file: ReleaseFile) -> PlaceSearch:
    """Reads forces, districts, towns, places and outward codes of a release."""
    districts = file.by_id(District)
    force_of = {code: row.force_id for code, row in districts.items()}
    welsh = read_welsh_names()
    rows = file.sum_facts("deployments", None, ("place_id",), {}, ALL_TIME)
    counts = {str(row.of("place_id")): row.numerator or 0 for row in rows}
    names = [
        *_name_forces(file.table(Force)),
        *_name_districts(districts, welsh),
        *_name_towns(file.table(Town), districts, welsh),
        *_name_places(file.table(Place), file.table(PlaceName), force_of, counts),
    ]
    return PlaceSearch(names, _group_outward(file.table(PostcodeDistrict), force_of))


def read_welsh_names() -> dict[tuple[str, str], list[str]]:
    """Welsh names of districts and towns that differ, by district and name in the release."""
    welsh_names: dict[tuple[str, str], list[str]] = {}
    with WELSH_NAMES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            welsh_names.setdefault((row["district_code"], row["name"]), []).append(
                row["welsh_name"]
            )
    return welsh_names


def _name(
    hit: PlaceHit, own: Iterable[str], welsh: Iterable[str] = (), weight: int = 0
) -> Iterator[_Name]:
    """A hit under its own names and, told as such, under those in Welsh."""
    for text in dict.fromkeys(own):
        yield _Name(to_words(text), weight, hit)
    for text in welsh:
        yield _Name(to_words(text), weight, replace(hit, found_as=text))


def _name_forces(rows: Iterable[Force]) -> Iterable[_Name]:
    for row in rows:
        hit = PlaceHit("force", row.force_name, (row.force_id,), ())
        yield from _name(hit, (row.short_name, row.force_name))


def _name_districts(
    districts: Mapping[str, District], welsh: Mapping[tuple[str, str], list[str]]
) -> Iterable[_Name]:
    for code, row in districts.items():
        name = row.district_name
        hit = PlaceHit("district", name, (row.force_id,), (code,))
        yield from _name(hit, (name,), welsh.get((code, name), ()))


def _name_towns(
    rows: Iterable[Town],
    districts: Mapping[str, District],
    welsh: Mapping[tuple[str, str], list[str]],
) -> Iterable[_Name]:
    """Towns without those that share the name of their own district."""
    for row in rows:
        name, code = row.town_name, row.district_code
        district = districts[code]
        if to_words(name) != to_words(district.district_name):
            hit = PlaceHit(
                "town", f"{name}, {district.district_name}", (district.force_id,), (code,)
            )
            yield from _name(hit, (name,), welsh.get((code, name), ()), row.people_count)


def _name_places(
    places: Iterable[Place],
    printed: Iterable[PlaceName],
    force_of: Mapping[str, str],
    counts: Mapping[str, int],
) -> Iterable[_Name]:
    """Places of the record under their own name and under every name that a force printed; they
    weigh as much as they have deployments."""
    texts: dict[str, dict[tuple[str, ...], None]] = {}
    forces: dict[str, dict[str, None]] = {}
    for row in printed:
        texts.setdefault(row.place_id, {})[to_words(row.location_text)] = None
        forces.setdefault(row.place_id, {})[row.force_id] = None
    for place in places:
        place_id, code = place.place_id, place.district_code
        force_ids = (force_of[code],) if code else tuple(forces.get(place_id, ()))
        hit = PlaceHit("place", place.place_name, force_ids, (code,) if code else (), (), place_id)
        for words in {to_words(place.place_name): None, **texts.get(place_id, {})}:
            yield _Name(words, counts.get(place_id, 0), hit)


def _group_outward(
    rows: Iterable[PostcodeDistrict], force_of: Mapping[str, str]
) -> dict[str, PlaceHit]:
    grouped: dict[str, list[tuple[float, str]]] = {}
    for row in rows:
        grouped.setdefault(row.outward_code, []).append((row.postcodes_share, row.district_code))
    hits = {}
    for outward, shares in grouped.items():
        shares.sort(key=lambda share: (-share[0], share[1]))
        by_force: dict[str, float] = {}
        for share, code in shares:
            by_force[force_of[code]] = by_force.get(force_of[code], 0) + share
        forces = tuple(sorted(by_force, key=lambda force_id: (-by_force[force_id], force_id)))
        codes = tuple(code for _, code in shares)
        hits[outward] = PlaceHit(
            "postcode", outward, forces, codes, tuple(share for share, _ in shares)
        )
    return hits
