"""Makes event logs of any size, the same for the same arguments, with the true value of every
rollup. All numbers and places are made up, and every file says so.

`python -m tests.benchmarks.make_event_logs FOLDER --events 1e6 --days 90 --forces south_wales`"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

LONDON = ZoneInfo("Europe/London")
NOTE = "Made up by tests/benchmarks/make_event_logs.py. No number here was ever observed."
SHARE_OF_INTERVALS = 0.85
INTERVAL_SECONDS = 10
CAMERAS = 4
INTERVALS_A_DEPLOYMENT = 2880
REASONS = ("wanted_by_court", "wanted_by_police", "court_order", "missing")
DECISIONS = ("true_alert", "false_alert", "not_decided")
OUTCOMES = ("arrest", "other_disposal", "no_action")
GROUPS = ("ic1", "ic2", "ic3", "ic4", "ic5", "ic6", "ic9")
LISTED = "officer_perceived_ic"
MEASURES = (
    "intervals_count",
    "scanned_seconds",
    "faces_seen_count",
    "alerts_count",
    "true_alerts_count",
    "false_alerts_count",
    "engagements_after_true_alerts_count",
    "engagements_after_false_alerts_count",
    "arrests_count",
    "other_disposals_count",
    "no_action_count",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be made."""

    events: int
    forces: tuple[str, ...] = ("south_wales",)
    days: int = 365
    first_day: dt.date = dt.date(2025, 1, 1)
    seed: int = 1
    is_even: bool = False  # every group often enough to be shown

    @property
    def deployments(self) -> int:
        """Deployments a day."""
        return max(1, round(self.intervals / INTERVALS_A_DEPLOYMENT))

    @property
    def intervals(self) -> int:
        """Intervals a day, about."""
        return round(self.events * SHARE_OF_INTERVALS / self.days)

    @property
    def alerts(self) -> int:
        """Alerts a day."""
        return round(self.events * (1 - SHARE_OF_INTERVALS) / self.days)


def make_log(folder: Path, plan: Plan) -> None:
    """Writes the log with one file a day and table, its list of deployments, and the truth."""
    for table in ("scan_intervals", "alert_events"):
        (folder / table).mkdir(parents=True, exist_ok=True)
    (folder / "README.txt").write_text(f"{NOTE}\n", encoding="utf-8")
    truth = _Truth()
    with (folder / "deployments.csv").open("w", encoding="utf-8", newline="") as out:
        listed = csv.writer(out, lineterminator="\n")
        listed.writerow(
            [
                "force_id",
                "deployment_id",
                "location_text",
                "use_case_text",
                "watchlist_size",
                "threshold",
            ]
        )
        for number in range(plan.days):
            day = plan.first_day + dt.timedelta(days=number)
            intervals, alerts, names = _make_day(plan, number, day)
            write(intervals, folder / "scan_intervals" / f"{day}.parquet")
            write(alerts, folder / "alert_events" / f"{day}.parquet")
            for place, (force_id, name) in enumerate(names):
                size = 1000 + 10 * number + place
                listed.writerow(
                    [force_id, name, f"Made-up Street {place + 1}", "Made-up purpose", size, 0.6]
                )
            truth.add(day, intervals, alerts)
    truth.write(folder / "truth")


def write(table: pa.Table, path: Path) -> None:
    """Writes a table of the log; the file says that its numbers are made up."""
    pq.write_table(table.replace_schema_metadata({"note": NOTE}), path, compression="zstd")


