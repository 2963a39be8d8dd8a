"""Files of the force site, each given out through the scope of whoever asks: the template, saved
files, what was just checked.

In: a request with the cookie of a sign-in. Out: the file, or that there is none among those of the
person: the same words whether it is another force's or not there. Nothing is kept by browsers or by
proxies."""

from __future__ import annotations

import datetime as dt
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.force_site.auth.cookies import read_claims
from dashboard.force_site.auth.identity import NoRoleError, NotSignedInError
from dashboard.force_site.labels import SEVERITIES
from dashboard.force_site.session import UserSession, open_session, open_settings
from dashboard.report.make import make_reports
from dashboard.selection.selection import LANG
from dashboard.text.language import DEFAULT, _, language, use_language
from dashboard.text.messages import translate_message
from etl.formats.workbook_files import write_workbook
from etl.model.problems import RecordError
from etl.returns.annotate import HEADINGS, annotate_return
from etl.returns.intake import Intake
from etl.returns.saved_files import annotate_saved
from etl.returns.store.returns import Version, open_version
from etl.returns.template import make_workbook
from etl.returns.texts import LANGUAGES, open_texts

FOLDER = "/files"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_REPORTS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_STORED_MINUTES = 15
_MAX_CACHED = 50


@dataclass(frozen=True, slots=True)
class DownloadFile:
    """A file to give out."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _CheckedFile:
    user: str
    until: dt.datetime
    name: str
    content: bytes
    intake: Intake


class CheckedFiles:
    """Files that were checked and not saved, for the one person who checked them,
    for a quarter of an hour, in memory alone."""

    def __init__(self) -> None:
        self._cached: dict[str, _CheckedFile] = {}
        self._lock = threading.Lock()

    def keep(self, session: UserSession, name: str, content: bytes, intake: Intake) -> str:
        """The address of the annotated copy."""
        now = session.store.now()
        token = secrets.token_urlsafe(24)
        with self._lock:
            live = [(key, cached) for key, cached in self._cached.items() if cached.until > now]
            self._cached = dict(live[-_MAX_CACHED + 1 :])
            self._cached[token] = _CheckedFile(
                session.scope.user,
                now + dt.timedelta(minutes=_STORED_MINUTES),
                name,
                content,
                intake,
            )
        return f"{FOLDER}/checked/{token}"

    def find(self, session: UserSession, token: str) -> _CheckedFile | None:
        """The cached file, for the user that it was cached for."""
        checked_file = self._cached.get(token)
        return (
            checked_file
            if checked_file
            and checked_file.user == session.scope.user
            and checked_file.until > session.store.now()
            else None
        )


CHECKED = CheckedFiles()


def file_routes() -> list[Route]:
    """The addresses of files."""
    return [
        Route(f"{FOLDER}/return-template-{{lang}}.xlsx", _serve(_make_template)),
        Route(f"{FOLDER}/returns/{{return_id:int}}/{{number:int}}/file", _serve(_make_file)),
        Route(f"{FOLDER}/returns/{{return_id:int}}/{{number:int}}/cells.csv", _serve(_make_cells)),
        Route(
            f"{FOLDER}/returns/{{return_id:int}}/{{number:int}}/annotated.xlsx",
            _serve(_make_annotated),
        ),
        Route(f"{FOLDER}/checked/{{token}}", _serve(_make_checked)),
        Route(f"{FOLDER}/report/{{period}}/{{lang}}/{{ending}}", _serve(_make_report)),
    ]


def address_file(return_id: int, number: int, what: str) -> str:
    """The address of a saved file: `file`, `cells.csv`,
    or `annotated.xlsx` in the language in use."""
    there = f"{FOLDER}/returns/{return_id}/{number}/{what}"
    return in_language(there) if what == "annotated.xlsx" else there


def in_language(there: str) -> str:
    """The address of a file that has words of ours in it, in the language in use."""
    return there if language() == DEFAULT else f"{there}?{LANG}={language()}"


def address_report(period: str, lang: str, ending: str) -> str:
    """The address of the report of the person's own force for a period: `pdf` or `docx`."""
    return f"{FOLDER}/report/{period}/{lang}/{ending}"


def _serve(
    make: Callable[[UserSession, Request], DownloadFile | None],
) -> Callable[[Request], object]:
    def answer(request: Request) -> Response:
        try:
            session = open_session(read_claims(request.cookies, open_settings()))
            use_language(request.query_params.get(LANG, ""))
            download_file = make(session, request)
        except NotSignedInError:
            return PlainTextResponse("Sign in first.", 401, _HEADERS)
        except (NoRoleError, RecordError):
            download_file = None
        if download_file is None:
            return PlainTextResponse("There is no such file among yours.", 404, _HEADERS)
        name = "".join(
            sign if sign.isascii() and (sign.isalnum() or sign in "._-") else "_"
            for sign in download_file.name
        )
        headers = {**_HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
        return Response(download_file.content, media_type=download_file.kind, headers=headers)

    async def serve(request: Request) -> Response:
        return await to_thread.run_sync(answer, request)

    return serve


def _make_template(session: UserSession, request: Request) -> DownloadFile | None:
    lang = request.path_params["lang"]
    if lang not in LANGUAGES:
        return None
    book = make_workbook(sorted(session.site.force_names), open_texts(lang))
    return DownloadFile(f"return-template-{lang}.xlsx", _XLSX, write_workbook(book))


def _open(session: UserSession, request: Request) -> Version:
    # 0 would mean the newest file: an address always names one.
    number = request.path_params["number"] or -1
    return open_version(session.store, session.scope, request.path_params["return_id"], number)


def _make_file(session: UserSession, request: Request) -> DownloadFile:
    version = _open(session, request)
    return DownloadFile(version.file_name, "application/octet-stream", version.content)


def _make_cells(session: UserSession, request: Request) -> DownloadFile:
    version = _open(session, request)
    return DownloadFile(
        f"return-{version.return_id}-{version.number}.cells.csv",
        "text/csv; charset=utf-8",
        version.cells.encode(),
    )


def _make_annotated(session: UserSession, request: Request) -> DownloadFile:
    version = _open(session, request)
    return DownloadFile(
        f"return-{version.return_id}-{version.number}-annotated.xlsx",
        _XLSX,
        write_workbook(annotate_saved(version, _describe_marked)),
    )


def _describe_marked(text: str) -> str:
    if text in SEVERITIES:
        return _(SEVERITIES[text])
    return _(text) if text in HEADINGS else translate_message(text)


def _make_checked(session: UserSession, request: Request) -> DownloadFile | None:
    checked_file = CHECKED.find(session, request.path_params["token"])
    if checked_file is None:
        return None
    book = annotate_return(
        checked_file.name, checked_file.content, checked_file.intake, _describe_marked
    )
    return DownloadFile(
        f"{checked_file.name.rpartition('.')[0] or 'return'}-annotated.xlsx",
        _XLSX,
        write_workbook(book),
    )


def _make_report(session: UserSession, request: Request) -> DownloadFile | None:
    """Of the force of the scope and no other; a `RefusedQueryError` where there is nothing to
    report."""
    record, path_params = session.open_record(), request.path_params
    if (
        record is None
        or session.scope.force_id is None
        or path_params["ending"] not in _REPORTS
        or path_params["lang"] not in LANGUAGES
    ):
        return None
    (file,) = make_reports(
        record,
        session.scope.force_id,
        path_params["period"],
        path_params["lang"],
        path_params["ending"],
    )
    return DownloadFile(file.name, _REPORTS[path_params["ending"]], file.content)
