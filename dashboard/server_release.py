"""The release that serves, opened once for all routes.

In: the release file that serves now. Out: `Answers`; after a new release, those of the new one. The pages have theirs.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from etl.answers import Answers, open_answers, serving_file


def open_release() -> Answers:
    """RecordError or OSError where there is nothing that can be read."""
    path = serving_file()
    if not path.exists():
        raise FileNotFoundError(path)
    return _open(path)


@lru_cache(maxsize=2)
def _open(path: Path) -> Answers:
    return open_answers(path)
