"""News of one force: files read, what its publisher changed, corrections, and announced deployments
without a result.

In: a record, a force. Out: `News`. Nothing depends on the clock: what is late is counted to the day
of the release."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from dashboard.server.feeds import Feed, News, order_news
from dashboard.web.release_urls import force_feed_address
from etl.model.edition_changes import EditionChange
from etl.model.records import Correction, Deployment
from etl.model.reference import Edition
from etl.queries.forces import list_without_result
from etl.queries.record import Record


def force_feed(force_id: str, name: str) -> Feed:
    """What the feed of a force is of."""
    address = force_feed_address(force_id)
    page = f"/forces?force={force_id}"
    return Feed(f"force/{force_id}", f"Live facial recognition: {name}", address, address, page)


def list_force_news(record: Record, force_id: str, released: dt.date) -> tuple[News, ...]:
    """Newest first. A file without a day is listed with the day of the release."""
    rows = record.table(Deployment, {"force_id": [force_id]})
    editions = {
        edition.edition_id: edition
        for edition in record.table(Edition)
        if edition.edition_id in {row.edition_id for row in rows}
    }
    news = [*_list_files(editions, rows, released)]
    news += _list_changes(record, editions, released)
    news += (
        News(
            f"correction/{correction.correction_id}/{force_id}",
            correction.declared_on,
            f"Correction: {correction.target}, page {correction.page}, row {correction.row}",
            f"Printed: {correction.printed_text}. Used instead: "
            f"{correction.value_text or 'nothing'}. {correction.reason}",
            f"/releases#{correction.correction_id}",
            "correction",
        )
        for correction in record.table(Correction)
        if correction.edition_id in editions
    )
    news += (
        News(
            f"no-result/{row.deployment_id}",
            day,
            f"No result found: {row.location_text}",
            f"Announced for {row.date}. {row.not_counted_reason or ''}".strip(),
            f"/forces?force={force_id}#late",
            "overdue",
        )
        for row, day in list_without_result(rows, released)
    )
    return order_news(news)


def _list_files(
    editions: dict[str, Edition], rows: list[Deployment], released: dt.date
) -> Iterator[News]:
    for edition in editions.values():
        own = [row for row in rows if row.edition_id == edition.edition_id]
        counted = sum(row.counted for row in own)
        yield News(
            f"edition/{edition.edition_id}/{edition.file_sha256[:16]}/rows",
            edition.published_on or edition.retrieved_on or released,
            f"Publication read: {edition.title}",
            f"{len(own)} rows, of which {counted} are counted.",
            "/sources",
            "publication",
        )


def _list_changes(
    record: Record, editions: dict[str, Edition], released: dt.date
) -> Iterator[News]:
    changes: dict[str, list[EditionChange]] = {}
    for change in record.table(EditionChange):
        if change.newer_edition_id in editions:
            changes.setdefault(change.newer_edition_id, []).append(change)
    for edition_id, own in changes.items():
        edition = editions[edition_id]
        yield News(
            f"changes/{edition_id}/{edition.file_sha256[:16]}",
            edition.published_on or edition.retrieved_on or released,
            f"Changed by the publisher: {edition.title}",
            f"{len(own)} cells or rows differ from the file before.",
            "/sources#changes",
            "revision",
        )
