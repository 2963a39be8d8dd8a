"""Every setting of the programs, and every folder of the repository that they read, once.

In: environment variables. Out: their values, or what is wrong with them; absolute paths. Does not
read a file. docs/settings.md is rendered from the declarations."""

from __future__ import annotations

import os
import re
import sys
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

Kind = Literal["text", "number", "whole", "site", "contact"]
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_EXIT_CODE = 2


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: its default as text, empty for none, and the range of a number.
    `shown` is the default as the documentation words it; `renamed` the name that it had."""

    name: str
    kind: Kind
    default: str
    shown: str
    meaning: str
    group: str
    program: str
    minimum: float = 0
    maximum: float = 0
    renamed: str = ""


_PUBLIC, _FORCE, _BOTH = "public site", "force site", "both sites"
_WHERE, _FOLDERS = "Where a site listens", "Folders and databases"
_READERS, _LIMITS = "What readers see", "Limits"
SETTINGS = {
    setting.name: setting
    for setting in (
        Setting(
            "PORT",
            "whole",
            "",
            "8501 public site, 8502 force site",
            "the TCP port",
            _WHERE,
            _BOTH,
            1,
            65535,
        ),
        Setting(
            "LFR_ADDRESS",
            "text",
            "localhost",
            "`localhost`",
            "the network interface; `0.0.0.0` listens on all",
            _WHERE,
            _BOTH,
        ),
        Setting(
            "LFR_RELEASES",
            "text",
            "",
            "`data/releases`",
            "the folder of releases that is served",
            _FOLDERS,
            _PUBLIC,
        ),
        Setting(
            "LFR_DATA",
            "text",
            "",
            "`data`",
            "the data folder that returns are published into. Commands take `--data` instead",
            _FOLDERS,
            _FORCE,
        ),
        Setting(
            "LFR_STORE",
            "text",
            "",
            "SQLite: `returns/returns.sqlite` in the data folder",
            "the store of returns, such as `postgresql+psycopg://USER@HOST/NAME`",
            _FOLDERS,
            "force site, `etl returns`",
        ),
        Setting(
            "LFR_SIGN_IN",
            "text",
            "",
            "none: the site does not start without it",
            "the TOML file with sign-in settings and secrets ([force-site.md](force-site.md))",
            _FOLDERS,
            _FORCE,
        ),
        Setting(
            "LFR_SITE_ADDRESS",
            "site",
            "",
            "none: links in files have no host",
            "the public URL of the site, `https://…` without a path, used in citations, embed "
            "codes, feeds and the sitemap. It also names the host whose pages may open a "
            "connection",
            _READERS,
            _PUBLIC,
        ),
        Setting(
            "LFR_CONTACT",
            "contact",
            "",
            "none: the page says so",
            "where readers report errors, `mailto:…` or `https://…`",
            _READERS,
            _PUBLIC,
        ),
        Setting(
            "LFR_SECURITY_CONTACT",
            "contact",
            "",
            "none: no `security.txt`",
            "where weaknesses are reported, `mailto:…` or `https://…`, in "
            "`/.well-known/security.txt`",
            _READERS,
            _PUBLIC,
        ),
        Setting(
            "LFR_MAX_SESSIONS",
            "whole",
            "200",
            "200",
            "pages open at once; each needs about four file descriptors",
            _LIMITS,
            _PUBLIC,
            1,
            100_000,
            "LFR_MOST_READERS",
        ),
        Setting(
            "LFR_MAX_ROWS",
            "whole",
            "1000000",
            "1000000",
            "rows in one response of the API ([api.md](api.md))",
            _LIMITS,
            _PUBLIC,
            1,
            1_000_000_000,
            "LFR_MOST_ROWS",
        ),
        Setting(
            "LFR_QUERY_TIMEOUT",
            "number",
            "20",
            "20",
            "seconds of database work for one response of the API",
            _LIMITS,
            _PUBLIC,
            0.001,
            86_400,
            "LFR_MOST_SECONDS",
        ),
    )
}


def read_setting(name: str, environ: Mapping[str, str] | None = None) -> str:
    """The value of a setting, by its name or the one that it had; its default where it is unset."""
    given = os.environ if environ is None else environ
    setting = SETTINGS[name]
    return given.get(name) or given.get(setting.renamed, "") or setting.default


def read_number(name: str, default: float = 0) -> float:
    """The value of a number; its default where it is unset or, until the start refuses it, none."""
    value = read_setting(name)
    if not value or _find_fault(SETTINGS[name], value):
        value = SETTINGS[name].default or str(default)
    return float(value)


def find_faults(environ: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong with the settings: each with what was found and what is expected."""
    faults = []
    for name in SETTINGS:
        value = read_setting(name, environ)
        if value and (expected := _find_fault(SETTINGS[name], value)):
            faults.append(f"{name}: found {value[:80]!r}; expected {expected}.")
    return tuple(faults)


def find_renamed(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Settings under the name that they had."""
    return tuple(
        f"{setting.renamed} is now {setting.name}; the old name works until the next release."
        for setting in SETTINGS.values()
        if setting.renamed and environ.get(setting.renamed)
    )


def refuse_faulty_settings() -> None:
    """Ends the program, with every fault of its settings; tells of old names."""
    faults = find_faults(os.environ)
    sys.stderr.write("".join(f"{line}\n" for line in (*find_renamed(os.environ), *faults)))
    if faults:
        sys.stderr.write("The settings are listed in docs/settings.md. Nothing was started.\n")
        raise SystemExit(_EXIT_CODE)


def render_settings(group: str) -> str:
    """The table of a group of settings, as the documentation shows it."""
    rows = [
        f"| `{setting.name}` | {setting.shown} | {setting.meaning} | {setting.program} |"
        for setting in SETTINGS.values()
        if setting.group == group
    ]
    return "\n".join(("| name | default | meaning | read by |", "|---|---|---|---|", *rows))


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
    return "" if value.isprintable() else "a text on one line"


def _is_site(value: str) -> bool:
    try:
        url = urlsplit(value.rstrip("/"))
        port = url.port or 443
    except ValueError:
        return False
    is_safe = url.scheme == "https" or (url.scheme == "http" and url.hostname in _LOOPBACK)
    plain = not (url.path or url.query or url.fragment or url.username or " " in value)
    return bool(is_safe and plain and url.hostname and port)
