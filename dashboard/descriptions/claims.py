"""Claims in words: the figure that was stated, what the rows give, how they differ, how the window is known.

In: a claim with its comparison. Out: plain text. Calls no claim wrong; does not compute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.queries.claims import ClaimLine, count_verdicts
from dashboard.text.language import _, mark_both, ngettext
from dashboard.text.language import mark as N_
from dashboard.text.numbers import (
    PER_FACE_SEEN,
    is_share,
    say_count,
    say_list,
    say_number,
    say_one_in,
    say_per_million,
    say_period,
    say_rows,
    say_share,
)
from etl.measures.catalogue import MEASURES
from etl.model.claim_measures import CLAIM_WINDOW, VERDICT, ClaimComparison

# What a verdict means for somebody who asks whether a figure is borne out.
PLAIN = {
    "agrees": N_("The published rows bear the figure out."),
    "does_not_add_up": N_("The published rows give another figure."),
    "not_enough_published": N_("The published rows do not bear the figure out, and cannot rule it out."),
    "cannot_be_compared": N_("No published row counts what the figure is about."),
}  # fmt: skip
_COPY = N_("The published rows give the same figure, but were collected from the same statement: that shows a true copy, no more.")  # fmt: skip
_STATED_AS = {
    "exact": N_("{figure}"),
    "at_least": N_("at least {figure}"),
    "more_than": N_("more than {figure}"),
    "nearly": N_("nearly {figure}"),
    "rounded": N_("{figure} (rounded)"),
    "about": N_("about {figure}"),
}
_MORE = mark_both("{count} more than stated", "{count} more than stated")
_FEWER = mark_both("{count} fewer than stated", "{count} fewer than stated")
LIMITS = (
    N_("A claim is a figure that somebody stated. It is compared with the record and never enters a measure."),
    N_("“Does not add up with the published rows” is not “wrong”: rows may be incomplete, revised or counted by another rule."),
    N_("“Agrees” is not “right”: it shows that the statement and the rows say the same."),
    N_("The list is what was collected, not a sample: the number of claims with a verdict says nothing about a force or a newspaper."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """The stated figure, that of the rows, and the difference, in words; empty where there is none."""

    stated: str
    rows: str
    difference: str


def say_verdict(compared: ClaimComparison) -> str:
    """The verdict with a capital: `Does not add up with the published rows`."""
    said = _(VERDICT.label(compared.verdict))
    return f"{said[:1].upper()}{said[1:]}"


def say_plain(compared: ClaimComparison) -> str:
    """Whether the rows bear the figure out, beside the verdict; nothing where the verdict says it."""
    if compared.verdict == "agrees":
        return _(_COPY) if compared.reason_code == "same_statement" else ""
    return "" if compared.verdict == "does_not_add_up" else _(PLAIN[compared.verdict])


def say_what(line: ClaimLine) -> tuple[str, bool]:
    """What is claimed, and whether that is the collector's own word: the title of the measure where it is one."""
    compared = line.comparison
    if compared.measure_id and compared.verdict != "cannot_be_compared":
        return _(MEASURES[compared.measure_id].title), False
    words = str(line.claim["measure_text"]).rpartition(": ")[2].replace("_", " ")
    group = line.claim["group_text"]
    said = f"{words}, {group}" if group and group != "all" else words
    return f"{said[:1].upper()}{said[1:]}", True


def say_figures(line: ClaimLine) -> Figures:
    """What stands side by side. A figure that nothing is compared with is told as it was collected."""
    compared = line.comparison
    if compared.verdict == "cannot_be_compared" or compared.stated_value is None:
        return Figures(_say_collected(line), "", "")
    stated = _(_STATED_AS[compared.stated_as or "exact"])
    return Figures(
        stated.format(figure=say_figure(float(compared.stated_value), compared)),
        "" if compared.value is None else say_figure(compared.value, compared),
        _say_difference(compared),
    )


def say_figure(value: float, compared: ClaimComparison) -> str:
    """A figure in the scale of what is compared."""
    if compared.measure_id == PER_FACE_SEEN:
        return _("{value} faces").format(value=say_one_in(value)) if value else _("none")
    if compared.denominator is not None and (compared.measure_id is None or is_share(compared.measure_id)):
        return say_share(value)
    if compared.measure_id and is_share(compared.measure_id):
        return say_share(value)
    return say_count(value) if value == int(value) else say_number(value)


def say_rows_figure(compared: ClaimComparison, rows: str) -> str:
    """The figure of the rows with its numerator and denominator: `0.48% (10 of 2,074; 95% interval 0.23% to 0.88%)`."""
    if compared.denominator is None or compared.numerator is None:
        return rows
    said = _("{count} of {whole}").format(
        count=say_count(compared.numerator), whole=say_count(compared.denominator)
    )
    if compared.low is not None and compared.high is not None:
        limits = _("95% interval {low} to {high}").format(
            low=say_figure(compared.low, compared), high=say_figure(compared.high, compared)
        )
        said = f"{said}; {limits}"
    return f"{rows} ({said})"


