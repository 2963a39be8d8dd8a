"""Every page of the force site, declared once: its address, name, question, and what a person must
be allowed for it.

In: `pages.toml`. Out: `FORCE_PAGES`. A page is listed in the menu of those who may open it;
`listed` is False where a page is always of one return. Does not draw: the module of the same name
in `dashboard.force_site.views` does."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.text.language import _
from dashboard.text.language import mark as N_
from etl.model.declarations import read_declarations

FORCE_SITE = N_("Returns of live facial recognition")


@dataclass(frozen=True, slots=True)
class ForcePage:
    """One of the user's roles has to allow `action`; `own_force` needs a role for a force."""

    slug: str
    title: str
    question: str
    action: str = "read"
    own_force: bool = False
    listed: bool = True

    @property
    def module(self) -> str:
        return self.slug.replace("-", "_")


FORCE_PAGES = tuple(read_declarations(__file__, "pages").entries("pages", ForcePage).values())
FORCE_HOME = FORCE_PAGES[0]
BY_SLUG = {page.slug: page for page in FORCE_PAGES}


def path_of(page: ForcePage) -> str:
    """The path of a page; the first page is at the root."""
    return "/" if page is FORCE_HOME else f"/{page.slug}"


def describe_title(page: ForcePage) -> str:
    """`Log – Returns of live facial recognition`, the title of a page in its tab."""
    return f"{_(page.title)} – {_(FORCE_SITE)}"
