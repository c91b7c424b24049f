"""The pages of the room of stands: proposals, and what follows them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from events.programme.models import Event


def tabs_of(event: Event, current: str) -> list[dict[str, Any]]:
    """As ``{% tabs %}`` wants them."""
    pages = (
        ("proposals", _("Proposals"), "registrations:stand-proposal-list"),
        ("waiting", _("Waiting list"), "registrations:stand-waiting"),
    )
    return [
        {"title": title, "url": reverse(name, args=[event.slug]), "current": key == current}
        for key, title, name in pages
    ]
