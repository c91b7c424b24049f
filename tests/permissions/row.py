"""A row of the permission table, and the small world that it is tried in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from events.access.models import Role, User
from events.municipalities.models import Area
from events.nights.models import Night, Wave
from events.programme.models import Event
from registrations.bookings.models import BookingPerson, BookingRole
from registrations.bookings.states import ClassState
from registrations.cards.models import Difference
from registrations.checkin.conflicts.models import Conflict, ConflictKind
from registrations.checkin.devices.models import Pairing
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.invoices.services import issue_invoice
from registrations.orders.models import Terms
from registrations.orders.states import OrderState
from registrations.organisations.models import MembershipRole, MembershipState
from registrations.packages.models import AddOn, Discount
from registrations.tickets.models import Ticket
from tests import door_factories, factories, money_factories, night_factories, stand_factories

EVERYONE = frozenset(["anonymous", "stranger", "organiser", "editor", "treasurer", "door", "reader", "owner", "member"])
SIGNED_IN = EVERYONE - {"anonymous"}
ORGANISER, EDITOR, TREASURER, DOOR, READER = "organiser", "editor", "treasurer", "door", "reader"
OWNER, MEMBER = "owner", "member"


@dataclass
class World:
    """One of everything. The event's registration is open at the real now: pages ask the real clock."""

    users: dict[str, User]
    objects: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.objects[name]
        except KeyError as missing:
            raise AttributeError(name) from missing


@dataclass(frozen=True)
class Row:
    """Who may call ``url`` with ``method``.

    ``allowed`` get ``ok``; of the others, anonymous people are sent to sign in (302) and everybody else gets 404.
    ``kwargs`` picks the address' parts, ``data`` the body, from the World. POST rows are undone after each try.
    """

    url: str
    allowed: frozenset[str] | set[str]
    kwargs: Callable[[World], dict[str, Any]] = lambda world: {}
    method: str = "get"
    data: Callable[[World], dict[str, Any]] = lambda world: {}
    ok: int = 200
    denied: int = 404
    anonymous: int = 302
    json: bool = False


def make_world() -> World:
    now = timezone.now()
    area = factories.AreaFactory()
    plan = factories.PlanFactory(area=area)
    activity = factories.ActivityFactory(plan=plan)
    event = factories.EventFactory(
        area=area,
        activity=activity,
        registration_opens_at=now - timedelta(days=5),
        registration_closes_at=now + timedelta(days=5),
        starts_at=now + timedelta(days=20),
        ends_at=now + timedelta(days=20, hours=7),
    )
    exhibitor = factories.ExhibitorFactory(event=event, state=State.ACCEPTED)
    staff = factories.StandStaffFactory(exhibitor=exhibitor)
    badge = factories.TicketFactory(visitor=None, staff=staff, event=event, kind=Ticket.Kind.EXHIBITOR)
    ticket = factories.TicketFactory(visitor__event=event)
    survey = factories.SurveyFactory(event=event)
    question = factories.QuestionFactory(survey=survey)
    objects = {
        "area": area,
        "plan": plan,
        "theme": factories.ThemeFactory(plan=plan),
        "activity": activity,
        "event": event,
        "exhibitor": exhibitor,
        "organisation": exhibitor.organisation,
        "staff": staff,
        "badge": badge,
        "ticket": ticket,
        "visitor": ticket.visitor,
        "gate": factories.GateFactory(event=event),
        "survey": survey,
        "question": question,
        "invitation": factories.InvitationFactory(survey=survey),
        "indicator": factories.IndicatorFactory(activity=activity, event=event, question=question),
    }
    objects["device"] = door_factories.DeviceFactory(gate=objects["gate"], ends_at=now + timedelta(days=30))
    objects["pairing"] = Pairing.objects.create(
        event=event,
        gate=objects["gate"],
        name="Telefon 2",
        ends_at=now + timedelta(days=30),
        secret_hash="x" * 64,
        made_at=now,
        expires_at=now + timedelta(minutes=10),
    )
    objects["spare_gate"] = factories.GateFactory(event=event, name="Södra entrén")
    objects["conflict"] = Conflict.objects.create(event=event, ticket=ticket, kind=ConflictKind.TWICE)
    objects["goal"] = factories.GoalFactory(theme=objects["theme"])
    objects |= make_evening(area, exhibitor, now)
    users = {name: factories.UserFactory(name=name.title()) for name in SIGNED_IN}
    for role in Role:
        factories.grant(users[role.value], role, area=area)
    for name, role in ((OWNER, MembershipRole.OWNER), (MEMBER, MembershipRole.MEMBER)):
        objects["colleague"] = factories.MembershipFactory(
            organisation=exhibitor.organisation, user=users[name], role=role, state=MembershipState.ACTIVE
        )
    objects["orphan"] = factories.MembershipFactory(state=MembershipState.ASKED, event=event)
    objects["asked"] = factories.MembershipFactory(
        organisation=exhibitor.organisation, role=MembershipRole.MEMBER, state=MembershipState.ASKED
    )
    objects["grant"] = factories.grant(factories.UserFactory(), Role.DOOR, event=event)
    objects |= make_booking(objects["night"], objects["wave"], users)
    objects |= make_money(event, exhibitor, now)
    objects["stand"] = stand_factories.StandFactory(hall__event=event, number="X1")
    objects["hall"] = objects["stand"].hall
    return World(users, objects)


