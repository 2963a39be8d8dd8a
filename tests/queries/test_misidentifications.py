"""The register of misidentifications: every case is read, its days are known,
and nothing is pooled."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from etl.model.cases import CASE_KIND, READINGS, read_days, to_case
from etl.model.codes import TECHNOLOGY
from etl.model.records import Misidentification
from etl.queries.record import Record


def test_every_case_of_the_register_is_read_in_the_words_that_it_has_now(record: Record) -> None:
    rows = record.table(Misidentification)
    assert {row.misidentification_id for row in rows} == READINGS.keys()
    assert "not_read" not in {to_case(row).kind_code for row in rows}
    assert {kind for _words, kind in READINGS.values()} <= set(CASE_KIND)


def test_a_case_whose_words_changed_is_not_read(record: Record) -> None:
    row = record.table(Misidentification)[0]
    assert to_case(replace(row, error_text="something else")).kind_code == "not_read"
    assert to_case(replace(row, misidentification_id="mis_99")).kind_code == "not_read"


def test_technologies_stand_apart_and_one_without_a_case_is_there(record: Record) -> None:
    by_technology = record.misidentifications.cases().by_technology
    assert tuple(code for code, _cases in by_technology) == tuple(TECHNOLOGY)
    assert record.misidentifications.cases().of("oifr") == ()
    for code, cases in by_technology:
        assert {case.technology_code for case in cases} <= {code}
        assert list(cases) == sorted(cases, key=lambda case: case.last_day, reverse=True)


def test_cases_are_filtered_by_kind_force_and_period(record: Record) -> None:
    entries = record.misidentifications.cases(kind="wrong_entry")
    assert {case.misidentification_id for case in entries.of("retail_lfr")} == {"mis_06", "mis_07"}
    assert not entries.of("lfr")
    essex = record.misidentifications.cases(force="essex")
    assert [
        case.misidentification_id for _code, cases in essex.by_technology for case in cases
    ] == ["mis_16"]
    early = record.misidentifications.cases(period=(None, dt.date(2016, 12, 31)))
    assert [
        case.misidentification_id for _code, cases in early.by_technology for case in cases
    ] == ["mis_13"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"technology": "telepathy"}, "unknown_technology"),
        ({"kind": "bad luck"}, "unknown_value"),
        ({"force": "atlantis"}, "unknown_force"),
    ],
)
def test_what_is_unknown_is_refused(record: Record, query: dict[str, str], code: str) -> None:
    cases = record.misidentifications.cases(**query)
    assert cases.refusal is not None
    assert cases.refusal.code == code
    assert cases.by_technology == ()


def test_days_are_as_wide_as_the_source_is_vague() -> None:
    assert read_days("2018") == (dt.date(2018, 1, 1), dt.date(2018, 12, 31))
    assert read_days("2018-06") == (dt.date(2018, 6, 1), dt.date(2018, 6, 30))
    assert read_days("2020-02-27") == (dt.date(2020, 2, 27), dt.date(2020, 2, 27))
    assert read_days("2016-08/2017-08") == (dt.date(2016, 8, 1), dt.date(2017, 8, 31))
    with pytest.raises(ValueError, match="spring"):
        read_days("spring of 2018")


def test_nobody_is_named(record: Record) -> None:
    """The people are told by age, sex or role; a name would be two words with capitals."""
    for _code, cases in record.misidentifications.cases().by_technology:
        for case in cases:
            words = case.person_text.replace("(", " ").split()
            assert sum(word[0].isupper() for word in words[1:]) <= 1, case.person_text
