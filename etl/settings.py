"""Every setting of the programs, and every folder of the repository that they read, once.

In: environment variables; their declarations in `settings.toml` beside this file. Out: their
values, or what is wrong with them; absolute paths. docs/settings.md has the declarations as
tables."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
DATA_DIR = ROOT / "data"
REFERENCE_DIR = DATA_DIR / "reference"
RELEASES_DIR = DATA_DIR / "releases"
SEARCH_DIR = DATA_DIR / "search"
DASHBOARD_DIR = ROOT / "dashboard"
LOCALE_DIR = DASHBOARD_DIR / "locale"

# Who reads a setting: the start of a site checks all but those of tests, a command its own.
COMMANDS, TESTS = "commands", "tests"
Kind = Literal["text", "number", "whole", "site", "contact", "folder", "store", "log"]
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_EXIT_CODE = 2


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: its default as text, empty for none, and the range of a number.
    `shown` is the default as the documentation words it; `renamed` the name that it had."""

    name: str
    kind: Kind
    meaning: str
    group: str
    read_by: str
    default: str = ""
    shown: str = ""
    minimum: float = 0
    maximum: float = 0
    renamed: str = ""


SETTINGS = {
    name: Setting(name, **declared)
    for name, declared in tomllib.loads(
        Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    ).items()
}


def read_setting(name: str, environ: Mapping[str, str] | None = None) -> str:
    """The value of a setting, by its name or its old one; its default if unset."""
    given = os.environ if environ is None else environ
    setting = SETTINGS[name]
    return given.get(name) or given.get(setting.renamed, "") or setting.default


def read_number(name: str, default: float = 0) -> float:
    """The value of a number; its default where it is unset or, until the start refuses it, none."""
    value = read_setting(name)
    if not value or _find_fault(SETTINGS[name], value):
        value = SETTINGS[name].default or str(default)
    return float(value)


def read_folder(name: str, default: Path) -> Path:
    """The folder that a setting names, or the default."""
    return Path(read_setting(name) or default)


def read_contact(name: str) -> str:
    """A URL to write to; empty where none is given that can be a link."""
    value = read_setting(name)
    return "" if value and _find_fault(SETTINGS[name], value) else value


def read_site_url() -> str:
    """The public URL of the site without a slash at its end; empty where none is given."""
    return read_setting("LFR_SITE_ADDRESS").rstrip("/")


def find_faults(environ: Mapping[str, str], reader: str = "") -> tuple[str, ...]:
    """What is wrong with the settings of a reader, or of the sites: each with what was found and
    what is expected."""
    faults = []
    for setting in _list_settings(reader):
        value = read_setting(setting.name, environ)
        if value and (expected := _find_fault(setting, value)):
            faults.append(f"{setting.name}: found {value[:80]!r}; expected {expected}.")
    return tuple(faults)


def find_renamed(environ: Mapping[str, str], reader: str = "") -> tuple[str, ...]:
    """Settings under the name that they had."""
    return tuple(
        f"{setting.renamed} is now {setting.name}; the old name works until the next release."
        for setting in _list_settings(reader)
        if setting.renamed and environ.get(setting.renamed)
    )


def refuse_faulty_settings(reader: str = "") -> None:
    """Ends the program with every fault of its settings; warns of old names."""
    faults = find_faults(os.environ, reader)
    sys.stderr.write("".join(f"{line}\n" for line in (*find_renamed(os.environ, reader), *faults)))
    if faults:
        sys.stderr.write("The settings are listed in docs/settings.md. Nothing was started.\n")
        raise SystemExit(_EXIT_CODE)


def render_settings(group: str) -> str:
    """The table of a group of settings, as the documentation shows it."""
    rows = [
        f"| `{setting.name}` | {setting.shown or setting.default} | {setting.meaning} | "
        f"{setting.read_by} |"
        for setting in SETTINGS.values()
        if setting.group == group
    ]
    return "\n".join(("| name | default | meaning | read by |", "|---|---|---|---|", *rows))


def fill_tables(page: str) -> str:
    """The page of settings with the table of each group under its heading."""
    for group in dict.fromkeys(setting.group for setting in SETTINGS.values()):
        table = f"## {group}\n\n{render_settings(group)}\n"
        start = page.index(f"## {group}\n")
        end = page.find("\n\n", page.index("|", start)) + 1 or len(page)
        page = page[:start] + table + page[end:]
    return page


def _list_settings(reader: str) -> list[Setting]:
    if reader:
        return [setting for setting in SETTINGS.values() if reader in setting.read_by]
    return [setting for setting in SETTINGS.values() if TESTS not in setting.read_by]


def _find_fault(setting: Setting, value: str) -> str:
    """What is expected instead; nothing if the value can be used."""
    low, high = setting.minimum, setting.maximum
    if setting.kind == "whole":
        whole = re.fullmatch(r"[0-9]{1,12}", value) and low <= int(value) <= high
        return "" if whole else f"a whole number from {low:.0f} to {high:.0f}"
    if setting.kind == "number":
        number = re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", value)
        in_range = number and low <= float(value) <= high
        return "" if in_range else f"a number from {low:g} to {high:g}"
    if setting.kind == "site":
        return "" if _is_site(value) else "https://… without a path; http only on this machine"
    if setting.kind == "contact":
        is_link = re.fullmatch(r"(mailto:|https://)[^\s]+", value)
        return "" if is_link else "mailto:… or https://…"
    if setting.kind == "log":
        return "" if value in ("text", "json") else "text or json"
    if not value.isprintable():
        return "a text on one line"
    if setting.kind == "folder":
        return "a folder" if Path(value).is_file() else ""
    if setting.kind == "store":
        is_store = re.fullmatch(r"(sqlite:///|postgresql(\+psycopg)?://).+", value)
        return "" if is_store else "sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME"
    return ""


def _is_site(value: str) -> bool:
    try:
        url = urlsplit(value.rstrip("/"))
        port = url.port or 443
    except ValueError:
        return False
    is_safe = url.scheme == "https" or (url.scheme == "http" and url.hostname in _LOOPBACK)
    plain = not (url.path or url.query or url.fragment or url.username or " " in value)
    return bool(is_safe and plain and url.hostname and port)
