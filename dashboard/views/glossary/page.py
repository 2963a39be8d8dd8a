"""Glossary: what each word of the record means, and which names are not used and why; searched by
words.

In: the frame. Out: the page. Every word has an anchor, so that other pages can lead to it."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.components.filters import show_filters
from dashboard.components.prose import show_prose
from dashboard.components.templates import show_template
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.view import View
from dashboard.text.language import _
from etl.model.glossary import NOT_USED, WORDS


def show(context: PageContext) -> None:
    """The whole page."""
    show_prose(
        _(
            "Each word has one meaning here, on every page and in every file. Quotations stay as"
            " they were published."
        )
    )
    show_filters(context, "words")
    _show_words(context)


@cached
def _show_words(context: PageContext) -> None:
    wanted = context.selection.words.casefold().split()
    words = [
        word
        for word in WORDS
        if _has(wanted, (_(word.word), _(word.meaning), *map(_, word.others)))
    ]
    unused = [name for name in NOT_USED if _has(wanted, (_(name.name), _(name.why)))]
    show_template(
        "views/glossary/words.html",
        context=context,
        is_searched=bool(wanted),
        search=context.selection.words,
        words=words,
        unused=unused,
        names={word.word_id: word.word for word in WORDS},
        translate=lambda names: [_(name) for name in names],
    )


def _has(wanted: Iterable[str], sentences: Iterable[str]) -> bool:
    known = " ".join(sentences).casefold()
    return all(word in known for word in wanted)


VIEW = View(show)