def make_money(event: Event, exhibitor: Exhibitor, now: datetime) -> dict[str, Any]:
    """An invoice with a payment on it, the owner's own one, and a payment from the bank that waits to be settled."""
    money_factories.a_biller(event)
    Terms.objects.create(event=event)
    invoice, own = (
        issue_invoice(order=money_factories.an_order(event, now, exhibitor=one), by=None, at=now)
        for one in (None, exhibitor)
    )
    assert invoice is not None
    payment = invoice.payments.create(amount_ore=100, method="bank", paid_on=now.date(), at=now)
    by_card = invoice.payments.create(amount_ore=100, method="card", paid_on=now.date(), at=now)
    buyer = factories.ExhibitorFactory(event=event, organisation=factories.OrganisationFactory(), state=State.ACCEPTED)
    offer = money_factories.an_order(event, now, exhibitor=buyer)
    offer.state, offer.offered_at, offer.offer_ends_at = OrderState.OFFERED, now, now + timedelta(days=5)
    offer.save()
    return {
        "package": offer.package,
        "addon": AddOn.objects.create(event=event, name="El", price_ore=80_000),
        "discount": Discount.objects.create(event=event, code="X", percent=10),
        "offer": offer,
        "invoice": invoice,
        "payment": payment,
        "own_invoice": own,
        "checkout": invoice.checkouts.create(key=uuid4(), amount_ore=100, state="paid", payment=by_card),
        "difference": Difference.objects.create(kind="unknown", about="cs_1", found_at=now),
        "bank_entry": money_factories.a_bank_entry(invoice.series.biller),
    }


def make_booking(night: Night, wave: Wave, users: dict[str, User]) -> dict[str, Any]:
    """A school's booking that the owner answers for and the member shares: a class that waits for an answer, and another."""
    booking = night_factories.BookingFactory(night=night, owner=users[OWNER])
    BookingPerson.objects.create(
        booking=booking, user=users[MEMBER], role=BookingRole.MEMBER, joined_at=booking.started_at
    )
    return {
        "booking": booking,
        "school_class": night_factories.SchoolClassFactory(booking=booking),
        "placed_class": night_factories.SchoolClassFactory(booking=booking, state=ClassState.OFFERED, wave=wave),
    }


def make_evening(area: Area, exhibitor: Exhibitor, now: datetime) -> dict[str, Any]:
    """An evening for pupils in the same area, with the same company as host of a station; schools may book."""
    window = {"opens": now - timedelta(days=5), "closes": now + timedelta(days=5)}
    event = factories.EventFactory(
        area=area,
        kind=Event.Kind.NIGHT,
        registration_opens_at=window["opens"],
        registration_closes_at=window["closes"],
        starts_at=now + timedelta(days=20),
        ends_at=now + timedelta(days=20, hours=5),
    )
    night = night_factories.NightFactory(
        event=event,
        bookings_open_at=window["opens"],
        bookings_close_at=window["closes"],
        answers_on=(now + timedelta(days=10)).date(),
    )
    host = factories.ExhibitorFactory(event=event, organisation=exhibitor.organisation, state=State.ACCEPTED)
    return {
        "night": night,
        "wave": night_factories.WaveFactory(night=night, starts_at=event.starts_at),
        "host": host,
        "station": night_factories.StationFactory(night=night, host=host),
    }
