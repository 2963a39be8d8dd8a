"""Who uses live facial recognition and what each publishes: every force is there, and every statement has its evidence."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from etl.measures.publishing import USERS
from etl.model.codes import PUBLISHED_FIELD
from etl.sources.reference_tables import open_reference
from etl.warehouse.read import open_warehouse, read_table

Tables = dict[str, list[Any]]


@pytest.fixture(scope="module")
def tables(data: Path) -> Tables:
    return open_reference(data / "reference")


@pytest.fixture(scope="module")
def uses(tables: Tables) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for one in tables["lfr_use"]:
        found.setdefault(one.force_id, []).append(one)
    return found


def test_every_force_is_there_with_its_periods_in_order(tables: Tables, uses: dict[str, list[Any]]) -> None:
    assert set(uses) == {force.force_id for force in tables["forces"]}
    assert len(uses) == 47
    for force_id, own in uses.items():
        assert [one.period for one in own] == list(range(1, len(own) + 1)), force_id
        starts = [one.since_text for one in own if one.since_text]
        assert starts == sorted(starts), force_id
        assert all(one.until_text for one in own[:-1]), force_id
        assert all(
            one.since_text[: len(one.until_text)] <= one.until_text
            for one in own
            if one.since_text and one.until_text
        ), force_id


def test_a_statement_has_evidence_and_an_address(tables: Tables) -> None:
    for one in tables["lfr_use"]:
        assert one.evidence.endswith(".")
        assert one.source_url.startswith("http"), one.force_id
    for one in tables["publishing"]:
        assert one.evidence.endswith(".")
        assert one.source_url.startswith("http"), one.publishing_id
    for one in tables["publishing_fields"]:
        assert one.evidence.endswith((".", ".”")), (one.publishing_id, one.field_code)
        assert one.published_code == "unknown" or one.source_url, (one.publishing_id, one.field_code)


def test_a_force_with_rows_in_the_record_is_known_to_have_used_it(
    warehouse: Path, uses: dict[str, list[Any]]
) -> None:
    dated_count = 0
    for row in read_table(open_warehouse(warehouse), "deployments"):
        own = [one for one in uses[row["force_id"]] if one.status_code in USERS]
        assert own, row["force_id"]
        if row["date"] is not None:
            dated_count += 1
            assert any(_covers(one, row["date"].isoformat()) for one in own), row["deployment_id"]
    assert dated_count


def test_lenders_and_vendors_agree_with_what_is_said_elsewhere(warehouse: Path, tables: Tables) -> None:
    lent_count = vendor_count = 0
    for row in read_table(open_warehouse(warehouse), "deployments"):
        lent = {
            one.lender_force_id
            for one in tables["lfr_use"]
            if one.force_id == row["force_id"] and row["date"] and _covers(one, row["date"].isoformat())
        }
        if row["lender_force_id"]:
            lent_count += 1
            assert row["lender_force_id"] in lent, row["deployment_id"]
    owned = {one.force_id: one.vendor_code for one in tables["lfr_use"] if one.lender_force_id is None}
    for one in tables["lfr_use"]:
        if one.vendor_code and one.lender_force_id:
            vendor_count += 1
            assert one.vendor_code == owned[one.lender_force_id], (one.force_id, one.period)
    assert lent_count
    assert vendor_count


def test_a_user_has_a_form_even_if_it_is_none(tables: Tables, uses: dict[str, list[Any]]) -> None:
    forms = {one.force_id for one in tables["publishing"]}
    users = {force_id for force_id, own in uses.items() if any(one.status_code in USERS for one in own)}
    assert users == forms


def test_every_form_answers_for_every_field(tables: Tables) -> None:
    forces = {one.publishing_id: one.force_id for one in tables["publishing"]}
    answered = Counter(one.publishing_id for one in tables["publishing_fields"])
    assert set(answered) == set(forces)
    for publishing_id, number in answered.items():
        assert number == len(PUBLISHED_FIELD.entries), publishing_id
    for one in tables["publishing_fields"]:
        assert one.force_id == forces[one.publishing_id]


def test_a_form_named_none_prints_nothing(tables: Tables) -> None:
    silent = {one.publishing_id for one in tables["publishing"] if one.form_code == "none"}
    assert {one.published_code for one in tables["publishing_fields"] if one.publishing_id in silent} == {
        "no"
    }


def test_publications_of_the_record_are_known_and_read_from_a_form(warehouse: Path, tables: Tables) -> None:
    engine = open_warehouse(warehouse)
    known = {row["publication_id"] for row in read_table(engine, "publications")}
    named = {name for one in tables["publishing"] for name in (one.publication_ids or "").split()}
    assert named <= known
    read = {row["publication_id"] for row in read_table(engine, "deployments")}
    assert read - named == {"reported_deployments"}


def _covers(use: Any, day: str) -> bool:
    """Whether a day lies in a period, each end as exact as it is written."""
    starts, ends = use.since_text or "", use.until_text or "9999"
    return day[: len(starts)] >= starts and day[: len(ends)] <= ends
