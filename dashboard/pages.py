"""Every page of the public site, declared once: its address, name, group and the question that it
answers.

In: nothing. Out: `PAGES`, from which navigation, titles, descriptions, the sitemap and the tests
are rendered. Does not draw: the module of the same name in `dashboard.views` does."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.text.language import mark as N_

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


_LOOK, _CHECK, _READ = N_("Explore"), N_("Check"), N_("About")

PAGES = (
    Page(
        "overview",
        N_("Overview"),
        _LOOK,
        N_("What is known of live facial recognition in UK policing, what is not, and since when?"),
    ),
    Page(
        "trends",
        N_("Trends"),
        _LOOK,
        N_("Is it growing, where, and how does any measure change over time?"),
    ),
    Page(
        "forces",
        N_("Forces"),
        _LOOK,
        N_("What does one force do with it, what does it publish, and how do forces compare?"),
    ),
    Page("map", N_("Map"), _LOOK, N_("Where was it used, and by whom?")),
    Page(
        "who-is-affected",
        N_("Who is affected"),
        _LOOK,
        N_("About whom were the alerts and errors, and what cannot be said?"),
    ),
    Page(
        "misidentifications",
        N_("Misidentifications"),
        _LOOK,
        N_("Which cases of a person wrongly flagged are documented?"),
    ),
    Page(
        "claims",
        N_("Claims"),
        _CHECK,
        N_("Does the figure that was stated follow from the published rows?"),
    ),
    Page(
        "data-quality",
        N_("Data quality"),
        _CHECK,
        N_("What is doubtful, corrected, missing or late in the publications?"),
    ),
    Page(
        "deployments",
        N_("Deployments"),
        _CHECK,
        N_("What was printed of each deployment, on which page and row?"),
    ),
    Page("sources", N_("Sources"), _CHECK, N_("Which publications is the record made of?")),
    Page(
        "releases",
        N_("Releases and corrections"),
        _CHECK,
        N_("Which version is this, what changed between two versions, and what was corrected?"),
    ),
    Page("method", N_("Method"), _READ, N_("How is each figure computed, and how sure is it?")),
    Page("glossary", N_("Glossary"), _READ, N_("What do the words mean?")),
    Page(
        "about",
        N_("About"),
        _READ,
        N_("Who makes this, how are errors corrected, and is the site accessible?"),
    ),
)
HOME = PAGES[0]
BY_SLUG = {page.slug: page for page in PAGES}
