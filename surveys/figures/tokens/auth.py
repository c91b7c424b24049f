"""Who asks for figures: a program with its token, not too often, or somebody who is signed in."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.timezone import localdate
from django_ratelimit.core import is_ratelimited
from ninja.security import HttpBearer

from events.access.gate import Visitor
from registrations.checkin.devices.auth import TooOften
from surveys.figures.tokens.models import FigureToken
from surveys.figures.tokens.services import find_token, note_use

PER_MINUTE = 60
MISSES = {"group": "figure-token-misses", "key": "ip", "rate": "20/m"}
WAIT_SECONDS = 60


class NotAToken(Exception):
    """``code`` says why the token is no good: unknown, revoked or expired."""

    def __init__(self, code: str):
        self.code = code
        super().__init__(code)


class Bearer(HttpBearer):
    """``request.auth`` becomes the token. A request without one is left to the session."""

    def authenticate(self, request: HttpRequest, token: str) -> FigureToken:
        """Raises NotAToken and TooOften. Only misses are counted by address."""
        if is_ratelimited(request, increment=False, **MISSES):
            raise TooOften(WAIT_SECONDS)
        found, at = find_token(token), timezone.now()
        if found is None:
            is_ratelimited(request, increment=True, **MISSES)
            raise NotAToken("unknown")
        if not found.works(localdate(at)):
            raise NotAToken("revoked" if found.revoked_at else "expired")
        if is_ratelimited(
            request,
            group="figure-token",
            key=lambda _group, _request: str(found.pk),
            rate=f"{PER_MINUTE}/m",
            increment=True,
        ):
            raise TooOften(WAIT_SECONDS)
        note_use(found, at)
        return found


def by_session(request: HttpRequest) -> Visitor:
    """Whoever is signed in, or nobody: the gate decides."""
    return request.user
