"""The entries of the register as cards: when, who, what happened, what followed, how good the evidence is.

In: cases of one technology. Out: HTML. The words of the register go through `printed`.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.descriptions.misidentifications import (
    say_case_title,
    say_grade,
    say_people,
    say_reported,
)
from dashboard.rendering.html import link, printed, text
from dashboard.text.language import _
from etl.model.cases import CASE_KIND, Case


def write_cases(cases: Sequence[Case]) -> str:
    """One card a case, in the order given."""
    return f'<ul class="lfr-cards lfr-pair">{"".join(_write_case(one) for one in cases)}</ul>'


def _write_case(one: Case) -> str:
    kind = CASE_KIND.entry(one.kind_code)
    terms = [
        (_("Kind of error"), text(_(kind.label))),
        (_("People"), f"{text(say_people(one))}: {printed(one.person_text)}"),
        (_("Where"), printed(one.location_text) if one.location_text else text(_("[x] not stated"))),
        (_("What happened"), printed(_sentence(one.error_text))),
        (_("What followed"), printed(_sentence(one.outcome_text)) if one.outcome_text else text(_("[x] not stated"))),
        (_("Proceedings"), printed(_sentence(one.litigation_text)) if one.litigation_text else text(_("[x] not known"))),
        (_("Reported"), text(say_reported(one))),
        (_("Evidence"), text(say_grade(one))),
    ]  # fmt: skip
    if one.note:
        terms.append((_("Collector’s note"), printed(_sentence(one.note))))
    line = _("{term}:")
    body = "".join(f"<p><strong>{text(line.format(term=term))}</strong> {words}</p>" for term, words in terms)
    source = _("Source: {name}.").format(name=link(one.source_url, one.source_title))
    return (
        f'<li id="{text(one.misidentification_id)}"><h3>{text(say_case_title(one))}</h3>'
        f'{body}<p class="lfr-from">{source} {text(one.misidentification_id)}</p></li>'
    )


def _sentence(said: str) -> str:
    """The words with a capital and a full stop."""
    return f"{said[:1].upper()}{said[1:].rstrip('.')}."
