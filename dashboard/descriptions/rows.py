"""One row in words: its fields by name, the value that is used, and where it comes from.

In: `FieldValue`s and rows of the record. Out: plain text in the language in use. Does not compute and does not escape.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboard.text.language import _, ngettext
from dashboard.text.language import mark as N_
from dashboard.text.numbers import say_amount, say_count, say_date, say_list, say_period
from etl.model.codes import DERIVATION, STAGE, VALUE_STATUS
from etl.model.estimates import Estimate
from etl.model.row_evidence import FieldValue
from etl.model.wide import say_value

FIELD_NAMES = {
    "date": N_("Date"),
    "location_text": N_("Location"),
    "covers_deployments_count": N_("Deployments in the row"),
    "use_case_text": N_("Use case"),
    "use_case_code": N_("Purpose, by its reference"),
    "duration_minutes": N_("Duration"),
    "start_time": N_("Start"),
    "end_time": N_("End"),
    "watchlist_size": N_("Watchlist size"),
    "threshold": N_("Threshold"),
    "cameras_count": N_("Cameras"),
    "published_false_alert_rate_text": N_("The publisher’s own “false alert rate”"),
    "lender_force_id": N_("Force that lent the equipment"),
    "note": N_("Remark"),
    "counted": N_("Whether the row is counted"),
}
# Fields that hold text of the publication as it is printed.
AS_TEXT = frozenset({"location_text", "use_case_text", "use_case_code", "published_false_alert_rate_text", "note"})  # fmt: skip


def name_field(field_name: str) -> str:
    """`Faces seen`; a name without words stays as it is."""
    if field_name in STAGE:
        return _(STAGE.label(field_name))
    return _(FIELD_NAMES[field_name]) if field_name in FIELD_NAMES else field_name.replace("_", " ")


def say_used(one: FieldValue, row: Mapping[str, Any]) -> str:
    """The value that is used: `10 May 2025`, `3 hours 6 minutes`, `602`, `0.62`; or the symbol of the reason."""
    value = one.value
    if value is None:
        return _symbol(one)
    if one.field_name == "date":
        return say_period(value, row["end_date"] or value)
    if one.field_name == "duration_minutes":
        return say_duration(value)
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, Decimal):
        return say_value(value)
    return say_count(value) if isinstance(value, int) else str(value)


def say_origin(one: FieldValue) -> str:
    """Where a value comes from, or why there is none; nothing where it is simply as printed."""
    if one.value is None and one.field_name not in STAGE:
        return _("Not printed in this row.")
    if one.derivation:
        return _(DERIVATION.entry(one.derivation).meaning)
    if one.value_status == "published":
        return ""
    return _(VALUE_STATUS.entry(one.value_status).meaning)


def say_duration(minutes: int) -> str:
    """`3 hours 6 minutes`, `45 minutes`."""
    hours, rest = divmod(minutes, 60)
    said = []
    if hours:
        said.append(ngettext("{count} hour", "{count} hours", hours).format(count=hours))
    if rest or not hours:
        said.append(ngettext("{count} minute", "{count} minutes", rest).format(count=rest))
    return " ".join(said)


def say_row_place(one: Mapping[str, Any]) -> str:
    """`page 4, row 15`; `the whole file` where it is about no single row."""
    if one["page"] is None or one["row"] is None:
        return _("the whole file")
    return _("page {page}, row {row}").format(page=one["page"], row=one["row"])


def say_row_title(row: Mapping[str, Any]) -> str:
    """`Dalston, 11 July 2024`."""
    day = say_period(row["date"], row["end_date"] or row["date"]) if row["date"] else say_date(None)
    return _("{place}, {day}").format(place=row["location_text"], day=day)


def say_found_rows(count: int, kept: int) -> str:
    """`180 rows`; with how many of them are kept and not counted."""
    said = ngettext("{count} row", "{count} rows", count).format(count=say_count(count))
    if not kept:
        return said
    beside = ngettext(
        "{count} of them is kept and not counted", "{count} of them are kept and not counted", kept
    )
    return f"{said}, {beside.format(count=say_count(kept))}"


def say_totals(totals: Sequence[Estimate]) -> str:
    """What the rows add up to: `180 deployments, 771,203 faces seen, …`."""
    known = [say_amount(one) for one in totals if one.numerator is not None]
    if not known:
        return ""
    return _("The counted rows add up to {amounts}.").format(amounts=say_list(known))


def _symbol(one: FieldValue) -> str:
    return _(VALUE_STATUS.label(one.value_status)).split("]")[0] + "]"
