"""The report of one force and period, as a tagged PDF or a DOCX, in English or Welsh.

In: `Answers` of a release, a force, a period, a language, a format. Out: bytes, the same for the same release.
`Refused` with every problem at once where there is nothing to report. Computes nothing: Estimates of `etl.queries.record`, said by
`dashboard.text.numbers`. Writes no file: the verb does.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.report.blocks import Report
from dashboard.report.context import make_before, make_cases, make_findings, make_funnels, make_groups
from dashboard.report.docx import write_docx
from dashboard.report.equality_duty import make_duty, make_front, make_method, make_sources, make_summary
from dashboard.report.figures import (
    Subject,
    make_deployments,
    make_places,
    make_rates,
    make_settings,
    make_stages,
)
from dashboard.report.pdf import write_pdf
from dashboard.report.period import FORMS, ReportPeriod, read_period, say_report_period
from dashboard.report.query import WALES, choose, nation_of
from dashboard.report.text import say_made_from, say_title
from dashboard.text.language import LANGUAGES, _, language, use_language
from dashboard.text.names import name_forces
from dashboard.views.registry import list_choices
from etl.model.problems import Problem, Refused
from etl.model.refusals import NoAnswer
from etl.model.releases import DRAFT, ReleaseInfo
from etl.queries.record import Answers
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
    answers: Answers,
    force_id: str,
    period: str,
    language: str = "en",
    format: str = "pdf",
    *,
    release: ReleaseInfo | None = None,
) -> bytes:
    """The report as bytes; `Refused` if there is none. `release` is found by the content of `answers` if it is not given."""
    (file,) = make_reports(answers, force_id, period, language, format, release=release)
    return file.content


def make_reports(
    answers: Answers,
    force_id: str,
    period: str,
    languages: str = "",
    formats: str = "pdf",
    *,
    release: ReleaseInfo | None = None,
) -> list[ReportFile]:
    """Every file of a report; `both` is both languages or both formats, no language those of the force: English, and Welsh
    for a force of Wales. All are made before any is given, so that there is never half of them."""
    read = _read(answers, force_id, period, languages, formats)
    if not languages:
        languages = BOTH if nation_of(answers, force_id) == WALES else "en"
    known = release or name_release(answers.release_id) or _draft_of(answers)
    files = []
    for code in LANGUAGES if languages == BOTH else (languages,):
        report = describe_report(answers, force_id, read, code, known)
        for ending in FORMATS if formats == BOTH else (formats,):
            name = f"lfr-report_{force_id}_{read.code}_{code}.{ending}"
            files.append(ReportFile(name, FORMATS[ending](report)))
    return files


def describe_report(
    answers: Answers, force_id: str, period: ReportPeriod, code: str, release: ReleaseInfo
) -> Report:
    """The report in parts, in one language; the language in use stays what it was."""
    before = language()
    use_language(code)
    try:
        return _describe(answers, force_id, period, code, release)
    finally:
        use_language(before)


def _describe(
    answers: Answers, force_id: str, period: ReportPeriod, code: str, release: ReleaseInfo
) -> Report:
    names = name_forces(answers)
    (publishing,) = answers.publishing((force_id,)).forces
    subject = Subject(
        answers, force_id, names[force_id], period, choose(force_id, period), list_choices(answers), names, publishing
    )  # fmt: skip
    day = release.date or answers.last_retrieved
    title = say_title(subject.name, period)
    return Report(
        language=code,
        title=title,
        description=say_made_from(),
        date=day.isoformat() if day else "",
        contents=_("Contents"),
        table_word=_("Table"),
        chart_word=_("Chart"),
        page=_("Page {page} of {pages}"),
        running=f"{subject.name}, {say_report_period(period)}",
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


def _read(answers: Answers, force_id: str, period: str, languages: str, formats: str) -> ReportPeriod:
    """The period; `Refused` with all that is wrong."""
    problems = []
    forces = sorted(one["force_id"] for one in answers.rows("forces"))
    try:
        refuse_forces([force_id], forces)
    except NoAnswer as error:
        problems.append(Problem("the force", str(error), "the id of a force", "Ask again with one of these."))
    read = read_period(period)
    if read is None:
        problems.append(Problem("the period", repr(period), FORMS, "Write it in one of these ways."))
    for what, found, known in (("the language", languages, LANGUAGES), ("the format", formats, FORMATS)):
        if found not in ("", BOTH, *known):
            problems.append(Problem(what, repr(found), ", ".join((*known, BOTH)), "Choose one of these."))
    if read is None or problems:
        raise Refused(problems)
    total = answers.estimate("deployments_count", where={"force_id": [force_id]}, period=read.days).only()
    if not total.used_count:
        if force_id in answers.forces():
            first, last = answers.period({"force_id": [force_id]})
            ask = f"Ask for a period with rows of it: they are from {first} to {last}."
        else:
            ask = "Nothing that it published about its deployments is in the record; that is not a zero."
        raise Refused(Problem(f"{force_id}, {period}", total.reason, "a row inside the period", ask))
    return read


def _draft_of(answers: Answers) -> ReleaseInfo:
    found = answers.release
    return ReleaseInfo(
        version=f"{DRAFT}{answers.release_id}",
        release_id=answers.release_id,
        content_hash=str(found["content_hash"]),
        schema_version=str(found["schema_version"]),
        software=str(found["software_version"]),
    )
