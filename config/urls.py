"""Every address of Torget, by subject. Each app gathers its subjects' own ``urls.py``."""

from django.conf import settings
from django.urls import include, path

from config import health, views
from config.api import api

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("language/", views.set_language, name="set_language"),
    path("accounts/", include("allauth.urls")),
    path("api/", api.urls),
    path("", include("surveys.urls")),  # first, for when a thousand pupils answer at the same minute
    path("", include("events.urls")),
    path("", include("registrations.urls")),
]
if settings.DEMO:
    urlpatterns += [path("demo/", include("config.demo.urls"))]

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
