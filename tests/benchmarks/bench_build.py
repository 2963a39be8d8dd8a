"""The whole build from kept cells, against starting Python and importing the same libraries."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"


def measure(runs: int = 5) -> dict[str, float]:
    """Median seconds of `etl build` into an empty place and of the bare imports, in turn,
    and their difference."""
    builds, imports = [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as home:
            for folder in ("corrections", "publications", "reference"):
                (Path(home) / folder).symlink_to(DATA / folder)
            imports.append(_time("-c", "import etl.__main__"))
            builds.append(_time("-m", "etl", "build", "--data", home))
    build, imported = statistics.median(builds), statistics.median(imports)
    return {"build_s": build, "imports_s": imported, "ratio": build / imported}


def _time(*arguments: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, cwd=DATA.parent)
    return time.perf_counter() - start


def main() -> None:
    row = measure()
    print(
        f"build from kept cells: {row['build_s']:.2f} s (bare imports {row['imports_s']:.2f} s, "
        f"ratio {row['ratio']:.1f}; medians of 5)"
    )


if __name__ == "__main__":
    main()
