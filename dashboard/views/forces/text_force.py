"""What is said of one force: its headline, its stages, its timeline, its settings.

In: answers of `etl.queries.record` about one force. Out: plain sentences and rows of tables.
Does not draw, does not compute, and has no finding written in advance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dashboard.descriptions.trends import describe_series_alt, highest_point
from dashboard.queries.series import Series
from dashboard.text.language import _, ngettext
from dashboard.text.language import mark as N_
from dashboard.text.numbers import (
    format_amount,
    format_count,
    format_date,
    format_list,
    format_period,
    format_rows,
    format_step,
    format_total,
    format_when,
    without_symbols,
)
from dashboard.views.forces.chart.stages import StageBox
from dashboard.views.forces.text_forces import describe_use
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


def describe_uses(publishing: ForcePublishing) -> list[str]:
    """Each known period of its use, with whose software and whose equipment."""
    lines = []
    for use in publishing.uses:
        line = describe_use(use)
        if use.vendor_code:
            line = f"{line} {_('Software: {vendor}.').format(vendor=VENDOR.label(use.vendor_code))}"
        lines.append(line)
    return lines or [describe_use(None)]


def describe_publishing(publishing: ForcePublishing) -> list[str]:
    """What it publishes and by whom, form by form."""
    if publishing.status == "no_known_use":
        return [_("No use is known, so there is nothing to publish.")]
    if publishing.status == "nothing":
        return [
            _(
                "It used live facial recognition, and no result that it published was found. That "
                "is not a zero: what came of it is not known."
            )
        ]
    templates = (
        [
            _(
                "It has a page or announces deployments; no published result was seen. That is not "
                "a zero."
            )
        ]
        if publishing.status == "results_not_seen"
        else []
    )
    for form in publishing.forms:
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
        templates.append(
            line.format(
                form=_(PUBLISHING_FORM.label(own.form_code)),
                publisher=_(publishing.force_name),
                since=format_when(own.since_text),
                until=format_when(own.until_text),
            )
        )
    return templates


def describe_coverage(
    rows_count: int, last_day: dt.date | None, covered: dt.date | None, used: bool
) -> list[str]:
    """What the record has of the force, and the last day with every deployment."""
    if not rows_count:
        if not used:
            return [_("No row, because no use is known.")]
        return [_("No row: nothing published about its deployments was found. That is not a zero.")]
    sentences = [
        ngettext("{rows}, up to {day}.", "{rows}, up to {day}.", rows_count).format(
            rows=format_rows(rows_count), day=format_date(last_day)
        )
    ]
    if covered is None:
        sentences.append(
            _(
                "They are single deployments that the force or the press told of, not a complete "
                "list. There may be more."
            )
        )
    else:
        words = _(
            "Publications in the record tell every deployment up to {day}. Nothing is known of "
            "later days."
        )
        if last_day is not None and last_day > covered:
            words = _(
                "Publications in the record tell every deployment up to {day}. Of later days only "
                "single deployments are known."
            )
        sentences.append(words.format(day=format_date(covered)))
    return sentences


def is_user(publishing: ForcePublishing) -> bool:
    """Whether it is known to have used it."""
    return any(use.status_code in USERS for use in publishing.uses)


def format_published(code: str) -> str:
    """`Yes`, `Partly`, `No` or `Not known`."""
    return _(PUBLISHED.label(code))


def list_boxes(force_stages: ForceStages) -> list[StageBox]:
    """Every stage with its number and what it is a part of, or why it has none."""
    return [
        StageBox(
            shown.stage_code,
            shown.count is not None,
            without_symbols(_format_number(shown)),
            _(STAGE.label(shown.stage_code)).lower(),
            _describe_part(shown),
        )
        for shown in _shown(force_stages)
    ]


def list_stages(force_stages: ForceStages) -> list[tuple[str, ...]]:
    """The rows of the table behind the stages."""
    return [
        (
            _(STAGE.label(shown.stage_code)),
            _format_number(shown),
            _("{count} of {whole}").format(
                count=format_count(shown.used_count), whole=format_count(shown.rows_count)
            ),
            _describe_part(shown),
            "; ".join(
                _("{rows}: {why}").format(
                    rows=format_rows(count), why=_(VALUE_STATUS.label(status))
                )
                for status, count in shown.missing
            ),
        )
        for shown in _shown(force_stages)
    ]


def describe_stages_title(name: str, force_stages: ForceStages) -> str:
    """`Metropolitan Police: 3,893 alerts of 6,620,641 faces seen, 1,834 arrests`,
    as far as it is published."""
    of = {stage.stage_code: stage for stage in force_stages.stages}
    known = [
        value
        for value in (of["faces_seen"], of["alerts"], of["arrests"])
        if value.count is not None
    ]
    if not known:
        return _("{name}: no count of faces, alerts or arrests is published").format(name=name)
    sentences = [
        _("{count} {stage}").format(
            count=_format_number(stage_count), stage=_(STAGE.label(stage_count.stage_code)).lower()
        )
        for stage_count in known
    ]
    return _("{name}: {counts}").format(name=name, counts=format_list(sentences))


def describe_stages_alt(force_stages: ForceStages) -> str:
    """What the boxes show, stage by stage."""
    sentences = [
        f"{_('{stage}: {count}').format(stage=box.name, count=box.number)}. {box.words}".strip()
        for box in list_boxes(force_stages)
    ]
    return " ".join([_("A chain of boxes from faces seen to arrests."), *sentences])


def describe_stages_notes() -> list[str]:
    """How to read the boxes."""
    return [
        _(
            "“x of y” uses only the deployments that give both numbers; the number of a box uses "
            "all that give it."
        ),
    ]


def describe_stages_partial(force_stages: ForceStages, title: str) -> str:
    """Which rows of the period are not in the bars, and why; empty if all are."""
    sentences = []
    if force_stages.since_break is not None:
        words = _(
            "Only deployments since {day}: the force changed what it publishes on that day, and "
            "figures before and after are not added up."
        )
        sentences.append(words.format(day=format_date(force_stages.since_break.first_date)))
    if force_stages.publication_id is not None and force_stages.other_rows_count:
        words = _(
            "Only the deployments in “{title}”: their days are not published, so no others can be "
            "added to them."
        )
        sentences.append(words.format(title=title))
    if force_stages.other_rows_count:
        words = ngettext(
            "{count} other deployment is left out.",
            "{count} other deployments are left out.",
            force_stages.other_rows_count,
        )
        sentences.append(words.format(count=format_count(force_stages.other_rows_count)))
    return " ".join(sentences)


def describe_timeline_title(name: str, series: Sequence[Series]) -> str:
    """`Metropolitan Police: 538 deployments, limit in October 2025 (34)`."""
    total, top = series[0].total, highest_point(series[0])
    if top is None or top.estimate is None:
        return _("{name}: {amount}").format(name=name, amount=format_amount(total))
    template = _("{name}: {amount}, most in {period} ({value})")
    return template.format(
        name=name,
        amount=format_amount(total),
        period=format_step(top.code),
        value=format_total(top.estimate),
    )


def describe_few_points(series: Sequence[Series], step: str) -> str:
    """Which months or quarters have rows, where there are too few to draw,
    and that others cannot be given to one."""
    none, only, others = {
        "month": (
            _("No row of these years can be given to a month: the publications do not say when."),
            _("Rows can be given to these months only: {steps}."),
            _("The others name no month, or reach over more than one."),
        ),
        "quarter": (
            _("No row of these years can be given to a quarter: the publications do not say when."),
            _("Rows can be given to these quarters only: {steps}."),
            _("The others name no quarter, or reach over more than one."),
        ),
    }[step]
    points = [
        point
        for each_series in series[:1]
        for point in each_series.points
        if point.estimate is not None
    ]
    if not points:
        return none
    line = _("{step} ({amount})")
    steps = format_list(
        [
            line.format(step=format_step(point.code), amount=format_amount(point.estimate))
            for point in points
            if point.estimate
        ]
    )
    text = only.format(steps=steps)
    return text if series[0].undated is None else f"{text} {others}"


def describe_timeline_alt(series: Sequence[Series]) -> str:
    """What each panel shows."""
    return " ".join(describe_series_alt([each_series], "quarter") for each_series in series)


def list_thresholds(settings: Sequence[ForceSetting]) -> list[tuple[str, ...]]:
    """Whose software at which threshold, when, in how many rows."""
    return [
        (
            VENDOR.label(setting.vendor_code) if setting.vendor_code else _("[x] not known"),
            setting.code or _("[x] not in the rows"),
            format_period(setting.period_start, setting.period_end),
            format_count(setting.rows_count),
        )
        for setting in settings
    ]


def list_watchlists(settings: Sequence[ForceSetting]) -> list[tuple[str, ...]]:
    """Sizes of the watchlists by year, as printed."""
    absent = _("[x] not in the rows")
    return [
        (
            setting.code or _("more than one year, or days not published"),
            _("{count} of {whole}").format(
                count=format_count(setting.sized_count), whole=format_count(setting.rows_count)
            ),
            *(
                absent if size is None else format_count(size)
                for size in (setting.smallest_size, setting.middle_size, setting.largest_size)
            ),
        )
        for setting in settings
    ]


def _shown(force_stages: ForceStages) -> list[StageCount]:
    """One printed figure for arrests and disposals is a stage only where it is printed."""
    return [
        stage
        for stage in force_stages.stages
        if stage.stage_code != "arrests_or_disposals" or stage.count is not None
    ]


def _format_number(stage_count: StageCount) -> str:
    if stage_count.count is None:
        statuses = [status for status, _count in stage_count.missing]
        if len(set(statuses)) == 1 and statuses[0] != "not_published":
            return _(VALUE_STATUS.label(statuses[0]))
        return _("[x] not published")
    if not stage_count.count and stage_count.used_count < stage_count.rows_count:
        return _("0 where it is published")
    count = format_count(stage_count.count)
    return (
        count
        if stage_count.used_count == stage_count.rows_count
        else _("at least {count}").format(count=count)
    )


def _describe_part(stage_count: StageCount) -> str:
    if stage_count.count is None:
        return ""
    used = ""
    if stage_count.used_count < stage_count.rows_count:
        words = _("known for {count} of {rows}")
        used = words.format(
            count=format_count(stage_count.used_count), rows=format_rows(stage_count.rows_count)
        )
    if (
        stage_count.of_code is None
        or stage_count.part is None
        or stage_count.whole is None
        or not stage_count.whole
    ):
        return used
    part = _(_WHOLES[stage_count.of_code]).format(
        part=format_count(stage_count.part), whole=format_count(stage_count.whole)
    )
    if stage_count.both_count < stage_count.rows_count:
        part = _("{part}, from {rows} with both").format(
            part=part, rows=format_rows(stage_count.both_count)
        )
    return "; ".join(filter(None, (part, used)))
