"""The closed lists of the standard return: why people are on a watchlist, what arrests were for,
how a misidentification went.

In: nothing. Out: `CodeList`s. Reasons for a watchlist follow the categories of the College of
Policing's Authorised Professional Practice on live facial recognition; offences follow the groups
of the Home Office's crime statistics. Does not describe a person: no list here can single anybody
out."""

from __future__ import annotations

from etl.model.codes import Code, CodeList


def _list(name: str, *entries: tuple[str, ...]) -> CodeList:
    return CodeList(name, tuple(Code(*entry) for entry in entries))


WATCHLIST_REASON = _list(
    "watchlist_reason",
    (
        "wanted_by_court",
        "Wanted by a court",
        "A warrant is out, or the person is unlawfully at large.",
    ),
    (
        "wanted_by_police",
        "Wanted by the police",
        "Suspected of an offence, or about to commit one.",
    ),
    (
        "court_order",
        "Under a court order, bail or other conditions",
        "To see that the conditions are kept, a sexual harm prevention order for example.",
    ),
    ("missing", "Missing and at risk", "A missing person for whom the risk of harm is raised."),
    (
        "risk_of_harm",
        "A risk of harm to themselves or others",
        "Neither missing nor suspected of an offence.",
    ),
    (
        "victim_or_witness",
        "Victim, witness or close associate",
        "Not suspected of anything; sought for information or protection.",
    ),
    (
        "seeded",
        "Volunteer of a test",
        "A police volunteer whose image was loaded to test the system.",
    ),
    ("other", "Another reason", "A reason of the force's policy that is not in this list."),
    ("not_recorded", "Not recorded", "The force does not know for what reason."),
)

OFFENCE = _list(
    "offence",
    ("homicide", "Homicide"),
    ("violence", "Violence against the person"),
    ("sexual_offences", "Sexual offences"),
    ("robbery", "Robbery"),
    ("burglary", "Burglary"),
    ("vehicle_offences", "Vehicle offences"),
    ("theft", "Theft", "Of all kinds but burglary, robbery and vehicle offences."),
    ("criminal_damage_and_arson", "Criminal damage and arson"),
    ("drug_offences", "Drug offences"),
    ("weapons", "Possession of weapons"),
    ("public_order", "Public order offences"),
    ("fraud", "Fraud"),
    ("immigration", "Immigration offences"),
    (
        "breach_of_order",
        "Breach of a court order, bail or conditions",
        "Failing to appear, and breaches of registration, included.",
    ),
    ("other", "Another offence"),
    ("not_recorded", "Not recorded", "The force does not know for what offence."),
)

FACES_STATUS = _list(
    "faces_status",
    ("published", "counted", "The system gave this number."),
    ("estimate", "estimated", "Somebody estimated it."),
)

ERROR_KIND = _list(
    "error_kind",
    (
        "false_alert_engaged",
        "Engaged after a false alert",
        "An officer spoke to a person who was not the one on the watchlist.",
    ),
    (
        "wrong_image",
        "Wrong image on the watchlist",
        "The image was not of the person who was sought.",
    ),
    (
        "out_of_date_entry",
        "No longer to be on the watchlist",
        "The reason for the entry had ended before the deployment.",
    ),
    ("other", "Another error"),
)

ERROR_OUTCOME = _list(
    "error_outcome",
    ("no_further_action", "Spoken to, nothing further"),
    ("searched", "Searched"),
    ("detained", "Detained, not arrested"),
    ("arrested", "Arrested"),
    ("not_recorded", "Not recorded"),
)

RETURN_GAP = _list(
    "return_gap",
    ("not_collected", "not collected", "The force does not record it."),
    ("withheld", "withheld", "The force knows it and does not publish it."),
    (
        "technical_fault",
        "technical fault",
        "A fault stopped the deployment before there was anything to count.",
    ),
    ("not_applicable", "not applicable", "The question does not arise."),
)

RETURNED_SUBJECT = _list(
    "returned_subject",
    ("faces_seen", "Faces seen"),
    ("alerts", "Alerts"),
    ("true_alerts", "True alerts"),
    ("false_alerts", "False alerts"),
    ("engagements_after_true_alerts", "Engagements after true alerts"),
    ("engagements_after_false_alerts", "Engagements after false alerts"),
    ("arrests", "Arrests"),
    ("watchlist_images", "Images on the watchlist"),
)

RETURNED_STATUS = _list(
    "returned_status",
    ("published", "as published", "The force gave this number."),
    ("suppressed", "[c] suppressed", "The force hid the number so that nobody can be singled out."),
)
