"""Addresses of the app's subjects."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "registrations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("registrations.organisations.urls")),
    path("", include("registrations.exhibitors.urls")),
    path("", include("registrations.tasks.urls")),
    path("", include("registrations.documents.urls")),
    path("", include("registrations.stations.urls")),
    path("", include("registrations.schools.urls")),
    path("", include("registrations.bookings.urls")),
    path("", include("registrations.bookings.organiser_urls")),
    path("", include("registrations.allocation.urls")),
    path("", include("registrations.placement.urls")),
    path("", include("registrations.visitors.urls")),
    path("", include("registrations.checkin.desk.urls")),
    path("", include("registrations.tickets.urls")),
    path("", include("registrations.checkin.urls")),
    path("door/", include("registrations.checkin.app.urls")),
    path("", include("registrations.bookings.places.urls")),
    path("", include("registrations.papers.urls")),
    path("", include("registrations.invoices.urls")),
    path("", include("registrations.packages.urls")),
    path("", include("registrations.orders.urls")),
    path("", include("registrations.payments.urls")),
    path("", include("registrations.bank.urls")),
    path("", include("registrations.books.urls")),
    path("", include("registrations.cards.urls")),
    path("", include("registrations.stands.urls")),
]
