"""The accessibility statement: what was tested, how and when, and what is not reached.

In: nothing. Out: a section of the About page. A fault is named here with the rule that it breaks
and the way round it; what the server mends (`static/site.js`, `site.css`) is no fault any more and
is not listed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dashboard.components.footer import ACCESSIBILITY
from dashboard.components.prose import show_points, show_prose
from dashboard.components.style import show_section
from dashboard.components.tables import Column, make_table, write_table
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.language import mark as N_
from dashboard.text.numbers import format_date

# The day on which pictures of every page were last looked at;
# the automatic tests run with every change.
TESTED_ON = dt.date(2026, 11, 28)


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not work, the success criterion of WCAG 2.2, and what a reader can do instead."""

    what: str
    criterion: str
    instead: str


FAULTS = (
    Fault(
        N_(
            "The points, bars and areas of a chart cannot be reached with the keyboard, and what a "
            "chart says of a point when a pointer is on it cannot be called up without one."
        ),
        "2.1.1",
        N_(
            "The table on the next tab has every value that is drawn, and more; the text "
            "alternative says what is drawn, the highest, the lowest and the gaps."
        ),
    ),
    Fault(
        N_("What a chart says of a point disappears only when the pointer moves away."),
        "1.4.13",
        N_("It says nothing that is not in the table."),
    ),
    Fault(
        N_("What the framework says when the connection is lost is English on Welsh pages too."),
        "3.1.2",
        N_("They are few, and none of them carries a figure."),
    ),
    Fault(
        N_(
            "Where several forces can be chosen at once, the framework gives each chosen one a "
            "name in a way that not every screen reader says."
        ),
        "4.1.2",
        N_(
            "The heading below the filters names what is chosen, and it is announced when it "
            "changes."
        ),
    ),
    Fault(
        N_("Without JavaScript there are no charts, filters and tables."),
        "",
        N_("Every page still says what it answers, and the data can be downloaded."),
    ),
)


def show_accessibility() -> None:
    """The section."""
    show_section(_("Accessibility statement"), anchor=ACCESSIBILITY)
    show_prose(
        _(
            "This site should be usable by everybody: on a phone, enlarged to four times its size, "
            "by keyboard alone, with a screen reader, in light and in dark. The measure is WCAG "
            "2.2, level AA. It partly meets it: the faults that we know are listed below."
        )
    )
    show_points(
        _(
            "Tested automatically with every change, on every page, in Chromium, in light and in "
            "dark: the rules of axe-core for WCAG 2.2 AA, order and visibility of the focus by "
            "keyboard, headings, 360 and 1920 pixels without scrolling sideways, tables with "
            "captions and headings of rows and columns."
        ),
        _("Looked at by eye on {day}, as pictures: every page at phone and desktop width.").format(
            day=format_date(TESTED_ON)
        ),
        _(
            "Not tested: with people who depend on it, with the screen readers JAWS, NVDA and "
            "VoiceOver, and with voice control. We would be glad of any report."
        ),
    )
    columns = (
        Column(_("What does not work"), "wide"),
        Column(_("WCAG 2.2")),
        Column(_("What to do instead"), "wide"),
    )
    rows = [(_(fault.what), fault.criterion, _(fault.instead)) for fault in FAULTS]
    show_html(
        write_table(
            make_table(_("Faults of the framework that we cannot mend"), columns, rows, whole=True)
        )
    )
    show_prose(
        _(
            "If you cannot use a part of this site, tell us what you need and in what form: see "
            "the address below. A table, a download or a description in words can be sent."
        )
    )
