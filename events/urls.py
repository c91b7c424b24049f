"""Addresses of the app's subjects."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "events"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("events.programme.urls")),
    path("", include("events.nights.urls")),
    path("", include("events.plan.urls")),
    path("", include("events.access.urls")),
    path("", include("events.pages.urls")),
]
