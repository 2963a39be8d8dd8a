"""A report as a tagged PDF that keeps to PDF/UA-1, set by Typst.

In: a `Report`. Out: bytes, the same for the same report: its date is the release's, its fonts are
Typst's own and that of charts. What is said reaches Typst as JSON and stays text: markup in a
publication's words does nothing. A chart without a text alternative does not compile."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import typst

from dashboard.charts.svg.fonts import font_folder
from dashboard.report.blocks import Quoted, Report

_HOME = Path(__file__).with_name("typst")


def write_pdf(report: Report) -> bytes:
    """The PDF."""
    pdf = typst.compile(
        str(_HOME / "report.typ"),
        root=str(_HOME),
        ignore_system_fonts=True,
        font_paths=[font_folder()],
        sys_inputs={"report": _to_json(report)},
        pdf_standards=["ua-1"],
    )
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no file")
    return pdf


def _to_json(part: object) -> str:
    return json.dumps(_plain(part), ensure_ascii=False, sort_keys=True)


def _plain(part: Any) -> Any:
    """A part as JSON: `is` names what it is, `quoted` marks words that keep their language."""
    if is_dataclass(part):
        own = {field.name: _plain(getattr(part, field.name)) for field in fields(part)}
        return {"is": type(part).__name__, **own}
    if isinstance(part, Quoted):
        return {"quoted": str(part)}
    if isinstance(part, tuple):
        return [_plain(piece) for piece in part]
    return part
