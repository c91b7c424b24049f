"""How somebody comes to a role on a company and on its applications. The permissions stand in events.access.rules."""

from events.access.models import User
from events.access.rules import roles_of
from registrations.exhibitors.models import Exhibitor
from registrations.organisations.models import Membership, Organisation


def _active_memberships(user: User) -> list[Membership]:
    """Read once a request; ``forget_memberships`` after a change."""
    if "held_memberships" not in user.__dict__:
        user.__dict__["held_memberships"] = list(user.memberships.active())
    return user.__dict__["held_memberships"]


def forget_memberships(user: User) -> None:
    user.__dict__.pop("held_memberships", None)


@roles_of.register
def _(obj: Organisation, user: User) -> set[str]:
    return {m.role for m in _active_memberships(user) if m.organisation_id == obj.pk}


@roles_of.register
def _(obj: Exhibitor, user: User) -> set[str]:
    return {m.role for m in _active_memberships(user) if m.organisation_id == obj.organisation_id}
