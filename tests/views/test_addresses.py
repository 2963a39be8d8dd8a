"""Every page with nonsense in each of its parameters:
told in the language of the page, and the default shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboard.pages import PAGES
from dashboard.selection.parameters import parameters_of
from dashboard.selection.selection import describe_unknown
from dashboard.text.language import DEFAULT, _, use_language

NONSENSE = "zzqx"


@pytest.fixture
def welsh() -> Iterator[None]:
    use_language("cy")
    yield
    use_language(DEFAULT)


@pytest.mark.parametrize("slug", [page.slug for page in PAGES])
def test_nonsense_in_every_parameter_is_told_in_welsh_and_left_out(
    draw, welsh: None, slug: str
) -> None:
    """In English each page has a test of its own."""
    parameters = parameters_of(slug)
    nonsenses = {parameter.name: NONSENSE for parameter in parameters} | {NONSENSE: "1"}
    page = draw(slug, **nonsenses, lang="cy")
    assert not page.exception
    expected = [
        _(parameter.unknown).format(value=NONSENSE)
        for parameter in parameters
        if parameter.kind != "text"
    ]
    assert all(NONSENSE in text for text in expected)
    assert [item.value for item in page.warning] == [
        *dict.fromkeys(expected),
        *describe_unknown({NONSENSE: ["1"]}),
    ]
    # What was typed is searched for, and stays.
    searched = {parameter.name: NONSENSE for parameter in parameters if parameter.kind == "text"}
    assert dict(page.query_params) == {**searched, "lang": "cy"}


def test_a_language_that_there_is_not_is_told(draw) -> None:
    page = draw("about", lang="fr")
    assert [item.value for item in page.warning] == [
        "There is no language “fr” here: this is the page in English."
    ]
    assert dict(page.query_params) == {}


def test_a_parameter_that_stands_twice_is_told(draw) -> None:
    page = draw("deployments", from_=["2024", "2025"], uncounted="maybe")
    assert [item.value for item in page.warning] == [
        "This page shows 1 at once: 2024. The others in the address are left out.",
        "There is no choice “maybe” of rows: those that are not counted are left out.",
    ]
    assert dict(page.query_params) == {"from": "2024"}
