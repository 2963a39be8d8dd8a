"""The first and the last pages of a report: front, summary, evidence for the Public Sector Equality Duty, method, sources, citation.

In: a `Subject`, the release. Out: `Front` and sections. Does not say whether the force meets the duty.
"""

from __future__ import annotations

from dashboard.descriptions.equality_duty import DUTY, LIMITS, RULING, say_duty, say_ruling
from dashboard.descriptions.groups import say_count_of, say_events, say_how_sure
from dashboard.queries.misidentifications import ask_cases
from dashboard.queries.series import HEADLINE_COUNTS, ask_total
from dashboard.report.blocks import (
    Block,
    Front,
    Head,
    Link,
    Paragraph,
    Points,
    Quoted,
    Section,
    Table,
    Text,
)
from dashboard.report.context import quote_told
from dashboard.report.figures import Subject
from dashboard.report.period import say_report_period
from dashboard.report.query import (
    BOTH_RATES,
    ask_findings_of,
    ask_group_counts,
    ask_group_figures,
    ask_rates,
    ask_sources,
    ask_totals,
    is_covered,
)
from dashboard.report.text import (
    say_cases,
    say_counts,
    say_findings_count,
    say_made_from,
    say_rate,
    say_whole_period,
)
from dashboard.text.language import _
from dashboard.text.numbers import say_count, say_date, say_period
from dashboard.views.who_is_affected.text_tests import list_drawn, name_evaluation, say_tests_title
from etl.measures.catalogue import MEASURES
from etl.model.caveats import CAVEATS
from etl.model.codes import PUBLISHED, PUBLISHING_FORM, TECHNOLOGY
from etl.model.releases import ReleaseInfo
from etl.model.symbols import SYMBOL
from etl.outputs.about import LICENCE, LICENCE_ADDRESS, say_citation

_LFR = "lfr"


def make_front(subject: Subject, release: ReleaseInfo) -> Front:
    """What, of whom, of when; what it is worth; which version."""
    full = next(
        one["force_name"] for one in subject.answers.rows("forces") if one["force_id"] == subject.force_id
    )
    retrieved = subject.answers.last_retrieved
    version = release.version
    if release.is_draft:
        version = _("{version}: a draft that may still change and cannot be cited").format(version=version)
    facts: list[tuple[str, Text]] = [
        (_("Version of the record"), version),
        (_("Released"), say_date(release.date) if release.date else _("not released")),
        (_("Content"), release.content_hash),
        (_("Publications retrieved up to"), say_date(retrieved)),
    ]
    return Front(
        _("Report on live facial recognition"),
        _(str(full)),
        say_report_period(subject.period),
        (_(CAVEATS["not_official"]), say_made_from(), _(CAVEATS["only_published"])),
        tuple(facts),
    )


def make_summary(subject: Subject) -> Section:
    """The report in a dozen sentences."""
    answers, chosen = subject.answers, subject.chosen
    totals = [ask_total(answers, measure_id, chosen) for measure_id in HEADLINE_COUNTS]
    rates = [ask_total(answers, measure_id, chosen) for measure_id in BOTH_RATES]
    findings = ask_findings_of(answers, chosen)
    still_open = sum(one.finding["status_code"] == "open" for one in findings)
    covered = is_covered(answers, subject.force_id, subject.period)
    last_day = answers.covered_until().get(subject.force_id)
    lines = (
        say_counts(totals),
        say_whole_period(subject.name, subject.period, covered, last_day),
        *map(quote_told, map(say_rate, rates)),
        _(CAVEATS["two_denominators"]),
        _say_groups(subject),
        say_cases(ask_cases(answers, chosen).by_technology),
        say_findings_count(len(findings), still_open),
    )
    return Section(_("Summary"), (Points(lines),))


def _say_groups(subject: Subject) -> str:
    figures = [one.any for one in ask_group_figures(subject.answers, subject.force_id)]
    said = [
        _("{finding}, {days}: {share}").format(
            finding=say_count_of(one),
            days=say_period(one.period_start, one.period_end),
            share=say_events(one),
        )
        for one in figures
        if one is not None
    ]
    if not said:
        return _("No count by ethnicity, sex or age is published of {name}.").format(name=subject.name)
    return _("Published by group: {findings}.").format(findings="; ".join(said))


def make_duty(subject: Subject) -> Section:
    """What is known, how sure, what is unknown, and what would be needed."""
    blocks: list[Block] = [
        Paragraph(say_duty()), Link(*DUTY), Paragraph(say_ruling()), Link(*RULING),
        Paragraph(_("What is known"), "head"), Points(tuple(_list_known(subject))),
        Paragraph(_("How sure it is"), "head"), Points(tuple(_list_sure(subject))),
        Paragraph(_("What is unknown, and what would be needed"), "head"), _make_unknown(),
    ]  # fmt: skip
    return Section(_("Public Sector Equality Duty: the evidence"), tuple(blocks))


