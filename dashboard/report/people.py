"""What is known about people beside the counts of the funnel: described arrests, who lives where
the cameras stood, what is published by group, what followed an arrest.

In: the subject of a report. Out: blocks. Does not compute."""

from __future__ import annotations

from dashboard.components.stated_figures import describe_grade, format_figure
from dashboard.descriptions.places_used import describe_places, list_headings, list_rows
from dashboard.descriptions.published_by_group import list_described_arrests, list_matrix
from dashboard.report.blocks import Block, Head, Paragraph, Quoted, Table
from dashboard.report.figures import Subject
from dashboard.text.language import _
from dashboard.text.numbers import format_period
from etl.model.caveats import CAVEATS
from etl.model.stated_figures import MATRIX_STAGE, QUANTITY, StatedFigure


def make_people(subject: Subject) -> list[Block]:
    """Tables of the force, each where there is something to show."""
    return [
        *_make_arrests(subject),
        *_make_places(subject),
        *_make_matrix(subject),
        *_make_outcomes(subject),
    ]


def _make_arrests(subject: Subject) -> list[Block]:
    rows = list_described_arrests(subject.record, subject.names, subject.force_id)
    if not rows:
        return []
    heads = (
        Head(_("Force"), 3),
        Head(_("Period"), 3),
        Head(_("Group"), 2),
        Head(_("Of the arrests described"), 2, number=True),
        Head(_("Share and 95% interval"), 4),
        Head(_("Releases"), 1, number=True),
    )
    caption = _("Arrests by sex and age that press releases describe, as sums of several days")
    return [Table(caption, heads, tuple(rows)), Paragraph(_(CAVEATS["press_chose_days"]), "note")]


def _make_places(subject: Subject) -> list[Block]:
    kinds = (
        subject.record.stated.list_places_used(subject.force_id, kind)
        for kind in ("ward", "district")
    )
    used = next((found for found in kinds if found), [])
    if not used:
        return []
    headings = list_headings(used)
    heads = tuple(Head(heading, 2, number=number > 1) for number, heading in enumerate(headings))
    caption = _("{force}: residents of the areas near the cameras").format(force=subject.name)
    note = Paragraph(_(CAVEATS["residents_not_passers_by"]), "note")
    sentences = [Paragraph(line) for line in describe_places(subject.record, used)]
    return [*sentences, Table(caption, heads, tuple(list_rows(used))), note]


def _make_matrix(subject: Subject) -> list[Block]:
    rows = list_matrix(subject.record, subject.names, subject.force_id)
    heads = (
        Head(_("Force"), 2),
        *(Head(_(MATRIX_STAGE.label(stage)), 2) for stage in MATRIX_STAGE),
    )
    caption = _("By ethnicity, sex and age: what is published, refused, or exists and was not read")
    return [Table(caption, heads, tuple(rows))] if rows else []


def _make_outcomes(subject: Subject) -> list[Block]:
    figures = [
        figure
        for figure in subject.record.table(StatedFigure)
        if figure.series_code == "after_arrest" and figure.force_id == subject.force_id
    ]
    rows = [
        (
            _(QUANTITY.label(figure.quantity_code)),
            format_figure(figure),
            format_period(figure.period_start, figure.period_end),
            describe_grade(figure),
            Quoted(figure.source_title),
        )
        for figure in figures
    ]
    heads = (
        Head(_("What is counted"), 2),
        Head(_("As stated"), 3),
        Head(_("Period"), 3),
        Head(_("How it reached us"), 3),
        Head(_("Source"), 4),
    )
    caption = _("Charged or cautioned, as stated: of the arrests named, never of all")
    return [Table(caption, heads, tuple(rows))] if rows else []
