"""A record that nobody has kept up for a year says so at the top of every page.

In: the frame, today. Out: nothing, or a note with the day up to which publications were retrieved.
"""

from __future__ import annotations

import datetime as dt

from dashboard.rendering.context import PageContext
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import format_date

OLD = dt.timedelta(days=365)


def show_age(context: PageContext) -> None:
    """Silent while the record is looked after."""
    last = context.record.last_retrieved
    today = dt.datetime.now(dt.UTC).date()
    if last is not None and today - last > OLD:
        sentence = _(
            "This record is no longer kept up: no publication has been retrieved since {day}. What "
            "has been published since is missing here."
        ).format(day=format_date(last))
        show_html(f'<div class="lfr-note"><p>{text(sentence)}</p></div>')
