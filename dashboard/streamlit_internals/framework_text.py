"""The framework's own words in the other languages: it has them in English alone, `static/site.js`
puts ours in their place.

In: the language in use. Out: a piece of the start page that holds each of its words with ours,
nothing in English. A word that a new version of the framework does not use any more is not found by
the script, and nothing happens."""

from __future__ import annotations

import json

from dashboard.text.declared import read_texts
from dashboard.text.language import DEFAULT, _, language
from dashboard.text.language import mark as N_

_TEXTS = read_texts(__file__)
# As the framework writes them: labels of buttons for readers who do not see them,
# and what its lists say.
WORDS = _TEXTS.lines("words")
# Of a list, not of a finding that nobody has answered.
_OTHERWISE = {"Open": N_("Open the list")}


def write_words() -> str:
    """`<script type="application/json" id="framework-words">{"Close": "Cau"}</script>`:
    data, which no browser runs."""
    if language() == DEFAULT:
        return ""
    replace = json.dumps(
        {**{word: _(word) for word in WORDS}, **{own: _(ours) for own, ours in _OTHERWISE.items()}},
        ensure_ascii=False,
    ).replace("<", "\\u003c")
    return f'<script type="application/json" id="framework-words">{replace}</script>'
