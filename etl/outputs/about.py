"""What every public file says of itself: which release, on which terms, how to cite it, what its
symbols mean.

In: a release. Out: texts. Does not know the site's address: whoever writes the file does."""

from __future__ import annotations

from dataclasses import dataclass

from etl.model.calendar import format_day
from etl.model.caveats import CAVEATS
from etl.model.json_values import JsonObject
from etl.model.releases import ReleaseInfo

TITLE = "The record of live facial recognition in UK policing"
LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0"
LICENCE_ADDRESS = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
OTHER_TERMS = (
    "Each publication’s own terms stand in the table of publications; coordinates of places are "
    "from GeoNames (CC BY 4.0) where the table of places says so."
)
STATUS = CAVEATS["not_official"]
# The bracketed codes of the Government Analysis Function, and what they stand for here.
SYMBOLS = {
    "[b]": "Break in the series: the rows lie on both sides of a change in how it was counted.",
    "[c]": "Confidential: hidden by us so that no person can be singled out.",
    "[e]": "Estimated: the publisher’s estimate, a lower bound or a rounded number.",
    "[p]": "Provisional: the publications end inside the period.",
    "[r]": "Revised since an earlier release.",
    "[u]": "Low reliability: fewer than 20 events, so that the interval is wide and must be read.",
    "[x]": "Not available: the reason stands beside it.",
    "[z]": "Not applicable.",
}


@dataclass(frozen=True, slots=True)
class FileAbout:
    """What a file says of itself. `asked` is the question and `address` the file's own, where it is
    the answer to one."""

    title: str
    description: str
    release: ReleaseInfo
    cite: str
    asked: JsonObject | None = None
    address: str = ""

    def describe_release(self) -> JsonObject:
        """The release, for the metadata of a file."""
        release = self.release
        return {
            "version": release.version,
            "release_id": release.release_id,
            "date": release.date.isoformat() if release.date else None,
            "content_hash": release.content_hash,
            "draft": release.is_draft,
        }

    def to_json(self) -> JsonObject:
        """All of it, with the terms, as the metadata of a file has it."""
        answer: JsonObject = (
            {} if self.asked is None else {"asked": self.asked, "address": self.address}
        )
        return {
            "title": self.title,
            "description": self.description,
            "release": self.describe_release(),
            "licence": {"name": LICENCE, "url": LICENCE_ADDRESS, "other_terms": OTHER_TERMS},
            "status": STATUS,
            **answer,
            "cite": self.cite,
        }


def format_citation(release: ReleaseInfo, address: str = "") -> str:
    """How to cite a file of this release."""
    day = f", {format_day(release.date)}" if release.date else ""
    draft = " (a draft that may still change)" if release.is_draft else ""
    where = f", {address}" if address else ""
    return f"{TITLE}, release {release.version}{draft}{day}, content {release.release_id}{where}"
