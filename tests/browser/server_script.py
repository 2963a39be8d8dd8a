"""A small site of two pages for the tests of what surrounds the pages: filters in the address,
links, a result that is said.

Served by `python tests/browser/server_script.py` within the site's own routes and headers;
drawn by Streamlit."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

LETTERS = ["all", "alpha", "beta", "gamma"]


def _tall(name: str) -> None:
    st.html("".join(f"<p>{name}, line {number}</p>" for number in range(120)))


def show_first() -> None:
    if st.query_params.get("letter") == "omega":
        raise RuntimeError("a page that cannot be drawn")
    st.set_page_config(page_title="First")
    st.title("First page", anchor=False)
    state, letter = st.session_state, st.query_params.get("letter", "all")
    if state.get("written") != letter or "letter" not in state:
        state["letter"] = letter if letter in LETTERS else "all"
    st.selectbox("Letter", LETTERS, key="letter")
    # The framework keeps this one in the address by itself.
    st.selectbox("Bound", LETTERS, key="bound", bind="query-params")
    selection = state["letter"]
    if selection == "all":
        st.query_params.pop("letter", None)
    elif letter != selection:
        st.query_params["letter"] = selection
    state["written"] = selection
    state["runs"] = state.get("runs", 0) + 1
    st.html(
        f"<p data-announce>Shown: {selection} and {state['bound']}</p>"
        f"<p id=runs>{state['runs']}</p>"
    )
    st.page_link(PAGES[1], label="To the second page")
    _tall("First")


def show_second() -> None:
    st.set_page_config(page_title="Second")
    st.title("Second page", anchor=False)
    st.html("<p data-announce>Nothing to choose</p>")
    st.page_link(PAGES[0], label="To the first page")
    _tall("Second")


if st.runtime.exists():
    PAGES = [
        st.Page(show_first, title="First", url_path="overview", default=True),
        st.Page(show_second, title="Second", url_path="trends"),
    ]
    st.navigation(PAGES, position="hidden").run()
elif __name__ == "__main__":
    from dashboard.server.app import make_app, run

    run(make_app(Path(__file__)))
