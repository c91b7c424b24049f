"""Addresses of a school's booking: the way in, its steps, its own page, and a substitute's link."""

from django.urls import path

from registrations.bookings import class_views, own_views, people_views, start_views, step_views, substitute_views

urlpatterns = [
    path("e/<slug:slug>/book/", start_views.start, name="booking-start"),
    path("bookings/<int:pk>/", own_views.own_booking, name="own-booking"),
    path("bookings/<int:pk>/classes/", class_views.classes, name="booking-classes"),
    path("bookings/<int:pk>/classes/<int:class_pk>/", class_views.edit_class, name="booking-class"),
    path("bookings/<int:pk>/classes/<int:class_pk>/remove/", class_views.remove_class, name="booking-class-remove"),
    path("bookings/<int:pk>/classes/<int:class_pk>/cancel/", own_views.cancel_class, name="booking-class-cancel"),
    path("bookings/<int:pk>/classes/<int:class_pk>/same/", people_views.twin, name="booking-twin"),
    path("bookings/<int:pk>/needs/", step_views.needs, name="booking-needs"),
    path("bookings/<int:pk>/wishes/", step_views.wishes, name="booking-wishes"),
    path("bookings/<int:pk>/reason/", step_views.reason, name="booking-reason"),
    path("bookings/<int:pk>/contact/", step_views.contact, name="booking-contact"),
    path("bookings/<int:pk>/send/", step_views.send, name="booking-send"),
    path("bookings/<int:pk>/cancel/", own_views.cancel, name="booking-cancel"),
    path("bookings/<int:pk>/change/", own_views.ask_for_change, name="booking-change"),
    path("bookings/<int:pk>/people/invite/", people_views.invite, name="booking-invite"),
    path("bookings/<int:pk>/people/leave/", people_views.leave, name="booking-leave"),
    path("bookings/<int:pk>/people/<int:person_pk>/", people_views.change_person, name="booking-person"),
    path("bookings/<int:pk>/people/<int:person_pk>/answer/", people_views.answer, name="booking-answer"),
    path("bookings/join/<str:token>/", people_views.join, name="booking-join"),
    path("bookings/<int:pk>/substitute/", substitute_views.make, name="substitute-make"),
    path("bookings/<int:pk>/substitute/link/", substitute_views.made, name="substitute-made"),
    path("bookings/<int:pk>/substitute/<int:link_pk>/revoke/", substitute_views.revoke, name="substitute-revoke"),
    path("substitute/<str:token>/", substitute_views.substitute, name="substitute"),
    path("substitute/<str:token>/sheets.pdf", substitute_views.sheets, name="substitute-sheets"),
    path("substitute/<str:token>/<int:class_pk>/confirm/", substitute_views.confirm, name="substitute-confirm"),
    path("substitute/<str:token>/<int:class_pk>/numbers/", substitute_views.change_numbers, name="substitute-numbers"),
]
