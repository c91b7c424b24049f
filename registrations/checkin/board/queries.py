"""The live board: what the door adds up to at this moment, in the same few queries however many come."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from events.memory import Remembered
from events.nights.models import Wave
from events.programme.models import Event
from registrations.checkin.board.classes import ClassRow, due, late_ones
from registrations.checkin.board.rates import Bar, Pass, bars, heads_within, minute_by_minute, per_minute
from registrations.checkin.board.room import Room, width_of
from registrations.checkin.conflicts.queries import open_count
from registrations.checkin.devices.queries import working_devices
from registrations.checkin.models import Act, DoorSettings, Gate, Scan
from registrations.checkin.standing import Told, standing_of
from registrations.tickets.models import Ticket, TicketState

SHOWN_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Group:
    """People of one kind, admission or municipality. ``expected`` counts the heads of valid tickets."""

    name: str
    expected: int
    inside: int
    came: int
    starts_at: datetime | None = None

    @property
    def share(self) -> float | None:
        """Those who came, of the expected; above 1 where more came than were announced."""
        return self.came / self.expected if self.expected else None

    @property
    def bar(self) -> str:
        return width_of(self.share or 0.0)


@dataclass(frozen=True, slots=True)
class GateRow:
    """A gate and how many people a minute come in there. ``minutes`` are the last ones' heads, ``bars`` their picture."""

    name: str
    lately: float
    longer: float
    minutes: tuple[int, ...]
    bars: tuple[Bar, ...]

    @property
    def most(self) -> int:
        return max(self.minutes, default=0)


@dataclass(frozen=True, slots=True)
class Board:
    """The board of one event at aware time ``at``. ``troubled`` counts phones that something is the matter with.

    ``passed`` is how many came in during the last quarter of an hour; ``due`` and ``late`` are classes.
    """

    at: datetime
    opens_at: datetime
    closes_at: datetime
    room: Room
    expected: int
    came: int
    kinds: tuple[Group, ...]
    waves: tuple[Group, ...]
    towns: tuple[Group, ...]
    due: tuple[ClassRow, ...]
    late: tuple[ClassRow, ...]
    gates: tuple[GateRow, ...]
    passed: int
    conflicts: int
    troubled: int

    @property
    def share(self) -> float | None:
        return self.came / self.expected if self.expected else None

    @property
    def pace(self) -> float:
        """People a minute during the last quarter of an hour."""
        return self.passed / 15

    @property
    def pupils_due(self) -> int:
        return sum(one.left for one in self.due)

    @property
    def is_before(self) -> bool:
        return self.at < self.opens_at

    @property
    def is_over(self) -> bool:
        return self.at > self.closes_at


_known: Remembered[Board] = Remembered(seconds=1.0)


def recent_board(event: Event, at: datetime) -> Board:
    """As ``board_of``, at most a second old: fifty boards on the walls cost what one does."""
    return _known.get(event.pk, lambda: board_of(event, at))


def board_of(event: Event, at: datetime) -> Board:
    """The board of ``event`` at aware time ``at``. Six queries at a fair, eight at an evening for pupils."""
    door = DoorSettings.objects.filter(event=event).first() or DoorSettings(event=event)
    door.event = event
    people = _people(event)
    late = timedelta(minutes=door.late_minutes)
    classes = _classes(event) if event.takes_schools else []
    passes = _passes(event, at)
    return Board(
        at=at,
        opens_at=door.opening,
        closes_at=door.closing,
        room=Room(sum(row.inside for row in people), door.fire_limit),
        expected=sum(row.expected for row in people),
        came=sum(row.came for row in people),
        kinds=_kinds(people),
        waves=_waves(event, people) if event.takes_schools else (),
        towns=_towns(people),
        due=due(classes, at, late),
        late=late_ones(classes, at, late),
        gates=_gates(event, passes, at),
        passed=heads_within(passes, at, 15),
        conflicts=open_count(event),
        troubled=sum(bool(phone.notes) for phone in working_devices(event, at, door.list_version)),
    )


@dataclass(frozen=True, slots=True)
class _People:
    kind: str
    wave: int | None
    town: str | None
    expected: int
    inside: int
    came: int


