"""The register of misidentifications: every case is read, its days are known, and nothing is pooled."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from etl.model.cases import CASE_KIND, READINGS, read_days, to_case
from etl.model.codes import TECHNOLOGY
from etl.queries.record import Answers, open_answers


@pytest.fixture(scope="module")
def answers(warehouse: Path) -> Answers:
    return open_answers(warehouse)


def test_every_case_of_the_register_is_read_in_the_words_that_it_has_now(answers: Answers) -> None:
    rows = answers.rows("misidentifications")
    assert {one["misidentification_id"] for one in rows} == READINGS.keys()
    assert "not_read" not in {to_case(one).kind_code for one in rows}
    assert {kind for _words, kind in READINGS.values()} <= set(CASE_KIND)


def test_a_case_whose_words_changed_is_not_read(answers: Answers) -> None:
    row = answers.rows("misidentifications")[0]
    assert to_case({**row, "error_text": "something else"}).kind_code == "not_read"
    assert to_case({**row, "misidentification_id": "mis_99"}).kind_code == "not_read"


def test_technologies_stand_apart_and_one_without_a_case_is_there(answers: Answers) -> None:
    found = answers.cases().by_technology
    assert tuple(code for code, _cases in found) == tuple(TECHNOLOGY)
    assert answers.cases().of("oifr") == ()
    for code, cases in found:
        assert {one.technology_code for one in cases} <= {code}
        assert list(cases) == sorted(cases, key=lambda one: one.last_day, reverse=True)


def test_cases_are_filtered_by_kind_force_and_period(answers: Answers) -> None:
    entries = answers.cases(kind="wrong_entry")
    assert {one.misidentification_id for one in entries.of("retail_lfr")} == {"mis_06", "mis_07"}
    assert not entries.of("lfr")
    essex = answers.cases(force="essex")
    assert [one.misidentification_id for _code, cases in essex.by_technology for one in cases] == ["mis_16"]
    early = answers.cases(period=(None, dt.date(2016, 12, 31)))
    assert [one.misidentification_id for _code, cases in early.by_technology for one in cases] == ["mis_13"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"technology": "telepathy"}, "unknown_technology"),
        ({"kind": "bad luck"}, "unknown_value"),
        ({"force": "atlantis"}, "unknown_force"),
    ],
)
def test_what_is_unknown_is_refused(answers: Answers, asked: dict[str, str], code: str) -> None:
    found = answers.cases(**asked)
    assert found.refusal is not None
    assert found.refusal.code == code
    assert found.by_technology == ()


def test_days_are_as_wide_as_the_source_is_vague() -> None:
    assert read_days("2018") == (dt.date(2018, 1, 1), dt.date(2018, 12, 31))
    assert read_days("2018-06") == (dt.date(2018, 6, 1), dt.date(2018, 6, 30))
    assert read_days("2020-02-27") == (dt.date(2020, 2, 27), dt.date(2020, 2, 27))
    assert read_days("2016-08/2017-08") == (dt.date(2016, 8, 1), dt.date(2017, 8, 31))
    with pytest.raises(ValueError, match="spring"):
        read_days("spring of 2018")


def test_nobody_is_named(answers: Answers) -> None:
    """The people are told by age, sex or role; a name would be two words with capitals."""
    for _code, cases in answers.cases().by_technology:
        for one in cases:
            words = one.person_text.replace("(", " ").split()
            assert sum(word[0].isupper() for word in words[1:]) <= 1, one.person_text
