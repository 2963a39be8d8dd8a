#!/usr/bin/env bash
# SQLAlchemy's Numeric without numbers keeps three decimals in DuckDB: a rate of 0.0004 is 0.
#
# Expected (written before the run): Column(Numeric) keeps the value it is given, as in
#   PostgreSQL, where NUMERIC has no limit, and SQLite; Decimal('2.6751234567') comes back the
#   same.
# Happens: the dialect writes NUMERIC, which is DECIMAL(18, 3) in DuckDB. 2.6751234567 comes back
#   as 2.675 and 0.0004 as 0, in the same transaction, without a warning. Numeric(38, 15), or
#   Double, keep them.
# Matters here: one schema for PostgreSQL and DuckDB gives two answers, and small rates are 0.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check duckdb==1.5.6 SQLAlchemy==2.1.9 \
  duckdb-sqlalchemy==1.5.6.5 pytz==2026.6
cat >"$d/t.py" <<'P'
import warnings
from decimal import Decimal as D

import duckdb
import sqlalchemy as sa

warnings.simplefilter("ignore")
given = [D("2.6751234567"), D("0.0004")]


def kept(url, kind):
    engine = sa.create_engine(url)
    table = sa.Table("t", sa.MetaData(), sa.Column("k", sa.Integer), sa.Column("v", kind))
    with engine.begin() as connection:
        table.create(connection)
        rows = [{"k": i, "v": value} for i, value in enumerate(given)]
        connection.execute(table.insert(), rows)
        return list(connection.execute(sa.select(table.c.v).order_by(table.c.k)).scalars())


plain = kept("duckdb:///:memory:", sa.Numeric)
wide = kept("duckdb:///:memory:", sa.Numeric(38, 15))
lite = kept("sqlite://", sa.Numeric)
print("duckdb", duckdb.__version__, "SQLAlchemy", sa.__version__, "given", [str(x) for x in given])
print("  duckdb Numeric        ", [str(x) for x in plain])
print("  duckdb Numeric(38, 15)", [str(x) for x in wide])
print("  sqlite Numeric        ", [str(x) for x in lite])
assert plain == [D("2.675"), D("0.000")]
assert wide == given and lite == given
P
"$d/v/bin/python" "$d/t.py" "$d"
