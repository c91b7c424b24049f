"""Addresses of an event's surveys."""

from django.urls import path

from surveys.questionnaires import editor_views, views

QUESTION = "e/<slug:slug>/manage/surveys/<slug:audience>/questions/<slug:key>"

urlpatterns = [
    path("e/<slug:slug>/manage/surveys/", views.survey_list, name="survey-list"),
    path("e/<slug:slug>/manage/surveys/new/", views.survey_create, name="survey-create"),
    path("e/<slug:slug>/manage/surveys/<slug:audience>/", views.survey, name="survey"),
    path("e/<slug:slug>/manage/surveys/<slug:audience>/open/", views.survey_open, name="survey-open"),
    path("e/<slug:slug>/manage/surveys/<slug:audience>/close/", views.survey_close, name="survey-close"),
    path("e/<slug:slug>/manage/surveys/<slug:audience>/edit/", views.survey_edit, name="survey-edit"),
    path("e/<slug:slug>/manage/surveys/<slug:audience>/preview/framed/", views.survey_frame, name="survey-frame"),
    path("e/<slug:slug>/manage/surveys/<slug:audience>/questions/new/", editor_views.question_new, name="question-new"),
    path(f"{QUESTION}/", editor_views.question_edit, name="question-edit"),
    path(f"{QUESTION}/remove/", editor_views.question_remove, name="question-remove"),
    path(f"{QUESTION}/move/", editor_views.question_move, name="question-move"),
]
