"""Fails if tests run too few lines. `coverage report` mixes lines and branches in one number.

In: the file of `coverage json`. Out: both shares in per cent; exit code 1 below `--at-least`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """0 if the share of lines that ran is high enough, else 1. KeyError for another file."""
    parser = argparse.ArgumentParser(description="Checks the share of lines that tests run.")
    parser.add_argument("file", type=Path, help="the file that `coverage json` wrote")
    parser.add_argument("--at-least", type=float, required=True, help="in per cent")
    given = parser.parse_args(arguments)
    totals = json.loads(given.file.read_text(encoding="utf-8"))["totals"]
    lines = 100 * totals["covered_lines"] / totals["num_statements"]
    branches = 100 * totals["covered_branches"] / totals["num_branches"]
    print(f"{lines:.1f}% of lines (at least {given.at_least:g}%), {branches:.1f}% of branches")
    return int(lines < given.at_least)


if __name__ == "__main__":
    sys.exit(main())
