"""Somebody who comes without a ticket: the ticket is made when the server hears of it, also hours later."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.programme.models import Event
from events.retention.rules import nobody
from registrations.checkin.kiosk.matching import name_key
from registrations.checkin.records import storable
from registrations.tickets.models import Ticket
from registrations.tickets.services import issue_ticket
from registrations.visitors.models import Visitor
from registrations.visitors.services import send_ticket

LONGEST_ADDRESS = 254
WALKED_IN = audit.verb("visitor.walked_in", _("came without a ticket"))


def take_walk_in(
    *, event: Event, details: dict[str, Any], nonce: UUID, by: User | None, at: datetime, mail: bool = True
) -> Ticket:
    """The ticket of somebody whom the door has let in, made now; the caller has locked ``event`` and stores the record.

    An address that is signed up already keeps its ticket: the record then counts for that one (``signed_up``). What
    the door wrote down is taken as it is, within the columns' lengths: nobody stands there any more to correct it.
    Somebody without a name is counted like everybody else. Whether there is room was the door's to judge: the places
    that visitors may book say nothing about who stands in the hall. ``mail=False``: no ticket is sent.
    """
    name, company = (_line(details.get(key), limit) for key, limit in (("name", 120), ("company", 160)))
    email = _address(details.get("email"))
    known, taken = signed_up(event, email, name)
    if known and not taken:
        return issue_ticket(visitor=known, at=at)
    language = details.get("language")
    visitor = Visitor.objects.create(
        event=event,
        name=name,
        company=company,
        email=nobody() if taken or not email else email,
        language=language
        if isinstance(language, str) and language in dict(settings.LANGUAGES)
        else settings.LANGUAGE_CODE,
        nonce=uuid4() if Visitor.objects.filter(nonce=nonce).exists() else nonce,
        registered_at=at,
    )
    ticket = issue_ticket(visitor=visitor, at=at)
    audit.created(visitor, WALKED_IN, by=by, at=at)
    if mail and visitor.has_address:
        send_ticket(ticket=ticket)
    return ticket


def signed_up(event: Event, email: str, name: str) -> tuple[Visitor | None, bool]:
    """Who is coming to ``event`` under ``email``, and whether that one has come in already and is somebody else.

    Colleagues share an address: the second of them, whose name is another, is a new person then.
    """
    if not email:
        return None, False
    coming = Visitor.objects.coming().filter(event=event).alias(address=Lower("email")).filter(address=email.lower())
    known = coming.annotate(came=F("ticket__presence__came")).first()
    if known is None:
        return None, False
    other = bool(name and known.name) and name_key(name) != name_key(known.name)
    return known, bool(known.came) and other


def _line(value: Any, limit: int) -> str:
    return " ".join(storable(value).split())[:limit] if isinstance(value, str) else ""


def _address(value: Any) -> str:
    """The e-mail address in ``value`` in small letters, or nothing where it is none that the column can hold."""
    address = value.strip().lower() if isinstance(value, str) and len(value) <= LONGEST_ADDRESS else ""
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address
