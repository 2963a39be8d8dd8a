"""The map of the country as one drawing: areas, boroughs, places and towns, each area and place a
link; a small script zooms and pans it.

In: outlines, towns and places of the record, with words, addresses and colours. Out: SVG. Without
the script it shows what the address asks for. Every place has the least zoom at which it lies over
no larger one. Computes no measure."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard.queries.places import Spot
from dashboard.rendering.html import text
from dashboard.text.language import _
from dashboard.text.numbers import format_count
from etl.model.geography import Outline, Town
from etl.queries.record import Record

# West, north, width and height in units of the drawing.
Frame = tuple[float, float, float, float]
# 500 units are a degree of latitude; a degree of longitude is as long as at 55 degrees north.
_NORTH, _WEST, _UNITS, _EAST_UNITS = 56.0, -6.0, 500, 287
# Points of areas and of boroughs that lie within as many units are joined into one.
_STEP = {"force_area": 4, "london_borough": 1}
WHOLE: Frame = (-1250, -70, 3640, 3230)
_WIDTH = 700
_ZOOMS = (1, 2, 4, 8, 16, 32)
# Where Scotland is drawn whole: half as large, west of England.
_INSET = "translate(-955 1235) scale(.5)"
_SCOTLAND, _LONDON = "police_scotland", ("metropolitan", "city_of_london")
_TOWNS, _LEAST_PEOPLE, _PREFERRED = 30, 100_000, 2
# Of a name on the map, in pixels; a phone shows names that lie apart at half the scale.
_LETTER, _LINE = 6.5, 16
_MARGIN, _LEAST_FRAME = 0.25, 120


@dataclass(frozen=True, slots=True)
class MapArea:
    """An area: its outline, its words, where it leads, and its colour if it has a value."""

    outline: Outline
    words: str
    address: str
    fill: str
    is_selected: bool = False


@dataclass(frozen=True, slots=True)
class MapSpot:
    """A place with its words and where it leads; `fill` is its colour and that of the number on
    it, if not the usual ones."""

    spot: Spot
    words: str
    address: str
    is_selected: bool = False
    fill: tuple[str, str] | None = None


def draw_country(
    areas: Sequence[MapArea],
    boroughs: Sequence[MapArea],
    spots: Sequence[MapSpot],
    towns: Iterable[Town],
    frame: Frame,
    label: str,
    northern_ireland: str = "",
) -> str:
    """The drawing as HTML; `northern_ireland` is the address of a force without an open outline."""
    zoom = max(each for each in _ZOOMS if each <= max(1, WHOLE[2] / frame[2]))
    whole = next((area for area in areas if area.outline.force_id == _SCOTLAND), None)
    inset = _write_inset(whole, northern_ireland) if whole else ""
    body = "".join(
        (
            f'<g class="areas">{"".join(map(_write_area, areas))}</g>{inset}',
            f'<g class="z4">{"".join(map(_write_area, boroughs))}</g>',
            _write_towns(list(towns)),
            "".join(_write_spots(spots)),
        )
    )
    box = " ".join(f"{number:g}" for number in frame)
    home = " ".join(f"{number:g}" for number in WHOLE)
    svg = (
        f'<svg viewBox="{box}" data-home="{home}" data-z="{zoom}" role="group" '
        f'aria-label="{text(label)}" style="--v:{frame[2] / _WIDTH:.2f}">{body}</svg>'
    )
    buttons = "".join(
        f'<button type="button" data-act="{act}" aria-label="{text(words)}">{sign}</button>'
        for act, sign, words in (
            ("in", "+", _("Zoom in")),
            ("out", "−", _("Zoom out")),
            ("home", "⌂", _("Show the whole map")),
        )
    )
    hint = text(_("Arrow keys move the map, + and − zoom."))
    return (
        f'<div class="lfr-map">{svg}<div class="lfr-zoom" hidden title="{hint}">{buttons}</div>'
        "</div>"
    )


def frame_around(points: Sequence[tuple[float, float]]) -> Frame:
    """The frame about positions, with a margin and in the shape of the whole."""
    if not points:
        return WHOLE
    drawn = [project(*point) for point in points]
    xs, ys = [x for x, _y in drawn], [y for _x, y in drawn]
    shape = WHOLE[2] / WHOLE[3]
    width = max(max(xs) - min(xs), (max(ys) - min(ys)) * shape, _LEAST_FRAME) * (1 + _MARGIN)
    middle = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
    height = width / shape
    return (
        round(middle[0] - width / 2),
        round(middle[1] - height / 2),
        round(width),
        round(height),
    )


def frame_of(outline: Outline | None) -> Frame:
    """The frame about an area; the whole if it has no outline."""
    rings = read_rings(outline.geometry_json) if outline else ()
    return frame_around([point for ring in rings for point in ring])


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """A position in units of the drawing."""
    return (longitude - _WEST) * _EAST_UNITS, (_NORTH - latitude) * _UNITS


def choose_towns(towns: Iterable[Town], scale: int = 1) -> list[Town]:
    """The first towns whose names do not lie over each other."""
    unit = scale * WHOLE[2] / _WIDTH
    named: list[Town] = []
    for town in towns:
        if len(named) == _TOWNS:
            break
        if not any(_touch(town, other, unit) for other in named):
            named.append(town)
    return named


def _touch(town: Town, other: Town, unit: float) -> bool:
    (x, y), (x2, y2) = (project(each.longitude, each.latitude) for each in (town, other))
    letters = (len(town.town_name) + len(other.town_name)) / 2 + 1
    return abs(x - x2) < letters * _LETTER * unit and abs(y - y2) < _LINE * unit


def list_towns(record: Record) -> list[Town]:
    """The large towns, most people first; those with deployments before as large ones without."""
    estimates = record.estimate("deployments_count", by=("district_code",)).estimates
    used = {estimate.of("district_code") for estimate in estimates}

    def weigh(town: Town) -> int:
        return -town.people_count * (_PREFERRED if town.district_code in used else 1)

    towns = [town for town in record.table(Town) if town.people_count >= _LEAST_PEOPLE]
    return sorted(towns, key=weigh)


@lru_cache(maxsize=200)
def read_rings(geometry_json: str) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Rings of positions, largest parts first as they are given."""
    parts = json.loads(geometry_json)["coordinates"]
    return tuple(tuple((float(x), float(y)) for x, y in ring) for part in parts for ring in part)


