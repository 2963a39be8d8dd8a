"""The first and the last pages of a report: front, summary, evidence for the Public Sector Equality
Duty, method, sources, citation.

In: a `Subject`, the release. Out: `Front` and sections.
Does not say whether the force meets the duty."""

from __future__ import annotations

from dashboard.descriptions.equality_duty import (
    DUTY,
    LIMITS,
    RULING,
    describe_duty,
    describe_ruling,
)
from dashboard.descriptions.groups import describe_how_sure, format_count_of, format_events
from dashboard.queries.misidentifications import get_cases
from dashboard.queries.series import HEADLINE_COUNTS, get_total
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
from dashboard.report.context import quote_translated
from dashboard.report.figures import Subject
from dashboard.report.period import format_report_period
from dashboard.report.query import (
    BOTH_RATES,
    get_findings_of,
    get_group_counts,
    get_group_figures,
    get_rates,
    get_sources,
    get_totals,
    is_covered,
)
from dashboard.report.text import (
    describe_cases,
    describe_counts,
    describe_made_from,
    describe_whole_period,
    format_findings_count,
    format_rate,
)
from dashboard.text.language import _
from dashboard.text.numbers import format_count, format_date, format_period
from dashboard.views.who_is_affected.text_evaluations import (
    describe_tests_title,
    list_drawn,
    name_evaluation,
)
from etl.measures.catalogue import MEASURES
from etl.model.caveats import CAVEATS
from etl.model.codes import PUBLISHED, PUBLISHING_FORM, TECHNOLOGY
from etl.model.reference import Force
from etl.model.releases import ReleaseInfo
from etl.model.symbols import SYMBOL
from etl.outputs.about import LICENCE, LICENCE_ADDRESS, format_citation

_LFR = "lfr"


def make_front(subject: Subject, release: ReleaseInfo) -> Front:
    """What, of whom, of when; what it is worth; which version."""
    full = next(
        force.force_name
        for force in subject.record.table(Force)
        if force.force_id == subject.force_id
    )
    retrieved = subject.record.last_retrieved
    version = release.version
    if release.is_draft:
        version = _("{version}: a draft that may still change and cannot be cited").format(
            version=version
        )
    facts: list[tuple[str, Text]] = [
        (_("Version of the record"), version),
        (_("Released"), format_date(release.date) if release.date else _("not released")),
        (_("Content"), release.content_hash),
        (_("Publications retrieved up to"), format_date(retrieved)),
    ]
    return Front(
        _("Report on live facial recognition"),
        _(str(full)),
        format_report_period(subject.period),
        (_(CAVEATS["not_official"]), describe_made_from(), _(CAVEATS["only_published"])),
        tuple(facts),
    )


def make_summary(subject: Subject) -> Section:
    """The report in a dozen sentences."""
    record, selection = subject.record, subject.selection
    totals = [get_total(record, measure_id, selection) for measure_id in HEADLINE_COUNTS]
    rates = [get_total(record, measure_id, selection) for measure_id in BOTH_RATES]
    findings = get_findings_of(record, selection)
    still_open = sum(finding.finding.status_code == "open" for finding in findings)
    covered = is_covered(record, subject.force_id, subject.period)
    last_day = record.forces.covered_until().get(subject.force_id)
    lines = (
        describe_counts(totals),
        describe_whole_period(subject.name, subject.period, covered, last_day),
        *map(quote_translated, map(format_rate, rates)),
        _(CAVEATS["two_denominators"]),
        _describe_groups(subject),
        describe_cases(get_cases(record, selection).by_technology),
        format_findings_count(len(findings), still_open),
    )
    return Section(_("Summary"), (Points(lines),))


def _describe_groups(subject: Subject) -> str:
    figures = [
        group_figure.any for group_figure in get_group_figures(subject.record, subject.force_id)
    ]
    sentences = [
        _("{finding}, {days}: {share}").format(
            finding=format_count_of(figure),
            days=format_period(figure.period_start, figure.period_end),
            share=format_events(figure),
        )
        for figure in figures
        if figure is not None
    ]
    if not sentences:
        return _("No count by ethnicity, sex or age is published of {name}.").format(
            name=subject.name
        )
    return _("Published by group: {findings}.").format(findings="; ".join(sentences))