def _list_known(subject: Subject) -> list[Text]:
    counts = ask_group_counts(subject.answers, subject.force_id)
    number = _("Counts by group that are published of {name}, of any period: {count}.").format(
        name=subject.name, count=say_count(len(counts))
    )
    known: list[Text] = [number, _say_groups(subject)] if counts else [number]
    for form in subject.publishing.forms:
        if form.publishing.form_code == "none":
            continue
        said = _(
            "{form}: any figure by ethnicity, sex or age: {groups}; make-up of the watchlist: {watchlist}."
        )
        known.append(
            said.format(
                form=_(PUBLISHING_FORM.label(form.publishing.form_code)),
                groups=_(PUBLISHED.label(form.of("demographics"))).lower(),
                watchlist=_(PUBLISHED.label(form.of("watchlist_composition"))).lower(),
            )
        )
    for technology, results in subject.answers.test_results().results:
        drawn = list_drawn(results)
        if technology == _LFR and drawn:
            said = _("Tests of {technology} ({evaluation}): {finding}.")
            known.append(
                said.format(
                    technology=_(TECHNOLOGY.label(technology)), evaluation=name_evaluation(drawn[0]),
                    finding=say_tests_title(drawn),
                )
            )  # fmt: skip
    known.append(say_cases(ask_cases(subject.answers, subject.chosen).by_technology))
    return known


def _list_sure(subject: Subject) -> list[Text]:
    mains = [one.main for one in ask_group_figures(subject.answers, subject.force_id) if one.main is not None]
    sure: list[Text] = [line for one in mains for line in say_how_sure(one)]
    if not mains:
        sure.append(_("No count by group is published, so nothing can be said of a difference between groups: neither that there is one, nor that there is none."))  # fmt: skip
    for rate in ask_rates(subject.answers, subject.chosen)[:2]:
        sure.append(quote_told(say_rate(rate)))
    caveats = (
        "watchlist_over_flags",
        "not_detected_is_not_absent",
        "tests_are_not_deployments",
        "zero_is_a_bound",
    )
    return [*sure, *(_(CAVEATS[one]) for one in caveats)]


def _make_unknown() -> Table:
    heads = (
        Head(_("Question"), 4),
        Head(_("Why it has no answer"), 4),
        Head(_("What would have to be published"), 5),
    )
    rows = tuple((_(question), _(why), _(needed)) for question, why, needed in LIMITS)
    return Table(_("What cannot be said, and what would have to be published"), heads, rows)


def make_method(subject: Subject) -> Section:
    """The method in short."""
    used = [
        one.measure_id
        for one in (*ask_totals(subject.answers, subject.chosen), *ask_rates(subject.answers, subject.chosen))
    ]
    heads = (Head(_("Measure"), 3), Head(_("Question"), 5), Head(_("Interval"), 5))
    rows = tuple(
        (_(MEASURES[one].title), _(MEASURES[one].question), _(MEASURES[one].interval)) for one in used
    )
    lines = (
        _(
            "Only rows that have both numbers are in it: numerator and denominator cover the same deployments."
        ),
        _("Absent is not zero: a number that is not published is marked [x] and never counted as nought."),
        _("Rows that reach out of the period are told and not used."),
        _(
            "Printed values stay as they were printed; a declared correction stands beside each, with its reason."
        ),
    )
    symbols = tuple((_(SYMBOL.label(code)), _(SYMBOL.entry(code).meaning)) for code in SYMBOL)
    return Section(
        _("Method in short"),
        (
            Points(lines),
            Table(_("The measures of this report"), heads, rows),
            Table(_("Symbols"), (Head(_("Symbol"), 2), Head(_("Meaning"), 6)), symbols),
        ),
    )


def make_sources(subject: Subject, release: ReleaseInfo) -> Section:
    """The publications that the report is made of, how to cite it, and on which terms."""
    used = {source for one in ask_totals(subject.answers, subject.chosen) for source in one.sources}
    heads = (Head(_("Publication"), 5), Head(_("Publisher"), 4), Head(_("Retrieved"), 2), Head(_("Terms"), 4))
    found = ask_sources(subject.answers, used)
    rows = tuple(
        (
            Quoted(one["title"]),
            Quoted(one["publisher"]),
            say_date(day) if day else _("not known"),
            Quoted(one["licence"]),
        )
        for one, day in found
    )
    links = [Link(str(one["url"]), str(one["url"])) for one, _day in found if one["url"]]
    return Section(
        _("Sources and citation"),
        (
            Table(_("Publications whose rows are in this report"), heads, rows),
            *links,
            Paragraph(_("To cite it"), "head"),
            Paragraph(
                (
                    Quoted(f"{say_citation(release)}. "),
                    _("Report: {name}, {period}.").format(
                        name=subject.name, period=say_report_period(subject.period)
                    ),
                )
            ),
            Paragraph(_("Terms"), "head"),
            Link(_(LICENCE), LICENCE_ADDRESS),
        ),
    )
