from django.urls import path

from registrations.checkin import views

urlpatterns = [
    path("e/<slug:slug>/door/", views.door, name="door"),
    path("e/<slug:slug>/door/gates/", views.gates, name="door-gates"),
]
