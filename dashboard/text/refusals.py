"""Why a question is refused, in readers' words.

In: a `Refusal` of the record, which names fields as the API does. Out: the same in the language in
use, with the words that pages use for these fields."""

from __future__ import annotations

from dashboard.text.language import _
from dashboard.text.language import mark as N_
from dashboard.text.messages import translate_message
from etl.model.messages import Message, Text, Value
from etl.model.refusals import Refusal

_NAMES = {
    "force_id": N_("force"),
    "region_code": N_("region or nation"),
    "district_code": N_("district"),
    "year": N_("year"),
    "quarter": N_("quarter"),
    "month": N_("month"),
    "lender_force_id": N_("force that lent the equipment"),
    "place_id": N_("place"),
    "use_case": N_("use case"),
    "threshold": N_("threshold"),
    "vendor_code": N_("supplier"),
    "reliability": N_("how the figure reached us"),
    "publication_id": N_("publication"),
    "classification_code": N_("list of groups"),
    "group_code": N_("group"),
    "stage_code": N_("stage"),
    "benchmark_id": N_("benchmark"),
}


def describe_refusal(refusal: Refusal | None) -> str:
    """The reason; empty without a refusal."""
    if refusal is None:
        return ""
    parts = refusal.reason.parts if isinstance(refusal.reason, Text) else (refusal.reason,)
    return translate_message(
        Text(*(_name_fields(part) if isinstance(part, Message) else part for part in parts))
    )


def _name_fields(part: Message) -> Message:
    return Message(part.code, {name: _to_words(value) for name, value in part.values.items()})


def _to_words(value: Value) -> Value:
    if isinstance(value, str):
        return _(_NAMES[value]) if value in _NAMES else value
    if isinstance(value, (list, tuple)):
        return [_(_NAMES[name]) if name in _NAMES else name for name in value]
    return value
