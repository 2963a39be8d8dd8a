"""News of the record as Atom (RFC 4287) and JSON Feed 1.1: releases, corrections, publications that were read.

In: news, the site's address. Out: the text of a feed. An entry keeps its id for good, whatever the site's address or its words.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from dashboard.web.release_urls import ATOM, JSON_FEED
from etl.model.releases import ReleaseInfo
from etl.queries.record import Answers

TITLE = "News of the record of live facial recognition in UK policing"
MOST = 200
_NAMES = uuid.UUID("5f3d4a52-6c0e-5b8e-9d6a-6f1f0b2c7a11")
_ATOM_NAMES = "http://www.w3.org/2005/Atom"
_NEVER = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class News:
    """One entry: `name` makes its id, `address` is below the site's root."""

    name: str
    day: dt.date
    title: str
    said: str
    address: str
    kind: str

    @property
    def id(self) -> str:
        return f"urn:uuid:{uuid.uuid5(_NAMES, self.name)}"

    @property
    def moment(self) -> str:
        """News are known by the day; midnight in UTC stands for it."""
        return f"{self.day.isoformat()}T00:00:00Z"


def list_news(releases: Sequence[ReleaseInfo], answers: Answers | None) -> tuple[News, ...]:
    """Newest first. `answers` are those of a release, never of a draft; without them only releases are told.

    A publication whose day of retrieval is not known is not told by itself: the release in which it came is.
    """
    found = [
        News(f"release/{one.version}", one.date, f"Release {one.version}", one.reason, f"/releases?after={one.version}#changes" if one.previous else "/releases#releases", "release")
        for one in releases
        if one.date
    ]  # fmt: skip
    for one in answers.rows("corrections") if answers else ():
        said = (
            f"Printed: {one['printed_text']}. Used instead: {one['value_text'] or 'nothing'}. {one['reason']}"
        )
        title = f"Correction: {one['target']} in {one['edition_id']}, page {one['page']}, row {one['row']}"
        found.append(News(f"correction/{one['correction_id']}", one["declared_on"], title, said, f"/releases#{one['correction_id']}", "correction"))  # fmt: skip
    for one in answers.rows("editions") if answers else ():
        if one["retrieved_on"]:
            said = f"{one['rows_count']} rows were read from it." if one["rows_count"] else "It was read."
            found.append(News(f"edition/{one['edition_id']}/{one['file_sha256'][:16]}", one["retrieved_on"], f"Publication read: {one['title']}", said, "/releases#news", "publication"))  # fmt: skip
    return tuple(
        sorted(found, key=lambda one: (one.day, one.kind == "release", one.name), reverse=True)[:MOST]
    )


def write_atom(news: Sequence[News], site: str) -> bytes:
    """An Atom feed; `site` is the site's address without a path."""
    feed = etree.Element(f"{{{_ATOM_NAMES}}}feed", nsmap={None: _ATOM_NAMES})
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", "en-GB")
    _add(feed, "id", f"urn:uuid:{_NAMES}")
    _add(feed, "title", TITLE)
    _add(feed, "updated", _last(news))
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{site}{ATOM}")
    _add(feed, "link", rel="alternate", type="text/html", href=f"{site}/releases")
    author = _add(feed, "author")
    _add(author, "name", "The record of live facial recognition in UK policing")
    for one in news:
        entry = _add(feed, "entry")
        _add(entry, "id", one.id)
        _add(entry, "title", one.title)
        _add(entry, "updated", one.moment)
        _add(entry, "published", one.moment)
        _add(entry, "link", rel="alternate", type="text/html", href=f"{site}{one.address}")
        _add(entry, "category", term=one.kind)
        _add(entry, "summary", one.said)
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="UTF-8"))


def write_json_feed(news: Sequence[News], site: str) -> bytes:
    """The same as JSON Feed 1.1."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": TITLE,
        "home_page_url": f"{site}/releases",
        "feed_url": f"{site}{JSON_FEED}",
        "language": "en-GB",
        "authors": [{"name": "The record of live facial recognition in UK policing"}],
        "items": [
            {
                "id": one.id,
                "url": f"{site}{one.address}",
                "title": one.title,
                "content_text": one.said,
                "date_published": one.moment,
                "date_modified": one.moment,
                "tags": [one.kind],
            }
            for one in news
        ],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _last(news: Sequence[News]) -> str:
    return f"{max((one.day for one in news), default=_NEVER).isoformat()}T00:00:00Z"


def _add(parent: etree._Element, name: str, said: str | None = None, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{_ATOM_NAMES}}}{name}", attributes)
    # A character that XML has no place for would make the whole feed unreadable.
    child.text = "".join(one for one in said if one >= " " or one in "\n\t") if said else None
    return child
