"""Nothing personal is accepted: headings and texts that are, or may be, about a person are refused
by rule.

In: a heading or the text of a cell. Out: what was found, in words, or None. Rules, not guesses: a
text that no rule knows passes, so text is only taken in two short columns of places and purposes.
Does not say who it is about, and a found text is never repeated in a message."""

from __future__ import annotations

import re

from etl.model.messages import Text, message

_HEADING = re.compile(
    r"\b(?:names?|surname|forenames?|alias(?:es)?|dob|date of "
    r"birth|born|age|address|postcode|phone|mobile|telephone|"
    r"e-?mail|nationality|passport|pnc(?: ?id)?|cro|custody|nominal|suspect|subject "
    r"name|person(?:al)?|offender|victim|"
    r"officer|collar|shoulder|warrant (?:no|number)|photo|image(?: file)?|picture|vrm|registration|"
    r"ethnicity|ethnic|gender|sex|religion|description|remarks?|comments?|notes?|free "
    r"?text|circumstances)\b",
    re.IGNORECASE,
)
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[\w.+-]+@[\w-]+\.\w+"), "email"),
    (re.compile(r"(?<!\d)(?:\+44 ?|0)(?:\d[ -]?){9,10}(?!\d)"), "telephone_number"),
    (
        re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b"),
        "date",
    ),
    (
        re.compile(r"\b(?:19|20)\d\d/\d{6,7}[A-Z]\b|\b\d\d/\d{5,7}[A-Z]\b"),
        "police_computer_number",
    ),
    (
        re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]\b"),
        "insurance_number",
    ),
    (re.compile(r"\b[A-Z]{2}\d\d ?[A-Z]{3}\b"), "vehicle_registration"),
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"), "postcode"),
    (
        re.compile(
            r"\b(?:mr|mrs|ms|miss|mx|dr|sir|dame|lord|lady)\.? +[A-Z][\w'’-]+", re.IGNORECASE
        ),
        "name_of_person",
    ),
    (
        re.compile(
            r"\b(?:PC|PCSO|DC|DS|DI|DCI|PS|Insp|Sgt|Const|Constable|Sergeant|Inspector)\.? "
            r"+(?:[A-Z][a-z'’-]+|\d{2,6})\b"
        ),
        "name_of_officer",
    ),
    (
        re.compile(
            r"\b(?:aged?|dob|born)\b[ :]*\d|\b\d{1,2}[ -]?(?:years?[ -]old|y/?o)\b|\byear[- ]old\b",
            re.IGNORECASE,
        ),
        "age",
    ),
    (
        re.compile(
            r"\b(?:male|female|man|woman|boy|girl|juvenile|child|suspect|victim|offender|he|she|"
            r"his|her|him|black|asian|white|mixed[- ]race) "
            r"+(?:was|is|were|had|wearing|stopped|arrested|detained|searched|released|male|female|"
            r"man|woman|boy|girl|child|youth)\b",
            re.IGNORECASE,
        ),
        "remark_about_person",
    ),
    (
        re.compile(
            r"\b(?:wearing|arrested|detained|handcuffed|warrant for|identified as|known "
            r"as|a\.?k\.?a\.?|wanted for)\b",
            re.IGNORECASE,
        ),
        "remark_about_person",
    ),
)
_PLACES_OF_NAMES = re.compile(
    r"\b(?:Lord|Lady|Sir|Dr|Miss) +\w+(?:'s|’s)? "
    r"+(?:Street|St|Road|Rd|Avenue|Lane|Square|Way|Place|Bridge|Park|Close|Drive)\b",
    re.IGNORECASE,
)


def find_personal_heading(heading: str) -> Text | None:
    """What makes a heading one about a person, None for another."""
    match = _HEADING.search(heading.replace("_", " "))
    return message("column_about_people", heading=heading[:40]) if match else None


def find_personal_text(text: str) -> Text | None:
    """What in a text is about a person, None where no rule finds anything."""
    looked_at = _PLACES_OF_NAMES.sub("", text)
    code = next((code for rule, code in _RULES if rule.search(looked_at)), None)
    return message(code) if code else None
