"""Returns to test with: a sound one made from the template, and ways to change its cells or its
bytes.

North Wales reports two deployments in the first quarter of 2026;
every number can be added up in the head."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

from openpyxl import Workbook, load_workbook

from etl.model.return_template import CURRENT
from etl.returns.checked_copy import copy_checked
from etl.returns.intake import Intake, check_return
from etl.returns.layouts import Layout
from etl.returns.template import make_workbook
from etl.returns.texts import open_texts

FORCES = ("essex", "north_wales", "south_wales")
TODAY = dt.date(2026, 11, 28)
NAME = "return.xlsx"

DEPLOYMENT: dict[str, Any] = {
    "deployment_number": 1,
    "date": dt.date(2026, 1, 17),
    "start_time": dt.time(11, 30),
    "end_time": dt.time(16, 5),
    "duration_minutes": 275,
    "location_text": "High Street, Bangor",
    "use_case_text": "Town centre crime",
    "cameras_count": 2,
    "watchlist_size": 4000,
    "threshold": 0.64,
    "faces_seen_count": 18250,
    "faces_seen_status": "estimate",
    "alerts_count": 9,
    "true_alerts_count": 8,
    "true_alerts_confirmed_count": 7,
    "true_alerts_unconfirmed_count": 1,
    "false_alerts_count": 1,
    "false_alerts_confirmed_count": 1,
    "false_alerts_unconfirmed_count": 0,
    "engagements_after_true_alerts_count": 7,
    "engagements_after_false_alerts_count": 1,
    "arrests_count": 4,
    "other_disposals_count": 2,
    "no_action_count": 1,
    "authorising_rank_code": "superintendent",
    "notice_days": 2,
}
SECOND: dict[str, Any] = DEPLOYMENT | {
    "deployment_number": 2,
    "date": dt.date(2026, 2, 14),
    "location_text": "Queen Street, Rhyl",
    "faces_seen_count": 9100,
    "other_disposals_count": "not collected",
}
ROWS: dict[str, list[dict[str, Any]]] = {
    "return": [
        {
            "template_version": CURRENT.version,
            "force_id": "north_wales",
            "period_start": dt.date(2026, 1, 1),
            "period_end": dt.date(2026, 3, 31),
        }
    ],
    "deployments": [DEPLOYMENT, SECOND],
    "alerts_by_group": [
        {
            "subject_code": "alerts",
            "classification_code": "officer_perceived_sex",
            "group_code": "female",
            "counted": 6,
            "total": 18,
        },
        {
            "subject_code": "alerts",
            "classification_code": "officer_perceived_sex",
            "group_code": "male",
            "counted": 12,
            "total": 18,
        },
    ],
    "arrests": [
        {
            "offence_code": "theft",
            "watchlist_reason_code": "wanted_by_court",
            "arrest_outcome_code": "charged",
            "counted": 5,
        },
        {"offence_code": "robbery", "watchlist_reason_code": "wanted_by_police", "counted": 3},
    ],
    "watchlists": [
        {"deployment_number": 1, "watchlist_reason_code": "wanted_by_court", "counted": 3000},
        {"deployment_number": 1, "watchlist_reason_code": "missing", "counted": 1000},
    ],
    "misidentifications": [
        {
            "deployment_number": 2,
            "error_code": "false_alert_engaged",
            "outcome_code": "no_further_action",
        }
    ],
}

Change = Callable[[Workbook], None]


@cache
def _empty() -> bytes:
    return to_bytes(make_workbook(FORCES, open_texts("en")))


def to_bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def sound() -> bytes:
    """A return without a fault."""
    book = load_workbook(io.BytesIO(_empty()))
    for name in ("read_me", "definitions", "examples", "lists"):
        del book[name]  # not read, so that the tests are quick
    for name, rows in ROWS.items():
        headings = CURRENT.sheet(name).headings
        for number, row in enumerate(rows, start=2):
            for heading, value in row.items():
                book[name].cell(number, headings.index(heading) + 1, value)
    return to_bytes(book)


def sound_copy() -> bytes:
    """What the store keeps of the sound file."""
    return copy_checked(NAME, sound())


def changed(change: Change) -> bytes:
    """The sound return after a change of its workbook."""
    book = load_workbook(io.BytesIO(sound()))
    change(book)
    return to_bytes(book)


def with_cell(sheet: str, row: int, heading: str, value: Any) -> Change:
    """A change of one cell; `row` as the spreadsheet counts it."""

    def change(book: Workbook) -> None:
        column = CURRENT.sheet(sheet).headings.index(heading) + 1
        book[sheet].cell(row, column).value = value

    return change


def with_part(name: str, body: bytes) -> bytes:
    """The sound return's package with a part put in or replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sound())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, body)
    return out.getvalue()


def part_of(name: str) -> bytes:
    """A part of the sound return's package."""
    with zipfile.ZipFile(io.BytesIO(sound())) as package:
        return package.read(name)


def take_in(
    content: bytes, name: str = NAME, *, force_id: str | None = None, layout: Layout | None = None
) -> Intake:
    """The intake of a file in the tests' world."""
    return check_return(
        name, content, today=TODAY, force_ids=FORCES, force_id=force_id, layout=layout
    )
