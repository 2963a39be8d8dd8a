"""News of the record as Atom (RFC 4287) and JSON Feed 1.1: releases, corrections, publications that
were read.

In: news, the site's address. Out: the text of a feed. An entry keeps its id for good, whatever the
site's address or its words."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from dashboard.web.release_urls import ATOM, JSON_FEED
from etl.model.records import Correction
from etl.model.reference import Edition
from etl.model.releases import ReleaseInfo
from etl.queries.record import Record

TITLE = "News of the record of live facial recognition in UK policing"
MAX_COUNT = 200
_NAMES = uuid.UUID("5f3d4a52-6c0e-5b8e-9d6a-6f1f0b2c7a11")
_ATOM_NAMES = "http://www.w3.org/2005/Atom"
_NEVER = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed is of: `name` makes its id, `alternate` is the page that it belongs to."""

    name: str
    title: str
    atom: str
    json_feed: str
    alternate: str

    @property
    def id(self) -> str:
        return f"urn:uuid:{uuid.uuid5(_NAMES, self.name) if self.name else _NAMES}"


ALL_NEWS = Feed("", TITLE, ATOM, JSON_FEED, "/releases")


@dataclass(frozen=True, slots=True)
class News:
    """One entry: `name` makes its id, `address` is below the site's root."""

    name: str
    day: dt.date
    title: str
    summary: str
    address: str
    kind: str
    order: int = 0

    @property
    def id(self) -> str:
        return f"urn:uuid:{uuid.uuid5(_NAMES, self.name)}"

    @property
    def moment(self) -> str:
        """News have a day: the first has midnight in UTC, the others follow a second apart, so that
        feed readers that sort by time keep their order."""
        midnight = dt.datetime.combine(self.day, dt.time())
        return f"{(midnight + dt.timedelta(seconds=self.order)).isoformat()}Z"


def list_news(releases: Sequence[ReleaseInfo], record: Record | None) -> tuple[News, ...]:
    """Newest first. `answers` are those of a release, never of a draft; without them only releases
    are listed.

    A publication without a day of retrieval is listed with the release in which it came."""
    news = [
        News(
            f"release/{release.version}",
            release.date,
            f"Release {release.version}",
            release.reason,
            f"/releases?after={release.version}#changes"
            if release.previous
            else "/releases#releases",
            "release",
        )
        for release in reversed(releases)
        if release.date
    ]
    for correction in record.table(Correction) if record else ():
        text = (
            f"Printed: {correction.printed_text}. Used instead: "
            f"{correction.value_text or 'nothing'}. {correction.reason}"
        )
        title = (
            f"Correction: {correction.target} in {correction.edition_id}, page "
            f"{correction.page}, row {correction.row}"
        )
        news.append(
            News(
                f"correction/{correction.correction_id}",
                correction.declared_on,
                title,
                text,
                f"/releases#{correction.correction_id}",
                "correction",
            )
        )
    for edition in record.table(Edition) if record else ():
        if edition.retrieved_on:
            text = (
                f"{edition.rows_count} rows were read from it."
                if edition.rows_count
                else "It was read."
            )
            news.append(
                News(
                    f"edition/{edition.edition_id}/{edition.file_sha256[:16]}",
                    edition.retrieved_on,
                    f"Publication read: {edition.title}",
                    text,
                    "/releases#news",
                    "publication",
                )
            )
    return order_news(news)


def order_news(news: list[News]) -> tuple[News, ...]:
    """Newest first; of one day in the order given, releases last: a later entry moves no earlier
    one."""
    news.sort(key=lambda entry: (entry.day, entry.kind == "release"))
    days = Counter[dt.date]()
    for place, entry in enumerate(news):
        news[place] = replace(entry, order=days[entry.day])
        days[entry.day] += 1
    return tuple(reversed(news[-MAX_COUNT:]))


def write_atom(news: Sequence[News], site: str, about: Feed = ALL_NEWS) -> bytes:
    """An Atom feed; `site` is the site's address without a path."""
    feed = etree.Element(f"{{{_ATOM_NAMES}}}feed", nsmap={None: _ATOM_NAMES})
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", "en-GB")
    _add(feed, "id", about.id)
    _add(feed, "title", about.title)
    _add(feed, "updated", _last(news))
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{site}{about.atom}")
    _add(feed, "link", rel="alternate", type="text/html", href=f"{site}{about.alternate}")
    author = _add(feed, "author")
    _add(author, "name", "The record of live facial recognition in UK policing")
    for news_item in news:
        entry = _add(feed, "entry")
        _add(entry, "id", news_item.id)
        _add(entry, "title", news_item.title)
        _add(entry, "updated", news_item.moment)
        _add(entry, "published", news_item.moment)
        _add(entry, "link", rel="alternate", type="text/html", href=f"{site}{news_item.address}")
        _add(entry, "category", term=news_item.kind)
        _add(entry, "summary", news_item.summary)
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="UTF-8"))


def write_json_feed(news: Sequence[News], site: str, about: Feed = ALL_NEWS) -> bytes:
    """The same as JSON Feed 1.1."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": about.title,
        "home_page_url": f"{site}{about.alternate}",
        "feed_url": f"{site}{about.json_feed}",
        "language": "en-GB",
        "authors": [{"name": "The record of live facial recognition in UK policing"}],
        "items": [
            {
                "id": news_item.id,
                "url": f"{site}{news_item.address}",
                "title": news_item.title,
                "content_text": news_item.summary,
                "date_published": news_item.moment,
                "date_modified": news_item.moment,
                "tags": [news_item.kind],
            }
            for news_item in news
        ],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _last(news: Sequence[News]) -> str:
    return news[0].moment if news else f"{_NEVER.isoformat()}T00:00:00Z"


def _add(
    parent: etree._Element, name: str, text: str | None = None, **attributes: str
) -> etree._Element:
    child = etree.SubElement(parent, f"{{{_ATOM_NAMES}}}{name}", attributes)
    # A character that XML has no place for would make the whole feed unreadable.
    child.text = (
        "".join(letter for letter in text if letter >= " " or letter in "\n\t") if text else None
    )
    return child
