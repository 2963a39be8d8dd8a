"""Glossary: what each word of the record means, and which names are not used and why; searched by words.

In: the frame. Out: the page. Every word has an anchor, so that other pages can lead to it.
"""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.components.card import Instead
from dashboard.components.figure_card import show_instead
from dashboard.components.filters import show_filters
from dashboard.components.prose import show_points, show_prose
from dashboard.components.style import show_section
from dashboard.pages import BY_SLUG
from dashboard.rendering.context import Frame, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _, ngettext
from dashboard.text.numbers import say_count, say_list
from etl.model.glossary import NOT_USED, WORDS, NotUsed, Word

_NAMES = {one.word_id: one for one in WORDS}
METHOD = "method"


def show(frame: Frame) -> None:
    """The whole page."""
    show_prose(_("Each word has one meaning here, on every page and in every file. What publishers print stays as they printed it."))  # fmt: skip
    show_filters(frame, "words")
    _show_words(frame)


@cached
def _show_words(frame: Frame) -> None:
    wanted = frame.chosen.words.casefold().split()
    words = [one for one in WORDS if _has(wanted, (_(one.word), _(one.meaning), *map(_, one.others)))]
    names = [one for one in NOT_USED if _has(wanted, (_(one.name), _(one.why)))]
    if wanted:
        said = ngettext("{count} entry has these words.", "{count} entries have these words.", len(words) + len(names))  # fmt: skip
        show_html(f'<p class="lfr-small" role="status">{text(said.format(count=say_count(len(words) + len(names))))}</p>')  # fmt: skip
    if not (words or names):
        said = _("No word of the glossary has “{words}” in it. Fewer letters find more.")
        show_instead("nothing", _("Nothing found"), Instead("empty", said.format(words=frame.chosen.words)))
        return
    if words:
        show_section(_("Words"), anchor="words")
        show_html(f'<dl class="lfr-words">{"".join(map(_write_word, words))}</dl>')
    if names:
        show_section(_("Names that are not used, and why"), anchor="not-used")
        show_html(f'<dl class="lfr-words">{"".join(map(_write_name, names))}</dl>')
        if METHOD in BY_SLUG:
            address = text(frame.address_of(METHOD, "two-denominators"))
            more = _("The same false alerts with both denominators, side by side")
            show_html(f'<p class="lfr-small"><a href="{address}">{text(more)}</a></p>')
    if not wanted:
        show_section(_("Where the words come from"), anchor="rules")
        show_points(
            _("A quantity that cannot be compared with another never shares its name."),
            _("Where publishers use different words for one thing, their word stands under “elsewhere”."),
            _("Where one word is used for different things, it is not used at all, or only beside the spelled-out form."),
        )  # fmt: skip


def _has(wanted: Iterable[str], said: Iterable[str]) -> bool:
    known = " ".join(said).casefold()
    return all(word in known for word in wanted)


def _write_word(one: Word) -> str:
    more = []
    if one.others:
        more.append(text(_("Elsewhere: {names}.").format(names=say_list([_(name) for name in one.others]))))
    if one.see:
        more.append(f"{text(_('See also:'))} {_write_links(one.see)}.")
    extra = f'<p class="lfr-quiet">{" ".join(more)}</p>' if more else ""
    return f'<div id="{one.word_id}"><dt>{text(_(one.word))}</dt><dd><p>{text(_(one.meaning))}</p>{extra}</dd></div>'


def _write_name(one: NotUsed) -> str:
    instead = f'<p class="lfr-quiet">{text(_("Said here instead:"))} {_write_links(one.instead)}.</p>'
    return f'<div id="{one.name_id}"><dt>{text(_(one.name))}</dt><dd><p>{text(_(one.why))}</p>{instead}</dd></div>'


def _write_links(word_ids: Iterable[str]) -> str:
    return ", ".join(f'<a href="#{one}">{text(_(_NAMES[one].word))}</a>' for one in word_ids)


VIEW = View(show)
