"""Addresses of figures."""

from django.urls import path

from surveys.figures import organiser_views, views

urlpatterns = [
    path("e/<slug:slug>/manage/figures/", views.event_figures, name="event-figures"),
    path("e/<slug:slug>/manage/figures/reported/", organiser_views.reported_new, name="reported-new"),
    path("e/<slug:slug>/manage/figures/reported/<int:pk>/", organiser_views.reported_edit, name="reported-edit"),
    path(
        "e/<slug:slug>/manage/figures/reported/<int:pk>/remove/",
        organiser_views.reported_remove,
        name="reported-remove",
    ),
]
