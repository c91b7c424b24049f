"""Addresses of an evening's programme."""

from django.urls import path

from events.nights import views

urlpatterns = [
    path("e/<slug:slug>/manage/programme/", views.night_edit, name="night-edit"),
]
