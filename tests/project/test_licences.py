"""Every locked package has a licence that this project may build on; two that ask for more are
named, with why they are fine here."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata

import pytest

from tests.project.test_lock import ROOT, read_lock

PERMISSIVE = re.compile(
    r"(MIT|BSD|0BSD|Apache|ISC|PSF|Zlib|CC0|Python Software Foundation)[ \w.+()-]*"
    r"|3-Clause BSD License|SIL Open Font License.*|dependency licenses"
)
# Used as they are, never changed or copied: the library stays under its own licence.
UNCHANGED = {
    "certifi": "Mozilla Public License 2.0",
    "psycopg": "LGPL-3.0-only",
    "psycopg-binary": "LGPL-3.0-only",
}
PACKAGES = sorted(read_lock((ROOT / "requirements.txt").read_text(encoding="utf-8")))


def read_licence(name: str) -> str:
    """As the package itself states it: an expression, else its classifiers, else its field."""
    stated = metadata(name)
    if expression := stated.get("License-Expression"):
        return str(expression)
    prefix = "License :: OSI Approved :: "
    classifiers = [
        line.removeprefix(prefix)
        for line in stated.get_all("Classifier", [])
        if line.startswith(prefix)
    ]
    return " AND ".join(classifiers) or str(stated.get("License") or "").partition("\n")[0]


def find_refused(licence: str) -> list[str]:
    """The parts of a licence that are not permissive; of alternatives one is enough."""
    parts = [re.split(r" OR ", part) for part in re.split(r" AND |, ", licence.strip("()"))]
    return [
        " OR ".join(options)
        for options in parts
        if not any(PERMISSIVE.fullmatch(option.strip("() ")) for option in options)
    ]


@pytest.mark.parametrize("name", PACKAGES)
def test_a_locked_package_has_a_licence_that_fits(name: str) -> None:
    try:
        licence = read_licence(name)
    except PackageNotFoundError:
        pytest.skip("not for this system")
    if name in UNCHANGED:
        assert UNCHANGED[name] in licence
        return
    assert licence, "states no licence"
    assert find_refused(licence) == []


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "MIT AND AGPL-3.0", "", "Proprietary"])
def test_another_licence_is_refused(licence: str) -> None:
    assert find_refused(licence)
