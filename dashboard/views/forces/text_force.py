"""What is said of one force: its headline, its stages, its timeline, its settings.

In: answers of `etl.queries.record` about one force. Out: plain sentences and rows of tables.
Does not draw, does not compute, and has no finding written in advance.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dashboard.descriptions.series import highest_point, say_series_alt
from dashboard.queries.series import Series
from dashboard.text.language import _, ngettext
from dashboard.text.language import mark as N_
from dashboard.text.numbers import (
    say_amount,
    say_count,
    say_date,
    say_list,
    say_period,
    say_rows,
    say_step,
    say_total,
    say_when,
)
from dashboard.views.forces.chart.stages import StageBar
from dashboard.views.forces.text_forces import say_use
from etl.measures.publishing import USERS, ForcePublishing
from etl.model.codes import PUBLISHED, PUBLISHING_FORM, STAGE, VALUE_STATUS, VENDOR
from etl.model.force_profiles import ForceSetting, ForceStages, StageCount

# What a stage is a part of, with the count of the whole.
_WHOLES = {
    "faces_seen": N_("{part} of {whole} faces seen"),
    "alerts": N_("{part} of {whole} alerts"),
    "true_alerts": N_("{part} of {whole} true alerts"),
    "false_alerts": N_("{part} of {whole} false alerts"),
}


def say_uses(one: ForcePublishing) -> list[str]:
    """Each known period of its use, with whose software and whose equipment."""
    said = []
    for use in one.uses:
        line = say_use(use)
        if use.vendor_code:
            line = f"{line} {_('Software: {vendor}.').format(vendor=VENDOR.label(use.vendor_code))}"
        said.append(line)
    return said or [say_use(None)]


def say_publishing(one: ForcePublishing) -> list[str]:
    """What it publishes and by whom, form by form."""
    if one.status == "no_known_use":
        return [_("No use is known, so there is nothing to publish.")]
    if one.status == "nothing":
        return [
            _(
                "It used live facial recognition, and no result that it published was found. That is not a zero: what came of it is not known."
            )
        ]
    said = [
        _("It has a page or announces deployments; no published result was seen. That is not a zero.")
    ] if one.status == "results_not_seen" else []  # fmt: skip
    for form in one.forms:
        own = form.publishing
        if own.form_code == "none":
            line = (
                _("Nothing was published of {since} to {until}.")
                if own.until_text
                else _("Nothing was published since {since}.")
            )
        elif own.until_text:
            line = (
                _("{form} by {publisher}, of deployments from {since} to {until}.")
                if own.until_text != own.since_text
                else _("{form} by {publisher}, of deployments of {since}.")
            )
        else:
            line = _("{form} by {publisher}, of deployments since {since}.")
        said.append(
            line.format(
                form=_(PUBLISHING_FORM.label(own.form_code)),
                publisher=_(one.force_name),
                since=say_when(own.since_text),
                until=say_when(own.until_text),
            )
        )
    return said  # fmt: skip


def say_coverage(rows_count: int, last_day: dt.date | None, covered: dt.date | None, used: bool) -> list[str]:
    """What the record has of it, and the last day of which every deployment is told."""
    if not rows_count:
        if not used:
            return [_("No row, because no use is known.")]
        return [_("No row: nothing published about its deployments was found. That is not a zero.")]
    said = [
        ngettext("{rows}, up to {day}.", "{rows}, up to {day}.", rows_count).format(
            rows=say_rows(rows_count), day=say_date(last_day)
        )
    ]
    if covered is None:
        said.append(
            _(
                "They are single deployments that the force or the press told of, not a complete list. There may be more."
            )
        )
    else:
        words = _(
            "Publications in the record tell every deployment up to {day}. Nothing is known of later days."
        )
        if last_day is not None and last_day > covered:
            words = _(
                "Publications in the record tell every deployment up to {day}. Of later days only single deployments are known."
            )
        said.append(words.format(day=say_date(covered)))
    return said


def is_user(one: ForcePublishing) -> bool:
    """Whether it is known to have used it."""
    return any(use.status_code in USERS for use in one.uses)


def say_published(code: str) -> str:
    """`Yes`, `Partly`, `No` or `Not known`."""
    return _(PUBLISHED.label(code))


def list_bars(found: ForceStages) -> list[StageBar]:
    """Every stage with its count and what it is a part of, or why it has none."""
    return [StageBar(one.count, _say_stage(one), _say_part(one)) for one in _shown(found)]


def list_stages(found: ForceStages) -> list[tuple[str, ...]]:
    """The rows of the table behind the stages."""
    return [
        (
            _(STAGE.label(one.stage_code)),
            _say_number(one),
            _("{count} of {whole}").format(count=say_count(one.used_count), whole=say_count(one.rows_count)),
            _say_part(one),
            "; ".join(_("{rows}: {why}").format(rows=say_rows(count), why=_(VALUE_STATUS.label(status))) for status, count in one.missing),
        )
        for one in _shown(found)
    ]  # fmt: skip


def say_stages_title(name: str, found: ForceStages) -> str:
    """`Metropolitan Police: 3,893 alerts of 6,620,641 faces seen, 1,834 arrests`, as far as it is published."""
    of = {one.stage_code: one for one in found.stages}
    known = [one for one in (of["faces_seen"], of["alerts"], of["arrests"]) if one.count is not None]
    if not known:
        return _("{name}: no count of faces, alerts or arrests is published").format(name=name)
    said = [
        _("{count} {stage}").format(count=_say_number(one), stage=_(STAGE.label(one.stage_code)).lower())
        for one in known
    ]
    return _("{name}: {counts}").format(name=name, counts=say_list(said))


def say_stages_alt(found: ForceStages) -> str:
    """What the bars show, stage by stage."""
    said = [f"{bar.name}. {bar.words}".strip() for bar in list_bars(found)]
    lead = _("Bars from faces seen to arrests, on an axis in which each step is ten times.")
    return " ".join([lead, *said])


def say_stages_notes() -> list[str]:
    """How to read the bars."""
    return [
        _("The axis is logarithmic: each step to the right is ten times as many. On an even axis the alerts could not be seen beside the faces."),
        _("“x of y” is counted over the rows that print both numbers; a bar over all rows that print its own."),
        _("Hatched: not published in any of these rows [x]. No bar: published as 0."),
    ]  # fmt: skip


def say_stages_partial(found: ForceStages, title: str) -> str:
    """Which rows of the period are not in the bars, and why; empty if all are."""
    said = []
    if found.since_break is not None:
        words = _(
            "Only rows since {day}: what is printed changed on that day [b], and numbers before and after are not added up."
        )
        said.append(words.format(day=say_date(found.since_break["first_date"])))
    if found.publication_id is not None and found.other_rows_count:
        words = _(
            "Only the rows of “{title}”, whose days are not published, so that no other row can be added to a period of theirs."
        )
        said.append(words.format(title=title))
    if found.other_rows_count:
        words = ngettext(
            "{count} other row is left out.", "{count} other rows are left out.", found.other_rows_count
        )
        said.append(words.format(count=say_count(found.other_rows_count)))
    return " ".join(said)  # fmt: skip


def say_timeline_title(name: str, series: Sequence[Series]) -> str:
    """`Metropolitan Police: 538 deployments, most in October 2025 (34)`."""
    total, top = series[0].total, highest_point(series[0])
    if top is None or top.estimate is None:
        return _("{name}: {amount}").format(name=name, amount=say_amount(total))
    said = _("{name}: {amount}, most in {period} ({value})")
    return said.format(
        name=name, amount=say_amount(total), period=say_step(top.code), value=say_total(top.estimate)
    )


def say_few_months(series: Sequence[Series]) -> str:
    """Which months have rows, where there are too few to draw, and that others cannot be given to one."""
    points = [point for one in series[:1] for point in one.points if point.estimate is not None]
    if not points:
        return _("No row of these years can be given to a month: the publications do not say when.")
    line = _("{month} ({amount})")
    months = say_list(
        [
            line.format(month=say_step(one.code), amount=say_amount(one.estimate))
            for one in points
            if one.estimate
        ]
    )
    said = _("Rows can be given to these months only: {months}.").format(months=months)
    if series[0].undated is None:
        return said
    return f"{said} {_('The others name no month, or reach over more than one.')}"


def say_timeline_alt(series: Sequence[Series]) -> str:
    """What each panel shows."""
    return " ".join(say_series_alt([one], "month") for one in series)


def list_thresholds(settings: Sequence[ForceSetting]) -> list[tuple[str, ...]]:
    """Whose software at which threshold, when, in how many rows."""
    return [
        (
            VENDOR.label(one.vendor_code) if one.vendor_code else _("[x] not known"),
            one.code or _("[x] not in the rows"),
            say_period(one.period_start, one.period_end),
            say_count(one.rows_count),
        )
        for one in settings
    ]


def list_watchlists(settings: Sequence[ForceSetting]) -> list[tuple[str, ...]]:
    """Sizes of the watchlists by year, as printed."""
    absent = _("[x] not in the rows")
    return [
        (
            one.code or _("more than one year, or days not published"),
            _("{count} of {whole}").format(count=say_count(one.sized_count), whole=say_count(one.rows_count)),
            *(
                absent if size is None else say_count(size)
                for size in (one.smallest_size, one.middle_size, one.largest_size)
            ),
        )
        for one in settings
    ]


def _shown(found: ForceStages) -> list[StageCount]:
    """One printed figure for arrests and disposals is a stage only where it is printed."""
    return [one for one in found.stages if one.stage_code != "arrests_or_disposals" or one.count is not None]


def _say_stage(one: StageCount) -> str:
    return _("{stage}: {count}").format(stage=_(STAGE.label(one.stage_code)), count=_say_number(one))


def _say_number(one: StageCount) -> str:
    if one.count is None:
        statuses = [status for status, _count in one.missing]
        if len(set(statuses)) == 1 and statuses[0] != "not_published":
            return _(VALUE_STATUS.label(statuses[0]))
        return _("[x] not published")
    if not one.count and one.used_count < one.rows_count:
        return _("0 in the rows that print it")
    said = say_count(one.count)
    return said if one.used_count == one.rows_count else _("at least {count}").format(count=said)


def _say_part(one: StageCount) -> str:
    if one.count is None:
        return ""
    used = ""
    if one.used_count < one.rows_count:
        words = _("known in {count} of {rows}")
        used = words.format(count=say_count(one.used_count), rows=say_rows(one.rows_count))
    if one.of_code is None or one.part is None or one.whole is None or not one.whole:
        return used
    part = _(_WHOLES[one.of_code]).format(part=say_count(one.part), whole=say_count(one.whole))
    if one.both_count < one.rows_count:
        part = _("{part}, in {rows} with both").format(part=part, rows=say_rows(one.both_count))
    return "; ".join(filter(None, (part, used)))
