"""Who may open the room of stands, and what a company may do about its own."""

from datetime import timedelta

from django.utils import timezone

from registrations.placement.models import StandProposal
from registrations.stands.models import Stand
from tests.permissions.row import EDITOR, MEMBER, ORGANISER, OWNER, READER, Row, World
from tests.registrations.placement.floors import four_stands, ready_proposal
from tests.stand_factories import PlacingFactory

VIEWERS = {ORGANISER, EDITOR, READER}
WORKERS = {ORGANISER, EDITOR}
BOSS = {ORGANISER}
COMPANY = {OWNER, MEMBER}


def fair(world: World) -> dict:
    return {"slug": world.event.slug}


def floor(world: World) -> list[Stand]:
    """The hall, made when it is first asked for."""
    return list(Stand.objects.filter(event=world.event, hall__name="Hallen").in_order()) or four_stands(world.event)


def ready(world: World) -> dict:
    """A proposal in which the world's company gets the first stand."""
    made = StandProposal.objects.for_event(world.event).first()
    if made is None:
        made = ready_proposal(world.event, {world.exhibitor: floor(world)[0]})
    return {**fair(world), "number": made.number}


def own(world: World) -> dict:
    floor(world)
    return {"pk": world.exhibitor.pk}


def placed(world: World) -> dict:
    stand = floor(world)[3]
    if not hasattr(stand, "placing"):
        PlacingFactory(stand=stand, exhibitor=world.exhibitor, told_at=timezone.now() - timedelta(days=1))
    return {"pk": world.exhibitor.pk, "stand": stand.pk}


def offered(world: World) -> dict:
    return {"pk": world.exhibitor.pk, "stand": floor(world)[2].pk}


def to_the_next(world: World) -> dict:
    return {**fair(world), "stand": floor(world)[1].pk, "pk": world.exhibitor.pk}


def something_wrong(world: World) -> dict:
    return {"version": "one", "seconds": "soon", "exhibitor": "e0", "stand": "s0", "until": "soon"}


ROWS: list[Row] = [
    Row("registrations:stand-proposal-list", VIEWERS, fair),
    Row("registrations:stand-proposal-ask", WORKERS, fair, method="post", data=something_wrong, ok=422),
    Row("registrations:stand-proposal-compare", VIEWERS, fair, ok=302),
    Row("registrations:stand-waiting", VIEWERS, fair),
    Row("registrations:stand-offer", BOSS, to_the_next, method="post", data=something_wrong, ok=422),
    Row("registrations:stand-proposal", VIEWERS, ready),
    Row("registrations:stand-proposal-progress", VIEWERS, ready),
    Row("registrations:stand-proposal-stop", WORKERS, ready, method="post", ok=302),
    Row("registrations:stand-proposal-adjust", WORKERS, ready),
    Row("registrations:stand-proposal-adjust", WORKERS, ready, method="post", data=something_wrong, ok=422),
    Row("registrations:stand-proposal-publish", BOSS, ready),
    Row("registrations:stand-proposal-publish", BOSS, ready, method="post", ok=302),
    Row("registrations:stand-wishes", COMPANY, own),
    Row("registrations:stand-wishes", COMPANY, own, method="post", data=something_wrong, ok=422),
    Row("registrations:stand-confirm", COMPANY, placed, method="post", ok=302),
    Row("registrations:stand-decline", COMPANY, placed),
    Row("registrations:stand-decline", COMPANY, placed, method="post", ok=302),
    Row("registrations:stand-answer", COMPANY, offered, method="post", ok=302),
]
