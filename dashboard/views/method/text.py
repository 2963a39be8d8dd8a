"""The method in words, with the record's own figures as examples.

In: worked examples and measures. Out: plain text. Does not compute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dashboard.components.about import name_field
from dashboard.components.source_note import describe_update
from dashboard.components.tables import Markup
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import link, printed, with_details, write_translated
from dashboard.text.declared import read_texts
from dashboard.text.language import _, ngettext
from dashboard.text.language import mark as N_
from dashboard.text.numbers import (
    format_count,
    format_date,
    format_estimate,
    format_fraction,
    format_list,
    format_number,
    format_one_in,
    format_one_in_faces,
    format_per_million_faces,
    format_period,
    format_share,
    format_share_of_alerts,
)
from dashboard.views.method.query import Examples, Provenance, Software
from etl.measures.catalogue import (
    CATALOGUE,
    GROUPING_FIELDS,
    GROUPINGS,
    INTERVALS,
    RESIDENTS,
    Measure,
)
from etl.measures.groups.benchmarks import DECLARED
from etl.measures.worked_intervals import WorkedInterval
from etl.model.codes import BREAK_EFFECT, STAGE, VALUE_STATUS, VENDOR, CodeList
from etl.model.reference import Break

_TEXTS = read_texts(__file__)
# Kinds of measures in the order of the page; the heading of each.
KINDS = _TEXTS.by_code("kinds")
INTERVAL_NAMES = _TEXTS.by_code("interval_names")
GROUPING_NAMES = _TEXTS.by_code("grouping_names")
_EFFORT = N_(
    "Exact intervals cover chance only. They do not cover publishers’ estimates, misprints, or "
    "what is not published."
)


def list_intervals() -> list[tuple[str, str]]:
    """Each kind of measure with its interval, in the words of the catalogue."""
    return [(_(INTERVAL_NAMES[kind]), _(interval)) for kind, interval in INTERVALS.items()]


def describe_scale_words(measure: Measure) -> str:
    """`1,000 times the numerator over the denominator`; empty where there is nothing to scale."""
    if measure.scale != 1:
        return _("times {scale}").format(scale=format_count(measure.scale))
    if measure.denominator is None:
        return _("in hours: minutes over 60") if measure.per != 1 else ""
    return _("minutes are turned into hours") if measure.per != 1 else ""


def describe_smallest(measure: Measure) -> str:
    """From which counts on it is shown."""
    if measure.denominator is None:
        return _("always, with how many entries give no number")
    if measure.smallest_numerator:
        return ngettext(
            "from {count} event on; before that the counts alone",
            "from {count} events on; before that the counts alone",
            measure.smallest_numerator,
        ).format(count=format_count(measure.smallest_numerator))
    if measure.smallest_denominator > 1:
        return _("from a denominator of {count} on; before that the counts alone").format(
            count=format_count(measure.smallest_denominator)
        )
    return _("from a denominator of 1; fewer than 20 events are marked as uncertain")


def describe_groupings(measure: Measure) -> str:
    """What it may be given by."""
    if measure.groupings == GROUPINGS:
        return _("anything that the figures are grouped by")
    return format_list([_(GROUPING_NAMES[name]) for name in measure.groupings])


def describe_all_groupings() -> str:
    """Everything that a measure of deployments may be given by."""
    return format_list(
        [_(GROUPING_NAMES[name]) for name in dict.fromkeys(GROUPING_FIELDS.values())]
    )


def format_counted(measure: Measure, meaning: str) -> str:
    """What the numerator is; of a count by group, the stage that is counted."""
    if measure.stage_code and measure.stage_code in STAGE:
        return _("{meaning} Here: {stage}.").format(
            meaning=meaning, stage=_(STAGE.label(measure.stage_code))
        )
    return meaning


def list_two_rates(examples: Examples) -> list[tuple[str, str, str, str]]:
    """The same false alerts by both denominators: name, fraction, value,
    per million or per cent."""
    per_face, of_alerts = examples.per_face, examples.of_alerts
    return [
        (
            _(CATALOGUE[per_face.measure_id].title),
            format_fraction(per_face, _("{count} of {whole} faces seen")),
            format_one_in_faces(per_face),
            format_per_million_faces(per_face),
        ),
        (
            _(CATALOGUE[of_alerts.measure_id].title),
            format_fraction(of_alerts, _("{count} of {whole} alerts")),
            format_share_of_alerts(of_alerts),
            _("{value} alerts").format(value=format_one_in(of_alerts.value))
            if of_alerts.value
            else "[z]",
        ),
    ]


def describe_example(examples: Examples) -> str:
    """What the example is."""
    return _("{force}, {period}").format(
        force=_(examples.force_name),
        period=format_period(examples.of_alerts.period_start, examples.of_alerts.period_end),
    )


def describe_worked_share(worked: WorkedInterval) -> list[str]:
    """The exact interval of a share, by what its limits mean."""
    estimate = worked.estimate
    words = {
        "count": format_count(worked.events),
        "whole": format_count(estimate.denominator or 0),
        "value": format_share(estimate.value or 0.0),
        "low": format_share(estimate.low or 0.0),
        "high": format_share(estimate.high or 0.0),
        "above": format_share(worked.chance_at_low or 0.0),
        "below": format_share(worked.chance_at_high),
    }
    return [
        _(
            "{count} of {whole} alerts were false: {value}. Another year under the same "
            "conditions would give another count by chance."
        ).format(**words),
        _(
            "If the true share were {low}, {count} or more false alerts would come up in {above} "
            "of such years."
        ).format(**words),
        _("If it were {high}, {count} or fewer would come up in {below} of them.").format(**words),
        _(
            "Everything between {low} and {high} is therefore compatible with the count. That is"
            " the 95% interval."
        ).format(**words),
    ]


def describe_worked_rate(worked: WorkedInterval) -> str:
    """The same for a count over an exposure."""
    template = _(
        "A rate is treated in the same way: {title}, {value}, from {count} in {exposure} hours. "
        "At each limit a count as far away as this has a chance of {below}."
    )
    return template.format(
        title=_(CATALOGUE[worked.estimate.measure_id].title).lower(),
        value=format_estimate(worked.estimate),
        count=format_count(worked.events),
        exposure=format_number(worked.estimate.denominator or 0),
        below=format_share(worked.chance_at_high),
    )


def describe_worked_zero(worked: WorkedInterval, name: str) -> str:
    """Why none seen is a bound and not a zero."""
    estimate = worked.estimate
    template = _(
        "None seen is not zero. {name}: {fraction} were false. If the true share were {high}, "
        "none would still come up {below} of the time, so this says: {value}."
    )
    return template.format(
        name=name,
        fraction=format_fraction(estimate, _("{count} of {whole} alerts")),
        high=format_share(estimate.high or 0.0),
        below=format_share(worked.chance_at_high),
        value=format_estimate(estimate),
    )


def list_worked(examples: Examples) -> list[str]:
    """The intervals of the example by what they mean, and what no interval covers."""
    sentences = describe_worked_share(examples.worked_share) if examples.worked_share else []
    if examples.worked_rate:
        sentences.append(describe_worked_rate(examples.worked_rate))
    if examples.none_seen:
        sentences.append(describe_worked_zero(examples.none_seen, examples.none_seen_name))
    return [*sentences, _(_EFFORT)]


def list_provenance(context: PageContext, provenance: Provenance) -> list[tuple[str, str]]:
    """The steps of a printed number on its way to a page."""
    publication, edition = provenance.publication, provenance.edition
    row, count = provenance.deployment, provenance.count
    fingerprint = _("Fingerprint (SHA-256) {start}….").format(start=edition.file_sha256[:16])
    retrieved = describe_update(context, (edition.publication_id,))
    named = link(publication.url, publication.title)
    return [
        (_("Publication"), Markup(f"{named}, {printed(publication.publisher)}")),
        (
            _("File"),
            with_details(link(edition.url, edition.title), f"{fingerprint} {retrieved}"),
        ),
        (
            _("Place in the file"),
            _("page {page}, row {row}").format(page=row.page, row=row.row),
        ),
        (
            _("Row"),
            Markup("{}, {}, {}").format(
                _(row.force_name), format_date(row.date), printed(row.location_text)
            ),
        ),
        (_("Published for alerts"), Markup(f"“{printed(count.printed_text)}”")),
        (_("Used for alerts"), "[x]" if count.value is None else format_count(count.value)),
        (_("Status"), _(VALUE_STATUS.label(count.value_status))),
        (
            _("Added up"),
            _("yes") if row.counted else _("no: kept, but another publication counts"),
        ),
    ]


def list_breaks(breaks: Sequence[Break], names: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Declared breaks, each with its evidence."""
    return [
        (
            format_date(break_.first_date),
            names.get(break_.force_id, break_.force_id),
            break_.field.replace("_", " "),
            _(BREAK_EFFECT.label(break_.effect_code)),
            with_details(write_translated(break_.meaning), printed(break_.evidence)),
        )
        for break_ in breaks
    ]


