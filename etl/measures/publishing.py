"""What each force publishes: its use of live facial recognition, the forms of publication, and a
verdict a reader can check.

In: rows of `lfr_use`, `publishing` and `publishing_fields`. Out: one `ForcePublishing` a force.
Does not look at the record: a force may publish much of which we hold nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.model.codes import LFR_USE, code_list
from etl.model.coverage import LfrUse, Publishing, PublishingField
from etl.model.messages import Text, join, message

PUBLISHING_STATUS = code_list("publishing_status")

USERS = frozenset({"uses", "uses_lent_equipment", "has_trialled"})
_RESULTS = frozenset(
    {
        "faces_seen",
        "alerts",
        "true_and_false_alerts",
        "confirmed_split",
        "engagements",
        "arrests",
        "outcomes",
    }
)


@dataclass(frozen=True, slots=True)
class Form:
    """One form of publication and what is known of each of its fields,
    in the order of the code list."""

    publishing: Publishing
    fields: tuple[PublishingField, ...]

    def of(self, field_code: str) -> str:
        """Whether it prints a field: `yes`, `partly`, `no` or `unknown`."""
        return next(
            (field.published_code for field in self.fields if field.field_code == field_code),
            "unknown",
        )

    @property
    def prints_results(self) -> bool:
        return any(self.of(code) in ("yes", "partly") for code in _RESULTS)


@dataclass(frozen=True, slots=True)
class ForcePublishing:
    """A force's use, oldest period first, its forms of publication,
    and whether any result is published."""

    force_id: str
    force_name: str
    status: str
    reason: Text
    uses: tuple[LfrUse, ...]
    forms: tuple[Form, ...]

    @property
    def latest(self) -> LfrUse | None:
        """The last known period of use or non-use."""
        return self.uses[-1] if self.uses else None


def describe_publishing(
    force_ids: Sequence[str],
    names: Mapping[str, str],
    uses: Sequence[LfrUse],
    forms: Sequence[Publishing],
    fields: Sequence[PublishingField],
) -> tuple[ForcePublishing, ...]:
    """One ForcePublishing for each force, in the given order."""
    return tuple(
        _describe(
            force_id,
            names[force_id],
            tuple(
                sorted(
                    (use for use in uses if use.force_id == force_id), key=lambda use: use.period
                )
            ),
            tuple(
                Form(
                    form,
                    tuple(field for field in fields if field.publishing_id == form.publishing_id),
                )
                for form in forms
                if form.force_id == force_id
            ),
        )
        for force_id in force_ids
    )


def _describe(
    force_id: str, name: str, uses: tuple[LfrUse, ...], forms: tuple[Form, ...]
) -> ForcePublishing:
    if not any(use.status_code in USERS for use in uses):
        status = "no_known_use"
    elif any(form.prints_results for form in forms):
        status = "results"
    elif any(form.publishing.form_code != "none" for form in forms):
        status = "results_not_seen"
    else:
        status = "nothing"
    use = message("label", label=LFR_USE.label(uses[-1].status_code)) if uses else ""
    reason = join(use, PUBLISHING_STATUS.entry(status).meaning)
    return ForcePublishing(force_id, name, status, reason, uses, forms)
