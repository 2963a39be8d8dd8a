"""The project's own TOML files: every wrong type, key and value is told in words,
and none ends in a traceback."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.formats.declarations import open_toml
from etl.formats.typed_values import read_typed
from etl.model.problems import InvalidReferenceError, RecordError, UnreadableFileError
from etl.pipeline.corrections import open_corrections
from etl.sources.publications import open_publications
from etl.sources.reference_tables import open_reference

FILES: dict[str, Callable[[Path], object]] = {
    "publications/south_wales_events/publication.toml": lambda data: open_publications(
        data / "publications"
    ),
    "corrections/metropolitan_deployments.toml": lambda data: open_corrections(
        data / "corrections"
    ),
    "reference/precedence.toml": lambda data: open_reference(data / "reference"),
}


@pytest.fixture(scope="module")
def copied(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("own") / "data"
    shutil.copytree(data, home, ignore=shutil.ignore_patterns("releases", "outlines", "shelf"))
    (home / "reference" / "outlines").symlink_to(data / "reference" / "outlines")
    return home


def describe_problems(home: Path, name: str, content: str | bytes) -> str:
    """What is said of the data with this file in the place of its own."""
    path = home / name
    before = path.read_bytes()
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    try:
        FILES[name](home)
    except InvalidReferenceError as error:
        return str(error)
    finally:
        path.write_bytes(before)
    return ""


PUBLICATION, CORRECTIONS, PRECEDENCE = FILES
ENTRY = """[[correction]]
correction_id = "a"
edition_id = "metropolitan_deployments_2025"
page = 4
row = 2
target = "watchlist_size"
printed_text = "19199"
action_code = "replace"
value_text = "16199"
reason = "r"
evidence = "e"
declared_on = 2026-11-24
"""


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (
            PUBLICATION,
            "[[edition]]",
            "[edition]",
            "edition as a table; expected a list of tables, [[edition]]",
        ),
        (
            PUBLICATION,
            "[[edition]]",
            'gap_marks = "N/A"\n[[edition]]',
            "a table [gap_marks] of printed marks",
        ),
        (
            PUBLICATION,
            "[[edition]]",
            "gap_marks = {'-' = ['a']}\n[[edition]]",
            "gap mark '-' as a list",
        ),
        (PUBLICATION, "2017-05-29", '"2017-05-29"', "such as 2025-11-27, without quotation marks"),
        (
            PUBLICATION,
            "2017-05-29",
            "2017-05-29T00:00:00",
            "expected a date that is in the calendar",
        ),
        (PUBLICATION, '"2017_18.cells.csv"', '"."', "text of the form"),
        (PUBLICATION, '"2017_18.cells.csv"', '"../claims/2026_09.cells.csv"', "text of the form"),
        (PUBLICATION, "title =", "titel =", "the key titel"),
        (PUBLICATION, '"press"', '"good"', "one of the codes of reliability"),
        (PUBLICATION, '"south_wales"', "7", "force_id = 7; expected text"),
        (CORRECTIONS, ENTRY, "correction = 5", "correction = 5; expected a list of tables"),
        (
            CORRECTIONS,
            ENTRY,
            'correction = ["a"]',
            "correction as a list; expected a list of tables",
        ),
        (
            CORRECTIONS,
            "[[correction]]",
            "[[corrections]]",
            "the key corrections; expected only [[correction]]",
        ),
        (CORRECTIONS, '"watchlist_size"', '"deployment_id"', "a target that may be corrected"),
        (CORRECTIONS, '"watchlist_size"', '"page"', "a target that may be corrected"),
        (
            CORRECTIONS,
            '"watchlist_size"',
            '"colour"',
            "a field of a deployment or a stage, not 'colour'",
        ),
        (CORRECTIONS, '"16199"', '"many"', "a whole number such as 1234"),
        (CORRECTIONS, '"16199"', '"-4"', "at least 1"),
        (CORRECTIONS, 'value_text = "16199"\n', "", "the value to use instead"),
        (CORRECTIONS, "page = 4", "page = true", "page = True; expected a whole number"),
        (CORRECTIONS, "page = 4", f"page = {'9' * 400}", "a whole number of at most 15 digits"),
        (CORRECTIONS, "page = 4", f"page = {'9' * 5000}", "Mend the file"),
        (CORRECTIONS, "page = 4", "page = []", "page as a list; expected a whole number"),
        (CORRECTIONS, "2026-11-24", '"2026-11-24"', "without quotation marks"),
        (CORRECTIONS, '"r"', '" "', "a text that is not blank"),
        (PRECEDENCE, "[[precedence]]", "[precedence]", "precedence as a table"),
        (PRECEDENCE, "2025-07-11", '"2025-07-11"', "without quotation marks"),
        (PRECEDENCE, "kept_publication_id", "kept", "no kept_publication_id"),
    ],
)
def test_what_a_file_of_our_own_gets_wrong_is_told(
    copied: Path, name: str, old: str, new: str, expected: str
) -> None:
    text = ENTRY if name == CORRECTIONS else (copied / name).read_text(encoding="utf-8")
    assert old in text
    assert expected in describe_problems(copied, name, text.replace(old, new, 1))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xff\xfe", "the byte 0xFF at 0"),
        (b"a = ", "Mend the file"),
        (b"a=" + b"[" * 9999, "nested too deeply"),
    ],
    ids=["other encoding", "no TOML", "nested"],
)
def test_bytes_that_are_no_toml_are_told(
    copied: Path, name: str, content: bytes, expected: str
) -> None:
    assert expected in describe_problems(copied, name, content)


def test_all_faults_of_a_file_are_told_at_once(copied: Path) -> None:
    problems = describe_problems(
        copied, CORRECTIONS, ENTRY.replace("page = 4", 'page = "4"').replace('"r"', "[]") + "x = 1"
    )
    assert [words in problems for words in ("page = '4'", "reason as a list", "the key x")] == [
        True
    ] * 3


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("missing", "no such folder"),
        ("empty", "no publication in it"),
        ("directory", "nothing that can be opened"),
    ],
)
def test_folders_that_are_not_as_they_should_be_are_told(
    data: Path, tmp_path: Path, place: str, expected: str
) -> None:
    root = tmp_path / "publications"
    if place == "empty":
        root.mkdir()
    if place == "directory":
        shutil.copytree(data / "publications" / "south_wales_events", root / "south_wales_events")
        (root / "south_wales_events" / "2017_18.cells.csv").unlink()
        (root / "south_wales_events" / "2017_18.cells.csv").mkdir()
    with pytest.raises(InvalidReferenceError, match=expected):
        open_publications(root)
    with pytest.raises(InvalidReferenceError, match="no such folder"):
        open_corrections(tmp_path / "corrections")


def test_an_edition_that_two_publications_claim_is_told(data: Path, tmp_path: Path) -> None:
    root = tmp_path / "publications"
    stored_data = data / "publications" / "south_wales_events"
    shutil.copytree(stored_data, root / stored_data.name)
    shutil.copytree(stored_data, root / "south_wales")
    with pytest.raises(InvalidReferenceError, match="the edition_id 2 times"):
        open_publications(root)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "region_code,region_name\nE1,Caf\u00e9\n".encode("cp1252"),
            '0xE9 ("\u00e9" in Windows-1252)',
        ),
        (f"region_code,region_name\nE1,{'x' * 140_000}\n".encode(), "140,000 characters in cell 2"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "a PDF"),
    ],
    ids=["other encoding", "long cell", "another kind"],
)
def test_a_reference_table_that_is_no_plain_text_is_told(
    copied: Path, content: bytes, expected: str
) -> None:
    path = copied / "reference" / "regions.csv"
    before = path.read_bytes()
    path.write_bytes(content)
    try:
        with pytest.raises(InvalidReferenceError) as error:
            open_reference(copied / "reference")
    finally:
        path.write_bytes(before)
    assert expected in str(error.value)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (int, "1_000"),
        (int, " 8"),
        (int, "\u0668"),
        (int, "9" * 16),
        (int, "1.0"),
        (float, "nan"),
        (float, "inf"),
        (Decimal, "NaN"),
        (Decimal, "1e999"),
        (dt.date, "20250101"),
        (dt.date, "2025-W01-1"),
        (dt.date, "2025-02-31"),
        (bool, "True"),
        (dt.time, "25:00"),
        (dt.time, "0800"),
    ],
)
def test_a_value_in_another_form_is_refused(kind: type, text: str) -> None:
    with pytest.raises(ValueError, match=r"^(a|true) "):
        read_typed(kind, text)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (int, "-12", -12),
        (float, "51.5", 51.5),
        (Decimal, "1.667e-05", Decimal("0.00001667")),
        (dt.date, "2025-11-27", dt.date(2025, 11, 27)),
        (dt.time, "08:30", dt.time(8, 30)),
        (bool, "false", False),
        (str, "", ""),
    ],
)
def test_a_value_in_its_form_is_read(kind: type, text: str, value: object) -> None:
    assert read_typed(kind, text) == value


VALUES = st.sampled_from(
    [
        "5",
        "-1",
        "true",
        '""',
        '"x"',
        "1.5",
        "nan",
        "2025-01-01",
        "08:00:00",
        "[]",
        "[[]]",
        "{}",
        "{a=1}",
        '["a"]',
        "1979-05-27T07:32:00Z",
        "9" * 30,
        "'''\n'''",
    ]
)


@given(data=st.data())
def test_no_value_of_any_key_ends_in_a_traceback(copied: Path, data: Any) -> None:
    name = data.draw(st.sampled_from([PUBLICATION, CORRECTIONS]))
    lines = (copied / name).read_text(encoding="utf-8").splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    key = lines[number].partition("=")[0]
    stored = data.draw(st.sampled_from(["key", "line", "heading"]))
    value = data.draw(VALUES)
    lines[number] = {
        "key": f"{key} = {value}",
        "line": "",
        "heading": f"[{key.strip(' []') or 'x'}]",
    }[stored]
    # any error but BadReference fails the test
    message = describe_problems(copied, name, "\n".join(lines))
    assert message == "" or Path(name).name in message


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="Is a directory") as error:
        open_toml(tmp_path, "a.toml")
    assert isinstance(error.value, RecordError)
