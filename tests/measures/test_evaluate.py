"""A share of more than the whole is told and not shown."""

from __future__ import annotations

import pytest

from etl.measures.catalogue import MEASURES
from etl.measures.evaluate import evaluate_measure
from etl.model.messages import message
from etl.model.queries import Sums


@pytest.mark.parametrize(("events", "status"), [(1, "low_reliability"), (2, "undefined")])
def test_parts_above_the_printed_whole_give_no_share(events: int, status: str) -> None:
    sums = Sums(
        (), None, None, numerator=events, denominator=1, rows_count=1, used_count=1, sources=("p",)
    )
    (measure,) = evaluate_measure(MEASURES["true_share_of_alerts"], [sums])
    assert measure.status == status
    assert (measure.value is None) == (events > 1)


@pytest.mark.parametrize(("rows", "code"), [(1, "only_row_outside"), (2, "rows_outside")])
def test_rows_that_reach_out_of_the_period_are_the_reason(rows: int, code: str) -> None:
    sums = Sums((), None, None, None, None, rows, 0, ("p",), outside_count=rows)
    (estimate,) = evaluate_measure(MEASURES["alerts_count"], [sums])
    values = {"count": rows, "rows": rows} if code == "rows_outside" else {}
    assert message(code, **values) in estimate.reason
