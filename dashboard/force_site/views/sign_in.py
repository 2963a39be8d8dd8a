"""The door: where people sign in, and what somebody without a role is told.

In: the page that was asked for. Out: one button a provider;
nothing about returns, forces or people."""

from __future__ import annotations

import streamlit as st

from dashboard.components.prose import show_prose
from dashboard.force_site.pages import ForcePage
from dashboard.force_site.session import open_settings
from dashboard.force_site.views.frame import show_head
from dashboard.text.language import _


def show_sign_in(page: ForcePage) -> None:
    """A button for each place where people can sign in."""
    show_head(page, title=_("Sign in"), question=_("Who are you, and for which force do you work?"))
    settings = open_settings()
    hours = settings.session_hours
    show_prose(
        _(
            "This site is for people of police forces who prepare, check and approve returns. Sign "
            "in with the account of your force."
        ),
        _("A sign-in lasts {hours} hours. Your roles are given by your force, not here.").format(
            hours=hours
        ),
    )
    for name, provider in settings.providers.items():
        st.button(
            _("Sign in: {provider}").format(provider=provider.title),
            key=f"sign_in_{name}",
            type="primary",
            on_click=st.login,
            args=(name,),
        )


def show_no_role(page: ForcePage, name: str) -> None:
    """One sentence, and the way out."""
    show_head(page, title=_("No role"), question=_("What can you do here?"))
    show_prose(
        _(
            "You are signed in as {name}, and nobody has given you a role here. Ask whoever keeps "
            "accounts in your force."
        ).format(name=name)
    )
    st.button(_("Sign out"), on_click=st.logout)