def _make_day(
    plan: Plan, number: int, day: dt.date
) -> tuple[pa.Table, pa.Table, list[tuple[str, str]]]:
    rng = np.random.default_rng([plan.seed, number])
    count, cameras = plan.deployments, CAMERAS
    length = max(1, plan.intervals // (count * cameras))
    names = []
    for place in range(count):
        force_id = plan.forces[(number * count + place) % len(plan.forces)]
        names.append((force_id, f"{force_id}-{day:%Y%m%d}-{place:03d}"))
    ids = pa.array([name for _, name in names])
    camera_ids = pa.array([f"camera-{camera + 1}" for camera in range(cameras)])
    at_nine = dt.datetime.combine(day, dt.time(9), LONDON).timestamp()
    deployment = np.repeat(np.arange(count, dtype=np.int32), cameras * length)
    camera = np.tile(np.repeat(np.arange(cameras, dtype=np.int32), length), count)
    step = np.tile(np.arange(length), count * cameras)
    starts = round(at_nine) + 5400 * (deployment % 5) + step * INTERVAL_SECONDS
    force_of = np.array([plan.forces.index(force_id) for force_id, _ in names], dtype=np.int32)
    intervals = pa.table(
        {
            "force_id": _coded(force_of[deployment], pa.array(plan.forces)),
            "deployment_id": _coded(deployment, ids),
            "camera_id": _coded(camera, camera_ids),
            "started_at": _instants(starts),
            "seconds": pa.array(np.full(len(step), INTERVAL_SECONDS, dtype=np.int32)),
            "faces_detected_count": pa.array(rng.poisson(3, len(step)).astype(np.int32)),
        }
    )
    rows = np.sort(rng.integers(0, len(step), plan.alerts))
    alerted = starts[rows] + rng.integers(0, INTERVAL_SECONDS, len(rows))
    group = rng.integers(0, len(GROUPS), len(rows))
    decision = rng.choice(3, len(rows), p=(0.7, 0.28, 0.02))
    if plan.is_even:
        group, decision = np.arange(len(rows)) % len(GROUPS), np.arange(len(rows)) % 20 // 13
    engaged = (rng.random(len(rows)) < 0.6) & (decision < 2)
    score = np.minimum(0.6 + np.abs(rng.normal(0, 0.08, len(rows))), 1).round(4)
    decided = alerted + rng.integers(3, 420, len(rows))
    serial = pc.utf8_lpad(pc.cast(pa.array(np.arange(len(rows))), pa.string()), 7, "0")
    alerts = pa.table(
        {
            "alert_id": pc.binary_join_element_wise(f"{day:%Y%m%d}", serial, "-"),
            "deployment_id": _coded(deployment[rows], ids),
            "camera_id": _coded(camera[rows], camera_ids),
            "alerted_at": _instants(alerted),
            "score": pa.array(score),
            "threshold": pa.array(np.full(len(rows), 0.6)),
            "watchlist_reason_code": _coded(
                rng.integers(0, len(REASONS), len(rows)), pa.array(REASONS)
            ),
            "decision_code": _coded(decision, pa.array(DECISIONS)),
            "engagement_code": _coded(engaged.astype(np.int32), pa.array(["no", "yes"])),
            "outcome_code": pa.DictionaryArray.from_arrays(
                pa.array(rng.integers(0, 3, len(rows)).astype(np.int32), mask=~engaged),
                pa.array(OUTCOMES),
            ),
            "classification_code": _coded(np.zeros(len(rows), dtype=np.int32), pa.array([LISTED])),
            "group_code": _coded(group, pa.array(GROUPS)),
            "decided_at": _instants(decided, decision == 2),
        }
    )
    return intervals, alerts, names


def _coded(codes: np.ndarray, values: pa.Array) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), values)


def _instants(seconds: np.ndarray, absent: np.ndarray | None = None) -> pa.Array:
    us = pa.array(seconds.astype(np.int64) * 1_000_000, pa.int64(), mask=absent)
    return us.cast(pa.timestamp("us", "UTC"))