def make_duty(subject: Subject) -> Section:
    """What is known, how sure, what is unknown, and what would be needed."""
    blocks: list[Block] = [
        Paragraph(describe_duty()),
        Link(*DUTY),
        Paragraph(describe_ruling()),
        Link(*RULING),
        Paragraph(_("What is known"), "head"),
        Points(tuple(_list_known(subject))),
        Paragraph(_("How sure it is"), "head"),
        Points(tuple(_list_sure(subject))),
        Paragraph(_("What is unknown, and what would be needed"), "head"),
        _make_unknown(),
    ]
    return Section(_("Public Sector Equality Duty: the evidence"), tuple(blocks))


def _list_known(subject: Subject) -> list[Text]:
    counts = get_group_counts(subject.record, subject.force_id)
    number = _("Counts by group that are published of {name}, of any period: {count}.").format(
        name=subject.name, count=format_count(len(counts))
    )
    known: list[Text] = [number, _describe_groups(subject)] if counts else [number]
    for form in subject.publishing.forms:
        if form.publishing.form_code == "none":
            continue
        template = _(
            "{form}: any figure by ethnicity, sex or age: {groups}; make-up of the watchlist: "
            "{watchlist}."
        )
        known.append(
            template.format(
                form=_(PUBLISHING_FORM.label(form.publishing.form_code)),
                groups=_(PUBLISHED.label(form.of("demographics"))).lower(),
                watchlist=_(PUBLISHED.label(form.of("watchlist_composition"))).lower(),
            )
        )
    for technology, results in subject.record.groups.test_results().results:
        drawn = list_drawn(results)
        if technology == _LFR and drawn:
            template = _("Tests of {technology} ({evaluation}): {finding}.")
            known.append(
                template.format(
                    technology=_(TECHNOLOGY.label(technology)),
                    evaluation=name_evaluation(drawn[0]),
                    finding=describe_tests_title(drawn),
                )
            )
    known.append(describe_cases(get_cases(subject.record, subject.selection).by_technology))
    return known


def _list_sure(subject: Subject) -> list[Text]:
    mains = [
        group_figure.main
        for group_figure in get_group_figures(subject.record, subject.force_id)
        if group_figure.main is not None
    ]
    sure: list[Text] = [line for main in mains for line in describe_how_sure(main)]
    if not mains:
        sure.append(
            _(
                "No count by group is published, so nothing can be said of a difference between "
                "groups: neither that there is one, nor that there is none."
            )
        )
    for rate in get_rates(subject.record, subject.selection)[:2]:
        sure.append(quote_translated(format_rate(rate)))
    caveats = (
        "watchlist_over_flags",
        "not_detected_is_not_absent",
        "tests_are_not_deployments",
        "zero_is_a_bound",
    )
    return [*sure, *(_(CAVEATS[caveat]) for caveat in caveats)]


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
        total.measure_id
        for total in (
            *get_totals(subject.record, subject.selection),
            *get_rates(subject.record, subject.selection),
        )
    ]
    heads = (Head(_("Measure"), 3), Head(_("Question"), 5), Head(_("Interval"), 5))
    rows = tuple(
        (
            _(MEASURES[measure_id].title),
            _(MEASURES[measure_id].question),
            _(MEASURES[measure_id].interval),
        )
        for measure_id in used
    )
    lines = (
        _("Only deployments that give both numbers are used."),
        _(
            "Absent is not zero: a number that is not published is marked [x] and never counted as "
            "nought."
        ),
        _("Rows that reach out of the period are told and not used."),
        _(
            "Printed values stay as they were printed; a declared correction stands beside each, "
            "with its reason."
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
    used = {
        source
        for total in get_totals(subject.record, subject.selection)
        for source in total.sources
    }
    heads = (
        Head(_("Publication"), 5),
        Head(_("Publisher"), 4),
        Head(_("Retrieved"), 2),
        Head(_("Terms"), 4),
    )
    sources = get_sources(subject.record, used)
    rows = tuple(
        (
            Quoted(row.title),
            Quoted(row.publisher),
            format_date(day) if day else _("not known"),
            Quoted(row.licence),
        )
        for row, day in sources
    )
    links = [Link(str(row.url), str(row.url)) for row, _day in sources if row.url]
    return Section(
        _("Sources and citation"),
        (
            Table(_("Publications whose rows are in this report"), heads, rows),
            *links,
            Paragraph(_("To cite it"), "head"),
            Paragraph(
                (
                    Quoted(f"{format_citation(release)}. "),
                    _("Report: {name}, {period}.").format(
                        name=subject.name, period=format_report_period(subject.period)
                    ),
                )
            ),
            Paragraph(_("Terms"), "head"),
            Link(_(LICENCE), LICENCE_ADDRESS),
        ),
    )
