"""Every benchmark, one after the other: ratios against a baseline in the same run."""

from __future__ import annotations

from tests.benchmarks import (
    bench_answers,
    bench_build,
    bench_claims,
    bench_documents,
    bench_downloads,
    bench_event_logs,
    bench_first_chart,
    bench_intervals,
    bench_load,
    bench_pdf_tables,
)

for benchmark in (
    bench_pdf_tables,
    bench_build,
    bench_intervals,
    bench_answers,
    bench_claims,
    bench_documents,
    bench_first_chart,
    bench_downloads,
    bench_event_logs,
    bench_load,
):
    benchmark.main()
