"""What the documents say is true today."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from etl.cli.app import app, main
from etl.measures.measure_reference import render_measures
from etl.model.dictionary import render_dictionary

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
VERBS = {
    *(
        registered_command.name or registered_command.callback.__name__
        for registered_command in app.registered_commands
        if registered_command.callback
    ),
    *(str(registered_group.name) for registered_group in app.registered_groups),
}


def test_the_measures_are_what_the_catalogue_renders() -> None:
    assert (ROOT / "docs" / "measures.md").read_text(encoding="utf-8") == render_measures()


def test_the_dictionary_is_what_the_model_renders() -> None:
    assert (ROOT / "docs" / "dictionary.md").read_text(encoding="utf-8") == render_dictionary()


def test_the_pictures_of_the_readme_are_small_png_files() -> None:
    pictures = [ROOT / path for path in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)]
    assert pictures
    for picture in pictures:
        content = picture.read_bytes()
        assert content.startswith(b"\x89PNG")
        assert len(content) < 100_000


def test_the_readme_names_only_verbs_that_exist() -> None:
    named = set(re.findall(r"python -m etl ([a-z-]+)", README))
    assert named <= VERBS


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_explains_itself(
    verb: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["etl", verb, "--help"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert "Usage" in capsys.readouterr().out


def test_the_program_by_itself_names_every_verb() -> None:
    completed = subprocess.run(
        [sys.executable, "-m", "etl", "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert "Usage" in completed.stdout
    assert all(re.search(rf"\b{verb}\b", completed.stdout) for verb in VERBS)


def test_make_alone_lists_every_target_with_a_line_of_help() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[0].split()
    stdout = subprocess.run(["make"], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    for target in targets:
        assert re.search(rf"make {target} +\S", stdout), target
    assert set(re.findall(r"^make ([a-z]+)", README, re.MULTILINE)) <= set(targets)


def test_nothing_names_a_place_of_a_machine() -> None:
    files = subprocess.run(
        ["git", "ls-files"], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split("\n")
    read_count = 0
    for name in filter(None, files):
        path = ROOT / name
        if (
            path.suffix in {".py", ".md", ".toml", ".csv", ".txt", ""}
            and path.is_file()
            and path != Path(__file__)
        ):
            read_count += 1
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not re.search(r"/work/|/tmp/w/|/root/", text), name
    assert read_count > 500
