"""Glossary: what each word of the record means, and which names are not used and why; searched by
words.

In: the frame. Out: the page. Every word has an anchor, so that other pages can lead to it."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.components.card import Placeholder
from dashboard.components.figure_card import show_placeholder
from dashboard.components.filters import show_filters
from dashboard.components.prose import show_points, show_prose
from dashboard.components.style import show_section
from dashboard.pages import BY_SLUG
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _, ngettext
from dashboard.text.numbers import format_count, format_list
from etl.model.glossary import NOT_USED, WORDS, NotUsed, Word

_NAMES = {word.word_id: word for word in WORDS}
METHOD = "method"


def show(context: PageContext) -> None:
    """The whole page."""
    show_prose(
        _(
            "Each word has one meaning here, on every page and in every file. What publishers "
            "print stays as they printed it."
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
    names = [not_used for not_used in NOT_USED if _has(wanted, (_(not_used.name), _(not_used.why)))]
    if wanted:
        template = ngettext(
            "{count} entry has these words.",
            "{count} entries have these words.",
            len(words) + len(names),
        )
        show_html(
            '<p class="lfr-small" role="status">'
            f"{text(template.format(count=format_count(len(words) + len(names))))}</p>"
        )
    if not (words or names):
        template = _("No word of the glossary has “{words}” in it. Fewer letters find more.")
        show_placeholder(
            "nothing",
            _("Nothing found"),
            Placeholder("empty", template.format(words=context.selection.words)),
        )
        return
    if words:
        show_section(_("Words"), anchor="words")
        show_html(f'<dl class="lfr-words">{"".join(map(_write_word, words))}</dl>')
    if names:
        show_section(_("Names that are not used, and why"), anchor="not-used")
        show_html(f'<dl class="lfr-words">{"".join(map(_write_name, names))}</dl>')
        if METHOD in BY_SLUG:
            address = text(context.address_of(METHOD, "two-denominators"))
            more = _("The same false alerts with both denominators, side by side")
            show_html(f'<p class="lfr-small"><a href="{address}">{text(more)}</a></p>')
    if not wanted:
        show_section(_("Where the words come from"), anchor="rules")
        show_points(
            _("A quantity that cannot be compared with another never shares its name."),
            _(
                "Where publishers use different words for one thing, their word stands under "
                "“elsewhere”."
            ),
            _(
                "Where one word is used for different things, it is not used at all, or only "
                "beside the spelled-out form."
            ),
        )


def _has(wanted: Iterable[str], sentences: Iterable[str]) -> bool:
    known = " ".join(sentences).casefold()
    return all(word in known for word in wanted)


def _write_word(word: Word) -> str:
    more = []
    if word.others:
        more.append(
            text(
                _("Elsewhere: {names}.").format(
                    names=format_list([_(name) for name in word.others])
                )
            )
        )
    if word.see:
        more.append(f"{text(_('See also:'))} {_write_links(word.see)}.")
    extra = f'<p class="lfr-quiet">{" ".join(more)}</p>' if more else ""
    return (
        f'<div id="{word.word_id}"><dt>{text(_(word.word))}</dt><dd>'
        f"<p>{text(_(word.meaning))}</p>{extra}</dd></div>"
    )


def _write_name(not_used: NotUsed) -> str:
    instead = (
        f'<p class="lfr-quiet">{text(_("Said here instead:"))} '
        f"{_write_links(not_used.instead)}.</p>"
    )
    return (
        f'<div id="{not_used.name_id}"><dt>{text(_(not_used.name))}</dt><dd>'
        f"<p>{text(_(not_used.why))}</p>{instead}</dd></div>"
    )


def _write_links(word_ids: Iterable[str]) -> str:
    return ", ".join(f'<a href="#{item}">{text(_(_NAMES[item].word))}</a>' for item in word_ids)


VIEW = View(show)
