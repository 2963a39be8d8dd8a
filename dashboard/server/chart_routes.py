"""Figures to take away: `/chart/PAGE/CARD.svg` and `.png`, and `/embed/PAGE/CARD`, a small page for
other sites.

In: the parameters of the page, `release` to pin one, `lang`, `ground`. Out: a picture with title,
source, date, version and address inside; or a problem (RFC 9457) that names what is wrong. Pinned,
they never change; else they follow the latest release. Does not draw: the page's own drawings do.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, get_args

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from dashboard.api.cache import is_known
from dashboard.api.problems import build_problem_response
from dashboard.charts.image import WIDTH, frame_image
from dashboard.charts.renderer import FileFormat, NoRendererError, render_image
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
from dashboard.views.registry import WITH_FIGURES, keep_choices, list_cards
from dashboard.web.site_url import keep_named, name_site
from dashboard.web.templates import Html, render_template
from etl.model.problems import RecordError
from etl.model.refusals import QueryError
from etl.model.releases import LATEST
from etl.releases.catalogue import find_release, open_listed

GROUND = "ground"
GROUNDS = ("light", "dark")
_MAX_CACHED = 200
_PINNED, _LATEST = "public, max-age=31536000, immutable", "public, max-age=300"
_TYPES: dict[FileFormat, str] = {"svg": "image/svg+xml", "png": "image/png"}


class InvalidUrlError(ValueError):
    """An address that cannot be answered: status, what is wrong,
    and the parameters that it is about."""

    def __init__(self, status: int, text: str, *problems: ParameterProblem) -> None:
        super().__init__(text)
        self.status, self.problems = status, problems


@dataclass(frozen=True, slots=True)
class FigureQuery:
    """A figure as it is asked for: the frame of its page, its card,
    and the version if one is pinned."""

    context: PageContext
    card: FigureCard
    version: str
    pinned: bool


def chart_routes() -> list[Route]:
    """Pictures and embeds; few at once, because each is drawn on this machine."""
    limit = CapacityLimiter(2)

    async def show_chart(request: Request) -> Response:
        return await to_thread.run_sync(_respond, request, _write_picture, limiter=limit)

    async def show_embed(request: Request) -> Response:
        return await to_thread.run_sync(_respond, request, _write_embed, limiter=limit)

    return [
        Route("/chart/{page}/{card}.{ending}", show_chart),
        Route("/embed/{page}/{card}", show_embed),
    ]


def _respond(request: Request, write: Any) -> Response:
    try:
        response: Response = write(request, _read(request))
    except InvalidUrlError as error:
        return build_problem_response(error.status, str(error), error.problems)
    except QueryError as error:
        return build_problem_response(
            404, error.refusal.reason, [ParameterProblem(RELEASE, error.refusal.reason)]
        )
    except (RecordError, OSError):
        return build_problem_response(503, "The data cannot be read at the moment.")
    except NoRendererError:
        return build_problem_response(
            503, "No picture can be drawn at the moment; the page and the data are there."
        )
    finally:
        use_language(DEFAULT)
    return response


def _read(request: Request) -> FigureQuery:
    if len(request.url.query) > MAX_QUERY_LENGTH:
        raise InvalidUrlError(414, "The address is too long.")
    slug, card_id = request.path_params["page"], request.path_params["card"]
    if slug not in WITH_FIGURES:
        raise _refuse(404, "page", "This page has no figures.", WITH_FIGURES)
    query: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        query.setdefault(name, []).append(value)
    language, ground = query.get(LANG, [DEFAULT])[0], query.get(GROUND, [GROUNDS[0]])[0]
    version = query.get(RELEASE, [LATEST])[0]
    info = find_release(version)
    record = open_listed(info)
    use_language(language)
    choices = keep_choices(record, language, info.version)
    selection, wrong = read_address(slug, query, choices)
    known = (*(parameter.name for parameter in parameters_of(slug)), RELEASE, LANG, GROUND)
    repeated = [name for name in (RELEASE, LANG, GROUND) if len(query.get(name, ())) > 1]
    problems = [
        ParameterProblem(name[:40], f"There is no parameter {name[:40]!r} here.", known)
        for name in query
        if name not in known
    ]
    for name, value, allowed in ((LANG, language, tuple(LANGUAGES)), (GROUND, ground, GROUNDS)):
        if value not in allowed:
            problems.append(ParameterProblem(name, f"{value[:40]!r} is none of them.", allowed))
    problems += [ParameterProblem(name, f"{name!r} may stand there once.") for name in repeated]
    problems += [ParameterProblem("query", text) for text in wrong]
    if problems:
        raise InvalidUrlError(400, " ".join(problem.message for problem in problems), *problems)
    context = PageContext(
        BY_SLUG[slug], record, choices, selection, language, ground == "dark", info
    )
    cards = {card.card_id: card for card in list_cards(context)}
    card = cards.get(card_id)
    if card is None:
        raise _refuse(
            404, "card", "The page shows no figure of this name for this selection.", tuple(cards)
        )
    if isinstance(card, NoFigure):
        raise _refuse(404, "card", f"{card.title}: {card.instead.words}")
    return FigureQuery(context, card, info.version, version != LATEST)


def _refuse(status: int, name: str, text: str, allowed: tuple[str, ...] = ()) -> InvalidUrlError:
    return InvalidUrlError(status, text, ParameterProblem(name, text, allowed))


def _write_picture(request: Request, query: FigureQuery) -> Response:
    ending = request.path_params["ending"]
    if ending not in get_args(FileFormat):
        raise _refuse(
            404, "ending", "A picture is asked for as .svg or as .png.", get_args(FileFormat)
        )
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
    key = (
        query.version,
        context.record.release_id,
        context.page.slug,
        card.card_id,
        context.selection,
        context.language,
        context.dark,
        foot,
        ending,
    )
    tag = f'"{hashlib.sha256(repr(key).encode()).hexdigest()[:24]}"'
    headers = {
        "ETag": tag,
        "Cache-Control": keep_named(_PINNED if query.pinned else _LATEST),
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Content-Disposition": (
            f'inline; filename="lfr_{context.page.slug}_{card.card_id}_release_{query.version}.'
            f'{ending}"'
        ),
    }
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    picture = _keep(tag, ending, card, context, foot)
    return Response(picture, media_type=_TYPES[ending], headers=headers)


def _address_of(query: FigureQuery) -> str:
    """Where the picture can be checked: its citation if it is of a release, else its page."""
    if query.pinned and query.card.download.startswith(f"{DATA}/"):
        return cite_address(query.card.download, query.version)
    return query.context.address(query.card.card_id)


_cached: dict[str, bytes] = {}


def _keep(
    tag: str, file_format: FileFormat, card: FigureCard, context: PageContext, foot: tuple[str, ...]
) -> bytes:
    """A picture that was drawn is kept for the next who asks; the oldest go first."""
    if tag not in _cached:
        framed = frame_image(card.chart, card.title, card.subtitle, foot, context.theme)
        drawn = render_image(framed, file_format, card.title, f"{card.alt} {' '.join(foot)}")
        while len(_cached) >= _MAX_CACHED:
            _cached.pop(next(iter(_cached)), None)
        _cached[tag] = drawn
    return _cached[tag]


def _write_embed(request: Request, query: FigureQuery) -> Response:
    card, context = query.card, query.context
    search = f"?{request.url.query}" if request.url.query else ""
    stays = (
        _("Release {version}: this figure stays as it is.")
        if query.pinned
        else _("Release {version}, the latest: this figure follows the record.")
    )
    body = render_template(
        "embed.html",
        tag=TAGS[context.language],
        card=card,
        # Of this site wherever it is: a host would be what the reader's request says it is.
        address=context.address(card.card_id),
        source=f"/chart/{context.page.slug}/{card.card_id}.svg{search}",
        width=WIDTH,
        words=card.chart.words if isinstance(card.chart, Placeholder) else "",
        table=Html(write_table(card.table)) if isinstance(card.chart, Markup) else "",
        stays=stays.format(version=query.version),
    )
    return HTMLResponse(body, headers={"Cache-Control": _PINNED if query.pinned else _LATEST})
