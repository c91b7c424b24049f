"""A ticket's code that is typed on the desk's page: judged, written down, and answered in words, without a script."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events.access.models import User
from events.look import formats, states
from events.look.states import Look, Tone
from events.nights.models import Wave
from events.programme.models import Event
from registrations.checkin.desk.entering import may_let_in
from registrations.checkin.known import Kept
from registrations.checkin.lists.contents import KINDS
from registrations.checkin.lists.services import ensure_door
from registrations.checkin.models import Act, DoorSettings, Gate, Presence, Scan
from registrations.checkin.occupancy import occupancy_of
from registrations.checkin.recording import read_records, record_scans
from registrations.checkin.standing import CORRECT, ENTER, LEAVE, UNDO
from registrations.checkin.verdict import OVERRIDABLE, Outcome
from registrations.tickets.codes import read_code
from registrations.tickets.models import Ticket

LOOKS: dict[Outcome, tuple[Tone, str]] = {
    Outcome.ADMITTED: ("good", "check-circle-fill"),
    Outcome.AGAIN: ("good", "arrow-repeat"),
    Outcome.ALREADY_IN: ("mind", "clock-history"),
    Outcome.EARLY: ("mind", "clock"),
    Outcome.TOO_EARLY: ("mind", "door-closed"),
    Outcome.CLOSED: ("mind", "door-closed"),
    Outcome.WRONG_DAY: ("mind", "calendar-event"),
    Outcome.WRONG_GATE: ("mind", "signpost-split"),
    Outcome.FULL: ("stop", "x-octagon"),
    Outcome.CANCELLED: ("stop", "slash-circle"),
    Outcome.BLOCKED: ("stop", "slash-circle"),
    Outcome.WRONG_EVENT: ("mind", "signpost-split"),
    Outcome.UNKNOWN: ("stop", "question-circle"),
    Outcome.LEFT: ("good", "box-arrow-right"),
    Outcome.NOT_IN: ("mind", "info-circle"),
    Outcome.CORRECTED: ("good", "pencil"),
    Outcome.UNDONE: ("good", "arrow-counterclockwise"),
}
states.register({f"Scan.{outcome.value}": Look(tone, icon) for outcome, (tone, icon) in LOOKS.items()})


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page says. ``nonce`` is the record's; ``may_undo`` it, or ``may_let_in`` all the same (``heads`` of them)."""

    outcome: Outcome
    name: str
    facts: str
    text: str
    advice: str
    nonce: UUID
    may_undo: bool
    may_let_in: bool
    heads: int

    @property
    def tone(self) -> str:
        return LOOKS[self.outcome][0]

    @property
    def icon(self) -> str:
        return LOOKS[self.outcome][1]


def judge_typed(
    *,
    event: Event,
    gate: Gate,
    text: str,
    act: str,
    nonce: str,
    by: User,
    at: datetime,
    ref: str = "",
    reason: str = "",
    heads: int | None = None,
) -> Answer:
    """Write down what was typed at ``gate`` and say what it is. The same ``nonce`` again is the same record.

    With ``reason`` somebody is let in all the same, ``heads`` of them, where the rules leave that to the desk and the
    fire limit holds; otherwise the door's own answer stands. With ``act`` undo the record ``ref`` was a mistake.
    """
    raw = {
        "nonce": nonce or str(uuid4()),
        "act": act if act in {ENTER, LEAVE, UNDO} else ENTER,
        "gate": gate.pk,
        "device_at": at.isoformat(),
        "clock_offset_ms": 0,
        "clock_error_ms": 0,
    }
    raw |= {"ref": ref} if act == UNDO else {"text": text}
    door = ensure_door(event=event)
    if reason and raw["act"] == ENTER and _may_let_in(door, gate, text, heads, reason, at):
        raw |= {"reason": reason, "let_in": True, "headcount": heads}
    records = read_records([raw], event, at)
    (kept,) = record_scans(door=door, records=records, gates=event.gates.in_bulk(), by=by, at=at)
    return _in_words(door, gate, text, kept, records[0].nonce)


def _may_let_in(door: DoorSettings, gate: Gate, text: str, heads: int | None, reason: str, at: datetime) -> bool:
    rows = Ticket.objects.select_related("school_class__wave")
    ticket = rows.filter(event=door.event_id, code=read_code(text) or "").first()
    return ticket is not None and may_let_in(door=door, ticket=ticket, gate=gate, heads=heads, reason=reason, at=at)


def _in_words(door: DoorSettings, gate: Gate, text: str, kept: Kept, nonce: UUID) -> Answer:
    outcome = Outcome(kept.outcome)
    ticket = Ticket.objects.with_holders().filter(pk=kept.ticket).first() if kept.ticket else None
    ours = ticket is not None and ticket.event_id == door.event_id
    stand = Presence.objects.filter(ticket=ticket).select_related("gate").first() if ours else None
    scan = Scan.objects.filter(nonce=nonce, event=door.event_id).first()
    left = max(1, ticket.headcount - (stand.inside if stand else 0)) if ticket and ours else 1
    return Answer(
        outcome=outcome,
        name=ticket.holder_name if ticket and ours else "",
        facts=" · ".join(part for part in _facts(ticket, stand) if part) if ticket and ours else "",
        text=_text(outcome, door, gate, ticket, stand, scan),
        advice=_advice(outcome, text, ticket),
        nonce=nonce,
        may_undo=bool(scan and scan.act not in {CORRECT, UNDO} and (scan.let_in or outcome == Outcome.LEFT)),
        may_let_in=bool(
            scan
            and not scan.let_in
            and scan.act == Act.ENTER
            and outcome in OVERRIDABLE
            and (outcome != Outcome.ALREADY_IN or (ticket and ticket.kind == Ticket.Kind.CLASS))
        ),
        heads=left if ticket and ticket.kind == Ticket.Kind.CLASS else 1,
    )


