"""What a server gives away of two releases with small counts: not a byte of any answer may depend
on what is hidden.

Two sites are made from two truths that readers must not be able to tell apart; every address of
both is asked, and compared."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dashboard.exports.formats import ENDINGS
from dashboard.exports.resources import RESOURCES
from dashboard.pages import PAGES
from dashboard.server.app import app
from etl.disclosure.group_tables import hide_counts
from etl.measures.catalogue import CATALOGUE
from etl.model.group_records import GroupCount
from etl.pipeline.build import Report, protect_groups
from etl.releases.publish import make_release
from tests.measures.groups.sample_groups import CROSSWALKS, new_counts, write_world
from tests.views.drawing import draw_page

pytestmark = pytest.mark.slow

VERSIONS = ("1.0.0", "1.1.0", "1.0.1", "2.0.0")
CARDS = ("overview/deployments_count", "trends/trend", "map/areas")


def arrests(women: int, everybody: int) -> list[GroupCount]:
    """Arrests by sex, of which only the sum is shown; beside them a table of which all is shown."""
    return [
        *new_counts(
            "sex", "arrests", {"female": women, "male": everybody - women, "not_stated": 0}
        ),
        *new_counts("sex", "alerts", {"female": 40, "male": 60, "not_stated": 0}),
    ]


def make_site(data: Path, truths: list[list[GroupCount]]) -> Path:
    """A folder with a release for every truth, each protected against those before it."""
    data.mkdir()
    with pytest.MonkeyPatch.context() as patched:
        for number, counts in enumerate(truths):

            def build(
                data: Path, counts: list[GroupCount] = counts, **_translating_errors: object
            ) -> Report:
                reference = {"group_counts": counts, "group_crosswalks": CROSSWALKS}
                shown, findings = protect_groups(reference, [], data / "releases")
                assert findings == ()
                return Report({}, (), (), write_world(data / "releases", shown))

            patched.setattr("etl.releases.publish.build", build)
            make_release(data, today=dt.date(2026, 1, 1 + number), reason="More arrests.")
    return data / "releases"


def list_addresses(releases: Path) -> Iterator[str]:
    """Every door, of the release that serves and of each by its version."""
    versions = [name for name in VERSIONS if (releases / name).is_dir()]
    assert len(versions) == 2
    yield from (f"/{'' if page is PAGES[0] else page.slug}" for page in PAGES)
    yield from (
        "/feeds/news.atom",
        "/feeds/news.json",
        "/api/v1/",
        "/api/v1/openapi.json",
        "/sitemap.xml",
    )
    for ending in ("json", "csv"):
        yield f"/releases/changes.{ending}?before={versions[0]}&after={versions[1]}"
    questions = {name: [""] for name in RESOURCES if name != "estimates"}
    # Those by group of people are given by `groups` and `group_counts`, and refused here.
    questions["estimates"] = [f"measure={measure}" for measure in CATALOGUE]
    for version in versions:
        yield f"/releases/{version}/SHA256SUMS"
        sums = (releases / version / "SHA256SUMS").read_text(encoding="utf-8")
        yield from (f"/releases/{version}/{line.split('  ')[1]}" for line in sums.splitlines())
        yield from (
            f"/api/v1/{name}?release={version}"
            for name in ("lfr.zip", "lfr.xlsx", "lfr.ods", "metadata.json")
        )
        yield from (f"/embed/{card}?release={version}" for card in CARDS)
        for name, requested_question in questions.items():
            endings = ENDINGS if name in ("group_counts", "groups", "releases") else ("csv", "json")
            for question in requested_question:
                pinned = (
                    f"{question}&release={version}".lstrip("&")
                    if RESOURCES[name].pinned
                    else question
                )
                yield from (f"/api/v1/{name}.{ending}?{pinned}" for ending in endings)
                yield f"/cite/{version}/{name}.json?{question}"


def fetch(releases: Path, addresses: list[str]) -> dict[str, tuple[int, bytes, str]]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LFR_RELEASES", str(releases))
        client = TestClient(app, base_url="http://site.example")
        answers = {}
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code in (200, 400, 404), (address, answer.status_code)
            # When a file was written says when it was released, not what is in it.
            values = {
                name: value for name, value in answer.headers.items() if name != "last-modified"
            }
            answers[address] = (answer.status_code, answer.content, str(sorted(values.items())))
        return answers


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Of 7,921 and then 7,922 arrests: the new one is of a woman, or of a man."""
    home = tmp_path_factory.mktemp("sites")
    return [
        make_site(home / "first", [arrests(2, 7921), arrests(3, 7922)]),
        make_site(home / "second", [arrests(3, 7921), arrests(3, 7922)]),
    ]


def test_no_answer_depends_on_what_is_hidden(sites: list[Path]) -> None:
    addresses = list(list_addresses(sites[0]))
    assert addresses == list(list_addresses(sites[1]))
    first, second = (fetch(site, addresses) for site in sites)
    differing = [address for address in addresses if first[address] != second[address]]
    assert not differing
    answered = [address for address, (status, _body, _headers) in first.items() if status == 200]
    for part in (
        "/api/v1/group_counts.parquet",
        "/releases/changes.csv",
        "lfr.zip",
        "/cite/",
        "/api/v1/groups.json",
        "/tables/group_counts",
    ):
        assert any(part in address for address in answered), part
    text = b" ".join(
        body for address, (_status, body, _headers) in first.items() if ".csv" in address
    )
    assert re.search(rb"\b7921\b", text)
    assert not re.search(rb"\b(7918|7919|7920)\b", text)


def test_the_page_of_groups_does_not_depend_on_what_is_hidden(
    sites: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences = []
    for site in sites:
        monkeypatch.setenv("LFR_RELEASES", str(site))
        page = draw_page("who-is-affected")
        assert not page.exception
        sentences.append([str(item.proto.body) for item in page.get("html")])
    assert sentences[0] == sentences[1]


def test_this_attack_finds_a_table_that_is_not_protected(tmp_path: Path) -> None:
    """With the small count hidden and its neighbour shown, the answers differ."""
    addresses = ["/api/v1/group_counts.csv"]
    result = []
    for women in (2, 3):
        rows = hide_counts(arrests(women, 7921))
        true = {(row.stage_code, row.group_code): row for row in arrests(women, 7921)}
        bare = [
            true[row.stage_code, row.group_code] if row.group_code == "male" else row
            for row in rows
        ]
        write_world(tmp_path / str(women), bare)
        result.append(fetch(tmp_path / str(women), addresses))
    assert result[0] != result[1]
