"""What a workbook's bytes must not hold, looked at before any of it is opened.

In: a file's name and bytes. Out: every `ReturnProblem` of the file as a whole and of its parts.
Only sizes, names and patterns are looked at: a part is unpacked up to a limit, never the whole, and
no XML is parsed."""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator

from etl.model.problems import explain
from etl.returns.problems import WHOLE_FILE, ReturnProblem, error_at

MAX_BYTES = 5_000_000
MAX_UNPACKED = 40_000_000
MAX_RATIO = 200
MAX_PARTS = 300
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_ALLOWED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/[\w.]+\.xml|docMetadata/[\w.]+\.xml|"
    r"customXml/.+|"
    r"xl/(?:workbook|styles|sharedStrings|metadata)\.xml|xl/theme/[\w.]+|"
    r"xl/_rels/workbook\.xml\.rels|"
    r"xl/worksheets/sheet\d+\.xml|xl/worksheets/_rels/sheet\d+\.xml\.rels|"
    r"xl/printerSettings/[\w.]+|"
    r"xl/calcChain\.xml|xl/tables/table\d+\.xml"
)
# Parts that are refused: a pattern of names, the code of the problem.
_REFUSED_PARTS = (
    (r"vbaProject|xl/macrosheets|activeX|\.bin$", "macro"),
    (r"externalLink", "external_link"),
    (r"docProps/thumbnail", "preview_picture"),
    (r"xl/media/|\.(?:png|jpe?g|gif|emf|wmf|bmp|tiff?|svg)$", "picture"),
    (r"embeddings|oleObject", "embedded_file"),
    (r"comments|persons/", "note"),
    (r"drawings|charts", "drawing"),
    (r"connections|queryTables|model/|pivot", "data_connection"),
)
_FORBIDDEN_XML = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
# The type of a part that is there; some writers name types of endings that no part has.
_MACRO_TYPE = re.compile(
    rb"<(?:\w+:)?(?:Override|Default(?=[^>]*Extension=[\"']xml[\"']))\b[^>]*"
    rb"(?:macroEnabled|vbaProject)",
    re.IGNORECASE,
)
MERGED = "merged_cells"
_SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell[\s>]")
_HIDDEN = re.compile(
    rb"<(?:\w+:)?(?P<kind>row|col)\b[^>]*\s(?:hidden=[\"'](?:1|true)|(?:ht|"
    rb"width)=[\"']0(?:\.0*)?)[\"']"
)
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_EMPTY_DRAWING = re.compile(rb"<(?:\w+:)?wsDr\b[^>]*(?:/>|>\s*</(?:\w+:)?wsDr>)\s*$")
# A name that stands for a text, and lines that are printed with every page.
_NAMED_TEXT = re.compile(rb"<(?:\w+:)?definedName\b[^>]*>\s*(?:&quot;|\")")
_PAGE_TEXT = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>([^<]*)<")
_PAGE_CODES = re.compile(rb"&amp;(?:[LCRPNDTFAZG]|\d+|&quot;[^&]*&quot;|K[0-9A-F]{6}|[BIUESXY])")
MAX_ROWS, MAX_COLUMNS = 20_000, 200
_FAR = re.compile(rb"<(?:\w+:)?c\b[^>]*?\sr=\"([A-Z]{1,3})(\d{1,7})\"")


def may_be_opened(problems: list[ReturnProblem]) -> bool:
    """Whether a package with these problems can be opened:
    merged and far cells would make millions of others on the way."""
    return not any(
        not problem.sheet or problem.code == MERGED or problem.cell for problem in problems
    )


def check_package(name: str, content: bytes) -> list[ReturnProblem]:
    """Everything that is wrong with a workbook before it is opened;
    the list is empty if it may be opened."""
    if len(content) > MAX_BYTES:
        return [error_at(WHOLE_FILE, "big_return", count=len(content), limit=MAX_BYTES)]
    if not content:
        return [error_at(WHOLE_FILE, "empty_workbook")]
    if content.startswith(_OLE):
        return [error_at(WHOLE_FILE, "old_or_locked")]
    if not name.lower().endswith(".xlsx"):
        return [error_at(WHOLE_FILE, "other_ending", name=name)]
    if not content.startswith(_ZIP):
        return [error_at(WHOLE_FILE, "no_workbook")]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return list(_check_parts(package))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ) as error:
        return [error_at(WHOLE_FILE, "damaged_workbook", why=str(error))]


