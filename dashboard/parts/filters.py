"""The filters of a page, kept in its address so that what a reader sees can be sent to another.

In: forces and years of the record, and the address. Out: a `Selection`; the address without defaults.
A value that the record does not know gets a sentence and the default, never an error. Going back in the browser
restores the filters, because the address wins whenever this page has not written it itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from dashboard.questions import Selection

FORCE, FIRST, LAST, SEARCH, UNCOUNTED, PAGE = "force", "from", "to", "place", "uncounted", "page"
LONGEST_SEARCH = 80
_WRITTEN, _IGNORED, _TURN = "address_written", "address_ignored", "page_turn"


def read_address(
    query: Mapping[str, str], forces: Mapping[str, str], years: Sequence[int]
) -> tuple[Selection, int, list[str]]:
    """Selection, page of the table, and a sentence for each value that is not known."""
    ignored = []
    force_id = query.get(FORCE) or None
    if force_id is not None and force_id not in forces:
        ignored.append(f"The record has no force “{_short(force_id)}”: all forces are shown.")
        force_id = None
    first, last = (_read_year(query.get(name), name, years, ignored) for name in (FIRST, LAST))
    if first is not None and last is not None and last < first:
        ignored.append(f"The period would end in {last}, before it starts in {first}: all years are shown.")
        first = last = None
    page = query.get(PAGE, "1")
    if not (page.isascii() and page.isdigit() and int(page[:6]) > 0):
        ignored.append(f"There is no page “{_short(page)}” of the table: the first is shown.")
        page = "1"
    uncounted = query.get(UNCOUNTED) == "yes"
    return (
        Selection(force_id, first, last, query.get(SEARCH, "")[:LONGEST_SEARCH], uncounted),
        int(page[:6]),
        ignored,
    )


def write_address(chosen: Selection, page: int) -> dict[str, str]:
    """The filters that are not the default."""
    values = {
        FORCE: chosen.force_id or "",
        FIRST: str(chosen.first_year or ""),
        LAST: str(chosen.last_year or ""),
        SEARCH: chosen.search,
        UNCOUNTED: "yes" if chosen.uncounted else "",
        PAGE: str(page) if page > 1 else "",
    }
    return {name: value for name, value in values.items() if value}


def show_filters(forces: Mapping[str, str], years: Sequence[int]) -> Selection:
    """Force and years for the whole page; search and page of the table stand by the table."""
    state = st.session_state
    incoming = st.query_params.to_dict()
    own = {
        name: value
        for name, value in incoming.items()
        if name in (FORCE, FIRST, LAST, SEARCH, UNCOUNTED, PAGE)
    }
    if state.get(_WRITTEN) != own:
        chosen, page, ignored = read_address(own, forces, years)
        state[FORCE], state[FIRST], state[LAST] = (
            chosen.force_id or "",
            chosen.first_year or "",
            chosen.last_year or "",
        )
        state[SEARCH], state[UNCOUNTED], state[PAGE], state[_IGNORED] = (
            chosen.search,
            chosen.uncounted,
            page,
            ignored,
        )
        state[_TURN] = state.get(_TURN, 0) + 1
    # The widgets of the table may not have been drawn in the last run, which forgets their values.
    state[SEARCH], state[UNCOUNTED] = state.get(SEARCH, ""), state.get(UNCOUNTED, False)
    for sentence in state[_IGNORED]:
        st.warning(sentence)
    with st.container(horizontal=True, gap="medium"):
        st.selectbox(
            "Police force or body", ["", *forces], key=FORCE, on_change=turn_back, width=360, filter_mode="contains",
            format_func=lambda force_id: forces.get(force_id, "All forces"),
        )  # fmt: skip
        for label, name, default in (("From", FIRST, "First year"), ("To", LAST, "Last year")):
            options: list[int | str] = ["", *years]
            say = partial(_name_year, default)
            st.selectbox(label, options, key=name, on_change=turn_back, width=160, format_func=say)
    first, last = state[FIRST] or None, state[LAST] or None
    if first is not None and last is not None and last < first:
        st.warning(f"The period would end in {last}, before it starts in {first}: all years are shown.")
        first = last = None
    return Selection(state[FORCE] or None, first, last, state[SEARCH].strip(), state[UNCOUNTED])


def keep_address(chosen: Selection) -> None:
    """Writes the filters into the address; parameters of others stay."""
    own = write_address(chosen, st.session_state[PAGE])
    if st.session_state.get(_WRITTEN) != own:
        others = {name: value for name, value in st.query_params.to_dict().items() if name not in (FORCE, FIRST, LAST, SEARCH, UNCOUNTED, PAGE)}  # fmt: skip
        st.query_params.from_dict({**others, **own})
        st.session_state[_WRITTEN] = own


def show_pages(count: int) -> None:
    """The page numbers of the table; another selection gets new ones, which start at its page."""
    key = f"page_{st.session_state[_TURN]}"
    st.pagination(count, default=st.session_state[PAGE], key=key, on_change=_turn_to, args=(key,))


def turn_back() -> None:
    """Another selection starts on the first page of its table, and nothing is left to say about the address."""
    st.session_state[PAGE] = 1
    st.session_state[_TURN] += 1
    st.session_state[_IGNORED] = []


def _turn_to(key: str) -> None:
    st.session_state[PAGE] = st.session_state[key]


def _name_year(default: str, year: int | str) -> str:
    return str(year) or default


def _read_year(value: str | None, name: str, years: Sequence[int], ignored: list[str]) -> int | None:
    if not value:
        return None
    if value.isascii() and value.isdigit() and int(value[:6]) in years:
        return int(value)
    ignored.append(f"The record has no year “{_short(value)}” ({name}): the default is shown.")
    return None


def _short(value: str) -> str:
    return value if len(value) <= 40 else f"{value[:40]}…"