def _facts(ticket: Ticket, stand: Presence | None) -> list[str]:
    facts = [ticket.holder_company, str(ticket.get_kind_display())]
    if ticket.kind == Ticket.Kind.CLASS:
        inside = {"inside": stand.inside if stand else 0, "pupils": ticket.headcount}
        facts.append(_("%(inside)s of %(pupils)s pupils are in") % inside)
    return facts


def _text(
    outcome: Outcome, door: DoorSettings, gate: Gate, ticket: Ticket | None, stand: Presence | None, scan: Scan | None
) -> str:
    """When, where and which: what makes the verdict understandable."""
    match outcome:
        case Outcome.ALREADY_IN | Outcome.AGAIN if stand and stand.first_at:
            return _("Came in %(when)s at %(gate)s.") % {"when": _moment(stand.first_at), "gate": stand.gate or gate}
        case Outcome.ADMITTED | Outcome.EARLY if ticket and ticket.school_class and ticket.school_class.wave:
            return _wave(door, ticket.school_class.wave, scan)
        case Outcome.TOO_EARLY:
            return _("The doors open %(when)s.") % {"when": _moment(door.opening)}
        case Outcome.CLOSED:
            return _("The doors closed %(when)s.") % {"when": _moment(door.closing)}
        case Outcome.WRONG_DAY:
            return _("The event is %(when)s.") % {"when": _moment(door.event.starts_at)}
        case Outcome.WRONG_GATE if ticket:
            takes = [g.name for g in door.event.gates.all() if not g.kinds or KINDS[ticket.kind] in g.kinds]
            return _("This ticket comes in at %(gates)s.") % {"gates": ", ".join(takes)} if takes else ""
        case Outcome.FULL:
            inside = occupancy_of(door.event_id).inside
            return _("In now: %(inside)s. The fire limit is %(limit)s.") % {"inside": inside, "limit": door.fire_limit}
        case Outcome.WRONG_EVENT if ticket:
            facts = {"event": ticket.event.title, "when": _moment(ticket.event.starts_at)}
            return _("The ticket is to %(event)s, %(when)s.") % facts
        case Outcome.LEFT if scan and ticket and ticket.kind == Ticket.Kind.CLASS:
            n = scan.headcount
            return ngettext("%(n)s pupil has gone out.", "%(n)s pupils have gone out.", n) % {"n": n}
    return ""


def _wave(door: DoorSettings, wave: Wave, scan: Scan | None) -> str:
    minutes = int(((scan.happened_at if scan else wave.starts_at) - wave.starts_at) / timedelta(minutes=1))
    when = {"wave": wave.name, "when": _moment(wave.starts_at)}
    if minutes > door.late_minutes:
        late = ngettext("%(n)s minute late.", "%(n)s minutes late.", minutes) % {"n": minutes}
        return f"{_('%(wave)s began %(when)s.') % when} {late}"
    return _("%(wave)s begins %(when)s.") % when if minutes < 0 else _("%(wave)s began %(when)s.") % when


def _advice(outcome: Outcome, text: str, ticket: Ticket | None) -> str:
    """What to do now."""
    if outcome == Outcome.UNKNOWN:
        return _unknown(text)
    person = ticket is None or ticket.kind != Ticket.Kind.CLASS
    advice = {
        Outcome.ALREADY_IN: _("One ticket lets one person in. Ask for a name, and search for it at the desk.")
        if person
        else _("All the pupils that were announced are in. If there are more, let them in with a reason."),
        Outcome.EARLY: _("Let the class wait, or let it in with a reason if there is room."),
        Outcome.TOO_EARLY: _("Let them wait, or let them in with a reason."),
        Outcome.CLOSED: _("Ask the organiser before you let anybody in."),
        Outcome.WRONG_DAY: _("The ticket is good, but not today."),
        Outcome.WRONG_GATE: _("Show the way there, or let them in here with a reason."),
        Outcome.FULL: _("Nobody more until somebody has gone out. Count those who leave."),
        Outcome.CANCELLED: _("The ticket was cancelled. Somebody who wants to come in all the same needs a new one."),
        Outcome.BLOCKED: _("The ticket was blocked at the desk. Do not let anybody in with it."),
        Outcome.WRONG_EVENT: _("It cannot be used here."),
        Outcome.NOT_IN: _("Nobody has come in with this ticket, or they have gone out already."),
        Outcome.UNDONE: _("It counts as if it had not happened."),
    }
    return advice.get(outcome, "")


def _unknown(text: str) -> str:
    symbols = sum(sign.isalnum() for sign in text)
    if not text.strip():
        return _("Nothing was typed.")
    if read_code(text) is None and symbols != 16:
        return _("A code has 16 letters and digits. You have typed %(n)s.") % {"n": symbols}
    return _("No ticket has this code. Read it once more, or search for the name.")


def _moment(at: datetime) -> str:
    return formats.moment(localtime(at), get_language(), localtime().year)
