"""The language of a page: every text that a reader sees goes through here.

In: a text in English, the language of this run. Out: the text in that language; English where the
catalogue has none. Catalogues are `dashboard/locale/<language>.po`, read when first asked for. Does
not know Streamlit: whoever starts a run calls `use_language`, and drawings that are cached have the
language in their key."""

from __future__ import annotations

import datetime as dt
from contextvars import ContextVar
from functools import lru_cache

from babel.dates import format_date
from babel.messages.pofile import read_po

from etl.settings import LOCALE_DIR

LOCALE = LOCALE_DIR
LANGUAGES = {"en": "English", "cy": "Cymraeg"}
DEFAULT = "en"
_LOCALES = {"en": "en_GB", "cy": "cy_GB"}
_used: ContextVar[str] = ContextVar("language", default=DEFAULT)


def use_language(code: str) -> str:
    """Sets the language of all texts from here on in this run; the default for an unknown one."""
    selection = code if code in LANGUAGES else DEFAULT
    _used.set(selection)
    return selection


def language() -> str:
    """The code of the language in use: `en` or `cy`."""
    return _used.get()


def mark(text: str) -> str:
    """The text itself; marks it for the catalogue where it is declared before the language is
    known."""
    return text


def mark_both(single: str, many: str) -> tuple[str, str]:
    """Both forms of a text with a number; marks them for the catalogue where they are declared."""
    return single, many


def _(text: str) -> str:
    """The text in the language in use."""
    return _catalogue(language()).get((text, 0), text) if text else text


def link_other_languages(text: str) -> tuple[str, ...]:
    """The text in every language but English in which it is another one:
    what it may be searched by."""
    measures = (_catalogue(code).get((text, 0), text) for code in LANGUAGES if code != DEFAULT)
    return tuple(dict.fromkeys(measure for measure in measures if measure != text))


def ngettext(single: str, many: str, count: float) -> str:
    """The form for this count. Welsh is written with “o” and the plural after every number but one:
    two forms do."""
    number = 0 if count == 1 else 1
    return _catalogue(language()).get((single, number), many if number else single)


def format_day(day: dt.date, pattern: str = "d MMMM y") -> str:
    """A date in words; `pattern` is one of Unicode's (`d MMMM y`, `MMMM y`, `MMM`)."""
    return format_date(day, pattern, locale=_LOCALES[language()])


@lru_cache(maxsize=4)
def _catalogue(code: str) -> dict[tuple[str, int], str]:
    path = LOCALE / f"{code}.po"
    if code == DEFAULT or not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale=code)
    texts: dict[tuple[str, int], str] = {}
    for message in catalogue:
        if not message.id or message.fuzzy:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
        texts |= {(key, number): text for number, text in enumerate(forms) if text}
    return texts
