"""Makes tokens for other systems, and revokes them. The token itself is random, told once and stored nowhere."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.municipalities.models import Area
from events.programme.models import Event
from registrations.checkin.devices.tokens import hash_of, is_token, new_secret
from surveys.figures.tokens.models import FigureToken

MADE = audit.verb("figure_token.made", _("made a token for figures"))
REVOKED = audit.verb("figure_token.revoked", _("revoked a token for figures"))
LONGEST = timedelta(days=400)


class WrongEnd(Refusal):
    code = "wrong_end"
    message = _("Choose a last day from today on, within the next 400 days.")


@transaction.atomic
def make_token(*, reads: Event | Area, name: str, ends_on: date, by: User, at: datetime) -> tuple[FigureToken, str]:
    """A token that reads the figures of an event or of an area's events to the end of ``ends_on`` (Stockholm).

    With it comes its text, which is not stored. Raises WrongEnd.
    """
    today = localdate(at)
    if not today <= ends_on <= today + LONGEST:
        raise WrongEnd
    secret = new_secret()
    scope = {"event": reads} if isinstance(reads, Event) else {"area": reads}
    token = FigureToken.objects.create(
        name=name, token_hash=hash_of(secret), ends_on=ends_on, made_at=at, made_by=by, **scope
    )
    audit.created(token, MADE, by=by, at=at)
    return token, secret


@transaction.atomic
def revoke_token(*, token: FigureToken, by: User, at: datetime) -> None:
    """It stops working at once. Twice is once."""
    if FigureToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at):
        audit.record(token, REVOKED, by=by, at=at)


def find_token(secret: str) -> FigureToken | None:
    """The token with this text, whether it works or not. One query."""
    return FigureToken.objects.filter(token_hash=hash_of(secret)).first() if is_token(secret) else None


def note_use(token: FigureToken, at: datetime) -> None:
    """Remember the day of the last use, and nothing else about it: once a day a row is written."""
    today = localdate(at)
    if token.last_used_on != today:
        FigureToken.objects.filter(pk=token.pk).update(last_used_on=today)
