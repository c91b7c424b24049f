"""Addresses of answering, and of asking people to."""

from django.urls import path

from surveys.answers import organiser_views, paper_views, views, way_views

urlpatterns = [
    # The token stands in the path: a proxy's access log holds it (docs/operations.md), our own log does not.
    path("s/thanks/", views.thanks, name="thanks"),
    path("s/open/<uuid:key>/", views.open_answer, name="open-answer"),
    path("s/<str:token>/", views.answer, name="answer"),
    path("t/<str:code>/survey/", way_views.ticket_answer, name="ticket-answer"),
    path("svar/", views.class_code, name="class-code"),
    path("svar/<str:code>/", views.class_answer, name="class-answer"),
    path("svar/<str:code>/done/", views.class_thanks, name="class-thanks"),
    path("e/<slug:slug>/manage/surveys/<slug:audience>/invite/", organiser_views.survey_invite, name="survey-invite"),
    path("e/<slug:slug>/manage/surveys/<slug:audience>/remind/", organiser_views.survey_remind, name="survey-remind"),
    path(
        "e/<slug:slug>/manage/surveys/<slug:audience>/preview/", organiser_views.survey_preview, name="survey-preview"
    ),
    path("e/<slug:slug>/manage/surveys/<slug:audience>/open-link/", way_views.open_link, name="open-link"),
    path("e/<slug:slug>/manage/surveys/<slug:audience>/codes/", way_views.class_codes, name="class-codes"),
    path(
        "e/<slug:slug>/manage/surveys/<slug:audience>/codes/make/", way_views.class_codes_make, name="class-codes-make"
    ),
    path(
        "e/<slug:slug>/manage/surveys/<slug:audience>/codes/print/",
        way_views.class_codes_print,
        name="class-codes-print",
    ),
    path("e/<slug:slug>/manage/surveys/<slug:audience>/paper/", paper_views.paper_typing, name="paper-typing"),
    path("e/<slug:slug>/manage/surveys/<slug:audience>/paper/form/", paper_views.paper_form, name="paper-form"),
    path("e/<slug:slug>/manage/surveys/<slug:audience>/words/", paper_views.texts, name="survey-texts"),
]
