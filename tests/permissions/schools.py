"""Who may open the organiser's room of schools, and the register."""

from django.core.files.uploadedfile import SimpleUploadedFile

from registrations.schools.csv_files import Register
from registrations.schools.forms import sealed
from tests.night_factories import ChangeRequestFactory
from tests.permissions.row import EDITOR, ORGANISER, READER, Row, World

VIEWERS = {ORGANISER, EDITOR, READER}
WORKERS = {ORGANISER, EDITOR}
BOSS = {ORGANISER}
FILE = b"Skolenhetskod;Namn;Kommun;Status\n12345678;Parkskolan;Lund;AKTIV\n"


def evening(world: World) -> dict:
    return {"slug": world.night.event.slug}


def school(world: World) -> dict:
    return {**evening(world), "code": world.booking.school.code}


def school_class(world: World) -> dict:
    return {**evening(world), "pk": world.school_class.pk}


def a_request(world: World) -> dict:
    return {**evening(world), "pk": ChangeRequestFactory(booking=world.booking).pk}


def a_file(ending: str):
    return lambda world: {**evening(world), "ending": ending}


REGISTER: list[Row] = [
    Row("registrations:school-register", BOSS, evening),
    Row("registrations:school-register-import", BOSS, evening),
    Row(
        "registrations:school-register-import",
        BOSS,
        evening,
        method="post",
        data=lambda world: {"file": SimpleUploadedFile("skolor.csv", FILE)},
    ),
    Row(
        "registrations:school-register-write",
        BOSS,
        evening,
        method="post",
        data=lambda world: {"register": sealed(Register([], []), world.users[ORGANISER])},
        ok=302,
    ),
    Row("registrations:school-detail", VIEWERS, school),
    Row("registrations:school-successor", BOSS, school, method="post", data=lambda world: {"code": ""}, ok=302),
]
ROOM: list[Row] = [
    Row("registrations:school-list", VIEWERS, evening),
    Row("registrations:school-export", VIEWERS, a_file("csv")),
    Row("registrations:school-food", VIEWERS, a_file("xlsx")),
    Row(
        "registrations:school-bus",
        WORKERS,
        evening,
        method="post",
        data=lambda world: {"chosen": world.school_class.pk, "bus": "1"},
        ok=302,
    ),
    Row("registrations:school-booking", VIEWERS, lambda world: {**evening(world), "pk": world.booking.pk}),
    Row("registrations:school-scores", WORKERS, evening, ok=302),
    Row("registrations:school-score", WORKERS, school_class),
    Row("registrations:school-score", WORKERS, school_class, method="post", ok=422),
    Row("registrations:school-requests", VIEWERS, evening),
    Row("registrations:school-request", WORKERS, a_request),
    Row(
        "registrations:school-request",
        WORKERS,
        a_request,
        method="post",
        data=lambda world: {"decision": "decline", "answer": "Nej"},
        ok=302,
    ),
    Row("registrations:school-twins", VIEWERS, evening),
    Row("registrations:school-twins", WORKERS, evening, method="post", ok=422),
]
ROWS: list[Row] = [*REGISTER, *ROOM]
