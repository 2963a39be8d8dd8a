"""What the style sheets inside of a web page do to its text: what is hidden, raised or struck out.

In: the elements of a parsed page. Out: the rules of its `style` elements in each element's own
`style`, and answers about one element. A page is seen on a wide screen: rules for print and for
narrow screens are left out. Selectors of tags, classes, ids and their ancestors are followed, no
others; style sheets outside of the page are not fetched, but the usual names of their classes are
known. The words are those of `etl.formats.visibility`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_COMPOUND = re.compile(r"(?P<tag>[\w-]+|\*)?(?P<rest>(?:[.#][\w!\\:-]+)*)")
_SCREEN_READER_CLASSES = re.compile(
    r"(?:^|[-_])(?:visually-?hidden|sr-only|screen-?reader(?:-text|-only)?|element-invisible|"
    r"assistive-text|a11y-hidden|off-?screen)(?:$|[-_])|^(?:d-none|is-hidden|u-hidden|hidden)$|"
    r"table-responsive__heading$|!-display-none$",
    re.IGNORECASE,
)
_NOTE_CLASSES = re.compile(r"foot-?note|noteref|note-ref|superscript|(?:^|-)fn(?:$|-)|^sup$", re.I)
_RAISED_TAGS = frozenset({"sup", "sub", "small"})
_STRUCK_TAGS = frozenset({"del", "s", "strike"})
_LENGTH = re.compile(r"(-?[\d.]+)(px|pt|em|rem|%|vw)?$")
# A mark of a note is short; a link of more letters is the text itself.
_MAX_MARK_LENGTH = 4
# Text moved further than this (pixels) is off the page.
_FAR = -200.0
_SMALLER = 0.8

Style = dict[str, str]


def inline_styles(root: HtmlElement) -> None:
    """Writes what the page's style sheets say of each element into its own `style`."""
    sheets = [sheet.text or "" for sheet in root.iter("style")]
    for selector, declarations in _read_rules(_COMMENT.sub("", "\n".join(sheets))):
        parts = [part for part in re.split(r"[\s>]+", selector) if part]
        if not parts or re.search(r"[:+~\[]", selector):
            continue
        for element in root.iter():
            if isinstance(element.tag, str) and _matches(element, parts):
                before = element.get("data-sheet", "")
                element.set("data-sheet", f"{before};{declarations}")
    for element in root.iter():
        if isinstance(element.tag, str) and element.get("data-sheet"):
            own = element.get("style", "")
            element.set("style", f"{element.attrib.pop('data-sheet')};{own}")


def _read_rules(text: str) -> Iterator[tuple[str, str]]:
    """(selector, declarations) of a style sheet, those of a wide screen among media rules."""
    start = 0
    while (opening := text.find("{", start)) >= 0:
        head = text[start:opening].rpartition(";")[2].strip()
        depth, end = 1, opening + 1
        while depth and end < len(text):
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        body = text[opening + 1 : end - 1]
        start = end
        if head.startswith(("@media", "@supports", "@layer")):
            if not re.search(r"max-width|print|width\s*<", head):
                yield from _read_rules(body)
        elif not head.startswith("@"):
            for selector in head.split(","):
                yield selector.strip(), body


def _matches(element: HtmlElement, parts: list[str]) -> bool:
    if not _fits(element, parts[-1]):
        return False
    ancestors = element.iterancestors()
    return all(any(_fits(each, part) for each in ancestors) for part in reversed(parts[:-1]))


def _fits(element: HtmlElement, compound: str) -> bool:
    match = _COMPOUND.fullmatch(compound)
    if match is None or match["tag"] not in (None, "*", element.tag):
        return False
    classes = set(element.get("class", "").split())
    return all(
        name[1:] in classes if name[0] == "." else name[1:] == element.get("id")
        for name in re.findall(r"[.#][^.#]+", match["rest"].replace("\\", ""))
    )


def read_style(element: HtmlElement) -> Style:
    """The declarations of an element's own `style`, the last of each name."""
    pairs = (part.partition(":") for part in element.get("style", "").split(";"))
    return {
        name.strip().lower(): value.lower().replace("!important", "").strip()
        for name, _, value in pairs
    }


def is_hidden(element: HtmlElement) -> bool:
    """Whether a reader of the page does not see an element, by its classes and style."""
    if any(_SCREEN_READER_CLASSES.search(name) for name in element.get("class", "").split()):
        return True
    style = read_style(element)
    if not style:
        return False
    size = style.get("font-size", "")
    return (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or _measure(style.get("opacity", "1")) < 0.1
        or style.get("color") == "transparent"
        or (size != "" and _measure(size) * (16 if size.endswith("em") else 1) < 2)
        or re.search(r"rect\(\s*[01]px|rect\(\s*0|inset\(\s*(?:50|100)%", style.get("clip", ""))
        is not None
        or re.search(r"inset\(\s*(?:50|100)%", style.get("clip-path", "")) is not None
        or min(_measure(style.get(name, "0")) for name in ("left", "top", "text-indent")) < _FAR
        or (style.get("overflow") == "hidden" and _measure(style.get("width", "9")) <= 1)
        or (style.get("overflow") == "hidden" and _measure(style.get("height", "9")) <= 1)
    )


def _measure(text: str) -> float:
    match = _LENGTH.match(text)
    return float(match[1]) if match and match[1] not in ("-", ".") else 1000.0


def is_raised(element: HtmlElement) -> bool:
    """Whether an element is a mark of a note: raised, lowered, set small, or a short link to a
    note."""
    if element.tag in _RAISED_TAGS or element.get("role") == "doc-noteref":
        return True
    if any(_NOTE_CLASSES.search(name) for name in element.get("class", "").split()):
        return True
    text = "".join(element.itertext()).strip()
    if element.tag == "a" and element.get("href", "").startswith("#"):
        return len(text) <= _MAX_MARK_LENGTH
    style = read_style(element)
    size = style.get("font-size", "")
    small = (size.endswith("em") and _measure(size) < _SMALLER) or (
        size.endswith("%") and _measure(size) < 100 * _SMALLER
    )
    moved = style.get("position") == "relative" and _measure(style.get("top", "0")) < 0
    aligned = style.get("vertical-align", "") in ("super", "sub", "text-top")
    return small or moved or aligned or size in ("smaller", "x-small", "xx-small")


def is_struck(element: HtmlElement) -> bool:
    """Whether a line runs through the text of an element."""
    style = read_style(element)
    lines = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    return element.tag in _STRUCK_TAGS or "line-through" in lines
