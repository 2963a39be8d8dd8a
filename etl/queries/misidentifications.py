"""Questions about the register of documented misidentifications of one release.

In: a technology, a kind of error, a force, a period. Out: cases by technology, or a refusal with
its reason. Does not count, add up or compare cases: they are those that became public, not how many
there were."""

from __future__ import annotations

from collections.abc import Iterable

from etl.model.cases import CASE_KIND, CasesAnswer, to_case
from etl.model.codes import TECHNOLOGY
from etl.model.messages import Text, join, message
from etl.model.queries import ALL_TIME, Period
from etl.model.records import Misidentification
from etl.model.refusals import Refusal
from etl.queries.release_file import ReleaseFile


class Misidentifications:
    """The documented misidentifications of one release."""

    def __init__(self, file: ReleaseFile) -> None:
        self._file = file

    def cases(
        self,
        *,
        technology: str | None = None,
        kind: str | None = None,
        force: str | None = None,
        period: Period = ALL_TIME,
    ) -> CasesAnswer:
        """Cases by technology in the order of the code list, latest first, that may lie inside the
        period.

        A technology without a case is in the result. An unknown technology, kind or force is
        refused."""
        if refusal := self._refuse_case(technology, kind, force):
            return CasesAnswer(refusal=refusal)
        start, end = period
        cases = [
            case
            for case in map(to_case, self._file.table(Misidentification))
            if kind in (None, case.kind_code)
            and force in (None, case.force_id)
            and (start is None or case.last_day >= start)
            and (end is None or case.first_day <= end)
        ]
        cases.sort(key=lambda case: (case.last_day, case.misidentification_id), reverse=True)
        return CasesAnswer(
            tuple(
                (code, tuple(case for case in cases if case.technology_code == code))
                for code in TECHNOLOGY
                if technology in (None, code)
            )
        )

    def _refuse_case(
        self, technology: str | None, kind: str | None, force: str | None
    ) -> Refusal | None:
        if technology is not None and technology not in TECHNOLOGY:
            text = message("no_technology", name=technology)
            return _refuse("unknown_technology", text, TECHNOLOGY)
        if kind is not None and kind not in CASE_KIND:
            return _refuse("unknown_value", message("no_kind_of_error", name=kind), CASE_KIND)
        if force is not None and force not in self._file.forces:
            known = sorted(self._file.forces)
            return _refuse("unknown_force", message("no_force", name=force), known)
        return None


def _refuse(code: str, text: Text, known: Iterable[str]) -> Refusal:
    return Refusal(code, join(text, message("there_are", names=list(known))))
