"""What the door's list says of each ticket, and how it is found that a ticket has changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import MD5, Cast, Coalesce, Concat

from events.programme.models import Event
from registrations.checkin.lists.sealing import seal
from registrations.tickets.models import Ticket, TicketState

KINDS = {Ticket.Kind.VISITOR.value: "v", Ticket.Kind.EXHIBITOR.value: "e", Ticket.Kind.CLASS.value: "c"}
STATES = {TicketState.VALID.value: "ok", TicketState.CANCELLED.value: "x", TicketState.BLOCKED.value: "b"}
BETWEEN = Value("\x1f")
FIELDS = ("pk", "code", "handle", "kind", "state", "headcount", "name", "company", "wave", "digest_now")


@dataclass(frozen=True, slots=True)
class Line:
    """A ticket's line: ``content`` is sealed, ``digest`` is of it."""

    ticket: int
    handle: str
    digest: str
    code: str
    content: list[Any]

    def sealed(self) -> str:
        return seal(self.code, self.content)


def changed_lines(event: Event) -> Iterator[Line]:
    """The tickets of ``event`` whose line is missing from the list or says something else, in one query.

    It compares what the tickets, their holders and their classes say now with what was sealed: whoever changed
    them, and however, the door hears of it.
    """
    rows = Ticket.objects.filter(event=event).annotate(
        name=Coalesce("visitor__name", "staff__name", "school_class__label", Value("")),
        company=Coalesce(
            "visitor__company",
            "exhibitor__organisation__name",
            "school_class__booking__school__name",
            Value(""),
        ),
        wave=F("school_class__wave"),
    )
    parts = [F("kind"), F("state"), F("name"), F("company"), _text("headcount"), Coalesce(_text("wave"), Value(""))]
    said = [piece for part in parts for piece in (part, BETWEEN)]
    rows = rows.annotate(digest_now=MD5(Concat(*said, output_field=CharField())))
    rows = rows.filter(Q(list_entry__isnull=True) | ~Q(list_entry__digest=F("digest_now")))
    for pk, code, handle, kind, state, heads, name, company, wave, digest in rows.values_list(*FIELDS).iterator(2000):
        content: list[Any] = [KINDS[kind], STATES[state], name, company]
        if KINDS[kind] == "c":
            content += [heads, wave]
        yield Line(pk, handle, digest, code, content)


def _text(field: str) -> Cast:
    return Cast(field, CharField())
