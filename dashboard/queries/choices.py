"""What a reader may choose on several pages and in addresses of data, by name of the parameter.

In: `Record`. Out: codes of the record with their words. A page adds what it alone has
(`dashboard.views.registry`)."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.queries.claims import get_claim_choices
from dashboard.queries.findings import get_quality_choices
from dashboard.queries.groups import list_group_choices
from dashboard.queries.misidentifications import list_case_choices
from dashboard.queries.series import AXES, RATES, SPLITS, STEPS
from dashboard.selection.selection import Choices
from dashboard.text.language import _
from dashboard.text.names import name_area, name_forces
from etl.measures.catalogue import MEASURES
from etl.model.reference import District, Place, Region
from etl.queries.record import Record


def get_choices(record: Record) -> Choices:
    """What a reader may choose, by name of the parameter: codes of the record with their words."""
    names = name_forces(record)
    published = {code: names[code] for code in record.force_names()}
    silent = sorted((name, code) for code, name in names.items() if code not in published)
    nothing = _("{name} (no figures)")
    regions = record.estimate("deployments_count", by=("region_code",)).estimates
    used = {region.of("region_code") for region in regions}
    start, end = record.period()
    years = range(start.year, end.year + 1) if start and end else range(0)
    return {
        "force": published | {code: nothing.format(name=name) for name, code in silent},
        "region": {
            region.region_code: _(region.region_name)
            for region in record.table(Region)
            if region.region_code in used
        },
        "district": _name_used(
            record, "district_code", {row.district_code: row for row in record.table(District)}
        ),
        "place_id": _name_used(record, "place_id", record.by_id(Place)),
        "from": {str(year): str(year) for year in years},
        "to": {str(year): str(year) for year in years},
        "measure": {code: _(measure.title) for code, measure in MEASURES.items()},
        "by": {code: _(words) for code, words in STEPS.items()},
        "split": {code: _(words) for code, (_by, _field, words) in SPLITS.items()},
        "axis": {code: _(words) for code, words in AXES.items()},
        "rate": {code: _(measure.title) for code, measure in RATES.items()},
        "use_case": _list_codes(record, "use_case"),
        "threshold": _list_codes(record, "threshold"),
        **get_quality_choices(record),
        **list_group_choices(),
        **list_case_choices(),
        **get_claim_choices(record),
    }


def _name_used(
    record: Record, by: str, rows: Mapping[str, District] | Mapping[str, Place]
) -> dict[str, str]:
    """Districts or places with deployments, by name."""
    used = record.estimate("deployments_count", by=(by,)).estimates
    codes = [str(estimate.of(by)) for estimate in used if estimate.of(by)]
    names = {code: name_area(rows[code]) for code in codes if code in rows}
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def _list_codes(record: Record, by: str) -> dict[str, str]:
    estimates = record.estimate("deployments_count", by=(by,)).estimates
    return {
        str(estimate.of(by)): str(estimate.of(by))
        for estimate in estimates
        if estimate.of(by) is not None
    }
