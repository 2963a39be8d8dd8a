"""Who has signed in, with the roles of the last time, for whoever keeps the site.

In: the desk. Out: a table. Grants and takes nothing:
roles are given where people sign in, and end with the next sign-in."""

from __future__ import annotations

from dashboard.components.prose import show_prose
from dashboard.components.tables import Column, make_table, write_table
from dashboard.force_site.labels import describe_roles, format_time
from dashboard.force_site.session import UserSession, open_settings
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _, ngettext
from etl.returns.store.users import list_users


def show(session: UserSession) -> None:
    """Users by force, and where they sign in."""
    settings = open_settings()
    users = list_users(session.store, session.scope)
    show_prose(
        _(
            "Roles are given by the provider of each force and read at every sign-in, which lasts "
            "{hours} hours. Nobody can be added here."
        ).format(hours=settings.session_hours)
    )
    columns = (
        Column(_("Name"), "wide"),
        Column(_("Force")),
        Column(_("Roles"), "wide"),
        Column(_("Signs in with")),
        Column(_("Last sign-in"), "wide"),
    )
    rows = [
        (
            user.name,
            session.name_force(user.force_id) or _("All forces"),
            describe_roles(user.roles),
            _name(user.provider),
            format_time(user.last_at),
        )
        for user in users
    ]
    caption = ngettext(
        "{count} person has signed in", "{count} people have signed in", len(users)
    ).format(count=len(users))
    show_html(write_table(make_table(caption, columns, rows, stacked=True)))
    heads = (Column(_("Provider"), "wide"), Column(_("Gives roles for"), "wide"))
    given = [
        (
            provider.title,
            session.name_force(provider.force_id) or _("all forces, and national roles"),
        )
        for provider in settings.providers.values()
    ]
    show_html(write_table(make_table(_("Where people sign in"), heads, given, stacked=True)))


def _name(provider: str) -> str:
    known = open_settings().providers.get(provider)
    return known.title if known else provider
