"""How people sign in to the force site: providers, secrets, hours. Read from one file that only its
owner may read.

In: the file that LFR_SIGN_IN names (TOML; docs/force-site.md). Out: `SignIn`, and the secrets as
Streamlit's sign-in wants them. There is no default for anything: without the file, or with a fault
in it, the site does not start. Signs nobody in."""

from __future__ import annotations

import stat
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.datastructures import URL

from etl.model.problems import Problem, RecordError
from etl.settings import read_setting

SETTING = "LFR_SIGN_IN"
CALLBACK = "/oauth2callback"
_SHORTEST_SECRET = 32
_MAX_HOURS = 24
_KEYS = ("site_address", "cookie_secret", "session_hours", "provider")
_PROVIDER_KEYS = (
    "title",
    "force_id",
    "client_id",
    "client_secret",
    "server_metadata_url",
    "roles_claim",
)
_NEEDED = ("title", "client_id", "client_secret", "server_metadata_url")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class SignInSettingsError(RecordError):
    """Settings of the sign-in with which nobody could sign in safely."""

    exit_code = 20
    headline = "the force site cannot start: its sign-in is not set up"


@dataclass(frozen=True, slots=True)
class Provider:
    """Where people of one force, or of a national body, sign in.
    `force_id` is None only for a national body."""

    name: str
    title: str
    force_id: str | None
    client_id: str
    client_secret: str
    server_metadata_url: str
    roles_claim: str = "roles"


@dataclass(frozen=True, slots=True)
class SignIn:
    """All that the sign-in needs to know."""

    site_address: str
    cookie_secret: str
    session_hours: int
    providers: Mapping[str, Provider]

    @property
    def encrypted(self) -> bool:
        """Whether readers reach the site by https."""
        return self.site_address.startswith("https://")

    def to_secrets(self) -> dict[str, Any]:
        """The section that Streamlit's own sign-in reads."""
        auth: dict[str, Any] = {
            "redirect_uri": self.site_address + CALLBACK,
            "cookie_secret": self.cookie_secret,
        }
        for name, provider in self.providers.items():
            auth[name] = {
                "client_id": provider.client_id,
                "client_secret": provider.client_secret,
                "server_metadata_url": provider.server_metadata_url,
            }
        return {"auth": auth}


def open_sign_in(force_ids: Collection[str]) -> SignIn:
    """The settings of the file that LFR_SIGN_IN names;
    `SignInSettingsError` with everything that is wrong with them."""
    named = read_setting(SETTING)
    remedy = "Write it as docs/force-site.md says."
    if not named:
        raise SignInSettingsError(
            Problem(SETTING, "nothing", "the path of the file of the sign-in", remedy)
        )
    path = Path(named)
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        declared = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SignInSettingsError(
            Problem(named, str(error.strerror), "a file that can be read", remedy)
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise SignInSettingsError(
            Problem(named, "text that is no TOML", "settings as TOML", remedy)
        ) from None
    problems = []
    if mode & 0o077:
        problems.append(
            Problem(
                named,
                f"a file that others may read (mode {mode:04o})",
                "mode 0600",
                f"Run chmod 600 {named}.",
            )
        )
    sign_in = _read(named, declared, frozenset(force_ids), problems)
    if sign_in is None or problems:
        raise SignInSettingsError(problems)
    return sign_in


def _read(
    named: str, declared: dict[str, Any], force_ids: frozenset[str], problems: list[Problem]
) -> SignIn | None:
    for key in declared.keys() - set(_KEYS):
        problems.append(Problem(named, f"the key {key}", f"only {', '.join(_KEYS)}", "Remove it."))
    address = str(declared.get("site_address", "")).rstrip("/")
    if not _is_safe(address) or URL(address).path:
        problems.append(
            Problem(
                f"{named}, site_address",
                repr(address),
                "https://… without a path; http only on this machine",
                "Name the address at which people open the site.",
            )
        )
    secret = str(declared.get("cookie_secret", ""))
    if len(secret) < _SHORTEST_SECRET:  # never told in full or in part
        problems.append(
            Problem(
                f"{named}, cookie_secret",
                f"{len(secret)} characters",
                f"{_SHORTEST_SECRET} or more",
                "Make one with openssl rand -hex 32.",
            )
        )
    hours = declared.get("session_hours")
    if not isinstance(hours, int) or isinstance(hours, bool) or not 1 <= hours <= _MAX_HOURS:
        problems.append(
            Problem(
                f"{named}, session_hours",
                repr(hours),
                f"a whole number from 1 to {_MAX_HOURS}",
                "Say after how many hours people sign in again.",
            )
        )
        hours = 1
    given = declared.get("provider")
    if not isinstance(given, dict) or not given:
        problems.append(
            Problem(
                f"{named}, provider",
                "none",
                "one [provider.NAME] or more",
                "Declare where people sign in.",
            )
        )
        return None
    providers = {}
    for name, fetched in given.items():
        if (
            provider := _read_provider(
                f"{named}, provider.{name}", name, fetched, force_ids, problems
            )
        ) is not None:
            providers[name] = provider
    return SignIn(address, secret, hours, providers)


def _read_provider(
    where: str, name: str, fetched: object, force_ids: frozenset[str], problems: list[Problem]
) -> Provider | None:
    before = len(problems)
    if (
        not isinstance(fetched, dict)
        or not name.isascii()
        or not name.isalpha()
        or not name.islower()
    ):
        problems.append(
            Problem(
                where, f"the name {name}", "a table named in lower-case letters only", "Rename it."
            )
        )
        return None
    problems += [
        Problem(where, f"the key {key}", f"only {', '.join(_PROVIDER_KEYS)}", "Remove it.")
        for key in sorted(fetched.keys() - set(_PROVIDER_KEYS))
    ]
    problems += [
        Problem(where, f"no {key}", f"{', '.join(_NEEDED)}", "Add it.")
        for key in _NEEDED
        if not isinstance(fetched.get(key), str) or not fetched[key]
    ]
    address = str(fetched.get("server_metadata_url", ""))
    if address and not _is_safe(address):
        problems.append(
            Problem(
                where,
                address,
                "https://…/.well-known/openid-configuration",
                "Name the provider's own address.",
            )
        )
    force_id = fetched.get("force_id")
    if force_id is not None and force_id not in force_ids:
        problems.append(
            Problem(
                where,
                repr(force_id),
                "the identifier of a force",
                "Take it from data/reference/forces.csv.",
            )
        )
    return (
        None
        if len(problems) > before
        else Provider(
            name=name,
            force_id=force_id,
            **{key: fetched[key] for key in _PROVIDER_KEYS if key in fetched and key != "force_id"},
        )
    )


def _is_safe(address: str) -> bool:
    try:
        parts = URL(address)
        return _is_of_web(parts)
    except ValueError:
        return False


def _is_of_web(parts: URL) -> bool:
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    )
