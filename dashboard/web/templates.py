"""Pages that the server writes itself, from the templates in `dashboard/templates`.

In: the name of a template and its values. Out: HTML or XML in the language in use. Every value is
escaped; one that is missing is an error."""

from __future__ import annotations

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup as Html

from dashboard.text.language import _
from etl.settings import DASHBOARD_DIR

__all__ = ["Html", "render_template"]

TEMPLATES_DIR = DASHBOARD_DIR / "templates"
_environment = Environment(
    loader=FileSystemLoader(TEMPLATES_DIR),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    auto_reload=False,
)
_environment.globals["_"] = _


def render_template(name: str, **values: object) -> str:
    """The text of a template. `jinja2.UndefinedError` for a value that is not given."""
    return _environment.get_template(name).render(values)