def drop_dead_links(content: bytes) -> bytes:
    """The package without relationships to parts that it does not hold: R's openxlsx writes a
    drawing for every sheet, and no part for it. The same bytes where there are none."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = {name.casefold() for name in package.namelist()}
        bodies = {
            part: _drop_dead_links(part, package.read(part), names)
            for part in package.namelist()
            if part.endswith(".rels")
        }
        if all(package.read(part) == body for part, body in bodies.items()):
            return content
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as copy:
            for part in package.namelist():
                copy.writestr(part, bodies[part] if part in bodies else package.read(part))
    return held.getvalue()


def _drop_dead_links(part: str, body: bytes, names: set[str]) -> bytes:
    folder = posixpath.dirname(posixpath.dirname(part))
    for tag in _LINK_TAG.findall(body):
        link = _to_texts(_ATTRIBUTE.findall(tag))
        target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))
        if link.get("TargetMode") != "External" and target.lstrip("/").casefold() not in names:
            body = body.replace(tag, b"")
    return body


def _check_parts(package: zipfile.ZipFile) -> Iterator[ReturnProblem]:
    parts = package.infolist()
    if len(parts) > MAX_PARTS:
        yield error_at(WHOLE_FILE, "many_parts", count=len(parts), limit=MAX_PARTS)
        return
    if len({part.filename for part in parts}) < len(parts):
        yield error_at(WHOLE_FILE, "same_parts")
        return
    stated, packed = (
        sum(part.file_size for part in parts),
        sum(part.compress_size for part in parts),
    )
    if stated > MAX_UNPACKED or stated > MAX_RATIO * max(packed, 10_000):
        yield error_at(WHOLE_FILE, "big_unpacked", count=stated, limit=MAX_UNPACKED)
        return
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names:
        yield error_at(WHOLE_FILE, "no_workbook_inside")
        return
    yield from _check_names([name for name in names if not _is_empty_drawing(package, name)])
    titles = _read_titles(package)
    left = MAX_UNPACKED
    for part in parts:
        with package.open(part) as file:
            body = file.read(left + 1)
        left -= len(body)
        if left < 0:  # whatever the directory stated
            yield error_at(WHOLE_FILE, "bigger_unpacked", limit=MAX_UNPACKED)
            return
        if part.filename.endswith((".xml", ".rels")):
            yield from _check_body(part.filename, body, titles)


def _is_empty_drawing(package: zipfile.ZipFile, name: str) -> bool:
    """Whether a part is the drawing without marks that Google Sheets gives every sheet."""
    if not re.fullmatch(r"xl/drawings/drawing\d+\.xml", name):
        return False
    with package.open(name) as file:
        return _EMPTY_DRAWING.search(file.read(2_000)) is not None


_SHEET_TAG = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_LINK_TAG = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb"(\w+)=[\"']([^\"']*)[\"']")


def _read_titles(package: zipfile.ZipFile) -> dict[str, str]:
    """The names of the sheets by part, as the relationships of the workbook say."""
    sheets = _read_tags(package, "xl/workbook.xml", _SHEET_TAG)
    links = _read_tags(package, "xl/_rels/workbook.xml.rels", _LINK_TAG)
    targets = {link.get("Id", ""): link.get("Target", "").removeprefix("/") for link in links}
    titles: dict[str, str] = {}
    for sheet in sheets:
        target = targets.get(sheet.get("id", ""), "")
        titles[target if target.startswith("xl/") else f"xl/{target}"] = sheet.get("name", "")
    return titles


def _read_tags(package: zipfile.ZipFile, name: str, tag: re.Pattern[bytes]) -> list[dict[str, str]]:
    """The attributes of each such element of a part."""
    text = b""
    if name in package.namelist():
        with package.open(name) as file:
            text = file.read(1_000_000)
    tags = (_ATTRIBUTE.findall(match) for match in tag.findall(text))
    return list(map(_to_texts, tags))


def _to_texts(attributes: list[tuple[bytes, bytes]]) -> dict[str, str]:
    return {
        key.decode("ascii", "replace"): html.unescape(value.decode("utf-8", "replace"))
        for key, value in attributes
    }


def _check_names(names: list[str]) -> Iterator[ReturnProblem]:
    found: set[str] = set()
    for name in names:
        if name.endswith("/") or _ALLOWED.fullmatch(name):
            continue
        code = next(
            (code for pattern, code in _REFUSED_PARTS if re.search(pattern, name, re.IGNORECASE)),
            "other_part",
        )
        problem = error_at(WHOLE_FILE, code, name=name[:80])
        if problem.found not in found:
            found.add(problem.found)
            yield problem


def _check_body(name: str, body: bytes, titles: dict[str, str]) -> Iterator[ReturnProblem]:
    if b"\0" in body[:200] or body.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield error_at(WHOLE_FILE, "part_encoding", name=name)
        return
    if _FORBIDDEN_XML.search(body):
        yield error_at(WHOLE_FILE, "document_type", name=name)
    if name == "[Content_Types].xml" and _MACRO_TYPE.search(body):
        yield error_at(WHOLE_FILE, "macro_workbook")
    if name == "xl/workbook.xml":
        if _STRICT in body:
            yield error_at(WHOLE_FILE, "strict_workbook")
        if _NAMED_TEXT.search(body):
            yield error_at(WHOLE_FILE, "named_text")
    if not _SHEET.fullmatch(name):
        return
    sheet = titles.get(name, name.rpartition("/")[2])
    if _MERGED.search(body):
        yield error_at((sheet, None, ""), MERGED)
    if any(_PAGE_CODES.sub(b"", text).strip() for text in _PAGE_TEXT.findall(body)):
        yield error_at((sheet, None, ""), "page_text")
    for kind in {match["kind"] for match in _HIDDEN.finditer(body)}:
        yield error_at((sheet, None, ""), {b"row": "hidden_row", b"col": "hidden_column"}[kind])
    far = [
        match
        for match in _FAR.finditer(body)
        if int(match[2]) > MAX_ROWS or _number(match[1]) > MAX_COLUMNS
    ]
    if far:
        cell = (far[0][1] + far[0][2]).decode()
        words = explain("far_cell", cell=cell, rows=MAX_ROWS, columns=MAX_COLUMNS)
        yield ReturnProblem(sheet, None, "", "error", *words, cell)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
