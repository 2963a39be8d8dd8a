"""Every page of the force site, declared once: its address, name, question, and what a person must
be allowed for it.

In: nothing. Out: `FORCE_PAGES`. A page is listed in the menu of those who may open it; `listed` is
False where a page is always of one return. Does not draw: the module of the same name in
`dashboard.force_site.views` does."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.text.language import _
from dashboard.text.language import mark as N_

FORCE_SITE = N_("Returns of live facial recognition")


@dataclass(frozen=True, slots=True)
class ForcePage:
    """`action` is what one of the person's roles has to allow;
    `own_force` asks for a role for a force."""

    slug: str
    title: str
    question: str
    action: str = "read"
    own_force: bool = False
    listed: bool = True

    @property
    def module(self) -> str:
        return self.slug.replace("-", "_")


FORCE_PAGES = (
    ForcePage(
        "returns", N_("Returns"), N_("Which returns are there, and who has to do something?")
    ),
    ForcePage(
        "check",
        N_("Check a file"),
        N_("What is wrong with a file, and is it ready to be sent?"),
        "edit",
        own_force=True,
    ),
    ForcePage(
        "columns",
        N_("Your own columns"),
        N_("Which of your columns holds which of ours?"),
        "edit",
        own_force=True,
    ),
    ForcePage(
        "record",
        N_("Your record"),
        N_("What is public about your force, what is missing, late or doubtful?"),
        own_force=True,
    ),
    ForcePage(
        "one-return",
        N_("One return"),
        N_("What is in it, what is wrong with it, and what happens next?"),
        listed=False,
    ),
    ForcePage(
        "preview",
        N_("Before and after"),
        N_("What would readers see with this return in?"),
        listed=False,
    ),
    ForcePage("log", N_("Log"), N_("Who did what, and when?"), "audit"),
    ForcePage("users", N_("Users"), N_("Who has signed in, and with which roles?"), "maintain"),
)
FORCE_HOME = FORCE_PAGES[0]
BY_SLUG = {page.slug: page for page in FORCE_PAGES}


def path_of(page: ForcePage) -> str:
    """The path of a page: the first one stands at the root."""
    return "/" if page is FORCE_HOME else f"/{page.slug}"


def describe_title(page: ForcePage) -> str:
    """`Log – Returns of live facial recognition`, the title of a page in its tab."""
    return f"{_(page.title)} – {_(FORCE_SITE)}"
