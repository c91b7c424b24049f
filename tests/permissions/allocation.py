"""Who may open the room Allocation."""

from events.nights.models import ShareBasis
from tests.permissions.row import EDITOR, MEMBER, ORGANISER, OWNER, READER, Row, World
from tests.registrations.allocation.solutions import ready_proposal

VIEWERS = {ORGANISER, EDITOR, READER}
WORKERS = {ORGANISER, EDITOR}
BOSS = {ORGANISER}


def evening(world: World) -> dict:
    return {"slug": world.night.event.slug}


def ready(world: World) -> dict:
    """A proposal in which the world's class gets a place; made when it is first asked for."""
    night = world.night
    made = night.proposals.first()
    if made is None:
        night.share_basis = ShareBasis.EQUAL
        night.save(update_fields=["share_basis"])
        made = ready_proposal(night, {f"c{world.school_class.pk}": f"w{world.wave.pk}"})
    return {**evening(world), "number": made.number}


def in_proposal(world: World) -> dict:
    return {**ready(world), "pk": world.school_class.pk}


def school_class(world: World) -> dict:
    return {**evening(world), "pk": world.school_class.pk}


def something_wrong(world: World) -> dict:
    return {"version": "one", "seconds": "soon"}


ROWS: list[Row] = [
    Row("registrations:host-list-seen", {OWNER, MEMBER}, lambda w: {"pk": w.host.pk}, method="post", ok=302),
    Row("registrations:proposal-list", VIEWERS, evening),
    Row("registrations:proposal-rule", WORKERS, evening),
    Row("registrations:proposal-rule", WORKERS, evening, method="post", data=something_wrong, ok=422),
    Row("registrations:proposal-reallocate", WORKERS, evening, method="post", ok=302),
    Row("registrations:proposal-ask", WORKERS, evening, method="post", data=something_wrong, ok=422),
    Row("registrations:proposal-compare", VIEWERS, evening, ok=302),
    Row("registrations:proposal", VIEWERS, ready),
    Row("registrations:proposal-progress", VIEWERS, ready),
    Row("registrations:proposal-stop", WORKERS, ready, method="post", ok=302),
    Row("registrations:proposal-publish", BOSS, ready),
    Row("registrations:proposal-publish", BOSS, ready, method="post", data=something_wrong, ok=422),
    Row("registrations:proposal-class", VIEWERS, in_proposal),
    Row("registrations:proposal-class", WORKERS, in_proposal, method="post", data=something_wrong, ok=422),
    Row("registrations:proposal-release", WORKERS, school_class, method="post", ok=302),
]
