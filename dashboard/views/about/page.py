"""About: who makes this and for whom, on what rules, and what a reader may expect of it.

In: the frame; the environment variable LFR_CONTACT, the address of whoever runs this copy. Out: the
page, a section a promise, each with an anchor that the foot of every page and a link from outside
can name. What is not reached stands beside what is."""

from __future__ import annotations

from dashboard.components.error_report import read_contact
from dashboard.components.footer import CORRECTIONS, LICENCE
from dashboard.components.prose import show_points, show_prose
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.pages import BY_SLUG
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import link, printed, text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import LANGUAGES, _, ngettext
from dashboard.text.numbers import format_count, format_date
from dashboard.views.about.accessibility_statement import show_accessibility
from etl.model.caveats import CAVEATS

_CODE = "https://code.statisticsauthority.gov.uk/"
_OPEN_LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


def show(context: PageContext) -> None:
    """The whole page."""
    _show_sections(context, read_contact())


@cached
def _show_sections(context: PageContext, address: str) -> None:
    _show_who()
    _show_statistics()
    show_accessibility()
    _show_corrections(context)
    _show_releases(context)
    _show_contact(address)
    _show_privacy()
    _show_licence(context)
    _show_translation()
    _show_retirement()


def _show_who() -> None:
    show_section(_("Who makes this, and for whom"), anchor="who")
    show_prose(
        _(
            "This is a project that reads what police forces publish about live facial "
            "recognition, checks it, and puts it in one place. It is no public body, and speaks "
            "for no police force, government department or supplier of the technology."
        ),
        _(
            "It takes no side on whether the technology should be used. What can be said from the "
            "publications is said with its uncertainty, and what cannot be said is listed too."
        ),
    )
    show_points(
        _(
            "For anybody who wants to know how it is used where they live: every page answers one "
            "question in plain words."
        ),
        _(
            "For reporters and researchers: every figure can be downloaded, cited by its address "
            "and release, and checked back to the printed row."
        ),
        _(
            "For police forces: what they published is shown as it was printed, with what does not "
            "add up, so that they can put it right."
        ),
    )


def _show_statistics() -> None:
    show_section(_("Not official statistics"), anchor="statistics")
    sentence = _(
        "We apply the Code of Practice for Statistics of our own will. Nobody has assessed whether "
        "we do."
    )
    show_html(
        f"<p>{text(_(CAVEATS['not_official']))} {text(sentence)} "
        f"{link(_CODE, 'Code of Practice for Statistics')}</p>"
    )
    show_points(
        _(
            "Trustworthiness: what is counted, how, and which publication counts where two overlap "
            "was decided before the figures were seen side by side, and is written down with its "
            "reason. Nobody outside the project sees a release before it is public."
        ),
        _(
            "Quality: every value is kept as it was printed, with its page and row. Every rate has "
            "its numerator, denominator and a 95% interval. What fails a check is published with "
            "the record."
        ),
        _(
            "Value: plain words, one meaning for each, downloads without a form to fill in, and "
            "the same figure on page and in file."
        ),
        _(
            "What we do not meet: the days of releases are not announced exactly, because forces "
            "publish without announcing theirs; users have no standing group; the record depends "
            "on what forces choose to print."
        ),
    )


def _show_corrections(context: PageContext) -> None:
    show_section(_("Revisions and corrections"), anchor=CORRECTIONS)
    count = len(context.record.table("corrections"))
    declared = ngettext(
        "This release has {count} declared correction.",
        "This release has {count} declared corrections.",
        count,
    ).format(count=format_count(count))
    show_points(
        _(
            "A mistake in a publication: the printed value stays visible. If the mistake can be "
            "shown, a correction is declared with the value printed, the value used, the reason "
            "and the evidence; if not, it stays as a finding. {declared}"
        ).format(declared=declared),
        _(
            "A publisher changes a file: the earlier edition is kept, known by its fingerprint, "
            "and the new one is read beside it. Figures that change are a revision, not an error."
        ),
        _(
            "A mistake of ours: it is corrected in a new release as soon as it is understood. If a "
            "figure changes that stands on the first page, or that we know to have been quoted, "
            "the list of changes says the old one and the new one, and why."
        ),
        _(
            "A release is never changed afterwards. What you cited can be checked for as long as "
            "the site keeps that release; its name is made from its content."
        ),
        _(
            "Periods that may still grow, because a publisher has begun them and not ended them, "
            "are marked as provisional wherever they are drawn."
        ),
    )
    if "releases" in BY_SLUG:
        address = text(context.address_of("releases"))
        show_html(f'<p><a href="{address}">{text(_("Releases and corrections"))}</a></p>')
    if "data-quality" in BY_SLUG:
        address = text(context.address_of("data-quality"))
        show_html(f'<p><a href="{address}">{text(_("All findings and corrections"))}</a></p>')


