"""The examples of docs/analysis.md run, and print what the document shows."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import pandas as pd
import pytest

from etl.analysis import Analysis, describe_columns, open_record
from etl.model.problems import RefusedQueryError
from etl.model.records import Misidentification

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "analysis.md"
BLOCK = re.compile(r"```(python|text)\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def record(warehouse: Path) -> Analysis:
    return open_record(warehouse)


def test_the_examples_print_what_is_shown(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
    names: dict[str, object] = {}
    printed, shown = [], []
    for kind, content in BLOCK.findall(DOCUMENT.read_text(encoding="utf-8")):
        if kind == "text":
            shown.append(content.rstrip("\n"))
            continue
        out = io.StringIO()
        with redirect_stdout(out):
            exec(compile(content, DOCUMENT.name, "exec"), names)
        printed += [out.getvalue().rstrip("\n")] if out.getvalue() else []
    assert len(shown) == 3
    assert printed == shown


def test_every_column_has_its_declared_type_and_says_what_it_is(record: Analysis) -> None:
    frames = [
        record.deployments(),
        record.claims(),
        record.table("editions"),
        record.estimates("alerts_count", by=["force", "month"]),
    ]
    kinds = {"Int64", "Float64", "string", "boolean", "category", "datetime64[s]"}
    for frame in frames:
        assert {str(kind) for kind in frame.dtypes} <= kinds
        assert list(frame.columns) == list(frame.attrs["columns"])
        assert frame.attrs["cut"] == ""
        assert not describe_columns(frame)["meaning"].isna().any()


def test_a_frame_has_the_values_of_the_record(record: Analysis) -> None:
    frame = record.estimates("false_share_of_alerts", by=["year"], where={"force": "metropolitan"})
    answer = record.record.estimate(
        "false_share_of_alerts", by=("year",), where={"force_id": ["metropolitan"]}
    )
    assert len(frame) == len(answer.estimates) > 4
    for (_, row), estimate in zip(frame.iterrows(), answer.estimates, strict=True):
        assert pd.isna(row["value"]) == (estimate.value is None)
        if estimate.value is not None:
            assert (row["value"], row["value_low"], row["value_high"]) == (
                estimate.value,
                estimate.low,
                estimate.high,
            )


def test_absent_is_not_zero(record: Analysis) -> None:
    faces = record.deployments({"force": "essex"})["faces_seen_count"]
    assert faces.isna().all()
    assert not (faces == 0).any()


def test_columns_stay_known_over_one_frame_and_are_lost_over_two(record: Analysis) -> None:
    frame = record.deployments({"force": "metropolitan"})
    for part in (frame[frame["alerts_count"] > 0], frame.sort_values("date"), frame.copy()):
        assert "columns" in part.attrs
    merged = frame.merge(record.table("forces"), on="force_id")
    with pytest.raises(KeyError):
        describe_columns(merged)


KEEPS = {
    "loc": lambda frame: frame.loc[:3],
    "assign": lambda frame: frame.assign(percent=frame["value"] * 100),
    "dropna": lambda frame: frame.dropna(subset=["value"]),
    "astype": lambda frame: frame.astype({"value": "float64"}),
    "set_index": lambda frame: frame.set_index("year"),
    "arithmetic": lambda frame: frame[["value"]] * 100,
    "merge of equal attrs": lambda frame: frame.merge(frame, on=["force_id", "year"]),
    "concat of equal attrs": lambda frame: pd.concat([frame, frame]),
}
LOSES = {
    "groupby.agg": lambda frame: frame.groupby("force_id").agg(total=("numerator", "sum")),
    "pivot": lambda frame: frame.pivot(index="year", columns="force_id", values="value"),
    "concat of others": lambda frame: pd.concat([frame, pd.DataFrame({"value": [1.0]})]),
}


@pytest.mark.parametrize("name", [*KEEPS, *LOSES])
def test_attrs_over_an_operation_are_as_the_document_says(record: Analysis, name: str) -> None:
    frame = record.estimates("false_share_of_alerts", by=["force", "year"])
    if name in KEEPS:
        assert KEEPS[name](frame).attrs == frame.attrs
    else:
        assert not LOSES[name](frame).attrs


def test_parquet_keeps_attrs(record: Analysis, tmp_path: Path) -> None:
    frame = record.claims()
    frame.to_parquet(tmp_path / "claims.parquet")
    back = pd.read_parquet(tmp_path / "claims.parquet")
    assert back.attrs == frame.attrs
    assert str(back["window_start"].dtype) == "datetime64[ms]"


def test_the_value_has_the_unit_of_its_measure(record: Analysis) -> None:
    about = record.estimates("false_share_of_alerts", by="year").attrs["columns"]["value"]
    assert (about["unit"], about["denominator"]) == ("share of alerts", "alerts")
    assert about["caveats"]


def test_every_misidentification_is_in_the_frame(record: Analysis) -> None:
    assert len(record.misidentifications()) == len(record.record.table(Misidentification))


@pytest.mark.parametrize(
    ("measure", "by", "message"),
    [("accuracy", ["force"], "measure"), ("alerts_count", ["weather"], "weather")],
)
def test_what_cannot_be_answered_is_refused_with_the_reason(
    record: Analysis, measure: str, by: list[str], message: str
) -> None:
    with pytest.raises(RefusedQueryError, match=message):
        record.estimates(measure, by=by)
