"""What is published about groups of people, and a group's share beside each benchmark.

In: `Answers`, a `Selection`. Out: dataclasses of `etl.model.demographics` in the order a page shows them.
Does not compute: shares, intervals and verdicts are those of `etl.queries.record`. Words only what may be chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.selection.selection import Choices, Period, Selection
from dashboard.text.language import _
from etl.measures.groups.benchmarks import DECLARED
from etl.measures.publishing import ForcePublishing
from etl.model.claim_measures import CLAIM_REASON
from etl.model.codes import STAGE
from etl.model.demographics import Benchmark, DisparityAnswer, GroupDisparity
from etl.model.groups import CLASSIFICATIONS
from etl.queries.record import Answers

STAGES = ("alerts", "true_alerts", "false_alerts", "arrests")
USUAL_LIST = "self_defined_5"
# Fields of a publication that say something about groups.
GROUP_FIELDS = ("demographics", "watchlist_composition")
# Attributes by which a claim is about people; others are reasons, offences or events.
_ATTRIBUTES = ("ethnicity", "sex", "age", "ethnicity x sex", "area")


@dataclass(frozen=True, slots=True)
class Beside:
    """A benchmark, and how the group's share compares with it, or why it does not."""

    benchmark: Benchmark
    answer: DisparityAnswer

    @property
    def share(self) -> float | None:
        """The share to set beside the events: of the two groups only, where two are compared."""
        return (
            self.answer.disparity.benchmark_share if self.answer.disparity else (self.benchmark.share or None)
        )


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """A group's published share with every benchmark, best first; `main` is the one that was chosen.

    Without a published count, or where it is not given, `code` and `reason` say why.
    """

    force_id: str
    stage_code: str
    group: str
    classification_code: str
    beside: tuple[Beside, ...]
    main: GroupDisparity | None
    code: str = ""
    reason: str = ""

    @property
    def any(self) -> GroupDisparity | None:
        """The chosen comparison, else the first there is: the count and its interval are the same in all."""
        return self.main or next((one.answer.disparity for one in self.beside if one.answer.disparity), None)


def list_group_choices() -> Choices:
    """Groups, what was counted, lists of groups and benchmarks that a reader may choose."""
    groups = _list_groups()
    return {
        "group": groups,
        "stage": {code: _(STAGE.label(code)) for code in STAGES},
        "list": {code: _(one.title) for code, one in CLASSIFICATIONS.items()},
        "reference": groups,
        "benchmark": {one.benchmark_id: _(one.title) for one in DECLARED},
    }


def list_groups_of(classification_code: str, *chosen: str) -> Mapping[str, str]:
    """The groups of one list, and those that are chosen already."""
    listed = CLASSIFICATIONS[classification_code]
    known = [code for code in listed.groups if code not in listed.unknown]
    every = _list_groups()
    return {code: every[code] for code in dict.fromkeys((*known, *filter(None, chosen)))}


def ask_counts(answers: Answers) -> list[dict[str, Any]]:
    """Every count by group in the record, with `stated`: where it is stated, down to the row of the file.

    In the order of forces, periods, stages and lists.
    """
    stated = _list_statements(answers)
    found = [{**one, "stated": stated[one["claim_id"] or one["returned_count_id"]]} for one in answers.rows("group_counts")]  # fmt: skip
    order = ("force_id", "period_start", "period_end", "stage_code", "classification_code")
    return sorted(found, key=lambda one: tuple(one[name] for name in order))


def ask_statements(answers: Answers, source_ids: Iterable[str]) -> list[dict[str, Any]]:
    """Where the counts with these sources are stated, each place once."""
    stated, found = _list_statements(answers), {}
    for source_id in source_ids:
        if one := stated.get(source_id):
            found[one["publication_id"], one["source_title"]] = one
    return list(found.values())


def _list_statements(answers: Answers) -> dict[str, dict[str, Any]]:
    """The claims by id, and the counts by group of returns as if each were one: publication, edition, page, row, title."""
    found = {one["claim_id"]: one for one in answers.rows("claims")}
    editions = {one["edition_id"]: one for one in answers.rows("editions")}
    publications = {one["publication_id"]: one for one in answers.rows("publications")}
    for one in answers.rows("returned_counts"):
        publication = publications[one["publication_id"]]
        found[one["returned_count_id"]] = {
            **one,
            "source_title": publication["title"],
            "source_url": editions[one["edition_id"]]["url"],
            "reliability": publication["reliability"],
        }
    return found


