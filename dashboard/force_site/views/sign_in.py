"""The page on which people sign in, why a sign-in failed, and the page of a person without a role.

One button for each provider; nothing about returns, forces or people."""

from __future__ import annotations

import streamlit as st

from dashboard.components.prose import show_prose
from dashboard.force_site.auth.redirects import REASON
from dashboard.force_site.pages import ForcePage
from dashboard.force_site.session import open_settings
from dashboard.force_site.views.frame import show_head
from dashboard.text.language import _


def show_sign_in(page: ForcePage, reason: str) -> None:
    """A button for each provider; above it why the last sign-in did not hold, by the code of
    `NotSignedInError` or of the address."""
    show_head(page, title=_("Sign in"), question=_("Who are you, and for which force do you work?"))
    explanation = _explain(st.query_params.get(REASON) or reason)
    if explanation:
        st.warning(explanation)
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


def _explain(reason: str) -> str:
    """What happened and what to do; nothing for somebody who has not signed in yet."""
    return {
        "ended": _("Your sign-in has ended. Sign in again."),
        "clock": _(
            "Your sign-in is dated in the future: the clock of your provider and the clock of this "
            "site differ by more than three minutes. Ask your IT to compare them."
        ),
        "audience": _(
            "Your sign-in was made for another site. Ask your IT to compare the client id of this "
            "site (section 1 of the guide to the force site)."
        ),
        "incomplete": _(
            "Your sign-in lacks a claim that this site needs (sub, iat or nonce). Ask your IT to "
            "add it (section 1 of the guide to the force site)."
        ),
        "no_name": _(
            "Your provider did not say who you are: your sign-in has neither preferred_username "
            "nor email. Ask your IT to add one of these claims (section 1 of the guide to the "
            "force site)."
        ),
        "too_large": _(
            "Your account has more roles than this site can keep. Ask your IT to leave only the "
            "roles of this site in the sign-in."
        ),
        "unreachable": _(
            "Your provider could not be reached. Try again in a few minutes. If it goes on, tell "
            "your IT; nothing is wrong with your account."
        ),
        "cancelled": _("The sign-in was cancelled at your provider. Nothing was changed."),
        "refused": _(
            "Your provider's answer could not be accepted: it may have come too late, the clocks "
            "may differ, or its signature was wrong. Sign in again. If it goes on, tell your "
            "IT."
        ),
    }.get(reason, "")


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
