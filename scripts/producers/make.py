"""Makes the corpus: `python -m scripts.producers.make FOLDER`, in the producers' environment.

In: `model.PAGES`, every producer. Out: `FOLDER/<producer>/<trait>.pdf`; a line on the error stream
for each file that a producer could not make."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from scripts.producers.drawing import DRAWING
from scripts.producers.model import PAGES, WIDTHS, draw_scene
from scripts.producers.setting import REWRITING, SETTING


def main(folder: Path) -> None:
    """All producers but those of Node.js, which `draw.mjs` makes of the JSON that is left here."""
    for page in PAGES:
        scene = draw_scene(page)
        own = {**vars(page), "cells": page.texts(), "widths": WIDTHS}
        own["mark"] = vars(page.mark) if page.mark else None
        (folder / f"{page.trait}.json").write_text(json.dumps({"scene": scene, "page": own}))
        for name, draw in DRAWING.items():
            _try(name, folder, page.trait, partial(draw, scene))
        for name, make in SETTING.items():
            _try(name, folder, page.trait, partial(make, page))
        for name, (source, rewrite) in REWRITING.items():
            origin = folder / source / f"{page.trait}.pdf"
            _try(name, folder, page.trait, partial(rewrite, origin))


def _try(name: str, folder: Path, trait: str, make: Callable[[Path], None]) -> None:
    path = folder / name / f"{trait}.pdf"
    path.parent.mkdir(exist_ok=True)
    try:
        make(path)
    except Exception as error:  # noqa: BLE001 - whatever a producer does: the others go on
        print(f"{name}, {trait}: {type(error).__name__}: {str(error)[:200]}", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
