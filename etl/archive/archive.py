"""Keeps published bytes for good under date and hash, and opens them only if they are still what
was kept.

In: published bytes and where they came from. Out: `shelf/<publication_id>/<date>-<hash>.<kind>`,
its sidecar (the same name and `.json`), and one line in `checks.jsonl` each time the publication
was looked at. Does not use the network, read a clock, overwrite or delete a kept file, or interpret
what a file says. The sidecar is written last and makes the file an edition, so an interruption
leaves no half of one."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import json
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from etl.model.problems import BrokenSnapshotError, FetchError, Problem, UnreadableFileError

ExpectedKind = Literal["pdf", "html", "csv"]
How = Literal["fetched", "by_hand"]
Outcome = Literal["new", "same_bytes", "not_modified"]

_PUBLICATION_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_HTML_TAG = re.compile(
    rb"<(!doctype\s+html|html|head|body|title|meta|script|table)\b", re.IGNORECASE
)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_REFUSAL = re.compile(
    r"(?i)access denied|attention required|just a moment|request "
    r"(rejected|blocked|unsuccessful)|captcha"
    r"|pardon our interruption|are you (a robot|human)|403 forbidden"
    r"|(page|file) (was |is |could )?not (be )?found|^404\b|^not found|error 404"
    r"|^(sign|log) ?in\b|(down for|under|scheduled) maintenance|temporarily unavailable"
    r"|before you continue|cookie consent"
)
_UNSEEN = re.compile(rb"(?is)<(script|style|head|noscript)\b.*?</\1\s*>|<[^>]*>")
_EXPECTED = {
    "pdf": "a PDF, which starts with %PDF-",
    "html": "a web page",
    "csv": "comma-separated text",
}
_SPACE = b" \t\r\n\0"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where bytes came from: the requested `url`, and `final_url` after redirects."""

    url: str
    final_url: str
    how: How
    original_name: str
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """One archived file, as its sidecar describes it. `retrieved` (UTC) is when these bytes were
    first seen."""

    publication_id: str
    path: Path
    kind: ExpectedKind
    sha256: str
    size_bytes: int
    retrieved: dt.datetime
    origin: Origin


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one look at a publication: the edition that is published,
    and whether it is new here."""

    edition: Edition
    outcome: Outcome
    origin: Origin


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """An archived file whose bytes match its sidecar. Use `content`: these bytes were verified."""

    edition: Edition
    content: bytes


def read_title(content: bytes) -> str | None:
    """The title of a web page, fit to print: one line, no control characters,
    at most 120 characters."""
    match = _TITLE.search(content[: 2**16].decode("utf-8", errors="replace"))
    text = html.unescape(match.group(1)) if match else ""
    return (
        " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())[:120]
        or None
    )


def check_content(
    content: bytes, kind: ExpectedKind, where: str, remedy: str
) -> tuple[Problem, ...]:
    """What speaks against these being a whole file of that kind.
    The bytes decide, not a header or a name."""
    start = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip(_SPACE)
    is_html = start.startswith(b"<") and _HTML_TAG.search(start) is not None
    title = read_title(content) if is_html else None
    is_other = {
        "html": not is_html,
        "pdf": b"%PDF-" not in content[:1024],  # the format allows some bytes before its mark
        "csv": start.startswith((b"%PDF-", b"PK\x03\x04")) or b"\0" in content,
    }
    text, expected = "", _EXPECTED[kind]
    if not start:
        text = "an empty file"
    elif is_html and (kind != "html" or (title and _REFUSAL.search(title))):
        text = (
            f'a web page titled "{title or ""}", likely a block page instead of what is published'
        )
    elif (
        kind == "html"
        and is_html
        and b"<script" in content
        and not _UNSEEN.sub(b"", content).strip()
    ):
        text = "a web page that scripts have to fill, without a word of its own"
    elif is_other[kind]:
        text = f"a file that starts with {start[:16]!r}"
    elif kind == "html" and b"</html" not in content.rstrip(_SPACE)[-4096:].lower():
        text, expected = f"a web page of {len(content)} bytes that is cut off", "</html> at its end"
    elif kind == "pdf" and b"%%EOF" not in content.rstrip(_SPACE)[-1024:]:
        text, expected = f"a PDF of {len(content)} bytes that is cut off", "%%EOF at its end"
    return (Problem(where, text, expected, remedy),) if text else ()


def keep_bytes(
    content: bytes,
    archive: Path,
    publication_id: str,
    *,
    kind: ExpectedKind,
    origin: Origin,
    now: dt.datetime,
) -> Fetched:
    """Writes bytes into the archive, or notes that it has them. `now` must have a time zone.

    Raises `FetchError` (fetched) or `UnreadableFileError` (by hand) for bytes that are no whole
    file of the kind, `FetchError` if the archive cannot be written, `BrokenSnapshotError` if an
    archived file is damaged."""
    folder = _find_folder(archive, publication_id)
    by_hand = origin.how == "by_hand"
    where = f"{publication_id}, {origin.original_name if by_hand else origin.url}"
    remedy = (
        "Open the published file itself and save that."
        if by_hand
        else describe_manual_download(publication_id)
    )
    if refused := check_content(content, kind, where, remedy):
        raise UnreadableFileError(refused) if by_hand else FetchError(refused)
    sha256, retrieved = (
        hashlib.sha256(content).hexdigest(),
        now.astimezone(dt.UTC).replace(microsecond=0),
    )
    path = folder / _name(retrieved, sha256, kind)
    edition = Edition(publication_id, path, kind, sha256, len(content), retrieved, origin)
    same = next(
        (
            stored_edition
            for stored_edition in list_editions(publication_id, archive)
            if stored_edition.sha256 == sha256
        ),
        None,
    )
    if same:
        fetched = Fetched(open_stored(same.path, archive).edition, "same_bytes", origin)
    else:
        fetched = Fetched(edition, "new", origin)
        with (
            _using(folder),
            _sidebar(folder, content) as file,
            _sidebar(folder, _describe(edition)) as sidecar,
        ):
            if not _place(file, path) and path.read_bytes() != content:
                raise BrokenSnapshotError(
                    _describe_changed(path, "other bytes under the name of those that came")
                )
            if not _place(sidecar, _sidecar(path)):  # another process kept the same bytes meanwhile
                fetched = Fetched(_read_sidecar(_sidecar(path)), "same_bytes", origin)
    note_check(fetched, archive, now=now)
    return fetched


def describe_manual_download(publication_id: str) -> str:
    """The remedy for what a publisher does not give to a script."""
    verb = f"python -m etl fetch --file FILE --publication {publication_id}"
    return f"Download it in a browser and keep the saved file with `{verb}`."


def note_check(fetched: Fetched, archive: Path, *, now: dt.datetime) -> None:
    """Adds one line to the publication's `checks.jsonl`:
    somebody looked, and this edition is published."""
    log = _find_folder(archive, fetched.edition.publication_id) / "checks.jsonl"
    text = {
        "checked": _format_time(now),
        "outcome": fetched.outcome,
        "sha256": fetched.edition.sha256,
    }
    line = json.dumps(text | {"origin": asdict(fetched.origin)})
    with _using(log), log.open("ab", buffering=0) as file:
        # One write that begins with the line break:
        # a line cut short by a power failure spoils no other.
        file.write(f"\n{line}".encode())
        os.fsync(file.fileno())


def find_last(url: str, publication_id: str, archive: Path) -> Fetched | None:
    """The last file fetched from this URL, if the archive has it; raises if it is damaged."""
    log = _find_folder(archive, publication_id) / "checks.jsonl"
    editions = {edition.sha256: edition for edition in list_editions(publication_id, archive)}
    with _using(log):
        lines = log.read_text("utf-8", errors="replace").splitlines() if log.exists() else []
    for line in reversed(lines):
        with suppress(ValueError, KeyError, TypeError):  # a line cut short vouches for nothing
            payload = json.loads(line)
            edition, origin = editions.get(payload["sha256"]), Origin(**payload["origin"])
            if origin.url == url and origin.how == "fetched":
                whole = open_stored(edition.path, archive).edition if edition else None
                return Fetched(whole, "same_bytes", origin) if whole else None
    return None


def list_editions(publication_id: str, archive: Path) -> tuple[Edition, ...]:
    """The archived files of a publication, oldest first; raises with every faulty sidecar."""
    editions, problems = list[Edition](), list[Problem]()
    for sidecar in sorted(_find_folder(archive, publication_id).glob("*.json")):
        try:
            editions.append(_read_sidecar(sidecar))
        except BrokenSnapshotError as broken:
            problems.extend(broken.problems)
    if problems:
        raise BrokenSnapshotError(problems)
    return tuple(sorted(editions, key=lambda edition: (edition.retrieved, edition.path.name)))


def open_stored(which: Path | str, archive: Path) -> OpenedFile:
    """Opens an archived file: a `Path`, or the text `<publication_id>/<first 12 or more hex of its
    sha256>`.

    Raises `BrokenSnapshotError` if it is missing or differs from its sidecar."""
    if isinstance(which, Path):
        edition = _read_sidecar(_sidecar(which))
    else:
        publication_id, _, prefix = which.rpartition("/")
        matches = [
            stored_edition
            for stored_edition in list_editions(publication_id, archive)
            if stored_edition.sha256.startswith(prefix)
        ]
        if len(prefix) < 12 or len(matches) != 1:
            remedy = f"The sidecars in {archive / publication_id} say what is kept."
            raise BrokenSnapshotError(
                Problem(which, f"{len(matches)} kept files", "one kept file", remedy)
            )
        edition = matches[0]
    try:
        content = edition.path.read_bytes()
    except OSError as error:
        raise BrokenSnapshotError(
            _describe_changed(edition.path, f"no readable file ({error.strerror})")
        ) from error
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 != edition.sha256:
        text = f"{len(content)} bytes with sha256 {sha256}"
        expected = f"{edition.size_bytes} bytes with sha256 {edition.sha256}"
        raise BrokenSnapshotError(_describe_changed(edition.path, text, expected))
    return OpenedFile(edition, content)


def _find_folder(archive: Path, publication_id: str) -> Path:
    """The folder of a publication. An id that is not plain words could name a folder outside the
    archive."""
    if not _PUBLICATION_ID.fullmatch(publication_id) or len(publication_id) > 100:
        text, remedy = (
            repr(publication_id),
            "Use the name of the publication's folder in data/publications.",
        )
        raise FetchError(Problem("publication id", text, "lower-case words joined by _", remedy))
    return archive / publication_id


def _name(retrieved: dt.datetime, sha256: str, kind: str) -> str:
    return f"{retrieved:%Y-%m-%d}-{sha256[:12]}.{kind}"


def _sidecar(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def _format_time(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")


def _describe(edition: Edition) -> bytes:
    asdict_text = asdict(edition) | {
        "path": edition.path.name,
        "retrieved": _format_time(edition.retrieved),
    }
    return f"{json.dumps(asdict_text, indent=2)}\n".encode()


def _read_sidecar(sidecar: Path) -> Edition:
    path = sidecar.with_name(sidecar.name.removesuffix(".json"))
    try:
        payload = json.loads(sidecar.read_text("utf-8"))
        own = {
            "path": path,
            "retrieved": dt.datetime.fromisoformat(payload["retrieved"]).astimezone(dt.UTC),
        }
        edition = Edition(**payload | own | {"origin": Origin(**payload["origin"])})
        names = {payload["path"], path.name, _name(edition.retrieved, edition.sha256, edition.kind)}
        folders = {edition.publication_id, path.absolute().parent.name}
    except (OSError, ValueError, KeyError, TypeError) as error:
        text = f"no sidecar that can be read ({type(error).__name__}: {error})"
        raise BrokenSnapshotError(
            _describe_changed(sidecar, text, "the sidecar kept with the file")
        ) from error
    if len(names) > 1 or len(folders) > 1:
        text = (
            f"the sidecar of {edition.publication_id}, {payload['path']}, with sha256 "
            f"{edition.sha256}"
        )
        raise BrokenSnapshotError(
            _describe_changed(sidecar, text, "the sidecar kept with the file")
        )
    return edition


def _describe_changed(path: Path, text: str, expected: str = "what was kept, unchanged") -> Problem:
    remedy = (
        f"Restore it from a copy, or move it and {path.stem}* out of the shelf and fetch again."
    )
    return Problem(str(path), text, expected, remedy)


@contextmanager
def _using(folder: Path) -> Iterator[None]:
    """Turns what the disk refuses into a problem."""
    try:
        yield
    except OSError as error:
        text, expected = str(error.strerror or error), "a shelf that can be read and written"
        remedy = (
            "Choose a folder of your own for the shelf, on a disk that has room and knows hard "
            "links."
        )
        raise FetchError(Problem(str(folder), text, expected, remedy)) from error


@contextmanager
def _sidebar(folder: Path, content: bytes) -> Iterator[Path]:
    """The bytes in a file of their own, on the disk for sure;
    gone on the way out, whatever happened."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".part-", dir=folder)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)
        aside.chmod(0o444)  # a kept file is not for editing
        yield aside
    finally:
        aside.unlink()


def _place(aside: Path, path: Path) -> bool:
    """Gives written bytes their name in one step; False if the name is taken,
    which is then left as it is."""
    try:
        os.link(aside, path)
    except FileExistsError:
        return False
    return True
