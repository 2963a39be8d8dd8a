"""The rules against personal data find what they name and leave the record's own places alone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from etl.model.return_template import CURRENT
from etl.returns.personal import find_personal_heading, find_personal_text


@pytest.mark.parametrize(
    "text",
    [
        "Mrs Smith's shop",
        "j.smith@example.org",
        "020 7946 0958 call",
        "DC Smith, High Street",
        "man aged 34",
        "17-year-old stopped",
        "High St 03/04/1990",
        "2019/0123456X",
        "QQ123456C".replace("QQ", "AB"),
        "AB12 CDE",
        "LL57 1AB",
        "black male seen",
        "suspect was searched",
        "wanted for theft",
    ],
)
def test_texts_about_people_are_found(text: str) -> None:
    assert find_personal_text(text)


def test_no_location_or_purpose_of_the_record_is_taken_for_a_person(data: Path) -> None:
    with (data / "reference" / "place_names.csv").open(encoding="utf-8") as file:
        texts = [line["location_text"] for line in csv.DictReader(file)]
    assert len(texts) > 300
    # As published: one force wrote a remark where a place belongs.
    assert [text for text in texts if find_personal_text(text)] == [
        "arrested Southampton for Milton Keynes burglary"
    ]


def test_no_heading_of_the_template_is_taken_for_one_about_people() -> None:
    headings = {heading for sheet in CURRENT.sheets for heading in sheet.headings}
    assert {heading for heading in headings if find_personal_heading(heading)} == set()
