"""Addresses of what follows publishing: the school's answers, and the organiser's page of places."""

from django.urls import path

from registrations.bookings.places import move_views, needs_views, organiser_views, phone_views, views

urlpatterns = [
    path("bookings/<int:pk>/confirm/", views.confirm_all, name="place-confirm-all"),
    path("bookings/<int:pk>/classes/<int:class_pk>/confirm/", views.confirm, name="place-confirm"),
    path("bookings/<int:pk>/classes/<int:class_pk>/give-back/", views.give_back, name="place-give-back"),
    path("bookings/<int:pk>/classes/<int:class_pk>/queue/", views.queue_again, name="place-queue"),
    path("bookings/<int:pk>/classes/<int:class_pk>/numbers/", views.numbers, name="place-numbers"),
    path("bookings/<int:pk>/classes/<int:class_pk>/needs/", needs_views.needs, name="place-needs"),
    path("e/<slug:slug>/manage/places/", organiser_views.place_list, name="place-list"),
    path("e/<slug:slug>/manage/places/act/", organiser_views.act, name="place-act"),
    path("e/<slug:slug>/manage/places/<int:pk>/phoned/", phone_views.phoned, name="place-phoned"),
    path("e/<slug:slug>/manage/places/<int:pk>/move/", move_views.move, name="place-move"),
]
