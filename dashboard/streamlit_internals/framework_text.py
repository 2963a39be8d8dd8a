"""The framework's own words in the other languages: it has them in English alone, `static/site.js`
puts ours in their place.

In: the language in use. Out: a piece of the start page that holds each of its words with ours,
nothing in English. A word that a new version of the framework does not use any more is not found by
the script, and nothing happens."""

from __future__ import annotations

import json

from dashboard.text.language import DEFAULT, _, language
from dashboard.text.language import mark as N_

# As the framework writes them: labels of buttons for readers who do not see them,
# and what its lists say.
WORDS = (
    N_("Skip to main content"),
    N_("Sidebar"),
    N_("Expand sidebar"),
    N_("Collapse sidebar"),
    N_("Main menu"),
    N_("Link to heading"),
    N_("Fullscreen"),
    N_("Close fullscreen"),
    N_("Close"),
    N_("Choose an option"),
    N_("Choose options"),
    N_("No results"),
    N_("Select all"),
    N_("Clear all"),
    N_("Clear value"),
    N_("Clear entry"),
    N_("Increment"),
    N_("Decrement"),
    N_("Remove {option}"),
    N_("Upload"),
    N_("Add files"),
    # What the force site takes: `server.maxUploadSize` of `dashboard.force_site.server`,
    # and the two kinds of file.
    N_("5MB per file • XLSX, CSV"),
    N_("File must be 5.0MB or smaller."),
    N_("You can only select up to {count} options. Remove an option first."),
)
# Of a list, not of a finding that nobody has answered.
_OTHERWISE = {"Open": N_("Open the list")}


def write_words() -> str:
    """`<script type="application/json" id="words">{"Skip to main content": "Neidio …"}</script>`:
    data, which no browser runs."""
    if language() == DEFAULT:
        return ""
    replace = json.dumps(
        {**{word: _(word) for word in WORDS}, **{own: _(ours) for own, ours in _OTHERWISE.items()}},
        ensure_ascii=False,
    ).replace("<", "\\u003c")
    return f'<script type="application/json" id="words">{replace}</script>'
