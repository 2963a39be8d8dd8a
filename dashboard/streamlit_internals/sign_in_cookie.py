"""The signed cookie that Streamlit's sign-in sets, read with the framework's own signing.

In: a function that gives a cookie by its name, the secret, the days that it holds. Out: the bytes
that were signed; None where there is no cookie or the signature does not hold."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME


def read_signed_cookie(
    get_cookie: Callable[[str], str | None], secret: str, max_age_days: float
) -> bytes | None:
    """The user cookie, put together from its chunks."""

    def read_chunk(name: str) -> bytes | None:
        value = get_cookie(name)
        return decode_signed_value(secret, name, value, max_age_days) if value else None

    return get_cookie_with_chunks(read_chunk, USER_COOKIE_NAME)
