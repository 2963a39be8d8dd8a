"""A report as a tagged PDF that keeps to PDF/UA-1, set by Typst; and one chart as a picture.

In: a `Report`. Out: bytes, the same for the same report: its date is the release's, its fonts are
Typst's own. What is said reaches Typst as JSON and stays text: markup in a publication's words does
nothing. A chart without a text alternative does not compile."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import typst

from dashboard.report.blocks import Chart, Quoted, Report

_HOME = Path(__file__).with_name("typst")
# Enough for print at the width of a page.
_PIXELS_PER_INCH = 200.0


def write_pdf(report: Report) -> bytes:
    """The PDF."""
    return _compile("report.typ", {"report": _to_json(report)}, pdf_standards=["ua-1"])


def draw_picture(chart: Chart, language: str) -> bytes:
    """The chart as a PNG, without its title and its text alternative: the document has both."""
    query = {"chart": _to_json(chart), "language": language}
    return _compile("picture.typ", query, format="png", ppi=_PIXELS_PER_INCH)


def _compile(name: str, inputs: dict[str, str], **options: Any) -> bytes:
    result = typst.compile(
        str(_HOME / name),
        root=str(_HOME),
        ignore_system_fonts=True,
        font_paths=[],
        sys_inputs=inputs,
        **options,
    )
    if not isinstance(result, bytes):
        raise TypeError(f"{name} has {len(result or [])} pages where one picture was expected")
    return result


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
        return [_plain(item) for item in part]
    return part
