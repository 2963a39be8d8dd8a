"""The gate of coverage looks at lines alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.line_coverage import main


@pytest.mark.parametrize(("covered_lines", "exit_code"), [(93, 0), (92, 1)])
def test_lines_decide_and_branches_do_not(
    covered_lines: int, exit_code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "coverage.json"
    totals = {"covered_lines": covered_lines, "num_statements": 100}
    file.write_text(json.dumps({"totals": totals | {"covered_branches": 1, "num_branches": 2}}))
    assert main([str(file), "--at-least", "93"]) == exit_code
    expected = f"{covered_lines}.0% of lines (at least 93%), 50.0% of branches\n"
    assert capsys.readouterr().out == expected
