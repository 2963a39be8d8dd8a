"""What surrounds the figures of a report: groups, documented cases, findings, the period before,
all forces beside chance.

In: a `Subject`. Out: sections. Words of publications and registers are `Quoted`."""

from __future__ import annotations

from dashboard.descriptions.findings import describe_answer_head, list_printed
from dashboard.descriptions.groups import (
    describe_benchmark,
    describe_compared,
    describe_figure_subtitle,
    describe_kind,
    format_count_of,
    format_events,
    name_benchmark,
)
from dashboard.descriptions.misidentifications import (
    LIMITS,
    describe_grade,
    describe_people,
    format_when,
)
from dashboard.queries.findings import FindingLine
from dashboard.queries.groups import GroupFigure
from dashboard.queries.misidentifications import get_cases
from dashboard.report.blocks import Block, Head, Paragraph, Points, Quoted, Section, Table, Text
from dashboard.report.charts import to_group_chart
from dashboard.report.figures import Subject
from dashboard.report.people import make_people
from dashboard.report.period import format_report_period
from dashboard.report.query import (
    FunnelOf,
    get_before,
    get_corrections_of,
    get_findings_of,
    get_funnels,
    get_group_figures,
    get_refused_figure,
    is_covered,
)
from dashboard.report.text import (
    describe_cases,
    describe_comparison,
    describe_conditions,
    describe_funnel_days,
    describe_place_among,
    format_findings_count,
)
from dashboard.text.language import _
from dashboard.text.messages import is_translated, translate_message
from dashboard.text.numbers import format_estimate, format_period
from dashboard.views.forces.text_funnel import describe_left_out, list_funnel
from etl.measures.catalogue import MEASURES
from etl.model.caveats import CAVEATS
from etl.model.codes import CORRECTION_ACTION, PUBLISHING_FORM, SEVERITY, TECHNOLOGY
from etl.model.demographics import GroupDisparity


def quote_translated(text: str) -> str:
    """A sentence of the record in the language in use;
    quoted where any part of it has no translation."""
    return translate_message(text) if is_translated(text) else Quoted(text)


def make_groups(subject: Subject) -> Section:
    """Each published share of a group with every benchmark;
    or that none is published, and what the benchmarks would be."""
    figures = get_group_figures(subject.record, subject.force_id)
    title = _("Who was affected")
    people = make_people(subject)
    if not figures:
        template = _(
            "No count of alerts, engagements or arrests by ethnicity, sex or age is published of "
            "{name}. That is not a zero: about whom they were is not known."
        )
        refused = get_refused_figure(subject.record, subject.force_id)
        blocks: list[Block] = [Paragraph(template.format(name=subject.name))]
        if refused is not None and refused.comparisons:
            would = _(
                "What a published count could be set beside, for one of the groups of the census, "
                "best first:"
            )
            blocks += [Paragraph(would), _make_benchmarks(refused, None)]
        return Section(title, (*blocks, *people))
    blocks = []
    for figure in figures:
        any_message = figure.any
        if any_message is not None:
            blocks += _make_group(subject, figure, any_message)
    return Section(title, (*blocks, *people))


def _make_group(
    subject: Subject, figure: GroupFigure, group_disparity: GroupDisparity
) -> list[Block]:
    blocks: list[Block] = [
        Paragraph(format_count_of(group_disparity), "head"),
        Paragraph(
            describe_figure_subtitle(group_disparity, subject.names[group_disparity.force_id])
        ),
    ]
    if (group_disparity.period_start, group_disparity.period_end) != subject.period.days:
        other = _("The published count is of other days than this report: {days}.")
        blocks.append(
            Paragraph(
                other.format(
                    days=format_period(group_disparity.period_start, group_disparity.period_end)
                ),
                "box",
            )
        )
    # That the basis is not stated is in the line below the heading.
    caveats = subject.describe_caveats(
        caveat for caveat in group_disparity.caveats if caveat != "group_basis_not_stated"
    )
    notes = dict.fromkeys((*caveats, *map(quote_translated, group_disparity.notes)))
    return [
        *blocks,
        to_group_chart(figure, group_disparity),
        _make_benchmarks(figure, group_disparity),
        Points(tuple(notes), small=True),
    ]


