"""People who came, and so may be asked."""

from registrations.exhibitors.states import State
from registrations.tickets.models import Ticket
from tests import factories
from tests.door_factories import let_in


def exhibitor_who_came(event, email: str = "kim@foretaget.example"):
    staff = factories.StandStaffFactory(
        exhibitor=factories.ExhibitorFactory(event=event, state=State.ACCEPTED, contact_email=email)
    )
    ticket = factories.TicketFactory(visitor=None, staff=staff, event=event, kind=Ticket.Kind.EXHIBITOR)
    return admit(ticket)


def visitor_who_came(event, email: str, language: str = "sv"):
    return admit(factories.TicketFactory(visitor__event=event, visitor__email=email, visitor__language=language))


def admit(ticket: Ticket) -> Ticket:
    let_in(ticket)
    return ticket