@lru_cache(maxsize=400)
def write_path(outline: Outline) -> str:
    """The outline in whole units, each point from the one before it."""
    step = _STEP.get(outline.area_kind, 4)
    written = []
    for ring in read_rings(outline.geometry_json):
        points = list(
            dict.fromkeys(
                (round(x / step) * step, round(y / step) * step)
                for x, y in (project(*position) for position in ring)
            )
        )
        if len(points) < 3:
            continue
        at = points[0]
        moves = [f"M{at[0]} {at[1]}l"]
        for point in points[1:]:
            x, y = point[0] - at[0], point[1] - at[1]
            moves.append(f"{x}{y}" if y < 0 else f"{x} {y}")
            moves.append(" ")
            at = point
        written.append("".join(moves).rstrip().replace(" -", "-") + "z")
    return "".join(written)


def _write_area(area: MapArea) -> str:
    outline = area.outline
    is_under = outline.force_id in _LONDON and outline.area_kind == "force_area"
    kinds = " ".join([*(["on"] if area.is_selected else []), *(["under"] if is_under else [])])
    own = f' class="{kinds}"' if kinds else ""
    current = ' aria-current="true"' if area.is_selected else ""
    name = ' id="scotland"' if outline.force_id == _SCOTLAND else ""
    return (
        f'<a href="{text(area.address)}"{own} aria-label="{text(area.words)}"{current}>'
        f'<path{name} d="{write_path(area.outline)}" fill="{area.fill}">'
        f"<title>{text(area.words)}</title></path></a>"
    )


