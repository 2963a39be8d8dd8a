"""Everything that is wrong with a file, in one table; and whether it may be sent.

In: the problems of a check. Out: HTML."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.force_site.labels import SEVERITIES
from dashboard.force_site.messages import write_hits, write_problem
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _, ngettext
from etl.returns.problems import BOTH, ReturnProblem


def show_verdict(
    problems: Sequence[ReturnProblem], deployments: int | None = None, *, sent: bool = False
) -> None:
    """How many errors there are, and what that means."""
    errors = sum(problem.severity == "error" for problem in problems)
    others = len(problems) - errors
    if errors:
        template = ngettext(
            "{count} error. It has to be mended before the return can be sent.",
            "{count} errors. They have to be mended before the return can be sent.",
            errors,
        ).format(count=errors)
    else:
        template = _("No error was found.") if sent else _("No error: the return can be sent.")
    if others:
        template += " " + ngettext(
            "{count} remark is published with the figures as a finding unless they change.",
            "{count} remarks are published with the figures as findings unless they change.",
            others,
        ).format(count=others)
    if deployments is not None and not errors:
        template += " " + ngettext(
            "{count} deployment was read.", "{count} deployments were read.", deployments
        ).format(count=deployments)
    show_html(f'<div class="lfr-note" role="status"><p>{text(template)}</p></div>')


def show_hits(problems: Sequence[ReturnProblem]) -> None:
    """One problem a row: where, what was found, what was expected, what to do."""
    if not problems:
        return
    columns = (
        Column(_("What")),
        Column(_("Where"), "wide"),
        Column(_("Found"), "wide"),
        Column(_("Expected"), "wide"),
        Column(_("What to do"), "wide"),
    )
    rows = [
        (
            _(SEVERITIES[problem.severity]),
            _format_place(problem),
            Markup(write_hits(problem.found)),
            Markup(write_problem(problem.expected)),
            Markup(write_problem(problem.remedy)),
        )
        for problem in problems
    ]
    marks = ["lfr-changed" if problem.severity == "error" else "" for problem in problems]
    show_html(
        write_table(
            make_table(_("Everything that was found"), columns, rows, classes=marks, stacked=True)
        )
    )


def _format_place(problem: ReturnProblem) -> Markup:
    lines = [problem.sheet or _("The whole file")]
    if problem.row is not None:
        lines.append(_("row {row}").format(row=problem.row))
    if problem.column:
        lines += problem.column.split(BOTH)
    # A heading may be broken after each of its words:
    # one line of it would push what to do out of sight.
    first, *rest = (text(line).replace("_", "_<wbr>") for line in lines)
    return Markup(first + "".join(f'<span class="lfr-quiet">{line}</span>' for line in rest))
