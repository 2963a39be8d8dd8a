"""The words of this record and what each means, declared once; and the names that are not used,
with the reason.

In: nothing. Out: `WORDS` in the order in which one builds on the other, and `NOT_USED`.
Does not define a measure or a code: the catalogue and the code lists do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word with one meaning; `see` are words that belong to it or that it is told apart from,
    `others` what it is called elsewhere."""

    word_id: str
    word: str
    meaning: str
    see: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotUsed:
    """A name that is not used here, why, and the words that are used instead."""

    name_id: str
    name: str
    why: str
    instead: tuple[str, ...]


WORDS = (
    Word(
        "live_facial_recognition",
        "Live facial recognition",
        "Cameras scan faces in a public place as people pass, and software compares each with a "
        "watchlist at once.",
        ("retrospective_facial_recognition", "operator_initiated_facial_recognition"),
        ("LFR",),
    ),
    Word(
        "retrospective_facial_recognition",
        "Retrospective facial recognition",
        "A photograph or a still is searched afterwards, usually among images of people in "
        "custody. Another technology: never added to live use.",
        ("live_facial_recognition",),
        ("RFR",),
    ),
    Word(
        "operator_initiated_facial_recognition",
        "Operator-initiated facial recognition",
        "An officer takes a photograph of a person with a telephone to find out who it is. Another "
        "technology: never added to live use.",
        ("live_facial_recognition",),
        ("OIFR",),
    ),
    Word(
        "force",
        "Force",
        "The body that ran the cameras, usually a police force. Equipment may have been lent by "
        "another.",
        ("publisher",),
        ("host",),
    ),
    Word(
        "publisher",
        "Publisher",
        "Who put out a publication. It need not be the force that the publication is about.",
        ("publication", "force"),
    ),
    Word(
        "publication",
        "Publication",
        "One file or page that a publisher put out: a PDF, a web table, a news release.",
        ("row", "release"),
    ),
    Word(
        "row",
        "Row",
        "One line of a publication, with its page and its number. Every number of this record "
        "leads back to a printed row.",
        ("deployment",),
    ),
    Word(
        "deployment",
        "Deployment",
        "One operation of the cameras by one force at one place, as the publisher counts it. A row "
        "may stand for several.",
        ("row",),
    ),
    Word(
        "watchlist",
        "Watchlist",
        "The images that faces are compared with in one deployment. Its size is the number of "
        "images, and is never added up: the same images are loaded again.",
        ("threshold",),
    ),
    Word(
        "threshold",
        "Threshold",
        "The similarity score that a face must reach for an alert. Each vendor’s software has a "
        "scale of its own: the same number means different things, so thresholds of different "
        "vendors do not compare.",
        ("alert",),
    ),
    Word(
        "faces_seen",
        "Faces seen",
        "Faces that the software detected, usually the publisher’s estimate. Not people: one "
        "person may be seen many times.",
        ("alert",),
        ("faces scanned",),
    ),
    Word(
        "alert",
        "Alert",
        "A face that scored above the threshold against an image of the watchlist.",
        ("true_alert", "false_alert"),
    ),
    Word(
        "true_alert",
        "True alert",
        "An alert judged to be of the person on the watchlist. Confirmed if an officer spoke to "
        "the person, otherwise unconfirmed.",
        ("confirmed", "false_alert"),
        ("true positive",),
    ),
    Word(
        "false_alert",
        "False alert",
        "An alert judged not to be of the person on the watchlist. Confirmed if an officer spoke "
        "to the person, otherwise unconfirmed.",
        ("confirmed", "false_alerts_per_face_seen", "false_share_of_alerts"),
        ("false positive",),
    ),
    Word(
        "confirmed",
        "Confirmed, unconfirmed",
        "Confirmed: established when an officer spoke to the person. Unconfirmed: judged by "
        "looking at the images.",
        ("engagement",),
    ),
    Word(
        "engagement",
        "Engagement",
        "An officer spoke to the person after an alert.",
        ("outcome",),
        ("intervention",),
    ),
    Word(
        "outcome",
        "Outcome",
        "What an engagement led to: arrest, another disposal, no action. Some publishers print "
        "arrests and disposals as one figure, which cannot be split.",
        ("engagement",),
    ),
    Word(
        "false_alerts_per_face_seen",
        "False alerts per face seen",
        "False alerts divided by faces seen. The first of two rates of the same false alerts, and "
        "by far the smaller: most faces lead to no alert.",
        ("false_share_of_alerts", "faces_seen"),
    ),
    Word(
        "false_share_of_alerts",
        "False share of alerts",
        "False alerts divided by alerts: of those flagged, how many were not the person. The "
        "second of two rates of the same false alerts.",
        ("false_alerts_per_face_seen", "alert"),
    ),
    Word(
        "misidentification",
        "Misidentification",
        "A documented case of a person wrongly flagged. The technology is always stated and cases "
        "of different technologies are never added up.",
        ("false_alert",),
    ),
    Word(
        "claim",
        "Claim",
        "A total or a rate that somebody stated. It is compared with the published rows and never "
        "enters a measure.",
        ("row",),
    ),
    Word(
        "measure",
        "Measure",
        "A declared count or ratio, with its numerator, denominator, interval method and caveats.",
        ("estimate", "numerator"),
    ),
    Word(
        "numerator",
        "Numerator and denominator",
        "What was counted, and what it is divided by. Both always cover the same deployments.",
        ("measure",),
    ),
    Word(
        "estimate",
        "Estimate",
        "A measure’s value for one group and period, with its interval, numerator, denominator, "
        "status, caveats and sources.",
        ("measure", "interval"),
    ),
    Word(
        "interval",
        "95% interval",
        "The values that the counts do not rule out: if the true value lay below or above it, "
        "chance would give counts as far away in at most one of forty cases on each side. It "
        "covers chance, not errors of counting.",
        ("estimate",),
        ("confidence interval",),
    ),
    Word(
        "break_in_series",
        "Break in the series",
        "A day on which what is counted, or how, changed. Figures before and after do not compare, "
        "and no rate is made over both.",
        ("threshold",),
    ),
    Word(
        "benchmark",
        "Benchmark",
        "What a group’s share is set beside, such as its share of residents. It decides what looks "
        "large, so several stand side by side.",
        ("estimate",),
    ),
    Word(
        "reliability",
        "Reliability",
        "In what kind of text a number was read: official, press, a third party’s copy, or derived "
        "from other figures.",
        ("publication",),
    ),
    Word(
        "correction",
        "Correction",
        "A declared change of a printed value that can be shown to be a misprint. The printed "
        "value stays visible beside it.",
        ("finding",),
    ),
    Word(
        "finding",
        "Finding",
        "Something in a publication that does not fit: figures that contradict each other or are "
        "very unlikely.",
        ("correction",),
    ),
    Word(
        "suppressed",
        "Suppressed",
        "Hidden, by this project or by the force itself, so that no person can be singled out.",
    ),
    Word(
        "release",
        "Release",
        "One published version of this record. It is never changed; a later one has another "
        "number.",
        ("publication",),
    ),
    Word("return", "Return", "A force’s own submission of its deployments.", ("release",)),
)

