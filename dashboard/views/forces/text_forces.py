"""What is said of all forces and of forces side by side, from the answers about them.

In: lines, Estimates and funnels of `dashboard.views.forces.query_forces`. Out: plain sentences and
rows of tables. Does not draw, does not compute, and says of no force that it is better."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.queries.rates import PER_FACE_SEEN, Interval
from dashboard.text.language import _, ngettext
from dashboard.text.numbers import (
    format_count,
    format_date,
    format_estimate,
    format_fraction,
    format_list,
    format_number,
    format_per_million_faces,
    format_period,
    format_rows,
    format_share,
    format_short_period,
    format_when,
)
from dashboard.views.forces.query_forces import ForceLine, Pair, SideBySide
from etl.measures.catalogue import MEASURES
from etl.measures.publishing import PUBLISHING_STATUS, USERS, ForcePublishing
from etl.model.codes import LFR_USE, PUBLISHING_FORM, VENDOR
from etl.model.coverage import LfrUse
from etl.model.estimates import Estimate
from etl.model.force_profiles import ForceSetting


def describe_use(use: LfrUse | None) -> str:
    """`Uses it, since 22 August 2024.`; of what is over, from when to when;
    of what is only said, in when it was said."""
    if use is None:
        return _("Nothing is known of its use.")
    words = {
        "use": _(LFR_USE.label(use.status_code)),
        "since": format_when(use.since_text),
        "until": format_when(use.until_text),
    }
    if use.status_code == "nothing_found":
        return _("{use}.").format(**words)
    if use.since_text and use.until_text == use.since_text:
        return _("{use}, {since}.").format(**words)
    if use.since_text and use.until_text:
        return _("{use}, {since} to {until}.").format(**words)
    if use.until_text:
        return _("{use}, until {until}.").format(**words)
    if not use.since_text:
        return _("{use}; since when is not known.").format(**words)
    if use.status_code in ("says_it_does_not_use", "plans"):
        return _("{use}; stated {since}.").format(**words)
    return _("{use}, since {since}.").format(**words)


def describe_forms(publishing: ForcePublishing) -> str:
    """`Table in a PDF since 11 February 2026; report 2024 to 2025`: the forms in use first."""
    sentences = []
    for form in publishing.forms:
        own = form.publishing
        if own.form_code == "none":
            continue
        words = {
            "form": _(PUBLISHING_FORM.label(own.form_code)),
            "since": format_when(own.since_text),
            "until": format_when(own.until_text),
        }
        template = _("{form}, {since} to {until}") if own.until_text else _("{form}, since {since}")
        sentences.append(template.format(**words))
    return "; ".join(sentences)


def describe_lines_title(lines: Sequence[ForceLine]) -> str:
    """How many use it, and how many of these publish what came of it."""
    users = [
        line for line in lines if any(use.status_code in USERS for use in line.publishing.uses)
    ]
    results = sum(user.publishing.status == "results" for user in users)
    template = ngettext(
        "{users} of {count} body is known to have used it; {results} publish any result",
        "{users} of {count} forces and bodies are known to have used it; {results} publish any "
        "result",
        len(lines),
    )
    return template.format(users=len(users), count=len(lines), results=results)


def describe_held_rows(line: ForceLine) -> tuple[str, str]:
    """How many rows of a force are in the record, and up to which day;
    never a zero for what was not published."""
    if not line.rows_count:
        used = any(use.status_code in USERS for use in line.publishing.uses)
        if line.publishing.status == "results":
            return _("[x] its results are not in the record"), ""
        return (_("[x] none published that we found") if used else _("[z] no known use"), "")
    return format_rows(line.rows_count), _("up to {day}").format(day=format_date(line.last_day))


def describe_completeness(line: ForceLine) -> tuple[str, str]:
    """The share of the values of a standard return that the rows have, with both counts."""
    if line.gaps is None or line.gaps.share is None:
        return "[z]", ""
    counts = _("{count} of {whole} values").format(
        count=format_count(line.gaps.published_count), whole=format_count(line.gaps.expected_count)
    )
    return format_share(line.gaps.share), counts


def describe_covered(line: ForceLine) -> str:
    """The last day with every deployment in the record."""
    if line.covered_until is not None:
        return format_date(line.covered_until)
    if line.rows_count:
        return _("[x] single deployments only")
    return "[x]" if line.publishing.status != "no_known_use" else "[z]"


def describe_status(publishing: ForcePublishing) -> str:
    """`Publishes results`."""
    text = _(PUBLISHING_STATUS.label(publishing.status))
    return text[:1].upper() + text[1:]


def label_sides(intervals: Sequence[Interval]) -> list[tuple[str, str]]:
    """Name with its period, and the value with its interval and both counts."""
    labels = []
    for interval in intervals:
        own = interval.estimate
        name = _("{name}, {period}").format(
            name=interval.name, period=format_period(own.period_start, own.period_end)
        )
        labels.append(
            (
                name,
                _("{value} – {fraction}").format(
                    value=format_value(own), fraction=format_fraction(own)
                ),
            )
        )
    return labels


def format_value(estimate: Estimate) -> str:
    """An Estimate in the scale in which it is drawn."""
    return (
        format_per_million_faces(estimate)
        if estimate.measure_id == PER_FACE_SEEN
        else format_estimate(estimate)
    )


def describe_sides_title(sides: SideBySide, measure_id: str) -> str:
    """The two with most to count: `False share of alerts:
    Metropolitan Police 59 of 4,694 (Feb 2020 – Apr 2026); …`."""
    most = sorted(sides.intervals, key=lambda interval: -(interval.estimate.denominator or 0))[:2]
    sentences = [
        _("{name} {fraction} ({period})").format(
            name=interval.name,
            fraction=format_fraction(interval.estimate),
            period=format_short_period(
                interval.estimate.period_start, interval.estimate.period_end
            ),
        )
        for interval in sides.intervals
        if interval in most
    ]
    return _("{measure}: {values}").format(
        measure=_(MEASURES[measure_id].title), values="; ".join(sentences)
    )


def describe_sides_alt(sides: SideBySide, measure_id: str) -> str:
    """What the dots show, row by row."""
    line = _("{name}: {value}")
    rows = "; ".join(
        line.format(name=name, value=value) for name, value in label_sides(sides.intervals)
    )
    template = _(
        "Dots with 95% intervals on one axis: {measure}. {rows}. All values are in the table."
    )
    return template.format(measure=_(MEASURES[measure_id].title), rows=rows)


def list_sides(intervals: Sequence[Interval]) -> list[tuple[str, ...]]:
    """The rows of the table behind the dots."""
    used = _("{count} of {whole}")
    return [
        (
            interval.name,
            format_period(interval.estimate.period_start, interval.estimate.period_end),
            format_count(interval.estimate.numerator or 0),
            format_number(interval.estimate.denominator or 0),
            used.format(
                count=format_count(interval.estimate.used_count),
                whole=format_count(interval.estimate.rows_count),
            ),
            format_value(interval.estimate),
        )
        for interval in intervals
    ]


def describe_not_shown(sides: SideBySide) -> str:
    """Which of the forces are not on the axis, and why; empty if all are."""
    sentences = []
    if sides.lacking:
        sentences.append(
            ngettext(
                "Not drawn: {names}, whose rows lack one of the two numbers.",
                "Not drawn: {names}, whose rows lack one of the two numbers.",
                len(sides.lacking),
            ).format(names=format_list(sides.lacking))
        )
    if sides.silent:
        words = _("Not drawn: {names}, of whom the record has no row. That is not a zero.")
        sentences.append(words.format(names=format_list(sides.silent)))
    return " ".join(sentences)


def describe_software(settings: Sequence[tuple[str, tuple[ForceSetting, ...]]]) -> list[str]:
    """Whose software at which thresholds, force by force;
    and that thresholds of different vendors do not compare."""
    sentences = []
    for name, rows in settings:
        for vendor in dict.fromkeys(row.vendor_code for row in rows):
            own = [row for row in rows if row.vendor_code == vendor]
            codes = [row.code for row in own if row.code is not None]
            words = {
                "name": name,
                "vendor": VENDOR.label(vendor) if vendor else _("software not known"),
                "codes": format_list(sorted(set(codes))),
                "rows": format_rows(sum(row.rows_count for row in own)),
            }
            template = (
                ngettext(
                    "{name}: {vendor}, threshold {codes} ({rows}).",
                    "{name}: {vendor}, thresholds {codes} ({rows}).",
                    len(set(codes)),
                )
                if codes
                else _("{name}: {vendor}, no threshold published ({rows}).")
            )
            sentences.append(template.format(**words))
    return sentences


def describe_pair(pair: Pair) -> tuple[str, str]:
    """`Essex comparisons Metropolitan Police`, and how many times as much with its interval,
    or why nobody can say."""
    names = _("{second} over {first}").format(second=pair.second.name, first=pair.first.name)
    if pair.different_software:
        return names, _(
            "Refused: the software is of different vendors. A threshold of one is not a threshold "
            "of the other, so the alerts are not of one kind."
        )
    if pair.ratio is None:
        return names, _("No ratio. {why}").format(why=pair.reason)
    if pair.ratio.ratio is None or pair.ratio.ratio_high is None:
        return names, _("Too little was seen for a ratio.")
    if pair.ratio.ratio == 0:
        return names, _("None seen at {name}: below {high} times as much (95%)").format(
            name=pair.second.name, high=format_number(pair.ratio.ratio_high)
        )
    text = _("{ratio} times as much (95% interval {low} to {high})").format(
        ratio=format_number(pair.ratio.ratio),
        low=format_number(pair.ratio.ratio_low),
        high=format_number(pair.ratio.ratio_high),
    )
    if pair.ratio.ratio_low <= 1 <= pair.ratio.ratio_high:
        text += _("; this does not tell them apart")
    return names, text
