"""A share of more than the whole is told and not shown."""

from __future__ import annotations

import pytest

from etl.measures.catalogue import MEASURES
from etl.measures.evaluate import evaluate_measure
from etl.model.queries import Sums


@pytest.mark.parametrize(("events", "status"), [(1, "low_reliability"), (2, "undefined")])
def test_parts_above_the_printed_whole_give_no_share(events: int, status: str) -> None:
    sums = Sums(
        (), None, None, numerator=events, denominator=1, rows_count=1, used_count=1, sources=("p",)
    )
    (measure,) = evaluate_measure(MEASURES["true_share_of_alerts"], [sums])
    assert measure.status == status
    assert (measure.value is None) == (events > 1)
