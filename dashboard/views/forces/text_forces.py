"""What is said of all forces and of forces side by side, from the answers about them.

In: lines, Estimates and funnels of `dashboard.views.forces.query_forces`. Out: plain sentences and rows of tables.
Does not draw, does not compute, and says of no force that it is better.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.queries.rates import PER_FACE_SEEN, Interval
from dashboard.text.language import _, ngettext
from dashboard.text.numbers import (
    say_count,
    say_date,
    say_estimate,
    say_fraction,
    say_list,
    say_number,
    say_per_million_faces,
    say_period,
    say_rows,
    say_share,
    say_short_period,
    say_when,
)
from dashboard.views.forces.query_forces import ForceLine, Pair, SideBySide
from etl.measures.catalogue import MEASURES
from etl.measures.publishing import PUBLISHING_STATUS, USERS, ForcePublishing
from etl.model.codes import LFR_USE, PUBLISHING_FORM, VENDOR
from etl.model.coverage import LfrUse
from etl.model.estimates import Estimate
from etl.model.force_profiles import ForceSetting


def say_use(use: LfrUse | None) -> str:
    """`Uses it, since 22 August 2024.`; of what is over, from when to when; of what is only said, in when it was said."""
    if use is None:
        return _("Nothing is known of its use.")
    words = {
        "use": _(LFR_USE.label(use.status_code)),
        "since": say_when(use.since_text),
        "until": say_when(use.until_text),
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
    return _("{use}, since {since}.").format(**words)  # fmt: skip


def say_forms(one: ForcePublishing) -> str:
    """`Table in a PDF since 11 February 2026; report 2024 to 2025`: the forms in use first."""
    said = []
    for form in one.forms:
        own = form.publishing
        if own.form_code == "none":
            continue
        words = {
            "form": _(PUBLISHING_FORM.label(own.form_code)),
            "since": say_when(own.since_text),
            "until": say_when(own.until_text),
        }
        template = _("{form}, {since} to {until}") if own.until_text else _("{form}, since {since}")
        said.append(template.format(**words))
    return "; ".join(said)  # fmt: skip


def say_lines_title(lines: Sequence[ForceLine]) -> str:
    """How many use it, and how many of these publish what came of it."""
    users = [one for one in lines if any(use.status_code in USERS for use in one.publishing.uses)]
    results = sum(one.publishing.status == "results" for one in users)
    said = ngettext(
        "{users} of {count} body is known to have used it; {results} publish any result",
        "{users} of {count} forces and bodies are known to have used it; {results} publish any result",
        len(lines),
    )
    return said.format(users=len(users), count=len(lines), results=results)


def say_kept(line: ForceLine) -> tuple[str, str]:
    """How many rows of a force are in the record, and up to which day; never a zero for what was not published."""
    if not line.rows_count:
        used = any(use.status_code in USERS for use in line.publishing.uses)
        if line.publishing.status == "results":
            return _("[x] its results are not in the record"), ""
        return (_("[x] none published that we found") if used else _("[z] no known use"), "")
    return say_rows(line.rows_count), _("up to {day}").format(day=say_date(line.last_day))


def say_completeness(line: ForceLine) -> tuple[str, str]:
    """The share of the values of a standard return that the rows have, with both counts."""
    if line.gaps is None or line.gaps.share is None:
        return "[z]", ""
    counts = _("{count} of {whole} values").format(count=say_count(line.gaps.published_count), whole=say_count(line.gaps.expected_count))  # fmt: skip
    return say_share(line.gaps.share), counts


def say_covered(line: ForceLine) -> str:
    """The last day of which every deployment is told in the record."""
    if line.covered_until is not None:
        return say_date(line.covered_until)
    if line.rows_count:
        return _("[x] single deployments only")
    return "[x]" if line.publishing.status != "no_known_use" else "[z]"


def say_status(one: ForcePublishing) -> str:
    """`Publishes results`."""
    said = _(PUBLISHING_STATUS.label(one.status))
    return said[:1].upper() + said[1:]


def label_sides(intervals: Sequence[Interval]) -> list[tuple[str, str]]:
    """Name with its period, and the value with its interval and both counts."""
    found = []
    for one in intervals:
        own = one.estimate
        name = _("{name}, {period}").format(
            name=one.name, period=say_period(own.period_start, own.period_end)
        )
        found.append(
            (name, _("{value} – {fraction}").format(value=say_value(own), fraction=say_fraction(own)))
        )
    return found  # fmt: skip


def say_value(estimate: Estimate) -> str:
    """An Estimate in the scale in which it is drawn."""
    return say_per_million_faces(estimate) if estimate.measure_id == PER_FACE_SEEN else say_estimate(estimate)


def say_sides_title(sides: SideBySide, measure_id: str) -> str:
    """The two with most to count: `False share of alerts: Metropolitan Police 59 of 4,694 (Feb 2020 – Apr 2026); …`."""
    most = sorted(sides.intervals, key=lambda one: -(one.estimate.denominator or 0))[:2]
    said = [
        _("{name} {fraction} ({period})").format(
            name=one.name,
            fraction=say_fraction(one.estimate),
            period=say_short_period(one.estimate.period_start, one.estimate.period_end),
        )
        for one in sides.intervals
        if one in most
    ]
    return _("{measure}: {values}").format(measure=_(MEASURES[measure_id].title), values="; ".join(said))  # fmt: skip


def say_sides_alt(sides: SideBySide, measure_id: str) -> str:
    """What the dots show, row by row."""
    line = _("{name}: {value}")
    rows = "; ".join(line.format(name=name, value=value) for name, value in label_sides(sides.intervals))
    said = _("Dots with 95% intervals on one axis: {measure}. {rows}. All values are in the table.")
    return said.format(measure=_(MEASURES[measure_id].title), rows=rows)


def list_sides(intervals: Sequence[Interval]) -> list[tuple[str, ...]]:
    """The rows of the table behind the dots."""
    used = _("{count} of {whole}")
    return [
        (
            one.name,
            say_period(one.estimate.period_start, one.estimate.period_end),
            say_count(one.estimate.numerator or 0),
            say_number(one.estimate.denominator or 0),
            used.format(count=say_count(one.estimate.used_count), whole=say_count(one.estimate.rows_count)),
            say_value(one.estimate),
        )
        for one in intervals
    ]


def say_not_shown(sides: SideBySide) -> str:
    """Which of the forces are not on the axis, and why; empty if all are."""
    said = []
    if sides.lacking:
        said.append(
            ngettext(
                "Not drawn: {names}, whose rows lack one of the two numbers.",
                "Not drawn: {names}, whose rows lack one of the two numbers.",
                len(sides.lacking),
            ).format(names=say_list(sides.lacking))
        )
    if sides.silent:
        words = _("Not drawn: {names}, of whom the record has no row. That is not a zero.")
        said.append(words.format(names=say_list(sides.silent)))
    return " ".join(said)


def say_software(settings: Sequence[tuple[str, tuple[ForceSetting, ...]]]) -> list[str]:
    """Whose software at which thresholds, force by force; and that thresholds of different vendors do not compare."""
    said = []
    for name, rows in settings:
        for vendor in dict.fromkeys(row.vendor_code for row in rows):
            own = [row for row in rows if row.vendor_code == vendor]
            codes = [row.code for row in own if row.code is not None]
            words = {
                "name": name,
                "vendor": VENDOR.label(vendor) if vendor else _("software not known"),
                "codes": say_list(sorted(set(codes))),
                "rows": say_rows(sum(row.rows_count for row in own)),
            }
            template = (
                ngettext(
                    "{name}: {vendor}, threshold {codes} ({rows}).",
                    "{name}: {vendor}, thresholds {codes} ({rows}).",
                    len(set(codes)),
                )
                if codes
                else _("{name}: {vendor}, no threshold in the rows ({rows}).")
            )
            said.append(template.format(**words))
    return said  # fmt: skip


def say_pair(pair: Pair) -> tuple[str, str]:
    """`Essex beside Metropolitan Police`, and how many times as much with its interval, or why nobody can say."""
    names = _("{second} over {first}").format(second=pair.second.name, first=pair.first.name)
    if pair.different_software:
        return names, _(
            "Refused: the software is of different vendors. A threshold of one is not a threshold of the other, so the alerts are not of one kind."
        )
    if pair.ratio is None:
        return names, _("No ratio. {why}").format(why=pair.reason)
    if pair.ratio.ratio is None or pair.ratio.ratio_high is None:
        return names, _("Too little was seen for a ratio.")
    if pair.ratio.ratio == 0:
        return names, _("None seen at {name}: below {high} times as much (95%)").format(
            name=pair.second.name, high=say_number(pair.ratio.ratio_high)
        )
    said = _("{ratio} times as much (95% interval {low} to {high})").format(
        ratio=say_number(pair.ratio.ratio), low=say_number(pair.ratio.ratio_low), high=say_number(pair.ratio.ratio_high)
    )  # fmt: skip
    if pair.ratio.ratio_low <= 1 <= pair.ratio.ratio_high:
        said += _("; this does not tell them apart")
    return names, said
