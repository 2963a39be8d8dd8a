"""What surrounds the figures of a report: groups, documented cases, findings, the period before, all forces beside chance.

In: a `Subject`. Out: sections. Words of publications and registers are `Quoted`.
"""

from __future__ import annotations

from dashboard.descriptions.findings import list_printed, say_answer_head
from dashboard.descriptions.groups import (
    name_benchmark,
    say_benchmark,
    say_compared,
    say_count_of,
    say_events,
    say_figure_subtitle,
    say_kind,
)
from dashboard.descriptions.misidentifications import LIMITS, say_grade, say_people, say_when
from dashboard.queries.findings import FindingLine
from dashboard.queries.groups import GroupFigure
from dashboard.queries.misidentifications import ask_cases
from dashboard.report.blocks import Block, Head, Paragraph, Points, Quoted, Section, Table, Text
from dashboard.report.charts import to_group_chart
from dashboard.report.figures import Subject
from dashboard.report.period import say_report_period
from dashboard.report.query import (
    FunnelOf,
    ask_before,
    ask_corrections_of,
    ask_findings_of,
    ask_funnels,
    ask_group_figures,
    ask_refused_figure,
    is_covered,
)
from dashboard.report.text import (
    say_cases,
    say_comparison,
    say_conditions,
    say_findings_count,
    say_funnel_days,
    say_place_among,
)
from dashboard.text.language import _
from dashboard.text.messages import is_told, tell
from dashboard.text.numbers import say_estimate, say_period
from dashboard.views.forces.text_funnel import list_funnel, say_left_out
from etl.measures.catalogue import MEASURES
from etl.model.caveats import CAVEATS
from etl.model.codes import CORRECTION_ACTION, PUBLISHING_FORM, SEVERITY, TECHNOLOGY
from etl.model.demographics import GroupDisparity


def quote_told(said: str) -> str:
    """A sentence of the record in the language in use; quoted where any part of it has no translation."""
    return tell(said) if is_told(said) else Quoted(said)


def make_groups(subject: Subject) -> Section:
    """Each published share of a group with every benchmark; or that none is published, and what the benchmarks would be."""
    figures = ask_group_figures(subject.answers, subject.force_id)
    title = _("Who was affected")
    if not figures:
        said = _(
            "No count of alerts, engagements or arrests by ethnicity, sex or age is published of {name}. That is not a zero: about whom they were is not known."
        )
        refused = ask_refused_figure(subject.answers, subject.force_id)
        blocks: list[Block] = [Paragraph(said.format(name=subject.name))]
        if refused is not None and refused.beside:
            would = _(
                "What a published count could be set beside, for one of the groups of the census, best first:"
            )
            blocks += [Paragraph(would), _make_benchmarks(refused, None)]
        return Section(title, tuple(blocks))
    blocks = []
    for figure in figures:
        told = figure.any
        if told is not None:
            blocks += _make_group(subject, figure, told)
    return Section(title, tuple(blocks))


def _make_group(subject: Subject, figure: GroupFigure, told: GroupDisparity) -> list[Block]:
    blocks: list[Block] = [
        Paragraph(say_count_of(told), "head"),
        Paragraph(say_figure_subtitle(told, subject.names[told.force_id])),
    ]
    if (told.period_start, told.period_end) != subject.period.days:
        other = _("The published count is of other days than this report: {days}.")
        blocks.append(Paragraph(other.format(days=say_period(told.period_start, told.period_end)), "box"))
    # That the basis is not stated is in the line below the heading.
    caveats = subject.say_caveats(one for one in told.caveats if one != "group_basis_not_stated")
    notes = dict.fromkeys((*caveats, *map(quote_told, told.notes)))
    return [
        *blocks,
        to_group_chart(figure, told),
        _make_benchmarks(figure, told),
        Points(tuple(notes), small=True),
    ]


def _make_benchmarks(figure: GroupFigure, told: GroupDisparity | None) -> Table:
    head: list[tuple[Text, ...]] = []
    if told:
        head = [(_("The group’s share of events"), _("published count"), say_events(told), "", "")]
    rows = [
        (name_benchmark(one), say_kind(one), quote_told(say_benchmark(one)), *say_compared(one))
        for one in figure.beside
    ]
    heads = (
        Head(_("What"), 4), Head(_("Kind"), 2), Head(_("Share and 95% interval"), 4), Head(_("Ratio to it"), 3),
        Head(_("Difference from it"), 3),
    )  # fmt: skip
    return Table(_("The share of events and each benchmark, best first"), heads, (*head, *rows))


def make_cases(subject: Subject) -> Section:
    """Documented cases that may lie in the period, by technology and never added up."""
    chosen = subject.chosen
    found = ask_cases(subject.answers, chosen).by_technology
    blocks: list[Block] = [Paragraph(say_cases(found))]
    rows = [
        (
            _(TECHNOLOGY.label(code)),
            say_when(one),
            (say_people(one), ": ", Quoted(one.error_text)),
            Quoted(one.outcome_text) if one.outcome_text else _("[x] not stated"),
            (say_grade(one), " ", Quoted(one.source_title)),
        )
        for code, cases in found
        for one in cases
    ]
    if rows:
        heads = (
            Head(_("Technology"), 3), Head(_("When"), 3), Head(_("What happened"), 4), Head(_("What it led to"), 3),
            Head(_("Evidence"), 4),
        )  # fmt: skip
        blocks.append(Table(_("Cases as documented. Technologies are never added up"), heads, tuple(rows)))
    blocks.append(Points(tuple(_(line) for line in LIMITS), small=True))
    return Section(_("Documented misidentifications"), tuple(blocks))


