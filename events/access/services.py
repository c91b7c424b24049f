"""Writes about people: their roles and their own settings."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import Grant, Role, User
from events.errors import Refusal
from events.mail.services import write_to_user
from events.municipalities.models import Area
from events.programme.models import Event

GRANTED = audit.verb("role.granted", _("gave a role"))
REVOKED = audit.verb("role.revoked", _("took a role back"))
PROFILE_CHANGED = audit.verb("user.changed", _("changed the profile"))


class LastOrganiser(Refusal):
    code = "last_organiser"
    message = _("Somebody must remain organiser. Give the role to a colleague first.")


class AlreadyGranted(Refusal):
    code = "already_granted"
    message = _("That person already has the role.")


def get_or_create_user(email: str, name: str = "") -> User:
    """The user with that address (in any case), made when there is none; the address is not verified by this."""
    email = email.strip().lower()
    user = User.objects.filter(email__iexact=email).first()
    return user or User.objects.create_user(email, name)


@transaction.atomic
def grant_role(
    *, email: str, role: Role, by: User | None, at: datetime, event: Event | None = None, area: Area | None = None
) -> Grant:
    """Give the person with ``email`` a ``role`` on ``event`` or on ``area`` (exactly one of them).

    The person need not have signed in yet: the role waits for the address. Whoever gets it from a colleague (``by``)
    is told by mail. Raises AlreadyGranted.
    """
    scope = event or area
    if scope is None:
        raise TypeError("a role is given on an event or on an area")
    user = get_or_create_user(email)
    grant, new = Grant.objects.get_or_create(user=user, role=role, event=event, area=area, defaults={"granted_at": at})
    if not new:
        raise AlreadyGranted
    user.__dict__.pop("held_grants", None)
    audit.record(scope, GRANTED, by=by, at=at, changes={"role": [None, f"{user}: {role}"]})
    if by is not None:
        context = {"grant": grant, "by": by, "area": area}
        write_to_user(user=user, template="events/access/mail/role", context=context, event=event)
    return grant


@transaction.atomic
def revoke_role(*, grant: Grant, by: User, at: datetime) -> None:
    """Take a role back. Raises LastOrganiser when nobody would be left to run the event."""
    organisers = Grant.objects.filter(role=Role.ORGANISER).exclude(pk=grant.pk)
    scope: Event | Area
    if grant.event_id is not None:
        scope = Event.objects.locked(grant.event_id)
        others = organisers.covering(scope)
    elif grant.area is not None:
        scope = Area.objects.select_for_update(no_key=True).get(pk=grant.area.pk)
        others = organisers.filter(area=scope)
    else:
        raise TypeError("a role is on an event or on an area")
    if grant.role == Role.ORGANISER and not others.exists():
        raise LastOrganiser
    audit.record(scope, REVOKED, by=by, at=at, changes={"role": [f"{grant.user}: {grant.role}", None]})
    grant.delete()


@transaction.atomic
def change_profile(*, user: User, name: str, language: str, at: datetime) -> User:
    """A person's own name and language."""
    with audit.change(user, PROFILE_CHANGED, by=user, at=at):
        user.name = name
        user.language = language
        user.save(update_fields=["name", "language"])
    return user


@transaction.atomic
def forget_unproven_users(*, before: datetime, limit: int) -> int:
    """Delete up to ``limit`` accounts that somebody asked a code for before ``before`` and nobody ever used; how many.

    Whoever has a role, belongs to a company or has signed in once is left alone.
    """
    proven = EmailAddress.objects.filter(verified=True).values("user")
    unproven = User.objects.filter(last_login=None, joined_at__lt=before, grants=None, memberships=None)
    chosen = unproven.exclude(pk__in=proven).order_by("pk").values_list("pk", flat=True)[:limit]
    return User.objects.filter(pk__in=list(chosen)).delete()[1].get("events.User", 0)


def verify_address(user: User) -> None:
    """Say that ``user``'s address is proven; for people made by the operator or the demo."""
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
