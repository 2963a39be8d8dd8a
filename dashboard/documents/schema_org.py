"""The record as search engines for data know it: schema.org's Dataset, in one page and the same for
every language.

In: the site's address, the release that serves. Out: JSON for a script element that nothing runs.
Computes nothing."""

from __future__ import annotations

import json

from dashboard.exports.formats import ENDINGS, PREFIX
from dashboard.exports.resources import RESOURCES
from etl.measures.catalogue import CATALOGUE
from etl.model.json_values import JsonObject
from etl.model.releases import ReleaseInfo
from etl.outputs.about import LICENCE_ADDRESS, STATUS, TITLE
from etl.queries.record import Record

_KEYWORDS = (
    "live facial recognition",
    "facial recognition",
    "police",
    "United Kingdom",
    "surveillance",
    "transparency",
)
_DESCRIPTION = (
    "Every published deployment of live facial recognition by police in the United Kingdom in one "
    "checked record: where, when, at what threshold, how many faces were seen, how many alerts "
    "followed, how many were false, and what came of it. Each value leads back to the printed "
    "cell; each rate has its denominator and its 95% interval."
)


def write_dataset(site: str, record: Record, release: ReleaseInfo) -> str:
    """The element with the description; `site` is the site's address without a path."""
    first, last = record.period()
    offered = [item for item in ENDINGS.values() if item.offered]
    row: JsonObject = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{site}/#dataset",
        "name": TITLE,
        "description": f"{_DESCRIPTION} {STATUS}",
        "url": f"{site}/",
        "keywords": list(_KEYWORDS),
        "license": LICENCE_ADDRESS,
        "isAccessibleForFree": True,
        "inLanguage": ["en-GB", "cy"],
        "version": release.version,
        "identifier": release.content_hash,
        "spatialCoverage": {"@type": "Place", "name": "United Kingdom"},
        "variableMeasured": [
            {
                "@type": "PropertyValue",
                "name": measure.title,
                "description": measure.question,
                "unitText": measure.unit,
            }
            for measure in CATALOGUE.values()
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": f"{resource.name.replace('_', ' ')}, {ending.meaning}",
                "description": resource.meaning,
                "encodingFormat": ending.media_type.partition(";")[0],
                "contentUrl": f"{site}{PREFIX}/{resource.name}.{ending.extension}",
            }
            for resource in RESOURCES.values()
            if not any(parameter.needed for parameter in resource.parameters)
            for ending in offered
        ],
        "creator": {"@type": "Organization", "name": TITLE, "url": f"{site}/about"},
    }
    if first and last:
        row["temporalCoverage"] = f"{first}/{last}"
    if release.date:
        row["datePublished"] = release.date.isoformat()
    written = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    # Nothing in a text may end the element.
    safe = written.replace("<", "\\u003c")
    return f'<script type="application/ld+json">{safe}</script>'
