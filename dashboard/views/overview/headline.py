"""The first screen: one message, a field for a place, three answers, what is not known.

In: the frame. Out: HTML; nothing for a record without deployments. A link sets no filter that
would stay."""

from __future__ import annotations

import datetime as dt

from dashboard.components.place_find import write_find
from dashboard.components.prose import show_points
from dashboard.components.style import show_section
from dashboard.pages import BY_SLUG
from dashboard.queries.publishing import get_silent, get_users
from dashboard.queries.rates import SHARE_OF_ALERTS
from dashboard.queries.series import get_total
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _, ngettext
from dashboard.text.names import name_published
from dashboard.text.numbers import format_count, format_date, format_list, format_one_in
from dashboard.views.overview.query import FirstAnswers, SameDays, get_first, get_same_days
from dashboard.views.overview.text import describe_growth, describe_verdicts
from etl.model.estimates import Estimate

# A force whose list ended longer before the newest one does not list every deployment now.
STILL_LISTING = dt.timedelta(days=365)
# Dots of the picture of false alerts: one of them is false.
MAX_DOTS = 400


@cached
def show_headline(context: PageContext) -> None:
    """The message, who lists everything, and the field for a place."""
    first = get_first(context.record, context.choices)
    if first is None:
        show_html(f"<h1>{text(_(context.page.title))}</h1>")
        return
    names = name_published(context.record)
    same = get_same_days(context.record, first.force_id)
    message = describe_same_days(same, names[first.force_id]) if same else describe_growth(first)
    covered = context.record.forces.covered_until()
    newest = max(covered.values(), default=None)
    listing = [
        _("{name} (to {day})").format(name=names.get(force_id, force_id), day=format_date(day))
        for force_id, day in covered.items()
        if newest and newest - day <= STILL_LISTING
    ]
    lead = _("Only {names} list every deployment; others list some, or none.").format(
        names=format_list(sorted(listing))
    )
    show_html(
        f'<h1 class="lfr-message">{text(message)}</h1><p>{text(lead)}</p>{write_find(context)}'
    )


def describe_same_days(same: SameDays, name: str) -> str:
    """`Metropolitan Police used it 95 times by 17 April 2026, 60 by that day a year before`."""
    return _(
        "{name} used live facial recognition {count} times by {day}, and {before} times by that "
        "day a year before"
    ).format(
        name=name,
        count=format_count(same.count),
        day=format_date(same.last_day),
        before=format_count(same.count_before),
    )


@cached
def show_answers(context: PageContext) -> None:
    """Three answers as large numbers; what is not known; checked claims."""
    first = get_first(context.record, context.choices)
    if first is None:
        return
    if first.year is not None:
        show_html(f'<ul class="lfr-cards lfr-answers">{_write_tiles(context, first)}</ul>')
    show_section(_("What is not known"), anchor="not-known")
    show_points(*_list_unknown(context))
    show_section(_("Check a figure"), anchor="check")
    link = f'<a href="{text(context.address_of("claims"))}">{text(_("Find the figure"))}</a>'
    show_html(f"<p>{text(describe_verdicts(first))} {link}</p>")
    _show_questions(context)


def _show_questions(context: PageContext) -> None:
    """Where each further question is answered."""
    questions = (
        (_("About whom?"), "who-is-affected", ""),
        (_("At what threshold?"), "method", "thresholds"),
        (_("Who does not publish?"), "data-quality", "silent"),
        (_("Documented mistakes"), "misidentifications", ""),
        (_("Other facial recognition"), "other-technologies", ""),
    )
    items = "".join(
        f'<li><a href="{text(context.address_of(slug, anchor))}">{text(question)}</a></li>'
        for question, slug, anchor in questions
        if slug in BY_SLUG
    )
    show_html(f'<ul class="lfr-further">{items}</ul>')


def _write_tiles(context: PageContext, first: FirstAnswers) -> str:
    name = name_published(context.record)[first.force_id]
    faces, arrests = first.of_year["faces_seen_count"], first.of_year["arrests_count"]
    share = first.of_year[SHARE_OF_ALERTS]
    tiles = [
        _write_error_tile(context, share, name, first.year),
        _write_tile(
            _("How many faces?"),
            _format_large(faces.numerator),
            _("seen by {name} in {year}. One person can be counted many times.").format(
                name=name, year=first.year
            ),
            context.address_of("trends", "trend", measure_id="faces_seen_count"),
        ),
        _write_tile(
            _("What came of it?"),
            _("{count} arrests").format(count=_format_large(arrests.numerator)),
            _("after alerts of {name} in {year}. An arrest is not a conviction.").format(
                name=name, year=first.year
            ),
            context.address_of("trends", "trend", measure_id="arrests_count"),
        ),
    ]
    return "".join(tiles)


def _write_error_tile(context: PageContext, share: Estimate, name: str, year: int | None) -> str:
    if not share.value or not share.low or not share.high:
        return ""
    sentence = _(
        "{count} of {whole} alerts of {name} in {year} were false. Chance alone allows {low} to "
        "{high}."
    ).format(
        count=format_count(share.numerator or 0),
        whole=format_count(share.denominator or 0),
        name=name,
        year=year,
        low=format_one_in(share.high, down=True),
        high=format_one_in(share.low),
    )
    dots = min(round(1 / share.value), MAX_DOTS)
    picture = f'<p class="lfr-dots" aria-hidden="true"><b>●</b>{"●" * (dots - 1)}</p>'
    return _write_tile(
        _("How often is it wrong?"),
        _("About {share} alerts").format(share=format_one_in(share.value)),
        sentence,
        context.address_of("forces", "false-alerts"),
        picture,
    )


def _write_tile(question: str, number: str, sentence: str, address: str, picture: str = "") -> str:
    return (
        f'<li><h2><a href="{text(address)}">{text(question)}</a></h2>'
        f'<p class="lfr-figure">{text(number)}</p><p>{text(sentence)}</p>{picture}</li>'
    )


def _format_large(number: int | None) -> str:
    """`4.2 million`, or the number itself below a million."""
    if number is None:
        return _("not known")
    if number < 1_000_000:
        return format_count(number)
    return _("{number} million").format(number=f"{number / 1_000_000:.1f}")


def _list_unknown(context: PageContext) -> list[str]:
    record = context.record
    silent, users = get_silent(record), get_users(record)
    faces = get_total(record, "faces_seen_count", context.selection)
    return [
        ngettext(
            "{count} of the {users} forces known to have used it has published no result that we "
            "found.",
            "{count} of the {users} forces known to have used it have published no result that we "
            "found.",
            len(silent),
        ).format(count=len(silent), users=len(users)),
        _("{count} of {rows} deployments that we list do not say how many faces were seen.").format(
            count=format_count(faces.left_out_count), rows=format_count(faces.rows_count)
        ),
        _(
            "No force publishes how many different people were scanned, or how many wanted "
            "people walked past unnoticed."
        ),
    ]
