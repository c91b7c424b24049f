"""Addresses of figures."""

from django.urls import path

from surveys.figures import organiser_views, views

urlpatterns = [
    path("e/<slug:slug>/manage/figures/", views.event_figures, name="event-figures"),
    path("e/<slug:slug>/manage/figures/figures.<str:ending>", views.event_export, name="figures-export"),
    path("e/<slug:slug>/manage/figures/groups/<int:pk>/", views.figure_charts, name="figure-charts"),
    path("e/<slug:slug>/manage/figures/reported/", organiser_views.reported_new, name="reported-new"),
    path("e/<slug:slug>/manage/figures/reported/<int:pk>/", organiser_views.reported_edit, name="reported-edit"),
    path(
        "e/<slug:slug>/manage/figures/reported/<int:pk>/remove/",
        organiser_views.reported_remove,
        name="reported-remove",
    ),
]
