"""Addresses of figures."""

from django.urls import path

from surveys.figures import views

urlpatterns = [path("e/<slug:slug>/manage/figures/", views.event_figures, name="event-figures")]
