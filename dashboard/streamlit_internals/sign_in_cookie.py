"""The signed cookie that Streamlit's sign-in sets, read and written with the framework's own
signing.

Reading gives the bytes that were signed; None if there is no cookie or the signature is wrong."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import (
    create_signed_value,
    decode_signed_value,
)
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

COOKIE_NAME = USER_COOKIE_NAME


def write_signed_cookie(claims: str, secret: str) -> str:
    """The value of the user cookie that holds these claims, as JSON."""
    return create_signed_value(secret, USER_COOKIE_NAME, claims).decode()


def read_signed_cookie(
    get_cookie: Callable[[str], str | None], secret: str, max_age_days: float
) -> bytes | None:
    """The user cookie, put together from its chunks."""

    def read_chunk(name: str) -> bytes | None:
        value = get_cookie(name)
        return decode_signed_value(secret, name, value, max_age_days) if value else None

    return get_cookie_with_chunks(read_chunk, USER_COOKIE_NAME)
