"""Every text that a reader sees is in the catalogue, whole, and translated where it has to be."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from dashboard.text.language import DEFAULT, LANGUAGES, _, ngettext, use_language
from etl.measures.catalogue import MEASURES
from scripts.translations import catalogues as translations
from scripts.translations.model_texts import list_model_texts

HOME = translations.HOME
OTHERS = pytest.mark.parametrize("code", [code for code in LANGUAGES if code != DEFAULT])
# Calls whose text arguments are shown to a reader as they are.
SHOWN = {
    "header",
    "subheader",
    "title",
    "warning",
    "info",
    "error",
    "markdown",
    "caption",
    "expander",
    "text",
    "tabs",
    "Column",
    "Instead",
    "make_table",
}
WORD = re.compile(r"[A-Za-z]{3,}")
# Not said to readers: units of style sheets and ids of elements.
TAGS = re.compile(r"<style>.*?</style>|<[^>]*>|&[a-z]+;|^[^<]*>", re.DOTALL)


@OTHERS
def test_the_catalogue_is_whole(code: str) -> None:
    """If this fails because texts are new: `python -m scripts.translations.catalogues`,
    then translate them."""
    assert translations.find_faults(code) == []


def test_the_template_is_up_to_date() -> None:
    with translations.TEMPLATE.open("rb") as file:
        texts = {str(message.id) for message in translations.read_po(file) if message.id}
    assert texts == {str(message.id) for message in translations.collect_texts() if message.id}


@pytest.mark.parametrize(
    ("string", "fault"),
    [
        ("", "not translated"),
        ("{wrong} rhes", "places differ"),
        ("rhes", "places differ"),
        ("{count rhes", "places differ"),
    ],
)
def test_a_bad_translation_is_found(
    monkeypatch: pytest.MonkeyPatch, string: str, fault: str
) -> None:
    source, own = Catalog(), Catalog(locale="cy")
    source.add("{count} row", locations=[("dashboard/text/numbers.py", None)])
    own.add("{count} row", string, locations=[("dashboard/text/numbers.py", None)])
    monkeypatch.setattr(translations, "collect_texts", lambda: source)
    monkeypatch.setattr(translations, "read_catalogue", lambda code: own)
    assert fault in " ".join(translations.find_faults("cy"))


def test_a_stale_and_a_missing_text_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    source, own = Catalog(), Catalog(locale="cy")
    source.add("new", locations=[("dashboard/text/numbers.py", None)])
    own.add("old", "hen")
    monkeypatch.setattr(translations, "collect_texts", lambda: source)
    monkeypatch.setattr(translations, "read_catalogue", lambda code: own)
    assert [fault.split(":")[0] for fault in translations.find_faults("cy")] == [
        "not in cy.po",
        "in cy.po and nowhere in the source",
    ]


def test_texts_are_found_wherever_they_stand() -> None:
    source = """
a = _("one " "two")
b = f"<p>{text(_('three'))}</p>"
c = {"x": mark_both("{count} row", "{count} rows")}
d = _(measure.title)
"""
    assert list(translations.find_texts(source)) == [
        "one two",
        ("{count} row", "{count} rows"),
        "three",
    ]


def test_the_texts_of_the_model_are_listed() -> None:
    texts = list_model_texts()
    for measure in MEASURES.values():
        assert {measure.title, measure.question, measure.interval} <= texts.keys()
    assert "Uses lent equipment" in texts


def test_a_text_without_translation_stays_english_and_plurals_have_two_forms() -> None:
    use_language("cy")
    try:
        assert _("a text that nobody translated") == "a text that nobody translated"
        assert ngettext("{count} zzz", "{count} zzzs", 2) == "{count} zzzs"
    finally:
        use_language(DEFAULT)


def find_literals(source: str) -> Iterator[str]:
    """Words that a reader would see and that did not go through `_`:
    arguments of calls that show, and text in HTML."""
    tree = ast.parse(source)
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    parts = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in SHOWN:
            for argument in node.args:
                if _name(node.func) == "Instead" and argument is node.args[0]:
                    continue
                if _name(node.func) == "Column" and argument is not node.args[0]:
                    continue
                literal = _literal(argument)
                if literal is not None and WORD.search(TAGS.sub(" ", literal)):
                    yield literal
        literal = _literal(node)
        if (
            literal
            and re.search(r"</[a-z]+>", literal)
            and id(node) not in documented | parts
            and WORD.search(TAGS.sub(" ", literal))
        ):
            yield literal


def _name(node: ast.expr) -> str:
    return (
        node.attr
        if isinstance(node, ast.Attribute)
        else node.id
        if isinstance(node, ast.Name)
        else ""
    )


def _literal(node: ast.AST) -> str | None:
    """A text, with a mark where something is put into it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "\0" for part in node.values
        )
    return None


@pytest.mark.parametrize(
    "file",
    sorted([*HOME.glob("views/**/*.py"), *HOME.glob("components/*.py"), HOME / "public_app.py"]),
    ids=lambda file: file.name,
)
def test_nothing_is_said_past_the_catalogue(file: Path) -> None:
    assert list(find_literals(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "template",
    sorted(file for file in HOME.rglob("*.html") if file.parent != HOME / "templates"),
    ids=lambda template: template.relative_to(HOME).as_posix(),
)
def test_no_template_of_a_page_says_anything_past_the_catalogue(template: Path) -> None:
    assert find_words(template.read_text(encoding="utf-8")) == ""


def find_words(template: str) -> str:
    """What a template shows that goes through neither `{% trans %}` nor an expression."""
    translated = r"{%-? *trans.*?endtrans *-?%}|{{.*?}}|{%.*?%}|{#.*?#}"
    left = re.sub(translated, " ", template, flags=re.DOTALL)
    return " ".join(WORD.findall(TAGS.sub(" ", left)))


def test_words_of_a_template_are_found() -> None:
    assert find_words('<p class="a">{{ _("Yes") }} {% trans %}no{% endtrans %}</p>') == ""
    assert find_words("<p>{{ value }} rows</p>")


@pytest.mark.parametrize(
    "source",
    [
        'st.header("All forces")',
        'show_html(f"<p>Licence: {text(one)}</p>")',
        'Column("Force")',
        'st.warning(f"No {name} here")',
    ],
)
def test_a_literal_is_found(source: str) -> None:
    assert len(list(find_literals(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        'st.header(_("All forces"), anchor="figures")',
        'show_html(f\'<p class="lfr-small">{text(_("Licence"))}</p>\')',
        'Column(_("Force"), "number")',
        'Instead("empty", _("None"))',
    ],
)
def test_what_goes_through_the_catalogue_is_not(source: str) -> None:
    assert list(find_literals(source)) == []
