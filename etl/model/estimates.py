"""An estimate: a number with everything that must travel with it.

In: nothing. Out: `Estimate`, the hand-over between `etl.measures`, `etl.queries.record` and every
reader. Does not compute and does not word: `etl.measures.evaluate` does the one,
`dashboard.text.numbers` the other."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from etl.model.codes import code_list
from etl.model.messages import EMPTY, Text

STATUS = code_list("estimate_status")
# Why rows lack a number.
ABSENCE = code_list("absence")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure's value for one group and period.

    `value`, `low`, `high` are in the measure's own scale (a share of 1, events for each unit of
    exposure); None where there is none, and `status` and `reason` say why. `numerator` and
    `denominator` cover the same deployments: `used_count` of the `rows_count` rows asked about;
    `left_out_count` lacked one of the two. `breaks` are the declared breaks that the rows lie on
    both sides of: such an estimate is marked `[b]`. `provisional` says that the publications in the
    record end inside the group's year, quarter or month: marked `[p]`. `spread_over_chance` is how
    far the deployments lie apart over how far chance alone would put them (Pearson's chi-squared
    over its mean): 1 is chance, and the interval allows for no more than that; None where there are
    too few to tell. `absence_code` is the commonest reason of the rows that lack a number. `group`
    maps each grouping to its code; a code of None means that the row does not say."""

    measure_id: str
    group: tuple[tuple[str, str | int | None], ...]
    period_start: dt.date | None
    period_end: dt.date | None
    numerator: int | None
    denominator: float | None
    value: float | None
    low: float | None
    high: float | None
    status: str
    reason: Text
    rows_count: int
    used_count: int
    breaks: tuple[str, ...]
    caveats: tuple[str, ...]
    sources: tuple[str, ...]
    provisional: Text = EMPTY
    spread_over_chance: float | None = None
    absence_code: str = ""

    @property
    def left_out_count(self) -> int:
        return self.rows_count - self.used_count

    @property
    def marks(self) -> str:
        """The bracketed symbols that belong to the value: `[u]`, `[b]`, `[p]`, `[x]`, `[z]`,
        `[c]`."""
        label = STATUS.label(self.status)
        own = label[: label.index("]") + 1] if label.startswith("[") else ""
        return " ".join(
            dict.fromkeys(
                filter(None, (own, "[b]" if self.breaks else "", "[p]" if self.provisional else ""))
            )
        )

    def of(self, grouping: str) -> str | int | None:
        """The code of one grouping."""
        return dict(self.group)[grouping]
