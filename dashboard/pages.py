"""Every page of the public site, declared once: its address, name, group and the question that it
answers.

In: `pages.toml`. Out: `PAGES`, from which navigation, titles, descriptions, the sitemap and the
tests are rendered. Does not draw: the module of the same name in `dashboard.views` does."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.text.language import mark as N_
from etl.model.declarations import read_declarations

SITE = N_("Live facial recognition in UK policing")


@dataclass(frozen=True, slots=True)
class Page:
    """`slug` is the address below the site's root, and with `_` for `-` the module in
    `dashboard.views`; the first page stands at the root. `group` is the heading of the navigation
    under which it stands."""

    slug: str
    title: str
    group: str
    question: str

    @property
    def module(self) -> str:
        return self.slug.replace("-", "_")


@dataclass(frozen=True, slots=True)
class Host:
    """A page on which others are drawn that do not stand at addresses of their own: its path, the
    parameter that names the one that is drawn, and what its address holds beside."""

    path: str
    names: str
    extra_parameters: tuple[tuple[str, str], ...] = ()

    def query(self, slug: str) -> dict[str, str]:
        """The parameters that are the host's own."""
        return {**dict(self.extra_parameters), self.names: slug}


PAGES = tuple(read_declarations(__file__, "pages").entries("pages", Page).values())
HOME = PAGES[0]
BY_SLUG = {page.slug: page for page in PAGES}
