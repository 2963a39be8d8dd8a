"""The report of one force and period, as a tagged PDF or a DOCX, in English or Welsh.

In: `Record` of a release, a force, a period, a language, a format. Out: bytes, the same for the
same release. `RefusedQueryError` with every problem at once where there is nothing to report.
Computes nothing: Estimates of `etl.queries.record`, said by `dashboard.text.numbers`. Writes no
file: the verb does."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.report.blocks import Report
from dashboard.report.context import (
    make_before,
    make_cases,
    make_findings,
    make_funnels,
    make_groups,
)
from dashboard.report.docx import write_docx
from dashboard.report.equality_duty import (
    make_duty,
    make_front,
    make_method,
    make_sources,
    make_summary,
)
from dashboard.report.figures import (
    Subject,
    make_deployments,
    make_places,
    make_rates,
    make_settings,
    make_stages,
)
from dashboard.report.pdf import write_pdf
from dashboard.report.period import FORMS, ReportPeriod, format_report_period, read_period
from dashboard.report.query import WALES, choose, nation_of
from dashboard.report.text import describe_made_from, describe_title
from dashboard.text.language import LANGUAGES, _, language, use_language
from dashboard.text.names import name_forces
from dashboard.views.registry import list_choices
from etl.model.problems import Problem, RefusedQueryError
from etl.model.reference import Force
from etl.model.refusals import QueryError
from etl.model.releases import DRAFT, ReleaseInfo
from etl.queries.record import Record
from etl.queries.validation import refuse_forces
from etl.releases.catalogue import name_release

FORMATS = {"pdf": write_pdf, "docx": write_docx}
BOTH = "both"


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report as a file: its name and its bytes."""

    name: str
    content: bytes


def make_report(
    record: Record,
    force_id: str,
    period: str,
    language: str = "en",
    format: str = "pdf",
    *,
    release: ReleaseInfo | None = None,
) -> bytes:
    """The report as bytes; `RefusedQueryError` if there is none.
    `release` is found by the content of `answers` if it is not given."""
    (file,) = make_reports(record, force_id, period, language, format, release=release)
    return file.content


def make_reports(
    record: Record,
    force_id: str,
    period: str,
    languages: str = "",
    formats: str = "pdf",
    *,
    release: ReleaseInfo | None = None,
) -> list[ReportFile]:
    """Every file of a report; `both` is both languages or both formats, no language those of the
    force: English, and Welsh for a force of Wales. All are made before any is given, so that there
    is never half of them."""
    read = _read(record, force_id, period, languages, formats)
    if not languages:
        languages = BOTH if nation_of(record, force_id) == WALES else "en"
    known = release or name_release(record.release_id) or _draft_of(record)
    files = []
    for code in LANGUAGES if languages == BOTH else (languages,):
        report = describe_report(record, force_id, read, code, known)
        for ending in FORMATS if formats == BOTH else (formats,):
            name = f"lfr-report_{force_id}_{read.code}_{code}.{ending}"
            files.append(ReportFile(name, FORMATS[ending](report)))
    return files


def describe_report(
    record: Record, force_id: str, period: ReportPeriod, code: str, release: ReleaseInfo
) -> Report:
    """The report in parts, in one language; the language in use stays what it was."""
    before = language()
    use_language(code)
    try:
        return _describe(record, force_id, period, code, release)
    finally:
        use_language(before)


def _describe(
    record: Record, force_id: str, period: ReportPeriod, code: str, release: ReleaseInfo
) -> Report:
    names = name_forces(record)
    (publishing,) = record.publishing.describe((force_id,)).forces
    subject = Subject(
        record,
        force_id,
        names[force_id],
        period,
        choose(force_id, period),
        list_choices(record),
        names,
        publishing,
    )
    day = release.date or record.last_retrieved
    title = describe_title(subject.name, period)
    return Report(
        language=code,
        title=title,
        description=describe_made_from(),
        date=day.isoformat() if day else "",
        contents=_("Contents"),
        table_word=_("Table"),
        chart_word=_("Chart"),
        page=_("Page {page} of {pages}"),
        running=f"{subject.name}, {format_report_period(period)}",
        version=_("Record {version}, content {content}").format(
            version=release.version, content=release.release_id
        ),
        front=make_front(subject, release),
        sections=(
            make_summary(subject),
            make_deployments(subject),
            make_stages(subject),
            make_rates(subject),
            make_settings(subject),
            make_places(subject),
            make_groups(subject),
            make_cases(subject),
            make_findings(subject),
            make_before(subject),
            make_funnels(subject),
            make_duty(subject),
            make_method(subject),
            make_sources(subject, release),
        ),
    )


def _read(record: Record, force_id: str, period: str, languages: str, formats: str) -> ReportPeriod:
    """The period; `RefusedQueryError` with all that is wrong."""
    problems = []
    forces = sorted(force.force_id for force in record.table(Force))
    try:
        refuse_forces([force_id], forces)
    except QueryError as error:
        problems.append(
            Problem("the force", str(error), "the id of a force", "Ask again with one of these.")
        )
    read = read_period(period)
    if read is None:
        problems.append(
            Problem("the period", repr(period), FORMS, "Write it in one of these ways.")
        )
    for what, result, known in (
        ("the language", languages, LANGUAGES),
        ("the format", formats, FORMATS),
    ):
        if result not in ("", BOTH, *known):
            problems.append(
                Problem(what, repr(result), ", ".join((*known, BOTH)), "Choose one of these.")
            )
    if read is None or problems:
        raise RefusedQueryError(problems)
    total = record.estimate(
        "deployments_count", where={"force_id": [force_id]}, period=read.days
    ).only()
    if not total.used_count:
        if force_id in record.force_names():
            first, last = record.period({"force_id": [force_id]})
            fetch = f"Ask for a period with rows of it: they are from {first} to {last}."
        else:
            fetch = (
                "Nothing that it published about its deployments is in the record; that is not a "
                "zero."
            )
        raise RefusedQueryError(
            Problem(f"{force_id}, {period}", total.reason, "a row inside the period", fetch)
        )
    return read


def _draft_of(record: Record) -> ReleaseInfo:
    release = record.release
    return ReleaseInfo(
        version=f"{DRAFT}{record.release_id}",
        release_id=record.release_id,
        content_hash=str(release.content_hash),
        schema_version=str(release.schema_version),
        software=str(release.software_version),
    )
