"""The closed lists: every code that may stand in a column, with the label that readers see.

In: nothing. Out: `CodeList`s. An unknown code is an error everywhere.
Does not map a publisher's printed labels: those stand in the column maps and in `data/reference/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """One code, its label for readers and, where the label is not enough, what it means."""

    code: str
    label: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class CodeList:
    """A named, ordered, closed list of codes."""

    name: str
    entries: tuple[Code, ...]

    def __contains__(self, code: object) -> bool:
        return any(entry.code == code for entry in self.entries)

    def __iter__(self) -> Iterator[str]:
        return (entry.code for entry in self.entries)

    def label(self, code: str) -> str:
        """The label of a code; KeyError if the list does not hold it."""
        return self.entry(code).label

    def entry(self, code: str) -> Code:
        for entry in self.entries:
            if entry.code == code:
                return entry
        raise KeyError(f"{code!r} is not in the code list {self.name}")


def _list(name: str, *entries: tuple[str, ...]) -> CodeList:
    return CodeList(name, tuple(Code(*entry) for entry in entries))


STAGE = _list(
    "stage",
    (
        "faces_seen",
        "Faces seen",
        (
            "Faces detected, usually the publisher's estimate. Not people: one person may be seen "
            "many times."
        ),
    ),
    ("alerts", "Alerts", "Faces that scored above the threshold against a watchlist image."),
    (
        "true_alerts",
        "True alerts",
        "Alerts judged to be of the person on the watchlist, confirmed or not.",
    ),
    (
        "true_alerts_confirmed",
        "True alerts, confirmed",
        "True alerts verified when an officer spoke to the person.",
    ),
    (
        "true_alerts_unconfirmed",
        "True alerts, unconfirmed",
        "True alerts judged by review, without speaking to the person.",
    ),
    (
        "false_alerts",
        "False alerts",
        "Alerts judged not to be of the person on the watchlist, confirmed or not.",
    ),
    (
        "false_alerts_confirmed",
        "False alerts, confirmed",
        "False alerts established when an officer spoke to the person.",
    ),
    (
        "false_alerts_unconfirmed",
        "False alerts, unconfirmed",
        "False alerts judged by review, without speaking to the person.",
    ),
    (
        "engagements_after_true_alerts",
        "Engagements after true alerts",
        "An officer spoke to the person after a true alert.",
    ),
    (
        "engagements_after_false_alerts",
        "Engagements after false alerts",
        "An officer spoke to the person after a false alert.",
    ),
    ("arrests", "Arrests", "Arrests that the publisher attributes to the deployment's alerts."),
    (
        "arrests_or_disposals",
        "Arrests or disposals",
        "One printed figure for arrests and other disposals, which cannot be split.",
    ),
    ("other_disposals", "Other disposals", "Outcomes of an engagement other than arrest."),
    ("no_action", "No action", "Engagements that led to no action."),
)

VALUE_STATUS = _list(
    "value_status",
    ("published", "as published", "The publisher printed this number."),
    ("estimate", "[e] estimate", "The publisher printed this number and calls it an estimate."),
    (
        "at_least",
        "[e] at least",
        (
            "The publisher printed a lower bound (“more than”, “over”), so the number itself is "
            "not known."
        ),
    ),
    ("about", "[e] about", "The publisher printed a rounded number (“around”)."),
    (
        "noted",
        "[e] as noted",
        (
            "Told in a remark, and only where there was something to tell: rows without a remark "
            "are not known, so the number enters no sum."
        ),
    ),
    (
        "derived",
        "derived",
        "Not printed; follows from other printed cells of the same row by a declared rule.",
    ),
    ("not_published", "[x] not published", "The publisher does not print it."),
    ("not_collected", "[x] not collected", "The publisher says that it is not recorded."),
    (
        "not_transcribed",
        "[x] not transcribed",
        "Published, but the third party through whom it reached us left it out.",
    ),
    ("withheld", "[x] withheld", "The publisher says that it exists and will not be published."),
    (
        "technical_fault",
        "[x] technical fault",
        "The deployment was stopped by a fault before there was anything to count.",
    ),
    (
        "in_doubt",
        "[x] in doubt",
        "Printed, but contradicted by other evidence: a correction says why it is not used.",
    ),
    ("suppressed", "[c] suppressed", "Hidden by us so that no person can be singled out."),
    ("not_applicable", "[z] not applicable", "The question does not arise."),
)
ABSENT = frozenset(
    {
        "not_published",
        "not_collected",
        "not_transcribed",
        "withheld",
        "technical_fault",
        "in_doubt",
        "suppressed",
        "not_applicable",
    }
)

DERIVATION = _list(
    "derivation",
    ("sum_of_parts", "sum of the parts", "The whole is the sum of its printed parts."),
    ("rest_of_whole", "rest of the whole", "One part is what the other leaves of the whole."),
    (
        "nothing_left",
        "nothing is left",
        "The printed parts already make up the whole, so the others are zero.",
    ),
    (
        "only_count_at_rate",
        "the only number at the printed rate",
        (
            "Only one whole number of false alerts gives the printed “false alert rate” (of faces "
            "seen), cut off or rounded at its last printed place and at the third decimal at the "
            "finest, for the printed number of faces seen."
        ),
    ),
)

RELIABILITY = _list(
    "reliability",
    (
        "primary",
        "Official text",
        "Read from what the force or department itself published (grade A).",
    ),
    (
        "press",
        "Press or campaign text",
        "Read in press or campaign text that reports the publisher (grade B).",
    ),
    (
        "transcribed",
        "Third-party copy",
        "Restated or typed by a third party; not verified against the original (grade C).",
    ),
    ("derived", "Derived", "Obtained by arithmetic from other figures (grade D)."),
    (
        "contradicted",
        "Contradicted",
        "Contradicted by other evidence; not to be used unverified (grade X).",
    ),
)

DATE_PRECISION = _list(
    "date_precision",
    ("day", "day"),
    ("days", "several days reported together"),
    ("season", "season", "Only the season is published; no day is assumed."),
    (
        "not_published",
        "not published",
        "The row carries no date of its own; only the publication's period is known.",
    ),
)

SEVERITY = _list(
    "severity",
    ("error", "Error", "Makes the record unusable: the build stops."),
    ("warning", "Warning", "The published figures contradict each other or are very unlikely."),
    ("note", "Note", "Worth knowing when reading the figures; nothing contradicts."),
)

FINDING_STATUS = _list(
    "finding_status",
    ("open", "Open", "Stands as printed; nobody has explained it."),
    ("corrected", "Corrected", "A declared correction stands beside the printed value."),
    ("explained", "Explained", "The reason is known and written down."),
)

CORRECTION_ACTION = _list(
    "correction_action",
    ("replace", "Replaced", "Another value is used beside the printed one, which stays visible."),
    ("set_absent", "Not used", "The printed value is contradicted and no better one is known."),
    (
        "explain",
        "Explained",
        "The printed value stands; the reason why it looks wrong is recorded.",
    ),
)

VENDOR = _list(
    "vendor",
    ("nec", "NEC (NeoFace)", "Its similarity scores are a scale of their own."),
    ("corsight", "Corsight", "Its similarity scores are a scale of their own."),
)

BREAK_EFFECT = _list(
    "break_effect",
    (
        "not_comparable",
        "Not comparable across",
        "What is counted, or how, changed: figures before and after do not compare.",
    ),
    (
        "conditions_changed",
        "Conditions changed",
        (
            "The same is counted, under other conditions: figures compare as practice, not as "
            "performance."
        ),
    ),
)

TECHNOLOGY = _list(
    "technology",
    ("lfr", "Live facial recognition (police)"),
    ("lfr_trial", "Live facial recognition (police trial)"),
    ("retail_lfr", "Live facial recognition in shops"),
    ("rfr", "Retrospective facial recognition"),
    ("oifr", "Operator-initiated facial recognition"),
)

LFR_USE = _list(
    "lfr_use",
    ("uses", "Uses it", "Deploys with equipment of its own or allotted to it, a pilot included."),
    (
        "uses_lent_equipment",
        "Uses lent equipment",
        "Deploys with equipment that another force brings or lends.",
    ),
    (
        "has_trialled",
        "Has trialled it",
        "Ran a trial, or took part in somebody else's; the trial is over.",
    ),
    ("plans", "Plans it", "Says that it will or may deploy; no deployment is known."),
    (
        "says_it_does_not_use",
        "Says it does not use it",
        "Says so itself; how old the statement is stands in the evidence.",
    ),
    (
        "nothing_found",
        "Nothing found",
        (
            "No statement or report of use was found where we looked. This does not show that "
            "there is none."
        ),
    ),
)

PUBLISHING_FORM = _list(
    "publishing_form",
    ("pdf_table", "Table in a PDF"),
    ("web_table", "Table on a web page"),
    ("web_text", "Text on a web page"),
    ("news_release", "News release"),
    ("report", "Report", "A document about a period, not about single deployments."),
    ("none", "None", "It used live facial recognition and published no results."),
)

PUBLISHED_FIELD = _list(
    "published_field",
    ("date", "Date"),
    ("location", "Location"),
    ("duration", "Duration", "How long the cameras ran, or from when to when."),
    ("use_case", "Purpose"),
    ("watchlist_size", "Watchlist size"),
    (
        "watchlist_composition",
        "Watchlist composition",
        "For what reasons people are on the watchlist, in numbers.",
    ),
    ("threshold", "Threshold"),
    ("faces_seen", "Faces seen"),
    ("alerts", "Alerts"),
    (
        "true_and_false_alerts",
        "True and false alerts",
        "How many alerts were of the person on the watchlist and how many were not.",
    ),
    (
        "confirmed_split",
        "Confirmed and unconfirmed",
        "Which true and false alerts were established by speaking to the person.",
    ),
    ("engagements", "Engagements"),
    ("arrests", "Arrests"),
    (
        "outcomes",
        "Other outcomes",
        "Disposals other than arrest, or arrests and disposals as one figure.",
    ),
    ("offences", "Offences", "What the arrests were for, in numbers."),
    ("demographics", "Groups", "Any figure by ethnicity, sex or age."),
)

PUBLISHED = _list(
    "published",
    ("yes", "Yes", "Printed as a matter of course."),
    ("partly", "Partly", "Printed sometimes, as a bound, or only as a total."),
    ("no", "No", "Not printed."),
    ("unknown", "Not known", "What was read does not show whether it is printed."),
)

PLACE_PRECISION = _list(
    "place_precision",
    ("street", "street"),
    ("station", "station"),
    ("venue", "venue"),
    ("town", "town centre"),
    ("district", "district only"),
    ("force_area", "force area only", "The printed text does not say enough to decide a district."),
)

FORCE_KIND = _list(
    "force_kind",
    ("territorial", "Territorial police force"),
    ("special", "Special police force"),
    ("non_police_body", "Body that is not a police force"),
)
