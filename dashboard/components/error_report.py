"""How an error is reported: by a message that needs no account, with what it should hold already in
it.

In: a URL to write to (LFR_CONTACT); the release. Out: HTML."""

from __future__ import annotations

from dashboard.exports.formats import quote
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import text
from dashboard.text.language import _


def write_report(context: PageContext, address: str) -> str:
    """A link to write to, and what to include; a note where nobody has given an address."""
    names = (
        _("Address of the page or file, or the figure:"),
        _("What it says:"),
        _("What you expected, and where you read it:"),
        _("How you want to be named, if at all:"),
    )
    items = "".join(f"<li>{text(name.rstrip(':'))}</li>" for name in names)
    include = f'<p>{text(_("Please include:"))}</p><ul class="lfr-plain">{items}</ul>'
    if not address:
        sentence = _(
            "Whoever runs this copy of the site has not given an address yet. No account will be "
            "needed to write to it."
        )
        return f'<div class="lfr-note"><p>{text(sentence)}</p></div>{include}'
    target = address
    if address.startswith("mailto:"):
        subject = _("Error in the record, release {version}").format(
            version=context.release.version
        )
        body = "\n\n".join(
            [*names, _("Release: {version}").format(version=context.release.version)]
        )
        joined = "&" if "?" in address else "?"
        target = f"{address}{joined}subject={quote(subject)}&body={quote(body)}"
    shown = address.removeprefix("mailto:").removeprefix("https://").partition("?")[0]
    link = f'<a href="{text(target)}" rel="noopener noreferrer">{text(shown)}</a>'
    return f"<p>{text(_('Write to'))} {link}. {text(_('No account is needed.'))}</p>{include}"
