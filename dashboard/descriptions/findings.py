"""What is doubtful, missing and late, in words.

In: findings, forms of publication and completeness as `dashboard.queries.findings` gives them. Out:
plain text in the language in use. Does not compute and does not escape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.queries.findings import FindingLine, KindLine
from dashboard.text.language import _, ngettext
from dashboard.text.numbers import format_count, format_date, format_list, format_rows, format_share
from etl.measures.publishing import ForcePublishing, Form
from etl.model.codes import FINDING_STATUS, PUBLISHED_FIELD
from etl.model.completeness import Gaps
from etl.model.coverage import EXPECTED_FIELDS

FIELD_TITLES = {expected_field.field_id: expected_field.title for expected_field in EXPECTED_FIELDS}


def describe_answer_head(finding_line: FindingLine) -> str:
    """`Open`, `Corrected`, or `Explained: from 6 August 2024 on`."""
    status = _(FINDING_STATUS.label(finding_line.finding.status_code))
    if finding_line.explained_by:
        day = format_date(finding_line.explained_by.first_date)
        return _("{status}: from {day} on").format(status=status, day=day)
    return status


def describe_open(findings: Mapping[str, int]) -> str:
    """`19 open, 2 explained`; `none`."""
    sentences = [
        _("{count} {status}").format(
            count=format_count(findings[code]), status=_(FINDING_STATUS.label(code)).lower()
        )
        for code in FINDING_STATUS
        if findings.get(code)
    ]
    return ", ".join(sentences) if sentences else _("none")


def describe_findings(kinds: Sequence[KindLine]) -> str:
    """`61 findings of 17 kinds: 53 open, 6 corrected, 2 explained.`"""
    count = sum(kind.count for kind in kinds)
    if not count:
        return _("No check found anything.")
    text = ngettext("{count} finding", "{count} findings", count).format(count=format_count(count))
    by_status = [
        _("{count} {status}").format(
            count=format_count(sum(kind.by_status[code] for kind in kinds)),
            status=_(FINDING_STATUS.label(code)).lower(),
        )
        for code in FINDING_STATUS
        if any(kind.by_status[code] for kind in kinds)
    ]
    kind_texts = ngettext("{count} kind", "{count} kinds", len(kinds)).format(
        count=format_count(len(kinds))
    )
    return _("{findings} of {kinds}: {statuses}.").format(
        findings=text, kinds=kind_texts, statuses=format_list(by_status)
    )


def describe_corrections(count: int) -> str:
    """`4 declared corrections; the printed text stays comparisons each.`"""
    if not count:
        return _("Nothing is corrected.")
    template = ngettext(
        "{count} correction; the published text stays visible.",
        "{count} corrections; the published text of each stays visible.",
        count,
    )
    return template.format(count=format_count(count))


def describe_silent(silent: Sequence[ForcePublishing], users_count: int) -> str:
    """`6 of the 21 forces known to have used it publish no result that we found: …`"""
    if not silent:
        return _("Every force known to have used it has published some result.")
    template = ngettext(
        "{count} of the {users} forces known to have used it publishes no result that we found: "
        "{names}.",
        "{count} of the {users} forces known to have used it publish no result that we found: "
        "{names}.",
        len(silent),
    )
    return template.format(
        count=format_count(len(silent)),
        users=format_count(users_count),
        names=format_list([_(publishing.force_name) for publishing in silent]),
    )


def describe_late(forms: Sequence[tuple[ForcePublishing, Form]]) -> str:
    """How many forms of publication have a delay that is stated or could be measured."""
    known = [form for publishing, form in forms if form.publishing.delay_days_typical is not None]
    if not forms:
        return _("No form of publication is known.")
    template = ngettext(
        "How late it comes is known of {known} of {count} form of publication.",
        "How late they come is known of {known} of {count} forms of publication.",
        len(forms),
    )
    return template.format(known=format_count(len(known)), count=format_count(len(forms)))


def list_printed(form: Form) -> tuple[str, str, str, str]:
    """The fields that a form prints, prints in part, does not print, and those that are unknown."""
    by_answer: dict[str, list[str]] = {"yes": [], "partly": [], "no": [], "unknown": []}
    for code in PUBLISHED_FIELD:
        by_answer[form.of(code)].append(_(PUBLISHED_FIELD.label(code)))
    yes, partly, no, unknown = (_format_fields(names) for names in by_answer.values())
    return yes, partly, no, unknown


def list_publishers(
    forms: Sequence[tuple[ForcePublishing, Form]], field_code: str
) -> tuple[str, str, str, str]:
    """The forces that print a field in any form, in part, not, and those that are unknown."""
    best: dict[str, str] = {}
    order = ("yes", "partly", "no", "unknown")
    for publishing, form in forms:
        answer = form.of(field_code)
        before = best.get(_(publishing.force_name), "unknown")
        # A form that is not known to print it does not hide another that is known not to.
        best[_(publishing.force_name)] = min(answer, before, key=order.index)
    by_answer = {code: [name for name, answer in best.items() if answer == code] for code in order}
    yes, partly, no, unknown = (_describe_forces(names) for names in by_answer.values())
    return yes, partly, no, unknown


def describe_complete(gaps: Gaps) -> str:
    """`84%`; `[z]` where nothing is expected."""
    return _("[z] nothing to expect") if gaps.share is None else format_share(gaps.share)


def describe_missing_reasons(gaps: Gaps) -> str:
    """Why values are missing: `2 not printed, 20 not copied`; `nothing missing`."""
    counts: Mapping[str, int] = {
        _("{count} not printed"): gaps.not_published_count,
        _("{count} printed but not copied"): gaps.not_transcribed_count,
        _("{count} not known whether printed"): gaps.not_known_count,
    }
    sentences = [
        words.format(count=format_count(count)) for words, count in counts.items() if count
    ]
    return format_list(sentences) if sentences else _("nothing missing")


def describe_of_rows(count: int) -> str:
    """`of 23 rows`."""
    return _("of {rows}").format(rows=format_rows(count))


def _format_fields(names: Sequence[str]) -> str:
    return ", ".join(names) if names else "–"


def _describe_forces(names: Sequence[str]) -> str:
    return ", ".join(names) if names else "–"
