"""Says at the top of every page that nobody has kept the record up for a year, or that an earlier
release is shown because the newest data cannot be read."""

from __future__ import annotations

import datetime as dt

from dashboard.rendering.context import PageContext
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import format_date
from etl.queries.record import Record
from etl.releases.catalogue import is_fallback

OLD = dt.timedelta(days=365)


def show_fallback(context: PageContext) -> None:
    """Silent while the newest data serves."""
    if is_fallback():
        sentence = _(
            "The newest data cannot be read at the moment. This page shows release {version}."
        ).format(version=context.release.version)
        show_html(f'<div class="lfr-note"><p>{text(sentence)}</p></div>')


def is_old(record: Record, today: dt.date) -> bool:
    """Whether nobody has looked after the record for a year."""
    last = record.last_retrieved
    return last is not None and today - last > OLD


def show_age(context: PageContext) -> None:
    """Silent while the record is looked after."""
    if is_old(context.record, dt.datetime.now(dt.UTC).date()):
        sentence = _(
            "This record is no longer kept up: no publication has been retrieved since {day}. What "
            "has been published since is missing here."
        ).format(day=format_date(context.record.last_retrieved))
        show_html(f'<div class="lfr-note"><p>{text(sentence)}</p></div>')
