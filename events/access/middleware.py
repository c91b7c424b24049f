"""A second factor for whoever reaches many people's data."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from events.access.rules import needs_strong_sign_in

# Where somebody without a second factor may still go: to get one, to read, to leave, to stand at the door.
OPEN_PATHS = ("/accounts/", "/language/", "/static/", "/healthz", "/readyz", "/door/", "/demo/")


class StrongSignInMiddleware:
    """Sends organisers without passkey or one-time codes to the page where they get them (ORGANISERS_NEED_MFA)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.ORGANISERS_NEED_MFA and self._is_missing(request):
            messages.info(request, _("As an organiser you need a passkey or an authenticator app. Add one to go on."))
            return redirect("mfa_index")
        return self.get_response(request)

    @staticmethod
    def _is_missing(request: HttpRequest) -> bool:
        if request.path.startswith(OPEN_PATHS) or not request.user.is_authenticated:
            return False
        return needs_strong_sign_in(request.user) and not is_mfa_enabled(request.user)
