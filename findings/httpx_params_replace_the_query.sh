#!/usr/bin/env bash
# httpx drops the query of a URL when any params are given, even {} or the client's own.
#
# Expected (written before the run): params are added to the query the URL has, as in requests: a
#   link to the next page, /rows?cursor=7, stays whole; params={} changes nothing.
# Happens: params={} gives /rows, params={'size': 5} gives /rows?size=5, and a
#   Client(params={'key': 'k'}) drops the cursor of each absolute link that it follows. Only
#   params=None keeps it.
# Matters here: a fetch of a paged API with a key for the client asks for page one again and
#   again, and a harvest that stops at a page count stores the same rows many times.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check httpx==0.28.1 requests==2.34.2
cat >"$d/t.py" <<'P'
import httpx
import requests

link = "https://example.org/rows?cursor=7"


def built(client, **more):
    return str(client.build_request("GET", link, **more).url)


plain, keyed = httpx.Client(), httpx.Client(params={"key": "k"})
found = {
    "params=None": built(plain, params=None),
    "params={}": built(plain, params={}),
    "params={'size': 5}": built(plain, params={"size": 5}),
    "Client(params={'key': 'k'})": built(keyed),
}
other = requests.Request("GET", link, params={"size": 5}).prepare().url
print("httpx", httpx.__version__, "requests", requests.__version__, "link", link)
for name, url in found.items():
    print(f"  httpx {name:28}", url)
print("  requests params={'size': 5}       ", other)
assert list(found.values()) == [
    link,
    "https://example.org/rows",
    "https://example.org/rows?size=5",
    "https://example.org/rows?key=k",
]
assert other == link + "&size=5"
P
"$d/v/bin/python" "$d/t.py" "$d"
