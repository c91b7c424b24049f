"""Who may do what: every permission of the house, in one table.

A permission belongs to a kind of object; the roles that hold it are named here and nowhere else. ``roles_of`` knows
how a person comes to a role on an object, and other apps register their own kinds with it (an organisation's owner
and members). ``may`` answers yes or no; ``users_who_may`` turns the question round.
"""

from functools import singledispatch

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet

from events.access.models import Grant, Role, User
from events.municipalities.models import Area
from events.plan.models import Activity, ActivityPlan
from events.programme.models import Event

ORGANISER, EDITOR, TREASURER, DOOR, READER = (
    Role.ORGANISER.value,
    Role.EDITOR.value,
    Role.TREASURER.value,
    Role.DOOR.value,
    Role.READER.value,
)
OWNER, MEMBER = "owner", "member"

PERMISSIONS: dict[str, frozenset[str]] = {
    name: frozenset(roles)
    for name, roles in {
        # an event
        "event.view": [ORGANISER, EDITOR, TREASURER, READER],
        "event.edit": [ORGANISER, EDITOR],
        "event.publish": [ORGANISER],
        "event.people": [ORGANISER],
        "exhibitors.view": [ORGANISER, EDITOR, TREASURER, READER],
        "exhibitors.decide": [ORGANISER, EDITOR],
        "exhibitors.export": [ORGANISER, EDITOR, TREASURER],
        "companies.adopt": [ORGANISER, EDITOR],
        "tasks.view": [ORGANISER, EDITOR, TREASURER, READER],  # what exhibitors are asked for, and documents
        "tasks.edit": [ORGANISER, EDITOR],
        "visitors.view": [ORGANISER, EDITOR],
        "visitors.export": [ORGANISER, EDITOR],
        "stations.view": [ORGANISER, EDITOR, TREASURER, READER],
        "stations.edit": [ORGANISER, EDITOR],
        "schools.view": [ORGANISER, EDITOR, READER],
        "schools.decide": [ORGANISER, EDITOR],
        "schools.export": [ORGANISER, EDITOR],
        "schools.register": [ORGANISER],
        "allocation.view": [ORGANISER, EDITOR, READER],
        "allocation.propose": [ORGANISER, EDITOR],
        "allocation.publish": [ORGANISER],
        "packages.view": [ORGANISER, EDITOR, TREASURER, READER],
        "packages.edit": [ORGANISER, TREASURER],
        "money.view": [ORGANISER, TREASURER],
        "money.handle": [ORGANISER, TREASURER],  # invoices, payments, the books
        "stands.view": [ORGANISER, EDITOR, TREASURER, READER],
        "stands.edit": [ORGANISER, EDITOR],
        "papers.print": [ORGANISER, EDITOR, DOOR],
        "tickets.badges": [ORGANISER, EDITOR],
        "checkin.scan": [ORGANISER, EDITOR, DOOR],
        "checkin.watch": [ORGANISER, EDITOR, TREASURER, DOOR, READER],
        "surveys.view": [ORGANISER, EDITOR, READER],
        "surveys.edit": [ORGANISER, EDITOR],
        "figures.view": [ORGANISER, EDITOR, TREASURER, READER],
        "figures.tokens": [ORGANISER],  # of an area too
        # an area, its plans and their follow-up
        "area.create_event": [ORGANISER, EDITOR],
        "plan.view": [ORGANISER, EDITOR, TREASURER, READER],
        "plan.edit": [ORGANISER, EDITOR],
        "followup.view": [ORGANISER, EDITOR, TREASURER, READER],
        "followup.edit": [ORGANISER, EDITOR],
        # a company or school
        "organisation.view": [OWNER, MEMBER],
        "organisation.edit": [OWNER, MEMBER],
        "organisation.people": [OWNER],
        "exhibitor.edit": [OWNER, MEMBER],
        "task.answer": [OWNER, MEMBER],
        "exhibitor.withdraw": [OWNER, MEMBER],
        "order.confirm": [OWNER, MEMBER],
        "booking.edit": [OWNER, MEMBER],
        "booking.people": [OWNER],
    }.items()
}

# Whoever holds one of these can reach many people's data: production asks them for a second factor.
STRONG_ROLES = frozenset([ORGANISER])


@singledispatch
def roles_of(obj: object, user: User) -> set[str]:
    """The roles that ``user`` has on ``obj``; kinds that nobody registered have none."""
    raise TypeError(f"No rule tells who has a role on {obj!r}")


@roles_of.register
def _(obj: Event, user: User) -> set[str]:
    return {g.role for g in user.held_grants if g.event_id == obj.pk or (g.area_id and g.area_id == obj.area_id)}


@roles_of.register
def _(obj: Area, user: User) -> set[str]:
    return {g.role for g in user.held_grants if g.area_id == obj.pk}


@roles_of.register
def _(obj: ActivityPlan, user: User) -> set[str]:
    return {g.role for g in user.held_grants if g.area_id == obj.area_id}


@roles_of.register
def _(obj: Activity, user: User) -> set[str]:
    return roles_of(obj.plan, user)


def may(user: User | AnonymousUser, permission: str, obj: Model) -> bool:
    """Whether ``user`` holds ``permission`` on ``obj``. An unknown permission is a bug: KeyError."""
    allowed = PERMISSIONS[permission]
    if not user.is_authenticated or not user.is_active:
        return False
    return bool(allowed & roles_of(obj, user))


def users_who_may(permission: str, event: Event) -> QuerySet[User]:
    """Everybody who holds ``permission`` on ``event``, by a grant on it or on its area."""
    grants = Grant.objects.covering(event).filter(role__in=PERMISSIONS[permission])
    return User.objects.filter(is_active=True, pk__in=grants.values("user")).order_by("name", "email")


def areas_where(user: User | AnonymousUser, permission: str) -> QuerySet[Area]:
    """The areas on which ``user`` holds ``permission``."""
    if not user.is_authenticated:
        return Area.objects.none()
    pks = [g.area_id for g in user.held_grants if g.area_id and g.role in PERMISSIONS[permission]]
    return Area.objects.filter(pk__in=pks)


def events_where(user: User | AnonymousUser, permission: str) -> QuerySet[Event]:
    """The events on which ``user`` holds ``permission``, directly or through the area."""
    if not user.is_authenticated:
        return Event.objects.none()
    held = [g for g in user.held_grants if g.role in PERMISSIONS[permission]]
    events = [g.event_id for g in held if g.event_id]
    areas = [g.area_id for g in held if g.area_id]
    return Event.objects.filter(pk__in=events) | Event.objects.filter(area__in=areas)


def plans_where(user: User | AnonymousUser, permission: str) -> QuerySet[ActivityPlan]:
    """The activity plans on which ``user`` holds ``permission``."""
    return ActivityPlan.objects.filter(area__in=areas_where(user, permission))


def needs_strong_sign_in(user: User) -> bool:
    return any(g.role in STRONG_ROLES for g in user.held_grants)
