"""Reads the corpus as the project reads a publication and writes `docs/producers.md`:
`make producers`, outside of the tests because it installs producers.

In: `FOLDER/<producer>/<trait>.pdf` of `make.sh`. Out: for each file whether it is read as printed,
refused with its place, or read otherwise without a word; exit code 1 if one is. Does not mend."""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from pathlib import Path

from etl.model.problems import RecordError
from etl.sources.adapters.metropolitan_deployments import read
from scripts.producers.model import PAGES, Page

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "producers.md"
RIGHT, REFUSED, WRONG, REMARKED, ABSENT = "right", "refused", "**wrong**", "remarked", "-"
_HEAD = """# PDFs by many producers

Written by `make producers`. One register, in the layout of a known publication, is printed by
{producers} producers with {traits} traits of print each and read as a publication is. “right”:
every cell reads as a person reads it. “refused”: the file is refused with its place, and nothing
is read. “remarked”: a cell reads otherwise, and the second engine's remark names it. “wrong”: a
cell reads otherwise without a word; the command fails if there is one. “-”: the producer cannot
make it.

{counts}

What has to be read: in “words”, headings with ligatures and no-break spaces and places with soft
hyphens; in “note”, a figure with a raised 1; in “struck”, a figure after one that is struck out; in
“white”, a figure with a white digit behind it; in “covered”, a figure under a black area. The last
four may be refused.

"""


def main(folder: Path) -> int:
    """The number of files that are read wrong."""
    producers = sorted(path.name for path in folder.iterdir() if path.is_dir())
    results: dict[tuple[str, str], str] = {}
    for producer in producers:
        for page in PAGES:
            path = folder / producer / f"{page.trait}.pdf"
            outcome, why = judge(path, page)
            results[producer, page.trait] = outcome
            if why:
                print(f"{producer}, {page.trait}: {outcome}: {why}")
    made = Counter(result for result in results.values() if result != ABSENT)
    counts = ", ".join(f"{number} {outcome.strip('*')}" for outcome, number in made.most_common())
    text = _HEAD.format(
        producers=len(producers), traits=len(PAGES), counts=f"{made.total()} files: {counts}."
    )
    lines = [
        f"| producer | {' | '.join(page.trait for page in PAGES)} |",
        "|---" * (len(PAGES) + 1) + "|",
    ]
    for producer in producers:
        cells = " | ".join(results[producer, page.trait] for page in PAGES)
        lines.append(f"| {producer} | {cells} |")
    DOCUMENT.write_text(text + "\n".join(lines) + "\n", encoding="utf-8")
    print(counts)
    return made[WRONG]


def judge(path: Path, page: Page) -> tuple[str, str]:
    """What comes out of a file, and why it is not right."""
    if not path.exists() or not path.stat().st_size:
        return ABSENT, ""
    try:
        tables = read(path)
    except RecordError as error:
        return REFUSED, str(error.problems[0])[:300]
    cells = [tuple(map(_fold, row.cells)) for table in tables for row in table.rows]
    expected = [tuple(map(_fold, row)) for row in page.rows]
    if page.mark and page.mark.kind == "covered":
        return WRONG, "the figure under the black area is read"
    if cells == expected:
        return RIGHT, ""
    differing = [
        f"{seen!r} for {right!r}"
        for row, own in zip(cells, expected, strict=False)
        for seen, right in zip(row, own, strict=False)
        if seen != right
    ]
    remarks = [remark for table in tables for remark in table.remarks]
    why = "; ".join(differing[:3]) or f"{len(cells)} rows for {len(expected)}"
    return (REMARKED if differing and len(remarks) >= len(differing) else WRONG), why


def _fold(text: str) -> str:
    """As a person reads it: single blanks, ligatures taken apart, no signs without width."""
    folded = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    return " ".join(folded.split())


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1])) else 0)
