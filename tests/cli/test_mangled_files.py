"""Files damaged at random: never a traceback, never a hang, never a file half written."""

from __future__ import annotations

import csv
import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab import rl_config
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas

from etl.cli import app as verbs
from etl.model.wide import CANONICAL_COLUMNS

# What a verb ends with when it says what is wrong with a file.
EXIT_CODES = {3, 4, 5, 13}
SLOWEST_SECONDS = 20
BYTES = st.sampled_from(
    [
        b"0",
        b"9999999999",
        b"-",
        b"/",
        b"<<",
        b">>",
        b"(",
        b")",
        b"[",
        b"\0",
        b"\xff",
        b" q ",
        b" Q ",
        b"<",
        b"&",
        b'"',
        b",",
        b"\n",
    ]
)
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["flip", "insert", "delete", "cut", "repeat"]),
        st.floats(0, 1, exclude_max=True),
        st.integers(1, 400),
        BYTES,
    ),
    min_size=1,
    max_size=6,
)
Change = tuple[str, float, int, bytes]


def mangle(content: bytes, changes: list[Change]) -> bytes:
    result = bytearray(content)
    for kind, share, length, put in changes:
        at = int(share * len(result))
        if kind == "flip" and result:
            result[at] ^= 1 << length % 8
        elif kind == "insert":
            result[at:at] = put
        elif kind == "delete":
            del result[at : at + length]
        elif kind == "repeat":
            result[at:at] = result[at : at + length]
        elif kind == "cut":
            result = result[: max(at, 1)] + (b"\n%%EOF" if length % 2 else b"")
    return bytes(result)


def draw_grid(path: Path, headings: list[str], rows: list[list[str]]) -> None:
    """A PDF with a ruled table, its instructions not compressed:
    a flipped byte reaches the words."""
    canvas = Canvas(str(path), pagesize=(60 * len(headings) + 40, 200), pageCompression=0)
    for line, texts in enumerate([headings, *rows]):
        for column, text in enumerate(texts):
            canvas.setFillColor(colors.lightgrey if line == 0 else colors.white)
            canvas.rect(20 + 60 * column, 160 - 16 * line, 60, 16, stroke=1, fill=1)
            canvas.setFillColor(colors.black)
            canvas.setFont("Helvetica", 4)
            canvas.drawString(22 + 60 * column, 165 - 16 * line, text)
    canvas.save()


