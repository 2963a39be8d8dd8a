"""Method: how each figure is computed and how sure it is, rendered from what is declared and from
the record.

In: the frame. Out: the page of `page.html`. Holds no definition and no figure of its own."""

from __future__ import annotations

from dashboard.components.source_note import write_source_note
from dashboard.components.tables import Markup
from dashboard.components.templates import show_template
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.view import View
from dashboard.views.method import query, text
from etl.disclosure.rule import ADULTS, CHILDREN
from etl.measures.catalogue import MEASURES
from etl.model.claim_measures import CLAIM_REASON, CLAIM_WINDOW, VERDICT
from etl.model.codes import RELIABILITY, VALUE_STATUS
from etl.model.symbols import SYMBOL


@cached
def show(context: PageContext) -> None:
    """The whole page."""
    record = context.record
    examples = query.get_examples(record)
    sources = write_source_note(context, examples.of_alerts.sources) if examples else ""
    show_template(
        "views/method/page.html",
        context=context,
        words=text,
        amounts=query.get_amounts(record),
        provenance=query.get_provenance(record),
        examples=examples,
        sources=Markup(sources),
        software=query.get_software(record),
        breaks=query.get_breaks(record),
        measures=text.group_measures(),
        drawn=MEASURES,
        SYMBOL=SYMBOL,
        VALUE_STATUS=VALUE_STATUS,
        RELIABILITY=RELIABILITY,
        VERDICT=VERDICT,
        CLAIM_WINDOW=CLAIM_WINDOW,
        CLAIM_REASON=CLAIM_REASON,
        ADULTS=ADULTS,
        CHILDREN=CHILDREN,
    )


VIEW = View(show)
