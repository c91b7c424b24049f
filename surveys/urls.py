"""Addresses of the app's subjects."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "surveys"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("surveys.answers.urls")),
    path("", include("surveys.questionnaires.urls")),
    path("", include("surveys.figures.urls")),
    path("", include("surveys.figures.own.urls")),
    path("", include("surveys.figures.tokens.urls")),
    path("", include("surveys.applicants.urls")),
    path("", include("surveys.followup.urls")),
    path("", include("surveys.followup.frozen.urls")),
]
