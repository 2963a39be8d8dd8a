"""Opens the record for a page, or tells the reader what is missing.

In: the release that serves now. Out: `Record`; or a designed message and the end of the run."""

from __future__ import annotations

import streamlit as st

from dashboard.pages import SITE
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_element, show_html
from dashboard.text.language import _
from etl.model.problems import RecordError
from etl.model.releases import ReleaseInfo
from etl.queries.record import Record
from etl.releases.catalogue import draft_of, name_release, open_serving


class RecordFaultError(Exception):
    """There is no record to show: a heading, what is wrong, what to do."""

    def __init__(self, title: str, what: str, remedy: str) -> None:
        super().__init__(title)
        self.title, self.what, self.remedy = title, what, remedy


def open_record() -> Record:
    """The release that serves now; stops the page with a message where there is none,
    or nothing in it."""
    try:
        return find_record()
    except RecordFaultError as fault:
        show_html(f'<div class="lfr-header"><span class="lfr-site">{text(_(SITE))}</span></div>')
        show_element(st.title, fault.title, anchor=False)
        show_html(write_fault(fault))
        st.stop()


def find_record() -> Record:
    """The release that serves now; RecordFaultError where there is none, or nothing in it."""
    remedy = _("The data are built with “python -m etl build”, from what is in the repository.")
    try:
        record = open_serving()
    except FileNotFoundError:
        raise RecordFaultError(
            _("The data has not been built yet"),
            _("This site reads one file of data, and the file is not there."),
            remedy,
        ) from None
    except RecordError:
        raise RecordFaultError(
            _("The data cannot be read"),
            _(
                "The file of data is there, but it is damaged or was built by another version of "
                "the software."
            ),
            remedy,
        ) from None
    if not record.force_names():
        empty = _(
            "Release {release} holds no deployments, so there is nothing to show. This does not "
            "mean that live facial recognition was not used."
        )
        raise RecordFaultError(
            _("There are no data yet"), empty.format(release=record.release_id), remedy
        )
    return record


def write_fault(fault: RecordFaultError) -> str:
    """What is wrong, and what to do."""
    return f'<div class="lfr-note"><p>{text(fault.what)}</p><p>{text(fault.remedy)}</p></div>'


def open_info(record: Record) -> ReleaseInfo:
    """Which release the opened record is: the newest one with its content, or a draft."""
    return name_release(record.release_id) or draft_of(record.release)
