"""Who may open the pages of a school's booking, and what a substitute's link opens for everybody who has it."""

from datetime import timedelta

from django.utils import timezone

from registrations.bookings.models import BookingPerson, SubstituteLink
from registrations.bookings.substitutes import hash_of
from tests.factories import UserFactory
from tests.permissions.row import EVERYONE, MEMBER, OWNER, SIGNED_IN, Row, World

SCHOOL = {OWNER, MEMBER}


def own(world: World) -> dict:
    return {"pk": world.booking.pk}


def own_class(world: World) -> dict:
    return {**own(world), "class_pk": world.school_class.pk}


def colleague(world: World) -> dict:
    return {**own(world), "person_pk": world.booking.people.get(user=world.users[MEMBER]).pk}


def somebody_asking(world: World) -> dict:
    person = BookingPerson.objects.create(booking=world.booking, user=UserFactory(), asked_at=timezone.now())
    return {**own(world), "person_pk": person.pk}


def a_link(world: World) -> SubstituteLink:
    link, _new = SubstituteLink.objects.get_or_create(
        token_hash=hash_of("hemlig"),
        defaults={"booking": world.booking, "name": "Vic", "expires_at": timezone.now() + timedelta(days=1)},
    )
    return link


def link_pk(world: World) -> dict:
    return {**own(world), "link_pk": a_link(world).pk}


def token(world: World) -> dict:
    a_link(world)
    return {"token": "hemlig"}


STEPS: list[Row] = [
    Row("registrations:booking-start", SIGNED_IN, lambda w: {"slug": w.night.event.slug}),
    Row("registrations:booking-classes", SCHOOL, own),
    Row("registrations:booking-class", SCHOOL, own_class),
    Row("registrations:booking-class-remove", SCHOOL, own_class, "post", ok=302),
    Row("registrations:booking-class-cancel", SCHOOL, own_class),
    Row("registrations:booking-class-cancel", SCHOOL, own_class, "post", ok=302),
    Row("registrations:booking-twin", SCHOOL, own_class, ok=302),  # nobody else has booked the class
    Row("registrations:booking-needs", SCHOOL, own),
    Row("registrations:booking-wishes", SCHOOL, own),
    Row("registrations:booking-reason", SCHOOL, own),
    Row("registrations:booking-contact", SCHOOL, own),
    Row("registrations:booking-send", SCHOOL, own, ok=302),  # sent already
]
OWN: list[Row] = [
    Row("registrations:own-booking", SCHOOL, own),
    Row("registrations:booking-cancel", {OWNER}, own),
    Row("registrations:booking-cancel", {OWNER}, own, "post", ok=302),
    Row("registrations:booking-change", SCHOOL, own),
    Row("registrations:booking-invite", {OWNER}, own, "post", lambda w: {"email": "ny@skola.example"}, ok=302),
    Row("registrations:booking-leave", SCHOOL, own, "post", ok=302),
    Row("registrations:booking-person", {OWNER}, colleague, "post", lambda w: {"act": "owner"}, ok=302),
    Row("registrations:booking-answer", {OWNER}, somebody_asking, "post", lambda w: {"answer": "no"}, ok=302),
    # The invitation's token is the secret, and it works for the invited address alone; this one is nobody's.
    Row("registrations:booking-join", SIGNED_IN, lambda w: {"token": "pahittad"}, ok=410),
]
SUBSTITUTE: list[Row] = [
    Row("registrations:substitute-make", SCHOOL, own),
    Row("registrations:substitute-made", SCHOOL, own, ok=302),  # shown once, and there is none
    Row("registrations:substitute-revoke", SCHOOL, link_pk, "post", ok=302),
    Row("registrations:substitute", EVERYONE, token),
    Row(
        "registrations:substitute-numbers",
        EVERYONE,
        lambda w: {**token(w), "class_pk": w.placed_class.pk},
        "post",
        ok=422,
    ),
    Row(
        "registrations:substitute-confirm",
        EVERYONE,
        lambda w: {**token(w), "class_pk": w.placed_class.pk},
        "post",
        ok=302,
    ),
    Row("registrations:substitute-sheets", EVERYONE, token),
]
ROWS: list[Row] = [*STEPS, *OWN, *SUBSTITUTE]
