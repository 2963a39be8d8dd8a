"""Nobody crosses a boundary: by an address, by a file, by a role, by a cookie, by a token,
by an upload."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import grimp
import httpx
import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from dashboard.force_site.auth.redirects import read_redirect, write_redirect
from etl.returns.workflow import submit
from tests.force_site.serving import COOKIE_SECRET, WRITER, Served, SignIn, put_return
from tests.returns.sample_returns import sound_copy

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def drafts(served: Served) -> dict[str, int]:
    """A draft and a sent return of North Wales, with their files, put there by its officer."""
    store = served.open_store()
    returns = {title: put_return(store, title) for title in ("draft", "sent")}
    submit(store, WRITER, returns["sent"])
    store.close()
    return {title: item.return_id for title, item in returns.items()}


FILES = ("file", "annotated.xlsx", "cells.csv")
EVERYBODY_ELSE = (
    "officer@essex.example",
    "approver@essex.example",
    "nobody@north.example",
    "greedy@north.example",
)


@pytest.mark.parametrize("user", EVERYBODY_ELSE)
def test_files_of_another_force_are_not_there(
    served: Served, drafts: dict[str, int], sign_in: SignIn, user: str
) -> None:
    client = sign_in(user)
    for number in drafts.values():
        for what in FILES:
            refused = client.get(f"/files/returns/{number}/1/{what}")
            missing = client.get(f"/files/returns/99999/1/{what}")
            assert refused.status_code == 404
            assert (refused.text, refused.headers["cache-control"]) == (missing.text, "no-store")


def test_files_go_to_their_force_and_to_the_reviewer_once_sent(
    served: Served, drafts: dict[str, int], sign_in: SignIn
) -> None:
    officer, reviewer = sign_in("officer@north.example"), sign_in("reviewer@national.example")
    for what in FILES:
        got = officer.get(f"/files/returns/{drafts['draft']}/1/{what}")
        assert got.status_code == 200
        assert got.headers["cache-control"] == "no-store"
        assert got.headers["content-disposition"].startswith("attachment")
        assert reviewer.get(f"/files/returns/{drafts['draft']}/1/{what}").status_code == 404
        assert reviewer.get(f"/files/returns/{drafts['sent']}/1/{what}").status_code == 200
    assert officer.get(f"/files/returns/{drafts['draft']}/1/file").content == sound_copy()
    assert officer.get(f"/files/returns/{drafts['draft']}/0/file").status_code == 404


@pytest.mark.parametrize(
    "user",
    [
        "expired@north.example",
        "other-audience@north.example",
        "other-issuer@north.example",
        "other-nonce@north.example",
        "forged@north.example",
        "old@north.example",
    ],
)
def test_a_token_that_is_not_good_opens_nothing(
    served: Served, drafts: dict[str, int], sign_in: SignIn, user: str
) -> None:
    client = sign_in(user)
    assert client.get(f"/files/returns/{drafts['draft']}/1/file").status_code == 401
    assert client.get("/files/return-template-en.xlsx").status_code == 401


def test_a_stranger_gets_no_file(served: Served, drafts: dict[str, int]) -> None:
    assert httpx.get(f"{served.address}/files/returns/{drafts['draft']}/1/file").status_code == 401
    assert httpx.get(f"{served.address}/files/checked/anything").status_code == 401


def test_a_report_is_of_ones_own_force(served: Served, sign_in: SignIn) -> None:
    got = sign_in("officer@essex.example").get("/files/report/2024/en/pdf", timeout=120)
    assert got.status_code == 200
    assert got.content.startswith(b"%PDF")
    assert "lfr-report_essex_2024_en.pdf" in got.headers["content-disposition"]
    assert sign_in("keeper@national.example").get("/files/report/2024/en/pdf").status_code == 404
    for path in ("2024/en/exe", "2024/fr/pdf", "1999/en/pdf", "nonsense/en/pdf"):
        assert sign_in("officer@essex.example").get(f"/files/report/{path}").status_code == 404
    assert httpx.get(f"{served.address}/files/report/2024/en/pdf").status_code == 401


def test_a_cookie_of_ones_own_making_opens_nothing(served: Served, drafts: dict[str, int]) -> None:
    now = int(dt.datetime.now(dt.UTC).timestamp())
    claims = {
        "is_logged_in": True,
        "provider": "north",
        "aud": "lfr-returns",
        "sub": "x",
        "nonce": "n",
        "iat": now,
        "origin": served.address,
        "preferred_username": "x@north.example",
        "roles": ["officer"],
    }
    for secret, changes, expected in (
        (COOKIE_SECRET, {}, 200),
        ("another-secret-of-forty-characters-......", {}, 401),
        (COOKIE_SECRET, {"origin": "http://elsewhere.example"}, 401),
        (COOKIE_SECRET, {"aud": "another-site"}, 401),
        (COOKIE_SECRET, {"iat": now - 9 * 3600}, 401),
        (COOKIE_SECRET, {"iat": now + 3600}, 401),
        (COOKIE_SECRET, {"provider": "unknown"}, 401),
        (COOKIE_SECRET, {"is_logged_in": False}, 401),
        (
            COOKIE_SECRET,
            {"provider": "essex", "sub": "y", "preferred_username": "y@essex.example"},
            404,
        ),
        (COOKIE_SECRET, {"sub": "z"}, 404),  # another account of a name that is taken
    ):
        value = create_signed_value(secret, USER_COOKIE_NAME, json.dumps(claims | changes)).decode()
        got = httpx.get(
            f"{served.address}/files/returns/{drafts['draft']}/1/file",
            cookies={USER_COOKIE_NAME: value},
        )
        assert got.status_code == expected, changes


def test_cookies_are_short_and_out_of_reach_of_scripts(served: Served, sign_in: SignIn) -> None:
    client = sign_in("reader@north.example")
    cookies = {cookie.name: cookie for cookie in client.cookies.jar}
    assert "_streamlit_user_tokens" not in cookies
    cookie = cookies["_streamlit_user"]
    assert "HttpOnly" in cookie._rest  # type: ignore[attr-defined]
    assert cookie._rest["SameSite"].lower() == "lax"  # type: ignore[attr-defined]
    assert cookie.expires <= dt.datetime.now().timestamp() + 8 * 3600 + 5


def test_strangers_upload_nothing_and_the_open_folder_is_closed(
    served: Served, sign_in: SignIn
) -> None:
    stranger = httpx.Client(base_url=served.address)
    put = {"files": {"file": ("a.xlsx", b"x")}}
    assert stranger.put("/_stcore/upload_file/session/file", **put).status_code == 403
    for path in ("/media/anything.xlsx", "/_stcore/metrics"):
        assert stranger.get(path).status_code == 404
    officer = sign_in("officer@north.example")
    # Signed in, but without the token against forged requests.
    assert officer.put("/_stcore/upload_file/session/file", **put).status_code == 403


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", None])
def test_pages_of_other_sites_do_not_connect(served: Served, origin: str | None) -> None:
    stream = served.address.replace("http:", "ws:") + "/_stcore/stream"
    with pytest.raises(InvalidStatus, match="403"), connect(stream, origin=origin):  # type: ignore[arg-type]
        pass
    with connect(stream, origin=served.address, subprotocols=["streamlit"]):  # type: ignore[arg-type,list-item]
        pass


def test_headers_are_on_every_answer(served: Served) -> None:
    for path in ("/", "/healthz", "/files/checked/x", "/media/x"):
        headers = httpx.get(served.address + path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert (headers["x-content-type-options"], headers["x-frame-options"]) == (
            "nosniff",
            "DENY",
        )
        assert headers["cache-control"] == "no-store"


def test_no_module_of_the_public_site_reaches_the_force_site_or_returns() -> None:
    graph = grimp.build_graph("dashboard", "etl")
    public = {
        module
        for module in graph.modules
        if module.startswith("dashboard.") and not module.startswith("dashboard.force_")
    }
    closed = {
        module for module in graph.modules if module.startswith(("dashboard.force_", "etl.returns"))
    }
    assert "dashboard.force_site.views.one_return" in closed
    for module in sorted(public):
        assert not graph.find_upstream_modules(module) & closed, module


def test_secrets_are_not_in_the_repository() -> None:
    root = Path(__file__).resolve().parents[2]
    assert not list(root.rglob("secrets.toml"))


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("/one-return?id=3&lang=cy", "/one-return?id=3&lang=cy"),
        ("/?lang=cy", "/?lang=cy"),
        ("", "/"),
        ("//elsewhere.example/log", "/"),
        ("https://elsewhere.example/log", "/"),
        ("/\\elsewhere.example", "/"),
        ("/log@elsewhere.example", "/"),
        ("/auth/logout", "/"),
        ("/log?a=%0d%0aSet-Cookie:x", "/log?a=%0D%0ASet-Cookie%3Ax"),
        (f"/log?a={'x' * 600}", "/log"),
        ("https://[", "/"),
    ],
)
def test_the_way_back_leads_to_pages_of_this_site_alone(text: str, there: str) -> None:
    assert read_redirect(write_redirect(text)) == there


@pytest.mark.parametrize("text", ["", "!", "é", "/log", "_w", "A" * 5000])
def test_a_cookie_that_is_none_of_ours_leads_to_the_first_page(text: str) -> None:
    assert read_redirect(text) == "/"


def test_the_way_back_is_to_the_page_that_was_opened_and_after_signing_out_to_the_first(
    served: Served,
) -> None:
    with httpx.Client(base_url=served.address) as client:
        assert client.get("/oauth2callback").headers["location"] == "/"
        opened = client.get("/one-return?id=3&lang=cy")
        assert "HttpOnly" in opened.headers["set-cookie"]
        assert client.get("/oauth2callback").headers["location"] == "/one-return?id=3&lang=cy"
        # The next one at this machine is not led to the page of the one before.
        client.get("/auth/logout")
        assert client.get("/oauth2callback").headers["location"] == "/?lang=cy"


def test_start_pages_are_in_their_language_and_name_no_one(served: Served, sign_in: SignIn) -> None:
    client = sign_in("reader@north.example")
    page = client.get("/log?lang=cy")
    assert '<html lang="cy">' in page.text
    assert "<title>Log – Ffurflenni data adnabod wynebau byw</title>" in page.text
    assert page.headers["content-language"] == "cy"
    assert page.text == httpx.get(f"{served.address}/log?lang=cy").text
    script = re.findall(r'src="(/assets/site\.\w+\.js)"', page.text)
    assert httpx.get(served.address + script[0]).status_code == 200
    assert client.get("/returns?state=draft").headers["location"] == "/?state=draft"
