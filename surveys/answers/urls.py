"""Addresses of answering, and of asking people to."""

from django.urls import path

from surveys.answers import organiser_views, views

urlpatterns = [
    # The token stands in the path: a proxy's access log holds it (docs/operations.md), our own log does not.
    path("s/thanks/", views.thanks, name="thanks"),
    path("s/<str:token>/", views.answer, name="answer"),
    path("e/<slug:slug>/manage/surveys/<slug:audience>/invite/", organiser_views.survey_invite, name="survey-invite"),
    path("e/<slug:slug>/manage/surveys/<slug:audience>/remind/", organiser_views.survey_remind, name="survey-remind"),
    path(
        "e/<slug:slug>/manage/surveys/<slug:audience>/preview/", organiser_views.survey_preview, name="survey-preview"
    ),
]
