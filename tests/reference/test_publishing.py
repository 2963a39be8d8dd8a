"""Who uses live facial recognition and what each publishes:
every force is there, and every statement has its evidence."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from etl.measures.publishing import USERS
from etl.model.codes import PUBLISHED_FIELD
from etl.model.records import Deployment
from etl.model.reference import Publication
from etl.sources.reference_tables import open_reference
from etl.warehouse.read import open_warehouse, read_table

Tables = dict[str, list[Any]]


@pytest.fixture(scope="module")
def tables(data: Path) -> Tables:
    return open_reference(data / "reference")


@pytest.fixture(scope="module")
def uses(tables: Tables) -> dict[str, list[Any]]:
    result: dict[str, list[Any]] = {}
    for item in tables["lfr_use"]:
        result.setdefault(item.force_id, []).append(item)
    return result


def test_every_force_is_there_with_its_periods_in_order(
    tables: Tables, uses: dict[str, list[Any]]
) -> None:
    assert set(uses) == {force.force_id for force in tables["forces"]}
    assert len(uses) == 47
    for force_id, own in uses.items():
        assert [item.period for item in own] == list(range(1, len(own) + 1)), force_id
        starts = [item.since_text for item in own if item.since_text]
        assert starts == sorted(starts), force_id
        assert all(item.until_text for item in own[:-1]), force_id
        assert all(
            item.since_text[: len(item.until_text)] <= item.until_text
            for item in own
            if item.since_text and item.until_text
        ), force_id


def test_a_statement_has_evidence_and_an_address(tables: Tables) -> None:
    for item in tables["lfr_use"]:
        assert item.evidence.endswith(".")
        assert item.source_url.startswith("http"), item.force_id
    for item in tables["publishing"]:
        assert item.evidence.endswith(".")
        assert item.source_url.startswith("http"), item.publishing_id
    for publishing_field in tables["publishing_fields"]:
        assert publishing_field.evidence.endswith((".", ".”")), (
            publishing_field.publishing_id,
            publishing_field.field_code,
        )
        assert publishing_field.published_code == "unknown" or publishing_field.source_url, (
            publishing_field.publishing_id,
            publishing_field.field_code,
        )


def test_a_force_with_rows_in_the_record_is_known_to_have_used_it(
    warehouse: Path, uses: dict[str, list[Any]]
) -> None:
    dated_count = 0
    for row in read_table(open_warehouse(warehouse), Deployment):
        own = [use for use in uses[row.force_id] if use.status_code in USERS]
        assert own, row.force_id
        if row.date is not None:
            dated_count += 1
            assert any(_covers(use, row.date.isoformat()) for use in own), row.deployment_id
    assert dated_count


def test_lenders_and_vendors_agree_with_what_is_said_elsewhere(
    warehouse: Path, tables: Tables
) -> None:
    lent_count = vendor_count = 0
    for row in read_table(open_warehouse(warehouse), Deployment):
        lent = {
            item.lender_force_id
            for item in tables["lfr_use"]
            if item.force_id == row.force_id and row.date and _covers(item, row.date.isoformat())
        }
        if row.lender_force_id:
            lent_count += 1
            assert row.lender_force_id in lent, row.deployment_id
    owned = {
        lfr_use.force_id: lfr_use.vendor_code
        for lfr_use in tables["lfr_use"]
        if lfr_use.lender_force_id is None
    }
    for lfr_use in tables["lfr_use"]:
        if lfr_use.vendor_code and lfr_use.lender_force_id:
            vendor_count += 1
            assert lfr_use.vendor_code == owned[lfr_use.lender_force_id], (
                lfr_use.force_id,
                lfr_use.period,
            )
    assert lent_count
    assert vendor_count


def test_a_user_has_a_form_even_if_it_is_none(tables: Tables, uses: dict[str, list[Any]]) -> None:
    forms = {item.force_id for item in tables["publishing"]}
    users = {
        force_id for force_id, own in uses.items() if any(item.status_code in USERS for item in own)
    }
    assert users == forms


def test_every_form_answers_for_every_field(tables: Tables) -> None:
    forces = {item.publishing_id: item.force_id for item in tables["publishing"]}
    answered = Counter(
        publishing_field.publishing_id for publishing_field in tables["publishing_fields"]
    )
    assert set(answered) == set(forces)
    for publishing_id, number in answered.items():
        assert number == len(PUBLISHED_FIELD.entries), publishing_id
    for publishing_field in tables["publishing_fields"]:
        assert publishing_field.force_id == forces[publishing_field.publishing_id]


def test_a_form_named_none_prints_nothing(tables: Tables) -> None:
    silent = {
        publishing.publishing_id
        for publishing in tables["publishing"]
        if publishing.form_code == "none"
    }
    assert {
        publishing_field.published_code
        for publishing_field in tables["publishing_fields"]
        if publishing_field.publishing_id in silent
    } == {"no"}


def test_publications_of_the_record_are_known_and_read_from_a_form(
    warehouse: Path, tables: Tables
) -> None:
    engine = open_warehouse(warehouse)
    known = {row.publication_id for row in read_table(engine, Publication)}
    named = {
        name
        for publishing in tables["publishing"]
        for name in (publishing.publication_ids or "").split()
    }
    assert named <= known
    read = {row.publication_id for row in read_table(engine, Deployment)}
    assert read - named == {"reported_deployments"}


def _covers(use: Any, day: str) -> bool:
    """Whether a day lies in a period, each end as exact as it is written."""
    starts, ends = use.since_text or "", use.until_text or "9999"
    return day[: len(starts)] >= starts and day[: len(ends)] <= ends
