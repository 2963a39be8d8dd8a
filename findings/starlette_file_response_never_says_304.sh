#!/usr/bin/env bash
# Starlette's FileResponse sends an ETag and Last-Modified but never answers 304; and it refuses
# a Range in another unit with 400.
#
# Expected (written before the run): If-None-Match with the tag just sent gets 304, as from
#   StaticFiles; 'Range: rows=0-9' is ignored, 200 with the whole file (RFC 9110, 14.2: a server
#   must ignore a range unit it does not understand).
# Happens: 200 with the whole body for If-None-Match and for If-Modified-Since. 'rows=0-9' and
#   'bytes=abc' get 400. A HEAD with a Range gets 206, where RFC 9110 has ranges for GET alone.
# Matters here: every check for a newer release by a careful client downloads the release again.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check starlette==1.10.0 httpx==0.28.1
cat >"$d/t.py" <<'P'
import sys
import warnings

import starlette
from starlette.applications import Starlette
from starlette.responses import FileResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

folder = sys.argv[1] + "/files"
__import__("os").mkdir(folder)
with open(folder + "/a.csv", "w") as file:
    file.write("force,n\nGwent,12\n")


async def one(request):
    return FileResponse(folder + "/a.csv")


app = Starlette(routes=[Route("/one", one), Mount("/all", StaticFiles(directory=folder))])
client = TestClient(app)
found = {}
for path in ("/one", "/all/a.csv"):
    sent = client.get(path).headers
    found[path] = [
        client.get(path, headers={"If-None-Match": sent["etag"]}).status_code,
        client.get(path, headers={"If-Modified-Since": sent["last-modified"]}).status_code,
        client.get(path, headers={"Range": "rows=0-9"}).status_code,
        client.get(path, headers={"Range": "bytes=abc"}).status_code,
        client.head(path, headers={"Range": "bytes=0-4"}).status_code,
    ]
print("starlette", starlette.__version__)
print("  If-None-Match, If-Modified-Since, Range rows=, Range bytes=abc, HEAD with Range")
print("  FileResponse", found["/one"])
print("  StaticFiles ", found["/all/a.csv"])
assert found["/one"] == [200, 200, 400, 400, 206]
assert found["/all/a.csv"][:2] == [304, 304]
P
"$d/v/bin/python" "$d/t.py" "$d"
