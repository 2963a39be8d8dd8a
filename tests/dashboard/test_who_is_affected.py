"""Groups asked for a page in a tiny world: what is hidden stays hidden, and is told as such."""

from __future__ import annotations

from pathlib import Path

from dashboard.descriptions.groups import say_events, say_figure_title, say_how_sure
from dashboard.queries.groups import ask_counts, ask_figure, ask_publishers
from dashboard.selection.selection import Selection
from dashboard.views.who_is_affected.text_published_groups import say_publishers, say_what_there_is
from etl.model.demographics import GroupDisparity
from tests.measures.group_world import build_world, group_count

CHOSEN = Selection(forces=("alpha",))


def ask(home: Path, *counts) -> GroupDisparity:
    figure = ask_figure(build_world(home, list(counts)), CHOSEN)
    assert figure is not None
    assert figure.main is not None
    return figure.main


def test_a_record_without_counts_has_no_figure_unless_a_force_is_chosen(tmp_path: Path) -> None:
    answers = build_world(tmp_path, [])
    assert ask_figure(answers, Selection()) is None
    figure = ask_figure(answers, CHOSEN)
    assert figure is not None
    assert (figure.any, figure.code) == (None, "no_group_count")


def test_a_hidden_count_is_told_as_hidden_and_nothing_follows_from_it(tmp_path: Path) -> None:
    hidden = group_count("ic3", 3, 40, value_status="suppressed", group_count=None)
    figure = ask_figure(build_world(tmp_path, [hidden]), CHOSEN)
    assert figure is not None
    assert (figure.any, figure.code) == (None, "suppressed")
    assert figure.reason.startswith("[c]")


def test_too_few_events_give_the_count_alone(tmp_path: Path) -> None:
    told = ask(tmp_path, group_count("ic3", 2, 10))
    assert say_events(told) == "2 of 10; too few for a share"
    assert "too few for a share" in say_figure_title(told, compared=True)
    assert not any("times as large" in line for line in say_how_sure(told))


def test_no_difference_detected_is_never_called_none(tmp_path: Path) -> None:
    told = ask(tmp_path, group_count("ic3", 3, 20))
    said = " ".join(say_how_sure(told))
    assert "A difference that was not detected may be there" in said
    assert "The smallest share that 20 events would have shown" in said
    assert "stops being significant" not in said
    assert "no bias" not in said


def test_what_is_published_names_the_events_and_a_force_with_a_return_publishes_by_group(
    tmp_path: Path,
) -> None:
    answers = build_world(tmp_path, [group_count("ic3", 8, 10, stage_code="alerts")])
    counts, publishers = ask_counts(answers), ask_publishers(answers)
    said = say_what_there_is(counts, {"alpha": "Alpha"})
    assert said == "That is not a zero. What is published: Alpha, alerts, 1 January 2025 to 31 December 2025."
    assert say_what_there_is([], {}) == "That is not a zero."
    printed = say_publishers(publishers, counts)
    assert "With any figure by group: 0." in printed
    assert printed.endswith("No publication that was read gives faces seen, or the watchlist, by group.")
    returned = [{**one, "claim_id": None, "returned_count_id": "r_1", "stage_code": "faces_seen"} for one in counts]  # fmt: skip
    said = say_publishers(publishers, returned)
    assert "With any figure by group: 1." in said
    assert "No publication that was read" not in said
