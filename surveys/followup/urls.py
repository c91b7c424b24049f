"""Addresses of the follow-up."""

from django.urls import path

from surveys.followup import views

urlpatterns = [
    path("plans/<int:pk>/follow-up/<int:year>/", views.followup, name="followup"),
    path("plans/<int:pk>/activities/<int:activity_pk>/figures/", views.indicators, name="indicators"),
    path("plans/<int:pk>/figures/<int:indicator_pk>/", views.sentence, name="sentence"),
    path("plans/<int:pk>/figures/<int:indicator_pk>/draft/", views.sentence_draft, name="sentence-draft"),
]
