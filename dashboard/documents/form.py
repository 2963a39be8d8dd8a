"""The filters of a document: controls of one native form, which needs no script.

In: the `Filters` of a page. Out: HTML. The controls stand where the page shows them and belong to
the form by its name; whatever else the page's address holds goes along in hidden fields."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.rendering.html import text
from dashboard.rendering.pieces import Control, Filters
from dashboard.selection.selection import YES, Query
from dashboard.text.language import _

FORM = "filters"
# A page number is of the table that was shown: another selection starts on its first page.
_LEFT_OUT = "page"


def write_form(action: str, query: Query, controls: Iterable[Control]) -> str:
    """The form itself, which holds what no control shows."""
    shown = {control.name for control in controls} | {_LEFT_OUT}
    fields = "".join(
        f'<input type="hidden" name="{text(name)}" value="{text(value)}">'
        for name, values in query.items()
        if name not in shown
        for value in values
    )
    return f'<form id="{FORM}" method="get" action="{text(action)}" hidden>{fields}</form>'


def write_filters(filters: Filters, *, has_button: bool) -> str:
    """A row of controls; behind a heading if they have one."""
    fields = list(map(_write_control, filters.controls))
    if has_button:
        fields[-1] = _write_last(filters.controls[-1], fields[-1])
    row = f'<div class="st-key-filters-{text(filters.controls[0].name)}">{"".join(fields)}</div>'
    if not filters.label:
        return row
    opened = " open" if filters.is_open else ""
    return (
        f'<details class="lfr-more"{opened}><summary>{text(filters.label)}</summary>{row}</details>'
    )


def _write_last(control: Control, field: str) -> str:
    """The last control with the button, which takes no room of its own: a row is as high as that of
    the live page, which has no button."""
    button = f'<button class="lfr-submit" form="{FORM}">{text(_("Show this selection"))}</button>'
    return f'<div class="lfr-last" style="--w: {control.width}px">{field}{button}</div>'


def _write_control(control: Control) -> str:
    name, label = text(control.name), text(control.label)
    belongs = f'name="{name}" form="{FORM}"'
    if control.kind == "switch":
        checked = " checked" if control.values else ""
        return (
            f'<label class="lfr-check"><input type="checkbox" value="{YES}" {belongs}{checked}>'
            f"<span>{label}</span></label>"
        )
    if control.kind == "several":
        return _write_several(control, belongs)
    if control.kind == "text":
        value = text("".join(control.values))
        field = (
            f'<input type="text" id="filter-{name}" {belongs} value="{value}" '
            f'maxlength="{control.most}" placeholder="{text(control.none)}" autocomplete="off">'
        )
    else:
        current = control.values[0] if control.values else ""
        options = "".join(
            f'<option value="{text(value)}"{" selected" if value == current else ""}>{text(words)}'
            "</option>"
            for value, words in control.options
        )
        field = f'<select id="filter-{name}" {belongs}>{options}</select>'
    return (
        f'<div class="lfr-field" style="width: {control.width}px">'
        f'<label for="filter-{name}">{label}</label>{field}</div>'
    )


def _write_several(control: Control, belongs: str) -> str:
    """Boxes to tick, folded under what is chosen."""
    words, name = dict(control.options), text(control.name)
    summary = ", ".join(words[value] for value in control.values) or control.none
    boxes = "".join(
        f'<label><input type="checkbox" value="{text(value)}" {belongs}'
        f"{' checked' if value in control.values else ''}><span>{text(each_words)}</span></label>"
        for value, each_words in control.options
    )
    label = text(control.label)
    return (
        f'<div class="lfr-field" style="width: {control.width}px">'
        f'<span class="lfr-label" id="label-{name}">{label}</span>'
        f'<details class="lfr-several"><summary aria-describedby="label-{name}">{text(summary)}'
        f'</summary><fieldset><legend class="lfr-unseen">{label}</legend>{boxes}</fieldset>'
        "</details></div>"
    )
