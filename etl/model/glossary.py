"""The words of this record and what each means, declared once; and the names that are not used,
with the reason.

In: `glossary.toml`. Out: `WORDS` in the order in which one builds on the other, and `NOT_USED`.
Does not define a measure or a code: the catalogue and the code lists do."""

from __future__ import annotations

from dataclasses import dataclass

from etl.model.declarations import read_declarations


@dataclass(frozen=True, slots=True)
class Word:
    """A word with one meaning; `see` are related words, `others` its names elsewhere."""

    word_id: str
    word: str
    meaning: str
    see: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotUsed:
    """A name that is not used here, why, and the words that are used instead."""

    name_id: str
    name: str
    why: str
    instead: tuple[str, ...]


_DECLARED = read_declarations(__file__, "words", "not_used")
WORDS = tuple(_DECLARED.entries("words", Word).values())
NOT_USED = tuple(_DECLARED.entries("not_used", NotUsed).values())


def _refuse_unknown() -> None:
    known = {word.word_id for word in WORDS}
    named = {see for word in WORDS for see in word.see} | {
        name for not_used in NOT_USED for name in not_used.instead
    }
    if unknown := sorted(named - known):
        raise TypeError(f"the glossary names unknown words: {', '.join(unknown)}")


_refuse_unknown()
