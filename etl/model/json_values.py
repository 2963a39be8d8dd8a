"""What JSON can hold: the type of every document that the record hands out or keeps.

In: nothing. Out: `Json`, `JsonObject`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
JsonObject: TypeAlias = "dict[str, Json]"
