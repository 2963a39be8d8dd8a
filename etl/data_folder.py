"""The repository's data folder, and the option by which every verb takes another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DATA = Path(__file__).resolve().parents[1] / "data"
DataFolder = Annotated[Path, typer.Option(help="The data folder.")]
