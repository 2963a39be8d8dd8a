"""Whatever is wrong with a file, and whyever a step is refused, a Welsh page says so in Welsh."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.force_site.messages import translate_problem, write_hits, write_problem
from dashboard.text.language import DEFAULT, use_language
from etl.returns.problems import ReturnProblem
from tests.returns.sample_returns import take_in
from tests.returns.test_malformed import CASES

ROOT = Path(__file__).resolve().parents[2]
# Where the words of a problem begin among what each of these is given.
FROM = {"Problem": 0, "_whole": 0, "_place": 5, "CellFault": 3, "_fault": 2}
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
    "etl/returns/sheets.py",
    "etl/returns/overlaps.py",
    "etl/returns/store/declarations.py",
    "etl/sources/return_rows.py",
    "dashboard/force_site/views/one_return.py",
)
# What stands for itself in any language: a setting of a program, a path.
AS_THEY_ARE = {"UTF-8", "/one-return?id=NUMBER"}


@pytest.fixture(autouse=True)
def welsh() -> Iterator[None]:
    use_language("cy")
    yield
    use_language(DEFAULT)


def _list_words() -> set[str]:
    """Every text that is given to a problem where it stands in the source;
    a letter stands for what is filled in."""
    result = set()
    for file in FILES:
        for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id == "ReturnProblem":
                levels = [
                    number
                    for number, arg in enumerate(node.args)
                    if isinstance(arg, ast.Constant) and arg.value in ("error", "warning")
                ]
                given = node.args[levels[0] + 1 : levels[0] + 4] if levels else []
            elif node.func.id in FROM:
                given = node.args[FROM[node.func.id] :]
            else:
                continue
            result |= {text for arg in given for text in _read(arg)}
    return result - AS_THEY_ARE


def _read(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            str(value.value) if isinstance(value, ast.Constant) else "X" for value in node.values
        )
    elif isinstance(node, ast.IfExp):
        yield from (*_read(node.body), *_read(node.orelse))


def test_every_problem_that_is_worded_in_the_source_has_welsh_words() -> None:
    words = _list_words()
    assert len(words) > 150
    assert sorted(word for word in words if translate_problem(word) is None) == []


def _find_problems() -> set[ReturnProblem]:
    return {
        problem for case in CASES for problem in take_in(case.values[0](), case.values[1]).problems
    }  # type: ignore[operator,arg-type]


def test_every_malformed_return_is_told_in_welsh() -> None:
    problems = _find_problems()
    assert len(problems) > 80
    words = {
        words
        for problem in problems
        for words in (problem.expected, problem.remedy)
        if words not in AS_THEY_ARE and translate_problem(words) is None
    }
    # The sentence of a finding is in English, marked as such; what to do about it is not.
    left = {
        word for word in words if not word.endswith("what stands is published with this finding.")
    }
    assert sorted(left) == []
    for word in words:
        problem = write_problem(word)
        assert problem.startswith('<span lang="en">')
        assert problem.endswith(
            "Cymharwch y rhes â’ch log; cyhoeddir yr hyn sy’n sefyll gyda’r canfyddiad hwn."
        )
    # What was found is either the text of a cell or words of ours.
    result = {
        each_problem.found
        for each_problem in problems
        if translate_problem(each_problem.found) is None
    }
    assert (
        sorted(item for item in result if not re.fullmatch(r"'.*'|[\d./-]+", item, re.DOTALL)) == []
    )


def test_places_keep_what_stands_in_the_file() -> None:
    assert (
        translate_problem("a whole number such as 1234, or one of not collected, withheld")
        == "rhif cyfan megis 1234, neu un o’r rhain: not collected, withheld"
    )
    assert translate_problem("at least 0; at most 10") == "o leiaf 0; 10 ar y mwyaf"
    assert translate_problem("a day up to 2026-11-28") == "diwrnod hyd at 28 Tachwedd 2026"
    # What is no day is not taken for a stretch of days.
    assert translate_problem("3, of what was sent to nobody") is None
    assert translate_problem("2025-01-01 to 2025-03-31") == "1 Ionawr 2025 – 31 Mawrth 2025"
    assert (
        translate_problem("3, the confirmed true alerts, or up to 4 with the confirmed false ones")
        == "3, y rhybuddion cywir wedi’u cadarnhau, neu hyd at 4 gyda’r rhai ffug wedi’u cadarnhau"
    )
    assert translate_problem("return 7") == "ffurflen ddata 7"
    assert (
        write_problem("words of nobody <b>") == '<span lang="en">words of nobody &lt;b&gt;</span>'
    )
    assert write_hits("'<b>seven'") == "&#x27;&lt;b&gt;seven&#x27;"
    use_language(DEFAULT)
    assert write_problem("Fill the cell.") == "Fill the cell."