def ask_group_claims(answers: Answers) -> list[tuple[dict[str, Any], str]]:
    """Claims about people by an attribute that no row can be set beside, with the reason; those of the counts left out."""
    claims = {one["claim_id"]: one for one in answers.rows("claims")}
    counted = {one["claim_id"] for one in answers.rows("group_counts") if one["claim_id"]}
    return [
        (claims[one["claim_id"]], one["reason_text"] or CLAIM_REASON.entry("group").meaning)
        for one in answers.rows("claim_measures", {"reason_code": ["group"]})
        if one["claim_id"] not in counted and claims[one["claim_id"]]["group_dimension"] in _ATTRIBUTES
    ]


def ask_publishers(answers: Answers) -> list[ForcePublishing]:
    """Forces with a form of publication that prints results, by name."""
    found = [one for one in answers.publishing().forces if one.status == "results"]
    return sorted(found, key=lambda one: _(one.force_name))


def count_forms(publishers: Sequence[ForcePublishing], counts: Iterable[Mapping[str, Any]] = ()) -> Counter[str]:  # fmt: skip
    """How many forces publish any figure by group: the most that any of a force's publications does, a return among them."""
    order = ("yes", "partly", "unknown", "no")
    printed = {one.force_id: min((form.of(GROUP_FIELDS[0]) for form in one.forms), key=order.index) for one in publishers}  # fmt: skip
    returned = {one["force_id"] for one in counts if one["returned_count_id"]}
    return Counter((printed | dict.fromkeys(returned, "yes")).values())


def ask_figure(answers: Answers, chosen: Selection) -> GroupFigure | None:
    """The group's share with every benchmark; None if no count by group is in the record and nothing is chosen."""
    asked = _read_choice(answers, chosen)
    if asked is None:
        return None
    force_id, stage_code, group, listed = asked
    period = chosen.period if any(chosen.period) else _find_newest(answers, asked)
    found = {
        one.benchmark_id: answers.disparity(
            stage_code,
            group,
            force=force_id,
            benchmark=one.benchmark_id,
            reference_group=chosen.reference or None,
            classification=listed,
            period=period,
        )
        for one in DECLARED
    }
    main = found[chosen.benchmark]
    told = main.disparity or next((one.disparity for one in found.values() if one.disparity), None)
    # The benchmark covers the days of the count, and of the whole selection where there is none.
    days: Period = (told.period_start, told.period_end) if told else period
    listed_as = answers.benchmarks(group, force=force_id, classification=listed, period=days)
    refusal = listed_as.refusal or (None if told else main.refusal)
    if told is None and refusal is None:
        refusal = main.refusal
    return GroupFigure(
        force_id,
        stage_code,
        group,
        listed,
        tuple(Beside(one, found[one.benchmark_id]) for one in listed_as.benchmarks),
        main.disparity,
        refusal.code if refusal else "",
        refusal.reason if refusal else "",
    )


def _find_newest(answers: Answers, asked: tuple[str, str, str, str]) -> Period:
    """The days of the newest count that answers, because counts of several periods are not added up."""
    names = ("force_id", "stage_code", "group_code", "classification_code")
    days = [
        (one["period_start"], one["period_end"])
        for one in answers.rows("group_counts")
        if tuple(one[name] for name in names) == asked
    ]
    return max(days, key=lambda one: (one[1], one[0]), default=(None, None))


def _read_choice(answers: Answers, chosen: Selection) -> tuple[str, str, str, str] | None:
    """Force, stage, group and list: as chosen, and for the rest those of the first published count that fits, if one is shown."""
    counts = answers.rows("group_counts")
    fitting = [
        one
        for one in counts
        if chosen.force_id in (None, one["force_id"])
        and one["stage_code"] == chosen.stage
        and chosen.listed in ("", one["classification_code"])
    ]
    shown = [one for one in fitting if one["group_count"] is not None]
    first = next(iter(shown or fitting or counts), None)
    force_id = chosen.force_id or (first["force_id"] if first else None)
    if force_id is None:
        return None
    listed = chosen.listed or (first["classification_code"] if first else USUAL_LIST)
    if not chosen.listed and chosen.group and chosen.group not in CLASSIFICATIONS[listed].groups:
        listed = next(code for code, one in CLASSIFICATIONS.items() if chosen.group in one.groups)
    if first and first["classification_code"] == listed:
        usual = first["group_code"]
    else:
        usual = next(iter(CLASSIFICATIONS[listed].groups))
    return force_id, chosen.stage, chosen.group or usual, listed


def _list_groups() -> dict[str, str]:
    """The groups of every list by code, those of unknown group left out; a code of several lists has one name."""
    return {
        code: _(listed.groups.label(code))
        for listed in CLASSIFICATIONS.values()
        for code in listed.groups
        if code not in listed.unknown
    }
