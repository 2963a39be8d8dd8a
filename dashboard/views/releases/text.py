"""What is said of releases, changes and corrections.

In: releases, changes. Out: sentences in the language of the page."""

from __future__ import annotations

from dashboard.text.language import _, ngettext
from dashboard.text.language import mark as N_
from dashboard.text.numbers import format_count, format_date
from etl.model.release_changes import ReleaseChanges, ValueChange
from etl.model.releases import ReleaseInfo

NOTHING = N_("(nothing)")
REASONS = {
    "correction": N_("A correction: {reason}"),
    "correction_withdrawn": N_("A correction was withdrawn. It said: {reason}"),
    "new_edition": N_("A publication was read again: {reason}"),
    "release": N_("{reason}"),
}


def describe_serving(release: ReleaseInfo) -> str:
    """Which release the site shows."""
    if release.is_draft:
        template = _(
            "This site shows a draft, build {content}. It is no release: it may change, and should "
            "not be cited."
        )
        return template.format(content=release.release_id)
    template = _("This site shows release {version} of {date}.")
    return template.format(version=release.version, date=format_date(release.date))


def describe_changes(changes: ReleaseChanges) -> str:
    """`Between release 1.0.0 and release 1.1.0: 3 rows new, 1 row gone, 2 values altered.`"""
    counts = {
        kind: sum(own[kind] for own in changes.count_rows().values())
        for kind in ("added", "removed", "replaced")
    }
    parts = [
        ngettext("{count} row is new", "{count} rows are new", counts["added"]).format(
            count=format_count(counts["added"])
        ),
        ngettext("{count} row is gone", "{count} rows are gone", counts["removed"]).format(
            count=format_count(counts["removed"])
        ),
        ngettext(
            "{count} value is another one", "{count} values are other ones", len(changes.values)
        ).format(count=format_count(len(changes.values))),
    ]
    if counts["replaced"]:
        parts.append(
            ngettext(
                "{count} row was gone in between",
                "{count} rows were gone in between",
                counts["replaced"],
            ).format(count=format_count(counts["replaced"]))
        )
    template = _("Between release {before} and release {after}: {parts}.")
    return template.format(before=changes.before, after=changes.after, parts="; ".join(parts))


def describe_reason(change: ValueChange) -> str:
    """Why a value is another one."""
    return _(REASONS[change.reason_code]).format(reason=change.reason)


def describe_reporter(name: str | None) -> str:
    """Who reported an error."""
    return name or _("found by our own reading")
