"""From a log to a return that may be saved: what the force site does with an officer's log.

In: a folder with a log, or uploaded files; the officer's force. Out: `CountedLog`: the findings,
and the filled return as a file. Uploaded files are gone when it is done: the record keeps the
return alone, and of each returned day the hashes of its files, beside the folders' counts."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from etl.formats.workbook_files import write_workbook
from etl.logs.filled_return import MAX_DEPLOYMENTS, make_return
from etl.logs.groups import find_hidden_forces
from etl.logs.late import ReturnedDay, keep_returned, read_returned
from etl.logs.problems import LogProblem
from etl.logs.run import LogFoundError, LogRequest, RollUp, rolling_up
from etl.model.event_logs import LOG_TABLES


@dataclass(frozen=True, slots=True)
class CountedLog:
    """What came of a log. `content` is the filled return; empty where the log has errors, or too
    many deployments for one return."""

    problems: tuple[LogProblem, ...]
    log_sha256: str = ""
    content: bytes = b""
    rows_count: int = 0
    days: tuple[ReturnedDay, ...] = ()

    @property
    def name(self) -> str:
        """The name of the return's file."""
        return f"return-from-log-{self.log_sha256[:12]}.xlsx"


def list_folders(allowed: str, force_id: str) -> tuple[str, ...]:
    """The names of the logs of a force in the folder that the administrator allowed."""
    home = Path(allowed) / force_id
    if not allowed or not home.is_dir():
        return ()
    return tuple(sorted(path.name for path in home.iterdir() if path.is_dir()))


def count_folder(
    allowed: str, force_id: str, name: str, working: Path, *, accept_late: bool = False
) -> CountedLog:
    """Counts a log of the allowed folder; what was counted of its files is kept in `working`."""
    if name not in list_folders(allowed, force_id):
        raise KeyError(name)
    home = working / force_id / name
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return _count(Path(allowed) / force_id / name, home, force_id, working, accept_late)


def count_uploads(
    files: Mapping[str, bytes], force_id: str, working: Path, *, accept_late: bool = False
) -> CountedLog:
    """Counts uploaded files by their names; nothing of them is kept."""
    with tempfile.TemporaryDirectory(prefix="lfr-log-") as folder:
        logs = Path(folder) / "log"
        logs.mkdir()
        for name, content in files.items():
            if Path(name).stem in LOG_TABLES:
                (logs / Path(name).name).write_bytes(content)
        return _count(logs, Path(folder) / "working", force_id, working, accept_late)


def keep_days(working: Path, force_id: str, counted: CountedLog) -> None:
    """Marks the days of a log as returned, once its return is saved."""
    keep_returned(_name_returned(working, force_id), counted.days)


def _name_returned(working: Path, force_id: str) -> Path:
    return working / f"{force_id}.returned.json"


def _count(logs: Path, home: Path, force_id: str, working: Path, accept_late: bool) -> CountedLog:
    request = LogRequest(
        logs,
        home,
        frozenset({force_id}),
        accept_late=accept_late,
        returned=read_returned(_name_returned(working, force_id)),
    )
    try:
        with rolling_up(request) as (rollup, _mark_returned):
            return CountedLog(
                rollup.problems,
                rollup.log_sha256,
                _make_content(rollup, force_id),
                rollup.counted.rows_count,
                rollup.days,
            )
    except LogFoundError as error:
        return CountedLog(error.found)


def _make_content(rollup: RollUp, force_id: str) -> bytes:
    if rollup.rollups["deployments"].num_rows > MAX_DEPLOYMENTS:
        return b""
    hidden = find_hidden_forces(rollup.rollups["force_month_group"])
    return write_workbook(make_return(rollup, force_id, hidden))
