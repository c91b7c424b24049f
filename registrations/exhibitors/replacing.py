"""A badge goes to somebody else: the old code stops working, the new one is mailed and can be printed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.mail.services import write_letter
from registrations.exhibitors.models import Exhibitor, StandStaff
from registrations.exhibitors.services import locked, refuse_settled
from registrations.exhibitors.states import State
from registrations.tickets.addresses import ticket_page, ticket_url
from registrations.tickets.codes import spoken
from registrations.tickets.models import Ticket
from registrations.tickets.qr import qr_png
from registrations.tickets.services import cancel_badge, issue_badges

REPLACED = audit.verb("exhibitor.staff_replaced", _("gave a badge to somebody else"))


class BadgeGone(Refusal):
    code = "badge_gone"
    message = _("That badge has been given to somebody else or removed meanwhile. Look at the list.")


@transaction.atomic
def replace_staff(*, staff_pk: int, exhibitor: Exhibitor, name: str, email: str, by: User, at: datetime) -> StandStaff:
    """``name`` takes the place of ``staff_pk`` in ``exhibitor``'s stand, with a new badge; the old one opens no door.

    It works as long as the event is not over, also when the list of names is closed: people fall ill. Raises BadgeGone,
    WrongState, EventOver.
    """
    exhibitor = locked(exhibitor)
    refuse_settled(exhibitor, at)
    before = exhibitor.staff.filter(pk=staff_pk).first()
    if before is None:
        raise BadgeGone
    cancel_badge(staff=before, at=at)
    before.delete()
    after = StandStaff.objects.create(exhibitor=exhibitor, name=name, email=email)
    audit.record(exhibitor, REPLACED, by=by, at=at)
    if exhibitor.state in State.holding():
        issue_badges(exhibitor=exhibitor, at=at)
        _send_badge(after, by)
    return after


def _send_badge(staff: StandStaff, by: User) -> None:
    ticket = Ticket.objects.with_holders().get(staff=staff)
    write_letter(
        to=staff.email or staff.exhibitor.contact_email or by.email,
        template="registrations/exhibitors/mail/badge",
        context={
            "exhibitor": staff.exhibitor,
            "staff": staff,
            "ticket_page": ticket_page(ticket),
            "spoken": spoken(ticket.code),
        },
        language=by.language,
        event=staff.exhibitor.event,
        image=qr_png(ticket_url(ticket)),
    )
