"""About: who makes this and for whom, on what rules, and what a reader may expect of it.

In: the frame; the environment variable LFR_CONTACT, the address of whoever runs this copy. Out: the
page of `page.html`, a section a promise, each with an anchor that the foot of every page and a link
from outside can name. What is not reached stands beside what is: a fault is named with the rule
that it breaks and the way round it, and goes from the list once it is mended."""

from __future__ import annotations

import datetime as dt

from dashboard.components.templates import show_template
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import link, printed
from dashboard.rendering.view import View
from dashboard.text.language import LANGUAGES
from dashboard.text.numbers import format_date
from etl.model.records import Correction
from etl.model.reference import Publication
from etl.settings import read_contact

# The day on which pictures of every page were last looked at;
# the automatic tests run with every change.
TESTED_ON = dt.date(2026, 11, 28)


def show(context: PageContext) -> None:
    """The whole page."""
    _show_sections(context, read_contact("LFR_CONTACT"))


@cached
def _show_sections(context: PageContext, contact: str) -> None:
    terms = [
        (
            link(publication.url, publication.title),
            printed(publication.publisher),
            printed(publication.licence),
        )
        for publication in context.record.table(Publication)
    ]
    show_template(
        "views/about/page.html",
        context=context,
        contact=contact,
        corrections=len(context.record.table(Correction)),
        terms=terms,
        tested_day=format_date(TESTED_ON),
        welsh=LANGUAGES["cy"],
    )


VIEW = View(show)
