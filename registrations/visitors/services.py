"""Signs visitors up, sends their tickets, and lets them go again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.mail.services import write_letter
from events.programme.models import Event
from registrations.tickets.addresses import ticket_page, ticket_url
from registrations.tickets.codes import spoken
from registrations.tickets.models import Ticket
from registrations.tickets.qr import qr_png
from registrations.tickets.services import cancel_ticket, has_come, issue_ticket
from registrations.visitors.availability import Availability, availability_of
from registrations.visitors.models import Visitor, VisitorState

SIGNED_UP = audit.verb("visitor.signed_up", _("signed up"))
CANCELLED = audit.verb("visitor.cancelled", _("cancelled the visit"))


class SignUpClosed(Refusal):
    """Nobody can sign up; ``availability`` says why."""

    code = "sign_up_closed"
    messages: dict[Availability, str | Promise] = {
        Availability.NOT_YET: _("Sign-up has not opened yet."),
        Availability.OVER: _("The event is over."),
        Availability.CANCELLED: _("The event is cancelled."),
        Availability.FULL: _("Every place is taken."),
    }

    def __init__(self, availability: Availability):
        self.availability = availability
        super().__init__(self.messages[availability])


class VisitIsOver(Refusal):
    code = "visit_is_over"
    message = _("The event is over: there is nothing left to cancel.")


class AlreadyLetIn(Refusal):
    code = "already_let_in"
    message = _("You have come in: the place is yours, and there is nothing to cancel.")


@dataclass(frozen=True, slots=True)
class SignUp:
    """``known`` is true when the address was signed up before: then the ticket went to it by mail, once more."""

    visitor: Visitor
    ticket: Ticket
    known: bool = False


def places_taken(event: Event) -> int:
    return Visitor.objects.coming().filter(event=event).count()


@transaction.atomic
def sign_up_visitor(
    *, event: Event, name: str, company: str, email: str, language: str, nonce: UUID, at: datetime
) -> SignUp:
    """Give somebody a free place at ``event`` and send the ticket to ``email``.

    The same form sent twice (same ``nonce``, same address) is one sign-up; an address that has a place gets its
    ticket once more. Raises SignUpClosed; then nothing is written or sent.
    """
    event = Event.objects.locked(event.pk)
    email = email.strip().lower()
    coming = Visitor.objects.coming().filter(event=event).alias(address=Lower("email")).filter(address=email)
    known = coming.select_related("ticket").first()
    if known and known.nonce == nonce:
        return SignUp(known, known.ticket)
    availability = availability_of(event, places_taken(event), at)
    if known and availability in {Availability.OPEN, Availability.FULL}:
        send_ticket(ticket=known.ticket)
        return SignUp(known, known.ticket, known=True)
    if availability != Availability.OPEN:
        raise SignUpClosed(availability)
    visitor = Visitor.objects.create(
        event=event,
        name=name,
        company=company,
        email=email,
        language=language,
        # Somebody who goes back and signs up a colleague sends the same form with another name.
        nonce=uuid4() if Visitor.objects.filter(nonce=nonce).exists() else nonce,
        registered_at=at,
    )
    ticket = issue_ticket(visitor=visitor, at=at)
    audit.created(visitor, SIGNED_UP, by=None, at=at)
    send_ticket(ticket=ticket)
    return SignUp(visitor, ticket)


def send_ticket(*, ticket: Ticket) -> None:
    """Mail a visitor's ``ticket`` with its QR to the address that it was issued to."""
    visitor = ticket.visitor
    assert visitor, "badges are sent by whoever issues them"
    write_letter(
        to=visitor.email,
        template="registrations/visitors/mail/ticket",
        context={
            "visitor": visitor,
            "ticket": ticket,
            "ticket_page": ticket_page(ticket),
            "spoken": spoken(ticket.code),
        },
        language=visitor.language,
        event=ticket.event,
        image=qr_png(ticket_url(ticket)),
    )


@transaction.atomic
def cancel_visit(*, visitor: Visitor, by: User | None, at: datetime) -> Visitor:
    """Free ``visitor``'s place; the door refuses the ticket from now on. Twice is once.

    ``by`` is ``None`` when the holder of the ticket does it. Raises VisitIsOver, or AlreadyLetIn once the door has
    let the visitor in: whoever stands in the hall takes up a place.
    """
    event = Event.objects.locked(visitor.event_id)
    visitor = Visitor.objects.select_for_update().get(pk=visitor.pk)
    if visitor.state == VisitorState.CANCELLED:
        return visitor
    if event.is_over(at):
        raise VisitIsOver
    # The door locks the ticket too: it either lets in first, and we see it, or finds the ticket cancelled.
    ticket = Ticket.objects.select_for_update().filter(visitor=visitor).first()
    if ticket and has_come(ticket):
        raise AlreadyLetIn
    with audit.change(visitor, CANCELLED, by=by, at=at):
        visitor.state = VisitorState.CANCELLED
        visitor.cancelled_at = at
        visitor.save(update_fields=["state", "cancelled_at"])
    cancel_ticket(visitor=visitor, at=at)
    if visitor.has_address:
        write_letter(
            to=visitor.email,
            template="registrations/visitors/mail/cancelled",
            context={"visitor": visitor},
            language=visitor.language,
            event=event,
        )
    return visitor