def make_findings(subject: Subject) -> Section:
    """What does not fit in the publications, how it was answered, what was corrected, and what each form prints."""
    found = ask_findings_of(subject.answers, subject.chosen)
    still_open = sum(one.finding["status_code"] == "open" for one in found)
    blocks: list[Block] = [Paragraph(say_findings_count(len(found), still_open))]
    if found:
        heads = (
            Head(_("What does not fit"), 5),
            Head(_("Kind"), 2),
            Head(_("Answer"), 4),
            Head(_("Where"), 3),
        )
        rows = tuple(_write_finding(one) for one in found)
        blocks.append(Table(_("Findings, and how each was answered"), heads, rows))
    made = ask_corrections_of(subject.answers, subject.chosen)
    if made:
        heads = (
            Head(_("Printed"), 2),
            Head(_("Used instead"), 2),
            Head(_("What was done"), 3),
            Head(_("Why"), 6),
        )
        rows = tuple(
            (
                Quoted(one["printed_text"]),
                Quoted(one["value_text"] or "–"),
                _(CORRECTION_ACTION.label(one["action_code"])),
                quote_told(str(one["reason"])),
            )
            for one in made
        )
        said = _("Declared corrections: the printed value stays visible beside the one that is used")
        blocks.append(Table(said, heads, rows))
    blocks += _make_printed(subject)
    return Section(_("Findings about the publications, and how they were answered"), tuple(blocks))


def _make_printed(subject: Subject) -> list[Block]:
    """Which fields each form of publication prints."""
    forms = [one for one in subject.publishing.forms if one.publishing.form_code != "none"]
    if not forms:
        return []
    heads = (
        Head(_("Publication"), 4), Head(_("Prints"), 4), Head(_("Prints in part"), 3), Head(_("Does not print"), 4),
        Head(_("Not known"), 3),
    )  # fmt: skip
    rows = tuple(
        (
            (_(PUBLISHING_FORM.label(one.publishing.form_code)), ": ", Quoted(one.publishing.title)),
            *list_printed(one),
        )
        for one in forms
    )
    return [Table(_("What each form of publication prints"), heads, rows)]


def _write_finding(one: FindingLine) -> tuple[Text, ...]:
    finding = one.finding
    where = _("the whole file")
    if finding["page"] is not None and finding["row"] is not None:
        where = _("page {page}, row {row}").format(page=finding["page"], row=finding["row"])
    answer: Text = say_answer_head(one)
    if one.correction is not None:
        answer = (say_answer_head(one), ". ", quote_told(str(one.correction["reason"])))
    elif one.explained_by is not None:
        answer = (say_answer_head(one), ". ", _(str(one.explained_by["meaning"])))
    return (
        quote_told(one.message),
        _(SEVERITY.label(finding["severity_code"])),
        answer,
        (where, "; ", Quoted(one.file)),
    )


def make_before(subject: Subject) -> Section:
    """Counts and both rates beside those of the period before; refused across breaks, with the reason."""
    before = subject.period.before
    found = ask_before(subject.answers, subject.force_id, subject.period)
    title = _("Compared with the period before")
    lead = _("The period before: {period}.").format(period=say_report_period(before))
    if not any(one.before.rows_count for one in found):
        said = _("No row of it is in the record, so nothing is compared. That is not a zero.")
        return Section(title, (Paragraph(f"{lead} {said}"),))
    whole = all(is_covered(subject.answers, subject.force_id, one) for one in (before, subject.period))
    heads = (
        Head(_("Measure"), 3), Head(say_report_period(before), 3), Head(say_report_period(subject.period), 3),
        Head(_("What can be said"), 5),
    )  # fmt: skip
    rows = [
        (
            _(MEASURES[one.measure_id].title),
            say_estimate(one.before),
            say_estimate(one.now),
            quote_told(say_comparison(one, whole)),
        )
        for one in found
    ]
    breaks = {
        str(one["break_id"]): say_conditions(one["first_date"], str(one["meaning"]))
        for found_one in found
        for one in subject.answers.breaks(found_one.measure_id)
        if one["force_id"] == subject.force_id
        and one["effect_code"] != "not_comparable"
        and before.first_day < one["first_date"] <= subject.period.last_day
    }
    how = _("Ratios are of this period over the one before, with exact 95% intervals for chance alone.")
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
    said = _(
        "A force that has seen little can show a high or a low value by chance alone. The limits say how high or low. This is not a league table: a force outside the limits is a question to ask, not a verdict."
    )
    blocks: list[Block] = [Paragraph(said, "lead")]
    for one in ask_funnels(subject.answers, subject.period):
        blocks += _make_funnel(subject, one)
    return Section(_("All forces beside the limits of chance"), tuple(blocks))


def _make_funnel(subject: Subject, found: FunnelOf) -> list[Block]:
    title = _(MEASURES[found.measure_id].title)
    blocks: list[Block] = [
        Paragraph(title, "head"),
        Paragraph(say_place_among(found, subject.force_id, subject.name)),
    ]
    funnel = found.answer.funnel
    if funnel is None:
        return blocks
    heads = (
        Head(_("Force"), 3), Head(_("Counts"), 3), Head(_("Value and 95% interval"), 5), Head(_("Side"), 2),
        Head(_("P-value, adjusted"), 2, number=True),
    )  # fmt: skip
    left = {subject.names[str(one.of("force_id"))] for one in funnel.left_out}
    rows = tuple(row for row in list_funnel(funnel, subject.names) if row[0] not in left)
    notes = (*say_left_out(funnel, subject.names), *(_(CAVEATS[one]) for one in funnel.caveats[::-1]))
    caption = f"{title}, {say_funnel_days(found)}"
    return [*blocks, Table(caption, heads, rows), Points(notes, small=True)]
