"""Addresses of the organiser's room "Schools"."""

from django.urls import path

from registrations.bookings import organiser_requests, organiser_scoring, organiser_views

ROOM = "e/<slug:slug>/manage/schools"
urlpatterns = [
    path(f"{ROOM}/", organiser_views.school_list, name="school-list"),
    path(f"{ROOM}.<str:ending>", organiser_views.export, name="school-export"),
    path(f"{ROOM}/food.<str:ending>", organiser_views.export_food, name="school-food"),
    path(f"{ROOM}/bus/", organiser_views.school_bus, name="school-bus"),
    path(f"{ROOM}/bookings/<int:pk>/", organiser_views.school_booking, name="school-booking"),
    path(f"{ROOM}/points/", organiser_scoring.school_scores, name="school-scores"),
    path(f"{ROOM}/points/<int:pk>/", organiser_scoring.school_score, name="school-score"),
    path(f"{ROOM}/requests/", organiser_requests.school_requests, name="school-requests"),
    path(f"{ROOM}/requests/<int:pk>/", organiser_requests.school_request, name="school-request"),
    path(f"{ROOM}/twins/", organiser_requests.school_twins, name="school-twins"),
]
