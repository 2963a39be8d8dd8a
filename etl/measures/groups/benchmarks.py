"""What a group's share of events may be set beside, in order of worth, each with what it can and
cannot show.

In: residents and weighted residents as the warehouse counts them, and a group's published count of
true alerts. Out: `Benchmark`s, best first; one that nobody publishes is listed as not available,
with the reason. Does not query, does not compare, and does not say that any benchmark is the right
one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from etl.measures.intervals import proportion_interval
from etl.model.declarations import read_declarations
from etl.model.demographics import Benchmark, DistrictResidents, Residents
from etl.model.messages import Text, message
from etl.model.refusals import Refusal


@dataclass(frozen=True, slots=True)
class BenchmarkDeclaration:
    """A benchmark as declared: its name, worth and limits."""

    benchmark_id: str
    title: str
    can_show: str
    cannot_show: str
    is_context: bool = False
    caveats: tuple[str, ...] = ()


DECLARED = tuple(
    read_declarations(__file__, "benchmarks").entries("benchmarks", BenchmarkDeclaration).values()
)
BENCHMARK_IDS = tuple(declared.benchmark_id for declared in DECLARED)


def describe_share(benchmark: Benchmark) -> Text:
    """A benchmark's share in words, with what it was divided from where people were counted."""
    part, whole = benchmark.group_people_count, benchmark.all_people_count
    share = benchmark.share or 0.0
    if part is None or whole is None:
        return message("share", share=share, benchmark=benchmark.title)
    return message("counted_share", share=share, part=part, whole=whole, benchmark=benchmark.title)


def list_benchmarks(
    residents: Residents,
    weighted: DistrictResidents,
    true_alerts: tuple[int, int | None] | Refusal | None,
    bases: tuple[str, str],
    area: str,
) -> tuple[Benchmark, ...]:
    """Every declared benchmark for one group, best first. `true_alerts` is (about the
    group, all) where published for the same period, or why it is not given; `bases` are those of
    the counts and of the residents; `area` names the force."""
    benchmarks: dict[str, dict[str, Any]] = {
        "faces_seen_by_group": {"reason": message("no_faces_by_group")},
        "seeded_tests": {"kind_code": "tests", "reason": message("see_tests")},
        "true_alerts_by_group": _composition(true_alerts, bases[0]),
        "district_residents_by_faces_seen": _weighted(weighted, bases[1]),
        "force_residents": _residents(residents, bases[1], area),
    }
    return tuple(
        _make(declared, rank, benchmarks[declared.benchmark_id])
        for rank, declared in enumerate(DECLARED, 1)
    )


def _make(declared: BenchmarkDeclaration, rank: int, row: Mapping[str, Any]) -> Benchmark:
    return Benchmark(
        benchmark_id=declared.benchmark_id,
        rank=rank,
        title=declared.title,
        is_context=declared.is_context,
        can_show=declared.can_show,
        cannot_show=declared.cannot_show,
        caveats=declared.caveats,
        **({"kind_code": "unavailable"} | dict(row)),
    )


def _composition(
    true_alerts: tuple[int, int | None] | Refusal | None, basis: str
) -> dict[str, Any]:
    if isinstance(true_alerts, Refusal):
        return {"reason": true_alerts.reason}
    if true_alerts is None or true_alerts[1] is None:
        return {"reason": message("no_true_alerts_by_group")}
    events, total = true_alerts
    if not total:
        return {"reason": message("zero_true_alerts")}
    low, high = proportion_interval(events, total)
    return {
        "kind_code": "counted_share",
        "share": events / total,
        "low": low,
        "high": high,
        "group_people_count": events,
        "all_people_count": total,
        "basis_code": basis,
    }


def _weighted(row: DistrictResidents, basis: str) -> dict[str, Any]:
    counts = {
        name: getattr(row, name)
        for name in (
            "rows_count",
            "used_count",
            "without_district_count",
            "without_faces_count",
            "without_residents_count",
        )
    }
    if row.share is None:
        reason = (
            message("no_deployment_in_period")
            if not row.rows_count
            else message("no_weights", rows=row.rows_count)
            if not row.used_count
            else message("no_face_seen")
        )
        return counts | {"reason": reason}
    return counts | {
        "kind_code": "known_share",
        "share": row.share,
        "smallest_share": row.smallest_share,
        "largest_share": row.largest_share,
        "districts_count": row.districts_count,
        "faces_seen_count": row.faces_seen_count,
        "basis_code": basis,
        "sources": tuple(sorted((row.sources or "").split())),
    }


def _residents(row: Residents, basis: str, area: str) -> dict[str, Any]:
    people, everybody = row.group_people_count, row.all_people_count
    if people is None or everybody is None:
        return {"reason": message("residents_not_counted", area=area)}
    if everybody == 0:
        return {"reason": message("area_without_residents", area=area)}
    return {
        "kind_code": "known_share",
        "share": people / everybody,
        "group_people_count": people,
        "all_people_count": everybody,
        "basis_code": basis,
        "sources": tuple(sorted(row.sources.split("; "))),
    }
