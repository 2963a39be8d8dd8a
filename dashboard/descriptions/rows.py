"""One row in words: its fields by name, the value that is used, and where it comes from.

In: `FieldValue`s and rows of the record. Out: plain text in the language in use.
Does not compute and does not escape."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from dashboard.text.declared import read_texts
from dashboard.text.language import _, ngettext
from dashboard.text.numbers import (
    format_amount,
    format_count,
    format_date,
    format_list,
    format_period,
)
from etl.model.codes import DERIVATION, STAGE, VALUE_STATUS
from etl.model.estimates import Estimate
from etl.model.records import Deployment
from etl.model.row_evidence import FieldValue
from etl.model.wide import format_value

_TEXTS = read_texts(__file__)
FIELD_NAMES = _TEXTS.by_code("field_names")
# Fields that hold text of the publication as it is printed.
AS_TEXT = frozenset(
    {"location_text", "use_case_text", "use_case_code", "published_false_alert_rate_text", "note"}
)


class InFile(Protocol):
    """Anything that stands in a row of a file, or in none."""

    @property
    def page(self) -> int | None: ...

    @property
    def row(self) -> int | None: ...


def name_field(field_name: str) -> str:
    """`Faces seen`; a name without words stays as it is."""
    if field_name in STAGE:
        return _(STAGE.label(field_name))
    return _(FIELD_NAMES[field_name]) if field_name in FIELD_NAMES else field_name.replace("_", " ")


def describe_used(field_value: FieldValue, row: Deployment) -> str:
    """The value that is used: `10 May 2025`, `3 hours 6 minutes`, `602`, `0.62`;
    or the symbol of the reason."""
    value = field_value.value
    if value is None:
        return _symbol(field_value)
    if isinstance(value, dt.date):
        return format_period(value, row.end_date or value)
    if field_value.field_name == "duration_minutes" and isinstance(value, int):
        return format_duration(value)
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, Decimal):
        return format_value(value)
    return format_count(value) if isinstance(value, int) else str(value)


def describe_origin(field_value: FieldValue) -> str:
    """Where a value comes from, or why there is none; nothing where it is simply as printed."""
    if field_value.value is None and field_value.field_name not in STAGE:
        return _("Not published for this deployment.")
    if field_value.derivation:
        return _(DERIVATION.entry(field_value.derivation).meaning)
    if field_value.value_status == "published":
        return ""
    return _(VALUE_STATUS.entry(field_value.value_status).meaning)


def format_duration(minutes: int) -> str:
    """`3 hours 6 minutes`, `45 minutes`."""
    hours, rest = divmod(minutes, 60)
    sentences = []
    if hours:
        sentences.append(ngettext("{count} hour", "{count} hours", hours).format(count=hours))
    if rest or not hours:
        sentences.append(ngettext("{count} minute", "{count} minutes", rest).format(count=rest))
    return " ".join(sentences)


def describe_row_place(row: InFile) -> str:
    """`page 4, row 15`; `the whole file` where it is about no single row."""
    if row.page is None or row.row is None:
        return _("the whole file")
    return _("page {page}, row {row}").format(page=row.page, row=row.row)


def describe_row_title(row: Deployment) -> str:
    """`Dalston, 11 July 2024`."""
    day = format_period(row.date, row.end_date or row.date) if row.date else format_date(None)
    return _("{place}, {day}").format(place=row.location_text, day=day)


def describe_matching_rows(count: int, stored: int) -> str:
    """`180 rows`, and how many of them do not count."""
    text = ngettext("{count} entry", "{count} entries", count).format(count=format_count(count))
    if not stored:
        return text
    template = ngettext(
        "{count} of them is kept and not counted",
        "{count} of them are kept and not counted",
        stored,
    )
    return f"{text}, {template.format(count=format_count(stored))}"


def describe_totals(totals: Sequence[Estimate]) -> str:
    """What the rows add up to: `180 deployments, 771,203 faces seen, …`."""
    known = [format_amount(total) for total in totals if total.numerator is not None]
    if not known:
        return ""
    return _("Together: {amounts}.").format(amounts=format_list(known))


def _symbol(field_value: FieldValue) -> str:
    return _(VALUE_STATUS.label(field_value.value_status)).split("]")[0] + "]"
