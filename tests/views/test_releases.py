"""The page of releases and corrections: with no release, with one, with several;
what changed, what was corrected, where to write."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.releases.publish import make_release

pytestmark = pytest.mark.slow

Draw = Callable[..., AppTest]
Read = Callable[[AppTest], str]
DAY = dt.date(2026, 3, 1)


@pytest.fixture
def released(first_release: Path, tmp_path: Path) -> Path:
    """Release 1.0.0 in a data folder that a test may change."""
    return Path(shutil.copytree(first_release, tmp_path / "data", symlinks=True))


def test_a_draft_is_called_one_and_nothing_is_listed(draw: Draw, read_html: Read) -> None:
    page = draw("releases")
    assert not page.exception
    html = read_html(page)
    assert "This site shows a draft" in html
    assert "should not be cited" in html
    assert "No release has been made of this record yet." in html
    assert "There are not two releases yet" in html
    assert "It is in no release yet." in html
    assert "not a release: please do not cite it" in html


def test_one_release_is_listed_with_its_corrections(
    released: Path, draw: Draw, read_html: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LFR_RELEASES", str(released / "releases"))
    page = draw("releases")
    assert not page.exception
    html = read_html(page)
    assert "This site shows release 1.0.0 of 1 March 2026." in html
    assert "Release 1.0.0 of 1 March 2026 (content" in html
    assert "There are not two releases yet" in html
    assert "metropolitan_bond_street_2025_05_02_watchlist" in html
    assert "19199" in html
    assert "16199" in html
    assert "found by our own reading" in html
    assert "In force since release 1.0.0, the first" in html


def test_two_releases_are_compared_value_by_value(
    released: Path, draw: Draw, read_html: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second is of the same data; its changes are those that its ledger entry states."""
    make_release(released, today=DAY, rebuild=True, reason="The files are other ones.")
    changes = released / "ledger" / "1.0.1" / "changes.json"
    value = (
        '{"table": "corrections", "key": ["metropolitan_bond_street_2025_05_02_watchlist"], '
        '"field": "value_text", "old": "16198", "new": "16199", "reason_code": "correction", '
        '"reason": "One digit <b>misread</b>.", "reported_by": "A newspaper", "correction_id": '
        '"metropolitan_bond_street_2025_05_02_watchlist", "place": "Bond Street, 2025-05-02"}'
    )
    changes.write_text(
        changes.read_text(encoding="utf-8").replace('"values": []', f'"values": [{value}]'),
        encoding="utf-8",
    )
    monkeypatch.setenv("LFR_RELEASES", str(released / "releases"))
    page = draw("releases")
    assert not page.exception
    html = read_html(page)
    assert "This site shows release 1.0.1" in html
    assert (
        "Between release 1.0.0 and release 1.0.1: 0 rows are new; 0 rows are gone; 1 value is "
        "another one."
    ) in html
    assert "The files are other ones." in html
    assert "A newspaper" in html
    assert "16198" in html
    assert "A correction: One digit &lt;b&gt;misread&lt;/b&gt;." in html
    assert "In force since release 1.0.1; citations of 1.0.0 show the value before it." in html
    query = draw("releases", before="9.9.9", after="<b>")
    assert not query.exception
    assert [item.value.count("There is no release") for item in query.warning] == [1, 1]
    assert "Between release 1.0.0 and release 1.0.1" in read_html(query)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("", "There is no address for reports yet"),
        ("javascript:alert(1)", "There is no address for reports yet"),
        (
            "mailto:record@example.org",
            "mailto:record@example.org?subject=Error%20in%20the%20data,%20release%20draft-",
        ),
        ("https://example.org/report", 'href="https://example.org/report"'),
    ],
)
def test_an_error_is_reported_without_an_account(
    draw: Draw, read_html: Read, monkeypatch: pytest.MonkeyPatch, address: str, message: str
) -> None:
    monkeypatch.setenv("LFR_CONTACT", address)
    html = read_html(draw("releases"))
    assert message in html
    assert "javascript" not in html
    assert "What you expected, and where you read it" in html


def test_a_record_without_rows_says_so(draw_empty: Draw, read_html: Read) -> None:
    page = draw_empty("releases")
    assert not page.exception
    assert "There are no data yet" in [item.value for item in page.title]
