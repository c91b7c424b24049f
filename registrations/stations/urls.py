"""Addresses of stations: the company's own, and the organiser's page."""

from django.urls import path

from registrations.stations import host_views, organiser_views

urlpatterns = [
    path("exhibitors/<int:pk>/stations/", host_views.own_stations, name="exhibitor-stations"),
    path("exhibitors/<int:pk>/stations/new/", host_views.add, name="exhibitor-station-add"),
    path("exhibitors/<int:pk>/stations/<int:station_pk>/", host_views.edit, name="exhibitor-station"),
    path("exhibitors/<int:pk>/stations/<int:station_pk>/cancel/", host_views.cancel, name="exhibitor-station-cancel"),
    path("exhibitors/<int:pk>/stations/<int:station_pk>/back/", host_views.restore, name="exhibitor-station-restore"),
    path("e/<slug:slug>/manage/stations/", organiser_views.station_list, name="station-list"),
    path("e/<slug:slug>/manage/stations/new/", organiser_views.add, name="station-add"),
    path("e/<slug:slug>/manage/stations.<str:ending>", organiser_views.export, name="station-export"),
    path("e/<slug:slug>/manage/stations/<int:pk>/", organiser_views.edit, name="station-edit"),
    path("e/<slug:slug>/manage/stations/<int:pk>/rounds/", organiser_views.rounds, name="station-rounds"),
    path("e/<slug:slug>/manage/stations/<int:pk>/cancel/", organiser_views.cancel, name="station-cancel"),
    path("e/<slug:slug>/manage/stations/<int:pk>/back/", organiser_views.restore, name="station-restore"),
]
