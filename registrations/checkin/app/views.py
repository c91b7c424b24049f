"""The shell, its manifest and its worker. No sign-in: a phone becomes a device by its pairing; data come from the API."""

import json

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registrations.checkin.app.files import door_app

# Asked for anew each time, so that a new version is found; the worker keeps its own copy.
FRESH = {"Cache-Control": "no-cache"}
ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-maskable.png", "512x512", "maskable"),
)


@csp_update({"script-src": ["'wasm-unsafe-eval'"]})
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The app's only page. The code reader is WebAssembly, and the camera is this page's alone."""
    policy = "camera=(self), microphone=(), geolocation=(), payment=()"
    return HttpResponse(door_app().shell, headers=FRESH | {"Permissions-Policy": policy, "Content-Language": "sv, en"})


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What the phone needs to put the door on its home screen. In Swedish: it is asked for before anybody has chosen."""
    with translation.override(settings.LANGUAGE_CODE):
        content = {
            "id": reverse("registrations:door-app"),
            "name": _("Torget, the door"),
            "short_name": _("The door"),
            "description": _("Lets people in to fairs and evenings, with or without a network."),
            "lang": settings.LANGUAGE_CODE,
            "start_url": reverse("registrations:door-app"),
            "scope": reverse("registrations:door-app"),
            "display": "standalone",
            "background_color": "#0f1714",
            "theme_color": "#0f1714",
            "icons": [
                {"src": static(f"door/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
                for name, sizes, purpose in ICONS
            ],
        }
    return JsonResponse(content, content_type="application/manifest+json", headers=FRESH)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with the version and the files that it is to keep."""
    app = door_app()
    head = f"const VERSION = {json.dumps(app.version)};\nconst FILES = {json.dumps(app.files, indent=1)};\n"
    return HttpResponse(head + app.worker, content_type="text/javascript", headers=FRESH)
