"""The language of the workbook: texts from the catalogues of translations.

In: the code of a language. Out: a function from an English text to that language; English where
nothing is translated. Reads the catalogue as data; does not import the site."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from babel.messages.pofile import read_po

from etl.model.problems import Problem, RefusedQueryError
from etl.settings import LOCALE_DIR

LOCALE = LOCALE_DIR
LANGUAGES = ("en", "cy")
Translate = Callable[[str], str]


def open_texts(language: str) -> Translate:
    """The translation of a text into a language; `RefusedQueryError` for an unknown language."""
    if language not in LANGUAGES:
        raise RefusedQueryError(
            Problem("--lang", language, f"one of {', '.join(LANGUAGES)}", "Choose one of these.")
        )
    known = {} if language == "en" else _open_catalogue(language)
    return lambda text: known.get(text) or text


@cache
def _open_catalogue(language: str) -> dict[str, str]:
    path = LOCALE / f"{language}.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {
            str(entry.id): str(entry.string) for entry in read_po(file) if isinstance(entry.id, str)
        }
