"""Claims in words: the figure that was stated, what the rows give, how they differ, how the window
is known.

In: a claim with its comparison. Out: plain text. Calls no claim wrong; does not compute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.queries.claims import ClaimLine, count_verdicts
from dashboard.text.declared import read_texts
from dashboard.text.language import _, mark_both, ngettext
from dashboard.text.language import mark as N_
from dashboard.text.numbers import (
    PER_FACE_SEEN,
    format_count,
    format_list,
    format_number,
    format_one_in,
    format_per_million,
    format_period,
    format_rows,
    format_share,
    is_share,
)
from etl.measures.catalogue import MEASURES
from etl.model.claim_measures import CLAIM_WINDOW, VERDICT, ClaimComparison

_TEXTS = read_texts(__file__)
# What a verdict means for somebody who asks whether a figure is borne out.
PLAIN = _TEXTS.by_code("plain")
_COPY = N_(
    "The published rows give the same figure, but were collected from the same statement: that "
    "shows a true copy, no more."
)
_STATED_AS = _TEXTS.by_code("stated_as")
_MORE = mark_both("{count} more than stated", "{count} more than stated")
_FEWER = mark_both("{count} fewer than stated", "{count} fewer than stated")
LIMITS = _TEXTS.lines("limits")


@dataclass(frozen=True, slots=True)
class Figures:
    """The stated figure, that of the rows, and the difference, in words;
    empty where there is none."""

    stated: str
    rows: str
    difference: str


def describe_verdict(compared: ClaimComparison) -> str:
    """The verdict with a capital: `Differs`."""
    text = _(VERDICT.label(compared.verdict))
    return f"{text[:1].upper()}{text[1:]}"


def describe_plain(compared: ClaimComparison) -> str:
    """Whether the rows support the figure; empty where the verdict says so."""
    if compared.verdict == "agrees":
        return _(_COPY) if compared.reason_code == "same_statement" else ""
    return "" if compared.verdict in ("does_not_add_up", "close") else _(PLAIN[compared.verdict])


def describe_what(line: ClaimLine) -> tuple[str, bool]:
    """What is claimed, and whether that is the collector's own word:
    the title of the measure where it is one."""
    compared = line.comparison
    if compared.measure_id and compared.verdict != "cannot_be_compared":
        return _(MEASURES[compared.measure_id].title), False
    words = str(line.claim.measure_text).rpartition(": ")[2].replace("_", " ")
    group = line.claim.group_text
    text = f"{words}, {group}" if group and group != "all" else words
    return f"{text[:1].upper()}{text[1:]}", True


def describe_figures(line: ClaimLine) -> Figures:
    """The figures of a comparison; a figure without a comparison as it was collected."""
    compared = line.comparison
    if compared.verdict == "cannot_be_compared" or compared.stated_value is None:
        return Figures(_describe_collected(line), "", "")
    stated = _(_STATED_AS[compared.stated_as or "exact"])
    return Figures(
        stated.format(figure=describe_figure(float(compared.stated_value), compared)),
        "" if compared.value is None else describe_figure(compared.value, compared),
        _describe_difference(compared),
    )


def describe_figure(value: float, compared: ClaimComparison) -> str:
    """A figure in the scale of what is compared."""
    if compared.measure_id == PER_FACE_SEEN:
        return _("{value} faces").format(value=format_one_in(value)) if value else _("none")
    if compared.denominator is not None and (
        compared.measure_id is None or is_share(compared.measure_id)
    ):
        return format_share(value)
    if compared.measure_id and is_share(compared.measure_id):
        return format_share(value)
    return format_count(value) if value == int(value) else format_number(value)


def describe_rows_figure(compared: ClaimComparison, rows: str) -> str:
    """The figure of the rows with its numerator and denominator: `0.48% (10 of 2,074;
    95% interval 0.23% to 0.88%)`."""
    if compared.denominator is None or compared.numerator is None:
        return rows
    text = _("{count} of {whole}").format(
        count=format_count(compared.numerator), whole=format_count(compared.denominator)
    )
    if compared.low is not None and compared.high is not None:
        limits = _("95% interval {low} to {high}").format(
            low=describe_figure(compared.low, compared),
            high=describe_figure(compared.high, compared),
        )
        text = f"{text}; {limits}"
    return f"{rows} ({text})"


def format_when(line: ClaimLine) -> str:
    """The days that the figure is about, as far as they are known."""
    compared, claim = line.comparison, line.claim
    start, end = (
        compared.window_start or claim.period_start,
        compared.window_end or claim.period_end,
    )
    if start and end:
        period = format_period(start, end)
        searched = compared.window_found_by == "searched"
        return (
            _("days not stated; figures of {period}").format(period=period) if searched else period
        )
    printed = [claim.period_start_text, claim.period_end_text]
    return " – ".join(dict.fromkeys(text for text in printed if text)) or _("days not stated")


def describe_window(compared: ClaimComparison) -> str:
    """How the window is known; empty where nothing is added up."""
    if compared.window_found_by is None:
        return ""
    return _(CLAIM_WINDOW.entry(compared.window_found_by).meaning)


def format_difference_of(compared: ClaimComparison) -> str:
    """What the difference is between; of an incomplete sum, that it decides nothing."""
    if compared.verdict == "not_enough_published":
        return _(
            "Between the published part and the stated figure: what is not published may make it "
            "up, or not."
        )
    return _("Published rows less the stated figure.")


def describe_search(compared: ClaimComparison) -> str:
    """What the search of a window found; empty where none was searched."""
    if compared.windows_tried is None or compared.windows_found is None:
        return ""
    if not compared.windows_found:
        template = _(
            "{tried} windows of that length were tried, and none gives the stated figure: shown "
            "is the nearest."
        )
        return template.format(tried=format_count(compared.windows_tried))
    template = ngettext(
        "{tried} windows of that length were tried, and {found} gives the stated figure. A window "
        "that was found by its figure is no evidence for the figure.",
        "{tried} windows of that length were tried, and {found} give the stated figure. A window "
        "that was found by its figure is no evidence for the figure.",
        compared.windows_found,
    )
    return template.format(
        tried=format_count(compared.windows_tried), found=format_count(compared.windows_found)
    )


def describe_row_counts(compared: ClaimComparison) -> str:
    """`181 rows added up; 7 lack the number; 2 reach out of the time`."""
    sentences = [_("{rows} added up").format(rows=format_rows(compared.rows_used))]
    if compared.rows_missing:
        sentences.append(
            ngettext(
                "{count} lacks the number", "{count} lack the number", compared.rows_missing
            ).format(count=format_count(compared.rows_missing))
        )
    if compared.rows_outside:
        words = ngettext(
            "{count} reaches out of the time and is not added up",
            "{count} reach out of the time and are not added up",
            compared.rows_outside,
        )
        sentences.append(words.format(count=format_count(compared.rows_outside)))
    return "; ".join(sentences)


def describe_counts(lines: Sequence[ClaimLine]) -> str:
    """`246 claims: differs: 12, …`."""
    counts = count_verdicts(lines)
    sentences = [
        _("{verdict}: {count}").format(verdict=_(VERDICT.label(code)), count=format_count(number))
        for code, number in counts.items()
        if number
    ]
    words = ngettext("{count} claim: {verdicts}", "{count} claims: {verdicts}", len(lines))
    return words.format(count=format_count(len(lines)), verdicts="; ".join(sentences))


def describe_silent(names: Sequence[str]) -> str:
    """Which forces have rows that lack the number."""
    return _("Rows of {names} lack the number.").format(names=format_list(names)) if names else ""


def _describe_difference(compared: ClaimComparison) -> str:
    difference = compared.difference
    if difference is None:
        return ""
    if difference == 0:
        return _("none")
    if (
        compared.denominator is None
        and compared.measure_id != PER_FACE_SEEN
        and not _is_rate(compared)
    ):
        single, many = _MORE if difference > 0 else _FEWER
        size = abs(difference)
        words = format_count(size) if size == int(size) else format_number(size)
        return ngettext(single, many, size).format(count=words)
    if compared.measure_id == PER_FACE_SEEN:
        words = _("{count} per million faces").format(count=format_per_million(abs(difference)))
    else:
        words = _("{count} percentage points").format(count=format_number(abs(difference) * 100))
    return (
        _("{size} more than stated") if difference > 0 else _("{size} less than stated")
    ).format(size=words)


def _is_rate(compared: ClaimComparison) -> bool:
    return bool(compared.measure_id and MEASURES[compared.measure_id].denominator)


def _describe_collected(line: ClaimLine) -> str:
    value, written = line.claim.value, str(line.claim.value_text)
    if value is not None and value == int(value) and value >= 1000 and written.isdigit():
        return format_count(float(value))
    return written
