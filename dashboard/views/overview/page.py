"""The first page: what is known of live facial recognition in UK policing, what is not, and since when.

In: the frame. Out: the page, for all forces or for one.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard.charts.time import draw_panels
from dashboard.components.about import describe_measure
from dashboard.components.card import FigureCard, Instead
from dashboard.components.cards import say_leading, write_cards
from dashboard.components.downloads import address_estimates
from dashboard.components.false_alert_rates import show_both_ways
from dashboard.components.figure_card import show_card, show_instead
from dashboard.components.filters import show_filters
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.descriptions.series import (
    A_STEP,
    label_points,
    label_series,
    list_points,
    say_few_points,
    say_series_alt,
    say_series_notes,
    say_series_title,
)
from dashboard.queries.publishing import ask_latest, ask_silent, ask_users
from dashboard.queries.rates import PER_FACE_SEEN, SHARE_OF_ALERTS
from dashboard.queries.series import HEADLINE_COUNTS, STEPS, ask_by_force, ask_total, ask_trend
from dashboard.rendering.context import Frame, cached
from dashboard.rendering.html import link, printed, text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _, ngettext
from dashboard.text.messages import tell
from dashboard.text.names import name_published
from dashboard.text.numbers import say_count, say_date, say_list, say_period, say_rows, say_when
from dashboard.views.overview.first_answers import show_first_answers
from etl.measures.catalogue import MEASURES
from etl.measures.publishing import PUBLISHING_STATUS
from etl.model.codes import LFR_USE

# Fewer points than this are a sentence, not a figure.
FEW_POINTS = 3


def show(frame: Frame) -> None:
    """The whole page."""
    _show_known(frame.without("forces", "first_year", "last_year"))
    show_filters(frame, "force", "from", "to")
    force_id = frame.chosen.force_id
    show_section(
        name_published(frame.answers).get(force_id, frame.names[force_id]) if force_id else _("All forces"),
        anchor="figures",
    )
    if not ask_total(frame.answers, "deployments_count", frame.chosen).rows_count:
        _show_empty(frame)
    else:
        show_figures(frame)
    _show_publishing(frame.without("forces", "first_year", "last_year"))


@cached
def _show_known(frame: Frame) -> None:
    """What is known, what is not, since when: three short lists."""
    answers = frame.answers
    names, silent, users = name_published(answers), ask_silent(answers), ask_users(answers)
    total = ask_total(answers, "deployments_count", frame.chosen)
    faces = ask_total(answers, "faces_seen_count", frame.chosen)
    known = [
        _("{count} deployments of {forces} forces and bodies, as they or others published them, each down to its printed row.").format(
            count=say_count(total.numerator or 0), forces=len(names)
        ),
        _("What came of them where it is printed: faces seen, alerts, true and false alerts, arrests, each with what is missing."),
    ]  # fmt: skip
    unknown = [
        ngettext(
            "{count} of the {users} forces known to have used it has published no result that we found.",
            "{count} of the {users} forces known to have used it have published no result that we found.",
            len(silent),
        ).format(count=len(silent), users=len(users)),
        _("{count} of {rows} do not say how many faces were seen.").format(
            count=say_count(faces.left_out_count), rows=say_rows(faces.rows_count)
        ),
        _(
            "Nobody publishes how many different people were scanned, or how many wanted people walked past unnoticed."
        ),
    ]
    since = [
        _("From {period}.").format(period=say_period(*answers.period())),
        *(
            _(
                "{name}, from {day}: what is printed changed, and figures before and after do not compare."
            ).format(name=names[one["force_id"]], day=say_date(one["first_date"]))
            for one in answers.breaks(PER_FACE_SEEN)
            if one["effect_code"] == "not_comparable" and one["force_id"] in names
        ),
    ]
    blocks = ((_("What is known"), known), (_("What is not"), unknown), (_("Since when"), since))
    items = "".join(f"<li><h2>{text(title)}</h2>{_write_list(lines)}</li>" for title, lines in blocks)
    show_html(f'<ul class="lfr-cards lfr-known">{items}</ul>')
    show_first_answers(frame)


@cached
def show_figures(frame: Frame) -> None:
    """Headline figures, months, false alerts both ways."""
    answers, chosen = frame.answers, frame.chosen
    measures = (*HEADLINE_COUNTS, SHARE_OF_ALERTS, PER_FACE_SEEN) if chosen.force_id else HEADLINE_COUNTS
    totals = {one: ask_total(answers, one, chosen) for one in measures}
    names = name_published(answers)
    leading = {
        one: say_leading(totals[one], ask_by_force(answers, one, chosen), names) for one in HEADLINE_COUNTS
    }
    show_html(write_cards(frame, list(totals.values()), leading))
    if not chosen.force_id:
        said = _(
            "False alerts are not pooled over forces: a trial of 2017 and a service of 2026 have no rate in common. The "
            "figures below give each force its own, of alerts and of faces."
        )
        show_html(f'<p class="lfr-small">{text(said)}</p>')
    show_section(_("Quarter by quarter"), anchor="over-time")
    for measure_id in ("deployments_count", "faces_seen_count"):
        _show_series(frame, measure_id)
    show_both_ways(frame)


def _show_series(frame: Frame, measure_id: str) -> None:
    chosen = replace(frame.chosen, measure_id=measure_id, step="quarter", split="force")
    total = ask_total(frame.answers, measure_id, chosen)
    trend = ask_trend(frame.answers, chosen, frame.choices)
    series = trend.series
    measure = MEASURES[measure_id]
    if sum(point.estimate is not None for one in series for point in one.points) < FEW_POINTS:
        show_instead(measure_id, _(measure.title), Instead("too_few", say_few_points(series, total)))
        return
    notes = say_series_notes(series, bars=True)
    if trend.left_out:
        notes.append(_("Not drawn, with fewer rows: {names}.").format(names=say_list(trend.left_out)))
    columns = [Column(_(STEPS[chosen.step])), *(Column(one.name, "number") for one in series)]
    caption = f"{_(measure.title)}, {_(A_STEP[chosen.step])}"
    show_card(
        frame,
        FigureCard(
            card_id=measure_id,
            title=say_series_title(series, total),
            subtitle=f"{caption}, {say_period(total.period_start, total.period_end)}",
            chart=draw_panels(series, label_series(series), label_points(series), frame.ink),
            alt=say_series_alt(series, chosen.step),
            table=make_table(caption, columns, list_points(series)),
            download=address_estimates(chosen, ("force", chosen.step)),
            about=describe_measure(measure_id, frame.chosen.forces),
            caveats=measure.caveats[:1],
            sources=total.sources,
            notes=tuple(notes),
        ),
    )


def _show_empty(frame: Frame) -> None:
    """A selection without rows: never a zero."""
    said = [
        _(
            "The record has no deployment in this selection. That is not a zero: it may not have been published."
        )
    ]
    if frame.chosen.force_id:
        (one,) = frame.answers.publishing((frame.chosen.force_id,)).forces
        said.append(tell(one.reason))
    show_instead("nothing", _("Nothing to show"), Instead("empty", " ".join(said)))


@cached
def _show_publishing(frame: Frame) -> None:
    """Who publishes nothing, and what came last."""
    _show_silent(frame)
    _show_latest(frame)


def _show_silent(frame: Frame) -> None:
    """Forces that are known to use it and of which no result was found."""
    show_section(_("Who publishes nothing"), anchor="silent")
    silent = ask_silent(frame.answers)
    rows = [
        (
            _(one.force_name),
            _(LFR_USE.label(one.latest.status_code)) if one.latest else "",
            say_when(one.latest.since_text) if one.latest else "",
            _(PUBLISHING_STATUS.entry(one.status).meaning),
        )
        for one in silent
    ]
    columns = (Column(_("Force")), Column(_("Use")), Column(_("Since")), Column(_("What was found"), "wide"))
    show_html(
        write_table(
            make_table(
                _("Forces known to have used it, with no published result found"), columns, rows, whole=True
            )
        )
    )


def _show_latest(frame: Frame) -> None:
    """The publications that reach furthest."""
    show_section(_("Latest publications in the record"), anchor="latest")
    titles = {one["publication_id"]: one for one in frame.answers.rows("publications")}
    rows = [
        (
            say_date(one["period_end"]),
            Markup(
                f"{link(titles[one['publication_id']]['url'], titles[one['publication_id']]['title'])}: {printed(one['title'])}"
            ),
            say_period(one["period_start"], one["period_end"]),
            say_count(one["rows_count"]),
        )
        for one in ask_latest(frame.answers)
    ]
    columns = (
        Column(_("Up to")),
        Column(_("Publication"), "wide"),
        Column(_("Covers"), "wide"),
        Column(_("Rows"), "number"),
    )
    show_html(
        write_table(make_table(_("Publications by the last day that they cover"), columns, rows, whole=True))
    )


def _write_list(lines: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{text(line)}</li>' for line in lines)}</ul>"


VIEW = View(show, figures=(show_figures,))