def say_when(line: ClaimLine) -> str:
    """The days that the figure is about, as far as they are known."""
    compared, claim = line.comparison, line.claim
    start, end = compared.window_start or claim["period_start"], compared.window_end or claim["period_end"]
    if start and end:
        period = say_period(start, end)
        searched = compared.window_found_by == "searched"
        return _("days not stated; rows of {period}").format(period=period) if searched else period
    printed = [claim["period_start_text"], claim["period_end_text"]]
    return " – ".join(dict.fromkeys(one for one in printed if one)) or _("days not stated")


def say_window(compared: ClaimComparison) -> str:
    """How the window is known; empty where nothing is added up."""
    if compared.window_found_by is None:
        return ""
    return _(CLAIM_WINDOW.entry(compared.window_found_by).meaning)


def say_difference_of(compared: ClaimComparison) -> str:
    """What the difference is between; of an incomplete sum, that it decides nothing."""
    if compared.verdict == "not_enough_published":
        return _(
            "Between the published part and the stated figure: what is not published may make it up, or not."
        )
    return _("Published rows less the stated figure.")


def say_search(compared: ClaimComparison) -> str:
    """What the search of a window found; empty where none was searched."""
    if compared.windows_tried is None or compared.windows_found is None:
        return ""
    if not compared.windows_found:
        said = _(
            "{tried} windows of that length were tried, and none gives the stated figure: shown is the nearest."
        )
        return said.format(tried=say_count(compared.windows_tried))
    said = ngettext(
        "{tried} windows of that length were tried, and {found} gives the stated figure. A window that was found by its figure is no evidence for the figure.",
        "{tried} windows of that length were tried, and {found} give the stated figure. A window that was found by its figure is no evidence for the figure.",
        compared.windows_found,
    )
    return said.format(tried=say_count(compared.windows_tried), found=say_count(compared.windows_found))


def say_row_counts(compared: ClaimComparison) -> str:
    """`181 rows added up; 7 lack the number; 2 reach out of the time`."""
    said = [_("{rows} added up").format(rows=say_rows(compared.rows_used))]
    if compared.rows_missing:
        said.append(
            ngettext("{count} lacks the number", "{count} lack the number", compared.rows_missing).format(
                count=say_count(compared.rows_missing)
            )
        )
    if compared.rows_outside:
        words = ngettext(
            "{count} reaches out of the time and is not added up",
            "{count} reach out of the time and are not added up",
            compared.rows_outside,
        )
        said.append(words.format(count=say_count(compared.rows_outside)))
    return "; ".join(said)


def say_counts(lines: Sequence[ClaimLine]) -> str:
    """`246 claims: does not add up with the published rows: 12, …`."""
    counts = count_verdicts(lines)
    said = [
        _("{verdict}: {count}").format(verdict=_(VERDICT.label(code)), count=say_count(number))
        for code, number in counts.items()
        if number
    ]
    words = ngettext("{count} claim: {verdicts}", "{count} claims: {verdicts}", len(lines))
    return words.format(count=say_count(len(lines)), verdicts="; ".join(said))


def say_silent(names: Sequence[str]) -> str:
    """Which forces have rows that lack the number."""
    return _("Rows of {names} lack the number.").format(names=say_list(names)) if names else ""


def _say_difference(compared: ClaimComparison) -> str:
    difference = compared.difference
    if difference is None:
        return ""
    if difference == 0:
        return _("none")
    if compared.denominator is None and compared.measure_id != PER_FACE_SEEN and not _is_rate(compared):
        one, many = _MORE if difference > 0 else _FEWER
        size = abs(difference)
        words = say_count(size) if size == int(size) else say_number(size)
        return ngettext(one, many, size).format(count=words)
    if compared.measure_id == PER_FACE_SEEN:
        words = _("{count} per million faces").format(count=say_per_million(abs(difference)))
    else:
        words = _("{count} percentage points").format(count=say_number(abs(difference) * 100))
    return (_("{size} more than stated") if difference > 0 else _("{size} less than stated")).format(
        size=words
    )


def _is_rate(compared: ClaimComparison) -> bool:
    return bool(compared.measure_id and MEASURES[compared.measure_id].denominator)


def _say_collected(line: ClaimLine) -> str:
    value, written = line.claim["value"], str(line.claim["value_text"])
    whole = value is not None and value == int(value) and value >= 1000 and written.isdigit()
    return say_count(float(value)) if whole else written
