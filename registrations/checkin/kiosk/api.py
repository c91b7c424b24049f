"""The door's HTTP API for a screen on which visitors let themselves in."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django_ratelimit.core import is_ratelimited
from ninja import Router, Schema
from pydantic import Field

from registrations.checkin.answers import json_answer
from registrations.checkin.devices.auth import DeviceToken, TooOften, device_of, door_of
from registrations.checkin.devices.models import DeviceRole
from registrations.checkin.kiosk.matching import ONE
from registrations.checkin.kiosk.queries import who_is
from registrations.checkin.troubles import TROUBLES

# As fast as people can type one after the other; and much slower for who only guesses.
ASKS = {"group": "kiosk", "rate": "40/m", "key": lambda _group, request: str(request.auth.pk)}
MISSES = {"group": "kiosk-misses", "rate": "10/m", "key": lambda _group, request: str(request.auth.pk)}
PAUSE_S = 60

router = Router(tags=["door"], auth=DeviceToken(DeviceRole.KIOSK))


class WhoIn(Schema):
    """The whole name, in any order; ``company`` where several have that name."""

    name: Annotated[str, Field(max_length=200)]
    company: Annotated[str, Field(max_length=200)] = ""


class WhoOut(Schema):
    """``several``: ask for the company. Everything but ``match`` is empty unless it is ``one``."""

    match: Literal["one", "several", "none"]
    handle: str | None
    name: str
    company: str


@router.post(
    "/kiosk", response={200: WhoOut, **TROUBLES}, url_name="door-kiosk", summary="Find oneself by one's whole name"
)
def kiosk(request: HttpRequest, body: WhoIn) -> HttpResponse:
    """Tells nothing of others: neither how many there are of a name nor whose names are like it."""
    if is_ratelimited(request, increment=True, **ASKS) or is_ratelimited(request, increment=False, **MISSES):
        raise TooOften(PAUSE_S)
    answer = who_is(door_of(device_of(request)), body.name, body.company, timezone.now())
    if answer.match != ONE:
        is_ratelimited(request, increment=True, **MISSES)
    ticket = answer.ticket
    return json_answer(
        {
            "match": answer.match,
            "handle": ticket.handle if ticket else None,
            "name": ticket.holder_name if ticket else "",
            "company": ticket.holder_company if ticket else "",
        }
    )
