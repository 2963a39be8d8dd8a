"""Each printed form that is understood, beside the smallest change that is not and what is said of
it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.formats.printed_values import (
    UnparseableError,
    is_range,
    read_clock_range,
    read_count,
    read_day,
    read_day_range,
    read_decimal,
    read_duration_minutes,
    read_iso_day,
)

COUNT = "a whole number such as 1234 or 1,234"
DECIMAL = "a decimal number such as 0.64"
DAY = "a date as day/month/year such as 06/04/23 or 06/04/2023"
ISO_DAY = "a date that is in the calendar, as year-month-day such as 2025-11-27"
DAYS = "two dates with a dash between, such as 10/11/25-12/11/25"
DURATION = "hours and minutes such as 5h 03m"
CLOCKS = "two clock times such as 1205-1253"


def assert_refused(read: Callable[[str], object], text: str, expected: str) -> None:
    with pytest.raises(UnparseableError) as caught:
        read(text)
    assert caught.value.expected == expected
    assert str(caught.value) == expected


# --- counts


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("9764", 9764),
        ("1,234", 1234),
        ("21,940", 21_940),
        ("1,234,567", 1_234_567),
        (" 7 ", 7),
    ],
)
def test_a_count_is_read(text: str, value: int) -> None:
    assert read_count(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "\u2013",
        "N/A",
        "-1",
        "+1",
        "1.0",
        "0.5",
        "1e3",
        "12 120",
        "12\u00a0120",
        "007",
        "0,123",
        "1,2345",
        "1,23",
        "12,34,567",
        "1234,567",
        ",123",
        "1,234,",
        "1, 2",
        "1,2,3,4",
        "1'234",
        "\uff11\uff12",
        "\u00b2",
        "1234567890123",
        "1,234,567,890,123",
        "9" * 5000,
        "8 faces",
        "72,000+",
    ],
)
def test_what_is_not_plainly_a_count_is_refused(text: str) -> None:
    assert_refused(read_count, text, COUNT)


@given(st.integers(min_value=0, max_value=999_999_999_999))
def test_a_count_reads_back_with_and_without_commas(value: int) -> None:
    assert read_count(str(value)) == read_count(f"{value:,}") == value


@given(st.text(alphabet="0123456789,. -", max_size=12))
def test_whatever_is_read_as_a_count_is_what_was_printed(text: str) -> None:
    try:
        value = read_count(text)
    except UnparseableError:
        return
    assert text.strip() in (str(value), f"{value:,}")


# --- decimals


def test_a_decimal_keeps_its_printed_decimals() -> None:
    assert [str(read_decimal(text)) for text in ("0.64", "0.6", "0.640", "1", "55.00")] == [
        "0.64",
        "0.6",
        "0.640",
        "1",
        "55.00",
    ]


@pytest.mark.parametrize(
    "text",
    ["", "0,64", ".64", "0.", "00.64", "-0.64", "0.64%", "1,000.5", "nan", "Infinity", "1e-3"],
)
def test_what_is_not_plainly_a_decimal_is_refused(text: str) -> None:
    assert_refused(read_decimal, text, DECIMAL)


# --- days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("06/04/23", date(2023, 4, 6)),
        ("6/4/23", date(2023, 4, 6)),
        ("27/11/2025", date(2025, 11, 27)),
        ("29/02/24", date(2024, 2, 29)),
        ("12/12/25", date(2025, 12, 12)),
    ],
)
def test_a_day_is_read_day_first(text: str, day: date) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "06/04",
        "06-04-23",
        "06.04.23",
        "06/04/223",
        "06/04/1923",
        "2023/04/06",
        "6 April 2023",
        "06/04/23 (am)",
    ],
)
def test_a_day_in_another_form_is_refused(text: str) -> None:
    assert_refused(read_day, text, DAY)


def test_a_day_that_looks_month_first_is_refused_and_said_so() -> None:
    assert read_day("12/05/25") == date(2025, 5, 12)
    assert_refused(
        read_day, "05/13/25", "a date as day/month/year (05/13/25 looks like month first)"
    )
    assert_refused(
        read_day, "12/31/2025", "a date as day/month/year (12/31/2025 looks like month first)"
    )


@pytest.mark.parametrize(
    "text", ["31/02/25", "29/02/25", "00/01/25", "32/01/25", "01/00/25", "13/13/25", "05/32/25"]
)
def test_a_day_that_is_not_in_the_calendar_is_refused(text: str) -> None:
    assert_refused(read_day, text, f"a date as day/month/year ({text} is not in the calendar)")


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_reads_back_in_every_form(day: date) -> None:
    assert read_day(day.strftime("%d/%m/%y")) == day
    assert read_day(f"{day.day}/{day.month}/{day.year}") == day
    assert read_iso_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025-02-30",
        "2025-13-01",
        "2025-1-1",
        "20250101",
        "2025-01-01T00:00",
        "01/01/2025",
        "0000-01-01",
    ],
)
def test_what_is_not_an_iso_day_is_refused(text: str) -> None:
    assert read_iso_day("2025-11-27") == date(2025, 11, 27)
    assert_refused(read_iso_day, text, ISO_DAY)


@pytest.mark.parametrize(
    "text",
    [
        "10/11/25- 12/11/25",
        "10/11/25-12/11/25",
        "10/11/25 \u2013 12/11/2025",
        "10/11/25 to 12/11/25",
    ],
)
def test_a_range_of_days_is_read(text: str) -> None:
    assert read_day_range(text) == (date(2025, 11, 10), date(2025, 11, 12))


def test_a_range_of_days_that_runs_backwards_or_is_not_two_days_is_refused() -> None:
    assert read_day_range("10/11/25-10/11/25") == (date(2025, 11, 10), date(2025, 11, 10))
    assert_refused(
        read_day_range, "12/11/25-10/11/25", "two dates with a dash between, the earlier one first"
    )
    assert_refused(read_day_range, "10/11/25", DAYS)
    assert_refused(read_day_range, "10/11/25-11/11/25-12/11/25", DAYS)
    assert_refused(read_day_range, "10-12/11/25", DAY)
    assert_refused(
        read_day_range,
        "10/11/25-11/13/25",
        "a date as day/month/year (11/13/25 looks like month first)",
    )


# --- durations and clock times


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("5h03m", 5 * 60 + 3),
        ("8h0m", 8 * 60),
        ("5h 03m", 5 * 60 + 3),
        ("4h 0m", 4 * 60),
        ("0h 55m", 55),
        ("0h33m", 33),
        ("4hr 47m", 4 * 60 + 47),
        ("5h40", 5 * 60 + 40),
        ("4h45", 4 * 60 + 45),
        ("10h 59m", 10 * 60 + 59),
    ],
)
def test_a_duration_is_read_in_every_published_form(text: str, minutes: int) -> None:
    assert read_duration_minutes(text) == minutes


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5h",
        "45m",
        "5h4",
        "5h 4",
        "5:40",
        "5.40",
        "340",
        "5h  40m",
        "5h40m.",
        "5hrs 40m",
        "5 h 40m",
        "-5h40m",
        "5H40M",
        "5h400m",
        "100h00m",
        "3 days covering 10 sailings",
        "1205-1253",
        "N/A",
    ],
)
def test_a_duration_in_another_form_is_refused(text: str) -> None:
    assert_refused(read_duration_minutes, text, DURATION)


def test_sixty_minutes_and_more_are_refused() -> None:
    assert read_duration_minutes("5h59m") == 359
    for text in ("5h60m", "5h 75m", "5h99"):
        assert_refused(read_duration_minutes, text, f"{DURATION}, with fewer than 60 minutes")


@given(
    st.integers(min_value=0, max_value=99 * 60 + 59),
    st.sampled_from(["{}h{:02}m", "{}h {:02}m", "{}hr {:02}m", "{}h{:02}", "{}h{}m"]),
)
def test_a_duration_reads_back(minutes: int, form: str) -> None:
    assert read_duration_minutes(form.format(*divmod(minutes, 60))) == minutes


@pytest.mark.parametrize("text", ["1205-1253", "12:05-12:53", "1205 \u2013 1253", "12:05 to 12:53"])
def test_a_range_of_clock_times_is_read(text: str) -> None:
    assert read_clock_range(text) == (time(12, 5), time(12, 53))


def test_an_end_before_the_start_is_kept_as_printed() -> None:
    assert read_clock_range("2345-0010") == (time(23, 45), time(0, 10))


def test_what_is_not_two_clock_times_is_refused() -> None:
    for text in ("", "1205", "3 days covering 10 sailings", "1205/1253", "1205-1253-1300"):
        assert_refused(read_clock_range, text, CLOCKS)
    for text in ("2400-0010", "1205-1260", "905-1005", "9.05-10.05", "12:05pm-1:10pm"):
        assert_refused(read_clock_range, text, f"{CLOCKS}, each from 0000 to 2359")


@given(st.times(), st.times())
def test_clock_times_read_back(start: time, end: time) -> None:
    wanted = (start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0))
    assert read_clock_range(f"{start:%H%M}-{end:%H%M}") == wanted


@pytest.mark.parametrize(
    ("text", "has_two"),
    [
        ("10/11/25 to 12/11/25", True),
        ("10/11/25\u201312/11/25", True),
        ("10/11/25- 12/11/25", True),
        ("2025-11-27", False),
        ("27/11/2025", False),
    ],
)
def test_a_range_has_two_ends(text: str, has_two: bool) -> None:
    assert is_range(text) is has_two
