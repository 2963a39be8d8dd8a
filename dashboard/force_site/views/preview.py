"""The public pages as they are and as they would be with this return in: first what changes, then
each page itself.

In: the desk, the number of the return in the address. Out: the force's figures and findings, or a
page drawn by its own view of `dashboard.views`, once over the published record and once over the
record with the return in. Computes nothing."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dashboard.components.filters import list_ignored, read_selection, show_warning
from dashboard.components.prose import show_prose
from dashboard.force_site.session import UserSession, open_previews
from dashboard.force_site.views.frame import address
from dashboard.force_site.views.one_return import read_number
from dashboard.force_site.views.preview_changes import show_changes
from dashboard.pages import BY_SLUG, PAGES, Host
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import text
from dashboard.rendering.pieces import batched, show_html
from dashboard.selection.parameters import BY_NAME
from dashboard.text.language import _, language
from dashboard.text.language import mark as N_
from dashboard.views.registry import VIEWS, keep_choices
from etl.queries.record import Record
from etl.releases.catalogue import draft_of
from etl.returns.preview import Preview
from etl.returns.store.returns import Return, open_return

_PAGE, _RECORD, _ID = "show", "record", "id"
_CHANGES = "changes"
# The record that is shown: the first is what is shown unless the address names another.
_RECORDS = {"after": N_("With this return"), "before": N_("Public now")}
# The pages that can be of one force, those of the force's own figures first.
# Links on them lead to every other page too.
_FIRST = ("forces", "trends", "deployments", "data-quality")
_OFFERED = (
    *_FIRST,
    *(
        page.slug
        for page in PAGES
        if page.slug in BY_NAME["force"].limits and page.slug not in _FIRST
    ),
)


def show(session: UserSession) -> None:
    """What would change, or a page before and after, once the user has started the build: it takes
    a while."""
    saved_return = open_return(session.store, session.scope, read_number())
    back = text(address("one-return", id=saved_return.return_id))
    show_html(f'<p><a href="{back}">{text(saved_return.title)}</a></p>')
    made = open_previews().find(session.store, session.site, session.scope, saved_return.return_id)
    if made is None:
        show_prose(
            _(
                "The whole record is built once more with this return in, for those of you who may "
                "see the return. This takes up to a minute. Nothing is published."
            )
        )
        if not st.button(_("Show before and after"), type="primary"):
            return
        with st.spinner(_("Building the record with this return …")):
            open_previews().make(session.store, session.site, session.scope, saved_return.return_id)
        st.rerun()
    _show_made(session, saved_return, made)


def _show_made(session: UserSession, saved_return: Return, made: Preview) -> None:
    pages = {_CHANGES: _("What changes"), **{slug: _(BY_SLUG[slug].title) for slug in _OFFERED}}
    query_param = st.query_params.get(_PAGE, "")
    if query_param in BY_SLUG and query_param not in pages:  # a link on a page has led here
        pages[query_param] = _(BY_SLUG[query_param].title)
    with st.container(
        horizontal=True, gap="medium", vertical_alignment="bottom", key="preview-choice"
    ):
        _prepare(_PAGE, pages)
        page = st.selectbox(
            _("What is shown"),
            list(pages),
            format_func=pages.__getitem__,
            key=_key(_PAGE),
            on_change=_keep,
            args=(_PAGE, made.force_id),
            width=300,
        )
        record = ""
        if page != _CHANGES:
            _prepare(_RECORD, _RECORDS)
            record = st.radio(
                _("Of which record"),
                list(_RECORDS),
                format_func=lambda code: _(_RECORDS[code]),
                key=_key(_RECORD),
                on_change=_keep,
                args=(_RECORD, made.force_id),
                horizontal=True,
            )
    if page == _CHANGES:
        show_changes(made, session.name_force(made.force_id))
        return
    lfr_record = made.before if record == "before" else made.after
    if lfr_record is None:
        show_prose(_("There is no public record yet."))
        return
    template = (
        _("The public page as it is now.")
        if record == "before"
        else _("Not public: the page as it would be with this return in.")
    )
    show_html(
        f'<div class="lfr-note" role="status"><p><strong>{text(pages[page])}</strong></p>'
        f"<p>{text(template)}</p></div>"
    )
    _show_page(
        lfr_record,
        page,
        Host("/preview", _PAGE, ((_ID, str(saved_return.return_id)), (_RECORD, record))),
    )


def _show_page(record: Record, slug: str, host: Host) -> None:
    """A page of the public site, by its own view, at addresses of this page."""
    release = draft_of(record.release)
    choices = keep_choices(record, language(), release.version)
    selection = read_selection(slug, choices, language(), host)
    page = BY_SLUG[slug]
    context = PageContext(
        page, record, choices, selection, language(), st.context.theme.type == "dark", release, host
    )
    with batched():
        for sentence in list_ignored():
            show_warning(sentence)
        VIEWS[page.slug].show(context)


def _key(name: str) -> str:
    return f"preview-{name}"


def _prepare(name: str, options: Iterable[str]) -> None:
    """The widget shows the choice in the URL, or its first option."""
    query_param, known = st.query_params.get(name, ""), list(options)
    st.session_state[_key(name)] = query_param if query_param in known else known[0]


def _keep(name: str, force_id: str) -> None:
    """Writes a choice into the address. The first page is of the force;
    after that, what is chosen on the pages goes along."""
    if st.query_params.get(_PAGE, _CHANGES) == _CHANGES:
        st.query_params["force"] = force_id
    st.query_params[name] = st.session_state[_key(name)]
