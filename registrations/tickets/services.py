"""Gives out tickets and takes them back. Whatever makes somebody welcome (a sign-up, an accepted stand) calls these.

A ticket follows from its holder's own change, and the trail is left there: nothing is recorded twice.
"""

from datetime import datetime

from django.db import transaction

from registrations.bookings.models import SchoolClass
from registrations.exhibitors.models import Exhibitor, StandStaff
from registrations.tickets.models import Ticket, TicketState
from registrations.visitors.models import Visitor


@transaction.atomic
def issue_badges(*, exhibitor: Exhibitor, at: datetime) -> list[Ticket]:
    """A valid ticket for each of ``exhibitor``'s stand staff: new ones where missing, cancelled ones valid again.

    Gives all of them in the order of the staff. Calling it twice changes nothing: a code that somebody has
    printed keeps working.
    """
    Exhibitor.objects.select_for_update(of=("self",)).get(pk=exhibitor.pk)
    staff = list(StandStaff.objects.filter(exhibitor=exhibitor))
    held = {ticket.staff_id: ticket for ticket in Ticket.objects.filter(staff__in=staff)}
    missing = [
        Ticket(event_id=exhibitor.event_id, kind=Ticket.Kind.EXHIBITOR, staff=person, exhibitor=exhibitor, issued_at=at)
        for person in staff
        if person.pk not in held
    ]
    Ticket.objects.filter(staff__in=staff, state=TicketState.CANCELLED).update(state=TicketState.VALID)
    Ticket.objects.bulk_create(missing)
    return list(Ticket.objects.with_holders().filter(staff__in=staff).order_by("staff"))


@transaction.atomic
def cancel_badges(*, exhibitor: Exhibitor, at: datetime) -> int:
    """The door refuses all of ``exhibitor``'s badges from aware time ``at``; how many were valid until then."""
    return Ticket.objects.valid().filter(exhibitor=exhibitor).update(state=TicketState.CANCELLED)


@transaction.atomic
def cancel_badge(*, staff: StandStaff, at: datetime) -> None:
    """The door refuses this person's badge from ``at``. Call it before the person is removed from the stand:
    the ticket stays, so that the door can say that it was cancelled."""
    Ticket.objects.valid().filter(staff=staff).update(state=TicketState.CANCELLED)


@transaction.atomic
def issue_ticket(*, visitor: Visitor, at: datetime) -> Ticket:
    """``visitor``'s ticket: made when there is none, valid again when it was cancelled, otherwise as it is."""
    ticket, new = Ticket.objects.select_for_update().get_or_create(
        visitor=visitor, defaults={"event_id": visitor.event_id, "kind": Ticket.Kind.VISITOR, "issued_at": at}
    )
    if not new and ticket.state == TicketState.CANCELLED:
        ticket.state = TicketState.VALID
        ticket.save(update_fields=["state"])
    return ticket


@transaction.atomic
def cancel_ticket(*, visitor: Visitor, at: datetime) -> None:
    """The door refuses ``visitor``'s ticket from aware time ``at``."""
    Ticket.objects.valid().filter(visitor=visitor).update(state=TicketState.CANCELLED)


@transaction.atomic
def issue_class_ticket(*, school_class: SchoolClass, at: datetime) -> Ticket:
    """The one ticket of a placed class, for as many as it has pupils now; the code never changes."""
    ticket, new = Ticket.objects.select_for_update(of=("self",)).get_or_create(
        school_class=school_class,
        defaults={
            "event_id": school_class.event_id,
            "kind": Ticket.Kind.CLASS,
            "headcount": school_class.pupils,
            "issued_at": at,
        },
    )
    # A blocked ticket stays blocked: whoever blocked it lifts that.
    state = TicketState.BLOCKED if ticket.state == TicketState.BLOCKED else TicketState.VALID
    if not new and (ticket.state, ticket.headcount) != (state, school_class.pupils):
        ticket.state, ticket.headcount = state, school_class.pupils
        ticket.save(update_fields=["state", "headcount"])
    return ticket


@transaction.atomic
def cancel_class_ticket(*, school_class: SchoolClass, at: datetime) -> None:
    """The door refuses the class's ticket from aware time ``at``: it gave its place back, or lost it."""
    Ticket.objects.valid().filter(school_class=school_class).update(state=TicketState.CANCELLED)


def has_come(ticket: Ticket) -> bool:
    """Whether the door has let ``ticket`` in, and it was no mistake."""
    return Ticket.objects.filter(pk=ticket.pk, presence__came__gte=1).exists()
