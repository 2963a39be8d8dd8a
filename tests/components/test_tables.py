"""Tables as HTML: what stacks on a phone, and what is left out of a block there."""

from __future__ import annotations

import pytest

from dashboard.components.tables import Column, make_table, write_table


@pytest.mark.parametrize(
    ("kinds", "stacks"),
    [
        (("wide", "wide"), False),
        (("wide", "number", "number"), True),
        (("short", "number", "number"), False),
        (("short", "number", "number", "number"), True),
    ],
)
def test_a_table_too_wide_for_a_phone_stacks(kinds: tuple[str, ...], stacks: bool) -> None:
    columns = [Column(f"Heading {number}", kind) for number, kind in enumerate(kinds)]
    table = write_table(make_table("A caption", columns, [["value"] * len(kinds)]))
    assert ('role="table"' in table) is stacks
    assert ('data-label="Heading 1"' in table) is stacks


def test_a_table_that_says_how_it_stands_is_not_asked() -> None:
    columns = [Column("Force", "wide"), Column("Alerts", "number"), Column("Arrests", "number")]
    assert "lfr-stacked" not in write_table(
        make_table("A caption", columns, [["Essex", "1", "2"]], stacked=False)
    )


def test_only_what_does_not_apply_is_left_out_of_a_block() -> None:
    columns = [Column("Force"), Column("Alerts"), Column("Arrests")]
    table = write_table(
        make_table("A caption", columns, [["Essex", "[z]", "[x] not published"]], stacked=True)
    )
    assert table.count("lfr-needless") == 1
    assert 'lfr-needless">[z]</td>' in table
