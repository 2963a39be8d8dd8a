"""Completeness in a world of one force, three publications and a handful of rows;
then on the record itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from etl.measures.coverage import KnownForms, measure_coverage
from etl.measures.publishing import describe_publishing
from etl.model.codes import VALUE_STATUS
from etl.model.completeness import COVERAGE_STATUS, FieldCount, Gaps
from etl.model.coverage import EXPECTED_FIELDS, LfrUse, Publishing, PublishingField
from etl.model.facts import Fact
from etl.model.reference import Force
from etl.queries.record import Record
from etl.warehouse.coverage import NO_REASON, STATUS_ORDER, count_fields
from etl.warehouse.read import open_warehouse, read_table

DAY = dt.date(2026, 11, 24)
NAMES = {"tinytown": "Tinytown"}
FORM = Publishing(
    publishing_id="register",
    force_id="tinytown",
    form_code="pdf_table",
    title="Register",
    url=None,
    since_text="2025",
    until_text=None,
    delay_text=None,
    delay_days_typical=None,
    per_deployment_code="yes",
    announced_ahead_code="unknown",
    publication_ids="own copy",
    evidence="-",
    source_title="-",
    source_url=None,
    reliability="primary",
    looked_on=DAY,
)


def describe(field_code: str, published_code: str, form: str = "register") -> PublishingField:
    return PublishingField(
        force_id="tinytown",
        publishing_id=form,
        field_code=field_code,
        published_code=published_code,
        evidence="-",
        source_url=None,
        reliability="primary",
    )


def form(publishing_id: str, **changed: str | None) -> Publishing:
    given = {name: getattr(FORM, name) for name in Publishing.__slots__}
    return Publishing(
        **{**given, "publication_ids": None, "publishing_id": publishing_id, **changed}
    )


def pairs(
    publication_id: str, status: str, field_id: str = "threshold", year: int = 2025, number: int = 1
) -> FieldCount:
    day = dt.date(year, 6, 1)
    return FieldCount("tinytown", year, publication_id, field_id, status, number, day, day)


def measure(
    *counts: FieldCount,
    fields: tuple[PublishingField, ...] = (),
    forms: tuple[Publishing, ...] = (FORM,),
):
    known = KnownForms(forms, fields, frozenset({"own"}))
    (coverage,) = measure_coverage(counts, known, NAMES)
    return coverage


def test_a_gap_in_the_force_s_own_record_is_not_published_whatever_is_said_elsewhere():
    coverage = measure(
        pairs("own", NO_REASON),
        pairs("own", "published", "alerts"),
        fields=(describe("threshold", "yes"),),
    )
    assert coverage.status == "own_record"
    assert coverage.of("threshold") == Gaps(not_published_count=1)
    assert coverage.share == 1 / 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yes", Gaps(not_transcribed_count=1)),
        ("no", Gaps(not_published_count=1)),
        ("partly", Gaps(not_known_count=1)),
        ("unknown", Gaps(not_known_count=1)),
    ],
)
def test_a_gap_in_a_copy_is_what_the_copied_form_prints(text, expected):
    coverage = measure(pairs("copy", NO_REASON), fields=(describe("threshold", text),))
    assert (coverage.status, coverage.of("threshold")) == ("copied", expected)


def test_a_gap_in_what_was_told_is_the_force_s_only_where_a_page_shows_it():
    page, news = form("page", form_code="web_text"), form("news", form_code="news_release")
    message = pairs("reports", "not_published")
    assert measure(message, forms=()).of("threshold") == Gaps(not_known_count=1)
    silent_news = measure(message, forms=(news,), fields=(describe("threshold", "no", "news"),))
    assert silent_news.of("threshold") == Gaps(not_known_count=1)
    silent_page = measure(
        message, forms=(page, news), fields=(describe("threshold", "no", "page"),)
    )
    assert silent_page.of("threshold") == Gaps(not_published_count=1)
    printed = measure(message, forms=(page,), fields=(describe("threshold", "yes", "page"),))
    assert (printed.status, printed.of("threshold")) == ("told", Gaps(not_transcribed_count=1))


def test_a_total_over_all_deployments_does_not_show_that_each_was_published():
    report = form("report", form_code="web_text", per_deployment_code="no")
    coverage = measure(
        pairs("reports", NO_REASON),
        forms=(report,),
        fields=(describe("threshold", "yes", "report"),),
    )
    assert coverage.of("threshold") == Gaps(not_known_count=1)


def test_a_form_says_nothing_of_days_that_it_does_not_cover():
    later = measure(pairs("copy", NO_REASON, year=2024), fields=(describe("threshold", "yes"),))
    assert later.of("threshold") == Gaps(not_known_count=1)
    ended = form("register", until_text="2025-05", publication_ids="copy")
    assert (
        measure(
            pairs("copy", NO_REASON), forms=(ended,), fields=(describe("threshold", "yes"),)
        ).status
        == "told"
    )
    lasting = form("register", until_text="2025-06", publication_ids="copy")
    assert (
        measure(
            pairs("copy", NO_REASON), forms=(lasting,), fields=(describe("threshold", "yes"),)
        ).status
        == "copied"
    )


@pytest.mark.parametrize("status", [*VALUE_STATUS, NO_REASON])
def test_every_status_has_one_fate(status):
    gaps = measure(pairs("own", status)).of("threshold")
    assert gaps.expected_count == (0 if status in ("technical_fault", "not_applicable") else 1)
    assert gaps.published_count == (
        status in ("published", "estimate", "at_least", "about", "noted", "derived", "in_doubt")
    )
    assert gaps.not_transcribed_count == (status == "not_transcribed")


def test_nothing_expected_has_no_share():
    coverage = measure(pairs("own", "technical_fault"))
    assert (coverage.share, coverage.fields_expected_count) == (None, 0)


def test_rows_are_counted_once_and_kinds_of_source_are_mixed():
    coverage = measure(
        *(pairs(source, "published", "date", number=4) for source in ("own", "copy"))
    )
    assert (coverage.rows_count, coverage.status, coverage.sources) == (8, "mixed", ("copy", "own"))


def test_the_publisher_s_share_counts_what_a_copyist_left_out():
    gaps = Gaps(
        printed_count=5,
        derived_count=1,
        not_transcribed_count=2,
        not_known_count=1,
        not_published_count=1,
    )
    assert gaps.share == 0.6


def test_who_uses_it_and_publishes_nothing():
    def verdict(status: str, *known: tuple[Publishing, tuple[PublishingField, ...]]) -> str:
        use = LfrUse(
            force_id="tinytown",
            period=1,
            status_code=status,
            since_text=None,
            until_text=None,
            vendor_code=None,
            lender_force_id=None,
            evidence="-",
            source_title="-",
            source_url=None,
            reliability="press",
            looked_on=DAY,
        )
        fields = [item for _, own in known for item in own]
        (field_count,) = describe_publishing(
            ["tinytown"], NAMES, [use], [item for item, _ in known], fields
        )
        return field_count.status

    assert verdict("uses", (FORM, (describe("arrests", "partly"),))) == "results"
    assert (
        verdict("uses", (FORM, (describe("arrests", "unknown"), describe("date", "yes"))))
        == "results_not_seen"
    )
    assert verdict("has_trialled", (form("none_found", form_code="none"), ())) == "nothing"
    assert verdict("uses_lent_equipment") == "nothing"
    assert verdict("plans") == verdict("nothing_found") == "no_known_use"


def test_a_part_belongs_to_one_field_and_every_status_has_a_place():
    parts = [part for field in EXPECTED_FIELDS for part in field.parts]
    assert len(parts) == len(set(parts))
    assert set(STATUS_ORDER) == {*VALUE_STATUS, NO_REASON}


def test_every_counted_row_has_every_field_once(warehouse: Path):
    engine = open_warehouse(warehouse)
    counted = sum(row.counted for row in read_table(engine, Fact))
    for field in EXPECTED_FIELDS:
        own = [row.pairs_count for row in count_fields(engine) if row.field_id == field.field_id]
        assert sum(own) == counted, field.field_id


def test_the_met_in_2024_lacks_only_engagements(record: Record):
    (coverage,) = record.publishing.coverage(("metropolitan",), (2024,)).rows
    assert coverage.status == "own_record"
    assert coverage.of("faces_seen") == Gaps(printed_count=180)
    assert {name for name, gaps in coverage.by_field if gaps.share != 1} == {"engagements"}
    assert coverage.of("engagements") == Gaps(not_published_count=180)


def test_what_was_not_typed_is_not_held_against_the_met(record: Record):
    (coverage,) = record.publishing.coverage(("metropolitan",), (2026,)).rows
    assert (coverage.status, coverage.sources) == ("copied", ("metropolitan_transcription",))
    assert coverage.of("threshold") == Gaps(not_transcribed_count=95)
    assert coverage.of("engagements") == Gaps(not_published_count=95)


def test_the_met_printed_no_threshold_before_2023(record: Record):
    (coverage,) = record.publishing.coverage(("metropolitan",), (2022,)).rows
    assert coverage.of("threshold") == coverage.of("arrests") == Gaps(not_published_count=6)


def test_what_the_press_left_out_of_thames_valley_s_table_is_not_its_gap(record: Record):
    (coverage,) = record.publishing.coverage(("thames_valley",), (2026,)).rows
    assert coverage.status == "told"
    assert coverage.total.not_published_count == 0
    assert coverage.of("outcomes").not_transcribed_count == 2


def test_a_force_without_rows_is_a_row_that_says_so(record: Record):
    (coverage,) = record.publishing.coverage(("norfolk",)).rows
    assert (coverage.status, coverage.rows_count, coverage.share) == ("no_rows", 0, None)
    assert COVERAGE_STATUS.label(coverage.status) == "publishes nothing in the record"
    assert "uses it" in coverage.reason
    (silent,) = record.publishing.coverage(("metropolitan",), (2021,)).rows
    assert (silent.status, silent.year) == ("no_rows", 2021)


def test_an_unknown_force_is_refused_with_a_reason(record: Record):
    for answer in (
        record.publishing.coverage(("gotham",)),
        record.publishing.describe(("gotham",)),
    ):
        assert answer.refusal is not None
        assert answer.refusal.reason.startswith(
            "There is no force 'gotham'. There are: avon_and_somerset"
        )
    assert record.publishing.coverage(("gotham",)).rows == ()


def test_every_force_has_an_answer(record: Record):
    forces = {row.force_id for row in record.table(Force)}
    assert {row.force_id for row in record.publishing.coverage().rows} == forces
    assert {force.force_id for force in record.publishing.describe().forces} == forces
    rows = record.publishing.coverage().rows
    assert all(row.reason for row in rows)
    shares = [row.share for row in rows if row.share is not None]
    assert shares
    assert all(0 <= share <= 1 for share in shares)


def test_a_period_written_as_a_year_or_a_month_covers_all_of_its_days() -> None:
    use = LfrUse(
        force_id="a",
        period=1,
        status_code="uses",
        since_text="2023",
        until_text="2025-07",
        vendor_code="nec",
        lender_force_id=None,
        evidence="-",
        source_title="-",
        source_url=None,
        reliability="press",
        looked_on=dt.date(2026, 11, 24),
    )
    assert use.covers(dt.date(2023, 1, 1), dt.date(2025, 7, 31))
    assert not use.covers(dt.date(2022, 12, 31), dt.date(2023, 1, 1))
    assert not use.covers(dt.date(2025, 7, 31), dt.date(2025, 8, 1))
