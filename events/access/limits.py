"""Who is knocking and whose address is asked for, for the rate limits."""

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str:
    """The caller's address, counted from the right of X-Forwarded-For by the number of our own proxies.

    What stands further left was written by the caller and is not believed.
    """
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(hops) >= trusted:
        return hops[-trusted]
    return request.META.get("REMOTE_ADDR") or "unknown"


def typed_email(group: str, request: HttpRequest) -> str:
    """The form's ``email`` as sign-up will read it: capitals and spaces make no other address."""
    return request.POST.get("email", "").strip().lower()
