"""Writes about companies and the people who act for them."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.access.rules import OWNER, users_who_may
from events.errors import Refusal
from events.mail.services import write_to_user
from events.municipalities.models import Municipality
from events.programme.models import Event
from events.versions import take_version
from registrations.organisations.models import Membership, MembershipRole, MembershipState, Organisation
from registrations.organisations.rules import forget_memberships

ADDED = audit.verb("company.added", _("added the company"))
# How long a no holds before the same person may ask again.
PAUSE_AFTER_NO = timedelta(days=14)

CHANGED = audit.verb("company.changed", _("changed the company"))
ASKED = audit.verb("company.asked", _("asked to join the company"))
LET_IN = audit.verb("company.let_in", _("let a colleague in"))
TURNED_DOWN = audit.verb("company.turned_down", _("turned a request down"))
PROMOTED = audit.verb("company.promoted", _("made a colleague owner"))
REMOVED = audit.verb("company.removed", _("removed a colleague"))


class CompanyExists(Refusal):
    code = "company_exists"
    message = _("The company is already here. Ask to join it instead.")


class AlreadyWithCompany(Refusal):
    code = "already_with_company"
    message = _("You are already with the company.")


class TurnedDown(Refusal):
    code = "turned_down"
    message = _("The company has said no. Talk to your colleague there; after two weeks you can ask again.")


class NoLongerThere(Refusal):
    code = "no_longer_there"
    message = _("That person is no longer with the company.")


class LastOwner(Refusal):
    code = "last_owner"
    message = _("A company needs an owner. Make a colleague owner first.")


@transaction.atomic
def add_organisation(
    *,
    name: str,
    organisation_number: str | None,
    municipality: Municipality | None,
    by: User,
    at: datetime,
    street: str = "",
    postal_code: str = "",
    city: str = "",
    country: str = "SE",
    website: str = "",
) -> Organisation:
    """A company that was not here, with ``by`` as its owner. ``organisation_number`` is checked digits or ``None``.

    Without a number, a second click gives the company of the first. Raises CompanyExists when somebody else was
    quicker with the same number.
    """
    if organisation_number is None:
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        known = Organisation.objects.of(by).filter(organisation_number=None, name=name).first()
        if known:
            return known
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(
                name=name,
                organisation_number=organisation_number,
                municipality=municipality,
                street=street,
                postal_code=postal_code,
                city=city,
                country=country,
                website=website,
                added_at=at,
            )
    except IntegrityError as taken:
        raise CompanyExists from taken
    Membership.objects.create(
        organisation=organisation, user=by, role=MembershipRole.OWNER, state=MembershipState.ACTIVE, asked_at=at
    )
    forget_memberships(by)
    audit.created(organisation, ADDED, by=by, at=at)
    return organisation


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, seen: int, by: User, at: datetime, **fields: object
) -> Organisation:
    """Change name, address or municipality; the number stays: it is who the company is.

    ``seen`` is the version that the form was opened with. Raises Stale when a colleague has saved meanwhile.
    """
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    take_version(organisation, seen)
    with audit.change(organisation, CHANGED, by=by, at=at):
        for name, value in fields.items():
            setattr(organisation, name, value)
        organisation.save()
    return organisation


@transaction.atomic
def ask_to_join(*, organisation: Organisation, by: User, at: datetime, event: Event | None = None) -> Membership:
    """``by`` asks the company's owners to be let in; where it has none, the organisers of ``event`` are asked.

    Asking twice is one request, but where nobody owns the company, asking at another event puts the question to that
    event's organisers. Raises AlreadyWithCompany, and TurnedDown for two weeks after a no.
    """
    membership, new = Membership.objects.select_for_update().get_or_create(
        organisation=organisation, user=by, defaults={"asked_at": at, "event": event}
    )
    if membership.state == MembershipState.ACTIVE:
        raise AlreadyWithCompany
    if membership.state == MembershipState.TURNED_DOWN and at < membership.asked_at + PAUSE_AFTER_NO:
        raise TurnedDown
    again = membership.state == MembershipState.TURNED_DOWN
    moved = membership.event != event and not organisation.has_owner()
    if again or moved:
        membership.state, membership.event, membership.asked_at = MembershipState.ASKED, event, at
        membership.save(update_fields=["state", "event", "asked_at"])
    if new or again or moved:
        audit.record(organisation, ASKED, by=by, at=at)
        for user in who_answers(membership):
            write_to_user(
                user=user,
                template="registrations/organisations/mail/asked",
                context={"membership": membership, "as_organiser": not organisation.has_owner()},
                event=event,
            )
    return membership


def who_answers(membership: Membership) -> list[User]:
    """Those who may let the asker in: the owners, or the organisers where the company has none."""
    owners = [m.user for m in membership.organisation.memberships.active().filter(role=OWNER).select_related("user")]
    if owners or membership.event is None:
        return owners
    return list(users_who_may("companies.adopt", membership.event))


@transaction.atomic
def answer_request(*, membership: Membership, welcome: bool, by: User, at: datetime) -> None:
    """Let the asker in, or not. The first person of a company without owner becomes its owner.

    A request that a colleague has answered meanwhile is left as it is.
    """
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=membership.organisation_id)
    waiting = Membership.objects.asked().select_related("user", "event").filter(pk=membership.pk).first()
    if waiting is None:
        return
    membership = waiting
    if welcome:
        if not organisation.has_owner():
            membership.role = MembershipRole.OWNER
        membership.state = MembershipState.ACTIVE
        membership.save(update_fields=["role", "state"])
    else:
        membership.state, membership.asked_at = MembershipState.TURNED_DOWN, at
        membership.save(update_fields=["state", "asked_at"])
    verb = LET_IN if welcome else TURNED_DOWN
    audit.record(organisation, verb, by=by, at=at, changes={"colleague": [None, str(membership.user)]})
    write_to_user(
        user=membership.user,
        template="registrations/organisations/mail/answered",
        context={"organisation": organisation, "welcome": welcome, "membership": membership},
        event=membership.event,
    )


@transaction.atomic
def make_owner(*, membership: Membership, by: User, at: datetime) -> None:
    """Share the company's keys with a colleague who is already in. Raises NoLongerThere."""
    colleague = (
        Membership.objects.active().select_for_update(no_key=True, of=("self",)).filter(pk=membership.pk).first()
    )
    if colleague is None:
        raise NoLongerThere
    membership.role = MembershipRole.OWNER
    membership.save(update_fields=["role"])
    audit.record(membership.organisation, PROMOTED, by=by, at=at, changes={"colleague": [None, str(membership.user)]})


@transaction.atomic
def remove_member(*, membership: Membership, by: User, at: datetime) -> None:
    """A colleague who has left. Raises LastOwner when the company would stand without one."""
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=membership.organisation_id)
    if not organisation.memberships.filter(pk=membership.pk).exists():
        return
    owners = organisation.memberships.active().filter(role=OWNER)
    if membership.role == MembershipRole.OWNER and not owners.exclude(pk=membership.pk).exists():
        raise LastOwner
    audit.record(organisation, REMOVED, by=by, at=at, changes={"colleague": [str(membership.user), None]})
    membership.delete()
