"""How long `read_tables` takes on the longest published PDF, against bare pdfplumber in the same
run.

In: the PDF, in the folder `LFR_PUBLISHED` or `../shared/published` beside the repository.
Out: medians and their ratio.
Does not judge: whoever runs it compares the ratio with the limit."""

from __future__ import annotations

import os
from pathlib import Path
from statistics import median
from time import process_time

import pdfplumber

from etl.formats.pdf.tables import read_tables

RUNS = 5
# Reading with the right grid may cost this much of reading with the default one.
LIMIT = 1.3
PDF = Path("met") / "lfr-deployment-grid-2023-to-2024.pdf"


def find_pdf() -> Path | None:
    """The published file; None where the folder is absent."""
    parent = Path(__file__).resolve().parents[2].parent / "shared" / "published"
    path = Path(os.environ.get("LFR_PUBLISHED", parent)) / PDF
    return path if path.exists() else None


def read_with_pdfplumber(path: Path) -> list[list[list[str | None]]]:
    """The baseline: every table that pdfplumber finds with its default settings."""
    with pdfplumber.open(path) as pdf:
        return [table.extract() for page in pdf.pages for table in page.find_tables()]


def measure() -> dict[str, float | int | str]:
    """Median processor seconds of both over interleaved runs, and their ratio; or why it was
    skipped.

    Processor time, as both run in one thread and other work on the machine is no concern of either.
    """
    path = find_pdf()
    if path is None:
        return {
            "skipped": (
                f"{PDF.name} is not there: set LFR_PUBLISHED to the folder of published files"
            )
        }
    ours: list[float] = []
    baseline: list[float] = []
    for _ in range(RUNS):
        for read, times in ((read_with_pdfplumber, baseline), (read_tables, ours)):
            start = process_time()
            read(path)
            times.append(process_time() - start)
    return {
        "read_tables_seconds": round(median(ours), 3),
        "pdfplumber_seconds": round(median(baseline), 3),
        "ratio": round(median(ours) / median(baseline), 3),
        "limit": LIMIT,
        "runs": RUNS,
    }


def main() -> None:
    """Prints one line."""
    result = measure()
    if "skipped" in result:
        print(f"pdf_tables: skipped, {result['skipped']}")
        return
    print(
        f"pdf_tables: {result['read_tables_seconds']} s against {result['pdfplumber_seconds']} s "
        f"with bare pdfplumber, ratio {result['ratio']} (at most {LIMIT}), medians of {RUNS} runs"
    )


if __name__ == "__main__":
    main()
