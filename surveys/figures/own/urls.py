"""Addresses of the answers for companies and schools."""

from django.urls import path

from surveys.figures.own import views

urlpatterns = [
    path("exhibitors/<int:pk>/answers/", views.exhibitor_answers, name="exhibitor-answers"),
    path("bookings/<int:pk>/answers/", views.booking_answers, name="booking-answers"),
]
