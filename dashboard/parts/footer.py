"""What does not add up, and what this page was made from.

In: the record. Out: the page.
"""

from __future__ import annotations

import streamlit as st

from dashboard.parts.style import link, show_html, text
from dashboard.parts.tables import Column, Markup, write_table
from dashboard.wording import say_count
from etl.answers import Answers
from etl.model.codes import FINDING_STATUS, SEVERITY


def show_findings(answers: Answers) -> None:
    """How many findings there are, and all of them as a table; contradictions first."""
    findings = answers.rows("findings")
    titles = {one["publication_id"]: one for one in answers.rows("publications")}
    editions = {one["edition_id"]: one for one in answers.rows("editions")}
    order = list(SEVERITY)
    findings.sort(key=lambda one: order.index(one["severity_code"]))
    warnings = sum(one["severity_code"] == "warning" for one in findings)
    st.header("What does not add up", anchor="findings")
    if not findings:
        show_html('<p class="lfr-small">The checks of this release found nothing.</p>')
        return
    show_html(
        f"<p>The checks found {say_count(len(findings))} places worth knowing: {say_count(warnings)} where published "
        f"figures contradict each other or are very unlikely, {say_count(len(findings) - warnings)} notes. Printed values "
        "stay as printed unless a declared correction says otherwise.</p>"
    )
    rows = []
    for one in findings:
        edition = editions.get(one["edition_id"])
        title = edition["title"] if edition else titles[one["publication_id"]]["title"]
        place = f", page {one['page']}, row {one['row']}" if one["page"] else ""
        address = edition["url"] if edition else titles[one["publication_id"]]["url"]
        rows.append(
            (
                SEVERITY.label(one["severity_code"]),
                Markup(text(_name(one["message"], editions))),
                Markup(f"{link(address, title)}{text(place)}"),
                FINDING_STATUS.label(one["status_code"]),
            )
        )
    with st.expander(f"All {say_count(len(findings))} findings"):
        show_html(
            write_table(
                "Findings of the checks",
                (Column("Weight"), Column("Finding", "wide"), Column("Place", "wide"), Column("State")),
                rows,
                high=True,
            )
        )


def show_footer(answers: Answers) -> None:
    """Licence, release and software version."""
    release = answers.release
    show_html(
        "<hr><p class='lfr-small'>These are not official statistics. Contains public sector information licensed under the "
        "Open Government Licence v3.0, attributed to each publication above.</p>"
        f"<p class='lfr-small'>Release {text(answers.release_id)}, software {text(release['software_version'])}.</p>"
    )


def _name(message: str, editions: dict[str, dict[str, object]]) -> str:
    """The message with the titles of files in place of their identifiers."""
    for edition_id, edition in editions.items():
        message = message.replace(edition_id, f"“{edition['title']}”")
    return message
