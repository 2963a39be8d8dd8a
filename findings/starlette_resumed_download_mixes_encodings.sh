#!/usr/bin/env bash
# A broken-off gzip download resumed from Starlette goes on with plain bytes under the same ETag.
#
# Expected (written before the run): a strong ETag names one representation, so If-Range with the
#   tag of the gzip answer gets 200 and the whole file (RFC 9110, 13.1.5), or a tag of its own.
# Happens: GZipMiddleware leaves the file's ETag as it is. The first half of the gzip stream,
#   then Range + If-Range, gives 206 with bytes of the plain file from the middle of the gzip
#   stream's count. Joined they are no gzip stream. FileResponse and StaticFiles both do so.
# Matters here: large release files are what people resume, with curl -C - --compressed and the
#   like.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check starlette==1.10.0 httpx==0.28.1
cat >"$d/t.py" <<'P'
import gzip
import sys
import warnings
import zlib

import starlette
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

folder = sys.argv[1] + "/files"
__import__("os").mkdir(folder)
whole = "".join(f"{i},row {i}\n" for i in range(1000)).encode()
with open(folder + "/a.csv", "wb") as file:
    file.write(whole)


async def one(request):
    return FileResponse(folder + "/a.csv")


routes = [Route("/one", one), Mount("/all", StaticFiles(directory=folder))]
client = TestClient(Starlette(routes=routes, middleware=[Middleware(GZipMiddleware)]))


def raw(path, **headers):
    headers = {"Accept-Encoding": "gzip"} | {k.replace("_", "-"): v for k, v in headers.items()}
    with client.stream("GET", path, headers=headers) as answer:
        return answer, b"".join(answer.iter_raw())


print("starlette", starlette.__version__)
for path in ("/one", "/all/a.csv"):
    first, body = raw(path)
    tag, half = first.headers["etag"], body[: len(body) // 2]
    second, rest = raw(path, Range=f"bytes={len(half)}-", If_Range=tag)
    try:
        joined = gzip.decompress(half + rest)
    except zlib.error as error:
        joined = error
    print(f"  {path} first {first.headers['content-encoding']}, {len(body)} bytes, ETag {tag[:9]}…")
    print("   then", second.status_code, second.headers.get("content-encoding"), len(rest), "bytes",
          second.headers["content-range"], "joined:", repr(joined)[:60])
    assert gzip.decompress(body) == whole
    assert second.status_code == 206 and second.headers["etag"] == tag
    assert "content-encoding" not in second.headers
    assert rest == whole[len(half) :] and isinstance(joined, zlib.error)
P
"$d/v/bin/python" "$d/t.py" "$d"
