"""What programs that read by address need: parts of a file, the leave of other sites' pages, and a
description that names the file as it was asked for."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

FILE = "/api/v1/regions.csv"
LINK = re.compile(r'<([^>]*)>; rel="describedby"')
REQUESTED = (
    "",
    "?bom=yes",
    "?lang=cy&bom=yes",
    "?release=latest&bom=yes",
    "?region=E12000007&lang=cy",
    "?lang=cy&region=E12000007",
)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=100-149", 100, 149),
        ("bytes=5-5", 5, 5),
        ("bytes=-10", -10, -1),
        ("bytes=200-", 200, -1),
        ("bytes=0-99999999", 0, -1),
        ("bytes=-99999999", 0, -1),
    ],
)
def test_a_part_of_a_file_is_that_part(api: TestClient, asked: str, first: int, last: int) -> None:
    whole = api.get(FILE)
    assert whole.headers["accept-ranges"] == "bytes"
    size = len(whole.content)
    first, last = (place + size if place < 0 else place for place in (first, last))
    answer = api.get(FILE, headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.headers["content-range"] == f"bytes {first}-{last}/{size}"
    assert answer.content == whole.content[first : last + 1]
    assert answer.headers["content-length"] == str(len(answer.content))
    for name in ("etag", "content-type", "lfr-release", "repr-digest"):
        assert answer.headers[name] == whole.headers[name]


@pytest.mark.parametrize(
    "headers",
    [
        {"Range": "bytes=9-3"},
        {"Range": "bytes=0-1,5-9"},
        {"Range": "lines=0-1"},
        {"Range": "bytes=-"},
        {"Range": "bytes=0-9", "If-Range": '"another"'},
    ],
)
def test_what_is_no_part_gives_the_whole_file(api: TestClient, headers: dict[str, str]) -> None:
    answer = api.get(FILE, headers=headers)
    assert (answer.status_code, "content-range" in answer.headers) == (200, False)
    assert answer.content == api.get(FILE).content


def test_a_part_goes_on_with_the_file_that_was_begun(api: TestClient) -> None:
    etag = api.head(FILE).headers["etag"]
    assert api.get(FILE, headers={"Range": "bytes=0-9", "If-Range": etag}).status_code == 206
    seen = api.get(FILE, headers={"Range": "bytes=0-9", "If-None-Match": etag})
    assert seen.status_code == 304
    assert api.head(FILE, headers={"Range": "bytes=0-9"}).status_code == 200


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0"])
def test_a_part_beyond_the_end_is_refused_with_the_length(api: TestClient, asked: str) -> None:
    answer = api.get(FILE, headers={"Range": asked})
    assert (answer.status_code, answer.content) == (416, b"")
    assert answer.headers["content-range"] == f"bytes */{len(api.get(FILE).content)}"


@pytest.mark.parametrize(
    "address",
    [
        FILE,
        "/api/v1/openapi.json",
        "/feeds/news.atom",
        "/feeds/news.json",
        "/releases/1.0.0/tables/regions.parquet",
        "/releases/changes.json",
    ],
)
def test_a_page_of_another_site_may_ask_first(api: TestClient, address: str) -> None:
    answer = api.options(
        address,
        headers={
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "range, if-none-match",
        },
    )
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert {"Range", "If-None-Match", "If-Range"} <= set(
        answer.headers["access-control-allow-headers"].split(", ")
    )
    refused = api.post(address)
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("address", [FILE, "/feeds/news.json", "/api/v1/nothing.csv"])
def test_a_page_of_another_site_may_read_the_headers(api: TestClient, address: str) -> None:
    exposed = set(api.get(address).headers["access-control-expose-headers"].split(", "))
    assert {"ETag", "Content-Range", "Accept-Ranges", "Content-Location", "Link"} <= exposed


@pytest.mark.parametrize("asked", REQUESTED)
def test_the_description_names_the_file_as_it_was_asked_for(api: TestClient, asked: str) -> None:
    link = LINK.search(api.get(FILE + asked).headers["link"])
    assert link is not None
    described = api.get(link[1])
    assert described.status_code == 200
    assert urljoin(link[1], described.json()["url"]) == FILE + asked


@pytest.mark.parametrize("asked", REQUESTED)
def test_the_description_for_a_copy_names_the_saved_file(api: TestClient, asked: str) -> None:
    saved = re.compile('filename="(.*)"')
    name = saved.search(api.get(FILE + asked).headers["content-disposition"])
    link = f"/api/v1/regions.csv-metadata.json{asked}{'&' if asked else '?'}saved=yes"
    described = api.get(link)
    own = saved.search(described.headers["content-disposition"])
    assert name is not None
    assert own is not None
    assert described.json()["url"] == name[1]
    # Where the W3C's rule looks for it, next to the file.
    assert own[1] == f"{name[1]}-metadata.json"


def test_rows_by_groups_are_described(api: TestClient) -> None:
    document = api.get("/api/v1/openapi.json").json()
    schema = document["components"]["schemas"]["estimates_row"]
    answer = api.get("/api/v1/estimates.json?measure=alerts_count&by=force,year").json()
    assert answer["rows"]
    for row in answer["rows"]:
        assert row.keys() <= schema["properties"].keys()
        Draft202012Validator(schema).validate(row)
    assert not {"force_id", "year"} & set(schema["required"])


def test_bytes_have_no_type_and_nothing_is_required_that_is_not_defined(api: TestClient) -> None:
    document = api.get("/api/v1/openapi.json").json()
    assert document["security"] == []
    tags = {tag["name"] for tag in document["tags"]}
    for path, item in document["paths"].items():
        assert set(item["get"]["tags"]) <= tags
        for body in item["get"]["responses"]["200"]["content"].values():
            schema = body["schema"]
            assert set(schema.get("required", ())) <= set(schema.get("properties", ()))
            assert ("type" in schema) == path.endswith((".csv", ".json"))
