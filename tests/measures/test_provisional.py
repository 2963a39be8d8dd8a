"""A year that the publications have only begun is marked, one that is over is not."""

from __future__ import annotations

import datetime as dt

from etl.measures.provisional import describe_begun, last_covered_days
from etl.model.coverage import Publishing
from etl.model.reference import Edition
from tests.measures.claims.sample_claims import blank

FORMS: list[Publishing] = [
    blank(Publishing, force_id="alpha", per_deployment_code="yes", publication_ids="grid copy"),
    blank(Publishing, force_id="beta", per_deployment_code="no", publication_ids="news"),
    blank(Publishing, force_id="gamma", per_deployment_code="yes", publication_ids=None),
]
EDITIONS: list[Edition] = [
    blank(Edition, publication_id="grid", period_end=dt.date(2025, 5, 10)),
    blank(Edition, publication_id="copy", period_end=dt.date(2026, 4, 17)),
    blank(Edition, publication_id="news", period_end=dt.date(2026, 1, 2)),
    blank(Edition, publication_id="grid", period_end=None),
]
LAST = {"alpha": dt.date(2026, 4, 17)}


def test_the_last_day_is_that_of_publications_of_single_deployments() -> None:
    assert last_covered_days(FORMS, EDITIONS) == LAST


def test_only_the_period_with_the_last_day_inside_is_provisional() -> None:
    text = "The deployments of Alpha are published to 17 April 2026 only."
    cases: tuple[tuple[dict[str, str | int | None], str], ...] = (
        ({"year": 2026}, text),
        ({"year": 2025}, ""),
        ({"year": 2027}, ""),
        ({"quarter": "2026-Q2", "force_id": "alpha"}, text),
        ({"month": "2026-04"}, text),
        ({"year": 2026, "month": "2026-03"}, ""),
        ({"month": None}, ""),
        ({"force_id": "alpha"}, ""),
    )
    for group, expected in cases:
        assert describe_begun(group, LAST, {"alpha": "Alpha"}) == expected


def test_a_period_that_ends_with_the_last_day_is_over() -> None:
    assert describe_begun({"month": "2026-04"}, {"alpha": dt.date(2026, 4, 30)}, {}) == ""


def test_a_period_of_which_only_the_first_day_is_covered_has_begun() -> None:
    text = describe_begun({"month": "2026-04"}, {"alpha": dt.date(2026, 4, 1)}, {})
    assert text == "The deployments of alpha are published to 1 April 2026 only."
    assert describe_begun({"month": "2026-04"}, {"alpha": dt.date(2026, 3, 31)}, {}) == ""
