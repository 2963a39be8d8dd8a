"""The standard return: its sheets and columns, in every version there has been.

In: the fields and codes of the model. Out: `TEMPLATES` by version, `CURRENT`, and `PUBLISHED_IN`,
which says where each field that forces and the Home Office publish stands. A version that has been
given out never changes: what is added makes a new one. Does not write a workbook
(`etl.returns.template`) and does not read one (`etl.sources.force_returns`)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

from etl.model import codes
from etl.model.fields import About, Field, Unit, fields_of
from etl.model.groups import CLASSIFICATION
from etl.model.records import Deployment
from etl.model.return_codes import (
    ERROR_KIND,
    ERROR_OUTCOME,
    FACES_STATUS,
    OFFENCE,
    RETURNED_SUBJECT,
    WATCHLIST_REASON,
)

HIDDEN = "[c]"
MAX_TEXT_LENGTH = 120  # characters: the longest printed location of the record has about ninety


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: the field that it fills, one example,
    and whether a reason for a gap may stand in it."""

    field: Field
    example: str
    gaps: bool = False

    @property
    def heading(self) -> str:
        return self.field.name


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the return: what one row is, and its columns.
    `page` is its number, by which a row is found again."""

    name: str
    page: int
    row_is: str
    columns: tuple[Column, ...]
    one_row: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns)

    def column(self, heading: str) -> Column:
        """The column under a heading; KeyError if there is none."""
        for column in self.columns:
            if column.heading == heading:
                return column
        raise KeyError(heading)


@dataclass(frozen=True, slots=True)
class Template:
    """One version of the standard return."""

    version: str
    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet:
        """The sheet of a name; KeyError if there is none."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)


def _own(name: str, kind: type, about: About, example: str, *, optional: bool = False) -> Column:
    return Column(Field(name, kind, optional, about), example)


def _deployment(name: str, example: str, *, needed: bool = False) -> Column:
    """A column that fills a field of a Deployment, in its own words."""
    (field,) = [field for field in fields_of(Deployment) if field.name == name]
    return Column(Field(name, field.type, not needed, field.about), example)


def _stage(stage: str, example: str, *, needed: bool = False) -> Column:
    """A column that counts a stage of the funnel: a number, or the reason why there is none."""
    about = About(codes.STAGE.entry(stage).meaning, Unit.EVENTS, minimum=0)
    return Column(Field(f"{stage}_count", int, not needed, about), example, gaps=True)


_number = partial(_own, "deployment_number", int)
_NUMBER = About("Your number of the deployment, from 1, each once.", Unit.ORDINAL, minimum=1)
_OF_NUMBER = About(
    "The number of the deployment on the sheet deployments.", Unit.ORDINAL, minimum=1
)

