"""The entries of the register as cards: when, who, what happened, what followed, how good the
evidence is.

In: cases of one technology. Out: HTML. The words of the register go through `printed`."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.descriptions.misidentifications import (
    describe_case_title,
    describe_grade,
    describe_people,
    describe_reported,
)
from dashboard.rendering.html import link, printed, text
from dashboard.text.language import _
from etl.model.cases import CASE_KIND, Case


def write_cases(cases: Sequence[Case]) -> str:
    """One card a case, in the order given."""
    return f'<ul class="lfr-cards lfr-pair">{"".join(_write_case(case) for case in cases)}</ul>'


def _write_case(case: Case) -> str:
    kind = CASE_KIND.entry(case.kind_code)
    terms = [
        (_("Kind of error"), text(_(kind.label))),
        (_("People"), f"{text(describe_people(case))}: {printed(case.person_text)}"),
        (
            _("Where"),
            printed(case.location_text) if case.location_text else text(_("[x] not stated")),
        ),
        (_("What happened"), printed(_sentence(case.error_text))),
        (
            _("What followed"),
            printed(_sentence(case.outcome_text))
            if case.outcome_text
            else text(_("[x] not stated")),
        ),
        (
            _("Proceedings"),
            printed(_sentence(case.litigation_text))
            if case.litigation_text
            else text(_("[x] not known")),
        ),
        (_("Reported"), text(describe_reported(case))),
        (_("Evidence"), text(describe_grade(case))),
    ]
    if case.note:
        terms.append((_("Collector’s note"), printed(_sentence(case.note))))
    line = _("{term}:")
    body = "".join(
        f"<p><strong>{text(line.format(term=term))}</strong> {words}</p>" for term, words in terms
    )
    source = _("Source: {name}.").format(name=link(case.source_url, case.source_title))
    return (
        f'<li id="{text(case.misidentification_id)}"><h3>{text(describe_case_title(case))}</h3>'
        f'{body}<p class="lfr-from">{source} {text(case.misidentification_id)}</p></li>'
    )


def _sentence(sentence: str) -> str:
    """The words with a capital and a full stop."""
    return f"{sentence[:1].upper()}{sentence[1:].rstrip('.')}."
