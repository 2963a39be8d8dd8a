"""How an error is reported: by a message that needs no account, with what it should hold already in
it.

In: a URL to write to (LFR_CONTACT); the release. Out: HTML."""

from __future__ import annotations

from dashboard.components.templates import write_template
from dashboard.exports.formats import quote
from dashboard.rendering.context import PageContext
from dashboard.text.language import _


def write_report(context: PageContext, address: str) -> str:
    """A link to write to, and what to include; a note where nobody has given an address."""
    names = (
        _("Address of the page or file, or the figure:"),
        _("What it says:"),
        _("What you expected, and where you read it:"),
        _("How you want to be named, if at all:"),
    )
    url = address
    if address.startswith("mailto:"):
        version = context.release.version
        subject = _("Error in the data, release {version}").format(version=version)
        body = "\n\n".join([*names, _("Release: {version}").format(version=version)])
        joined = "&" if "?" in address else "?"
        url = f"{address}{joined}subject={quote(subject)}&body={quote(body)}"
    shown = address.removeprefix("mailto:").removeprefix("https://").partition("?")[0]
    return write_template("components/error_report.html", url=url, shown=shown, names=names)