_SHEETS_1 = (
    Sheet(
        "return",
        1,
        "The whole return: one row.",
        (
            _own(
                "template_version", str, About("Version of the template; leave it as it is."), "1"
            ),
            _own("force_id", str, About("Your force.", refers_to="forces.force_id"), "north_wales"),
            _own("period_start", dt.date, About("First day that the return covers."), "2026-01-01"),
            _own("period_end", dt.date, About("Last day that the return covers."), "2026-03-31"),
        ),
        one_row=True,
    ),
    Sheet(
        "deployments",
        2,
        "One deployment of the period, with its alerts by outcome.",
        (
            _number(_NUMBER, "1"),
            _deployment("date", "2026-01-17", needed=True),
            _deployment("end_date", ""),
            _deployment("start_time", "11:30"),
            _deployment("end_time", "16:05"),
            _deployment("duration_minutes", "275", needed=True),
            _deployment("location_text", "High Street, Bangor", needed=True),
            _deployment("use_case_text", "Town centre crime"),
            _deployment("lender_force_id", "south_wales"),
            _deployment("cameras_count", "2"),
            _deployment("watchlist_size", "4120", needed=True),
            _deployment("threshold", "0.64", needed=True),
            _stage("faces_seen", "18250", needed=True),
            _own(
                "faces_seen_status",
                str,
                About(
                    "Whether the number of faces seen was counted or estimated.", codes=FACES_STATUS
                ),
                "estimate",
                optional=True,
            ),
            _stage("alerts", "9", needed=True),
            _stage("true_alerts", "8", needed=True),
            _stage("true_alerts_confirmed", "7"),
            _stage("true_alerts_unconfirmed", "1"),
            _stage("false_alerts", "1", needed=True),
            _stage("false_alerts_confirmed", "1"),
            _stage("false_alerts_unconfirmed", "0"),
            _stage("engagements_after_true_alerts", "7"),
            _stage("engagements_after_false_alerts", "1"),
            _stage("arrests", "4", needed=True),
            _stage("other_disposals", "2"),
            _stage("no_action", "1"),
        ),
    ),
    Sheet(
        "alerts_by_group",
        3,
        "How many events of the period were about people of one group; never of one deployment.",
        (
            _own(
                "subject_code",
                str,
                About("What was counted.", codes=RETURNED_SUBJECT),
                "false_alerts",
            ),
            _own(
                "classification_code",
                str,
                About(
                    "The list of groups, which says who decided the group.", codes=CLASSIFICATION
                ),
                "officer_perceived_ic",
            ),
            _own(
                "group_code",
                str,
                About("The group, as a code of that list; people of unknown group too."),
                "ic3",
            ),
            _own(
                "counted",
                int,
                About(
                    f"Events about people of the group. Write {HIDDEN} for 1 to 4, and for 1 to 9 "
                    "in a group with people under 18.",
                    Unit.EVENTS,
                    minimum=0,
                ),
                "6",
            ),
            _own(
                "total",
                int,
                About(
                    "All events of the kind in the period, those of unknown group included.",
                    Unit.EVENTS,
                    minimum=0,
                ),
                "31",
                optional=True,
            ),
        ),
    ),
    Sheet(
        "arrests",
        4,
        "Arrests of the period by offence and by why the person was on the watchlist.",
        (
            _own("offence_code", str, About("What the arrests were for.", codes=OFFENCE), "theft"),
            _own(
                "watchlist_reason_code",
                str,
                About("Why the people arrested were on the watchlist.", codes=WATCHLIST_REASON),
                "wanted_by_court",
            ),
            _own("counted", int, About("Arrests.", Unit.EVENTS, minimum=0), "3"),
        ),
    ),
    Sheet(
        "watchlists",
        5,
        "Images on the watchlist of one deployment, by why the people are on it.",
        (
            _number(_OF_NUMBER, "1"),
            _own(
                "watchlist_reason_code",
                str,
                About("Why the people are on the watchlist.", codes=WATCHLIST_REASON),
                "wanted_by_court",
            ),
            _own("counted", int, About("Images.", Unit.IMAGES, minimum=0), "2980"),
        ),
    ),
    Sheet(
        "misidentifications",
        6,
        "One person who was engaged, searched, detained or arrested as somebody else. Nobody is "
        "described.",
        (
            _number(_OF_NUMBER, "1"),
            _own(
                "error_code",
                str,
                About("The kind of error.", codes=ERROR_KIND),
                "false_alert_engaged",
            ),
            _own(
                "outcome_code",
                str,
                About("What happened to the person.", codes=ERROR_OUTCOME),
                "no_further_action",
            ),
        ),
    ),
)

TEMPLATES: dict[str, Template] = {
    template.version: template for template in (Template("1", _SHEETS_1),)
}
CURRENT = TEMPLATES["1"]

# Where each field stands that forces, the College of Policing's practice and the Home Office's
# pages have in print.
PUBLISHED_IN: dict[str, tuple[str, str]] = {
    "date": ("deployments", "date"),
    "location": ("deployments", "location_text"),
    "duration": ("deployments", "duration_minutes"),
    "use_case": ("deployments", "use_case_text"),
    "watchlist_size": ("deployments", "watchlist_size"),
    "watchlist_composition": ("watchlists", "watchlist_reason_code"),
    "threshold": ("deployments", "threshold"),
    "faces_seen": ("deployments", "faces_seen_count"),
    "alerts": ("deployments", "alerts_count"),
    "true_and_false_alerts": ("deployments", "false_alerts_count"),
    "confirmed_split": ("deployments", "false_alerts_confirmed_count"),
    "engagements": ("deployments", "engagements_after_true_alerts_count"),
    "arrests": ("deployments", "arrests_count"),
    "outcomes": ("deployments", "other_disposals_count"),
    "offences": ("arrests", "offence_code"),
    "demographics": ("alerts_by_group", "group_code"),
}
