"""All claims beside the rows, against filtering and adding up the same rows in pandas, claim by
claim and window by window.

The pandas side gives a sum for each claim and, where a claim does not state its days, the sum of
every window: no verdict, no share that is missing, no other publication, no conflicts."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd

from etl.measures.claims.compare import Question, to_question
from etl.measures.claims.windows import end_of_window
from etl.model.claim_measures import ClaimMeasure
from etl.model.records import Claim
from etl.queries.record import Record, serving_file


def measure(runs: int = 5) -> dict[str, float]:
    """Median seconds of both sides, in turn, and how many sums the pandas side makes."""
    path = serving_file()
    with duckdb.connect(str(path), read_only=True) as connection:
        facts = connection.execute("select * from facts where counted").df()
    reader = Record(path)
    declared = reader.by_id(ClaimMeasure)
    query = []
    for claim in reader.table(Claim):
        question = to_question(claim, declared[claim.claim_id])
        if question is not None:
            query.append((question, declared[claim.claim_id].search_months))
    reader.close()
    ours, pandas = [], []
    sums = 0
    for _ in range(runs):
        start = time.perf_counter()
        sums = _add_up(facts, query)
        pandas.append(time.perf_counter() - start)
        ours.append(_time(lambda: _compare(path)))
    result = {
        "claims": float(len(query)),
        "sums": float(sums),
        "claims_s": statistics.median(ours),
        "pandas_s": statistics.median(pandas),
    }
    return result | {"ratio": result["claims_s"] / result["pandas_s"]}


def _compare(path: Path) -> None:
    record = Record(path)
    record.claims.compare_all()
    record.close()


def _add_up(facts: pd.DataFrame, query: list[tuple[Question, int | None]]) -> int:
    first, last = pd.to_datetime(facts["first_date"]), pd.to_datetime(facts["last_date"])
    sums = 0
    for question, months in query:
        selection = pd.Series(True, index=facts.index)
        for name, values in question.where.items():
            selection &= facts[name].isin(values)
        column = facts[question.measure.numerator]
        for start, end in _windows(question, months, first[selection], last[selection]):
            inside = selection
            if start is not None:
                inside = inside & (first >= pd.Timestamp(start))
            if end is not None:
                inside = inside & (last <= pd.Timestamp(end))
            column[inside].sum()
            sums += 1
    return sums


def _windows(
    question: Question, months: int | None, first: pd.Series, last: pd.Series
) -> list[tuple[dt.date | None, dt.date | None]]:
    """The claim's own days, or every window of so many months in the rows."""
    if months is None:
        return [question.period]
    starts = (start.date() for start in pd.date_range(first.min(), last.max()))
    windows = [(start, end_of_window(start, months)) for start in starts]
    return [window for window in windows if window[1] <= last.max().date()]


def _time(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main() -> None:
    row = measure()
    print(
        f"claims, {row['claims']:.0f} beside the rows: {row['claims_s']:.2f} s; pandas, "
        f"{row['sums']:,.0f} sums of them: {row['pandas_s']:.2f} s; ratio {row['ratio']:.2f} "
        "(medians of 5)"
    )


if __name__ == "__main__":
    main()