@pytest.fixture(scope="module")
def originals(data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A small sound file of each kind, and a published PDF where there is one."""
    home = tmp_path_factory.mktemp("originals")
    cells = data / "publications" / "metropolitan_deployments" / "2025.cells.csv"
    headings, *rows = list(csv.reader(cells.read_text(encoding="utf-8").splitlines()))
    draw_grid(home / "grid.pdf", headings[2:], [row[2:] for row in rows[:5]])
    typed = data / "publications" / "metropolitan_transcription" / "2026.cells.csv"
    lines = list(csv.reader(typed.read_text(encoding="utf-8").splitlines()))[:12]
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows(line[1:] for line in lines)
    html = "".join(f"<tr><td>Event {n}</td><td>{n}</td><td>{n * n}</td></tr>" for n in range(1, 9))
    heads = "".join(
        f"<th>{text}</th>" for text in ("Event", "True Positive Alerts", "False Positive Alerts")
    )
    page = f"<!doctype html><html><body><table><tr>{heads}</tr>{html}</table></body></html>"
    row = {
        "grid.pdf": (home / "grid.pdf").read_bytes(),
        "typed.csv": table.getvalue().encode(),
        "page.html": page.encode(),
    }
    published = (
        data.parents[1] / "shared" / "published" / "met" / "lfr-deployment-grid-2020-2022.pdf"
    )
    if published.exists():
        row["published.pdf"] = published.read_bytes()
    return row


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mangled")


def read(place: Path, name: str, content: bytes) -> tuple[int, str]:
    """Runs the verb on these bytes; the exit code and what was said.
    Whatever was written is whole."""
    (place / name).write_bytes(content)
    out, string_io = place / "out.csv", io.StringIO()
    out.unlink(missing_ok=True)
    arguments = sys.argv
    sys.argv = ["etl", "read", str(place / name), "--to", str(out)]
    try:
        with (
            redirect_stderr(string_io),
            redirect_stdout(string_io),
            pytest.raises(SystemExit) as ended,
        ):
            verbs.main()
    finally:
        sys.argv = arguments
    code = int(ended.value.code or 0)
    assert {path.name for path in place.iterdir()} == {name} | ({"out.csv"} if code == 0 else set())
    (place / name).unlink()
    if code == 0:
        rows = list(csv.reader(out.read_text(encoding="utf-8").splitlines()))
        assert tuple(rows[0]) == CANONICAL_COLUMNS
        assert len(rows) > 1
        assert {len(row) for row in rows} == {len(CANONICAL_COLUMNS)}
    else:
        assert code in EXIT_CODES
        assert "nothing was written" in string_io.getvalue()
        assert "Traceback" not in string_io.getvalue()
    return code, string_io.getvalue()


def test_the_files_are_sound_before_they_are_damaged(
    originals: dict[str, bytes], place: Path
) -> None:
    assert [read(place, name, content)[0] for name, content in originals.items()] == [0] * len(
        originals
    )


@pytest.mark.timeout(SLOWEST_SECONDS * 6)
@pytest.mark.parametrize(
    ("name", "examples"),
    [("grid.pdf", 50), ("published.pdf", 8), ("typed.csv", 60), ("page.html", 80)],
)
def test_a_damaged_file_is_told_or_read(
    originals: dict[str, bytes], place: Path, name: str, examples: int
) -> None:
    if name not in originals:
        pytest.skip("no published files beside the project")

    @settings(
        max_examples=examples,
        deadline=SLOWEST_SECONDS * 1000,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(changes=CHANGES)
    def damage(changes: list[Change]) -> None:
        read(place, name, mangle(originals[name], changes))

    damage()


CELLS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('0123456789,.-%+="\n\0\u00b2\u0669'),
    max_size=12,
) | st.sampled_from(
    ["-1", "1e9", "NaN", "=1+1", "31/02/25", "2025-02-31", "9" * 5000, "x" * 30_000, "<td>"]
)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_text_in_a_cell_is_told_or_read(
    originals: dict[str, bytes], place: Path, data: Any
) -> None:
    name = data.draw(st.sampled_from(["typed.csv", "page.html"]))
    text = data.draw(CELLS)
    if name == "page.html":
        number = data.draw(st.integers(1, 8))
        content = originals[name].replace(
            f"<td>{number}</td>".encode(), f"<td>{text}</td>".encode()
        )
    else:
        rows = list(csv.reader(io.StringIO(originals[name].decode())))
        row = data.draw(st.integers(0, len(rows) - 1))
        rows[row][data.draw(st.integers(0, len(rows[row]) - 1))] = text
        table = io.StringIO()
        csv.writer(table, lineterminator="\n").writerows(rows)
        content = table.getvalue().encode()
    read(place, name, content)


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "page.html",
            b"<html><body>" + b"<!--" * 100_000 + b"<table></table></body></html>",
            "<!-- without -->",
        ),
        (
            "page.html",
            b"<html><table><tr><th>A</th></tr>"
            + b"<tr><td colspan=1000 rowspan=2000>1</td></tr>" * 2000
            + b"</table></html>",
            "merged cells over",
        ),
        (
            "page.html",
            b"<html><body>" + b"<div>" * 100_000 + b"<table></table></body></html>",
            "gave up",
        ),
        ("typed.csv", b'row,date\n1,"' + b"2" * 500_000, "a quotation mark that is never closed"),
        ("typed.csv", b"row,date\n" + b"1," * 200_000, "cells"),
        ("grid.pdf", b"%PDF-1.7\n" + b"[" * 200_000 + b"\n%%EOF", "PDF"),
    ],
    ids=[
        "open comments",
        "merged cells",
        "nested",
        "open quotation mark",
        "one long row",
        "open lists",
    ],
)
def test_a_file_made_to_exhaust_a_reader_is_told(
    place: Path, name: str, content: bytes, message: str
) -> None:
    code, text = read(place, name, content)
    assert code in EXIT_CODES
    assert message in text


@pytest.mark.parametrize("in_letters", [0, 1])
def test_a_changed_byte_in_what_is_compressed_is_never_read(place: Path, in_letters: int) -> None:
    """A checksum that does not fit stops the reading, as a digit could have changed."""
    before = rl_config.useA85
    rl_config.useA85 = in_letters
    try:
        drawn = io.BytesIO()
        canvas = Canvas(drawn, pageCompression=1)
        for line in range(40):
            canvas.drawString(100, 20 * line, f"{line * line} faces seen")
        canvas.save()
    finally:
        rl_config.useA85 = before
    content = drawn.getvalue()
    at = content.index(b"stream", content.index(b"/FlateDecode")) + 60
    changed = b"5" if content[at : at + 1] != b"5" else b"6"
    code, text = read(place, "grid.pdf", content[:at] + changed + content[at + 1 :])
    assert code == 3
    assert "damaged" in text
