"""A conflict in plain words: who, where, when by which clock, what each guard saw. Rows in, words out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from events.look import states
from events.look.states import Look
from registrations.checkin.clocks import length_of, sure_to, time_of_day
from registrations.checkin.conflicts.models import Conflict, ConflictKind, ConflictState
from registrations.checkin.conflicts.queries import Around
from registrations.checkin.models import Act, Scan
from registrations.checkin.verdict import Outcome
from registrations.tickets.models import Ticket

# A record that comes later than this was kept on a phone without contact.
LATE = timedelta(seconds=15)
states.register(
    {
        f"Conflict.{ConflictState.OPEN.value}": Look("stop", "exclamation-triangle"),
        f"Conflict.{ConflictState.SETTLED.value}": Look("good", "check-circle"),
        f"Conflict.{ConflictState.DISSOLVED.value}": Look("plain", "arrow-repeat"),
    }
)


@dataclass(frozen=True, slots=True)
class Sight:
    """One scan as the desk reads it. ``sent`` says how much later it came, where the phone had no contact."""

    scan: Scan
    time: str
    sure: str
    who: str
    saw: str
    did: str
    sent: str
    heads: int
    undone: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """A conflict with its words: ``what`` happened, ``why`` it can have (perhaps), what ``now``."""

    conflict: Conflict
    name: str
    company: str
    what: str
    why: str
    now: str
    sights: tuple[Sight, ...]

    @property
    def is_open(self) -> bool:
        return self.conflict.state == ConflictState.OPEN


def explain(conflict: Conflict, around: Around, inside: int, fire_limit: int | None) -> Explained:
    """``conflict`` in words; ``inside`` is how many people are in now."""
    sights = tuple(_sight(scan, around) for scan in conflict.scans.all())
    ticket = conflict.ticket
    if ticket is None:
        what, why, now = _full(inside, fire_limit)
    else:
        what, why, now = EXPLAINERS[ConflictKind(conflict.kind)](ticket, sights, around)
    return Explained(
        conflict,
        name=ticket.holder_name if ticket else "",
        company=ticket.holder_company if ticket else "",
        what=what,
        why=why,
        now=now,
        sights=sights,
    )


def _sight(scan: Scan, around: Around) -> Sight:
    late = scan.received_at - scan.happened_at
    heads = around.heads.get(scan.nonce, scan.headcount)
    return Sight(
        scan,
        time=time_of_day(scan.happened_at),
        sure=sure_to(scan.clock_error_ms) if scan.clock_offset_ms is not None else "",
        who=str(
            scan.device or (scan.scanned_by.name if scan.scanned_by else "") or pgettext("who scanned", "The desk")
        ),
        saw=str(Outcome(scan.shown).label) if scan.shown in Outcome.values else scan.shown,
        did=_did(scan, heads),
        sent=length_of(late) if late > LATE and scan.clock_offset_ms is not None else "",
        heads=heads,
        undone=scan.nonce in around.undone,
    )


def _did(scan: Scan, heads: int) -> str:
    if scan.act == Act.LEAVE:
        return pgettext("what a guard did", "counted %(n)s out") % {"n": heads}
    if not scan.let_in:
        return pgettext("what a guard did", "let nobody in")
    return ngettext("let %(n)s person in", "let %(n)s people in", heads) % {"n": heads}


def _counting(sights: Iterable[Sight]) -> list[Sight]:
    return [sight for sight in sights if not sight.undone]


def _twice(ticket: Ticket, sights: tuple[Sight, ...], around: Around) -> tuple[str, str, str]:
    counting = _counting(sights) or list(sights)
    gates = list(dict.fromkeys(sight.scan.gate.name for sight in counting))
    n = sum(sight.heads for sight in counting)
    facts = {"n": n, "gates": _and(gates)}
    if len(gates) == 1:
        what = _("A ticket for one person has let %(n)s in at %(gates)s.") % facts
    else:
        what = _("A ticket for one person has let %(n)s in, at %(gates)s.") % facts
    return what, " ".join(filter(None, [_apart(counting), _offline(counting)])), _standing(ticket)


def _over(ticket: Ticket, sights: tuple[Sight, ...], around: Around) -> tuple[str, str, str]:
    counting = _counting(sights)
    came = sum(sight.heads for sight in counting if sight.scan.act != Act.LEAVE)
    seats = ticket.headcount
    facts = {"came": came, "seats": seats, "over": max(came - seats, 0)}
    what = _("The class has %(seats)s pupils, and %(came)s have been let in: %(over)s too many.") % facts
    if came <= seats:
        what = _("More of the class were in at a time than its %(seats)s pupils.") % facts
    why = _("Perhaps both gates counted the whole class, or there are more pupils than the school announced.")
    return what, " ".join(filter(None, [why, _apart(counting)])), _standing(ticket)


def _not_valid(ticket: Ticket, sights: tuple[Sight, ...], around: Around) -> tuple[str, str, str]:
    since = around.invalid_since.get(ticket.pk)
    blocked = ticket.state == "blocked"
    first = min((sight.scan.happened_at for sight in _counting(sights)), default=None)
    state = _("blocked") if blocked else _("cancelled")
    if ticket.state == "valid":
        what = _("Somebody was let in while the ticket was not valid. It is valid again now.")
    elif since is None:
        what = _("Somebody was let in with a ticket that is %(state)s.") % {"state": state}
    else:
        facts = {"state": state, "when": time_of_day(since), "span": length_of(abs(first - since)) if first else ""}
        if first is None:
            what = _("The ticket was %(state)s %(when)s.") % facts
        elif first >= since:
            what = _("The ticket was %(state)s %(when)s, and %(span)s later somebody was let in with it.") % facts
        else:
            what = _("Somebody was let in with it, and %(span)s later, %(when)s, the ticket was %(state)s.") % facts
    return what, _offline(_counting(sights)), _standing(ticket)


def _full(inside: int, fire_limit: int | None) -> tuple[str, str, str]:
    if fire_limit is None:
        return _("More people were in than the fire limit that the door had then."), "", ""
    over = inside - fire_limit
    if over > 0:
        facts = {"inside": inside, "limit": fire_limit, "over": over}
        what = _("%(inside)s people are in, and the fire limit is %(limit)s: %(over)s too many.") % facts
        now = _("Stop the entrances and count people out. It solves itself when enough have left.")
        return what, _("Phones without contact cannot know how many have come in elsewhere."), now
    facts = {"inside": inside, "limit": fire_limit}
    return _("In now: %(inside)s. The fire limit is %(limit)s.") % facts, "", ""


def _apart(sights: list[Sight]) -> str:
    """How far apart the first and the last are, or that nobody can tell which was first."""
    if len(sights) < 2:
        return ""
    first, last = sights[0].scan, sights[-1].scan
    if first.clock_offset_ms is None or last.clock_offset_ms is None:
        return _("A clock was not measured, so nobody can tell for sure which was first.")
    apart = last.happened_at - first.happened_at
    unsure = timedelta(milliseconds=(first.clock_error_ms or 0) + (last.clock_error_ms or 0))
    if apart <= unsure:
        return _("They happened so close together that the clocks cannot tell which was first.")
    return _("There are %(span)s between the first and the last.") % {"span": length_of(apart)}


def _offline(sights: list[Sight]) -> str:
    late = [sight for sight in sights if sight.sent]
    if not late:
        return ""
    phones = _and(list(dict.fromkeys(sight.who for sight in late)))
    return _("%(phones)s had no contact and could not know.") % {"phones": phones}


def _standing(ticket: Ticket) -> str:
    stand = getattr(ticket, "presence", None)
    inside = stand.inside if stand else 0
    return ngettext(
        "By what is written down, %(n)s person is in with the ticket now.",
        "By what is written down, %(n)s people are in with the ticket now.",
        inside,
    ) % {"n": inside}


def _and(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


EXPLAINERS = {ConflictKind.TWICE: _twice, ConflictKind.OVER: _over, ConflictKind.NOT_VALID: _not_valid}
