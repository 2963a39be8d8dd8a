"""The tables of the store and the rules that the database itself keeps.

In: nothing. Out: `METADATA`, and `render_rules` with the triggers for a dialect. Nothing about
returns is ever deleted, versions and the log are never changed, and nobody approves what they
wrote: the database refuses."""

from __future__ import annotations

import sqlalchemy as sa

STATES = ("draft", "submitted", "changes_asked", "approved", "published", "withdrawn")
METADATA = sa.MetaData()

RETURNS = sa.Table(
    "returns",
    METADATA,
    sa.Column("return_id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("force_id", sa.String(60), nullable=False, index=True),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("created_by", sa.String(200), nullable=False),
    sa.Column("created_at", sa.String(40), nullable=False),
    sa.Column("embargo_date", sa.Date),
    sa.Column("publication_id", sa.String(80), unique=True),
    sa.CheckConstraint(
        f"state IN ({', '.join(repr(state) for state in STATES)})", name="known_state"
    ),
    sqlite_autoincrement=True,
)
VERSIONS = sa.Table(
    "versions",
    METADATA,
    sa.Column("return_id", sa.Integer, sa.ForeignKey("returns.return_id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("author", sa.String(200), nullable=False),
    sa.Column("saved_at", sa.String(40), nullable=False),
    sa.Column("file_name", sa.String(200), nullable=False),
    sa.Column("file_sha256", sa.String(64), nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("cells", sa.Text, nullable=False),
    sa.Column("template_version", sa.String(20), nullable=False),
    sa.Column("period_start", sa.Date),
    sa.Column("period_end", sa.Date),
    sa.Column("errors_count", sa.Integer, nullable=False),
    sa.Column("problems_json", sa.Text, nullable=False),
    sa.UniqueConstraint("return_id", "number", "author", name="one_author"),
)
APPROVALS = sa.Table(
    "approvals",
    METADATA,
    sa.Column("return_id", sa.Integer, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("approver", sa.String(200), nullable=False),
    sa.Column("author", sa.String(200), nullable=False),
    sa.Column("approved_at", sa.String(40), nullable=False),
    sa.ForeignKeyConstraint(
        ["return_id", "number", "author"],
        ["versions.return_id", "versions.number", "versions.author"],
    ),
    sa.CheckConstraint("lower(approver) <> lower(author)", name="author_is_never_approver"),
)
COMMENTS = sa.Table(
    "comments",
    METADATA,
    sa.Column("comment_id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column(
        "return_id", sa.Integer, sa.ForeignKey("returns.return_id"), nullable=False, index=True
    ),
    sa.Column("author", sa.String(200), nullable=False),
    sa.Column("written_at", sa.String(40), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)
LAYOUTS = sa.Table(
    "layouts",
    METADATA,
    sa.Column("force_id", sa.String(60), primary_key=True),
    sa.Column("layout_id", sa.String(80), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("saved_by", sa.String(200), nullable=False),
    sa.Column("saved_at", sa.String(40), nullable=False),
    sa.Column("layout_json", sa.Text, nullable=False),
)
JOURNAL = sa.Table(
    "journal",
    METADATA,
    sa.Column("journal_id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("return_id", sa.Integer, sa.ForeignKey("returns.return_id"), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("publication_id", sa.String(80), nullable=False),
    sa.Column("who", sa.String(200), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("started_at", sa.String(40), nullable=False),
    sa.Column("outcome", sa.String(20)),
    sa.CheckConstraint("kind IN ('publish', 'withdraw')", name="known_kind"),
)
ONE_OPEN = sa.Index(
    "one_open_journal",
    JOURNAL.c.return_id,
    unique=True,
    sqlite_where=JOURNAL.c.outcome.is_(None),
    postgresql_where=JOURNAL.c.outcome.is_(None),
)
AUDIT = sa.Table(
    "audit",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("who", sa.String(200), nullable=False),
    sa.Column("force_id", sa.String(60)),
    sa.Column("return_id", sa.Integer),
    sa.Column("action", sa.String(40), nullable=False),
    sa.Column("details", sa.Text, nullable=False),
    sa.Column("previous_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("hash", sa.String(64), nullable=False, unique=True),
)
# Sign-ins that were ended before their time. What is past `until` would have ended by itself,
# and is forgotten.
ENDED = sa.Table(
    "ended_sessions",
    METADATA,
    sa.Column("session", sa.String(64), primary_key=True),
    sa.Column("until", sa.Float, nullable=False),
)

_NEVER_CHANGED = ("versions", "approvals", "comments", "layouts", "audit")
_NEVER_DELETED = ("returns", "journal", *_NEVER_CHANGED)
_OWN_WORK = "the author of a return never approves it"
_NOT_APPROVED = "a return is approved by a second person first"


def render_rules(dialect: str) -> tuple[str, ...]:
    """The triggers, as statements for `sqlite` or `postgresql`."""
    return tuple(_sqlite() if dialect == "sqlite" else _postgresql())


_AUTHORED = (
    "EXISTS (SELECT 1 FROM versions v WHERE v.return_id = NEW.return_id AND lower(v.author) = "
    "lower(NEW.approver)) OR EXISTS (SELECT 1 FROM returns r WHERE r.return_id = NEW.return_id AND "
    "lower(r.created_by) = lower(NEW.approver))"
)
_UNAPPROVED = (
    "NEW.state IN ('approved', 'published') AND NOT EXISTS"
    " (SELECT 1 FROM approvals a WHERE a.return_id = NEW.return_id AND a.number = NEW.version)"
)


def _sqlite() -> list[str]:
    texts = [
        (
            f"CREATE TRIGGER keep_{table} BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, "
            f"'nothing is ever deleted from {table}'); END"
        )
        for table in _NEVER_DELETED
    ]
    texts += [
        (
            f"CREATE TRIGGER fix_{table} BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'what "
            f"is in {table} is never changed'); END"
        )
        for table in _NEVER_CHANGED
    ]
    texts.append(
        f"CREATE TRIGGER second_person BEFORE INSERT ON approvals WHEN {_AUTHORED} BEGIN SELECT "
        f"RAISE(ABORT, '{_OWN_WORK}'); END"
    )
    for event in ("UPDATE", "INSERT"):
        texts.append(
            f"CREATE TRIGGER approved_{event.lower()} BEFORE {event} ON returns WHEN {_UNAPPROVED} "
            f"BEGIN SELECT RAISE(ABORT, '{_NOT_APPROVED}'); END"
        )
    return texts


def _postgresql() -> list[str]:
    texts = [
        (
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
            "USING MESSAGE = TG_ARGV[0]; END $$"
        ),
        (
            "CREATE FUNCTION second_person() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF "
            f"{_AUTHORED} THEN RAISE EXCEPTION '{_OWN_WORK}'; END IF; RETURN NEW; END $$"
        ),
        (
            "CREATE FUNCTION approved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF "
            f"{_UNAPPROVED} THEN RAISE EXCEPTION '{_NOT_APPROVED}'; END IF; RETURN NEW; END $$"
        ),
        (
            "CREATE TRIGGER second_person BEFORE INSERT ON approvals FOR EACH ROW EXECUTE FUNCTION "
            "second_person()"
        ),
        (
            "CREATE TRIGGER approved BEFORE INSERT OR UPDATE ON returns FOR EACH ROW EXECUTE "
            "FUNCTION approved()"
        ),
    ]
    for table in _NEVER_DELETED:
        words = f"nothing is ever deleted from {table}"
        texts.append(
            f"CREATE TRIGGER keep_{table} BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION "
            f"refuse('{words}')"
        )
        texts.append(
            f"CREATE TRIGGER keep_all_{table} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT "
            f"EXECUTE FUNCTION refuse('{words}')"
        )
    for table in _NEVER_CHANGED:
        texts.append(
            f"CREATE TRIGGER fix_{table} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION "
            f"refuse('what is in {table} is never changed')"
        )
    return texts
