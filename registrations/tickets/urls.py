from django.urls import path

from registrations.tickets import views

urlpatterns = [
    path("t/<str:code>/", views.ticket, name="ticket"),
    path("T/<str:code>", views.ticket_from_qr, name="ticket-from-qr"),
    path("e/<slug:slug>/manage/badges.pdf", views.badges, name="badges"),
]