NOT_USED = (
    NotUsed(
        "accuracy",
        "Accuracy",
        "It has been used for at least three different things: the share of true alerts, one minus "
        "the rate per face, and the share of people on a watchlist who are found. The last cannot "
        "be seen in service.",
        ("true_alert", "false_share_of_alerts", "false_alerts_per_face_seen"),
    ),
    NotUsed(
        "match",
        "Match",
        "It does not say whether the software or a person judged so.",
        ("alert", "true_alert"),
    ),
    NotUsed(
        "hit",
        "Hit",
        "It does not say whether the software or a person judged so.",
        ("alert", "true_alert"),
    ),
    NotUsed(
        "false_positive_rate",
        "False positive rate",
        "Publishers use it for false alerts divided by faces seen, others for false alerts divided "
        "by alerts: figures more than a hundred times apart.",
        ("false_alerts_per_face_seen", "false_share_of_alerts"),
    ),
    NotUsed(
        "false_alert_rate",
        "False alert rate",
        "The same two figures carry this name. It stands only beside the spelled-out form.",
        ("false_alerts_per_face_seen", "false_share_of_alerts"),
    ),
)


def _refuse_unknown() -> None:
    known = {word.word_id for word in WORDS}
    named = {see for word in WORDS for see in word.see} | {
        name for not_used in NOT_USED for name in not_used.instead
    }
    if unknown := sorted(named - known):
        raise TypeError(f"the glossary names unknown words: {', '.join(unknown)}")


_refuse_unknown()
