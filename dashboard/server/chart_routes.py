"""Figures to take away: `/chart/PAGE/CARD.svg` and `.png`, and `/embed/PAGE/CARD`, a small page for
other sites.

In: the parameters of the page, `release` to pin one, `lang`, `theme`, `width`. Out: a picture with
title, key, source, date, version and address inside; or a problem (RFC 9457) that names what is
wrong. Pinned, they never change; else they follow the latest release. What was drawn is kept; few
are drawn at once, and who would wait too long is told to come again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from anyio import Semaphore, fail_after, to_thread
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dashboard.api.cache import CachedResponse, ResponseCache, digest_headers, is_known
from dashboard.api.problems import build_problem_response
from dashboard.charts.image import WIDTH, Caption, draw_picture, render_png
from dashboard.charts.svg.draw import draw_svg
from dashboard.components.card import FigureCard, NoFigure, Placeholder
from dashboard.components.source_note import describe_update, name_sources
from dashboard.components.tables import Markup, write_table
from dashboard.exports.formats import PREFIX as DATA
from dashboard.exports.parameters import MAX_QUERY_LENGTH, RELEASE, ParameterProblem
from dashboard.exports.urls import cite_address
from dashboard.pages import BY_SLUG, SITE
from dashboard.rendering.context import PageContext
from dashboard.selection.parameters import parameters_of
from dashboard.selection.selection import LANG, read_address
from dashboard.streamlit_internals.index_page import TAGS
from dashboard.text.language import DEFAULT, LANGUAGES, _, use_language
from dashboard.text.numbers import without_symbols
from dashboard.views.registry import WITH_FIGURES, keep_choices, list_cards
from dashboard.web.site_url import keep_named, name_site
from dashboard.web.templates import Html, render_template
from etl.model.problems import RecordError
from etl.model.refusals import QueryError
from etl.model.releases import LATEST, ReleaseInfo
from etl.releases.catalogue import find_release, open_listed

THEME, THEMES = "theme", ("light", "dark")
# A picture is as wide as an article, or as a phone.
WIDTH_NAME, PICTURE_WIDTHS = "width", {str(WIDTH): WIDTH, "360": 360}
# What may be in the address of a picture beside the parameters of its page, once each.
_OWN = (RELEASE, LANG, THEME, WIDTH_NAME)
# The name that the parameter had: links with it lead on until the next release.
_OLD_THEME = "ground"
# Figures that were on another page: where they are now, so that articles keep them.
_MOVED = {
    ("overview", "faces_seen_count"): ("trends/trend", "measure=faces_seen_count&by=quarter"),
    ("overview", "false_share_of_alerts"): ("forces/false_share_of_alerts", ""),
    ("overview", "false_alerts_per_face_seen"): ("forces/false_alerts_per_face_seen", ""),
}
# Pictures drawn at a time, seconds that one waits for its turn, and bytes of those that are kept.
_AT_ONCE, _PATIENCE, _MAX_BYTES = 2, 4.0, 32 * 1024 * 1024
# An embed has its figure for a desk and for a phone; the page shows the one that fits.
_WIDTHS = (("desk", 720), ("phone", 340))
_PINNED, _LATEST = "public, max-age=31536000, immutable", "public, max-age=300"
_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


class InvalidUrlError(ValueError):
    """An address that cannot be answered: status, what is wrong,
    and the parameters that it is about."""

    def __init__(self, status: int, text: str, *problems: ParameterProblem) -> None:
        super().__init__(text)
        self.status, self.problems = status, problems


@dataclass(frozen=True, slots=True)
class FigureQuery:
    """A requested figure: the context of its page, its card, and the version if one is pinned."""

    context: PageContext
    card: FigureCard
    version: str
    pinned: bool
    width: int = WIDTH


Write = Callable[[Request, FigureQuery], CachedResponse]


class ChartUrls:
    """Pictures and embeds of figures. The latest are cached, `at_once` are drawn at a time, and a
    request waits `patience` seconds at most for its turn."""

    def __init__(self, at_once: int = _AT_ONCE, patience: float = _PATIENCE) -> None:
        self.patience = patience
        self._turns = Semaphore(at_once)
        self._cache = ResponseCache(_MAX_BYTES)

    def routes(self) -> list[Route]:
        """The addresses."""
        return [
            Route("/chart/{page}/{card}.{ending}", self._show_chart),
            Route("/embed/{page}/{card}", self._show_embed),
        ]

    async def _show_chart(self, request: Request) -> Response:
        return await self._respond(request, _write_picture)

    async def _show_embed(self, request: Request) -> Response:
        return await self._respond(request, _write_embed)

    async def _respond(self, request: Request, write: Write) -> Response:
        if _OLD_THEME in request.query_params:
            given = request.query_params.multi_items()
            query = [(THEME if name == _OLD_THEME else name, value) for name, value in given]
            return RedirectResponse(f"{request.url.path}?{QueryParams(query)}", status_code=308)
        if moved := _find_moved(request):
            return RedirectResponse(moved, status_code=308)
        try:
            response = await self._find_or_draw(request, write)
        except InvalidUrlError as error:
            return build_problem_response(error.status, str(error), error.problems)
        except QueryError as error:
            reason = error.refusal.reason
            return build_problem_response(404, reason, [ParameterProblem(RELEASE, reason)])
        except TimeoutError:
            return build_problem_response(
                503,
                "Many pictures are being drawn at the moment. Please try again.",
                headers={"Retry-After": "5"},
            )
        except (RecordError, OSError):
            return build_problem_response(
                503, "The data cannot be read at the moment.", headers={"Retry-After": "60"}
            )
        headers = dict(response.headers)
        if is_known(request, response.etag):
            return Response(status_code=304, headers=headers)
        return Response(response.body, headers=headers)

    async def _find_or_draw(self, request: Request, write: Write) -> CachedResponse:
        """The answer of this release, from memory where it is there; `TimeoutError` if others have
        every turn, or if the reader has gone."""
        if len(request.url.query) > MAX_QUERY_LENGTH:
            raise InvalidUrlError(414, "The address is too long.")
        versions = request.query_params.getlist(RELEASE)
        # A name that comes twice is refused where the other parameters are read.
        version = versions[0] if len(versions) == 1 else LATEST
        info = await to_thread.run_sync(find_release, version)
        url = request.url
        key = (info.version, info.release_id, name_site(request), url.path, url.query)
        if response := self._cache.find(key):
            return response
        with fail_after(self.patience):
            await self._turns.acquire()
        try:
            # Who waited for the same picture has it now; for who has gone none is drawn.
            if response := self._cache.find(key):
                return response
            if await request.is_disconnected():
                raise TimeoutError
            response = await to_thread.run_sync(_draw, request, info, write)
        finally:
            self._turns.release()
        self._cache.keep(key, response)
        return response


def _find_moved(request: Request) -> str:
    """Where a figure that moved is now, with its own parameters; empty for any other."""
    place = (request.path_params["page"], request.path_params["card"])
    if place not in _MOVED:
        return ""
    path, own = _MOVED[place]
    start = request.url.path.partition("/overview/")[0]
    ending = request.path_params.get("ending", "")
    query = "&".join(part for part in (own, str(request.query_params)) if part)
    return f"{start}/{path}{'.' if ending else ''}{ending}{'?' if query else ''}{query}"


def chart_routes() -> list[Route]:
    """The addresses of pictures and embeds."""
    return ChartUrls().routes()


def _draw(request: Request, info: ReleaseInfo, write: Write) -> CachedResponse:
    try:
        return write(request, _read(request, info))
    finally:
        use_language(DEFAULT)


def _read(request: Request, info: ReleaseInfo) -> FigureQuery:
    slug, card_id = request.path_params["page"], request.path_params["card"]
    if slug not in WITH_FIGURES:
        raise _refuse(404, "page", "This page has no figures.", WITH_FIGURES)
    query: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        query.setdefault(name, []).append(value)
    language, theme = query.get(LANG, [DEFAULT])[0], query.get(THEME, [THEMES[0]])[0]
    version = query.get(RELEASE, [LATEST])[0]
    width = query.get(WIDTH_NAME, [str(WIDTH)])[0]
    record = open_listed(info)
    use_language(language)
    choices = keep_choices(record, language, info.version)
    selection, wrong = read_address(slug, query, choices)
    known = (*(parameter.name for parameter in parameters_of(slug)), *_OWN)
    repeated = [name for name in _OWN if len(query.get(name, ())) > 1]
    problems = [
        ParameterProblem(name[:40], f"There is no parameter {name[:40]!r} here.", known)
        for name in query
        if name not in known
    ]
    for name, value, allowed in (
        (LANG, language, tuple(LANGUAGES)),
        (THEME, theme, THEMES),
        (WIDTH_NAME, width, tuple(PICTURE_WIDTHS)),
    ):
        if value not in allowed:
            problems.append(ParameterProblem(name, f"{value[:40]!r} is none of them.", allowed))
    problems += [ParameterProblem(name, f"{name!r} may stand there once.") for name in repeated]
    problems += [ParameterProblem("query", text) for text in wrong]
    if problems:
        raise InvalidUrlError(400, " ".join(problem.message for problem in problems), *problems)
    context = PageContext(
        BY_SLUG[slug], record, choices, selection, language, theme == "dark", info
    )
    cards = {card.card_id: card for card in list_cards(context)}
    card = cards.get(card_id)
    if card is None:
        raise _refuse(
            404, "card", "The page shows no figure of this name for this selection.", tuple(cards)
        )
    if isinstance(card, NoFigure):
        raise _refuse(404, "card", f"{card.title}: {card.instead.words}")
    return FigureQuery(context, card, info.version, version != LATEST, PICTURE_WIDTHS[width])


def _refuse(status: int, name: str, text: str, allowed: tuple[str, ...] = ()) -> InvalidUrlError:
    return InvalidUrlError(status, text, ParameterProblem(name, text, allowed))


def _write_picture(request: Request, query: FigureQuery) -> CachedResponse:
    ending = request.path_params["ending"]
    if ending not in _TYPES:
        raise _refuse(404, "ending", "A picture is asked for as .svg or as .png.", tuple(_TYPES))
    card, context = query.card, query.context
    if isinstance(card.chart, Placeholder):
        raise _refuse(404, "card", card.chart.words)
    if isinstance(card.chart, Markup):
        raise _refuse(
            404,
            "card",
            "This figure is made of cells of text and has no picture; its table and its data are "
            "there.",
        )
    foot = (
        f"{name_sources(context, card.sources)} {describe_update(context, card.sources)}",
        _("{site}, release {version}. These are not official statistics.").format(
            site=_(SITE), version=query.version
        ),
        f"{name_site(request)}{_address_of(query)}",
    )
    caption = Caption(
        title=without_symbols(card.title),
        subtitle=without_symbols(card.subtitle),
        keys=card.keys,
        notes=[
            *filter(None, [card.others]),
            *(without_symbols(note) for note in card.notes if note not in card.marked_notes),
        ],
        foot=foot,
        alt=card.alt,
    )
    picture = draw_picture(card.chart, caption, context.theme, context.language, query.width)
    if ending == "svg":
        body = picture.svg.encode()
    else:
        body = render_png(picture, card.title, caption.description)
    name = f"lfr_{context.page.slug}_{card.card_id}_release_{query.version}.{ending}"
    return CachedResponse(
        body,
        (
            *digest_headers(body),
            ("Content-Type", _TYPES[ending]),
            ("Cache-Control", keep_named(_PINNED if query.pinned else _LATEST)),
            ("Access-Control-Allow-Origin", "*"),
            ("Cross-Origin-Resource-Policy", "cross-origin"),
            ("Content-Disposition", f'inline; filename="{name}"'),
        ),
    )


def _address_of(query: FigureQuery) -> str:
    """Where the picture can be checked: its citation if it is of a release, else its page."""
    if query.pinned and query.card.download.startswith(f"{DATA}/"):
        return cite_address(query.card.download, query.version)
    return query.context.address(query.card.card_id)


def _write_embed(_request: Request, query: FigureQuery) -> CachedResponse:
    card, context = query.card, query.context
    stays = (
        _("Release {version}: this figure stays as it is.")
        if query.pinned
        else _("Release {version}, the latest: this figure is kept up to date.")
    )
    pictures = [(name, Html(_draw_embedded(query, width))) for name, width in _WIDTHS]
    page = render_template(
        "embed.html",
        tag=TAGS[context.language],
        card=card,
        theme=context.theme,
        # Of this site wherever it is: a host would be what the reader's request says it is.
        address=context.address(card.card_id),
        pictures=pictures,
        legend=Html(card.legend),
        words=card.chart.words if isinstance(card.chart, Placeholder) else "",
        table=Html(write_table(card.table)) if isinstance(card.chart, Markup) else "",
        stays=stays.format(version=query.version),
    )
    body = page.encode()
    headers = (
        *digest_headers(body),
        ("Content-Type", "text/html; charset=utf-8"),
        ("Cache-Control", _PINNED if query.pinned else _LATEST),
    )
    return CachedResponse(body, headers)


def _draw_embedded(query: FigureQuery, width: int) -> str:
    card, context = query.card, query.context
    if isinstance(card.chart, Placeholder | Markup):
        return ""
    return draw_svg(
        card.chart,
        width=width,
        language=context.language,
        theme=context.theme,
        title=card.title,
        description=card.alt,
    )
