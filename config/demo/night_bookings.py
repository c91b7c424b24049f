"""Who books for the night: teachers and careers advisers, their classes, wishes and reasons. The same draw each time."""

from datetime import datetime, timedelta
from random import Random

from django.utils.text import slugify

from config.demo.files import toml
from events.access.models import User
from events.nights.models import Night
from registrations.bookings.models import Booking, BookingPerson, BookingRole, SchoolClass, Wish
from registrations.bookings.states import BookingState
from registrations.schools.models import School
from registrations.stations.models import Station

WISHES = 8
# Inhabitants do not tell who is keen: these schools' municipalities apply for more than their share, as they do.
KEEN = {"1280": 1.5, "1230": 2.2, "1261": 1.6, "1287": 1.3, "1231": 1.3}


def apply_for(
    night: Night,
    schools: list[School],
    pupils: int,
    draw: Random,
    window: tuple[datetime, datetime],
    *,
    stations: list[Station] | None = None,
    teacher: User | None = None,
) -> list[SchoolClass]:
    """Bookings of ``schools`` whose classes are exactly ``pupils`` pupils; gives the classes.

    ``stations`` are what they may wish for; ``teacher`` is the demo's own, at the school that night.toml names.
    """
    classes = _classes(schools, pupils, draw)
    bookings = _bookings(night, schools, draw, window, teacher)
    for school_class, school in classes:
        school_class.booking = bookings[school.pk]
    rows = SchoolClass.objects.bulk_create([school_class for school_class, _school in classes], batch_size=500)
    waves = [wave.pk for wave in night.waves.all()]
    possible = []
    for row in rows:
        some = waves if draw.random() < 0.7 else draw.sample(waves, 2)
        possible += [SchoolClass.possible_waves.through(schoolclass_id=row.pk, wave_id=wave) for wave in some]
    SchoolClass.possible_waves.through.objects.bulk_create(possible, batch_size=500)
    if stations:
        _wish(rows, stations, draw)
    return rows


def _classes(schools: list[School], pupils: int, draw: Random) -> list[tuple[SchoolClass, School]]:
    """One class for each school, then more for the keen ones, until ``pupils`` are reached; the last ones fit exactly."""
    reasons = toml("night.toml")["words"]["reasons"]
    weights = [KEEN.get(school.municipality_id, 1.0) for school in schools]
    order = [*schools, *draw.choices(schools, weights, k=len(schools) * 3)]
    made: list[tuple[SchoolClass, School]] = []
    per_school: dict[int, int] = {}
    left = pupils
    for school in order:
        if left == 0:
            break
        nth = per_school.get(school.pk, 0)
        if nth == 6:
            continue
        per_school[school.pk] = nth + 1
        size = left if left <= 30 else min(draw.choice([14, 16, 17, 18, 18, 19, 20, 21, 22, 24, 26]), left - 8)
        left -= size
        upper = school.has_upper_secondary
        label = f"{draw.choice(['TE', 'IN', 'EL'])}{1 + nth % 3}{'abc'[nth // 3]}" if upper else f"9{'ABCDEF'[nth]}"
        needs = {"wheelchair": 1} if draw.random() < 0.12 else {}
        if draw.random() < 0.2:
            needs["quiet"] = draw.randint(1, 2)
        diets = {
            kind: draw.randint(1, 3) for kind in ("vegetarian", "gluten", "pork", "lactose") if draw.random() < 0.4
        }
        scored = draw.random() < 0.6
        reason = draw.choice(reasons)
        made.append(
            (
                SchoolClass(
                    label=label,
                    grade=10 + nth % 3 if upper else 9,
                    pupils=size,
                    adults=1 + (size > 15),
                    needs=needs,
                    diets=diets,
                    reason=reason,
                    score=(draw.randint(4, 18) * 5 if reason else 20) if scored else None,
                ),
                school,
            )
        )
    return made


def _bookings(
    night: Night, schools: list[School], draw: Random, window: tuple[datetime, datetime], teacher: User | None
) -> dict[int, Booking]:
    """One booking for each school, sent somewhere in ``window``, with the person who made it; by school."""
    words = toml("night.toml")["words"]
    own = toml("night.toml")["teacher"]["school"]
    known = {user.email: user for user in User.objects.filter(email__endswith="-skola.example")}
    users: dict[int, User] = {}
    for place, school in enumerate(schools):
        first, last = words["first"][place % 20], words["last"][place * 7 % 20]
        email = f"{slugify(first)}.{slugify(last)}@{slugify(school.name)}-skola.example"
        users[school.pk] = known.get(email) or User(email=email, name=f"{first} {last}", joined_at=window[0])
        if teacher and school.code == own:
            users[school.pk] = teacher
    fresh = [user for user in users.values() if user.pk is None]
    for user in fresh:
        user.set_unusable_password()
    User.objects.bulk_create(fresh, batch_size=500)
    bookings, people = {}, []
    for place, school in enumerate(schools):
        user = users[school.pk]
        sent = window[0] + (window[1] - window[0]) * (0.05 + 0.9 * draw.random())
        booking = Booking(
            night=night,
            school=school,
            state=BookingState.SENT,
            contact_name=user.name,
            contact_email=user.email,
            contact_phone=f"070-174 06 {10 + place % 90}",
            started_by=user,
            started_at=sent - timedelta(minutes=draw.randint(3, 40)),
            sent_at=sent,
        )
        bookings[school.pk] = booking
        people.append(BookingPerson(booking=booking, user=user, role=BookingRole.OWNER, joined_at=booking.started_at))
    Booking.objects.bulk_create(bookings.values(), batch_size=500)
    BookingPerson.objects.bulk_create(people, batch_size=500)
    return bookings


def _wish(classes: list[SchoolClass], stations: list[Station], draw: Random) -> None:
    """Eight wishes each: some stations are dearer to everybody, and now and then a whole field is wished for."""
    popular = [1 / (place + 20) for place in range(len(stations))]
    draw.shuffle(popular)
    wishes = []
    for school_class in classes:
        chosen: list[Station] = []
        open_to = [s for s in stations if school_class.grade >= (s.youngest_grade or 0)]
        weight = {s.pk: popular[stations.index(s)] for s in open_to}
        while len(chosen) < WISHES:
            chosen.append(draw.choices(open_to, [weight[s.pk] for s in open_to])[0])
            open_to.remove(chosen[-1])
        field = draw.random() < 0.3
        for rank, station in enumerate(chosen, 1):
            if field and rank == WISHES:
                wishes.append(Wish(school_class=school_class, rank=rank, field_id=station.field_id))
            else:
                wishes.append(Wish(school_class=school_class, rank=rank, station=station))
    Wish.objects.bulk_create(wishes, batch_size=500)
