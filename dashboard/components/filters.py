"""The filters of a page, kept in its address so that what a reader sees can be sent to another.

In: the parameters that `dashboard.selection.selection` declares for a page. Out: the `Selection` of
this run; the widgets. A value that the record does not know gets a sentence and the default, never
an error. Going back in the browser restores the filters, because the address wins whenever this
page has not written it itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import streamlit as st

from dashboard.pages import Host
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import text
from dashboard.rendering.pieces import (
    Control,
    Filters,
    container,
    is_document,
    show_element,
    show_filters_piece,
    show_html,
)
from dashboard.selection.parameters import BY_NAME, Parameter, parameters_of
from dashboard.selection.selection import (
    MAX_SEARCH_LENGTH,
    NOTHING,
    YES,
    Choices,
    Selection,
    describe_unknown,
    order_years,
    read_address,
    write_query,
)
from dashboard.text.language import _

_Kind = Literal["one", "several", "text", "switch"]
# Widths in pixels; others have the usual one.
_WIDTHS = {
    **{
        "from": 150,
        "to": 150,
        "by": 130,
        "force": 300,
        "measure": 260,
        "axis": 240,
        "group": 220,
        "reference": 220,
    },
    **{"benchmark": 340, "list": 340, "technology": 300, "kind": 300},
    **{"publication": 340, "check": 340, "district": 220, "use_case": 260},
}
_OTHER_WIDTHS: dict[_Kind, int] = {"several": 360, "text": 320, "switch": 180}
_COLUMN = "filter-column"
_KINDS: dict[str, _Kind] = {"codes": "several", "text": "text", "switch": "switch"}
_WRITTEN, _SELECTION_FIELDS, _IGNORED, _TURN = (
    "address_written",
    "address_chosen",
    "address_ignored",
    "page_turn",
)


def read_selection(
    slug: str, choices: Choices, language: str, host: Host | None = None
) -> Selection:
    """What is chosen in this run: the address where somebody else wrote it, the widgets otherwise.
    Writes the address, in which the parameters of a host stay as they are."""
    state, own = st.session_state, host.query(slug) if host else {}
    alls = {name: st.query_params.get_all(name) for name in st.query_params if name not in own}
    if state.get(_WRITTEN) != (slug, host, alls):
        selection, sentences = read_address(slug, alls, choices)
        state[_IGNORED] = [*sentences, *describe_unknown(alls)]
        state[_TURN] = state.get(_TURN, 0) + 1
        for parameter in parameters_of(slug):
            state[_widget(slug, parameter.name)] = _show(
                parameter, slug, selection.value_of(parameter)
            )
    else:
        # A widget that was not drawn in the last run has been forgotten;
        # assigning keeps those that were.
        for parameter in parameters_of(slug):
            name = _widget(slug, parameter.name)
            state[name] = state.get(
                name, _show(parameter, slug, state[_SELECTION_FIELDS].value_of(parameter))
            )
    read = {
        parameter.field or parameter.name: _take(parameter, state[_widget(slug, parameter.name)])
        for parameter in parameters_of(slug)
    }
    selection, wrong_order = order_years(NOTHING.with_changes(**read))
    state[_IGNORED] = [
        each_state for each_state in state[_IGNORED] if each_state not in wrong_order
    ] + wrong_order
    state[_SELECTION_FIELDS] = selection
    ours = write_query(slug, selection, language)
    if alls != ours:
        st.query_params.from_dict({**own, **ours})
    state[_WRITTEN] = (slug, host, ours)
    return selection


def list_ignored() -> list[str]:
    """A sentence for each value of the address of this run that could not be used."""
    return list(st.session_state[_IGNORED])


def show_warning(sentence: str) -> None:
    """A sentence about a request that cannot be met."""
    if is_document():
        show_html(f'<div class="lfr-note lfr-warning" role="alert"><p>{text(sentence)}</p></div>')
    else:
        show_element(st.warning, sentence)


def show_filters(context: PageContext, *names: str) -> None:
    """The widgets of these parameters in a row; in a column on a phone."""
    controls = _list_controls(context, names)
    if is_document():
        show_filters_piece(Filters(controls))
        return
    row = show_element(
        st.container,
        horizontal=True,
        gap="medium",
        vertical_alignment="bottom",
        key=f"filters-{names[0]}",
    )
    with row:
        for control in controls:
            _show_control(context.page.slug, control)


@contextmanager
def filter_column(label: str) -> Iterator[None]:
    """Filters within stand in a column at the left of what follows; on a phone they are folded
    under one line with this label."""
    switch = f'<input type="checkbox" class="lfr-unfold"><span>{text(label)}</span>'
    show_html(f'<label class="lfr-folded">{switch}</label>')
    if is_document():
        with container(_COLUMN):
            yield
    else:
        with show_element(st.container, key=_COLUMN):
            yield


def show_more_filters(context: PageContext, label: str, *names: str, opened: bool) -> None:
    """Filters that few readers need, behind a heading;
    they are made when it is opened, as each costs what a figure costs."""
    if is_document():
        show_filters_piece(Filters(_list_controls(context, names), label, opened))
        return
    # Opened by an address at first, then by the reader alone:
    # who clears a filter in it is not done with it.
    key = f"more-{context.page.slug}"
    st.session_state.setdefault(key, opened)
    more = show_element(st.expander, label, key=key, on_change="rerun")
    if more.open:
        with more:
            show_filters(context, *names)


def read_page(context: PageContext, count: int) -> int:
    """The page that is shown of a table of `count` pages."""
    return min(max(1, context.selection.page), max(1, count))


def show_pages(context: PageContext, count: int) -> int:
    """The page numbers of a table of `count` pages, and the page that is shown;
    another selection starts on the first."""
    page = read_page(context, count)
    if context.selection.page > page:
        template = _("There is no page {asked} of this table: page {page}, its last, is shown.")
        show_warning(template.format(asked=context.selection.page, page=page))
    if count > 1 and is_document():
        with container("pages"):
            show_html(_write_pages(context, count, page))
    elif count > 1:
        name, key = _widget(context.page.slug, "page"), f"page_{st.session_state[_TURN]}"
        show_element(
            st.pagination, count, default=page, key=key, on_change=_turn_to, args=(name, key)
        )
    return page


def _write_pages(context: PageContext, count: int, page: int) -> str:
    """Links to the pages of a table: the first, the last, and those about the one that is shown."""
    shown = sorted({1, count, *range(max(1, page - 2), min(count, page + 2) + 1)})
    items = []
    for number in shown:
        here = ' aria-current="true"' if number == page else ""
        gap = "<li>…</li>" if number - 1 not in (0, *shown) else ""
        address = text(context.address(page=number))
        items.append(f'{gap}<li><a{here} href="{address}">{number}</a></li>')
    label = text(_("Pages of the table"))
    return f'<nav class="lfr-pages" aria-label="{label}"><ul>{"".join(items)}</ul></nav>'


def _list_controls(context: PageContext, names: Sequence[str]) -> tuple[Control, ...]:
    return tuple(_describe_control(context, BY_NAME[name]) for name in names)


def _describe_control(context: PageContext, parameter: Parameter) -> Control:
    """What both a widget and a field of a form are made of."""
    known, most = context.choices.get(parameter.name, {}), parameter.limits[context.page.slug]
    label, none = _(parameter.label), _(parameter.none)
    kind = _KINDS.get(parameter.kind, "one")
    if kind == "several" and most == 1:
        kind = "one"
    options = tuple(known.items())
    if kind == "one" and not (parameter.kind == "code" and not parameter.none):
        options = (("", none), *options)
    if kind == "several":
        label = _("{label} (up to {most})").format(label=label, most=most)
    value = _show(parameter, context.page.slug, context.selection.value_of(parameter))
    values = tuple(value) if isinstance(value, list) else (YES,) if value is True else (value,)
    return Control(
        parameter.name,
        label,
        kind,
        tuple(choice for choice in values if choice),
        options,
        none,
        MAX_SEARCH_LENGTH if kind == "text" else most,
        _WIDTHS.get(parameter.name, 180) if kind == "one" else _OTHER_WIDTHS[kind],
    )


def _show_control(slug: str, control: Control) -> None:
    """A widget of the framework."""
    words = dict(control.options)
    usual = {"key": _widget(slug, control.name), "on_change": _changed, "args": (slug,)}
    if control.kind == "switch":
        show_element(st.checkbox, control.label, **usual)
    elif control.kind == "text":
        show_element(
            st.text_input, control.label, max_chars=control.most, width=control.width, **usual
        )
    elif control.kind == "several":
        show_element(
            st.multiselect,
            control.label,
            list(words),
            max_selections=control.most,
            placeholder=control.none,
            width=control.width,
            format_func=words.__getitem__,
            **usual,
        )
    else:
        show_element(
            st.selectbox,
            control.label,
            list(words),
            width=control.width,
            filter_mode="contains",
            format_func=lambda code: words.get(code, control.none),
            **usual,
        )


def _changed(slug: str) -> None:
    """Another selection starts on the first page of its table,
    and nothing is left to say about the address."""
    st.session_state[_TURN] += 1
    st.session_state[_IGNORED] = []
    if slug in BY_NAME["page"].limits:
        st.session_state[_widget(slug, "page")] = 1


def _turn_to(name: str, key: str) -> None:
    st.session_state[name] = st.session_state[key]


def _widget(slug: str, name: str) -> str:
    return f"{slug}.{name}"


def _show(parameter: Parameter, slug: str, value: Any) -> Any:
    """A field of the selection as its widget holds it."""
    if parameter.kind == "codes":
        return list(value) if parameter.limits[slug] > 1 else value[0] if value else ""
    if parameter.kind == "year":
        return "" if value is None else str(value)
    return value


def _take(parameter: Parameter, value: Any) -> Any:
    """What a widget holds as a field of the selection."""
    if parameter.kind == "codes":
        return tuple(value) if isinstance(value, list) else (value,) if value else ()
    if parameter.kind == "year":
        return int(value) if value else None
    return value.strip() if isinstance(value, str) else value
