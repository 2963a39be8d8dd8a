#!/usr/bin/env bash
# openapi-python-client sends a list parameter twice though the API says comma: 'explode: false'.
#
# Expected (written before the run): a query parameter of style form with explode false is sent as
#   force=gwent,kent (OpenAPI 3.1, 4.8.12.4), or the generator says that it can't.
# Happens: the generated client sends force=gwent&force=kent, with no warning when it is made. A
#   server that reads one value answers for one force only, with 200. A Parquet answer of the
#   same API is left out with a warning: its function gives no rows, parsed is None at 200.
# Matters here: an open API's users make their clients with this. The answer looks whole.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check openapi-python-client==0.29.1 \
  httpx==0.28.1 ruff==0.17.6
cat >"$d/api.json" <<'P'
{
  "openapi": "3.1.0",
  "info": {"title": "Rows", "version": "1"},
  "paths": {
    "/rows": {"get": {
      "operationId": "rows",
      "parameters": [{
        "name": "force", "in": "query", "style": "form", "explode": false,
        "schema": {"type": "array", "items": {"type": "string"}}
      }],
      "responses": {"200": {"description": "Rows", "content": {
        "application/json": {"schema": {"type": "array", "items": {"type": "string"}}}
      }}}
    }},
    "/rows.parquet": {"get": {
      "operationId": "parquet",
      "responses": {"200": {"description": "Rows", "content": {
        "application/vnd.apache.parquet": {"schema": {"type": "string", "format": "binary"}}
      }}}
    }}
  }
}
P
cat >"$d/t.py" <<'P'
import sys

import httpx

sys.path.insert(0, sys.argv[1])
from made import Client
from made.api.default import parquet, rows

asked = []


def answer(request):
    asked.append(request.url.query.decode())
    if request.url.path.endswith("parquet"):
        return httpx.Response(200, content=b"PAR1")
    return httpx.Response(200, json=[f"row of {request.url.params['force']}"])


client = Client(base_url="http://localhost")
client.set_httpx_client(
    httpx.Client(base_url="http://localhost", transport=httpx.MockTransport(answer))
)
got = rows.sync(client=client, force=["gwent", "kent"])
file = parquet.sync_detailed(client=client)
said = open(sys.argv[1] + "/log.txt").read()
print("openapi-python-client 0.29.1")
print("  asked:", asked[0], "got:", got)
print("  parquet: status", int(file.status_code), "parsed", file.parsed)
print("  warned of /rows:", "/rows within" in said, "of /rows.parquet:", "parquet within" in said)
assert asked[0] == "force=gwent&force=kent"
assert file.status_code == 200 and file.parsed is None
assert "parquet" in said and "/rows within" not in said
P
export PATH="$d/v/bin:$PATH"
(cd "$d" && openapi-python-client generate --path api.json --meta none --output-path made \
  >log.txt 2>&1)
"$d/v/bin/python" "$d/t.py" "$d"
