"""Opens the record for a page, or tells the reader what is missing.

In: the release that serves now. Out: `Answers`, or a designed message and the end of the run.
"""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import streamlit as st

from dashboard.parts.style import show_html, text
from etl.answers import Answers, open_answers, serving_file
from etl.model.problems import RecordError


def open_record() -> Answers:
    """The release that serves now; stops the page with a message where there is none, or nothing in it."""
    path = serving_file()
    if not path.exists():
        _say_missing(
            "The data has not been built yet",
            "This site reads one file of data, and the file is not there.",
            "Whoever runs the site builds it with “python -m etl build”, from what is in the repository.",
        )
    try:
        answers = _open(path)
    except RecordError:
        _say_missing(
            "The data cannot be read",
            "The file of data is there, but it is damaged or was built by another version of the software.",
            "Whoever runs the site builds it again with “python -m etl build”.",
        )
    if not answers.forces():
        _say_missing(
            "The record is empty",
            f"Release {answers.release_id} holds no deployments, so there is nothing to show. This does not mean that "
            "live facial recognition was not used.",
            "Whoever runs the site adds publications and builds the data again with “python -m etl build”.",
        )
    return answers


@st.cache_resource(show_spinner=False, max_entries=2)
def _open(path: Path) -> Answers:
    return open_answers(path)


def _say_missing(title: str, what: str, remedy: str) -> NoReturn:
    st.header(title, anchor=False)
    show_html(f'<div class="lfr-note"><p>{text(what)}</p><p>{text(remedy)}</p></div>')
    st.stop()
