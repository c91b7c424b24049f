"""One-time links. The token is the invitation's key under a signature: nothing that is stored opens a survey."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from surveys.answers.models import Invitation

_signer = signing.Signer(sep=".", salt="surveys.answers.link")


def token_of(invitation: Invitation) -> str:
    """The signed key. It stands in letters only, and they are erased when they are sent."""
    return _signer.sign(invitation.key.hex)


def key_in(token: str) -> UUID | None:
    """The invitation's key in ``token``; ``None`` for a token that we did not make."""
    try:
        return UUID(hex=_signer.unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def link_of(invitation: Invitation) -> str:
    """The whole address, for a letter."""
    return settings.BASE_URL + reverse("surveys:answer", kwargs={"token": token_of(invitation)})
