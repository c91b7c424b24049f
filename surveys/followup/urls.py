"""Addresses of the follow-up."""

from django.urls import path

from surveys.followup import indicator_views, views
from surveys.followup.directors.views import directors
from surveys.followup.words.views import words

urlpatterns = [
    path("plans/<int:pk>/follow-up/<int:year>/", views.followup, name="followup"),
    path("plans/<int:pk>/follow-up/<int:year>/words/<slug:part>/", words, name="words"),
    path("plans/<int:pk>/directors/<int:year>/", directors, name="directors"),
    path("plans/<int:pk>/activities/<int:activity_pk>/figures/", views.indicators, name="indicators"),
    path("plans/<int:pk>/figures/<int:indicator_pk>/", views.sentence, name="sentence"),
    path("plans/<int:pk>/figures/<int:indicator_pk>/draft/", views.sentence_draft, name="sentence-draft"),
    path("plans/<int:pk>/figures/<int:indicator_pk>/keep/", views.sentence_keep, name="sentence-keep"),
    path("plans/<int:pk>/figures/<int:indicator_pk>/drop/", views.sentence_drop, name="sentence-drop"),
    path("plans/<int:pk>/indicators/new/", indicator_views.indicator_new, name="indicator-new"),
    path("plans/<int:pk>/indicators/<int:indicator_pk>/", indicator_views.indicator, name="indicator"),
    path("plans/<int:pk>/indicators/<int:indicator_pk>/edit/", indicator_views.indicator_edit, name="indicator-edit"),
    path(
        "plans/<int:pk>/indicators/<int:indicator_pk>/remove/",
        indicator_views.indicator_remove,
        name="indicator-remove",
    ),
]
