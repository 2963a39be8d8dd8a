"""The queries behind benchmarks: residents of a force's area, and of the districts where its
cameras stood.

In: a release file. Out: residents by group, and their share weighted by faces seen, computed in the
database. Does not choose the benchmark and does not say what it can show:
`etl.measures.groups.benchmarks` does."""

from __future__ import annotations

import sqlalchemy as sa

from etl.model.demographics import DistrictResidents, Residents
from etl.model.queries import Period
from etl.warehouse.fetch import fetch
from etl.warehouse.read import filter_facts
from etl.warehouse.schema import render_metadata


def count_residents(
    engine: sa.Engine, area_code: str, dimension: str, group_text: str
) -> Residents:
    """Residents of one area."""
    people = _residents(dimension, group_text)
    query = sa.select(
        people.c.group_people_count, people.c.all_people_count, people.c.sources
    ).where(people.c.area_code == area_code)
    return next(iter(fetch(engine, query, Residents)), Residents(None, None, ""))


def weigh_districts(
    engine: sa.Engine, force_id: str, period: Period, dimension: str, group_text: str
) -> DistrictResidents:
    """A group's share of the residents of each district, weighted by the faces seen there.

    share = sum(faces_d * group_d / all_d) / sum(faces_d) over the districts d, None if no faces
    were seen in any. Of the force's counted rows that lie wholly in the period (`rows_count`),
    those without a district (`without_district_count`), else without faces seen
    (`without_faces_count`), else without residents by group (`without_residents_count`) are left
    out. smallest_share and largest_share are over districts with faces."""
    facts = render_metadata().tables["facts"]
    people = _residents(dimension, group_text)
    placed, counted = facts.c.district_code.is_not(None), facts.c.faces_seen.is_not(None)
    known = people.c.all_people_count > 0
    rows = (
        sa.select(
            facts.c.district_code,
            sa.case(
                (sa.not_(placed), "without_district"),
                (sa.not_(counted), "without_faces"),
                (sa.func.coalesce(known, False), "used"),
                else_="without_residents",
            ).label("part"),
            facts.c.faces_seen,
            (sa.cast(people.c.group_people_count, sa.Double) / people.c.all_people_count).label(
                "share"
            ),
            facts.c.publication_id,
        )
        .outerjoin(people, people.c.area_code == facts.c.district_code)
        .where(facts.c.counted, *filter_facts(facts, {"force_id": [force_id]}, period))
        .subquery()
    )
    used = rows.c.part == "used"
    weighed = sa.and_(used, rows.c.faces_seen > 0)
    faces = sa.func.sum(rows.c.faces_seen).filter(used)
    # fsum: the sum does not depend on the order in which the database visits the rows.
    weighted = sa.func.fsum(rows.c.faces_seen * rows.c.share).filter(used)
    query = sa.select(
        sa.func.count().label("rows_count"),
        *(
            sa.func.count().filter(rows.c.part == part).label(f"{part}_count")
            for part in ("used", "without_district", "without_faces", "without_residents")
        ),
        sa.cast(faces, sa.BigInteger).label("faces_seen_count"),
        (weighted / sa.func.nullif(faces, 0)).label("share"),
        sa.func.min(rows.c.share).filter(weighed).label("smallest_share"),
        sa.func.max(rows.c.share).filter(weighed).label("largest_share"),
        sa.func.count(sa.distinct(rows.c.district_code)).filter(weighed).label("districts_count"),
        sa.func.string_agg(sa.distinct(rows.c.publication_id), " ").filter(used).label("sources"),
    )
    (row,) = fetch(engine, query, DistrictResidents)
    return row


def _residents(dimension: str, group_text: str) -> sa.Subquery:
    """One row an area: people of the group, and of all groups of the dimension."""
    populations = render_metadata().tables["populations"]
    of_group = populations.c.group_text == group_text
    return (
        sa.select(
            populations.c.area_code,
            sa.cast(sa.func.sum(populations.c.people_count).filter(of_group), sa.BigInteger).label(
                "group_people_count"
            ),
            sa.cast(sa.func.sum(populations.c.people_count), sa.BigInteger).label(
                "all_people_count"
            ),
            sa.func.string_agg(sa.distinct(populations.c.source), "; ").label("sources"),
        )
        .where(populations.c.dimension == dimension)
        .group_by(populations.c.area_code)
        .subquery()
    )
