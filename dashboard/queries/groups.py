"""What is published about groups of people, and a group's share beside each benchmark.

In: `Record`, a `Selection`. Out: dataclasses of `etl.model.demographics` in the order a page shows
them. Does not compute: shares, intervals and verdicts are those of `etl.queries.record`. Words only
what may be chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from dashboard.selection.selection import Choices, Selection
from dashboard.text.language import _
from etl.measures.groups.benchmarks import DECLARED
from etl.measures.publishing import ForcePublishing
from etl.model.claim_measures import CLAIM_REASON, ClaimMeasure
from etl.model.codes import STAGE
from etl.model.demographics import Benchmark, DisparityAnswer, GroupDisparity
from etl.model.fields import values_of
from etl.model.group_records import GroupCount
from etl.model.groups import CLASSIFICATIONS
from etl.model.queries import Period
from etl.model.records import Claim
from etl.model.reference import Edition, Publication
from etl.model.return_records import ReturnedCount
from etl.queries.record import Record

STAGES = ("alerts", "true_alerts", "false_alerts", "arrests")
USUAL_LIST = "self_defined_5"
# Fields of a publication that say something about groups.
GROUP_FIELDS = ("demographics", "watchlist_composition")
# Attributes by which a claim is about people; others are reasons, offences or events.
_ATTRIBUTES = ("ethnicity", "sex", "age", "ethnicity x sex", "area")


@dataclass(frozen=True, slots=True)
class BenchmarkComparison:
    """A benchmark, and how the group's share compares with it, or why it does not."""

    benchmark: Benchmark
    answer: DisparityAnswer

    @property
    def share(self) -> float | None:
        """The share to compare the events with: of the two groups only, where two are compared."""
        return (
            self.answer.disparity.benchmark_share
            if self.answer.disparity
            else (self.benchmark.share or None)
        )


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """A group's published share with every benchmark, best first; `main` is the one that was
    chosen.

    Without a published count, or where it is not given, `code` and `reason` say why."""

    force_id: str
    stage_code: str
    group: str
    classification_code: str
    comparisons: tuple[BenchmarkComparison, ...]
    main: GroupDisparity | None
    code: str = ""
    reason: str = ""

    @property
    def any(self) -> GroupDisparity | None:
        """The chosen comparison, else the first there is:
        the count and its interval are the same in all."""
        return self.main or next(
            (
                comparison.answer.disparity
                for comparison in self.comparisons
                if comparison.answer.disparity
            ),
            None,
        )


def list_group_choices() -> Choices:
    """Groups, what was counted, lists of groups and benchmarks that a reader may choose."""
    groups = _list_groups()
    return {
        "group": groups,
        "stage": {code: _(STAGE.label(code)) for code in STAGES},
        "list": {code: _(classification.title) for code, classification in CLASSIFICATIONS.items()},
        "reference": groups,
        "benchmark": {benchmark.benchmark_id: _(benchmark.title) for benchmark in DECLARED},
    }


def list_groups_of(classification_code: str, *selection: str) -> Mapping[str, str]:
    """The groups of one list, and the chosen ones."""
    listed = CLASSIFICATIONS[classification_code]
    known = [code for code in listed.groups if code not in listed.unknown]
    every = _list_groups()
    return {code: every[code] for code in dict.fromkeys((*known, *filter(None, selection)))}


@dataclass(frozen=True, slots=True)
class Statement:
    """Where something is stated, down to the row of the file; `returned` if in a return, which is
    published as its cells."""

    publication_id: str
    edition_id: str
    page: int
    row: int
    source_title: str
    source_url: str | None
    reliability: str
    returned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedCount(GroupCount):
    """A count by group and where it is stated."""

    stated: Statement


def get_counts(record: Record) -> list[StatedCount]:
    """Every count by group in the record, in the order of forces, periods, stages and lists."""
    stated = _list_statements(record)
    counts = [
        StatedCount(**values_of(count), stated=stated[count.source_id])
        for count in record.table(GroupCount)
    ]
    order = ("force_id", "period_start", "period_end", "stage_code", "classification_code")
    return sorted(counts, key=attrgetter(*order))


def get_statements(record: Record, source_ids: Iterable[str]) -> list[Statement]:
    """Where the counts with these sources are stated, each place once."""
    stated, fetched = _list_statements(record), {}
    for source_id in source_ids:
        if row := stated.get(source_id):
            fetched[row.publication_id, row.source_title] = row
    return list(fetched.values())


def state(claim: Claim) -> Statement:
    """Where a claim is stated."""
    return Statement(
        claim.publication_id,
        claim.edition_id,
        claim.page,
        claim.row,
        claim.source_title,
        claim.source_url,
        claim.reliability,
    )


def _list_statements(record: Record) -> dict[str, Statement]:
    """Claims and counts by group of returns, by id."""
    statements = {claim.claim_id: state(claim) for claim in record.table(Claim)}
    for count in record.table(ReturnedCount):
        publication = record.by_id(Publication)[count.publication_id]
        statements[count.returned_count_id] = Statement(
            count.publication_id,
            count.edition_id,
            count.page,
            count.row,
            publication.title,
            record.by_id(Edition)[count.edition_id].url,
            publication.reliability,
            returned=True,
        )
    return statements


