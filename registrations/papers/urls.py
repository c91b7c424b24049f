"""Addresses of an evening's papers."""

from django.urls import path

from registrations.papers import views

urlpatterns = [
    path("e/<slug:slug>/manage/papers/", views.papers, name="papers"),
    path("e/<slug:slug>/manage/papers/classes.pdf", views.class_sheets, name="papers-class-sheets"),
    path("e/<slug:slug>/manage/papers/stations.pdf", views.station_lists, name="papers-station-lists"),
    path("e/<slug:slug>/manage/papers/buses.pdf", views.bus_lists, name="papers-bus-lists"),
    path("e/<slug:slug>/manage/papers/wall.pdf", views.wall_plan, name="papers-wall-plan"),
    path("bookings/<int:pk>/sheets.pdf", views.booking_sheets, name="booking-sheets"),
    path("stations/<int:pk>/list.pdf", views.station_sheet, name="station-sheet"),
]