def _show_releases(context: PageContext) -> None:
    show_section(_("Release dates"), anchor="releases")
    show_points(
        _("Now: release {release}, from publications retrieved up to {day}.").format(
            release=context.release.version, day=format_date(context.record.last_retrieved)
        ),
        _(
            "Next: all publications are looked at in the first half of January, April, July and "
            "October. If anything has changed there is a release by the end of that month; if "
            "nothing has, there is none."
        ),
        _(
            "At once, in between: when a mistake of ours has changed a figure that stands on the "
            "first page."
        ),
    )


def _show_contact(address: str) -> None:
    show_section(_("Reporting an error, and contact"), anchor="contact")
    if address:
        shown = address.removeprefix("mailto:").removeprefix("https://")
        sentence = _("Write to")
        show_html(
            f'<p>{text(sentence)} <a href="{text(address)}" rel="noopener '
            f'noreferrer">{text(shown)}</a>. {text(_("No account is needed."))}</p>'
        )
    else:
        sentence = _(
            "Whoever runs this copy of the site has not given an address yet. No account will be "
            "needed to write to it."
        )
        show_html(f'<div class="lfr-note"><p>{text(sentence)}</p></div>')
    show_points(
        _(
            "Every figure has a link to its own view: send that link, and say what you expected "
            "and where you read it. That is all we need."
        ),
        _(
            "You get an answer within ten working days. If you are right, the correction says so, "
            "without your name unless you want it there."
        ),
        _(
            "If a person could be recognised or harmed by something shown here, say so at the "
            "beginning: it is taken out first and discussed afterwards."
        ),
    )


def _show_privacy() -> None:
    show_section(_("Privacy"), anchor="privacy")
    show_points(
        _(
            "Nobody is followed: there are no cookies, no statistics of visits, and no request to "
            "anybody but this site. The browser is told to refuse any other."
        ),
        _(
            "The address of a page holds what you chose, so that you can send it on. Like every "
            "address it reaches the server that answers; the program that answers writes no list "
            "of visits. Whoever hosts it may keep an ordinary log of its own."
        ),
        _(
            "Your browser keeps two things for this site: how far you had scrolled, until you "
            "close the tab, and whether you chose light or dark. Neither is sent anywhere."
        ),
        _(
            "While a page is open, the server holds what you chose in memory; two minutes after "
            "you leave it is gone."
        ),
        _(
            "The record is about deployments. Counts of people that are small enough to point at "
            "somebody are withheld, together with what would reveal them. Nobody who was scanned, "
            "stopped or arrested is named."
        ),
    )


def _show_licence(context: PageContext) -> None:
    show_section(_("Licence and attributions"), anchor=LICENCE)
    show_html(
        f"<p>{text(_('Contains public sector information licensed under the'))} "
        f"{link(_OPEN_LICENCE, 'Open Government Licence v3.0')}. "
        f"{text(_('If you use a figure, name its publisher, this record and the release.'))}</p>"
    )
    rows = [
        (
            Markup(link(publication["url"], publication["title"])),
            Markup(printed(publication["publisher"])),
            Markup(printed(publication["licence"])),
        )
        for publication in context.record.table("publications")
    ]
    columns = (
        Column(_("Publication"), "wide"),
        Column(_("Publisher"), "wide"),
        Column(_("Terms"), "wide"),
    )
    show_html(write_table(make_table(_("Terms of each publication"), columns, rows, whole=True)))
    show_points(
        _(
            "Areas, populations and postcodes: Office for National Statistics, Open Government "
            "Licence v3.0. Contains Ordnance Survey data, Crown copyright and database right 2025; "
            "contains Royal Mail data, Royal Mail copyright and database right 2025."
        ),
        _(
            "Towns and some positions of places: GeoNames, Creative Commons Attribution 4.0. "
            "Shoreline: World Vector Shoreline, public domain. London boroughs in outlines: London "
            "Datastore, Open Government Licence v3.0."
        ),
        _(
            "Populations of Scotland and Northern Ireland: National Records of Scotland; Northern "
            "Ireland Statistics and Research Agency; Open Government Licence v3.0."
        ),
        _("Software: Streamlit (Apache 2.0), Plotly, DuckDB and SQLAlchemy (MIT)."),
    )


def _show_translation() -> None:
    show_section(_("Welsh translation"), anchor="translation")
    show_prose(
        _(
            "The {language} pages were translated without a review by a Welsh speaker, and are "
            "unreviewed until this sentence is gone. Where the two differ, the English text is "
            "meant. Text of a publication is shown in the language in which it was printed."
        ).format(language=LANGUAGES["cy"])
    )


def _show_retirement() -> None:
    show_section(_("When this ends"), anchor="retirement")
    show_points(
        _(
            "A record that is no longer kept up misleads. If no publication has been looked at for "
            "twelve months, the site says so at the top of every page, with the date of the last "
            "release."
        ),
        _(
            "The record is a set of files and one program that builds them without a network: "
            "anybody may take them and go on."
        ),
        _(
            "Before the site closes, this page says so three months ahead; the last release is "
            "left with a public archive, and the addresses lead there for as long as the domain is "
            "held."
        ),
        _(
            "It should end when forces publish in one shape what is put together here, and "
            "somebody official keeps it."
        ),
    )


VIEW = View(show)
