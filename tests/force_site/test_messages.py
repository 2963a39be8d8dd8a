"""Whatever is wrong with a file, and whyever a step is refused, a Welsh page says so in Welsh."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.force_site.messages import write_hits, write_problem
from dashboard.text.language import DEFAULT, use_language
from dashboard.text.messages import translate_message
from etl.model.messages import Text, message
from etl.model.problems import explain
from etl.returns.problems import ReturnProblem, read_problems, sort_problems, write_problems
from tests.returns.sample_returns import take_in
from tests.returns.test_malformed import CASES

ROOT = Path(__file__).resolve().parents[2]
# Where a problem of a return, or of a step, is made. Their texts are in etl/model/problems.toml.
FILES = (
    "etl/returns/grids.py",
    "etl/returns/intake.py",
    "etl/returns/layouts.py",
    "etl/returns/package_checks.py",
    "etl/returns/preview.py",
    "etl/returns/publishing.py",
    "etl/returns/workflow.py",
    "etl/returns/store/returns.py",
    "etl/returns/store/users.py",
    "etl/returns/template_sheets.py",
    "etl/returns/overlaps.py",
    "etl/returns/store/declarations.py",
    "etl/sources/return_rows.py",
    "dashboard/force_site/views/one_return.py",
)
CLASSES = ("Problem", "ReturnProblem", "CellFault")
IN_ENGLISH = '<span lang="en">'


@pytest.fixture(autouse=True)
def welsh() -> Iterator[None]:
    use_language("cy")
    yield
    use_language(DEFAULT)


def _find_worded() -> Iterator[str]:
    """Problems that are made with words in place of a code."""
    for file in FILES:
        for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CLASSES:
                texts = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
                if any(isinstance(text, str) and " " in text.strip() for text in texts):
                    yield f"{file}:{node.lineno}"


def test_every_problem_has_a_code_in_place_of_words() -> None:
    assert list(_find_worded()) == []


def _find_problems() -> set[ReturnProblem]:
    return {
        problem for case in CASES for problem in take_in(case.values[0](), case.values[1]).problems
    }  # type: ignore[operator,arg-type]


def test_every_malformed_return_is_told_in_welsh() -> None:
    problems = _find_problems()
    assert len(problems) > 80
    assert len({problem.code for problem in problems}) > 60
    assert "" not in {problem.code for problem in problems}
    for problem in problems:
        assert IN_ENGLISH not in write_hits(problem.found) + write_problem(problem.expected)
        remedy = write_problem(problem.remedy)
        if problem.code == "finding":
            # The sentence of a finding is in English, marked as such; what to do about it is not.
            assert remedy.startswith(IN_ENGLISH)
            assert remedy.endswith(
                "</span> Cymharwch y rhes â’ch log; cyhoeddir yr hyn sy’n sefyll gyda’r canfyddiad "
                "hwn."
            )
        elif problem.code != "finding_error":
            assert IN_ENGLISH not in remedy


def test_problems_are_the_same_after_they_were_saved() -> None:
    problems = sort_problems(list(_find_problems()))
    for problem in problems:
        (saved,) = read_problems(write_problems([problem]))
        assert saved == problem
        assert write_problems([saved]) == write_problems([problem])
        assert write_problem(saved.expected) == write_problem(problem.expected)
        assert write_problem(saved.remedy) == write_problem(problem.remedy)
    assert read_problems(write_problems(problems)) == problems


def test_places_keep_what_stands_in_the_file() -> None:
    form = message("or_reason", form=message("whole_number"), reasons=["not collected", "withheld"])
    assert (
        translate_message(form)
        == "rhif cyfan megis 1234, neu un o’r rhain: not collected, withheld"
    )
    both = message(
        "both", first=message("at_least", number=0), second=message("at_most", number=10)
    )
    assert translate_message(both) == "o leiaf 0; 10 ar y mwyaf"
    day = dt.date(2026, 11, 28)
    _matches, expected, _remedy = explain("day_to_come", day=day, today=day)
    assert translate_message(expected) == "diwrnod hyd at 28 Tachwedd 2026"
    days = message("days", start=dt.date(2025, 1, 1), end=dt.date(2025, 3, 31))
    assert translate_message(days) == "1 Ionawr 2025 – 31 Mawrth 2025"
    assert (
        translate_message(message("confirmed_true_or_more", count=3, most=4))
        == "3, y rhybuddion cywir wedi’u cadarnhau, neu hyd at 4 gyda’r rhai ffug wedi’u cadarnhau"
    )
    assert translate_message(message("return_number", number=7)) == "ffurflen ddata 7"
    # A heading that is also a word of ours is not translated.
    _matches, expected, _remedy = explain("no_column", names=["Date", "Force"])
    assert translate_message(expected) == "colofnau’r templed: Date, Force"


def test_texts_of_others_are_escaped_and_marked() -> None:
    assert write_problem("words of nobody <b>") == f"{IN_ENGLISH}words of nobody &lt;b&gt;</span>"
    assert write_hits("'<b>seven'") == "&#x27;&lt;b&gt;seven&#x27;"
    found, _expected, remedy = explain(
        "finding", printed="<i>", expected="1", message=Text("Odd <b>.")
    )
    assert write_hits(found) == "&lt;i&gt;"
    assert write_problem(remedy).startswith(f"{IN_ENGLISH}Odd &lt;b&gt;.</span> Cymharwch")
    found, _expected, _remedy = explain("heading_again", heading="<u>", count=2)
    assert write_hits(found) == "y pennawd &quot;&lt;u&gt;&quot; 2 o weithiau"
    use_language(DEFAULT)
    assert write_problem("Fill the cell.") == "Fill the cell."
