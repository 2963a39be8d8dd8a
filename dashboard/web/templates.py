"""HTML and XML from Jinja2 templates: the server's own pages in `dashboard/templates`; parts of
pages in the folders of these pages (`dashboard.components.templates`).

In: the name of a template and its values. Out: HTML or XML in the language in use. Every value is
escaped; one that is missing is an error."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup as Html

from dashboard.text.language import _, ngettext
from etl.settings import DASHBOARD_DIR

__all__ = ["Html", "make_environment", "render_template"]

TEMPLATES_DIR = DASHBOARD_DIR / "templates"


def make_environment(folder: Path, *extensions: type[Extension]) -> Environment:
    """Templates of a folder; `_`, `ngettext` and `{% trans %}` give the language in use."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n", *extensions],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals.update(_=_, gettext=_, ngettext=ngettext)
    return environment


_environment = make_environment(TEMPLATES_DIR)


def render_template(name: str, **values: object) -> str:
    """The text of a template. `jinja2.UndefinedError` for a value that is not given."""
    return _environment.get_template(name).render(values)
