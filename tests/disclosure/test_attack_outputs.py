"""Every public door together, over two releases with small counts that nobody printed:
what a reader makes of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from etl.disclosure.group_tables import hide_counts
from etl.measures.catalogue import GROUP_MEASURES
from etl.model.group_records import GroupCount
from etl.model.groups import CLASSIFICATIONS
from etl.pipeline.build import hash_inputs, protect_groups
from etl.queries.record import Record
from etl.warehouse.build import FILE_NAME
from etl.warehouse.read import open_warehouse
from tests.disclosure.attacker import Attacker
from tests.disclosure.people_tables import CrossTable, Dimension, Key, ProtectedTable
from tests.measures.groups.sample_groups import (
    CROSSWALKS,
    YEAR,
    build_history,
    claim,
    group_count,
    new_counts,
)

pytestmark = pytest.mark.slow

CLAIMS = [claim("c_1"), claim("c_2")]
# Of 2025: false alerts and all alerts by what an officer saw,
# false alerts and arrests by sex and by age.
SEEN = {"ic1": 21, "ic2": 2, "ic3": 16, "ic4": 3, "ic5": 12, "ic6": 0, "ic9": 6}
ALERTS = {"ic1": 60, "ic2": 9, "ic3": 40, "ic4": 11, "ic5": 30, "ic6": 1, "ic9": 9}
SEX = {"female": 1, "male": 59, "not_stated": 0}
# Nobody could be singled out: shown whole.
ENGAGED = {"ic1": 21, "ic2": 6, "ic3": 16, "ic4": 7, "ic5": 12, "ic6": 0, "ic9": 6}
ARRESTS = {"female": 2, "male": 7919, "not_stated": 0}
AGES = (
    "aged_0_to_9",
    "aged_10_to_17",
    "aged_18_to_24",
    "aged_25_to_34",
    "aged_35_to_44",
    "aged_45_to_54",
    "aged_55_to_64",
    "aged_65_and_over",
    "not_stated",
)


def truth(*, more: int = 0) -> list[GroupCount]:
    """All counts; with `more` events about one group. One of true alerts is printed, and small."""
    return [
        *new_counts("officer_perceived_ic", "false_alerts", SEEN | {"ic3": 16 + more}),
        *new_counts("officer_perceived_ic", "alerts", ALERTS | {"ic3": 40 + more}),
        *new_counts("sex", "false_alerts", SEX | {"male": 59 + more}),
        *new_counts("sex", "arrests", ARRESTS),
        *new_counts(
            "age_band_8",
            "no_action",
            dict(zip(AGES, (0, 7, 30, 25, 11, 40, 8, 6, 12), strict=True)),
        ),
        group_count("ic3", 2, 9, stage_code="other_disposals"),
        *new_counts("officer_perceived_ic", "engagements_after_false_alerts", ENGAGED),
    ]


@dataclasses.dataclass(frozen=True)
class Public:
    """What a reader has of one release, and the truth that they want."""

    record: Record
    file: Path
    tables: list[ProtectedTable]
    counts: list[GroupCount]


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> list[Public]:
    """Two successive releases; one more event lies between them."""
    home = tmp_path_factory.mktemp("releases")
    publics = []
    for name, more in (("r1", 0), ("r2", 1)):
        counts = truth(more=more)
        reference = {"group_counts": counts, "group_crosswalks": CROSSWALKS}
        shown, findings = protect_groups(reference, CLAIMS, home)
        assert findings == ()
        record = build_history(home, shown)
        tables = seen_through_all_doors(record, name)
        publics.append(Public(record, home / record.release_id / FILE_NAME, tables, counts))
    assert publics[0].file != publics[1].file
    return publics


def seen_through_all_doors(record: Record, release: str) -> list[ProtectedTable]:
    """Cross-tables of what is public only: rows, and every sum that a disparity or a benchmark
    gives."""
    known: dict[tuple[str, str], dict[Key, int | None]] = {}
    for row in record.table(GroupCount):
        cells = known.setdefault((row.stage_code, row.classification_code), {})
        cells[row.group_code,] = row.group_count
        if row.total_count is not None:
            cells["all",] = row.total_count
    sums: dict[str, dict[str, tuple[str, ...]]] = {}
    for (stage, listed), cells in known.items():
        for codes, count in get_everything(record, stage, listed):
            name = "+".join(codes)
            if len(codes) > 1:
                sums.setdefault(listed, {})[name] = codes
            assert cells.setdefault((name,), count) == count
    verdicts = ("false_alerts", "true_alerts")
    tables = []
    for (stage, listed), cells in known.items():
        members = tuple(CLASSIFICATIONS[listed].groups)
        groups = Dimension(listed, "person", members, {"all": members, **sums.get(listed, {})})  # type: ignore[dict-item]
        dimensions: tuple[Dimension, ...] = (groups,)
        if stage in ("alerts", *verdicts):
            dimensions += (Dimension("verdict", "event", verdicts, {"alerts": verdicts}),)
            cells = {(*key, stage): count for key, count in cells.items()}
        subject = "alerts" if stage in ("alerts", *verdicts) else stage
        counts = {key: count or 0 for key, count in cells.items()}
        hidden = frozenset(key for key, count in cells.items() if count is None)
        tables.append(ProtectedTable(CrossTable(release, subject, dimensions, counts), hidden))
    return tables


def get_everything(
    record: Record, stage: str, listed: str
) -> Iterable[tuple[tuple[str, ...], int]]:
    """Every count that the questions about groups give, with the groups that it adds up."""
    if f"group_share_of_{stage}" in GROUP_MEASURES:
        by = ("classification_code", "group_code")
        for estimate in record.estimate(f"group_share_of_{stage}", by=by).estimates:
            if estimate.of("classification_code") == listed and estimate.numerator is not None:
                yield (str(estimate.of("group_code")),), estimate.numerator
    against = ("classification_code", "group_code", "benchmark_id")
    for measure_id in ("disparity_ratio", "disparity_difference"):
        requested = record.estimate(measure_id, by=against, where={"stage_code": [stage]})
        assert requested.refusal is None
        for estimate in requested.estimates:
            if estimate.status == "suppressed":
                numbers = (
                    estimate.numerator,
                    estimate.denominator,
                    estimate.value,
                    estimate.low,
                    estimate.high,
                )
                assert numbers == (None,) * 5
            elif estimate.of("classification_code") == listed:
                assert estimate.numerator is not None
                yield (str(estimate.of("group_code")),), estimate.numerator
    for group in (*CLASSIFICATIONS[listed].groups, *CLASSIFICATIONS["self_defined_5"].groups):
        query: dict[str, Any] = {"force": "alpha", "classification": listed}
        for benchmark in record.groups.benchmarks(group, **query, period=YEAR).benchmarks:
            if benchmark.kind_code == "counted_share" and stage == "true_alerts":
                assert benchmark.group_people_count is not None
                yield (group,), benchmark.group_people_count
        for reference in (None, *CLASSIFICATIONS["self_defined_5"].groups):
            disparity = record.groups.disparity(
                stage, group, reference_group=reference, **query
            ).disparity
            if disparity is not None and reference is None:
                yield disparity.group_codes, disparity.group_count
                if disparity.unknown_count is not None:
                    yield tuple(CLASSIFICATIONS[listed].unknown), disparity.unknown_count
            elif disparity is not None:
                other = record.groups.disparity(stage, str(reference), **query).disparity
                assert other is not None
                yield (*disparity.group_codes, *other.group_codes), disparity.total_count


def all_new_hidden(table: ProtectedTable, counts: Sequence[GroupCount]) -> ProtectedTable:
    """What is left to a reader where nothing new is shown."""
    printed = {
        (row.classification_code, row.group_code)
        for row in counts
        if row.value_status == "published"
    }
    name = table.table.dimensions[0].name
    keys = (key for key in table.table.counts if key[0] != "all" and (name, key[0]) not in printed)
    return ProtectedTable(table.table, frozenset(keys))


def small(public: Public) -> dict[tuple[str, str, str], int]:
    """Stage, list and group of the counts that the rule hides,
    with the highest value that must stay possible."""
    result = {}
    for row in public.counts:
        child = row.group_code in CLASSIFICATIONS[row.classification_code].under_18
        most = 9 if child else 4
        if (
            row.value_status == "new"
            and (child or row.group_count)
            and (row.group_count or 0) <= most
        ):
            result[row.stage_code, row.classification_code, row.group_code] = most
    return result


def stage_of(table: CrossTable, key: Key) -> str:
    return str(key[1]) if len(key) > 1 else table.subject


def test_what_is_printed_is_repeated_and_what_is_small_and_new_is_not(
    releases: list[Public],
) -> None:
    for public in releases:
        shown = {
            (row.stage_code, row.classification_code, row.group_code): row
            for row in public.record.table(GroupCount)
        }
        assert shown["other_disposals", "officer_perceived_ic", "ic3"].group_count == 2
        assert all(shown[where].group_count is None for where in small(public))
        assert all(shown[where].value_status == "suppressed" for where in small(public))
        assert any(row.value_status == "new" for row in shown.values())


def test_no_door_gives_away_a_small_count_of_a_release(releases: list[Public]) -> None:
    for public in releases:
        tables = public.tables
        attacker = Attacker(tables)
        unavoidable = Attacker([all_new_hidden(table, public.counts) for table in tables])
        attacked = set()
        for number, table in enumerate(tables):
            for key in table.hidden:
                where = (stage_of(table.table, key), table.table.dimensions[0].name, str(key[0]))
                if where in small(public):
                    low, high = attacker.bounds(number, key)
                    if low > 0 or high < small(public)[where]:
                        least, most = unavoidable.bounds(number, key)
                        assert low <= max(0, least), where
                        assert high >= min(small(public)[where], most), where
                    attacked.add(where)
        assert attacked == small(public).keys()


def test_two_releases_together_do_not_say_whom_the_new_event_is_about(
    releases: list[Public],
) -> None:
    first, second = (public.tables for public in releases)
    alone = Attacker(first)
    attacker = Attacker([*first, *second], "rising")
    small_count = change_count = 0
    for number, table in enumerate(first):
        for key in table.table.counts:
            where = (stage_of(table.table, key), table.table.dimensions[0].name, str(key[0]))
            if where in small(releases[0]):
                small_count += 1
                low, high = attacker.bounds(number, key)
                least, most = alone.bounds(number, key)
                assert low <= least, where
                assert high >= min(small(releases[0])[where], most), where
            if (
                table.table.subject == "alerts"
                and key[0] in CLASSIFICATIONS[where[1]].groups
                and where[0] != "true_alerts"
            ):
                change_count += 1
                change = attacker.bounds(len(first) + number, key, minus=number)
                assert change[0] <= 0, where
                assert change[1] >= 1, where
    assert small_count
    assert change_count


def test_a_question_about_a_hidden_count_has_no_number_at_all(releases: list[Public]) -> None:
    record = releases[0].record
    for stage, listed, group in (
        ("false_alerts", "officer_perceived_ic", "asian"),
        ("arrests", "sex", "male"),
    ):
        disparity = record.groups.disparity(stage, group, force="alpha", classification=listed)
        assert disparity.disparity is None
        assert disparity.refusal is not None
        assert disparity.refusal.code == "suppressed"
        assert disparity.refusal.reason.startswith("[c] ")
    by = ("classification_code", "group_code")
    shares = {
        (estimate.of(by[0]), estimate.of(by[1])): estimate
        for estimate in record.estimate("group_share_of_false_alerts", by=by).estimates
    }
    hidden = shares["officer_perceived_ic", "ic2"]
    numbers = (hidden.numerator, hidden.denominator, hidden.value, hidden.low, hidden.high)
    assert (numbers, hidden.status, hidden.marks) == ((None,) * 5, "suppressed", "[c]")
    # Of events that nothing small was counted of, the counts are shown.
    shown = record.groups.disparity(
        "engagements_after_false_alerts",
        "ic3",
        force="alpha",
        classification="officer_perceived_ic",
    ).disparity
    assert shown is not None
    assert shown.group_count == 16
    against = record.groups.disparity(
        "false_alerts",
        "ic3",
        force="alpha",
        classification="officer_perceived_ic",
        reference_group="asian",
    )
    assert against.refusal is not None
    assert against.refusal.code == "suppressed"


def test_no_table_of_the_file_depends_on_what_is_hidden(tmp_path: Path) -> None:
    """Two truths that look alike make one and the same release,
    to the last value of every table."""
    made = []
    for women in (2, 3):
        counts = new_counts("sex", "arrests", ARRESTS | {"female": women, "male": 7921 - women})
        shown = hide_counts(counts)
        made.append(build_history(tmp_path / str(women), list(shown)).release)
    assert made[0] == made[1]


def test_the_hash_of_the_inputs_does_not_depend_on_what_is_hidden(tmp_path: Path) -> None:
    """Whoever has all other files could try which numbers give it."""
    hashes = set()
    for women in (2, 3):
        folder = tmp_path / str(women) / "reference"
        folder.mkdir(parents=True)
        (folder / "forces.csv").write_text("force_id\n", encoding="utf-8")
        (folder / "group_counts.csv").write_text(f"group_count\n{women}\n", encoding="utf-8")
        hashes.add(hash_inputs(folder.parent))
    assert len(hashes) == 1


def test_no_hidden_number_stands_anywhere_in_the_file(releases: list[Public]) -> None:
    for public in releases:
        with open_warehouse(public.file).connect() as connection:
            names = (
                connection.execute(sa.text("SELECT table_name FROM duckdb_tables()"))
                .scalars()
                .all()
            )
            values = [
                value
                for name in names
                for row in connection.execute(sa.text(f'SELECT * FROM "{name}"'))
                for value in row
            ]
        assert 7921 in values
        assert not [value for value in values if "7919" in str(value)]


def test_groups_are_not_added_up_for_less_than_a_year(tmp_path: Path) -> None:
    month = {"period_start": YEAR[0].replace(month=3), "period_end": YEAR[1].replace(month=3)}
    printed = [
        group_count(group, count, 40, **month)
        for group, count in (("ic3", 16), ("ic4", 5), ("ic5", 4))
    ]
    record = build_history(tmp_path, printed)
    for group, reference in (("asian", None), ("ic3", "asian"), ("asian", "ic3")):
        refusal = record.groups.disparity(
            "false_alerts", group, force="alpha", reference_group=reference
        ).refusal
        assert refusal is not None
        assert refusal.code == "attributes_by_place_or_date"
    assert [row.group_count for row in record.table(GroupCount)] == [16, 5, 4]
    alone = record.groups.disparity("false_alerts", "ic3", force="alpha").disparity
    assert alone is not None
    assert (alone.group_count, alone.total_count) == (16, 40)
