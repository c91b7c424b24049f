"""How long it is known which systems could read figures."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from events.retention.rules import Rule
from surveys.figures.tokens.models import FigureToken


def erase_tokens(before: datetime, limit: int) -> int:
    """Tokens that ended or were revoked before aware ``before``."""
    over = FigureToken.objects.filter(Q(ends_on__lt=localdate(before)) | Q(revoked_at__lt=before))
    keys = list(over.order_by("pk").values_list("pk", flat=True)[:limit])
    FigureToken.objects.filter(pk__in=keys).delete()
    return len(keys)


TOKENS = Rule(
    code="figure-tokens",
    what=_("Tokens with which other systems read figures: their names"),
    why=_("To know who could read them."),
    keep=timedelta(days=365),
    since=_("after the token's last day"),
    then=_("Nothing stays but the trail."),
    erase=erase_tokens,
)
