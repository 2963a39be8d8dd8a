"""The link to the file that holds a table: the CSV of the same selection.

In: a frame and a kind of file. Out: a line with the link; nothing where no server answers it.
"""

from __future__ import annotations

from dashboard.language import _
from dashboard.outputs.addresses import downloads_are_served
from dashboard.outputs.record_files import record_address
from dashboard.parts.frame import Frame
from dashboard.parts.style import show_html, text


def show_file(frame: Frame, kind: str) -> None:
    """`This table as CSV`."""
    if downloads_are_served():
        address = record_address(kind, frame.page.slug, frame.chosen)
        show_html(
            f'<p class="lfr-from"><a href="{text(address)}" download>{text(_("This table as CSV"))}</a></p>'
        )
