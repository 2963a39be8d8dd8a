"""The sign-in of a plain request: the signed cookie that the sign-in has set, for files and for the
guard.

In: the cookies of a request. Out: the claims in them, or none where the signature does not hold.
What they allow is decided in `dashboard.force_site.auth.identity`; pages get the same claims from
Streamlit's `st.user`. Uses the framework's own signing, so that there is one cookie and one secret;
the version is pinned and the tests go through a real sign-in."""

from __future__ import annotations

import json
from collections.abc import Mapping

from dashboard.force_site.auth.settings import SignIn
from dashboard.streamlit_internals.sign_in_cookie import read_signed_cookie


def read_claims(cookies: Mapping[str, str], sign_in: SignIn) -> dict[str, object]:
    """The claims of the signed cookie; nothing if there is none or it is not ours."""
    held = read_signed_cookie(cookies.get, sign_in.cookie_secret, sign_in.session_hours / 24)
    if held is None:
        return {}
    try:
        claims = json.loads(held)
    except (ValueError, UnicodeDecodeError):
        return {}
    if not isinstance(claims, dict) or claims.get("origin") != sign_in.site_address:
        return {}
    return claims
