"""Sign-in with the tokens that real providers send: many groups, no name, roles inside another
claim, a clock that is ahead, several audiences; and what a person reads when a sign-in fails."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from playwright.sync_api import Page, expect
from websockets.sync.client import connect

from dashboard.force_site.auth.identity import NotSignedInError, find_claim, identify
from dashboard.force_site.auth.settings import Provider, SignIn
from tests.force_site.serving import COOKIE_SECRET, Enter, Served
from tests.force_site.serving import SignIn as Client

NORTH = Provider("north", "North", "north_wales", "lfr-returns", "secret", "https://p.example")
SETTINGS = SignIn("https://site.example", "s" * 32, 8, {"north": NORTH})
NOW = 1_800_000_000
CLAIMS = {
    "is_logged_in": True,
    "provider": "north",
    "aud": "lfr-returns",
    "sub": "x",
    "nonce": "n",
    "iat": NOW,
    "preferred_username": "x@north.example",
    "roles": ["officer"],
}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"is_logged_in": False}, "nobody"),
        ({"provider": "west"}, "nobody"),
        ({"aud": ["another"]}, "audience"),
        ({"iat": None}, "incomplete"),
        ({"nonce": " "}, "incomplete"),
        ({"sub": None}, "incomplete"),
        ({"iat": NOW + 181}, "clock"),
        ({"iat": NOW - 8 * 3600}, "ended"),
        ({"preferred_username": None}, "no_name"),
        ({"preferred_username": "", "email": " "}, "no_name"),
    ],
)
def test_a_refused_sign_in_names_its_reason(changes: dict[str, object], reason: str) -> None:
    with pytest.raises(NotSignedInError) as refused:
        identify(CLAIMS | changes, SETTINGS, NOW)
    assert refused.value.reason == reason


@pytest.mark.parametrize("iat", [NOW + 180, NOW + 120, NOW - 8 * 3600 + 1])
def test_clocks_may_differ_by_three_minutes(iat: int) -> None:
    assert identify(CLAIMS | {"iat": iat}, SETTINGS, NOW).name == "x@north.example"


def test_a_claim_is_named_by_its_name_or_by_a_path() -> None:
    claims = {"a": {"b": ["deep"]}, "https://p.example/roles": ["flat"]}
    assert find_claim(claims, "a.b") == ["deep"]
    assert find_claim(claims, "https://p.example/roles") == ["flat"]
    assert find_claim(claims, "a.b.c") is None
    assert find_claim(claims, "a.x") is None


@pytest.mark.parametrize(
    "user",
    [
        "groups@north.example",
        "by-mail@north.example",
        "ahead@north.example",
        "two-sites@north.example",
        "reader@nested.example",
    ],
)
def test_tokens_of_real_providers_open_files_and_leave_one_small_cookie(
    served: Served, sign_in: Client, user: str
) -> None:
    client = sign_in(user)
    assert client.get("/files/return-template-en.xlsx").status_code == 200
    cookies = {
        cookie.name: len(cookie.value or "")
        for cookie in client.cookies.jar
        if cookie.name.startswith("_streamlit_user")
    }
    assert list(cookies) == ["_streamlit_user"]
    assert cookies["_streamlit_user"] < 2000


@pytest.mark.browser
def test_a_person_with_200_groups_reaches_the_first_page(served: Served, enter: Enter) -> None:
    page = enter("groups@north.example")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.browser
def test_a_person_without_a_name_reads_what_to_ask_for(
    served: Served, open_page: Callable[[], Page]
) -> None:
    page = open_page()
    page.goto(served.address)
    page.get_by_role("button", name="Sign in: North").click()
    page.get_by_role("link", name="no-name@north.example", exact=True).click()
    expect(page.get_by_text("neither preferred_username nor email")).to_be_visible()


@pytest.mark.browser
def test_a_provider_that_is_down_is_named_as_the_reason(
    served: Served, open_page: Callable[[], Page]
) -> None:
    page = open_page()
    page.goto(served.address)
    page.get_by_role("button", name="Sign in: Down").click()
    expect(page.get_by_text("Your provider could not be reached")).to_be_visible()


def test_too_many_roles_are_refused_with_a_reason(served: Served, sign_in: Client) -> None:
    client = sign_in("many@national.example")
    assert "_streamlit_user" not in client.cookies
    assert client.get("/files/return-template-en.xlsx").status_code == 401


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("error=access_denied&state=x", "cancelled"),
        ("error=server_error&state=x", "refused"),
        ("code=y&state=of-nobody", "refused"),
    ],
)
def test_a_callback_without_a_sign_in_leads_back_with_its_reason(
    served: Served, query: str, reason: str
) -> None:
    got = httpx.get(f"{served.address}/oauth2callback?{query}")
    assert got.status_code == 302
    assert got.headers["location"] == f"/?sign_in={reason}"


def test_a_reason_is_not_kept_in_the_page_that_a_sign_in_returns_to(served: Served) -> None:
    with httpx.Client(base_url=served.address) as client:
        client.get("/log?sign_in=refused&lang=cy")
        assert client.get("/oauth2callback").headers["location"] == "/log?lang=cy"


def test_long_cookies_of_other_services_do_not_stop_the_page(served: Served) -> None:
    stream = served.address.replace("http:", "ws:") + "/_stcore/stream"
    with connect(
        stream,
        origin=served.address,  # type: ignore[arg-type]
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers={"Cookie": "other=" + "x" * 16_000},
    ):
        pass


def _login_address(provider: str) -> str:
    token = jwt.encode(
        {"alg": "HS256"},
        {"provider": provider, "exp": int(time.time()) + 60},
        OctKey.import_key(COOKIE_SECRET),
    )
    return f"/auth/login?provider={token}"


def test_a_start_at_a_provider_that_is_down_leads_back(served: Served) -> None:
    got = httpx.get(served.address + _login_address("down"), timeout=30)
    assert got.status_code == 302
    assert got.headers["location"] == "/?sign_in=unreachable"