def _people(event: Event) -> list[_People]:
    """Heads by kind, admission and municipality: what all the board's sums are made of."""
    town = Coalesce("school_class__booking__school__municipality__name", "exhibitor__organisation__municipality__name")
    tickets = Ticket.objects.filter(event=event).annotate(town=town).order_by()
    rows = tickets.values_list("kind", "school_class__wave", "town").annotate(
        expected=Sum("headcount", filter=Q(state=TicketState.VALID)),
        inside=Sum("presence__inside"),
        came=Sum("presence__came"),
    )
    return [
        _People(kind, wave, town, expected or 0, inside or 0, came or 0)
        for kind, wave, town, expected, inside, came in rows
    ]


def _sum(name: str, rows: Iterable[_People], starts_at: datetime | None = None) -> Group:
    told = list(rows)
    return Group(
        name,
        sum(row.expected for row in told),
        sum(row.inside for row in told),
        sum(row.came for row in told),
        starts_at,
    )


def _by(rows: Iterable[_People], field: str) -> dict[Hashable, list[_People]]:
    found: dict[Hashable, list[_People]] = defaultdict(list)
    for row in rows:
        found[getattr(row, field)].append(row)
    return found


def _kinds(people: list[_People]) -> tuple[Group, ...]:
    """By kind of ticket (``name`` is its value), those that there are."""
    found = _by(people, "kind")
    return tuple(_sum(kind.value, found[kind.value]) for kind in Ticket.Kind if kind.value in found)


def _waves(event: Event, people: list[_People]) -> tuple[Group, ...]:
    """By admission, in the order of the evening, also those that nobody comes with."""
    found = _by(people, "wave")
    waves = Wave.objects.filter(night__event=event).in_order()
    return tuple(_sum(wave.name, found.get(wave.pk, []), wave.starts_at) for wave in waves)


def _towns(people: list[_People]) -> tuple[Group, ...]:
    """By municipality, the one with most people first. Whoever signs up alone says no municipality."""
    groups = [_sum(str(town), rows) for town, rows in _by(people, "town").items() if town]
    return tuple(sorted((g for g in groups if g.expected or g.came), key=lambda g: (-g.expected, g.name)))


def _classes(event: Event) -> list[ClassRow]:
    rows = Ticket.objects.valid().filter(event=event, school_class__wave__isnull=False)
    told = rows.values_list(
        "school_class",
        "school_class__label",
        "school_class__booking__school__name",
        "headcount",
        "presence__came",
        "school_class__wave__name",
        "school_class__wave__starts_at",
        "school_class__booking__contact_name",
        "school_class__booking__contact_phone",
    )
    return [
        ClassRow(pk, label, school, pupils, came or 0, wave, starts_at, contact, phone)
        for pk, label, school, pupils, came, wave, starts_at, contact, phone in told
    ]


def _passes(event: Event, at: datetime) -> list[Pass]:
    """Those who came in at each gate lately, as corrected since; what was undone did not happen.

    The fold over a ticket's records serves here too: which records count, and with how many heads, is the same
    whosever they are.
    """
    since = at - timedelta(minutes=SHOWN_MINUTES)
    lately = Q(happened_at__gt=since, act__in=[Act.ENTER, Act.WALK_IN], let_in=True)
    about_them = Q(ref__isnull=False, received_at__gt=since)
    rows = Scan.objects.filter(lately | about_them, event=event)
    told = [
        Told(nonce, act, happened_at, heads, let_in, ref, gate)
        for nonce, act, happened_at, heads, let_in, ref, gate in rows.values_list(
            "nonce", "act", "happened_at", "headcount", "let_in", "ref", "gate"
        )
    ]
    steps = standing_of(told, one_person=False).steps
    return [Pass(step.told.gate, step.told.at, step.heads) for step in steps if step.enters]


def _gates(event: Event, passes: list[Pass], at: datetime) -> tuple[GateRow, ...]:
    """Every gate; the pictures have one scale, so that they can be compared."""
    through: dict[int, list[Pass]] = defaultdict(list)
    for one in passes:
        through[one.gate].append(one)
    gates = list(Gate.objects.filter(event=event))
    counts = {gate.pk: minute_by_minute(through[gate.pk], at, SHOWN_MINUTES) for gate in gates}
    most = max((max(minutes) for minutes in counts.values()), default=0)
    return tuple(
        GateRow(
            name=gate.name,
            lately=per_minute(through[gate.pk], at, 5),
            longer=per_minute(through[gate.pk], at, 15),
            minutes=counts[gate.pk],
            bars=bars(counts[gate.pk], most),
        )
        for gate in gates
    )
