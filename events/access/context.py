"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from events.access.rules import areas_where


def site(request: HttpRequest) -> dict[str, Any]:
    """``DEMO``: whether this is the demonstration; ``shows_plans()``: whether the plans belong in the header."""
    return {
        "DEMO": settings.DEMO,
        "BASE_URL": settings.BASE_URL,
        "shows_plans": lambda: hasattr(request, "user") and areas_where(request.user, "plan.view").exists(),
    }
