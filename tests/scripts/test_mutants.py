"""The mutation tester: which changes it makes; a killed mutant and a survivor differ."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scripts import mutants

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("source", "changes"),
    [
        ("x = a < b", {"a < b -> a <= b"}),
        ("x = a < b <= c", {"a < b <= c -> a <= b <= c", "a < b <= c -> a < b < c"}),
        ("x = a + b", {"a + b -> a - b"}),
        ("x += y", {"x += y -> x -= y"}),
        ("x = a and b", {"a and b -> a or b"}),
        ("x = not a", {"not a -> a"}),
        ("x = 2", {"2 -> 3"}),
        ("x = True", {"True -> False"}),
        ("def f():\n    return x", {"return x -> return None"}),
        ("def f():\n    return", set()),
        ("def f():\n    return None", set()),
        ("x: list[2] = y", set()),
        ("@d(slots=True)\nclass A: pass", set()),
        ("x = 'text'", set()),
        ("x: A | B = y", set()),
    ],
)
def test_what_is_changed(source: str, changes: set[str]) -> None:
    assert {mutant.change for mutant in mutants.list_mutants(source, "a.py")} == changes


def test_every_module_and_test_of_the_table_exists() -> None:
    for path, tests in mutants.TARGETS.items():
        assert (ROOT / path).is_file(), path
        assert tests
        assert all((ROOT / test.split("::")[0]).exists() for test in tests), tests


@pytest.mark.parametrize("folder", ["measures", "disclosure", "checks", "formats", "sources"])
def test_every_module_of_a_folder_has_its_tests(folder: str) -> None:
    for path in sorted((ROOT / "etl" / folder).rglob("*.py")):
        if path.name != "__init__.py":
            assert path.relative_to(ROOT).as_posix() in mutants.TARGETS


def test_every_equivalent_change_is_still_one() -> None:
    """A line that has changed since has to be judged again."""
    for path, line, change in mutants.EQUIVALENT:
        lines = (ROOT / path).read_text(encoding="utf-8").split("\n")
        assert line in {text.strip() for text in lines}, (path, line)
        assert change.count(" -> ") == 1


def test_an_unknown_module_is_refused() -> None:
    with pytest.raises(SystemExit, match="no such module: nothing"):
        mutants.choose_targets(["nothing"])
    assert mutants.choose_targets(["intervals"]) == ["etl/measures/intervals.py"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("expected", "killed", "exit_code"), [("assert half(4) == 2", 3, 0), ("half(4)", 0, 1)]
)
def test_a_test_that_asserts_kills_and_one_that_only_calls_does_not(
    tmp_path: Path, expected: str, killed: int, exit_code: int
) -> None:
    (tmp_path / "halves.py").write_text("def half(n):\n    return n / 2\n")
    test = tmp_path / "test_halves.py"
    test.write_text(f"from halves import half\n\ndef test_half():\n    {expected}\n")
    script = (
        "import sys; from pathlib import Path; from scripts import mutants as m;"
        "sys.path.insert(0, sys.argv[1]); m.ROOT = Path(sys.argv[1]);"
        "m.PRELOADED = ('pytest', 'hypothesis');"
        "m.TARGETS = {'halves.py': (sys.argv[1] + '/test_halves.py',)};"
        "sys.exit(m.main(['--sample', '0', '--seconds', '120']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert f"halves.py: {killed} of 3 killed" in done.stdout, done.stdout + done.stderr
    assert done.returncode == exit_code
