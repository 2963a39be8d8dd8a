"""A refusal on a page says what it is about in readers' words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboard.text.language import DEFAULT, use_language
from dashboard.text.messages import is_translated
from dashboard.text.refusals import _NAMES, describe_refusal
from etl.measures.catalogue import MEASURES
from etl.model.messages import message
from etl.model.refusals import Refusal


@pytest.fixture(autouse=True)
def default_language() -> Iterator[None]:
    yield
    use_language(DEFAULT)


def test_fields_are_named_as_pages_name_them() -> None:
    reason = message(
        "not_given_by", measure="False alerts", name="threshold", names=("force_id", "region_code")
    )
    refusal = Refusal("unknown_grouping", reason)
    assert describe_refusal(refusal) == (
        "False alerts is not given by 'threshold'. It is given by: force, region or nation."
    )
    assert "force_id" in refusal.reason  # the API names the field
    use_language("cy")
    assert "heddlu, rhanbarth neu wlad" in describe_refusal(refusal)
    assert describe_refusal(None) == ""


def test_every_field_by_which_a_measure_is_given_has_words() -> None:
    fields = {name for measure in MEASURES.values() for name in measure.groupings}
    assert fields <= set(_NAMES)
    use_language("cy")
    assert [words for words in _NAMES.values() if not is_translated(words)] == []