class _Truth:
    """What the rollups of the log have to be: worked out with pandas, day by day, apart from the
    product's SQL."""

    def __init__(self) -> None:
        self._parts: dict[str, list[pd.DataFrame]] = {}

    def add(self, day: dt.date, intervals: pa.Table, alerts: pa.Table) -> None:
        seen, events = intervals.to_pandas(), alerts.to_pandas()
        for frame in (seen, events):
            for column in frame.select_dtypes("category"):
                frame[column] = frame[column].astype("str").where(frame[column].notna())
        force_of = dict(zip(seen["deployment_id"], seen["force_id"], strict=True))
        events["force_id"] = events["deployment_id"].map(force_of)
        first, last = seen["started_at"], seen["started_at"] + pd.to_timedelta(seen["seconds"], "s")
        spans = (
            pd.DataFrame({"deployment_id": seen["deployment_id"], "first": first, "last": last})
            .groupby("deployment_id")
            .agg(first=("first", "min"), last=("last", "max"))
        )
        spans["cameras_count"] = seen.groupby("deployment_id")["camera_id"].nunique()
        self._keep("spans", spans.reset_index())
        seen = seen.rename(
            columns={"seconds": "scanned_seconds", "faces_detected_count": "faces_seen_count"}
        ).assign(intervals_count=1, at=seen["started_at"])
        engaged = events["engagement_code"] == "yes"
        right, wrong = (events["decision_code"] == code for code in DECISIONS[:2])
        arrest, other, none = (events["outcome_code"] == code for code in OUTCOMES)
        events = events.assign(
            at=events["alerted_at"],
            alerts_count=1,
            true_alerts_count=right,
            false_alerts_count=wrong,
            engagements_after_true_alerts_count=right & engaged,
            engagements_after_false_alerts_count=wrong & engaged,
            arrests_count=arrest,
            other_disposals_count=other,
            no_action_count=none,
        )
        both = pd.concat([seen, events])[
            ["force_id", "deployment_id", "camera_id", "at", *MEASURES]
        ]
        local = both["at"].dt.tz_convert("Europe/London")
        both = both.assign(
            local_date=day.isoformat(), month=f"{day:%Y-%m}", local_hour=local.dt.hour
        ).fillna(0)
        for name, key in _FUNNELS.items():
            self._keep(name, both.groupby(["force_id", key])[list(MEASURES)].sum().reset_index())
        events = events.assign(
            month=f"{day:%Y-%m}",
            hundredths=np.floor((events["score"] * 10000).round() / 100).astype(int),
            minutes=np.ceil((events["decided_at"] - events["alerted_at"]).dt.total_seconds() / 60),
            classification_code=LISTED,
        )
        counts = ["alerts_count", "true_alerts_count", "false_alerts_count"]
        for name, keys in _OTHERS.items():
            self._keep(
                name, events.groupby(["force_id", "month", *keys])[counts].sum().reset_index()
            )

    def write(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        frames = {name: self._sum(name) for name in self._parts if name != "spans"}
        spans = pd.concat(self._parts["spans"])
        for name, edge in (("first_us", "first"), ("last_us", "last")):
            spans[name] = spans[edge].astype("datetime64[us, UTC]").astype("int64")
        minutes = spans["last"].dt.floor("min") - spans["first"].dt.floor("min")
        spans["duration_minutes"] = minutes.dt.total_seconds().astype(int) // 60
        frames["deployments"] = frames["deployments"].merge(
            spans.drop(columns=["first", "last"]), on="deployment_id"
        )
        curve = []
        for (force_id, month), group in frames.pop("scores").groupby(["force_id", "month"]):
            for at in range(60, int(group["hundredths"].max()) + 1):
                left = group[group["hundredths"] >= at].sum(numeric_only=True)
                curve.append(
                    {"force_id": force_id, "month": month, "threshold_hundredths": 60}
                    | {"at_threshold_hundredths": at, **left.drop("hundredths").to_dict()}
                )
        frames["threshold_curve"] = pd.DataFrame(curve)
        delays = []
        for (force_id, month), group in frames.pop("delays").groupby(["force_id", "month"]):
            values = np.repeat(group["minutes"], group["alerts_count"])
            middle, high = np.quantile(values, (0.5, 0.95), method="inverted_cdf")
            delays.append(
                {"force_id": force_id, "month": month, "decided_alerts_count": len(values)}
                | {"median_minutes": middle, "percentile_95_minutes": high}
            )
        frames["decision_minutes"] = pd.DataFrame(delays)
        for name, frame in frames.items():
            numbers = frame.select_dtypes("number").columns
            frame[numbers] = frame[numbers].astype("int64")
            table = pa.Table.from_pandas(frame, preserve_index=False)
            write(table, folder / f"{name}.parquet")

    def _keep(self, name: str, frame: pd.DataFrame) -> None:
        self._parts.setdefault(name, []).append(frame)

    def _sum(self, name: str) -> pd.DataFrame:
        frame = pd.concat(self._parts[name])
        keys = [column for column in frame if not str(column).endswith(("_count", "_seconds"))]
        return frame.groupby(keys).sum().reset_index()


_FUNNELS = {
    "deployments": "deployment_id",
    "force_day": "local_date",
    "force_month": "month",
    "force_hour": "local_hour",
    "force_camera": "camera_id",
}
_OTHERS: dict[str, list[str]] = {
    "force_month_group": ["classification_code", "group_code"],
    "scores": ["hundredths"],
    "delays": ["minutes"],
}


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=float, default=1e6)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--forces", default="south_wales", help="with commas between")
    parser.add_argument("--first-day", type=dt.date.fromisoformat, default=dt.date(2025, 1, 1))
    parser.add_argument("--even", action="store_true", help="no group too small to be shown")
    given = parser.parse_args(arguments)
    forces = tuple(given.forces.split(","))
    plan = Plan(int(given.events), forces, given.days, given.first_day, is_even=given.even)
    make_log(given.folder, plan)
    print(f"{given.folder}: {NOTE}")


if __name__ == "__main__":
    main(sys.argv[1:])
