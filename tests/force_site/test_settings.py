"""The sign-in is set up in full or the site does not start,
and what it says never holds a secret."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import anyio
import httpx
import pytest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from dashboard.force_site.auth.identity import read_roles
from dashboard.force_site.auth.middleware import AccessMiddleware
from dashboard.force_site.auth.settings import Provider, SignInSettingsError, open_sign_in
from tests.force_site.serving import COOKIE_SECRET, ROOT, Served, write_settings

FORCES = ("north_wales", "essex", "gwent", "kent")


def _open(path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("LFR_SIGN_IN", str(path))
    with pytest.raises(SignInSettingsError) as refused:
        open_sign_in(FORCES)
    return str(refused.value)


def test_a_whole_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_settings(tmp_path / "s.toml", "https://returns.example", "https://login.example")
    monkeypatch.setenv("LFR_SIGN_IN", str(path))
    sign = open_sign_in(FORCES)
    assert sign.encrypted
    assert sign.to_secrets()["auth"]["redirect_uri"] == "https://returns.example/oauth2callback"
    assert sign.providers["essex"].force_id == "essex"
    assert sign.providers["national"].force_id is None


def test_everything_that_is_wrong_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_settings(
        tmp_path / "s.toml",
        "http://returns.example/below",
        "http://login.example",
        cookie_secret='"short-secret"',
        session_hours="90",
        extra="1",
    )
    path.write_text(path.read_text().replace('force_id = "essex"', 'force_id = "atlantis"'))
    path.chmod(0o644)
    text = _open(path, monkeypatch)
    for part in (
        "mode 0644",
        "the key extra",
        "site_address",
        "12 characters",
        "session_hours",
        "atlantis",
        "http://login.example",
    ):
        assert part in text, part
    assert "short-secret" not in text
    assert "the-secret-of-the-client" not in text


def test_others_may_not_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_settings(tmp_path / "s.toml", "https://returns.example", "https://login.example")
    path.chmod(0o640)
    assert "chmod 600" in _open(path, monkeypatch)


def test_without_a_sign_in_there_is_no_site(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "LFR_DATA": str(ROOT / "data"),
        "LFR_STORE": f"sqlite:///{tmp_path / 'r.sqlite'}",
    }
    environment.pop("LFR_SIGN_IN", None)
    done = subprocess.run(
        [sys.executable, "-m", "dashboard.force_site"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == SignInSettingsError.exit_code
    assert "LFR_SIGN_IN" in done.stderr
    assert "Traceback" not in done.stderr
    assert COOKIE_SECRET not in done.stderr


@pytest.mark.parametrize(
    ("force_id", "given", "roles", "forces"),
    [
        ("essex", ["officer", "approver:essex"], {"officer", "approver"}, {"essex"}),
        (
            "essex",
            ["officer:north_wales", "admin", "national_reviewer", "Officer", "root"],
            set(),
            set(),
        ),
        ("essex", "officer", {"officer"}, {"essex"}),
        ("essex", None, set(), set()),
        (None, ["officer"], set(), set()),
        (
            None,
            ["officer:essex", "approver:north_wales"],
            {"officer", "approver"},
            {"essex", "north_wales"},
        ),
        (None, ["admin", "national_reviewer:essex", 7], {"admin"}, set()),
    ],
)
def test_a_provider_gives_the_roles_that_are_its_own(
    force_id: str | None, given: object, roles: set[str], forces: set[str]
) -> None:
    provider = Provider("one", "One", force_id, "c", "s", "https://login.example")
    assert read_roles(given, provider) == (frozenset(roles), frozenset(forces))


@pytest.mark.parametrize(
    ("address", "secure"), [("https://returns.example", True), ("http://127.0.0.1:8502", False)]
)
def test_cookies_are_made_safe_on_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, secure: bool
) -> None:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        response = Response("x")
        response.set_cookie(
            "_streamlit_user", "v", max_age=30 * 86400, httponly=True, samesite="lax"
        )
        response.set_cookie("_streamlit_xsrf", "v", samesite=None)
        response.set_cookie("another", "v", max_age=30 * 86400)
        await response(scope, receive, send)

    path = write_settings(tmp_path / "s.toml", address, "https://login.example")
    monkeypatch.setenv("LFR_SIGN_IN", str(path))
    guard = AccessMiddleware(
        answer, open_sign_in(FORCES), lambda claims: pytest.fail("nobody uploads here")
    )

    async def fetch() -> list[str]:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(guard), base_url=address
        ) as client:
            return (await client.get("/")).headers.get_list("set-cookie")

    user, xsrf, another = anyio.run(fetch)
    assert "Max-Age=28800" in user
    assert "HttpOnly" in user
    assert ("Secure" in user, "Secure" in xsrf, "Secure" in another) == (secure, secure, False)
    assert "samesite=lax" in xsrf.lower()
    assert "Max-Age=2592000" in another


def test_nothing_of_a_preview_is_left_when_the_site_is_stopped(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with served.another_process():
        (home,) = tmp_path.glob("lfr-preview-*")
        assert home.stat().st_mode & 0o077 == 0
    assert not home.exists()