def list_codes(codes: CodeList) -> list[tuple[str, str]]:
    """The entries of a code list with their meanings."""
    labels = [_(entry.label) for entry in codes.entries]
    return [
        (f"{label[:1].upper()}{label[1:]}", _(entry.meaning))
        for label, entry in zip(labels, codes.entries, strict=True)
    ]


def list_benchmarks() -> list[tuple[str, str, str]]:
    """The benchmarks of a group's share, best first."""
    return [
        (_(benchmark.title), _(benchmark.can_show), _(benchmark.cannot_show))
        for benchmark in DECLARED
    ]


def group_measures() -> dict[str, list[Measure]]:
    """Measures by the heading of their kind, in the order of the page."""
    return {
        heading: [measure for measure in CATALOGUE.values() if KINDS[measure.kind] == heading]
        for heading in KINDS.values()
    }


def list_terms(measure: Measure) -> Iterator[tuple[str, str]]:
    """How a measure is computed, and what limits it."""
    yield _("What is measured"), format_counted(measure, name_field(measure, measure.numerator))
    if measure.denominator == RESIDENTS:
        yield _("Divided by"), _("Usual residents of the area, at the census.")
    elif measure.denominator:
        yield _("Divided by"), name_field(measure, measure.denominator)
    if scale := describe_scale_words(measure):
        yield _("Scale"), scale
    yield _("Unit"), _(measure.unit)
    yield _("Interval"), _(measure.interval)
    yield _("Shown"), describe_smallest(measure)
    if measure.groupings != GROUPINGS:
        yield _("Given by"), describe_groupings(measure)


def list_software(software: Sequence[Software]) -> list[tuple[str, str, str]]:
    """Vendor, forces with the thresholds that they printed, forces that printed none."""
    line = _("{name} {thresholds}")
    return [
        (
            _(VENDOR.label(each_software.vendor_code))
            if each_software.vendor_code
            else _("Software not known"),
            "; ".join(
                line.format(name=own.name, thresholds=format_list(own.codes))
                for own in each_software.forces
                if own.codes
            )
            or _("[x] none printed"),
            format_list([own.name for own in each_software.forces if not own.codes]),
        )
        for each_software in software
    ]


def describe_no_comparison(software: Sequence[Software]) -> str:
    """An example of two forces whose thresholds do not compare;
    empty where all software is of one vendor."""
    known = [each_software for each_software in software if each_software.vendor_code]
    if len(known) < 2:
        return ""
    template = _(
        "The thresholds of {first} and {second} do not compare: the software of the first is "
        "{vendor}, that of the second {other}."
    )
    first, second = known[0], known[1]
    return template.format(
        first=first.forces[0].name,
        second=second.forces[0].name,
        vendor=_(VENDOR.label(str(first.vendor_code))),
        other=_(VENDOR.label(str(second.vendor_code))),
    )
