"""What is said of documented misidentifications: when, by whom, how many entries, and what the
register cannot show.

In: `Case`s of `etl.queries.record`, an Estimate. Out: plain sentences.
Does not add up cases over technologies."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from dashboard.text.declared import read_texts
from dashboard.text.language import _, ngettext
from dashboard.text.numbers import (
    describe_gap,
    format_count,
    format_date,
    format_list,
    format_period,
    format_step,
    format_total,
)
from etl.model.cases import CASE_KIND, Case
from etl.model.estimates import Estimate

_TEXTS = read_texts(__file__)
GRADES = _TEXTS.by_code("grades")
LIMITS = _TEXTS.lines("limits")


def format_when(case: Case) -> str:
    """`27 February 2020`; `June 2018`; `2018`; `12 September 2024 to 11 September 2025`."""
    return format_days(case.incident_date_text)


def format_days(written: str) -> str:
    """Days, months or years of the register in words:
    `2023-10/2025-02` → `October 2023 to February 2025`."""
    parts = [_describe_part(part) for part in written.split("/")]
    if len(parts) == 1:
        return parts[0]
    return _("{first} to {last}").format(first=parts[0], last=parts[1])


def describe_reported(case: Case) -> str:
    """When it was reported, as exactly as known."""
    return _describe_part(case.reported_date_text) if case.reported_date_text else _("not known")


def describe_case_title(case: Case) -> str:
    """Who used it, and when."""
    return _("{operator}, {when}").format(operator=case.operator_text, when=format_when(case))


def describe_people(case: Case) -> str:
    """Whether it is about one person, or adds up several or a period."""
    return _("Added up over a day or a period") if case.several else _("One person")


def describe_entries(cases: Sequence[Case]) -> str:
    """`5 entries`; never added up over technologies."""
    if not cases:
        return _("no entry")
    template = ngettext("{count} entry", "{count} entries", len(cases))
    return template.format(count=format_count(len(cases)))


def describe_kinds(cases: Sequence[Case]) -> str:
    """The kinds of error of one technology's entries, with how many of each."""
    counter = Counter(case.kind_code for case in cases)
    line = _("{kind}: {count}")
    sentences = [
        line.format(kind=_(CASE_KIND.label(code)), count=format_count(counter[code]))
        for code in CASE_KIND
        if counter[code]
    ]
    return "; ".join(sentences) or _("none in the register")


def describe_false_alerts(estimate: Estimate, name: str) -> list[str]:
    """Why false alerts of the rows and entries of the register are two things."""
    sentences = [
        _(
            "A false alert is an alert that was judged not to be about the person on the "
            "watchlist. Some end when an operator compares the images; after others an officer "
            "speaks to the person. It becomes an entry here if what followed for the person is "
            "documented, or if the force’s own figure was reported as such."
        )
    ]
    if estimate.numerator is None:
        sentences.append(_("For {name} no number of false alerts is published.").format(name=name))
    else:
        line = _(
            "For {name}, published figures give {number} false alerts by police live facial "
            "recognition, {period}. {gap}"
        )
        sentences.append(
            line.format(
                name=name,
                number=format_total(estimate),
                period=format_period(estimate.period_start, estimate.period_end),
                gap=describe_gap(estimate),
            ).strip()
        )
    sentences.append(
        _(
            "The two are not comparable: those figures count alerts, this list is about people. "
            "Searches of photographs and shops publish no figures."
        )
    )
    return sentences


def describe_shown(shown: Sequence[str]) -> str:
    """Which technologies have no entry in this selection."""
    return _(
        "No entry of this selection for: {names}. That is not a zero: it may not have become "
        "public."
    ).format(names=format_list(shown))


def describe_grade(case: Case) -> str:
    """How good the evidence is, in words."""
    return _(GRADES[case.evidence_grade]) if case.evidence_grade in GRADES else case.evidence_grade


def _describe_part(text: str) -> str:
    if len(text) == len("2020-02-27"):
        return format_date(_to_day(text))
    return format_step(text)


def _to_day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