def _make_benchmarks(figure: GroupFigure, group_disparity: GroupDisparity | None) -> Table:
    head: list[tuple[Text, ...]] = []
    if group_disparity:
        head = [
            (
                _("The group’s share of events"),
                _("published count"),
                format_events(group_disparity),
                "",
                "",
            )
        ]
    rows = [
        (
            name_benchmark(comparison),
            describe_kind(comparison),
            quote_translated(describe_benchmark(comparison)),
            *describe_compared(comparison),
        )
        for comparison in figure.comparisons
    ]
    heads = (
        Head(_("What"), 4),
        Head(_("Kind"), 2),
        Head(_("Share and 95% interval"), 4),
        Head(_("Ratio to it"), 3),
        Head(_("Difference from it"), 3),
    )
    return Table(_("The share of events and each benchmark, best first"), heads, (*head, *rows))


def make_cases(subject: Subject) -> Section:
    """Documented cases that may lie in the period, by technology and never added up."""
    selection = subject.selection
    by_technology = get_cases(subject.record, selection).by_technology
    blocks: list[Block] = [Paragraph(describe_cases(by_technology))]
    rows = [
        (
            _(TECHNOLOGY.label(code)),
            format_when(case),
            (describe_people(case), ": ", Quoted(case.error_text)),
            Quoted(case.outcome_text) if case.outcome_text else _("[x] not stated"),
            (describe_grade(case), " ", Quoted(case.source_title)),
        )
        for code, cases in by_technology
        for case in cases
    ]
    if rows:
        heads = (
            Head(_("Technology"), 3),
            Head(_("When"), 3),
            Head(_("What happened"), 4),
            Head(_("What it led to"), 3),
            Head(_("Evidence"), 4),
        )
        blocks.append(
            Table(_("Cases as documented. Technologies are never added up"), heads, tuple(rows))
        )
    blocks.append(Points(tuple(_(line) for line in LIMITS), small=True))
    return Section(_("Documented misidentifications"), tuple(blocks))


def make_findings(subject: Subject) -> Section:
    """What does not fit in the publications, how it was answered, what was corrected,
    and what each form prints."""
    findings = get_findings_of(subject.record, subject.selection)
    still_open = sum(finding.finding.status_code == "open" for finding in findings)
    blocks: list[Block] = [Paragraph(format_findings_count(len(findings), still_open))]
    if findings:
        heads = (
            Head(_("What does not fit"), 5),
            Head(_("Kind"), 2),
            Head(_("Answer"), 4),
            Head(_("Where"), 3),
        )
        rows = tuple(_write_finding(finding) for finding in findings)
        blocks.append(Table(_("Findings, and how each was answered"), heads, rows))
    made = get_corrections_of(subject.record, subject.selection)
    if made:
        heads = (
            Head(_("As published"), 2),
            Head(_("Used instead"), 2),
            Head(_("What was done"), 3),
            Head(_("Why"), 6),
        )
        rows = tuple(
            (
                Quoted(row.printed_text),
                Quoted(row.value_text or "–"),
                _(CORRECTION_ACTION.label(row.action_code)),
                quote_translated(str(row.reason)),
            )
            for row in made
        )
        text = _(
            "Declared corrections: the printed value stays visible beside the one that is used"
        )
        blocks.append(Table(text, heads, rows))
    blocks += _make_printed(subject)
    return Section(_("Findings about the publications, and how they were answered"), tuple(blocks))


def _make_printed(subject: Subject) -> list[Block]:
    """Which fields each form of publication prints."""
    forms = [form for form in subject.publishing.forms if form.publishing.form_code != "none"]
    if not forms:
        return []
    heads = (
        Head(_("Publication"), 4),
        Head(_("Prints"), 4),
        Head(_("Prints in part"), 3),
        Head(_("Does not print"), 4),
        Head(_("Not known"), 3),
    )
    rows = tuple(
        (
            (
                _(PUBLISHING_FORM.label(form.publishing.form_code)),
                ": ",
                Quoted(form.publishing.title),
            ),
            *list_printed(form),
        )
        for form in forms
    )
    return [Table(_("What each form of publication prints"), heads, rows)]


