"""A data folder, settings and addresses for a force site that is served in a test."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from oidc_provider import CLIENT, SECRET

from etl.returns.store.engine import Store, open_store

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
COOKIE_SECRET = "a-secret-for-tests-of-forty-characters-.."
PROVIDERS = {"north": "north_wales", "essex": "essex", "national": None}


@dataclass(frozen=True)
class Served:
    """A running force site."""

    address: str
    provider: str
    data: Path
    settings: Path

    def open_store(self) -> Store:
        return open_store(f"sqlite:///{self.data / 'store' / 'returns.sqlite'}")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def make_data(folder: Path, releases: Path) -> Path:
    """A data folder that may be published into: what is in the repository by links, a release by a copy."""
    (folder / "publications").mkdir(parents=True)
    for name in ("corrections", "reference"):
        (folder / name).symlink_to(DATA / name)
    for one in (DATA / "publications").iterdir():
        (folder / "publications" / one.name).symlink_to(one)
    shutil.copytree(releases, folder / "releases", symlinks=True)
    return folder


def write_settings(path: Path, site: str, provider: str, **changes: str) -> Path:
    lines = {"site_address": f'"{site}"', "cookie_secret": f'"{COOKIE_SECRET}"', "session_hours": "8"} | changes  # fmt: skip
    text = "".join(f"{key} = {value}\n" for key, value in lines.items())
    for name, force_id in PROVIDERS.items():
        force = f'force_id = "{force_id}"\n' if force_id else ""
        text += (
            f'[provider.{name}]\ntitle = "{name.title()}"\n{force}client_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n'
            f'server_metadata_url = "{provider}/{name}/.well-known/openid-configuration"\n'
        )
    path.write_text(text)
    path.chmod(0o600)
    return path


SignIn = Callable[[str], httpx.Client]
