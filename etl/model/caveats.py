"""What a reader must know beside a number: each caveat is an id and a sentence, declared once.

In: `caveats.toml`. Out: `CAVEATS`, and which of them are about one force. Does not decide
which applies: measures and publications name the ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from etl.model.declarations import read_declarations

CAVEATS = read_declarations(__file__, "caveats").texts("caveats")
# Caveats that are about one force: of another they say nothing.
OF_FORCE = {"faces_basis_changed": "metropolitan"}


def caveats_of(caveats: Iterable[str], force_ids: Collection[str]) -> tuple[str, ...]:
    """Each once, without those about other forces than these; all where no force is named."""
    return tuple(
        caveat
        for caveat in dict.fromkeys(caveats)
        if not force_ids or caveat not in OF_FORCE or OF_FORCE[caveat] in force_ids
    )
