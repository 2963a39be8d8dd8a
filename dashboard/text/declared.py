"""Texts that are declared beside their module, in `<module>.texts.toml`.

In: the file of a module. Out: its texts by section, in English: `_` goes around them where they are
shown. The catalogues collect every text of these files; two in a list are the forms for a count of
one and for every other."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SUFFIX = ".texts.toml"
Section = Mapping[str, str | list[str]] | list[str] | list[list[str]]


@dataclass(frozen=True, slots=True)
class Texts:
    """The sections of a file: texts or pairs of forms by code, lines, or rows of texts."""

    sections: Mapping[str, Section]

    def by_code(self, section: str) -> dict[str, str]:
        """Texts by their code."""
        return {code: str(text) for code, text in self._table(section)}

    def forms(self, section: str) -> dict[str, tuple[str, str]]:
        """The forms for one and for several, by their code."""
        return {code: (forms[0], forms[1]) for code, forms in self._table(section)}

    def lines(self, section: str) -> tuple[str, ...]:
        """Texts in order."""
        return tuple(map(str, self.sections[section]))

    def rows(self, section: str) -> tuple[tuple[str, ...], ...]:
        """Texts that belong together, in order."""
        return tuple(map(tuple, self.sections[section]))

    def _table(self, section: str) -> Iterator[tuple[str, str | list[str]]]:
        table = self.sections[section]
        if not isinstance(table, Mapping):
            raise TypeError(f"{section} is no table")
        yield from table.items()


def read_texts(module: str) -> Texts:
    """The texts of a module, by its `__file__`."""
    return Texts(tomllib.loads(Path(module).with_suffix(SUFFIX).read_text(encoding="utf-8")))


def list_texts(path: Path) -> Iterator[str | tuple[str, str]]:
    """Every text of a file, and every pair of forms."""
    for section in tomllib.loads(path.read_text(encoding="utf-8")).values():
        values = section.values() if isinstance(section, dict) else section
        for value in values:
            if isinstance(value, list) and isinstance(section, dict):
                yield value[0], value[1]
            else:
                yield from [value] if isinstance(value, str) else value
