"""The badges of a fair as one PDF to print, cut and put in holders."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, Collate
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.look import formats
from events.pdf import compile_pdf, printable
from events.programme.models import Event
from registrations.tickets.addresses import ticket_url
from registrations.tickets.codes import spoken
from registrations.tickets.models import Ticket
from registrations.tickets.qr import qr_svg_file


def badge_tickets(event: Event, kind: str = "") -> QuerySet[Ticket]:
    """The valid tickets of ``event``, of one ``kind`` if given: exhibitors first, by company, then by name.

    Whoever's name has been erased gets no badge.
    """
    tickets = Ticket.objects.valid().with_holders().filter(event=event)
    tickets = tickets.exclude(Q(staff__name="") | Q(visitor__name=""))
    if kind in Ticket.Kind.values:
        tickets = tickets.filter(kind=kind)
    company = Coalesce("exhibitor__organisation__name", "visitor__company")
    name = Coalesce("staff__name", "visitor__name")
    return tickets.order_by("kind", Collate(company, "swedish"), Collate(name, "swedish"), "pk")


def badge_sheets(event: Event, tickets: Iterable[Ticket]) -> bytes:
    """A PDF with eight badges a page, tagged (PDF/UA-1), in the reader's language.

    Names in letters that our font lacks are set in the machine's own fonts; the file is then not PDF/UA.
    """
    data = {
        "lang": get_language() or settings.LANGUAGE_CODE,
        "title": _("Badges") + f" · {event.title}",
        "author": event.issuer.name,
        "event": printable(event.title),
        "day": formats.day(timezone.localtime(event.starts_at), get_language()),
        "badges": list(_badges(tickets)),
    }
    return compile_pdf("badges.typ", data)


def _badges(tickets: Iterable[Ticket]) -> Iterator[dict[str, str]]:
    alt = _("QR code of the ticket %(code)s")
    for ticket in tickets:
        code = spoken(ticket.code)
        yield {
            "name": printable(ticket.holder_name) or code,
            "company": printable(ticket.holder_company),
            "kind": ticket.get_kind_display(),
            "tone": ticket.kind,
            "code": code,
            "alt": alt % {"code": code},
            "qr": qr_svg_file(ticket_url(ticket)),
        }
