"""The repository's data folder, and the option by which every verb takes another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etl.settings import DATA_DIR

DATA = DATA_DIR
DataFolder = Annotated[Path, typer.Option(help="The data folder.")]
