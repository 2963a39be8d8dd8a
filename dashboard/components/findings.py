"""Findings and corrections as tables: what was found, what was expected, what the answer is, and in which row.

In: a frame and findings of `dashboard.queries.findings`. Out: HTML. The words of a finding are the record's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.components.row_links import write_place
from dashboard.components.tables import Column, Markup, Table, make_table, write_table
from dashboard.descriptions.findings import say_answer_head, say_open
from dashboard.descriptions.rows import name_field
from dashboard.queries.findings import FindingLine, KindLine
from dashboard.rendering.context import Frame
from dashboard.rendering.html import printed, text
from dashboard.text.language import _
from dashboard.text.numbers import say_date
from etl.model.checks import check_of
from etl.model.codes import CORRECTION_ACTION, SEVERITY


def write_findings(frame: Frame, lines: Sequence[FindingLine], caption: str, *, in_row: bool = False) -> str:
    """One finding a row; `in_row` leaves out the place, which is the page that they stand on."""
    columns = [
        Column(_("What does not fit"), "prose"),
        Column(_("Printed")),
        Column(_("Expected"), "wide"),
        Column(_("Answer"), "wide"),
        *([] if in_row else [Column(_("Where"), "wide")]),
    ]
    rows = []
    for one in lines:
        finding = one.finding
        check = check_of(finding["check_id"])
        severity = _(SEVERITY.label(finding["severity_code"]))
        own = [
            Markup(
                f'{text(_(check.title))}<span class="lfr-told">{printed(one.message)}</span><span class="lfr-quiet">{text(severity)}</span>'
            ),
            Markup(printed(finding["printed_text"]) if finding["printed_text"] else text(_("(blank)"))),
            Markup(printed(one.expected)),
            _write_answer(one),
        ]
        rows.append(own if in_row else [*own, write_place(frame, finding, one.file)])
    return write_table(make_table(caption, columns, rows, whole=True, stacked=True))


def write_corrections(
    frame: Frame, made: Sequence[Mapping[str, Any]], titles: Mapping[str, str], *, in_row: bool = False
) -> str:
    """One declared correction a row: the printed text stays beside what is used."""
    columns = [
        Column(_("Field")),
        Column(_("Printed")),
        Column(_("Used instead")),
        Column(_("Why"), "wide"),
        Column(_("What shows it"), "wide"),
        *([] if in_row else [Column(_("Where"), "wide")]),
    ]
    rows = []
    for one in made:
        own = [
            name_field(one["target"]),
            Markup(f'<q class="lfr-print">{printed(one["printed_text"])}</q>'),
            _write_new(one),
            Markup(printed(one["reason"])),
            Markup(f'{printed(one["evidence"])}<span class="lfr-quiet">{text(_("declared on {day}").format(day=say_date(one["declared_on"])))}</span>'),
        ]  # fmt: skip
        rows.append(own if in_row else [*own, write_place(frame, one, titles.get(one["edition_id"], ""))])
    caption = _("Declared corrections: the printed text stays visible beside what is used")
    return write_table(make_table(caption, columns, rows, whole=True, stacked=True))


def make_kinds(frame: Frame, kinds: Sequence[KindLine], caption: str) -> Table:
    """Kinds of findings by what has become of them; each kind leads to its findings."""
    columns = (Column(_("Kind of finding"), "wide"), Column(_("What to make of it"), "prose"), Column(_("Findings"), "wide"))  # fmt: skip
    rows = []
    for one in kinds:
        address = frame.address("findings", check_id=one.check.check_id, status="")
        severity = _(SEVERITY.label(one.check.severity))
        rows.append(
            (
                Markup(f'<a href="{text(address)}">{text(_(one.check.title))}</a><span class="lfr-quiet">{text(severity)}</span>'),
                _(one.check.meaning),
                say_open(one.by_status),
            )
        )  # fmt: skip
    return make_table(caption, columns, rows, whole=True, stacked=True)


def _write_new(one: Mapping[str, Any]) -> Markup:
    done = _(CORRECTION_ACTION.label(one["action_code"]))
    if one["target"] == "counted" and one["value_text"] == "false":
        return Markup(text(_("The row is kept and not counted.")))
    value = printed(one["value_text"]) if one["value_text"] else text(_("[x] no value"))
    return Markup(f'{value}<span class="lfr-quiet">{text(done)}</span>')


def _write_answer(one: FindingLine) -> Markup:
    """Open, or what answers it: the correction's reason, or the break that explains it."""
    head = text(say_answer_head(one))
    why = ""
    if one.correction:
        why = printed(one.correction["reason"])
    elif one.explained_by:
        why = printed(one.explained_by["meaning"])
    return Markup(f'<strong>{head}</strong><span class="lfr-quiet">{why}</span>' if why else head)
