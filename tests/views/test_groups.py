"""Groups asked for a page in a tiny world: what is hidden stays hidden, and is told as such."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dashboard.descriptions.groups import describe_figure_title, describe_how_sure, format_events
from dashboard.queries.groups import get_counts, get_figure, get_publishers
from dashboard.selection.selection import Selection
from dashboard.views.who_is_affected.text_published_groups import (
    describe_publishers,
    describe_what_there_is,
)
from etl.model.demographics import GroupDisparity
from tests.measures.groups.sample_groups import build_history, group_count

SELECTION = Selection(forces=("alpha",))


def fetch(home: Path, *counts) -> GroupDisparity:
    figure = get_figure(build_history(home, list(counts)), SELECTION)
    assert figure is not None
    assert figure.main is not None
    return figure.main


def test_a_record_without_counts_has_no_figure_unless_a_force_is_chosen(tmp_path: Path) -> None:
    record = build_history(tmp_path, [])
    assert get_figure(record, Selection()) is None
    figure = get_figure(record, SELECTION)
    assert figure is not None
    assert (figure.any, figure.code) == (None, "no_group_count")


def test_a_hidden_count_is_told_as_hidden_and_nothing_follows_from_it(tmp_path: Path) -> None:
    hidden = group_count("ic3", 3, 40, value_status="suppressed", group_count=None)
    figure = get_figure(build_history(tmp_path, [hidden]), SELECTION)
    assert figure is not None
    assert (figure.any, figure.code) == (None, "suppressed")
    assert figure.reason.startswith("[c]")


def test_too_few_events_give_the_count_alone(tmp_path: Path) -> None:
    message = fetch(tmp_path, group_count("ic3", 2, 10))
    assert format_events(message) == "2 of 10; too few for a share"
    assert "too few for a share" in describe_figure_title(message, compared=True)
    assert not any("times as large" in line for line in describe_how_sure(message))


def test_no_difference_detected_is_never_called_none(tmp_path: Path) -> None:
    message = fetch(tmp_path, group_count("ic3", 3, 20))
    text = " ".join(describe_how_sure(message))
    assert "A difference that was not detected may be there" in text
    assert "The smallest share that 20 events would have shown" in text
    assert "stops being significant" not in text
    assert "no bias" not in text


def test_what_is_published_names_the_events_and_a_force_with_a_return_publishes_by_group(
    tmp_path: Path,
) -> None:
    record = build_history(tmp_path, [group_count("ic3", 8, 10, stage_code="alerts")])
    counts, publishers = get_counts(record), get_publishers(record)
    what_there_is = describe_what_there_is(counts, {"alpha": "Alpha"})
    assert what_there_is == (
        "That is not a zero. What is published: Alpha, alerts, 1 January 2025 to 31 December 2025."
    )
    assert describe_what_there_is([], {}) == "That is not a zero."
    printed = describe_publishers(publishers, counts)
    assert "With any figure by group: 0." in printed
    assert printed.endswith(
        "No publication that was read gives faces seen, or the watchlist, by group."
    )
    returned = [
        replace(count, claim_id=None, returned_count_id="r_1", stage_code="faces_seen")
        for count in counts
    ]
    what_there_is = describe_publishers(publishers, returned)
    assert "With any figure by group: 1." in what_there_is
    assert "No publication that was read" not in what_there_is
