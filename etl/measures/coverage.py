"""How complete the record is, by force and year, and whose doing each gap is.

In: counts of (row, field) pairs, and what is known of the forms in which forces publish. Out: one
`Coverage` a force and year, with the share of pairs that have a value and the reasons for those
that have none. Does not query. A gap is the force's own only where its own record was read or
evidence says so; what a copyist or the press left out is kept apart, and what nobody knows is said
to be not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from etl.model.codes import LFR_USE
from etl.model.completeness import COVERAGE_STATUS, Coverage, FieldCount, Gaps
from etl.model.coverage import EXPECTED_FIELDS, LfrUse, Publishing, PublishingField
from etl.model.messages import Text, join, message

_PRINTED = frozenset({"published", "estimate", "at_least", "about", "noted", "in_doubt"})
_NOT_REQUIRED = frozenset({"technical_fault", "not_applicable"})
_WITHHELD = frozenset({"withheld", "not_collected", "suppressed"})
_FIELD_OF = {field.field_id: field for field in EXPECTED_FIELDS}


@dataclass(frozen=True, slots=True)
class KnownForms:
    """How forces publish, and which publications of the record are their own."""

    forms: tuple[Publishing, ...]
    fields: tuple[PublishingField, ...]
    primary_publications: frozenset[str]

    def sources_of(self, count: FieldCount) -> tuple[str, tuple[Publishing, ...]]:
        """How the rows reached us (`own_record`, `copied`, `told`),
        and the forms that tell what is printed."""
        active = [
            form for form in self.forms if form.force_id == count.force_id and _covers(form, count)
        ]
        read_from = [
            form for form in active if count.publication_id in (form.publication_ids or "").split()
        ]
        if not read_from:
            return "told", tuple(active)
        own = count.publication_id in self.primary_publications
        return ("own_record" if own else "copied"), tuple(read_from)

    def answers(self, forms: Iterable[Publishing], field_id: str) -> set[str]:
        """The published codes of a field in these forms; `total` where it is printed in total
        only."""
        published_field = _FIELD_OF[field_id].published_field
        each = {form.publishing_id: form.per_deployment_code == "yes" for form in forms}
        codes = set()
        for field in self.fields:
            if field.publishing_id in each and field.field_code == published_field:
                whole = field.published_code == "yes" and not each[field.publishing_id]
                codes.add("total" if whole else field.published_code)
        return codes


def measure_coverage(
    counts: Sequence[FieldCount], known: KnownForms, names: Mapping[str, str]
) -> tuple[Coverage, ...]:
    """One Coverage for each force and year that has rows, in order of force, then year."""
    grouped: dict[tuple[str, int | None], list[FieldCount]] = {}
    for count in counts:
        grouped.setdefault((count.force_id, count.year), []).append(count)
    ordered = sorted(
        grouped.items(), key=lambda pair: (pair[0][0], pair[0][1] is None, pair[0][1] or 0)
    )
    return tuple(_measure(own, known, names) for _, own in ordered)


def build_empty_coverage(
    force_id: str, year: int | None, names: Mapping[str, str], latest: LfrUse | None
) -> Coverage:
    """The Coverage of a force without rows; `latest` is the last that is known of its use."""
    reason = (
        message("no_deployment_of_force")
        if year is None
        else message("no_deployment_of_force_in", year=year)
    )
    if latest:
        reason = join(reason, message("latest_use", use=LFR_USE.label(latest.status_code)))
    return Coverage(
        force_id=force_id,
        force_name=names[force_id],
        year=year,
        period_start=None,
        period_end=None,
        rows_count=0,
        total=Gaps(),
        by_field=tuple((field.field_id, Gaps()) for field in EXPECTED_FIELDS),
        status="no_rows",
        reason=reason,
        sources=(),
    )


def _measure(counts: Sequence[FieldCount], known: KnownForms, names: Mapping[str, str]) -> Coverage:
    tallies: dict[str, dict[str, int]] = {field.field_id: {} for field in EXPECTED_FIELDS}
    kinds = set()
    rows_count = 0
    for count in counts:
        kind, forms = known.sources_of(count)
        kinds.add(kind)
        fate = _judge(count, kind, known, forms)
        tally = tallies[count.field_id]
        if fate is not None:
            tally[fate] = tally.get(fate, 0) + count.pairs_count
        # Every row has every field exactly once, so one field counts the rows.
        rows_count += count.pairs_count if count.field_id == EXPECTED_FIELDS[0].field_id else 0
    by_field = tuple((field_id, Gaps(**tally)) for field_id, tally in tallies.items())
    total = add_gaps(gaps for _, gaps in by_field)
    status = kinds.pop() if len(kinds) == 1 else "mixed"
    return Coverage(
        force_id=counts[0].force_id,
        force_name=names[counts[0].force_id],
        year=counts[0].year,
        period_start=min(
            (count.period_start for count in counts if count.period_start), default=None
        ),
        period_end=max((count.period_end for count in counts if count.period_end), default=None),
        rows_count=rows_count,
        total=total,
        by_field=by_field,
        status=status,
        reason=_explain(status, total),
        sources=tuple(sorted({count.publication_id for count in counts})),
    )


def _judge(
    count: FieldCount, kind: str, known: KnownForms, forms: Sequence[Publishing]
) -> str | None:
    """The tally that a status belongs to; None where there is no question.

    A news release has what its author chose. So only a table, a page or a search without result
    shows that a force does not publish a field."""
    status = count.status
    if status in _PRINTED:
        return "printed_count"
    if status in _NOT_REQUIRED:
        return None
    if status in ("derived", "not_transcribed"):
        return f"{status}_count"
    if status in _WITHHELD or kind == "own_record":
        return "not_published_count"
    if "yes" in known.answers(forms, count.field_id):
        return "not_transcribed_count"
    standing = [form for form in forms if form.form_code != "news_release"]
    return (
        "not_published_count"
        if known.answers(standing, count.field_id) == {"no"}
        else "not_known_count"
    )


def _explain(status: str, total: Gaps) -> Text:
    missing = total.expected_count - total.published_count
    return join(
        COVERAGE_STATUS.entry(status).meaning,
        message(
            "missing_values",
            missing=missing,
            unpublished=total.not_published_count,
            lost=total.not_transcribed_count,
            unknown=total.not_known_count,
        )
        if missing
        else message("no_field_missing"),
    )


def add_gaps(gaps: Iterable[Gaps]) -> Gaps:
    """The pairs of several years or fields together."""
    listed = tuple(gaps)
    return Gaps(
        printed_count=sum(gap.printed_count for gap in listed),
        derived_count=sum(gap.derived_count for gap in listed),
        not_published_count=sum(gap.not_published_count for gap in listed),
        not_transcribed_count=sum(gap.not_transcribed_count for gap in listed),
        not_known_count=sum(gap.not_known_count for gap in listed),
    )


def _covers(form: Publishing, count: FieldCount) -> bool:
    """Whether a form may cover any of the rows; where a day is not known, it does not exclude."""
    late = (
        form.since_text
        and count.period_end
        and _day(form.since_text, "-01-01") > count.period_end.isoformat()
    )
    over = (
        form.until_text
        and count.period_start
        and _day(form.until_text, "-12-31") < count.period_start.isoformat()
    )
    return not late and not over


def _day(text: str, rest: str) -> str:
    """A year, month or day filled up to a day in ISO order; the last day is 31 in any month."""
    return text + rest[len(text) - 4 :]