def _write_finding(finding_line: FindingLine) -> tuple[Text, ...]:
    finding = finding_line.finding
    where = _("the whole file")
    if finding.page is not None and finding.row is not None:
        where = _("page {page}, row {row}").format(page=finding.page, row=finding.row)
    answer: Text = describe_answer_head(finding_line)
    if finding_line.correction is not None:
        answer = (
            describe_answer_head(finding_line),
            ". ",
            quote_translated(str(finding_line.correction.reason)),
        )
    elif finding_line.explained_by is not None:
        answer = (
            describe_answer_head(finding_line),
            ". ",
            _(str(finding_line.explained_by.meaning)),
        )
    return (
        quote_translated(finding_line.message),
        _(SEVERITY.label(finding.severity_code)),
        answer,
        (where, "; ", Quoted(finding_line.file)),
    )


def make_before(subject: Subject) -> Section:
    """Counts and both rates beside those of the period before;
    refused across breaks, with the reason."""
    before = subject.period.before
    befores = get_before(subject.record, subject.force_id, subject.period)
    title = _("Compared with the period before")
    lead = _("The period before: {period}.").format(period=format_report_period(before))
    if not any(each_before.before.rows_count for each_before in befores):
        text = _("No row of it is in the record, so nothing is compared. That is not a zero.")
        return Section(title, (Paragraph(f"{lead} {text}"),))
    whole = all(
        is_covered(subject.record, subject.force_id, value) for value in (before, subject.period)
    )
    heads = (
        Head(_("Measure"), 3),
        Head(format_report_period(before), 3),
        Head(format_report_period(subject.period), 3),
        Head(_("What can be said"), 5),
    )
    rows = [
        (
            _(MEASURES[each_before.measure_id].title),
            format_estimate(each_before.before),
            format_estimate(each_before.now),
            quote_translated(describe_comparison(each_before, whole)),
        )
        for each_before in befores
    ]
    breaks = {
        str(break_.break_id): describe_conditions(break_.first_date, str(break_.meaning))
        for is_match in befores
        for break_ in subject.record.breaks(is_match.measure_id)
        if break_.force_id == subject.force_id
        and break_.effect_code != "not_comparable"
        and before.first_day < break_.first_date <= subject.period.last_day
    }
    how = _(
        "Ratios are of this period over the one before, with exact 95% intervals for chance alone."
    )
    return Section(
        title,
        (
            Paragraph(lead),
            Table(_("This period and the one before"), heads, tuple(rows)),
            Points((how, *breaks.values()), small=True),
        ),
    )


def make_funnels(subject: Subject) -> Section:
    """All forces beside the limits of chance, in both rates; no league table."""
    text = _(
        "A force that has seen little can show a high or a low value by chance alone. The limits "
        "say how high or low. This is not a league table: a force outside the limits is a question "
        "to ask, not a verdict."
    )
    blocks: list[Block] = [Paragraph(text, "lead")]
    for funnel in get_funnels(subject.record, subject.period):
        blocks += _make_funnel(subject, funnel)
    return Section(_("All forces and the limits of chance"), tuple(blocks))


def _make_funnel(subject: Subject, funnel_of: FunnelOf) -> list[Block]:
    title = _(MEASURES[funnel_of.measure_id].title)
    blocks: list[Block] = [
        Paragraph(title, "head"),
        Paragraph(describe_place_among(funnel_of, subject.force_id, subject.name)),
    ]
    funnel = funnel_of.answer.funnel
    if funnel is None:
        return blocks
    heads = (
        Head(_("Force"), 3),
        Head(_("Counts"), 3),
        Head(_("Value and 95% interval"), 5),
        Head(_("Side"), 2),
        Head(_("P-value, adjusted"), 2, number=True),
    )
    left = {subject.names[str(estimate.of("force_id"))] for estimate in funnel.left_out}
    rows = tuple(row for row in list_funnel(funnel, subject.names) if row[0] not in left)
    notes = (
        *describe_left_out(funnel, subject.names),
        *(_(CAVEATS[caveat]) for caveat in funnel.caveats[::-1]),
    )
    caption = f"{title}, {describe_funnel_days(funnel_of)}"
    return [*blocks, Table(caption, heads, rows), Points(notes, small=True)]
