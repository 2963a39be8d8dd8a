"""What every page and every file of the force site is made from: the store, the person, what they
may see.

In: the settings of the process, the claims of a sign-in. Out: a `UserSession`, without which
nothing of the store is read. Does not draw. Reads and writes through `etl.returns` alone, always
with the person's scope."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dashboard.force_site.auth.identity import NotSignedInError, Person, identify
from dashboard.force_site.auth.settings import SignIn, open_sign_in
from dashboard.text.language import _
from etl.queries.record import Record, open_record
from etl.returns.layouts import Layout
from etl.returns.preview import Previews
from etl.returns.publishing import Site
from etl.returns.scope import Scope
from etl.returns.store.engine import Store, open_store, store_address
from etl.returns.store.returns import list_layouts
from etl.returns.store.sessions import end_session, is_ended
from etl.returns.store.users import sign_in_user
from etl.settings import DATA_DIR, read_folder
from etl.sources.reference_tables import open_force_names
from etl.warehouse.read import current_file

DATA = DATA_DIR
SETTING = "LFR_DATA"


@dataclass(frozen=True, slots=True)
class UserSession:
    """One person at work: who, in what scope, on which store and data."""

    person: Person
    scope: Scope
    store: Store
    site: Site

    @property
    def today(self) -> dt.date:
        """The day by the store's clock."""
        return self.store.now().date()

    def may(self, action: str, force_id: str | None = None) -> bool:
        """Whether the person's roles allow it: for what a page offers. The store decides again."""
        return self.scope.may(action, force_id or self.scope.force_id)

    def name_force(self, force_id: str | None) -> str:
        """The full name of a force, in the language in use; nothing for no force."""
        name = self.site.force_names.get(force_id or "", force_id or "")
        return _(name) if name else ""

    def layouts(self) -> tuple[Layout, ...]:
        """The saved column maps of the person's force."""
        return list_layouts(self.store, self.scope) if self.scope.force_id else ()

    def open_record(self) -> Record | None:
        """The release that is published from this data; None before the first."""
        path = current_file(self.site.data / "releases")
        return _open_record(path.resolve()) if path.exists() else None


def data_folder() -> Path:
    """The data folder: LFR_DATA, or the repository's."""
    return read_folder(SETTING, DATA)


@lru_cache(maxsize=1)
def open_settings() -> SignIn:
    """The sign-in of this process, read once."""
    return open_sign_in(open_site().force_names)


@lru_cache(maxsize=1)
def open_site() -> Site:
    """Where returns are published to, read once."""
    data = data_folder()
    return Site(data, open_force_names(data / "reference"))


@lru_cache(maxsize=1)
def open_shared_store() -> Store:
    """The store of this process."""
    data = data_folder()
    return open_store(store_address(data), data=data)


@lru_cache(maxsize=1)
def open_previews() -> Previews:
    """The previews of this process."""
    return Previews()


def find_person(claims: Mapping[str, object]) -> Person:
    """The user of these claims; `NotSignedInError`, also after signing out in any process,
    `NoRoleError`, or a `RecordError` of the store."""
    store = open_shared_store()
    person = identify(claims, open_settings(), store.now().timestamp())
    if is_ended(store, person.session):
        raise NotSignedInError
    return person


def end_sign_in(session: UserSession) -> None:
    """Ends the sign-in of a user in every process: a copy of its cookie is of no use."""
    person = session.person
    end_session(session.store, person.session, person.ends, session.scope.user)


def open_session(claims: Mapping[str, object]) -> UserSession:
    """The session of the user of these claims; refused as `find_person` is."""
    store = open_shared_store()
    person = find_person(claims)
    scope = sign_in_user(
        store,
        provider=person.provider.name,
        subject=person.subject,
        name=person.name,
        session=person.session,
        roles=person.roles,
        force_id=person.force_id,
    )
    return UserSession(person, scope, store, open_site())


@lru_cache(maxsize=2)
def _open_record(path: Path) -> Record:
    return open_record(path)