def get_group_claims(record: Record) -> list[tuple[Claim, str]]:
    """Claims about people by an attribute that no row has, with the reason; without those of the
    counts."""
    claims = record.by_id(Claim)
    counted = {
        group_count.claim_id for group_count in record.table(GroupCount) if group_count.claim_id
    }
    return [
        (
            claims[claim_measure.claim_id],
            claim_measure.reason_text or CLAIM_REASON.entry("group").meaning,
        )
        for claim_measure in record.table(ClaimMeasure, {"reason_code": ["group"]})
        if claim_measure.claim_id not in counted
        and claims[claim_measure.claim_id].group_dimension in _ATTRIBUTES
    ]


def get_publishers(record: Record) -> list[ForcePublishing]:
    """Forces with a form of publication that prints results, by name."""
    forces = [force for force in record.publishing.describe().forces if force.status == "results"]
    return sorted(forces, key=lambda force: _(force.force_name))


def count_forms(
    publishers: Sequence[ForcePublishing], counts: Iterable[GroupCount] = ()
) -> Counter[str]:
    """How many forces publish any figure by group:
    the most that any of a force's publications does, a return among them."""
    order = ("yes", "partly", "unknown", "no")
    printed = {
        publisher.force_id: min(
            (form.of(GROUP_FIELDS[0]) for form in publisher.forms), key=order.index
        )
        for publisher in publishers
    }
    returned = {count.force_id for count in counts if count.returned_count_id}
    return Counter((printed | dict.fromkeys(returned, "yes")).values())


def get_figure(record: Record, selection: Selection) -> GroupFigure | None:
    """The group's share with every benchmark; None if no count by group is in the record and
    nothing is chosen."""
    choice = _read_choice(record, selection)
    if choice is None:
        return None
    force_id, stage_code, group, listed = choice
    period = selection.period if any(selection.period) else _find_newest(record, choice)
    disparities = {
        benchmark.benchmark_id: record.groups.disparity(
            stage_code,
            group,
            force=force_id,
            benchmark=benchmark.benchmark_id,
            reference_group=selection.reference or None,
            classification=listed,
            period=period,
        )
        for benchmark in DECLARED
    }
    main = disparities[selection.benchmark]
    disparity = main.disparity or next(
        (
            each_disparity.disparity
            for each_disparity in disparities.values()
            if each_disparity.disparity
        ),
        None,
    )
    # The benchmark covers the days of the count, and of the whole selection where there is none.
    days: Period = (disparity.period_start, disparity.period_end) if disparity else period
    listed_as = record.groups.benchmarks(group, force=force_id, classification=listed, period=days)
    refusal = listed_as.refusal or (None if disparity else main.refusal)
    if disparity is None and refusal is None:
        refusal = main.refusal
    return GroupFigure(
        force_id,
        stage_code,
        group,
        listed,
        tuple(
            BenchmarkComparison(benchmark, disparities[benchmark.benchmark_id])
            for benchmark in listed_as.benchmarks
        ),
        main.disparity,
        refusal.code if refusal else "",
        refusal.reason if refusal else "",
    )


def _find_newest(record: Record, choice: tuple[str, str, str, str]) -> Period:
    """The days of the newest count that answers, because counts of several periods are not added
    up."""
    names = ("force_id", "stage_code", "group_code", "classification_code")
    days = [
        (group_count.period_start, group_count.period_end)
        for group_count in record.table(GroupCount)
        if attrgetter(*names)(group_count) == choice
    ]
    return max(days, key=lambda day: (day[1], day[0]), default=(None, None))


def _read_choice(record: Record, selection: Selection) -> tuple[str, str, str, str] | None:
    """Force, stage, group and list: as chosen, and for the rest those of the first published count
    that fits, if one is shown."""
    counts = record.table(GroupCount)
    fitting = [
        count
        for count in counts
        if selection.force_id in (None, count.force_id)
        and count.stage_code == selection.stage
        and selection.listed in ("", count.classification_code)
    ]
    shown = [count for count in fitting if count.group_count is not None]
    first = next(iter(shown or fitting or counts), None)
    force_id = selection.force_id or (first.force_id if first else None)
    if force_id is None:
        return None
    listed = selection.listed or (first.classification_code if first else USUAL_LIST)
    if (
        not selection.listed
        and selection.group
        and selection.group not in CLASSIFICATIONS[listed].groups
    ):
        listed = next(
            code
            for code, classification in CLASSIFICATIONS.items()
            if selection.group in classification.groups
        )
    if first and first.classification_code == listed:
        usual = first.group_code
    else:
        usual = next(iter(CLASSIFICATIONS[listed].groups))
    return force_id, selection.stage, selection.group or usual, listed


def _list_groups() -> dict[str, str]:
    """The groups of every list by code, those of unknown group left out;
    a code of several lists has one name."""
    return {
        code: _(listed.groups.label(code))
        for listed in CLASSIFICATIONS.values()
        for code in listed.groups
        if code not in listed.unknown
    }
