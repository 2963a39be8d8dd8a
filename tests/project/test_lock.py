"""The lock holds what pyproject.toml declares: the same versions, and a hash for every file."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
LOCKS = {
    "requirements.txt": PROJECT["dependencies"],
    "requirements-dev.txt": [*PROJECT["dependencies"], *EXTRAS["dev"]],
    "requirements-geography.txt": [*PROJECT["dependencies"], *EXTRAS["geography"]],
    "requirements-spark.txt": [*PROJECT["dependencies"], *EXTRAS["spark"]],
}
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


OF_EXTRAS = {"pyspark": ["pyspark-client"], "grpc": ["grpcio"]}


def read_lock(text: str) -> dict[str, str]:
    """Version by package name; refuses an unpinned package, a package without a hash,
    any other line."""
    versions: dict[str, str] = {}
    hashes: dict[str, int] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        if HASH.fullmatch(line):
            hashes[name] += 1
            continue
        pinned = re.fullmatch(r"([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==([^ ]+)(?: ; .+)? \\", line)
        assert pinned, f"not a pin with hashes: {line!r}"
        name = canonicalize_name(pinned[1])
        assert name not in versions, f"{name} is locked twice"
        versions[name], hashes[name] = pinned[2], 0
    assert not [name for name, count in hashes.items() if count == 0]
    return versions


def read_pins(requirements: list[str]) -> dict[str, str]:
    """Version by package name; refuses a requirement that is not pinned exactly."""
    pins: dict[str, str] = {}
    for requirement in map(Requirement, requirements):
        (specifier,) = requirement.specifier
        assert specifier.operator == "==", requirement
        pins[canonicalize_name(requirement.name)] = specifier.version
    return pins


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_has_every_declared_version(name: str) -> None:
    """If this fails: `make lock`."""
    locked = read_lock((ROOT / name).read_text(encoding="utf-8"))
    pins = read_pins(LOCKS[name])
    assert pins
    assert {package: locked.get(package) for package in pins} == pins


def test_the_locks_agree_with_each_other() -> None:
    runtime = read_lock((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    for name in LOCKS.keys() - {"requirements.txt"}:
        wider = read_lock((ROOT / name).read_text(encoding="utf-8"))
        assert {package: wider.get(package) for package in runtime} == runtime, name


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_names_no_address_and_no_folder(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--index-url|--extra-index-url|--find-links|@ |(^|\s)/", text)


@pytest.mark.parametrize(
    "text",
    [
        "plotly==7.1.0\n",
        "plotly==7.1.0 \\\n",
        "plotly>=7.1.0 \\\n    --hash=sha256:" + "0" * 64,
        "plotly==7.1.0 \\\n    --hash=md5:" + "0" * 32,
        "-r other.txt\n",
    ],
)
def test_a_lock_with_a_gap_is_found(text: str) -> None:
    with pytest.raises(AssertionError):
        read_lock(text)


def test_every_imported_package_is_declared() -> None:
    """What the product imports is a direct dependency,
    not a package that another one happens to bring."""
    declared = {*read_pins([*PROJECT["dependencies"], *EXTRAS["spark"]])}
    # An extra need not be installed; then nothing says which package a module is of.
    owners = {**OF_EXTRAS, **packages_distributions()}
    missing = set()
    for folder in ("etl", "dashboard"):
        for path in (ROOT / folder).rglob("*.py"):
            for module in _list_imports(path) - {"etl", "dashboard", *sys.stdlib_module_names}:
                if not {canonicalize_name(owner) for owner in owners[module]} & declared:
                    missing.add((module, path.name))
    assert missing == set()


def _list_imports(path: Path) -> set[str]:
    result: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            result |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            result.add(node.module.split(".")[0])
    return result
