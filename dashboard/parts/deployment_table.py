"""The table of deployments: every row with publication, page and row, and the printed date and location beside values.

In: rows of the record and the status of their counts. Out: HTML of one page of the table.
A number that is not there says why; a row that is corrected or not counted says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.parts.style import link, text
from dashboard.parts.tables import Column, Markup, make_table, write_table
from dashboard.wording import say_count, say_date
from etl.model.codes import RELIABILITY, VALUE_STATUS
from etl.model.wide import say_value

ROWS_A_PAGE = 25
_STAGES = (
    ("faces_seen", "Faces seen"),
    ("alerts", "Alerts"),
    ("true_alerts", "True alerts"),
    ("false_alerts", "False alerts"),
    ("arrests", "Arrests"),
)
COLUMNS = (
    Column("Date"),
    Column("Force"),
    Column("Location", "wide"),
    Column("Watchlist size", "number"),
    Column("Threshold", "number"),
    *(Column(heading, "number") for _, heading in _STAGES),
    Column("Source", "wide"),
)
NOTES = Column("Notes", "wide")
Statuses = Mapping[tuple[str, str], Mapping[str, Any]]


def write_deployment_page(
    rows: Sequence[Mapping[str, Any]],
    counts: Statuses,
    corrections: Mapping[str, Mapping[str, Any]],
    caption: str,
) -> str:
    """One page of the table."""
    cells = [_cells(row, counts) for row in rows]
    notes = [_notes(row, corrections) for row in rows]
    columns = (*COLUMNS, NOTES) if any(notes) else COLUMNS
    if any(notes):
        cells = [[*own, note] for own, note in zip(cells, notes, strict=True)]
    classes = ["" if row["counted"] else "lfr-uncounted" for row in rows]
    return write_table(make_table(caption, columns, cells, classes=classes, whole=True))


def _cells(row: Mapping[str, Any], counts: Statuses) -> list[str]:
    numbers = [
        _number(row[f"{stage}_count"], counts.get((row["deployment_id"], stage))) for stage, _ in _STAGES
    ]
    watchlist = "[x]" if row["watchlist_size"] is None else say_count(row["watchlist_size"])
    return [
        _date(row),
        row["force_name"],
        _location(row),
        watchlist,
        say_value(row["threshold"]) or "[x]",
        *numbers,
        _source(row),
    ]


def _date(row: Mapping[str, Any]) -> Markup:
    said = say_date(row["date"])
    if row["end_date"] and row["end_date"] != row["date"]:
        said += f" to {say_date(row['end_date'])}"
    return Markup(f"{text(said)}{_printed(row['date_text'])}")


def _location(row: Mapping[str, Any]) -> Markup:
    """As printed, then the place that it was resolved to."""
    place_name, district = row["place_name"] or "", row["district_name"] or ""
    resolved = place_name if district in place_name else ", ".join(filter(None, (place_name, district)))
    place = f'<span class="lfr-quiet">{text(resolved)}</span>' if resolved else ""
    return Markup(f"{text(row['location_text'])}{place}")


def _printed(said: str | None) -> str:
    return f'<span class="lfr-quiet">printed “{text(said)}”</span>' if said else ""


def _number(value: int | None, count: Mapping[str, Any] | None) -> Markup:
    status = VALUE_STATUS.entry(count["value_status"]) if count else VALUE_STATUS.entry("not_published")
    if value is None:
        return Markup(
            f'{text(status.label.split("]")[0])}]<span class="lfr-quiet">{text(_reason(status.label))}</span>'
        )
    if status.code in ("at_least", "about", "derived"):
        return Markup(f'{say_count(value)}<span class="lfr-quiet">{text(status.label)}</span>')
    return Markup(say_count(value))


def _reason(label: str) -> str:
    return label.partition("] ")[2] or label


def _source(row: Mapping[str, Any]) -> Markup:
    grade = RELIABILITY.label(row["reliability"])
    place = f"page {row['page']}, row {row['row']}"
    return Markup(
        f'{link(row["source_address"], row["edition_title"])}, {place}<span class="lfr-quiet">{text(grade)}</span>'
    )


def _notes(row: Mapping[str, Any], corrections: Mapping[str, Mapping[str, Any]]) -> Markup:
    said = []
    if not row["counted"]:
        said.append(f"Not counted: {_sentence(row['not_counted_reason'] or 'no reason given')}")
    if row["covers_deployments_count"] is None:
        said.append("Stands for several deployments; how many is not published [x].")
    elif row["covers_deployments_count"] > 1:
        said.append(f"Stands for {row['covers_deployments_count']} deployments.")
    for correction_id in (row["corrections"] or "").split():
        one = corrections[correction_id]
        used = f", used as “{one['value_text']}”" if one["value_text"] else ", not used"
        said.append(f"Corrected: printed “{one['printed_text']}”{used}. {one['reason']}")
    return Markup("<br>".join(text(one) for one in said))


def _sentence(said: str) -> str:
    return f"{said.rstrip('.')}."
