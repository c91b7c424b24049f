"""Share links: made, read and revoked. The link's secret is random and never stored; only its hash is."""

import re
import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from registrations.checkin.devices.tokens import hash_of
from surveys.followup.frozen.models import FrozenFollowup, ShareLink

LINK_MADE = audit.verb("followup.link_made", _("made a share link"))
LINK_REVOKED = audit.verb("followup.link_revoked", _("revoked a share link"))

TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
LONGEST = timedelta(days=400)


class WrongEnd(Refusal):
    code = "wrong_end"
    message = _("Choose a last day from today on, within the next 400 days.")


@transaction.atomic
def make_share_link(
    *, frozen: FrozenFollowup, whom: str, ends_on: date, by: User | None, at: datetime
) -> tuple[ShareLink, str]:
    """A link for ``whom`` to the end of ``ends_on`` (Stockholm), and its token, which is not stored. Raises WrongEnd."""
    today = localdate(at)
    if not today <= ends_on <= today + LONGEST:
        raise WrongEnd
    token = secrets.token_urlsafe(24)
    link = ShareLink.objects.create(
        frozen=frozen, whom=whom, ends_on=ends_on, token_hash=hash_of(token), made_at=at, made_by=by
    )
    audit.created(link, LINK_MADE, by=by, at=at)
    return link, token


@transaction.atomic
def revoke_share_link(*, link: ShareLink, by: User | None, at: datetime) -> None:
    """The link stops working at once. Twice is once."""
    if ShareLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=at):
        audit.record(link, LINK_REVOKED, by=by, at=at)


def find_share_link(token: str, at: datetime) -> ShareLink | None:
    """The link that ``token`` opens at ``at``, with what it shows; ``None`` when revoked, too old or none of ours."""
    if not TOKEN.fullmatch(token):
        return None
    rows = ShareLink.objects.working_on(localdate(at)).select_related("frozen__plan__area")
    return rows.filter(token_hash=hash_of(token)).first()


def note_use(link: ShareLink, at: datetime) -> None:
    """Remember the day of the last use, and nothing else about it: once a day a row is written."""
    today = localdate(at)
    if link.last_used_on != today:
        ShareLink.objects.filter(pk=link.pk).update(last_used_on=today)
