"""Lists that the model declares: symbols, statuses, breaks, benchmarks, verdicts on claims, and the
rule of disclosure.

In: the frame. Out: sections. Meanings are those of the code lists; breaks are rows of the record.
"""

from __future__ import annotations

from dashboard.components.card import Placeholder
from dashboard.components.figure_card import show_placeholder
from dashboard.components.prose import fold, show_points, show_prose
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.pages import BY_SLUG
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import printed, text, write_translated
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import format_date
from dashboard.views.method.query import get_breaks
from etl.disclosure.rule import ADULTS, CHILDREN
from etl.measures.groups.benchmarks import DECLARED
from etl.model.claim_measures import CLAIM_REASON, CLAIM_WINDOW, VERDICT
from etl.model.codes import BREAK_EFFECT, RELIABILITY, VALUE_STATUS, CodeList
from etl.model.symbols import SYMBOL

CLAIMS = "claims"


@cached
def show_breaks(context: PageContext) -> None:
    """Days over which figures do not compare, as they are declared."""
    show_section(_("Breaks in the series"), anchor="breaks")
    show_prose(
        _(
            "A break is a row of the record, with its evidence. Charts draw it, and no rate is "
            "made of rows from both sides of one that forbids it."
        )
    )
    breaks = get_breaks(context.record)
    if not breaks:
        sentence = _("The record declares no break. That does not show that nothing changed.")
        show_placeholder("no-break", _("No break"), Placeholder("empty", sentence))
        return
    rows = [
        (
            format_date(break_["first_date"]),
            context.names.get(break_["force_id"], break_["force_id"]),
            str(break_["field"]).replace("_", " "),
            _(BREAK_EFFECT.label(break_["effect_code"])),
            Markup(
                f"{write_translated(break_['meaning'])}<span "
                f'class="lfr-quiet">{printed(break_["evidence"])}</span>'
            ),
        )
        for break_ in breaks
    ]
    columns = (
        Column(_("First day after")),
        Column(_("Force")),
        Column(_("Of what")),
        Column(_("Effect")),
        Column(_("What changed, and what shows it"), "wide"),
    )
    show_html(
        write_table(make_table(_("Declared breaks, the oldest first"), columns, rows, whole=True))
    )


@cached
def show_symbols(context: PageContext) -> None:  # noqa: ARG001 - the words are in its language
    """The symbols beside or instead of a number, then every status of a value."""
    show_section(_("Symbols"), anchor="symbols")
    show_prose(
        _(
            "A number that is absent never looks like zero: a symbol stands in its place. A true "
            "zero is 0."
        )
    )
    _show_codes(SYMBOL, _("Symbols, from a closed list"), _("Symbol"), folded=False)
    _show_codes(
        VALUE_STATUS, _("Where a single value comes from, or why there is none"), _("Status")
    )
    _show_codes(RELIABILITY, _("In what kind of text a row was read"), _("Reliability"))


@cached
def show_disclosure(context: PageContext) -> None:  # noqa: ARG001 - the words are in its language
    """What is hidden and why: the project's own rule."""
    show_section(_("Protection of people in small counts"), anchor="disclosure")
    show_prose(
        _(
            "This is the project’s own rule. It is about counts of people by ethnicity, sex or "
            "age, and not about counts of deployments, alerts or arrests."
        )
    )
    show_points(
        _("What a publisher printed is repeated unchanged and attributed."),
        _("Of a new count of people by group, {low} to {high} is hidden: [c].").format(
            low=ADULTS.lowest, high=ADULTS.highest
        ),
        _("Of people under 18 everything up to {high} is hidden, a zero too.").format(
            high=CHILDREN.highest
        ),
        _(
            "Groups are never crossed with a place or a date below force and year: the question is "
            "refused."
        ),
        _(
            "All new counts by group of the same events are hidden with it, also where an earlier "
            "release showed others or printed counts share their days; numerator, rate and "
            "interval are hidden together."
        ),
        _("Every release is checked for this before it is published."),
        _("It does not protect against somebody who knows a row, such as their own."),
    )


@cached
def show_benchmarks(context: PageContext) -> None:  # noqa: ARG001 - the words are in its language
    """What a group's share is set beside, the best first."""
    show_section(_("Benchmarks for groups of people"), anchor="benchmarks")
    show_prose(
        _(
            "Whether a group’s share of false alerts is large depends on what it is set beside. "
            "Several benchmarks stand side by side, the best first; those of residents are "
            "context."
        )
    )
    rows = [
        (_(benchmark.title), _(benchmark.can_show), _(benchmark.cannot_show))
        for benchmark in DECLARED
    ]
    columns = (
        Column(_("Benchmark"), "wide"),
        Column(_("What it shows"), "wide"),
        Column(_("What it does not show"), "wide"),
    )
    caption = _("Benchmarks, the best first; what nobody publishes is listed too")
    show_html(write_table(make_table(caption, columns, rows, whole=True)))


@cached
def show_claims_method(context: PageContext) -> None:
    """How a claim is compared: verdicts, how its window is known, why some cannot be compared."""
    show_section(_("How claims are compared"), anchor="claims")
    show_points(
        _(
            "For each claim it is declared, one by one, what it counts, for which force and days, "
            "and how exactly it is stated. “More than”, “nearly” and rounded figures are read as "
            "such."
        ),
        _(
            "The rows of that force that lie wholly in those days are added up. A row that reaches "
            "out of them is told and not added."
        ),
        _(
            "Where the source names no days, every window of the stated length is tried, and the "
            "number of windows that give the figure is told: a figure that many windows give "
            "agrees with none of them."
        ),
        _("A sum over incomplete rows decides nothing, unless it already exceeds the claim."),
        _("Figures that somebody else states for the same thing stand beside it."),
    )
    _show_codes(
        VERDICT,
        _("Verdicts, from a closed list; no claim is called wrong"),
        _("Verdict"),
        folded=False,
    )
    _show_codes(CLAIM_WINDOW, _("How the days of a claim are known"), _("Days"))
    _show_codes(CLAIM_REASON, _("Why a claim can be compared or not"), _("Reason"))
    if CLAIMS in BY_SLUG:
        address = text(context.address_of(CLAIMS))
        show_html(f'<p class="lfr-small"><a href="{address}">{text(_("All claims"))}</a></p>')


def _show_codes(codes: CodeList, caption: str, heading: str, *, folded: bool = True) -> None:
    rows = [(_capital(_(entry.label)), _(entry.meaning)) for entry in codes.entries]
    columns = (Column(heading, "wide"), Column(_("Meaning"), "wide"))
    table = write_table(make_table(caption, columns, rows, whole=True))
    show_html(fold(caption, table, at_session=False) if folded else table)


def _capital(sentence: str) -> str:
    return f"{sentence[:1].upper()}{sentence[1:]}"
