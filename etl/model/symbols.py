"""The symbols that stand beside a number or in its place, declared once.

In: nothing. Out: `SYMBOL`. Statuses begin with one of these in brackets (`VALUE_STATUS`, `STATUS`);
none is used undeclared."""

from __future__ import annotations

from etl.model.codes import code_list

SYMBOL = code_list("symbol")
