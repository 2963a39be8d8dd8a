"""The force site as it is served, with providers of its own, on a data folder of its own;
and people signed in to it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from pathlib import Path

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from playwright.sync_api import Browser, Page

from tests.force_site.serving import COOKIE_SECRET, Enter, Served, SignIn, serve
from tests.returns.postgres_server import postgres as postgres


@pytest.fixture(scope="session")
def served(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Provider and force site, each its own process on a free port."""
    with serve(tmp_path_factory.mktemp("force"), warehouse.parents[1]) as running:
        yield running


@pytest.fixture
def sign_in(served: Served) -> Iterator[SignIn]:
    """A client with the cookies of a person, who has signed in by every redirect of the real
    flow."""
    clients = []

    def do(user: str) -> httpx.Client:
        client = httpx.Client(base_url=served.address, timeout=30)
        clients.append(client)
        tenant = re.sub(r".*@(\w+)\..*", r"\1", user)
        token = jwt.encode(
            {"alg": "HS256"},
            {"provider": tenant, "exp": int(time.time()) + 60},
            OctKey.import_key(COOKIE_SECRET),
        )
        there = client.get("/auth/login", params={"provider": token})
        assert there.status_code == 302, there.text
        back = httpx.get(there.headers["location"] + f"&user={user}", timeout=30)
        assert back.status_code == 302, back.text
        client.get(back.headers["location"])
        return client

    yield do
    for client in clients:
        client.close()


@pytest.fixture(scope="session")
def free_pages(browser: Browser, browser_thread: Executor) -> Iterator[list[Page]]:
    """Pages that no test uses; each in a context of its own, empty and without cookies.
    Used again, because the scripts that they have loaded stay compiled."""
    pages: list[Page] = []
    yield pages
    for page in pages:
        browser_thread.submit(page.context.close).result()


@pytest.fixture
def open_page(
    browser: Browser, browser_thread: Executor, free_pages: list[Page]
) -> Iterator[Callable[[], Page]]:
    """Pages of people who have not signed in, each in a context of its own."""
    used: list[Page] = []

    def do() -> Page:
        page = free_pages.pop() if free_pages else _make_page(browser)
        used.append(page)
        return page

    yield do
    for page in used:
        browser_thread.submit(_empty, page).result()
    free_pages += used


def _make_page(browser: Browser) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(60_000)
    return page


def _empty(page: Page) -> None:
    page.goto("about:blank")
    page.context.clear_cookies()


@pytest.fixture
def enter_site(open_page: Callable[[], Page]) -> Callable[[Served, str], Page]:
    """A page of somebody who has signed in to a site through their provider."""

    def do(served: Served, user: str) -> Page:
        page = open_page()
        page.goto(served.address)
        title = re.sub(r".*@(\w+)\..*", r"\1", user).title()
        page.get_by_role("button", name=f"Sign in: {title}").click()
        page.get_by_role("link", name=user, exact=True).click()
        page.get_by_role("button", name="Sign out").wait_for()
        return page

    return do


@pytest.fixture
def enter(served: Served, enter_site: Callable[[Served, str], Page]) -> Enter:
    """The same for the site that most tests share."""
    return lambda user: enter_site(served, user)
