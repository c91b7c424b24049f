"""The halls: 2019's 134 exhibitors on 140 stands, and the coming fair where companies choose theirs. Invented floors."""

from datetime import date, datetime, timedelta

from config.demo.dates import at_clock
from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.stands.drawing import Rows, draw
from registrations.stands.layout import measures
from registrations.stands.models import Hall, PlacingState, Stand, StandHold, StandPlacing, StandSettings
from registrations.stands.numbering import Rule

ROWS_2019 = Rows(rows=10, per_row=14, width=300, depth=300, aisle=300, x=200, y=200, power_w=1000)
BASIC = Rows(rows=4, per_row=9, width=300, depth=300, aisle=300, x=150, y=150, rule=Rule.ROWS, power_w=1000)
LARGE = Rows(rows=2, per_row=4, width=600, depth=300, aisle=300, x=150, y=150, rule=Rule.ROWS, power_w=2000)
PARTNER = Rows(rows=1, per_row=3, width=600, depth=600, aisle=0, x=450, y=1250, rule=Rule.ROWS, power_w=4000)
TOLD = 10  # of the coming fair's accepted companies; some more are given stands that they do not know of yet
GIVEN = 14


def furnish_fair_of_2019(event: Event) -> None:
    """140 stands a hall, one hall for each 140 exhibitors, and everybody on a stand, in the order of their names."""
    accepted = event.exhibitors.filter(state=State.ACCEPTED).order_by("pk")
    exhibitors = list(accepted)
    stands: list[Stand] = []
    for number in range(1, -(-len(exhibitors) // 140) + 1):
        hall = Hall.objects.create(
            event=event,
            name="Arenan" if number == 1 else f"Arenan {number}",
            width_cm=4600,
            depth_cm=4900,
            position=number,
        )
        stands += _stands(hall, ROWS_2019, taken=[stand.number for stand in stands])
    told = event.registration_closes_at + timedelta(days=7)
    _place(list(zip(stands, exhibitors, strict=False)), PlacingState.CONFIRMED, told)
    StandSettings.objects.create(event=event, told_at=told)


def furnish_coming_fair(event: Event, today: date) -> None:
    """Two halls, most accepted companies placed, the rest choosing, one choosing right now."""
    big = Hall.objects.create(event=event, name="Hall A", width_cm=3000, depth_cm=2100, position=1)
    small = Hall.objects.create(event=event, name="Foajén", width_cm=2700, depth_cm=2100, position=2)
    basic = _stands(big, BASIC)
    taken = [stand.number for stand in basic]
    large = _stands(small, LARGE, taken=taken)
    partner = _stands(small, PARTNER, taken=taken + [stand.number for stand in large])
    blocked = basic[0]
    blocked.blocked_at, blocked.blocked_reason = at_clock(today - timedelta(days=9), "10:00"), "Nödutgång"
    blocked.save()
    by_size = {9: basic[1:], 18: large, 36: partner}
    accepted = event.exhibitors.filter(state=State.ACCEPTED).order_by("decided_at", "pk")
    pairs = []
    for exhibitor in accepted:
        order = exhibitor.orders.select_related("package").first()
        fitting = by_size.get((order.package.stand_m2 if order and order.package else None) or 9)
        if fitting:
            pairs.append((fitting.pop(0), exhibitor))
    later, pairs = pairs[GIVEN:], pairs[:GIVEN]
    told_at = at_clock(today - timedelta(days=3), "09:00")
    _place(pairs[: TOLD - 3], PlacingState.CONFIRMED, told_at)
    _place(pairs[TOLD - 3 : TOLD], PlacingState.OFFERED, told_at)
    _place(pairs[TOLD:], PlacingState.OFFERED, None)
    StandSettings.objects.create(
        event=event, choice_open_until_at=at_clock(today + timedelta(days=30), "16:00"), told_at=told_at
    )
    for stand, exhibitor in later[:1]:
        StandHold.objects.create(stand=stand, exhibitor=exhibitor, until_at=at_clock(today, "23:59"))


def _stands(hall: Hall, rows: Rows, taken: list[str] | None = None) -> list[Stand]:
    return Stand.objects.bulk_create(
        Stand(
            event_id=hall.event_id,
            hall=hall,
            number=one.number,
            row=one.row,
            col=one.col,
            power_w=rows.power_w,
            hall_width_cm=hall.width_cm,
            hall_depth_cm=hall.depth_cm,
            **measures(one.box),
        )
        for one in draw(rows, taken=taken or [])
    )


def _place(pairs: list[tuple[Stand, Exhibitor]], state: PlacingState, told_at: datetime | None) -> None:
    StandPlacing.objects.bulk_create(
        StandPlacing(stand=stand, exhibitor=exhibitor, state=state, told_at=told_at) for stand, exhibitor in pairs
    )
