"""Opens the record for a page, or tells the reader what is missing.

In: the release that serves now. Out: `Record`; or a designed message and the end of the run."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from dashboard.pages import SITE
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_element, show_html
from dashboard.text.language import _
from etl.model.problems import RecordError
from etl.model.releases import ReleaseInfo
from etl.queries.record import Record
from etl.releases.catalogue import draft_of, name_release, open_serving


def open_record() -> Record:
    """The release that serves now; stops the page with a message where there is none,
    or nothing in it."""
    remedy = _(
        "Whoever runs the site builds it with “python -m etl build”, from what is in the "
        "repository."
    )
    try:
        answers = open_serving()
    except FileNotFoundError:
        _describe_missing(
            _("The data has not been built yet"),
            _("This site reads one file of data, and the file is not there."),
            remedy,
        )
    except RecordError:
        _describe_missing(
            _("The data cannot be read"),
            _(
                "The file of data is there, but it is damaged or was built by another version of "
                "the software."
            ),
            remedy,
        )
    if not answers.force_names():
        empty = _(
            "Release {release} holds no deployments, so there is nothing to show. This does not "
            "mean that live facial recognition was not used."
        )
        _describe_missing(
            _("The record is empty"), empty.format(release=answers.release_id), remedy
        )
    return answers


def open_info(record: Record) -> ReleaseInfo:
    """Which release the opened record is: the newest one with its content, or a draft."""
    return name_release(record.release_id) or draft_of(record.release)


def _describe_missing(title: str, what: str, remedy: str) -> NoReturn:
    show_html(f'<div class="lfr-header"><span class="lfr-site">{text(_(SITE))}</span></div>')
    show_element(st.title, title, anchor=False)
    show_html(f'<div class="lfr-note"><p>{text(what)}</p><p>{text(remedy)}</p></div>')
    st.stop()