def _write_inset(area: MapArea, northern_ireland: str) -> str:
    """Scotland whole, and Northern Ireland as a box: there is no open outline of it."""
    words = text(_("Northern Ireland"))
    box = (
        f'<a href="{text(northern_ireland)}"><rect class="ni" x="-1130" y="1760" width="900" '
        f'height="300"/><text class="t" x="-680" y="1930">{words}</text></a>'
        if northern_ireland
        else ""
    )
    return (
        f'<rect class="frame" x="-1200" y="-20" width="1010" height="1650"/>'
        f'<a href="{text(area.address)}" tabindex="-1" aria-hidden="true">'
        f'<use href="#scotland" transform="{_INSET}"/></a>{box}'
    )


def _write_towns(towns: Sequence[Town]) -> str:
    """Names of towns, which are for orientation alone."""
    on_phone = choose_towns(towns, 2)
    names = []
    for town in choose_towns(towns):
        x, y = project(town.longitude, town.latitude)
        kind = "t" if town in on_phone else "t wide"
        names.append(f'<text class="{kind}" x="{x:.0f}" y="{y:.0f}">{text(town.town_name)}</text>')
    return f'<g aria-hidden="true">{"".join(names)}</g>'


def _radius(spot: Spot) -> float:
    """In pixels: the area follows the number."""
    return round(min(17.0, max(3.5, 2.6 * math.sqrt(spot.count))), 1)


def _write_spots(spots: Sequence[MapSpot]) -> Iterable[str]:
    """The largest last, so that it lies on top."""
    levels = _list_levels(spots)
    for mark in sorted(spots, key=lambda each: each.spot.count):
        place = mark.spot.place
        if place.place_id not in levels:
            continue
        x, y = project(place.longitude or 0, place.latitude or 0)
        radius = _radius(mark.spot)
        hollow = " hollow" if place.precision_code == "district" else ""
        current = ' on" aria-current="true' if mark.is_selected else ""
        fill, own = (
            (f";fill:{mark.fill[0]}", f' style="fill:{mark.fill[1]}"') if mark.fill else ("", "")
        )
        number = (
            f'<text class="n" x="{x:.0f}" y="{y:.0f}"{own}>{format_count(mark.spot.count)}</text>'
            if radius > 7
            else ""
        )
        yield (
            f'<a class="s z{1 if mark.is_selected else levels[place.place_id]}{hollow}{current}" '
            f'href="{text(mark.address)}" '
            f'aria-label="{text(mark.words)}"><circle cx="{x:.0f}" cy="{y:.0f}" '
            f'style="--r:{radius}{fill}"><title>{text(mark.words)}</title></circle>{number}</a>'
        )


def _list_levels(spots: Sequence[MapSpot]) -> dict[str, int]:
    """By place, the least zoom at which it touches no larger place that is shown."""
    placed = [
        (mark.spot, project(mark.spot.place.longitude, mark.spot.place.latitude))
        for mark in sorted(spots, key=lambda each: -each.spot.count)
        if mark.spot.place.precision_code != "force_area"
        and mark.spot.place.longitude is not None
        and mark.spot.place.latitude is not None
    ]
    levels: dict[str, int] = {}
    shown: list[tuple[tuple[float, float], float]] = []
    for zoom in _ZOOMS:
        unit = WHOLE[2] / _WIDTH / zoom
        for spot, here in placed:
            radius = _radius(spot)
            if spot.place.place_id in levels:
                continue
            if zoom == _ZOOMS[-1] or all(
                math.dist(here, there) > (radius + other) * unit for there, other in shown
            ):
                levels[spot.place.place_id] = zoom
                shown.append((here, radius))
    return levels
