"""No full postcode is left in what a reader typed."""

from __future__ import annotations

import pytest

from etl.model.postcodes import cut_postcodes


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("SW1A 2AA", "SW1A"),
        ("sw1a2aa", "SW1A"),
        (" e15  1ab ", "E15"),
        ("10 Downing Street, SW1A 2AA London", "10 Downing Street, SW1A London"),
        ("CR0 2", "CR0"),
        ("CR0 2A", "CR0"),
        ("CR0", "CR0"),
        ("w1", "w1"),
        ("Oxford Street", "Oxford Street"),
        ("M25 junction 9", "M25 junction 9"),
        ("", ""),
    ],
)
def test_a_postcode_is_cut_to_its_outward_code(typed: str, text: str) -> None:
    assert cut_postcodes(typed) == text
