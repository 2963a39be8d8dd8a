"""The table of deployments: every row with publication, page and row, and the printed date and
location beside values.

In: rows of the record and the status of their counts. Out: HTML of one page of the table.
A number that is not there says why; a row that is corrected or not counted says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.components.row_links import file_address, row_address
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.descriptions.rows import describe_row_place
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import link, printed, text
from dashboard.text.language import _
from dashboard.text.language import mark as N_
from dashboard.text.numbers import format_count, format_date, format_period
from etl.model.codes import RELIABILITY, VALUE_STATUS
from etl.model.records import Correction, Count
from etl.model.row_evidence import ListedDeployment
from etl.model.wide import format_value

ROWS_A_PAGE = 25
_STAGES = (
    ("faces_seen", N_("Faces seen")),
    ("alerts", N_("Alerts")),
    ("true_alerts", N_("True alerts")),
    ("false_alerts", N_("False alerts")),
    ("arrests", N_("Arrests")),
)
Statuses = Mapping[tuple[str, str], Count]


def write_deployment_page(
    context: PageContext,
    rows: Sequence[ListedDeployment],
    counts: Statuses,
    corrections: Mapping[str, Correction],
    caption: str,
) -> str:
    """One page of the table."""
    cells = [_cells(context, row, counts, corrections) for row in rows]
    columns = [
        Column(_("Date")),
        Column(_("Force and source")),
        Column(_("Location"), "wide"),
        Column(_("Watchlist size"), "number"),
        Column(_("Threshold"), "number"),
        *(Column(_(heading), "number") for _stage, heading in _STAGES),
    ]
    classes = ["" if row.counted else "lfr-uncounted" for row in rows]
    return write_table(
        make_table(caption, columns, cells, classes=classes, whole=True, stacked=True)
    )


def _cells(
    context: PageContext,
    row: ListedDeployment,
    counts: Statuses,
    corrections: Mapping[str, Correction],
) -> list[str]:
    numbers = [
        _number(row.counts[stage], counts.get((row.deployment_id, stage)))
        for stage, _heading in _STAGES
    ]
    watchlist = "[x]" if row.watchlist_size is None else format_count(row.watchlist_size)
    return [
        _date(row),
        _source(context, row),
        Markup(_location(context, row) + _notes(row, corrections)),
        watchlist,
        format_value(row.threshold) or "[x]",
        *numbers,
    ]


def _date(row: ListedDeployment) -> Markup:
    end = row.end_date if row.date else None
    period = format_period(row.date, end or row.date) if row.date else format_date(None)
    return Markup(f"{text(period)}{_printed(row.date_text)}")


def _location(context: PageContext, row: ListedDeployment) -> Markup:
    """As printed, as the way to the whole row; then the place that it was resolved to."""
    place_name, district = row.place_name or "", row.district_name or ""
    resolved = (
        place_name if district in place_name else ", ".join(filter(None, (place_name, district)))
    )
    place = f'<span class="lfr-quiet">{text(resolved)}</span>' if resolved else ""
    address = text(row_address(context, row.deployment_id))
    return Markup(f'<a href="{address}">{printed(row.location_text)}</a>{place}')


def _printed(sentence: str | None) -> str:
    if not sentence:
        return ""
    return (
        f'<span class="lfr-quiet">{text(_("published as “{text}”")).format(text=printed(sentence))}'
        "</span>"
    )


def _number(value: int | None, count: Count | None) -> Markup:
    status = (
        VALUE_STATUS.entry(count.value_status) if count else VALUE_STATUS.entry("not_published")
    )
    if value is None:
        return Markup(
            f"{text(_(status.label).split(']')[0])}]<span "
            f'class="lfr-quiet">{text(_reason(_(status.label)))}</span>'
        )
    if status.code in ("at_least", "about", "derived"):
        return Markup(
            f'{format_count(value)}<span class="lfr-quiet">{text(_(status.label))}</span>'
        )
    return Markup(format_count(value))


def _reason(label: str) -> str:
    return label.partition("] ")[2] or label


def _source(context: PageContext, row: ListedDeployment) -> Markup:
    """The force; page and row, as the way to the cells;
    how the figures reached us, as the way out to the file."""
    opened = file_address(row.source_address, row.reliability, row.page)
    place = (
        f'<a href="{text(row_address(context, row.deployment_id))}">'
        f"{text(describe_row_place(row))}</a>"
    )
    grade = link(opened, _(RELIABILITY.label(row.reliability)))
    return Markup(f'{text(_(row.force_name))}<span class="lfr-quiet">{place}. {grade}</span>')


def _notes(row: ListedDeployment, corrections: Mapping[str, Correction]) -> str:
    """What must be known of the row before its numbers are used."""
    sentences = []
    if not row.counted:
        sentences.append(
            _("Not counted: {why}").format(
                why=_sentence(row.not_counted_reason or _("no reason given"))
            )
        )
    if row.covers_deployments_count is None:
        sentences.append(_("Covers several deployments; how many is not published."))
    elif row.covers_deployments_count > 1:
        sentences.append(
            _("Covers {count} deployments.").format(count=row.covers_deployments_count)
        )
    for correction_id in (row.corrections or "").split():
        correction = corrections[correction_id]
        words = (
            _("Corrected: published as “{text}”, used as “{value}”. {why}")
            if correction.value_text
            else _("Corrected: published as “{text}”, not used. {why}")
        )
        sentences.append(
            words.format(
                text=correction.printed_text,
                value=correction.value_text,
                why=correction.reason,
            )
        )
    return "".join(f'<span class="lfr-quiet">{text(sentence)}</span>' for sentence in sentences)


def _sentence(sentence: str) -> str:
    return f"{sentence.rstrip('.')}."
