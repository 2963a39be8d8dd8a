"""Every measure on every page with figures, as an embed or a picture asks for them: each is a
figure, or a reason why there is none. Nothing is served or drawn by a browser."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from dashboard.pages import BY_SLUG
from dashboard.rendering.context import PageContext
from dashboard.selection.parameters import parameters_of
from dashboard.selection.selection import Choices, read_address
from dashboard.views.registry import WITH_FIGURES, list_cards, list_choices
from etl.measures.catalogue import MEASURES
from etl.queries.record import Record, open_record
from etl.releases.catalogue import find_release

QUERIES = [
    (slug, query)
    for slug in WITH_FIGURES
    for names in [{parameter.name for parameter in parameters_of(slug)}]
    for query in [
        {},
        *({"measure": [measure_id]} for measure_id in MEASURES if "measure" in names),
        *({"force": [force_id]} for force_id in ("essex",) if "force" in names),
    ]
]


@cache
def open_once(path: Path) -> tuple[Record, Choices]:
    record = open_record(path)
    return record, list_choices(record)


@pytest.mark.parametrize(
    ("slug", "query"), QUERIES, ids=[f"{slug}-{list(query.values())}" for slug, query in QUERIES]
)
def test_every_measure_is_a_figure_or_a_reason(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, slug: str, query: dict[str, list[str]]
) -> None:
    monkeypatch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
    record, choices = open_once(warehouse)
    selection, problems = read_address(slug, query, choices)
    assert not problems
    context = PageContext(
        BY_SLUG[slug], record, choices, selection, "en", False, find_release("latest")
    )
    for card in list_cards(context):
        assert card.card_id
        assert card.title
