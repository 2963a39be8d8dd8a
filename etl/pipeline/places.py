"""Resolves printed locations to places, by the reviewed table alone.

In: Deployments and the place names of `data/reference/place_names.csv`. Out: Deployments with
`place_id`. Does not guess: a location that nobody has reviewed stops the build, with all such
locations named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from etl.model.problems import InvalidReferenceError, Problem, format_place
from etl.model.records import Deployment
from etl.model.reference import PlaceName


def resolve_places(
    deployments: Iterable[Deployment], names: Iterable[PlaceName]
) -> tuple[Deployment, ...]:
    """Sets `place_id` by force and printed location;
    raises `InvalidReferenceError` for locations that are not in the table."""
    place_of = {(name.force_id, name.location_text): name.place_id for name in names}
    resolved, problems = [], []
    for deployment in deployments:
        place_id = place_of.get((deployment.force_id, deployment.location_text))
        if place_id is None:
            problems.append(
                Problem(
                    format_place(deployment.edition_id, page=deployment.page, row=deployment.row),
                    f"the location {deployment.location_text!r} of {deployment.force_id}",
                    "a location that is in place_names.csv",
                    "Decide its place and add it to data/reference/place_names.csv, with the "
                    "reason in places.csv.",
                )
            )
        resolved.append(replace(deployment, place_id=place_id))
    if problems:
        raise InvalidReferenceError(problems)
    return tuple(resolved)
