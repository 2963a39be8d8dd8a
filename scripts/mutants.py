"""Mutation testing: changes one expression of a module, runs the module's tests, expects a failure.

In: modules of `mutants.toml`, by default all. Out: for each module how many mutants its tests
killed, each survivor with its line and change, the sums of each folder, and exit code 1 if a folder
is below the required share.

    python scripts/mutants.py                                  # a sample of every module
    python scripts/mutants.py intervals --sample 0 --seconds 3600   # every mutant of one module

Each mutant runs in a process of its own, forked after the libraries are loaded. A mutant is killed
if a test fails, or if the tests take much longer than without it. Changes that alter nothing that a
test could see are listed in `EQUIVALENT` with the reason. Does not write to the source files."""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import random
import signal
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, ModuleType

ROOT = Path(__file__).resolve().parents[1]
TABLE = Path(__file__).with_suffix(".toml")
# Tests by the module that they test.
TARGETS: dict[str, tuple[str, ...]] = {
    path: tuple(tests)
    for folder in tomllib.loads(TABLE.read_text(encoding="utf-8")).values()
    for path, tests in folder.items()
}
# By module, line of source and change: why no test can see it.
EQUIVALENT: dict[tuple[str, str, str], str] = {
    (
        "etl/measures/intervals.py",
        "astray = np.logical_not(np.abs(forward(a, b, x) / tail - 1) < 1e-6)",
        "np.abs(forward(a, b, x) / tail - 1) < 1e-06"
        " -> np.abs(forward(a, b, x) / tail - 1) <= 1e-06",
    ): "no floating-point result differs from 1 by exactly the tolerance",
    (
        "etl/measures/claims/windows.py",
        "begun, ended = np.zeros((3, length + 1), np.int64), np.zeros((3, length + 1), np.int64)",
        "1 -> 2",
    ): "one more day without a row at the end of the sums",
}
# Loaded once, before forking; nothing of the project, so that every process imports the mutant.
PRELOADED = (
    "numpy",
    "scipy.stats",
    "scipy.optimize",
    "hypothesis.strategies",
    "duckdb",
    "sqlalchemy",
    "pyarrow.parquet",
    "openpyxl",
    "pdfplumber",
    "lxml.html",
    "httpx",
    "statsmodels.api",
    "playwright.sync_api",
    "pytest",
)
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
}
# Fields of the syntax tree that hold no behaviour: annotations, decorators, type parameters.
SKIPPED = {"annotation", "returns", "decorator_list", "type_params"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of a module: its line and column (from 1), the change, the compiled module."""

    line: int
    column: int
    change: str
    code: CodeType = field(compare=False, repr=False)


@dataclass(slots=True)
class Tally:
    """What became of the mutants of a module or folder."""

    possible: int = 0
    killed: int = 0
    survivors: list[Mutant] = field(default_factory=list)

    @property
    def tried(self) -> int:
        """Number of mutants that were run."""
        return self.killed + len(self.survivors)

    @property
    def share(self) -> float:
        """Killed mutants of those tried, from 0 to 1; 0 if none was tried."""
        return self.killed / self.tried if self.tried else 0.0

    def add(self, other: Tally) -> None:
        """Adds the mutants of another module."""
        self.possible += other.possible
        self.killed += other.killed
        self.survivors += other.survivors


def list_mutants(source: str, path: str) -> list[Mutant]:
    """Every mutant of a source text in the order of the syntax tree, but the equivalent ones."""
    lines = source.split("\n")
    mutants = []
    for number, node in enumerate(_walk(ast.parse(source))):
        for variant in range(len(_variants(node))):
            tree = ast.parse(source)
            changed = [*_walk(tree)][number]
            before = ast.unparse(changed)
            after = _variants(changed)[variant]
            _replace(tree, changed, after)
            change = f"{before} -> {ast.unparse(after)}"
            line, column = after.lineno, after.col_offset + 1
            if (path, lines[line - 1].strip(), change) not in EQUIVALENT:
                code = compile(ast.fix_missing_locations(tree), str(ROOT / path), "exec")
                mutants.append(Mutant(line, column, change, code))
    return mutants


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for name, value in ast.iter_fields(node):
        if name in SKIPPED:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _walk(child)


def _variants(node: ast.AST) -> list[ast.expr | ast.stmt]:
    """What may stand in the place of a node."""
    match node:
        case ast.Compare(left, [operator], comparators):
            return [ast.Compare(left, [COMPARISONS[type(operator)]()], comparators)]
        case ast.Compare(left, operators, comparators):  # a chain: one operator at a time
            return [
                ast.Compare(
                    left,
                    [
                        COMPARISONS[type(o)]() if i == changed else o
                        for i, o in enumerate(operators)
                    ],
                    comparators,
                )
                for changed in range(len(operators))
            ]
        case ast.BinOp(left, operator, right) if type(operator) in OPERATORS:
            return [ast.BinOp(left, OPERATORS[type(operator)](), right)]
        case ast.AugAssign(target, operator, value) if type(operator) in OPERATORS:
            return [ast.AugAssign(target, OPERATORS[type(operator)](), value)]
        case ast.BoolOp(operator, values):
            return [ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)]
        case ast.UnaryOp(ast.Not(), operand):
            return [operand]
        case ast.Constant(bool(value)):
            return [ast.Constant(not value)]
        case ast.Constant(int(value) | float(value)):
            return [ast.Constant(value + 1)]
        case ast.Return(ast.expr() as value) if not (
            isinstance(value, ast.Constant) and value.value is None
        ):
            return [ast.Return(ast.Constant(None))]
    return []


def _replace(tree: ast.AST, old: ast.AST, new: ast.expr | ast.stmt) -> None:
    ast.copy_location(new, old)
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
                return
            if isinstance(value, list) and any(item is old for item in value):
                value[[item is old for item in value].index(True)] = new
                return
    raise ValueError("the node is not in the tree")


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module from code instead of its file."""

    def __init__(self, name: str, path: Path, code: CodeType) -> None:
        self.name, self.path, self.code = name, path, code

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002  the interface of finders
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(fullname, self.path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        exec(self.code, module.__dict__)  # noqa: S102  the module, as a loader runs it


def run_tests(path: str, code: CodeType, tests: Sequence[str], seconds: float) -> int | None:
    """Exit code of pytest with this code in the place of a module; None if it took longer."""
    pid = os.fork()
    if pid == 0:
        _run_child(path, code, tests)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return None


def _run_child(path: str, code: CodeType, tests: Sequence[str]) -> None:
    exit_code = 70
    try:
        os.setsid()
        with Path(os.devnull).open("r+b") as nothing:
            for stream in (0, 1, 2):
                os.dup2(nothing.fileno(), stream)
        name = path.removesuffix(".py").replace("/", ".")
        sys.meta_path.insert(0, _Finder(name, ROOT / path, code))
        import pytest

        plugins = [f"-pno:{name}" for name in ("randomly", "xdist", "cacheprovider", "cov")]
        exit_code = int(pytest.main(["-x", "--hypothesis-seed=0", *plugins, *tests]))
    finally:
        os._exit(exit_code)


def try_module(path: str, sample: int, seconds: float, seed: int) -> Tally:
    """Runs mutants of one module until the sample or the time (in seconds) is used up.

    Raises SystemExit if the tests fail without a change."""
    source = (ROOT / path).read_text(encoding="utf-8")
    begin = time.monotonic()
    if run_tests(path, compile(source, str(ROOT / path), "exec"), TARGETS[path], 600) != 0:
        raise SystemExit(f"{path}: its tests fail without a change: {' '.join(TARGETS[path])}")
    baseline = time.monotonic() - begin
    mutants = list_mutants(source, path)
    tally = Tally(len(mutants))
    random.Random(seed).shuffle(mutants)  # noqa: S311  a sample, no secret
    for mutant in mutants[: sample or None]:
        if time.monotonic() - begin > seconds:
            break
        if run_tests(path, mutant.code, TARGETS[path], 10 + 4 * baseline) == 0:
            tally.survivors.append(mutant)
        else:
            tally.killed += 1
    return tally


def describe(tally: Tally) -> str:
    """How many were killed, of how many that were tried and are possible."""
    share = f"{tally.killed} of {tally.tried} killed ({tally.share:.0%})"
    return f"{share}, {tally.possible} possible"


def report(path: str, tally: Tally) -> None:
    """Prints one line for a module, and one for each survivor."""
    print(f"{path}: {describe(tally)}")
    for mutant in sorted(tally.survivors, key=lambda mutant: (mutant.line, mutant.column)):
        print(f"  survived  {path}:{mutant.line}:{mutant.column}  {mutant.change}")
    sys.stdout.flush()


def choose_targets(names: Sequence[str]) -> list[str]:
    """Paths of `TARGETS` by path or by the name of the module; all without names."""
    unknown = [name for name in names if not any(_is_named(path, name) for path in TARGETS)]
    if unknown:
        raise SystemExit(f"no such module: {', '.join(unknown)}; one of {', '.join(TARGETS)}")
    return [path for path in TARGETS if not names or any(_is_named(path, name) for name in names)]


def _is_named(path: str, name: str) -> bool:
    return name in (path, Path(path).stem)


def main(arguments: Sequence[str] | None = None) -> int:
    """0 if every module reaches the required share, otherwise 1."""
    parser = argparse.ArgumentParser(description="Mutation testing of the statistics.")
    parser.add_argument("modules", nargs="*", help="paths or names of modules; all by default")
    parser.add_argument("--sample", type=int, default=25, help="mutants a module; 0 for all")
    parser.add_argument("--seconds", type=float, default=1200, help="time for all modules together")
    parser.add_argument("--seed", type=int, default=0, help="which mutants are in the sample")
    parser.add_argument("--at-least", type=float, default=90, help="required share, in per cent")
    given = parser.parse_args(arguments)
    paths = choose_targets(given.modules)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a forked process cannot use its parent's threads
    os.chdir(ROOT)
    for name in PRELOADED:
        importlib.import_module(name)
    folders: dict[str, Tally] = {}
    with tempfile.TemporaryDirectory() as home:
        importlib.import_module("hypothesis.configuration").set_hypothesis_home_dir(home)
        for path in paths:
            tally = try_module(path, given.sample, given.seconds / len(paths), given.seed)
            report(path, tally)
            folders.setdefault(str(Path(path).parent), Tally()).add(tally)
    for folder, tally in folders.items():
        print(f"{folder}/: {describe(tally)}")
    return int(any(tally.share * 100 < given.at_least for tally in folders.values()))


if __name__ == "__main__":
    sys.exit(main())
