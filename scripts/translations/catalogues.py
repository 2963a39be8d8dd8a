"""The catalogues of translations: collected from the source, kept in `dashboard/locale`, checked.

In: the source of the dashboard, the texts of the model, `cy.po`. Out: `lfr.pot` and `cy.po` brought
up to date by `python -m scripts.translations.catalogues`; `find_faults` for the test. Does not
translate."""

from __future__ import annotations

import ast
import io
import re
import string
from collections.abc import Iterator
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from dashboard.exports.headings import list_headings
from dashboard.text.declared import SUFFIX, list_texts
from dashboard.text.language import DEFAULT, LANGUAGES, LOCALE
from etl.model.messages import TEMPLATES
from etl.settings import DASHBOARD_DIR
from scripts.translations.model_texts import list_model_texts
from scripts.translations.parameter_texts import list_parameter_texts
from scripts.translations.record_texts import list_record_texts

HOME = DASHBOARD_DIR
TEMPLATE = LOCALE / "lfr.pot"
MODEL = "etl/model"
# As `dashboard.web.templates` reads them; a template that cannot be read is an error.
_TEMPLATE_OPTIONS = {"extensions": "jinja2.ext.i18n", "trimmed": "true", "silent": "false"}
# Functions whose texts are translated, with how many texts they take.
_KEYWORDS = {"_": 1, "N_": 1, "mark": 1, "ngettext": 2, "mark_both": 2}
# Welsh has the plural after “o” for every number but one: two forms, see
# `dashboard.text.language.ngettext`.
_NEW = (
    'msgid ""\nmsgstr ""\n"Language: {code}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
)


def collect_texts() -> Catalog:
    """Every text of the source and of the model, with the files in which it stands."""
    catalogue = Catalog(project="lfr-record", charset="utf-8")
    for file in sorted(HOME.rglob("*.py")):
        # Line numbers would change a catalogue whenever a line is added above.
        places: list[Any] = [(f"dashboard/{file.relative_to(HOME).as_posix()}", None)]
        for text in find_texts(file.read_text(encoding="utf-8")):
            catalogue.add(text, locations=places)
    for template in sorted(HOME.rglob("*.html")):
        written: list[Any] = [(f"dashboard/{template.relative_to(HOME).as_posix()}", None)]
        with template.open("rb") as file:
            for _line, _function, text, _comments in babel_extract(
                file, ("_", "gettext", "ngettext"), (), _TEMPLATE_OPTIONS
            ):
                # What is no literal is None: the number that decides between two forms.
                forms = tuple(filter(None, [text] if isinstance(text, str) else text or ()))
                if forms:
                    catalogue.add(forms if len(forms) > 1 else forms[0], locations=written)
    for path in sorted(HOME.rglob(f"*{SUFFIX}")):
        places: list[Any] = [(f"dashboard/{path.relative_to(HOME).as_posix()}", None)]
        for text in list_texts(path):
            catalogue.add(text, locations=places)
    declared: list[Any] = [(MODEL, None)]
    for text, where in list_model_texts().items():
        catalogue.add(text, locations=declared, auto_comments=[where])
    worded: list[Any] = [(MODEL, None)]
    for forms in TEMPLATES.values():
        if not _has_words(forms[0]):
            continue  # nothing but a place
        catalogue.add(forms if len(forms) > 1 else forms[0], locations=worded)
    locations: list[Any] = [("dashboard/selection", None)]
    for text in list_parameter_texts():
        catalogue.add(text, locations=locations)
    headed: list[Any] = [("etl/outputs", None)]
    for text, _where in list_headings():
        catalogue.add(text, locations=headed)
    for text, where in list_record_texts().items():
        recorded: list[Any] = [(where, None)]
        catalogue.add(text, locations=recorded)
    return catalogue


def find_texts(source: str) -> Iterator[str | tuple[str, str]]:
    """The texts of a module that are to be translated, in order; those inside f-strings too."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in _KEYWORDS
        ):
            texts = [
                arg.value
                for arg in node.args[: _KEYWORDS[node.func.id]]
                if isinstance(arg, ast.Constant)
            ]
            if len(texts) == 2:
                yield str(texts[0]), str(texts[1])
            elif texts and texts[0]:
                yield str(texts[0])


def update_catalogues() -> None:
    """Writes the template, and each language with the texts that are there now;
    what is translated stays."""
    template = collect_texts()
    LOCALE.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(_to_bytes(template))
    for code in LANGUAGES:
        if code != DEFAULT:
            catalogue = read_catalogue(code)
            catalogue.update(template, no_fuzzy_matching=True)
            (LOCALE / f"{code}.po").write_bytes(_to_bytes(catalogue))


def read_catalogue(code: str) -> Catalog:
    """The catalogue of a language; an empty one if there is none yet."""
    path = LOCALE / f"{code}.po"
    content = path.read_bytes() if path.exists() else _NEW.format(code=code).encode()
    return read_po(io.BytesIO(content), locale=code)


def find_faults(code: str) -> list[str]:
    """What is wrong with the catalogue of a language, a sentence each; nothing if it is whole."""
    wanted = {_key(message): message for message in collect_texts() if message.id}
    messages = {_key(message): message for message in read_catalogue(code) if message.id}
    faults = [f"not in {code}.po: {key!r}" for key in wanted if key not in messages]
    faults += [
        f"in {code}.po and nowhere in the source: {key!r}" for key in messages if key not in wanted
    ]
    for key, message in messages.items():
        if message.fuzzy:
            faults.append(f"fuzzy: {key!r}")
        if key in wanted and not _is_translated(message):
            faults.append(f"not translated: {key!r} ({', '.join(_files(wanted[key]))})")
        faults += _find_lost_places(message)
    return faults


def _find_lost_places(message: Message) -> list[str]:
    """A translation must name the places of its text, no more and no fewer."""
    texts = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    wanted = _places(texts[-1])
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return [
        f"places differ: {texts[-1]!r} has {sorted(wanted)}, {form!r} has {sorted(_places(form))}"
        for form in forms
        if form and _places(form) != wanted
    ]


def _places(text: str) -> set[str]:
    try:
        return {
            name
            for _text, name, _format, _conversion in string.Formatter().parse(text)
            if name is not None
        }
    except ValueError:
        return {"a brace that is not closed"}


def _has_words(form: str) -> bool:
    return any(words.upper() != words.lower() for words, *_ in string.Formatter().parse(form))


def _is_translated(message: Message) -> bool:
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return bool(forms) and all(forms)


def _files(message: Message) -> list[str]:
    return sorted({file for file, _line in message.locations})


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _to_bytes(catalogue: Catalog) -> bytes:
    """The same bytes for the same texts: no dates, sorted."""
    stream = io.BytesIO()
    write_po(stream, catalogue, no_location=True, sort_output=True, ignore_obsolete=True, width=0)
    lines = stream.getvalue().decode("utf-8")
    return re.sub(
        r'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team|'
        r"Report-Msgid-Bugs-To)[^\n]*\n",
        "",
        lines,
        flags=re.MULTILINE,
    ).encode("utf-8")


if __name__ == "__main__":
    update_catalogues()
