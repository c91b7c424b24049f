"""Who may answer for a class's place, and who decides about those that nobody has answered for."""

from tests.permissions.row import EDITOR, MEMBER, ORGANISER, OWNER, READER, Row, World

SCHOOL = {OWNER, MEMBER}
WORKERS = {ORGANISER, EDITOR}


def the_class(world: World) -> dict:
    return {"pk": world.booking.pk, "class_pk": world.placed_class.pk}


def evening(world: World) -> dict:
    return {"slug": world.night.event.slug}


ROWS: list[Row] = [
    Row("registrations:place-confirm-all", SCHOOL, lambda w: {"pk": w.booking.pk}, method="post", ok=302),
    Row("registrations:place-confirm", SCHOOL, the_class, method="post", ok=302),
    Row("registrations:place-give-back", SCHOOL, the_class),
    Row("registrations:place-give-back", SCHOOL, the_class, method="post", ok=302),
    Row("registrations:place-needs", SCHOOL, the_class),
    Row("registrations:place-needs", SCHOOL, the_class, method="post", data=lambda w: {"need_quiet": "x"}, ok=422),
    Row("registrations:place-queue", SCHOOL, the_class, method="post", ok=302),
    Row(
        "registrations:place-numbers",
        SCHOOL,
        the_class,
        method="post",
        data=lambda w: {"pupils": w.placed_class.pupils - 1, "adults": 2},
        ok=302,
    ),
    Row("registrations:place-list", {*WORKERS, READER}, evening),
    Row(
        "registrations:place-act",
        WORKERS,
        evening,
        method="post",
        data=lambda w: {"act": "remind", "chosen": w.placed_class.pk},
        ok=302,
    ),
    Row("registrations:place-phoned", WORKERS, lambda w: {**evening(w), "pk": w.placed_class.pk}),
    Row(
        "registrations:place-phoned",
        WORKERS,
        lambda w: {**evening(w), "pk": w.placed_class.pk},
        method="post",
        data=lambda w: {"need_quiet": "x"},
        ok=422,
    ),
    Row("registrations:place-move", WORKERS, lambda w: {**evening(w), "pk": w.placed_class.pk}),
    Row("registrations:place-move", WORKERS, lambda w: {**evening(w), "pk": w.placed_class.pk}, method="post", ok=404),
]
