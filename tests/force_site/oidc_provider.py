"""A small OpenID Connect provider on loopback: discovery, authorisation code with PKCE, signed
tokens, keys, sign-out.

In: a port. Out: `python oidc_provider.py PORT`. People are declared here;
some of them get tokens that no site may take."""

from __future__ import annotations

import base64
import hashlib
import secrets
import sys
import time
import uuid
from typing import Any

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "lfr-returns", "the-secret-of-the-client"
HOUR = 3600
# What each person has at their provider: roles, and claims that replace the true ones.
PEOPLE: dict[str, dict[str, Any]] = {
    "officer@north.example": {"roles": ["officer"]},
    "approver@north.example": {"roles": ["approver"]},
    "both@north.example": {"roles": ["officer", "approver"]},
    "reader@north.example": {"roles": ["reader"]},
    "officer@essex.example": {"roles": ["officer"]},
    "approver@essex.example": {"roles": ["approver"]},
    "reviewer@national.example": {"roles": ["national_reviewer"]},
    "keeper@national.example": {"roles": ["admin"]},
    "nobody@north.example": {"roles": []},
    "greedy@north.example": {"roles": ["admin", "approver:essex", "national_reviewer"]},
    "expired@north.example": {"roles": ["officer"], "exp": -HOUR, "iat": -2 * HOUR},
    "old@north.example": {"roles": ["officer"], "iat": -20 * HOUR},
    "other-audience@north.example": {"roles": ["officer"], "aud": ["another-site"], "azp": CLIENT},
    "other-issuer@north.example": {"roles": ["officer"], "iss": "http://127.0.0.1:1/elsewhere"},
    "other-nonce@north.example": {"roles": ["officer"], "nonce": "of-another-sign-in"},
    "forged@north.example": {"roles": ["officer"]},
    # Entra ID puts every group into the token where a tenant asks for it.
    "groups@north.example": {
        "roles": ["reader"],
        "groups": [str(uuid.UUID(int=number)) for number in range(200)],
    },
    "no-name@north.example": {"roles": ["officer"], "preferred_username": None},
    "by-mail@north.example": {
        "roles": ["reader"],
        "preferred_username": None,
        "email": "By-Mail@north.example",
    },
    "ahead@north.example": {"roles": ["reader"], "iat": 115},
    "two-sites@north.example": {"roles": ["reader"], "aud": [CLIENT, "another"], "azp": CLIENT},
    "reader@nested.example": {"realm_access": {"roles": ["reader", "offline_access"]}},
    "many@national.example": {
        "roles": [f"officer:{uuid.uuid5(uuid.NAMESPACE_DNS, str(number))}" for number in range(300)]
    },
}
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}, private=True)
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}, private=True)
CODES: dict[str, dict[str, str]] = {}


def _base(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}/{request.path_params['tenant']}"


def discover(request: Request) -> Response:
    base = _base(request)
    return JSONResponse(
        {
            "issuer": base,
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": f"{base}/token",
            "jwks_uri": f"{base}/keys",
            "end_session_endpoint": f"{base}/end",
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }
    )


def authorize(request: Request) -> Response:
    """Without a person, a page on which one is chosen."""
    query_params = dict(request.query_params)
    user = query_params.pop("user", "")
    if user not in PEOPLE:
        links = "".join(
            f'<li><a href="{request.url.include_query_params(user=person)}">{person}</a></li>'
            for person in PEOPLE
        )
        return HTMLResponse(f"<!doctype html><html lang=en><title>Provider</title><ul>{links}</ul>")
    assert query_params["client_id"] == CLIENT
    assert query_params["code_challenge_method"] == "S256"
    code = secrets.token_urlsafe(16)
    CODES[code] = {**query_params, "user": user}
    target = query_params["redirect_uri"]
    return RedirectResponse(f"{target}?code={code}&state={query_params['state']}", 302)


async def give_token(request: Request) -> Response:
    form = await request.form()
    basic = base64.b64decode(
        request.headers.get("authorization", "").removeprefix("Basic ")
    ).decode()
    code = CODES.pop(str(form.get("code")), None)
    if (
        basic != f"{CLIENT}:{SECRET}"
        or code is None
        or form.get("redirect_uri") != code["redirect_uri"]
    ):
        return JSONResponse({"error": "invalid_grant"}, 400)
    challenge = base64.urlsafe_b64encode(
        hashlib.sha256(str(form["code_verifier"]).encode()).digest()
    )
    if challenge.rstrip(b"=").decode() != code["code_challenge"]:
        return JSONResponse({"error": "invalid_grant"}, 400)
    return JSONResponse(
        {
            "access_token": secrets.token_urlsafe(16),
            "token_type": "Bearer",
            "expires_in": HOUR,
            "id_token": make_token(_base(request), code["user"], code["nonce"]),
        }
    )


def make_token(issuer: str, user: str, nonce: str) -> str:
    now = int(time.time())
    claims = {
        "iss": issuer,
        "aud": CLIENT,
        "sub": hashlib.sha256(user.encode()).hexdigest()[:24],
        "nonce": nonce,
        "iat": now,
        "exp": now + HOUR,
        "preferred_username": user,
    }
    own = {**PEOPLE[user]}
    for name in ("iat", "exp"):
        if name in own:
            own[name] += now
    key = OTHER_KEY if user.startswith("forged") else KEY
    return jwt.encode({"alg": "RS256", "kid": "one"}, {**claims, **own}, key)


def show_keys(_request: Request) -> Response:
    return JSONResponse({"keys": [KEY.as_dict(private=False)]})


def end(request: Request) -> Response:
    return RedirectResponse(request.query_params["post_logout_redirect_uri"], 302)


app = Starlette(
    routes=[
        Route("/{tenant}/.well-known/openid-configuration", discover),
        Route("/{tenant}/authorize", authorize),
        Route("/{tenant}/token", give_token, methods=["POST"]),
        Route("/{tenant}/keys", show_keys),
        Route("/{tenant}/end", end),
    ]
)

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
